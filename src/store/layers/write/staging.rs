//! Files that are whole or not there.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::WriteError;
use crate::layer::Finding;

/// Lets `write` fill a file in a folder of its own beside `path`, then moves it there with those
/// that were written along with it, as the parts of a Shapefile.
pub fn staged(
    path: &Path,
    overwrite: bool,
    write: impl FnOnce(&Path) -> Result<Vec<Finding>, WriteError>,
) -> Result<Vec<Finding>, WriteError> {
    let failed = |reason| WriteError::Write { path: path.to_owned(), reason };
    let name = path.file_name().ok_or_else(|| failed(io::ErrorKind::InvalidInput.into()))?;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let stage = Stage::new(folder).map_err(failed)?;
    let findings = write(&stage.0.join(name))?;
    let mut made: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(&stage.0).map_err(failed)? {
        made.push(entry.map_err(failed)?.path());
    }
    let target = |made: &Path| made.file_name().map(|name| folder.join(name));
    if !overwrite
        && let Some(there) = made.iter().filter_map(|made| target(made)).find(|path| path.exists())
    {
        return Err(WriteError::Exists(there));
    }
    // The file that was asked for comes last: while it is not there, nothing is.
    made.sort_by_key(|made| made.file_name() == Some(name));
    for made in &made {
        let own = fs::File::options().write(true).open(made).map_err(failed)?;
        own.sync_all().map_err(failed)?;
        if let Some(target) = target(made) {
            fs::rename(made, target).map_err(failed)?;
        }
    }
    Ok(findings)
}

/// A folder that is gone when it is dropped, with all that was left in it.
struct Stage(PathBuf);

impl Stage {
    fn new(beside: &Path) -> io::Result<Self> {
        for number in 0..1000_u32 {
            let path = beside.join(format!(".jintu-{}-{number}", std::process::id()));
            match fs::create_dir(&path) {
                Ok(()) => return Ok(Self(path)),
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
                Err(e) => return Err(e),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // What cannot be removed is but a leftover with our name.
        let _ = fs::remove_dir_all(&self.0);
    }
}
