//! What is in a folder, for the dialog inside the window, and folders of our own.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use super::StoreError;
use crate::app::browse::FolderEntry;

/// What is in a folder: folders first, then files, each by name. What is hidden stays so.
///
/// # Errors
/// A folder that is not there or may not be looked into.
pub fn list(folder: &Path) -> Result<Vec<FolderEntry>, StoreError> {
    let failed = |reason| StoreError::Read { path: folder.to_owned(), reason };
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        // One that went away meanwhile is no longer there.
        let Ok(entry) = entry else { continue };
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = entry.path();
        // A link is what it leads to.
        let Ok(found) = fs::metadata(&path) else { continue };
        if !name.starts_with('.') {
            entries.push(FolderEntry { name, path, is_folder: found.is_dir(), bytes: found.len() });
        }
    }
    entries.sort_by_cached_key(|entry| (!entry.is_folder, entry.name.to_lowercase()));
    Ok(entries)
}

/// Whether a path leads to a file.
pub fn is_file(path: &Path) -> bool {
    path.is_file()
}

/// A new folder that nobody else may look into, where the system can say so.
///
/// # Errors
/// There is no room for temporary files.
pub fn private_folder(purpose: &str) -> io::Result<PathBuf> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("jintu-{purpose}-{}-{number}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        fs::DirBuilder::new().mode(0o700).create(&folder)?;
    }
    #[cfg(not(unix))]
    fs::create_dir(&folder)?;
    Ok(folder)
}
