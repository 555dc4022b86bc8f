//! Basemaps in files and folders.

use std::{
    ffi::OsStr,
    fs,
    io::{Cursor, Read},
    path::{Path, PathBuf},
};

use super::{
    archives::{FileRange, Mbtiles, RangeRead},
    open::{
        BasemapOpenError, LARGEST_METADATA_BYTES, Opened, Place, Web, about_archive, about_words,
        document, id_of, usual,
    },
    open_style,
};
use crate::{
    geo::Datum,
    language::Bilingual,
    tile::{
        Access, Content, Failure, KeyKind, Scheme,
        pmtiles::{HEADER_BYTES, Header, directory},
        tilejson::{extent, without_markup},
    },
};

/// Descriptions of tiles are small; some services' capabilities have megabytes.
const LARGEST_DESCRIPTION_BYTES: u64 = 16 << 20;
/// A zoom beyond this is in no map.
const DEEPEST_ZOOM: u8 = 24;

/// Opens a file, told by what is in it, or a folder.
pub(super) fn open(path: &Path, web: &Web) -> Result<Opened, BasemapOpenError> {
    if !path.exists() {
        return Err(BasemapOpenError::Unknown(path.display().to_string()));
    }
    let full = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let text = full.display().to_string();
    let id = id_of(&text);
    if full.is_dir() {
        return folder(full, id, name);
    }
    let start = beginning(path).map_err(|reason| read_error(path, reason))?;
    if start.starts_with(b"PMTiles") {
        return pmtiles(full, id, name);
    }
    if start.starts_with(b"SQLite format 3\0") {
        return mbtiles(full, id, name);
    }
    let opens = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&start).trim_ascii_start().first();
    if !matches!(opens, Some(b'{' | b'<')) {
        return Err(BasemapOpenError::File(path.to_owned()));
    }
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(LARGEST_DESCRIPTION_BYTES + 1).read_to_end(&mut bytes))
        .map_err(|reason| read_error(path, reason))?;
    if bytes.len() as u64 > LARGEST_DESCRIPTION_BYTES {
        return Err(BasemapOpenError::File(path.to_owned()));
    }
    document(&bytes, &Place { id, base: "", shown: &text, layer: "" }, None, web)
}

/// Whether a path is a basemap's by what is in it, and not a layer of features.
pub fn is_basemap_file(path: &Path) -> bool {
    if path.is_dir() {
        return zooms(path).next().is_some();
    }
    let is = |wanted: &str| path.extension().is_some_and(|e| e.eq_ignore_ascii_case(wanted));
    let Ok(start) = beginning(path) else { return false };
    let text = String::from_utf8_lossy(&start);
    // A GeoPackage is an SQLite file too.
    is("mbtiles")
        || is("pmtiles")
        || start.starts_with(b"PMTiles")
        || text.contains("\"tilejson\"")
        || text.contains("opengis.net/wmts/1.0")
        || open_style::begins_style(&text)
}

fn pmtiles(full: PathBuf, id: String, name: String) -> Result<Opened, BasemapOpenError> {
    let broken = |_: Failure| BasemapOpenError::File(full.clone());
    let start = beginning(&full).map_err(|reason| read_error(&full, reason))?;
    let header = Header::read(start.get(..HEADER_BYTES).unwrap_or(&start)).map_err(|reason| {
        BasemapOpenError::Archive { place: full.display().to_string(), reason }
    })?;
    let mut file = FileRange::open(&full).map_err(broken)?;
    let root = file.read(header.root.0, header.root.1).map_err(broken)?;
    directory(&root, header.directories_gzipped).map_err(|damage| broken(damage.into()))?;
    let (offset, length) = header.metadata;
    // Damaged words cost the words, not the map.
    let sound = (1..=LARGEST_METADATA_BYTES).contains(&length);
    let words = sound.then(|| file.read(offset, length).ok()).flatten().unwrap_or_default();
    let mut source = usual(id, name, Access::Pmtiles(full));
    about_archive(&mut source, &header);
    about_words(&mut source, &words, &header);
    Ok(Opened { sources: vec![source], key: None, left_out: Vec::new() })
}

