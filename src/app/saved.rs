//! Views, filters and layers that are kept in the workbook: what is done to them.

use std::path::PathBuf;

use serde_json::Value;

use super::message::Message;
use crate::{book::ViewRecord, catalogue::edit::NewLayer};

/// A list of the workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SavedList {
    Views,
    Filters,
}

/// A change of saved views and filters.
#[derive(Debug, Clone, PartialEq)]
pub enum SavedEdit {
    View(Box<ViewRecord>),
    Filter { name: String, filter: Value },
    Rename { list: SavedList, id: String, name: String },
    Shift { list: SavedList, id: String, up: bool },
    Remove { list: SavedList, id: String },
}

/// A change of the workbook's layers.
#[derive(Debug, Clone, PartialEq)]
pub enum LayerEdit {
    /// Keeps the layers of a file.
    Add {
        path: PathBuf,
        layers: Vec<NewLayer>,
        reading: Value,
    },
    Remove {
        ids: Vec<String>,
    },
    Style {
        id: String,
        style: Value,
    },
    Hide {
        id: String,
        hidden: bool,
    },
    /// Lays them in this order, from the ground up.
    Order {
        ids: Vec<String>,
    },
    /// Their file is this one.
    Find {
        ids: Vec<String>,
        path: PathBuf,
    },
    /// Puts their file into the workbook.
    Embed {
        ids: Vec<String>,
        path: PathBuf,
    },
}

/// What the user does with views and filters.
#[derive(Debug, Clone, PartialEq)]
pub enum ViewStep {
    /// Opens or closes the list.
    ToggleList,
    /// Saves what is looked at under a name; without one under the first that is free.
    Save(String),
    /// Brings a view up to date with what is looked at.
    Update(String),
    /// Shows a view, by id.
    Go(String),
    /// Saves the filter under a name; without one under its own words.
    SaveFilter(String),
    /// Asks what a saved filter asks, by id.
    UseFilter(String),
    /// Shows what a text of a view says.
    GoText(String),
    Edit(SavedEdit),
    /// What was looked at last comes back.
    Recall,
    /// What is looked at now comes back at the next start.
    Keep,
}

/// Where a file of the workbook's layers is.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundFile {
    /// Ids of its layers.
    pub ids: Vec<String>,
    /// Where it was meant to be.
    pub path: PathBuf,
    pub found: Result<FoundAt, Message>,
}

/// A file that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundAt {
    /// Where it can be read; of an embedded one a copy.
    pub path: PathBuf,
    /// It is not what it was when the workbook took it in.
    pub is_changed: bool,
}

/// What the user does with a file of the workbook's layers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileStep {
    /// Asks where it is now.
    AskFind,
    /// It is this one.
    Find(PathBuf),
    /// What it is now is what is meant.
    Accept,
    /// Puts it into the workbook.
    Embed,
}
