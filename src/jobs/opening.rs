//! How the window opens.

use std::{fs::File, path::PathBuf};

use crate::{app::Settings, catalogue::lower::Lowered, geo::Datum};

/// What the command line says of the window.
#[derive(Debug, Default)]
pub struct Opening {
    pub settings: Settings,
    /// Another plan than the one that comes with the program.
    pub plan: Option<Box<Lowered>>,
    /// Its file.
    pub plan_file: Option<PathBuf>,
    /// A workbook that was named, or the last one.
    pub book: Option<PathBuf>,
    /// The settings are there and cannot be read: they stay as they are until the user changes one.
    pub is_unread: bool,
    /// A basemap that was named, shown but not saved, and the datum of its tiles.
    pub basemap: Option<(String, Option<Datum>)>,
    /// Files of features to lay over the map.
    pub files: Vec<PathBuf>,
    /// Takes what the basemap does.
    pub log: Option<File>,
}
