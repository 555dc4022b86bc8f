//! A table joined to a layer in the window: the question, what is remembered, what a layer has.

use std::{path::PathBuf, sync::Arc};

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

/// The join that an open layer has.
#[derive(Debug, Clone)]
pub struct LayerJoin {
    /// The layer as its file has it.
    pub own: Snapshot,
    pub kept: KeptJoin,
    pub matched: usize,
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
    /// The layer as its file has it.
    pub own: Snapshot,
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

/// A table and its keys, or those that are remembered and have to be read first.
#[derive(Debug, Clone, PartialEq)]
pub enum JoinSource {
    Chosen(SharedTable, Keys),
    Kept,
}

/// A layer is to be joined.
#[derive(Debug, Clone, PartialEq)]
pub struct JoinOrder {
    pub of: LayerKey,
    pub request: u64,
    pub own: Snapshot,
    pub source: JoinSource,
    pub kept: KeptJoin,
}

/// A layer with the columns of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Joined {
    pub of: LayerKey,
    pub request: u64,
    pub own: Snapshot,
    pub data: Snapshot,
    /// With the table as it now is.
    pub kept: KeptJoin,
    pub matched: usize,
}

/// What the user does about a join, or a job answers.
#[derive(Debug, Clone, PartialEq)]
pub enum JoinStep {
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
    /// Takes the table off the layer again.
    Remove(LayerKey),
    Joined(Box<Joined>),
    /// Nothing was joined; the reason has been told.
    Failed {
        of: LayerKey,
        request: u64,
    },
}
