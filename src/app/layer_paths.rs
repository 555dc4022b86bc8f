//! How a workbook names the files of its layers: what lies beside it by where it lies from there, so
//! that folder and workbook can be moved together; anything else from the root.

use std::path::{Component, Path, PathBuf};

/// The path of a file as the workbook keeps it.
pub fn for_book(book: &Path, file: &Path) -> String {
    let folder = book.parent().filter(|folder| !folder.as_os_str().is_empty());
    let beside = folder.and_then(|folder| file.strip_prefix(folder).ok());
    let Some(beside) = beside else { return file.display().to_string() };
    let names = beside.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    names.collect::<Vec<_>>().join("/")
}

/// The file that a path of the workbook leads to.
pub fn from_book(book: &Path, kept: &str) -> PathBuf {
    match book.parent() {
        Some(folder) => folder.join(kept),
        None => PathBuf::from(kept),
    }
}
