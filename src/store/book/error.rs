//! Why a workbook could not be opened or written, and why it is only read.

use std::{io, path::PathBuf};

use super::Holder;
use crate::{
    book::{Conflict, Unreadable},
    language::Bilingual,
    store::{StoreError, files},
};

/// What failed, with the path it is about. The file is then as it was before.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    #[error("cannot read the workbook ({reason}): {path}", path = path.display())]
    Read { path: PathBuf, reason: io::Error },
    #[error("this is a folder, not a workbook: {path}", path = path.display())]
    Directory { path: PathBuf },
    #[error("this is a pipe or a device, not a workbook: {path}", path = path.display())]
    NoRegularFile { path: PathBuf },
    #[error("this is no workbook: {path}", path = path.display())]
    NotABook { path: PathBuf },
    /// A database that another program made: still a layer.
    #[error("this database is somebody else's, not a workbook: {path}", path = path.display())]
    Foreign { path: PathBuf },
    #[error("the workbook is damaged ({reason}): {path}", path = path.display())]
    Damaged { path: PathBuf, reason: String },
    /// A program was killed as it wrote, and what it had not finished cannot be taken back here.
    #[error("the workbook was not closed, and cannot be mended here: {path}", path = path.display())]
    Unfinished { path: PathBuf },
    #[error("a file of that name is there already: {path}", path = path.display())]
    Exists { path: PathBuf },
    #[error("the workbook is open in a way that only reads")]
    ReadOnly(ReadOnly),
    #[error("another program holds the workbook: {path}", path = path.display())]
    Busy { path: PathBuf },
    #[error("no room is left: {path}", path = path.display())]
    Full { path: PathBuf },
    /// What the database says; the system itself says nothing that would explain it.
    #[error("cannot write ({reason}): {path}", path = path.display())]
    Write { path: PathBuf, reason: String },
    /// What the system says of the place: a folder that is not there, one that may not be written.
    #[error(transparent)]
    Place(#[from] StoreError),
    /// What a workbook was to be made of holds no text.
    #[error("this is no plan: {path}", path = path.display())]
    NoPlan { path: PathBuf, why: Bilingual },
    #[error("the workbook is no longer where it was: {path}", path = path.display())]
    Gone { path: PathBuf },
    #[error("another program changed the workbook: {path}", path = path.display())]
    ChangedElsewhere { path: PathBuf },
    #[error("nothing is left to undo")]
    NothingToUndo,
    #[error("nothing is left to redo")]
    NothingToRedo,
    #[error("the log has no entry {0}")]
    NoSuchEntry(u64),
    #[error("a change does not begin with what is there: {0}")]
    Conflict(#[from] Conflict),
    #[error("a record does not fit: {0}")]
    Record(#[from] Unreadable),
}

/// Why a workbook is only read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadOnly {
    /// It was asked for.
    Asked,
    /// A newer version of the program made it.
    Newer { version: u32 },
    /// Somebody else has it open.
    Held(Holder),
    /// The file, its folder or its medium cannot be written.
    NotWritable,
    /// The disk is full: not even who has it can be written down.
    Full,
    /// An older version of the program made it, and the copy that must be kept before it is brought
    /// up to date could not be made.
    NoRoomToMigrate,
}

/// What `SQLite` says, as what it means for a workbook.
pub(super) fn of(path: &std::path::Path, reason: &rusqlite::Error) -> BookError {
    use rusqlite::ErrorCode as Code;
    let path = path.to_owned();
    match reason.sqlite_error_code() {
        Some(Code::DiskFull) => BookError::Full { path },
        Some(Code::DatabaseBusy | Code::DatabaseLocked | Code::FileLockingProtocolFailed) => {
            BookError::Busy { path }
        }
        Some(Code::DatabaseCorrupt | Code::NotADatabase) => {
            BookError::Damaged { path, reason: reason.to_string() }
        }
        Some(Code::ReadOnly) => BookError::ReadOnly(ReadOnly::NotWritable),
        _ if !path.exists() => BookError::Gone { path },
        Some(Code::SystemIoFailure | Code::CannotOpen | Code::PermissionDenied) => {
            BookError::Write { path, reason: reason.to_string() }
        }
        // What remains is a table or a value that is not as it was made.
        _ => BookError::Damaged { path, reason: reason.to_string() },
    }
}

/// The same for who writes: where the database only says that it could not, the folder is asked why.
pub(super) fn of_writing(path: &std::path::Path, reason: &rusqlite::Error) -> BookError {
    match of(path, reason) {
        BookError::Write { path, reason } => match files::why_unwritten(&path) {
            Some(told) if is_full(&told) => BookError::Full { path },
            Some(reason) => StoreError::Write { path, reason }.into(),
            None => BookError::Write { path, reason },
        },
        other => other,
    }
}

/// Whether the system says that no room is left.
pub(super) fn is_full(reason: &io::Error) -> bool {
    matches!(reason.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}
