//! An open workbook: its value in memory and its file.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::{
    BookError, Holder, ReadOnly,
    error::{of, of_writing},
    holder::Hold,
    log,
    open::Stamp,
    rows,
};
use crate::{
    book::{Action, Blob, Book, By, Change, Deed, Entry, History, PlaceRecord, Table, Words},
    catalogue::lower::{Base, LoweredProject, lower_some},
    diagnostics::Diagnostic,
    plan,
};

/// An open workbook. It belongs to one thread at a time; closing it is dropping it.
#[derive(Debug)]
pub struct Workbook {
    pub(super) path: PathBuf,
    pub(super) file: Connection,
    pub(super) book: Book,
    pub(super) history: History,
    pub(super) base: Arc<Base>,
    pub(super) plan: Arc<plan::Plan>,
    pub(super) plan_bytes: Arc<[u8]>,
    pub(super) read_only: Option<ReadOnly>,
    pub(super) stamp: Stamp,
    /// Let go after the file is closed: fields are dropped in order.
    pub(super) hold: Option<Hold>,
}

/// What came of an action.
#[derive(Debug)]
pub struct Acted {
    /// The number of its entry in the log.
    pub seq: u64,
    /// The projects that are other now, measured anew; `None` for those that left the list.
    pub projects: BTreeMap<String, Option<LoweredProject>>,
    /// What was found wrong with them.
    pub findings: Vec<Diagnostic>,
    /// What changed, for who follows the records of other tables.
    pub changes: Vec<Change>,
}

impl Workbook {
    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it stands on: kinds, counties, places.
    pub const fn base(&self) -> &Arc<Base> {
        &self.base
    }

    /// Its records.
    pub const fn book(&self) -> &Book {
        &self.book
    }

    /// What can be undone and redone.
    pub const fn history(&self) -> &History {
        &self.history
    }

    /// Why it is only read; `None` where it can be written.
    pub const fn read_only(&self) -> Option<&ReadOnly> {
        self.read_only.as_ref()
    }

    /// Who had it on another machine and did not let it go, though the file system says that nobody
    /// has it now: a program that ended there, or a copy of its lock.
    pub fn taken_over(&self) -> Option<&Holder> {
        self.hold.as_ref()?.before()
    }

    /// The bytes of its plan; empty where it has none.
    pub fn plan_bytes(&self) -> &Arc<[u8]> {
        &self.plan_bytes
    }

    /// Its plan, as it was read when the workbook was opened.
    pub const fn plan(&self) -> &Arc<plan::Plan> {
        &self.plan
    }

    /// Makes a change. When this returns it is on disk.
    ///
    /// # Errors
    /// It cannot be written, or does not begin with what is there; then nothing is changed, neither
    /// in the file nor in memory.
    pub fn act(&mut self, action: &Action, by: &By) -> Result<Acted, BookError> {
        self.commit(Deed::Did, &action.words, &action.changes, &action.blobs, by)
    }

    /// Takes back what was done last.
    ///
    /// # Errors
    /// Nothing is left, or it cannot be written.
    pub fn undo(&mut self, by: &By) -> Result<Acted, BookError> {
        let seq = self.history.undoable().ok_or(BookError::NothingToUndo)?;
        let entry = self.entry(seq)?;
        let changes: Vec<Change> = self.changes(seq)?.iter().map(Change::swapped).collect();
        self.commit(Deed::Undid(seq), &entry.words, &changes, &[], by)
    }

    /// Does again what was taken back last.
    ///
    /// # Errors
    /// Nothing is left, or it cannot be written.
    pub fn redo(&mut self, by: &By) -> Result<Acted, BookError> {
        let seq = self.history.redoable().ok_or(BookError::NothingToRedo)?;
        let entry = self.entry(seq)?;
        let changes = self.changes(seq)?;
        self.commit(Deed::Redid(seq), &entry.words, &changes, &[], by)
    }

    /// Goes back to how everything was right after an entry of the log (恢复到). It is an action like
    /// any other: the log keeps what was done since, and it can be undone.
    ///
    /// # Errors
    /// There is no such entry, nothing is other than it was then, or it cannot be written.
    pub fn restore(&mut self, seq: u64, by: &By) -> Result<Acted, BookError> {
        let entry = self.entry(seq)?;
        let then = log::state_after(&self.file, seq).map_err(|e| of(&self.path, &e))?;
        let changes: Vec<Change> = then
            .into_iter()
            .map(|((table, key), after)| {
                let before = self.book.text(table, &key).cloned();
                Change { table, key, before, after }
            })
            .filter(|change| change.before != change.after)
            .collect();
        self.commit(Deed::Restored(seq), &entry.words, &changes, &[], by)
    }

