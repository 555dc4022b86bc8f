//! Where a file is to be saved: a folder and a name in fields, or the dialog of files.

use std::path::{Path, PathBuf};

use crate::app::{
    Language, State,
    browse::{ChosenPlace, FileQuestion},
};

/// What the dialog of files is asked.
pub fn question(path: &Path, folder: &str, extension: &str, language: Language) -> FileQuestion {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    FileQuestion::save(PathBuf::from(folder.trim()), name.unwrap_or_default(), extension, language)
}

/// Takes the place that was chosen in the dialog since `taken`.
pub fn take(state: &State, taken: &mut u64, folder: &mut String, name: &mut String) {
    let Some(ChosenPlace { number, path }) = &state.chosen_place else { return };
    if *number <= *taken {
        return;
    }
    *taken = *number;
    if let Some(chosen) = path.parent() {
        *folder = chosen.display().to_string();
    }
    if let Some(chosen) = path.file_name() {
        *name = chosen.to_string_lossy().into_owned();
    }
}

/// The file, with the ending of its format once.
pub fn path(folder: &str, name: &str, extension: &str) -> PathBuf {
    let name = name.trim();
    let name = name.strip_suffix(&format!(".{extension}")).unwrap_or(name);
    PathBuf::from(folder.trim()).join(format!("{name}.{extension}"))
}
