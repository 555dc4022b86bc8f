//! Opening files of features: read on a thread of their own, shown while they are read.

mod csv_file;
mod flatgeobuf_file;
mod geojson_file;
mod geopackage;
mod sink;

use std::{
    fs,
    io::Read,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicBool},
};

use crate::layer::{CountyCodes, Layer};

pub use sink::Sink;

/// Why a file cannot be opened as layers.
#[derive(Debug, thiserror::Error)]
pub enum LayerError {
    #[error("cannot read the file ({reason}); check that it exists and may be read: {path}", path = path.display())]
    Read { path: PathBuf, reason: std::io::Error },
    #[error("not a file of features that can be read; GeoJSON, GeoPackage, FlatGeobuf and CSV can: {path}", path = .0.display())]
    Unknown(PathBuf),
    #[error("the GeoPackage cannot be read ({reason}); it may be damaged: {path}", path = path.display())]
    GeoPackage { path: PathBuf, reason: rusqlite::Error },
    #[error("the GeoPackage holds no layer of features: {path}", path = .0.display())]
    NoFeatures(PathBuf),
    #[error("the FlatGeobuf file cannot be read ({reason}); it may be damaged: {path}", path = path.display())]
    FlatGeobuf { path: PathBuf, reason: String },
    #[error("no columns of coordinates: name them 经度 and 纬度, lon and lat, or x and y: {path}", path = .0.display())]
    NoCoordinates(PathBuf),
    #[error("the GeoJSON cannot be read (line {line}); check that it is complete: {path}", path = path.display())]
    GeoJson { path: PathBuf, line: usize },
    #[error("what is in the file makes its reader fail; it is damaged: {path}", path = .0.display())]
    Broke(PathBuf),
    #[error("stopped; what was read stays on the map")]
    Cancelled,
}

/// A file's layers so far, and how much of the file has been read.
pub struct Progress {
    pub layers: Vec<Arc<Layer>>,
    pub share: f32,
}

/// Reads a file. `publish` is called with everything read so far, first within some thousand
/// features and then chunk by chunk; the counties come last.
///
/// # Errors
/// A file that is none of features, or is damaged where nothing can be read.
pub fn open_layers(
    path: &Path,
    counties: &CountyCodes,
    cancel: &AtomicBool,
    publish: &mut dyn FnMut(Progress),
) -> Result<(), LayerError> {
    let read = |reason| LayerError::Read { path: path.to_owned(), reason };
    let mut file = fs::File::open(path).map_err(read)?;
    if file.metadata().map_err(read)?.is_dir() {
        return Err(LayerError::Unknown(path.to_owned()));
    }
    let mut start = Vec::new();
    (&mut file).take(4096).read_to_end(&mut start).map_err(read)?;
    let mut sink = Sink::new(cancel, publish);
    let read = || match format_of(path, &start) {
        Some(Format::GeoPackage) => geopackage::read(path, &mut sink),
        Some(Format::FlatGeobuf) => flatgeobuf_file::read(path, &mut sink),
        Some(Format::GeoJson) => geojson_file::read(path, &mut sink),
        Some(Format::Csv) => csv_file::read(path, &start, &mut sink),
        None => Err(LayerError::Unknown(path.to_owned())),
    };
    // Readers of others may trust what a damaged file claims. Whole chunks were handed over before.
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(LayerError::Broke(path.to_owned())))?;
    sink.add_counties(counties);
    Ok(())
}

enum Format {
    GeoPackage,
    FlatGeobuf,
    GeoJson,
    Csv,
}

/// By what the file begins with; its name decides only what that leaves open.
fn format_of(path: &Path, start: &[u8]) -> Option<Format> {
    if start.starts_with(b"SQLite format 3\0") {
        return Some(Format::GeoPackage);
    }
    if start.starts_with(b"fgb\x03") {
        return Some(Format::FlatGeobuf);
    }
    let text = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    let first = text.iter().find(|b| !b.is_ascii_whitespace() && **b != 0x1E);
    if first == Some(&b'{') {
        return Some(Format::GeoJson);
    }
    let extension = path.extension()?.to_string_lossy().to_lowercase();
    let is_text = !text.contains(&0);
    (is_text && ["csv", "tsv", "txt"].contains(&extension.as_str())).then_some(Format::Csv)
}

/// The name of a file without its ending.
fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}
