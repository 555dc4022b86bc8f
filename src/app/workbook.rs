//! The workbook whose projects are shown, and what is asked of it.
//!
//! What is done to it is ordered, one after the other, and shown when it is on disk: the window
//! never shows what could still be lost.

use std::{
    collections::{BTreeMap, VecDeque},
    path::PathBuf,
    sync::Arc,
};

use super::{
    export::SharedCatalogue,
    kept_view::KeptLayer,
    message::Message,
    notice::NoticeLevel,
    saved::{LayerEdit, SavedEdit},
    table_preview::ProjectTableStep,
};
use crate::{
    book::{
        AttachmentRecord, Book, Entry, FilterRecord, LayerRecord, ProjectRecord, Table, ViewRecord,
        Words,
    },
    catalogue::{
        Accuracy,
        edit::{self, DeckEdit},
        revise::{Comparison, Decision},
    },
    diagnostics::Diagnostic,
    document::project_table::TableFile,
    layer::TableStart,
    units::SourceSpan,
};

/// The workbook that is shown. Without a path it is a plan, which is only read: the one that comes
/// with the program, or one that was named at the start.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OpenWorkbook {
    pub path: Option<PathBuf>,
    /// The plan that is shown where there is no path.
    pub shown_plan: PlanFrom,
    pub shown: ShownBook,
    /// The card is a form.
    pub editing: bool,
    /// What the values that are set rest on, in the user's words.
    pub source: String,
    /// What is done once there is a copy that can be changed.
    pub wanted: Option<BookEdit>,
    /// What was recognised is reviewed once there is such a copy.
    pub(super) wants_review: bool,
    /// The plan that a new workbook is made of, while its place is asked for.
    pub(super) plan: Option<PlanFrom>,
    /// The project that files are chosen for, or the attachment whose place is asked for.
    pub(super) attaching: Option<String>,
    /// What a newer text of the plan says otherwise.
    pub revision: Option<Arc<Comparison>>,
    /// What was decided of that, by the keys of the differences.
    pub decided: Arc<BTreeMap<String, Decision>>,
    /// What is looked at is not kept: the plan was named for this once, or the settings cannot be
    /// read.
    pub is_passing: bool,
    /// Layers that come back, until their files have been read.
    pub(super) recalled: Vec<KeptLayer>,
    /// The file of layers that is looked for in a dialog.
    pub(super) finding: Option<u64>,
    /// Files that are opened once the workbook is.
    pub(super) files_after: Vec<PathBuf>,
    /// What waits for what is being done.
    pub(super) waiting: VecDeque<BookOrder>,
}

/// What the window shows of a workbook besides its catalogue.
#[derive(Debug, Clone, Default)]
pub struct ShownBook {
    pub records: Arc<Book>,
    /// Small pictures of attachments, as PNG or JPEG by their hash.
    pub pictures: Arc<BTreeMap<String, Arc<[u8]>>>,
    /// Everything that was done to it, in order.
    pub log: Arc<[Entry]>,
    /// Why it is only read; `None` where it can be written.
    pub read_only: Option<Message>,
    /// What undo would take back, and redo do again.
    pub undo: Option<Words>,
    pub redo: Option<Words>,
    /// Its saved views, filters and layers, each in its order.
    pub views: Arc<[ViewRecord]>,
    pub filters: Arc<[FilterRecord]>,
    pub layers: Arc<[LayerRecord]>,
}

impl PartialEq for ShownBook {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.records, &other.records)
            && Arc::ptr_eq(&self.log, &other.log)
            && self.read_only == other.read_only
    }
}

