//! Writing layers: the name says the format, and the file is whole or not there.

use std::path::Path;

use super::{
    FORMATS, Format,
    write::{Job, Outgoing, Watch, WriteError, WriteOptions, Writer, staging},
};
use crate::{
    layer::Finding,
    store::{StoreError, files::check_place},
};

/// Writes layers into a file whose name says the format, and tells what of them it cannot hold.
/// The file is whole or not there.
///
/// # Errors
/// See [`WriteError`]. Nothing has changed then.
pub fn write_layers(
    layers: &[Outgoing<'_>],
    path: &Path,
    options: &WriteOptions,
) -> Result<Vec<Finding>, WriteError> {
    let (format, write) = writer_of(path).ok_or_else(|| WriteError::Unknown(path.to_owned()))?;
    check_place(path).map_err(|e| match e {
        StoreError::Write { path, reason } => WriteError::Write { path, reason },
        other => WriteError::Place(other),
    })?;
    if !options.overwrite && path.exists() {
        return Err(WriteError::Exists(path.to_owned()));
    }
    let job = Job { layers, options, format: format.name, path };
    staging::staged(path, options.overwrite, |own| {
        let left = write(&job, own)?;
        let is_stopped =
            |watch: &Watch<'_>| watch.cancel.load(std::sync::atomic::Ordering::Relaxed);
        if layers.iter().filter_map(|layer| layer.watch.as_ref()).any(is_stopped) {
            return Err(WriteError::Stopped);
        }
        Ok(left)
    })
}

/// Endings that say more than their format's writer does: macros, or a feature a line.
const NOT_WRITTEN: [&str; 5] = ["xlsm", "geojsonl", "geojsons", "ndjson", "jsonl"];

/// The format and the writer of a file's name.
pub fn writer_of(path: &Path) -> Option<(&'static Format, Writer)> {
    let extension = path.extension()?.to_string_lossy().to_lowercase();
    if NOT_WRITTEN.contains(&extension.as_str()) {
        return None;
    }
    FORMATS
        .iter()
        .filter_map(|format| Some((format, format.write?)))
        .find(|(format, _)| format.extensions.contains(&extension.as_str()))
}
