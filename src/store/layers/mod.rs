//! Opening files of features: read on a thread of their own, shown while they are read.
//!
//! A format is one file here and one row of [`FORMATS`]; everything else follows from the row.

mod archive;
mod charset;
mod counties_beside;
mod csv_file;
mod dxf_file;
mod fault;
mod field_places;
mod flatgeobuf_file;
mod format;
mod geojson_file;
mod geopackage;
mod gpx_file;
pub mod grids;
mod guarded;
mod kml_file;
pub(super) mod markup;
mod ods_file;
mod options;
mod ovjsn_file;
mod parcels;
mod placing;
pub mod plain_table;
mod refused;
mod shapefile;
mod sheet_cells;
mod sheet_file;
mod sheet_size;
mod sink;
mod source;
mod tabular;
mod text;
pub mod write;
mod write_layers;
mod xls_file;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicBool},
    thread,
};

use self::{counties_beside::Beside, guarded::guarded};
use super::tiles::is_basemap_file;
use crate::{
    geo::crs_guess::Candidate,
    layer::{ChosenColumns, CountyCodes, Layer, TableStart},
};

pub use charset::{Script, script_of};
pub use fault::Fault;
pub use format::{FORMATS, Format, Systems, format_of};
pub use options::{Columns, OpenOptions};
pub use placing::{Axes, Placed, Stated};
pub use refused::WHATS as REFUSED;
pub use sink::Sink;
pub use source::Source;
pub use text::{TextCounts, TextReader};
pub use write_layers::{write_layers, writer_of};

/// Why a file cannot be opened as layers.
#[derive(Debug, thiserror::Error)]
pub enum LayerError {
    #[error("cannot read the file ({reason}); check that it exists and may be read: {path}", path = path.display())]
    Read { path: PathBuf, reason: std::io::Error },
    #[error("the file is empty: {path}", path = .0.display())]
    Empty(PathBuf),
    #[error("not a file of features that can be read: {path}", path = .0.display())]
    Unknown(PathBuf),
    /// Known for what it is and not read; the way out is worded under `refused.WHAT`.
    #[error("a file of {what}, which is not read: {path}", path = path.display())]
    Refused { path: PathBuf, what: &'static str },
    #[error("the {format} file cannot be read ({fault}): {path}", path = path.display())]
    Damaged { path: PathBuf, format: &'static str, fault: Fault },
    #[error("the {format} file holds no layer of features: {path}", path = path.display())]
    NoFeatures { path: PathBuf, format: &'static str },
    #[error("no layer “{name}” among {}: {path}", names.join(", "), path = path.display())]
    NoLayer { path: PathBuf, name: String, names: Vec<String> },
    #[error("no columns of coordinates among {}: name them 经度 and 纬度, lon and lat, or x and y: {path}", columns.join(", "), path = path.display())]
    NoCoordinates { path: PathBuf, columns: Vec<String>, start: Box<TableStart> },
    #[error("no coordinates in the columns {} of the table: {path}", chosen.names().join(", "), path = path.display())]
    NotThere {
        path: PathBuf,
        chosen: Box<ChosenColumns>,
        columns: Vec<String>,
        start: Box<TableStart>,
    },
    /// Metres that lie in several places alike, the likeliest first; none where nothing fits.
    #[error("the file does not say what its coordinates refer to: {path}", path = path.display())]
    AskCrs { path: PathBuf, candidates: Vec<Candidate> },
    #[error("what is in the file makes its reader fail; it is damaged: {path}", path = .0.display())]
    Broke(PathBuf),
    #[error("stopped; what was read stays on the map")]
    Cancelled,
}

/// The files that are read when one is opened, that one first: a Shapefile is several of one name.
pub fn files_of(path: &Path) -> Vec<PathBuf> {
    const SET: [&str; 8] = ["shp", "dbf", "shx", "prj", "cpg", "sbn", "sbx", "qpj"];
    let mut files = vec![path.to_owned()];
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    if !SET.contains(&ending.as_str()) {
        return files;
    }
    let capitals = SET.map(str::to_uppercase);
    for ending in SET.into_iter().chain(capitals.iter().map(String::as_str)) {
        let beside = path.with_extension(ending);
        // Where capitals do not count it is the same file once more.
        let is_known =
            files.iter().any(|own| own.as_os_str().eq_ignore_ascii_case(beside.as_os_str()));
        if !is_known && beside.is_file() {
            files.push(beside);
        }
    }
    files
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
    options: &OpenOptions,
    counties: &CountyCodes,
    cancel: &AtomicBool,
    publish: &mut dyn FnMut(Progress),
) -> Result<&'static Format, LayerError> {
    let source = Source::new(path, options)?;
    if source.start.is_empty() && !source.is_folder {
        return Err(LayerError::Empty(path.to_owned()));
    }
    if is_basemap_file(path) {
        return Err(LayerError::Refused { path: path.to_owned(), what: "basemap" });
    }
    let Some(format) = format_of(&source) else {
        refused::check(&source)?;
        return Err(match format::of_ending(&source) {
            Some(format) => source.faulty(format.name, Fault::OtherContent),
            None => LayerError::Unknown(path.to_owned()),
        });
    };
    thread::scope(|scope| {
        let mut sink = Sink::new(options, cancel, publish);
        let beside = Beside::begin(scope, counties, cancel);
        sink.finished = beside.as_ref().map(Beside::chunks);
        let read = || (format.read)(&source, &mut sink);
        // Readers of others may trust what a damaged file claims. Whole chunks were handed over
        // before.
        let read = guarded(read);
        sink.finished = None;
        let found = beside.map_or_else(Vec::new, Beside::end);
        read.unwrap_or_else(|_| Err(LayerError::Broke(path.to_owned())))?;
        sink.add_counties(counties, found);
        Ok(format)
    })
}