/// Which plan a workbook is made of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum PlanFrom {
    /// The one that comes with the program.
    #[default]
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
    /// What was recognised is right.
    Accept {
        id: String,
    },
    /// The same of everything that nobody has looked at.
    AcceptAll,
    /// Nobody has looked at it yet.
    LeaveOpen {
        id: String,
    },
    /// Words of the plan, by bytes of its file, become a project.
    MarkWords {
        span: SourceSpan,
    },
    /// They are about a project.
    AddWords {
        id: String,
        span: SourceSpan,
    },
    Place {
        id: String,
        geometry: Box<geo::Geometry<f64>>,
        accuracy: Accuracy,
    },
    ClearPlace {
        id: String,
    },
    /// Attaches files to a project.
    Attach {
        id: String,
        paths: Vec<PathBuf>,
    },
    /// Takes an attachment away, by its id.
    Detach {
        attachment: String,
    },
    /// Of saved views and filters.
    Saved(SavedEdit),
    /// Of the user's layers.
    Layers(LayerEdit),
    /// Takes the projects of a table.
    AddTable(Arc<TableFile>),
    /// Takes differences to a newer text over, or leaves them.
    Revise {
        comparison: Arc<Comparison>,
        keys: Vec<String>,
        taken: bool,
    },
    /// Something with its decks and slides.
    Deck(DeckEdit),
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
        /// It is the plan that is shown: what is looked at stays.
        is_copy: bool,
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
    /// Reads a table of projects and tells what would come of it; nothing changes. It may be opened as
    /// a layer, by its number, whose columns are not known.
    ReadTable {
        path: PathBuf,
        layer: Option<(u64, Box<TableStart>)>,
    },
    /// Compares with a newer text of the plan.
    Compare(PathBuf),
    /// Compares once more with the text that was compared with last.
    CompareAgain,
    Undo,
    Redo,
    /// To how everything was after an entry of the log.
    RestoreTo(u64),
    /// Opens an attachment with the system's program for it.
    OpenAttachment(String),
    /// Saves an attachment as a file of its own.
    SaveAttachment {
        id: String,
        path: PathBuf,
        replace: bool,
    },
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
    /// Asks where a workbook of the plan that is shown goes.
    AskPlace,
    /// Makes a copy at the usual place.
    KeepCopy,
    /// The card becomes a form, or a card again.
    SetEditing(bool),
    SetSource(String),
    Edit(BookEdit),
    /// Asks for the name of a project to be added.
    AskAdd,
    /// Asks which files are attached to a project.
    AskAttach(String),
    OpenAttachment(String),
    /// Asks where an attachment goes.
    AskSaveAttachment(String),
    /// Asks for a field that is set for all projects that are selected.
    AskSetMany,
    ProjectTable(ProjectTableStep),
    OpenLog,
    /// Asks for a newer text of the plan.
    AskNewer,
    /// Shows what the newer text says otherwise.
    OpenRevision,
    /// Takes differences to the newer text over, or leaves them.
    Revise {
        keys: Vec<String>,
        taken: bool,
    },
    RestoreTo(u64),
    /// Puts a workbook in the place of the file that is there.
    Replace,
}

/// What came of an order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BookNews {
    /// `None` for the plan that comes with the program.
    pub path: Option<PathBuf>,
    pub shown: ShownBook,
    /// The projects as they are now; `None` where they are as they were.
    pub content: Option<Content>,
    /// Another workbook than the one that was shown.
    pub is_other: bool,
    /// It is a copy of that one: what is looked at stays.
    pub is_copy: bool,
    /// Something was changed that can be taken back.
    pub is_edit: bool,
    /// A project that was added.
    pub added: Option<String>,
    /// What is to be said of it.
    pub told: Vec<(NoticeLevel, Message)>,
    /// What a newer text says otherwise, where that was asked.
    pub revision: Option<Arc<Comparison>>,
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

    /// Whether its log has something to take back, or to do again: also what was done before it was
    /// opened.
    pub fn can_travel(&self, back: bool) -> bool {
        let there = if back { &self.shown.undo } else { &self.shown.redo };
        self.is_writable() && there.is_some()
    }

    /// Whether it was compared with a newer text of its plan.
    pub fn was_compared(&self) -> bool {
        self.shown.records.count(Table::Revisions) > 0
    }

    /// The record of a project.
    pub fn record(&self, id: &str) -> Option<ProjectRecord> {
        self.shown.records.get(id).ok().flatten()
    }

    /// What is attached to a project, in the order in which it came.
    pub fn attachments(&self, id: &str) -> Vec<AttachmentRecord> {
        edit::attachments_of(&self.shown.records, id)
    }

    /// Its name, for the window: the file's without the ending.
    pub fn name(&self) -> Option<String> {
        let name = self.path.as_ref()?.file_stem()?;
        Some(name.to_string_lossy().into_owned())
    }
}