fn mbtiles(full: PathBuf, id: String, name: String) -> Result<Opened, BasemapOpenError> {
    let file = Mbtiles::open(&full).map_err(|_| BasemapOpenError::File(full.clone()))?;
    let Some(sample) = file.sample() else { return Err(BasemapOpenError::Empty(full)) };
    // What is in the file counts, not what it says.
    let zooms = file.zooms().filter(|(_, max)| *max <= DEEPEST_ZOOM);
    let zooms = zooms.ok_or_else(|| BasemapOpenError::File(full.clone()))?;
    let mut source = usual(id, name, Access::Mbtiles(full));
    (source.min_zoom, source.max_zoom) = zooms;
    (source.content, source.tile_px) = looks_like(&sample);
    let told = file.metadata("name");
    if !told.trim().is_empty() {
        source.name = Bilingual::same(told);
    }
    let sides: Vec<f64> =
        file.metadata("bounds").split(',').filter_map(|v| v.trim().parse().ok()).collect();
    source.extent = extent(&sides);
    source.credit = Bilingual::same(without_markup(&file.metadata("attribution")));
    if let Some(datum) = Datum::from_key(&file.metadata("jintu_datum")) {
        source.datum = datum;
    }
    source.key = KeyKind::None;
    Ok(Opened { sources: vec![source], key: None, left_out: Vec::new() })
}

fn folder(full: PathBuf, id: String, name: String) -> Result<Opened, BasemapOpenError> {
    let found: Vec<u8> = zooms(&full).collect();
    let sample = zooms(&full).find_map(|z| tile_under(&full.join(z.to_string())));
    let (Some(min), Some(max), Some(sample)) =
        (found.iter().min().copied(), found.iter().max().copied(), sample)
    else {
        return Err(BasemapOpenError::Folder(full));
    };
    // gdal2tiles leaves this file where it counts rows from the south.
    let from_south = full.join("tilemapresource.xml").exists();
    let scheme = if from_south { Scheme::Tms } else { Scheme::Xyz };
    let is_vector = sample.extension().is_some_and(|e| is_one_of(e, &["pbf", "mvt"]));
    let px = fs::read(&sample).map_or(256, |bytes| looks_like(&bytes).1);
    let mut source = usual(id, name, Access::Folder(full, scheme));
    (source.min_zoom, source.max_zoom) = (min, max);
    (source.content, source.tile_px) =
        if is_vector { (Content::Vector, 512) } else { (Content::Raster, px) };
    Ok(Opened { sources: vec![source], key: None, left_out: Vec::new() })
}

/// The zooms that a folder has folders for.
fn zooms(folder: &Path) -> impl Iterator<Item = u8> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|z| *z <= DEEPEST_ZOOM)
}

/// Any `x/y.png` below a zoom.
fn tile_under(zoom: &Path) -> Option<PathBuf> {
    let is_number = |text: Option<&OsStr>| text?.to_str()?.parse::<u32>().ok();
    let columns = fs::read_dir(zoom).ok()?.flatten().map(|entry| entry.path());
    columns.filter(|path| is_number(path.file_name()).is_some()).take(8).find_map(|column| {
        let tiles = fs::read_dir(column).ok()?.flatten().map(|entry| entry.path());
        let mut tiles = tiles.filter(|path| is_number(path.file_stem()).is_some());
        tiles.find(|path| {
            let known = ["png", "jpg", "jpeg", "webp", "pbf", "mvt"];
            path.extension().is_some_and(|e| is_one_of(e, &known))
        })
    })
}

fn is_one_of(extension: &OsStr, known: &[&str]) -> bool {
    known.iter().any(|k| extension.eq_ignore_ascii_case(k))
}

/// What a tile's bytes are, and how large it is meant to be.
fn looks_like(tile: &[u8]) -> (Content, u16) {
    if image::guess_format(tile).is_err() {
        return (Content::Vector, 512);
    }
    let size = image::ImageReader::new(Cursor::new(tile)).with_guessed_format();
    let width = size.ok().and_then(|reader| reader.into_dimensions().ok()).map(|(w, _)| w);
    (Content::Raster, if width == Some(512) { 512 } else { 256 })
}

fn beginning(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut start = Vec::new();
    fs::File::open(path)?.take(4096).read_to_end(&mut start)?;
    Ok(start)
}

fn read_error(path: &Path, reason: std::io::Error) -> BasemapOpenError {
    BasemapOpenError::Read { path: path.to_owned(), reason }
}
