//! What is in a folder, for the dialog inside the window.

use std::{fs, path::Path};

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
