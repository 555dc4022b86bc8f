//! Basemaps told from files of features.

use std::{fs, io::Read, path::Path};

use super::{mbtiles::Mbtiles, open_file::zooms};
use crate::tile::{JsonKind, json_kind};

/// Enough for what stands before the first element of a document.
const BEGINNING_BYTES: u64 = 64 << 10;

/// Whether a path is a basemap's by what is in it, and not a layer of features.
pub fn is_basemap_file(path: &Path) -> bool {
    // A pipe or a device may never end, and may never begin.
    let Ok(about) = fs::metadata(path) else { return false };
    if about.is_dir() {
        return zooms(path).next().is_some();
    }
    if !about.is_file() {
        return false;
    }
    let is = |wanted: &str| path.extension().is_some_and(|e| e.eq_ignore_ascii_case(wanted));
    let Ok(file) = fs::File::open(path) else { return false };
    let mut start = Vec::new();
    if file.take(BEGINNING_BYTES).read_to_end(&mut start).is_err() {
        return false;
    }
    if is("mbtiles") || is("pmtiles") || start.starts_with(b"PMTiles") {
        return true;
    }
    if start.starts_with(b"SQLite format 3\0") {
        // A GeoPackage is an SQLite file too; mostly its head says so (GeoPackage 1.4, 1.1.1.1.1).
        if start.get(68..70) == Some(b"GP") || is("gpkg") {
            return false;
        }
        return Mbtiles::open(path).is_ok_and(|file| !file.is_geopackage());
    }
    let text = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&start).trim_ascii_start();
    match text.first() {
        Some(b'{') => fs::File::open(path).is_ok_and(|file| json_kind(file) != JsonKind::Other),
        Some(b'<') => String::from_utf8_lossy(text).contains("opengis.net/wmts/1.0"),
        _ => false,
    }
}
