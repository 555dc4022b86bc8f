//! The workbook whose projects are shown, and what is asked of it.
//!
//! What is done to it is ordered, one after the other, and shown when it is on disk: the window
//! never shows what could still be lost.

use std::{collections::VecDeque, path::PathBuf, sync::Arc};

use super::{export::SharedCatalogue, message::Message};
use crate::{
    book::{Book, Entry, ProjectRecord, Words},
    catalogue::Accuracy,
    diagnostics::Diagnostic,
};

/// The workbook that is shown. Without a path it is the plan that comes with the program, which is
/// only read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OpenWorkbook {
    pub path: Option<PathBuf>,
    pub shown: ShownBook,
    /// The card is a form.
    pub editing: bool,
    /// What the values that are set rest on, in the user's words.
    pub source: String,
    /// What is done once there is a copy that can be changed.
    pub wanted: Option<BookEdit>,
    /// The plan that a new workbook is made of, while its place is asked for.
    pub(super) plan: Option<PlanFrom>,
    /// What waits for what is being done.
    pub(super) waiting: VecDeque<BookOrder>,
}

/// What the window shows of a workbook besides its catalogue.
#[derive(Debug, Clone, Default)]
pub struct ShownBook {
    pub records: Arc<Book>,
    /// Everything that was done to it, in order.
    pub log: Arc<[Entry]>,
    /// Why it is only read; `None` where it can be written.
    pub read_only: Option<Message>,
    /// What undo would take back, and redo do again.
    pub undo: Option<Words>,
    pub redo: Option<Words>,
}

impl PartialEq for ShownBook {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.records, &other.records)
            && Arc::ptr_eq(&self.log, &other.log)
            && self.read_only == other.read_only
    }
}

/// Which plan a workbook is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanFrom {
    /// The one that comes with the program.
    Program,
    File(PathBuf),
}

/// A change that the user makes.
#[derive(Debug, Clone, PartialEq)]
pub enum BookEdit {
    /// Sets a field of projects by its text.
    Set {
        ids: Vec<String>,
        field: String,
        text: String,
    },
    /// Back to what is stated.
    Restore {
        id: String,
        field: String,
    },
    Add {
        name: String,
    },
    Duplicate {
        id: String,
    },
    Remove {
        id: String,
    },
    BringBack {
        id: String,
    },
    Merge {
        id: String,
        into: String,
    },
    Split {
        id: String,
    },
    Place {
        id: String,
        geometry: Box<geo::Geometry<f64>>,
        accuracy: Accuracy,
    },
    ClearPlace {
        id: String,
    },
}

/// What is done with workbooks, outside the UI thread.
#[derive(Debug, Clone, PartialEq)]
pub enum BookOrder {
    Open(PathBuf),
    /// Back to the plan that comes with the program.
    OpenBuiltIn,
    /// Makes a workbook of a plan, and opens it.
    Create {
        plan: PlanFrom,
        path: PathBuf,
        replace: bool,
    },
    /// Writes a copy into another file, and opens that.
    SaveAs {
        path: PathBuf,
        replace: bool,
    },
    Edit {
        edit: BookEdit,
        source: String,
    },
    Undo,
    Redo,
    /// To how everything was after an entry of the log.
    RestoreTo(u64),
}

/// What the user does with a workbook.
#[derive(Debug, Clone, PartialEq)]
pub enum BookStep {
    Open(PathBuf),
    OpenBuiltIn,
    /// The one that is shown comes back at the next start.
    Remember,
    /// Asks of which plan a workbook is made, then where it goes.
    AskPlan,
    /// Asks where a workbook of the plan that comes with the program goes.
    AskPlace,
    /// Makes a copy at the usual place.
    KeepCopy,
    /// The card becomes a form, or a card again.
    SetEditing(bool),
    SetSource(String),
    Edit(BookEdit),
    /// Asks for the name of a project to be added.
    AskAdd,
    OpenLog,
    RestoreTo(u64),
    /// Puts a workbook in the place of the file that is there.
    Replace,
}

/// What came of an order.
#[derive(Debug, Clone, PartialEq)]
pub struct BookNews {
    /// `None` for the plan that comes with the program.
    pub path: Option<PathBuf>,
    pub shown: ShownBook,
    /// The projects as they are now; `None` where they are as they were.
    pub content: Option<Content>,
    /// Another workbook than the one that was shown.
    pub is_other: bool,
    /// Something was changed that can be taken back.
    pub is_edit: bool,
    /// A project that was added.
    pub added: Option<String>,
}

/// Catalogue and findings.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    pub catalogue: SharedCatalogue,
    pub diagnostics: Arc<[Diagnostic]>,
}

impl OpenWorkbook {
    /// Whether its projects can be changed here and now.
    pub fn is_writable(&self) -> bool {
        self.path.is_some() && self.shown.read_only.is_none()
    }

    /// The record of a project.
    pub fn record(&self, id: &str) -> Option<ProjectRecord> {
        self.shown.records.get(id).ok().flatten()
    }

    /// Its name, for the window: the file's without the ending.
    pub fn name(&self) -> Option<String> {
        let name = self.path.as_ref()?.file_stem()?;
        Some(name.to_string_lossy().into_owned())
    }
}
