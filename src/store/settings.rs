//! Settings and folders, by the platform's conventions.

use std::{fs, io, path::PathBuf};

use directories::{ProjectDirs, UserDirs};

use super::{StoreError, files::write_atomic};
use crate::app::{Language, Settings};

fn path() -> Option<PathBuf> {
    config_folder().map(|folder| folder.join("settings.json"))
}

/// Where the program keeps what the user told it.
pub fn config_folder() -> Option<PathBuf> {
    ProjectDirs::from("", "", "jintu").map(|dirs| dirs.config_dir().to_owned())
}

/// Where tiles are kept.
pub fn cache_folder() -> Option<PathBuf> {
    ProjectDirs::from("", "", "jintu").map(|dirs| dirs.cache_dir().join("tiles"))
}

/// Where exports go unless told otherwise.
pub fn export_folder() -> PathBuf {
    UserDirs::new()
        .map(|dirs| dirs.document_dir().unwrap_or_else(|| dirs.home_dir()).to_owned())
        .unwrap_or_default()
}

/// Reads the settings; the first start takes the system's language.
///
/// # Errors
/// A file that is there and cannot be read. It is not overwritten until the user changes a setting.
pub fn load() -> Result<Settings, StoreError> {
    let Some(path) = path() else { return Ok(first()) };
    match fs::read(&path) {
        Ok(bytes) => {
            serde_json::from_slice(&bytes).map_err(|reason| StoreError::Settings { path, reason })
        }
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(first()),
        Err(reason) => Err(StoreError::Read { path, reason }),
    }
}

/// Saves the settings.
///
/// # Errors
/// Anything the file system refuses.
pub fn save(settings: &Settings) -> Result<(), StoreError> {
    let Some(path) = path() else { return Ok(()) };
    let text = serde_json::to_vec_pretty(settings)
        .map_err(|reason| StoreError::Settings { path: path.clone(), reason })?;
    if let Some(folder) = path.parent() {
        let failed = |reason| StoreError::Write { path: path.clone(), reason };
        fs::create_dir_all(folder).map_err(failed)?;
    }
    write_atomic(&path, &text)
}

/// Chinese first; English only where the system says so outright.
fn first() -> Settings {
    let says_so =
        sys_locale::get_locale().is_some_and(|tag| tag.starts_with("en") && tag != "en-US-POSIX");
    Settings {
        language: if says_so { Language::English } else { Language::Chinese },
        ..Settings::default()
    }
}
