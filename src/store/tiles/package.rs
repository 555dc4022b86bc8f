//! Writing an offline package: an `MBTiles` file that can be interrupted and taken up again.

use std::path::{Path, PathBuf};

use rusqlite::Error as SqlError;

pub use super::package_part::Counts;
use super::package_part::Part;
use crate::tile::{Failure, TileId, TileSource};

/// So many failures of the whole source in a row, and the work pauses: a key that ran out must not
/// be tried for every tile that is left.
const PATIENCE: u32 = 5;

/// Why a package cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    #[error("the package cannot be written ({reason}); choose another place: {path}", path = path.display())]
    Write { path: PathBuf, reason: SqlError },
    #[error("the package is complete but cannot take its name ({reason}): {path}", path = path.display())]
    Rename { path: PathBuf, reason: std::io::Error },
    #[error("an unfinished package of another basemap is in the way; choose another name, or delete it: {path}", path = path.display())]
    OtherSource { path: PathBuf },
    #[error("this is a folder; give the name of a file: {path}", path = path.display())]
    Folder { path: PathBuf },
}

/// Fetches what is not there yet into `path`, by way of `path.part`, which stays until every tile
/// is stored or known to be absent. Taken up again, what was never tried comes before what failed.
/// `go_on` is told the counts and may stop the work; so may a source that fails as a whole.
///
/// # Errors
/// A file that cannot be written. Tiles that fail are counted, not errors.
pub fn write(
    path: &Path,
    source: &TileSource,
    tiles: &[TileId],
    fetch: &mut dyn FnMut(TileId) -> Result<Option<Vec<u8>>, Failure>,
    go_on: &mut dyn FnMut(Counts) -> bool,
) -> Result<Counts, PackageError> {
    if path.is_dir() {
        return Err(PackageError::Folder { path: path.to_owned() });
    }
    let part_path = part_of(path);
    let failed = |reason| PackageError::Write { path: part_path.clone(), reason };
    let mut part = Part::open(&part_path, source)
        .map_err(failed)?
        .ok_or_else(|| PackageError::OtherSource { path: part_path.clone() })?;
    let (mut counts, todo) = part.compare(tiles).map_err(failed)?;
    let mut in_a_row = 0;
    let mut going = go_on(counts);
    for (tile, failed_before) in todo {
        if !going || in_a_row >= PATIENCE {
            break;
        }
        counts.failed -= u64::from(failed_before);
        match fetch(tile) {
            Ok(bytes) => {
                in_a_row = 0;
                part.put(tile, bytes.as_deref()).map_err(failed)?;
                counts.stored += u64::from(bytes.is_some());
                counts.absent += u64::from(bytes.is_none());
                counts.bytes += bytes.map_or(0, |bytes| bytes.len() as u64);
            }
            Err(failure) => {
                in_a_row = if failure.is_of_source() { in_a_row + 1 } else { 0 };
                part.failed(tile, &failure).map_err(failed)?;
                counts.failed += 1;
            }
        }
        going = go_on(counts);
    }
    part.save().map_err(failed)?;
    if counts.is_complete() {
        part.finish(tiles).map_err(failed)?;
        std::fs::rename(&part_path, path)
            .map_err(|reason| PackageError::Rename { path: path.to_owned(), reason })?;
    }
    Ok(counts)
}

/// Where the unfinished package lies.
pub fn part_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    path.with_file_name(name)
}
