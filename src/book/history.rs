//! What was done, undone and done again, in the order of its numbers.

use super::Words;

/// Who does something, and when: given by the caller, because the core reads no clock.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct By {
    pub who: String,
    /// Date and time with the offset from UTC, such as `2026-11-26T21:20:35+08:00`.
    pub at: String,
}

/// What an entry of the log did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// The workbook was made.
    Made,
    Did,
    /// Took back an entry.
    Undid(u64),
    /// Did an entry again that had been taken back.
    Redid(u64),
    /// Went back to how everything was after an entry.
    Restored(u64),
}

impl Deed {
    /// Its stable name, and the entry it is about.
    pub const fn key(self) -> (&'static str, Option<u64>) {
        match self {
            Self::Made => ("made", None),
            Self::Did => ("did", None),
            Self::Undid(of) => ("undid", Some(of)),
            Self::Redid(of) => ("redid", Some(of)),
            Self::Restored(to) => ("restored", Some(to)),
        }
    }

    /// The deed of a name.
    pub fn from_key(key: &str, of: Option<u64>) -> Option<Self> {
        Some(match (key, of) {
            ("made", _) => Self::Made,
            ("did", _) => Self::Did,
            ("undid", Some(of)) => Self::Undid(of),
            ("redid", Some(of)) => Self::Redid(of),
            ("restored", Some(to)) => Self::Restored(to),
            _ => return None,
        })
    }
}

/// One entry of the log, without its changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// From 1, without gaps, in the order in which things were done.
    pub seq: u64,
    pub deed: Deed,
    pub by: By,
    pub words: Words,
}

/// What can be undone and redone now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    last: u64,
    done: Vec<u64>,
    undone: Vec<u64>,
}

impl History {
    /// Of the entries of a log, in their order.
    pub fn of(entries: impl IntoIterator<Item = (u64, Deed)>) -> Self {
        let mut history = Self::default();
        for (seq, deed) in entries {
            history.note(seq, deed);
        }
        history
    }

    /// One more entry.
    pub fn note(&mut self, seq: u64, deed: Deed) {
        self.last = seq;
        match deed {
            Deed::Made => {}
            Deed::Did | Deed::Restored(_) => {
                self.done.push(seq);
                self.undone.clear();
            }
            Deed::Undid(of) => {
                self.done.retain(|own| *own != of);
                self.undone.push(of);
            }
            Deed::Redid(of) => {
                self.undone.retain(|own| *own != of);
                self.done.push(of);
            }
        }
    }

    /// The number of the last entry; 0 for an empty log.
    pub const fn last(&self) -> u64 {
        self.last
    }

    /// The entry that undo takes back.
    pub fn undoable(&self) -> Option<u64> {
        self.done.last().copied()
    }

    /// The entry that redo does again.
    pub fn redoable(&self) -> Option<u64> {
        self.undone.last().copied()
    }
}
