//! A table joined to a layer in the window: the question, what is remembered, what a layer has.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::{layer_key::LayerKey, message::Message, open_layers::Snapshot};
use crate::layer::{
    Field,
    join::{Keys, Meeting, PlainTable},
};

/// How long a file was and when it was written, to tell whether it has changed since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileStamp {
    pub bytes: u64,
    /// Seconds since 1970.
    pub modified_s: u64,
}

/// The join of a layer of a file, as it is remembered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptJoin {
    pub path: PathBuf,
    /// The layer's name.
    pub layer: String,
    pub table: PathBuf,
    /// Of a workbook.
    #[serde(default)]
    pub sheet: Option<String>,
    /// The names of the field and the column that meet.
    pub field: String,
    pub column: String,
    /// The table as it was when it was joined.
    #[serde(default)]
    pub stamp: Option<FileStamp>,
}

impl KeptJoin {
    /// Where the keys stand now; `None` where one of them is gone.
    pub fn keys(&self, fields: &[Field], columns: &[Field]) -> Option<Keys> {
        let at = |all: &[Field], name: &str| all.iter().position(|own| own.name == name);
        Some(Keys { field: at(fields, &self.field)?, column: at(columns, &self.column)? })
    }
}

/// What is remembered of a layer of a file, in the order in which its tables were joined.
pub fn kept_joins<'a>(
    all: &'a [KeptJoin],
    path: &'a Path,
    layer: &'a str,
) -> impl Iterator<Item = &'a KeptJoin> {
    all.iter().filter(move |own| own.path == path && own.layer == layer)
}

/// The tables that an open layer has.
#[derive(Debug, Clone)]
pub struct LayerJoin {
    /// The layer as its file has it.
    pub own: Snapshot,
    /// In the order in which they were joined; one at least.
    pub tables: Vec<JoinedTable>,
}

/// A table that a layer has.
#[derive(Debug, Clone, PartialEq)]
pub struct JoinedTable {
    pub kept: KeptJoin,
    /// As it was read, for the others to be joined anew without it, or it again after it was taken off.
    pub table: SharedTable,
    pub matched: usize,
    /// How many fields the layer had before.
    pub fields_before: usize,
}

/// A table that many hold. Two are equal when they are the same one.
#[derive(Debug, Clone)]
pub struct SharedTable(pub Arc<PlainTable>);

impl PartialEq for SharedTable {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// A table that was read for a join.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadTable {
    pub table: SharedTable,
    pub stamp: Option<FileStamp>,
    /// The keys that most likely belong together, or those of before.
    pub keys: Option<Keys>,
}

/// How far the table of a question is known.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum TableState {
    /// None was chosen.
    #[default]
    None,
    Reading,
    Failed(Message),
    Read {
        table: SharedTable,
        stamp: Option<FileStamp>,
    },
}

/// The question which table is joined to a layer, and by which keys.
#[derive(Debug, Clone, PartialEq)]
pub struct JoinQuestion {
    pub key: LayerKey,
    /// Which of the layer's tables it is about; `None` for one more.
    pub place: Option<usize>,
    /// The layer, of which the table meets the first `fields`: those that were there before it.
    pub own: Snapshot,
    pub fields: usize,
    /// So many of them are its file's own.
    pub own_fields: usize,
    pub path: Option<PathBuf>,
    pub table: TableState,
    /// The field of the layer and the column of the table, as far as they are chosen.
    pub field: Option<usize>,
    pub column: Option<usize>,
    /// How they would meet; `None` until it is known.
    pub meeting: Option<Arc<Meeting>>,
    /// Counts what was asked; an answer to an older question is none.
    pub request: u64,
}

impl JoinQuestion {
    pub const fn keys(&self) -> Option<Keys> {
        match (self.field, self.column) {
            (Some(field), Some(column)) => Some(Keys { field, column }),
            _ => None,
        }
    }

    pub const fn table(&self) -> Option<&SharedTable> {
        match &self.table {
            TableState::Read { table, .. } => Some(table),
            _ => None,
        }
    }

    /// Whether anything would come of it.
    pub fn is_answered(&self) -> bool {
        self.meeting.as_ref().is_some_and(|meeting| meeting.matched > 0)
    }
}

/// Where a table and its keys come from.
#[derive(Debug, Clone, PartialEq)]
pub enum JoinSource {
    Chosen(SharedTable, Keys),
    /// The layer has or had it; its keys are those that are remembered.
    Held(SharedTable),
    /// It is remembered, and has to be read first.
    Kept,
}

/// A layer is to be joined.
#[derive(Debug, Clone, PartialEq)]
pub struct JoinOrder {
    pub of: LayerKey,
    pub request: u64,
    /// As its file has it.
    pub own: Snapshot,
    /// One after the other; a later one may have its key from an earlier one.
    pub tables: Vec<(JoinSource, KeptJoin)>,
    /// Whether it can be taken back; else it is only made again what was asked for before.
    pub is_edit: bool,
}

impl JoinOrder {
    /// Of which table it is told that it is being joined: the newest.
    pub fn table(&self) -> PathBuf {
        self.tables.last().map_or_else(PathBuf::new, |(_, kept)| kept.table.clone())
    }
}

/// A layer with the columns of its tables.
#[derive(Debug, Clone, PartialEq)]
pub struct Joined {
    pub of: LayerKey,
    pub request: u64,
    pub own: Snapshot,
    pub data: Snapshot,
    /// Each as it now is.
    pub tables: Vec<JoinedTable>,
    /// What stays remembered: also those that could not be joined today.
    pub kept: Vec<KeptJoin>,
    pub is_edit: bool,
}

/// What the user does about a join, or a job answers.
#[derive(Debug, Clone, PartialEq)]
pub enum JoinStep {
    /// Looks at one of the layer's tables, or at one more.
    Place(Option<usize>),
    /// Another table.
    Table(PathBuf),
    /// Another sheet of the workbook.
    Sheet(String),
    Field(usize),
    Column(usize),
    /// The answer to [`super::Order::ReadTable`].
    Read {
        request: u64,
        read: Result<ReadTable, Message>,
    },
    /// The answer to [`super::Order::MeetTable`].
    Met {
        request: u64,
        meeting: Arc<Meeting>,
    },
    /// Joins as the question says.
    Join,
    /// Takes one of its tables off the layer again.
    Remove(LayerKey, usize),
    Joined(Box<Joined>),
    /// Nothing was joined; the reason has been told.
    Failed {
        of: LayerKey,
        request: u64,
    },
}
