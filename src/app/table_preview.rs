//! A table of projects before it is taken: what was understood, and what would come of it.

use std::{path::PathBuf, sync::Arc};

use crate::{catalogue::edit::TableTaken, document::project_table::TableFile, layer::TableStart};

/// What is shown before a table is taken.
#[derive(Debug, Clone, PartialEq)]
pub struct TablePreview {
    pub path: PathBuf,
    pub file: Arc<TableFile>,
    /// What would come of it in the workbook that is open; `None` where none can be changed.
    pub taken: Option<Arc<TableTaken>>,
    /// The file was to be opened as a layer: its number, and what its columns may be.
    pub layer: Option<(u64, Box<TableStart>)>,
}

/// What the user does with a table of projects.
#[derive(Debug, Clone, PartialEq)]
pub enum ProjectTableStep {
    /// Asks which table is added to the workbook.
    Ask,
    /// Reads a table, and shows what would come of it.
    Read { path: PathBuf, layer: Option<(u64, Box<TableStart>)> },
    /// It was read.
    Show(Box<TablePreview>),
    /// Takes the table that is shown into the workbook.
    Take,
    /// Makes a workbook of the table that is shown.
    MakeNew,
    /// It is a layer after all.
    AsLayer,
    /// It is not taken.
    Drop,
}
