//! Changes of records, the same for every table.

use std::sync::Arc;

use super::{Table, Words, sha256};

/// One record before and after; `None` where there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub table: Table,
    pub key: String,
    pub before: Option<Arc<str>>,
    pub after: Option<Arc<str>>,
}

impl Change {
    /// The way back.
    #[must_use]
    pub fn swapped(&self) -> Self {
        Self {
            table: self.table,
            key: self.key.clone(),
            before: self.after.clone(),
            after: self.before.clone(),
        }
    }
}

/// Large bytes with what they are known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    pub hash: String,
    pub bytes: Arc<[u8]>,
}

impl Blob {
    /// Bytes with their hash.
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        Self { hash: sha256(&bytes), bytes }
    }
}

/// Something done: what it changes, and how it is called in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    pub words: Words,
    pub changes: Vec<Change>,
    /// What the changed records name by hash and the file may not have yet.
    pub blobs: Vec<Blob>,
}

/// A record is not what a change begins with: somebody else changed it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} {key} is not what the change begins with", table.name())]
pub struct Conflict {
    pub table: Table,
    pub key: String,
}
