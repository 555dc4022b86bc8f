//! The value of a workbook: records in tables, and changes of them. No files, no window.
//!
//! ```text
//! Draft::new(&book) ──put, remove──▶ Action ──store::book::Workbook::act──▶ file, log, Book, rows
//! ```
//!
//! - **[`Book`]** holds every record of every table ([`TABLES`]) as JSON text by its key, and gives
//!   it typed: `book.get::<ProjectRecord>("B1-02")`, `book.all::<PlaceRecord>()`.
//! - **A project** ([`ProjectRecord`]) keeps what its origin states and what is known later side by
//!   side ([`FieldRecord`]); the later value is in effect. 恢复原文 is [`ProjectRecord::restore`].
//!   Words and spans are bytes of the plan's file: a newer reader of plans moves nothing.
//! - **An [`Action`]** is a list of [`Change`]s (table, key, before, after) with its words. Whatever
//!   makes records makes actions by a [`Draft`]; nothing else changes a book. So undo, redo, the log
//!   and restoring to any moment are the same for all tables, present and future.
//! - **[`History`]** is the log in short: what can be undone and redone, also after reopening.
//!   Entries are numbered; clocks decide nothing.
//! - Large bytes (plan, attachments, embedded layers) go by hash ([`Blob`]), never into the log.
//!
//! `catalogue::lower::lower_book` makes the catalogue of a book, `catalogue::edit` makes the actions
//! of the command line and the card, with refusals that say what is allowed. `store::book` keeps a
//! book in a `.jintu` file.

mod change;
mod draft;
mod hash;
mod history;
mod parts;
mod place;
mod project;
mod row;
mod stated;
mod tables;
mod unseen;
mod value;

pub use change::{Action, Blob, Change, Conflict};
pub use draft::Draft;
pub use hash::{hex, sha256};
pub use history::{By, Deed, Entry, History};
pub use parts::{
    AttachmentRecord, BOOK_KEY, BookRecord, DeckRecord, EmbeddedFile, FilterRecord, HeadingRecord,
    LayerRecord, LedgerRecord, NoteRecord, PlanRef, RevisionRecord, SettingRecord, SketchRecord,
    SlideFigureRecord, SlideRecord, TargetRecord, ViewRecord,
};
pub use place::{ControlPointRecord, PlaceRecord};
pub use project::{ChangeRecord, FactRecord, Merged, ProjectRecord, UnlocatedRecord, UpdateRecord};
pub use row::{CellRecord, RowRecord};
pub use stated::{FieldRecord, Later, Mark, Origin, Stated, Words};
pub use tables::{TABLES, Table, TableRow, VERSION};
pub use unseen::is_unseen;
pub use value::{Book, Kept, Unreadable};