    /// Every entry of the log, in order.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn log(&self) -> Result<Vec<Entry>, BookError> {
        log::entries(&self.file).map_err(|e| of(&self.path, &e))
    }

    /// What an entry changed.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn changes(&self, seq: u64) -> Result<Vec<Change>, BookError> {
        log::changes(&self.file, seq).map_err(|e| of(&self.path, &e))
    }

    /// What happened to one record, in order.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn story(&self, table: Table, key: &str) -> Result<Vec<(u64, Change)>, BookError> {
        log::story(&self.file, table, key).map_err(|e| of(&self.path, &e))
    }

    /// Large bytes by their hash; `None` where there are none.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn blob(&self, hash: &str) -> Result<Option<Vec<u8>>, BookError> {
        self.file
            .query_row("SELECT bytes FROM jintu_blobs WHERE hash = ?1", params![hash], |row| {
                row.get(0)
            })
            .optional()
            .map_err(|e| of(&self.path, &e))
    }

    /// Closes it: one file is left. Dropping it does the same, and tells nothing.
    ///
    /// # Errors
    /// The last of it cannot be put away; what was acknowledged is on disk all the same.
    pub fn close(self) -> Result<(), BookError> {
        let Self { path, file, .. } = self;
        file.close().map_err(|(_, e)| of(&path, &e))
    }

    /// An entry of the log.
    ///
    /// # Errors
    /// The file cannot be read, or has no such entry.
    pub fn entry(&self, seq: u64) -> Result<Entry, BookError> {
        let found = log::entry(&self.file, seq).map_err(|e| of(&self.path, &e))?;
        found.ok_or(BookError::NoSuchEntry(seq))
    }

    fn commit(
        &mut self,
        deed: Deed,
        words: &Words,
        changes: &[Change],
        blobs: &[Blob],
        by: &By,
    ) -> Result<Acted, BookError> {
        if let Some(why) = &self.read_only {
            return Err(BookError::ReadOnly(why.clone()));
        }
        // Writing goes on into a file that was removed or replaced: nobody would find it.
        if Stamp::of(&self.path).is_none_or(|now| !now.is_same_file(&self.stamp)) {
            return Err(BookError::Gone { path: self.path.clone() });
        }
        let before = (!changes.is_empty()).then(|| affected(&self.book, changes));
        self.book.apply(changes)?;
        let mut ids = before.unwrap_or_default();
        ids.extend(affected(&self.book, changes));
        let (projects, findings) = lower_some(&self.book, &ids, &self.plan, &self.base);
        let entry =
            Entry { seq: self.history.last() + 1, deed, by: by.clone(), words: words.clone() };
        match self.write(&entry, changes, blobs, &projects) {
            Ok(()) => {
                self.history.note(entry.seq, deed);
                Ok(Acted { seq: entry.seq, projects, findings, changes: changes.to_vec() })
            }
            Err(reason) => {
                let back: Vec<Change> = changes.iter().map(Change::swapped).collect();
                // They begin with what was just put there.
                self.book.apply(&back)?;
                Err(reason)
            }
        }
    }

    fn write(
        &mut self,
        entry: &Entry,
        changes: &[Change],
        blobs: &[Blob],
        projects: &BTreeMap<String, Option<LoweredProject>>,
    ) -> Result<(), BookError> {
        let path = &self.path;
        let failed = |e: rusqlite::Error| of_writing(path, &e);
        let all =
            self.file.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let last = log::last(&all).map_err(failed)?;
        if last + 1 != entry.seq {
            return Err(BookError::ChangedElsewhere { path: path.clone() });
        }
        for blob in blobs {
            all.execute(
                "INSERT OR IGNORE INTO jintu_blobs (hash, bytes) VALUES (?1, ?2)",
                params![blob.hash, &*blob.bytes],
            )
            .map_err(failed)?;
        }
        for change in changes {
            if !log::make(&all, change, entry.seq).map_err(failed)? {
                return Err(BookError::ChangedElsewhere { path: path.clone() });
            }
        }
        log::write(&all, entry, changes).map_err(failed)?;
        for (id, lowered) in projects {
            rows::write(&all, id, lowered.as_ref(), &self.base).map_err(failed)?;
        }
        if !projects.is_empty() {
            rows::stamp(&all).map_err(failed)?;
        }
        all.commit().map_err(failed)
    }
}

/// Ids of the projects that changes touch, by the records as they are now.
fn affected(book: &Book, changes: &[Change]) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for change in changes {
        match change.table {
            Table::Projects => {
                ids.insert(change.key.clone());
            }
            Table::Places => {
                if let Ok(Some(place)) = book.get::<PlaceRecord>(&change.key) {
                    ids.extend(place.project_ids);
                }
            }
            _ => {}
        }
    }
    ids
}
