//! Workbooks in files: `.jintu`, a `GeoPackage` with tables of ours.
//!
//! [`Workbook::create`] makes one of a plan, [`Workbook::open`] opens one, [`Workbook::act`] makes a
//! change: when it returns, the change is on disk and in [`Workbook::book`]. Undo, redo and
//! [`Workbook::restore`] go the same way; [`Workbook::log`] tells what was done.
//!
//! - **One action, one transaction**: records, log, and the rows that other programs read (项目,
//!   `项目_点`, `项目_线`, `项目_面`; only those of changed projects).
//! - **A journal that is rolled back, not a write-ahead log**: a log needs memory that processes
//!   share, which network shares do not have, and leaves files beside the workbook when a program is
//!   killed. So the workbook is one file whenever nothing is being written, and can be read by
//!   others between actions. `synchronous = EXTRA` also syncs the folder when the journal goes, so
//!   that an action that returned is there after a power cut, too.
//! - **One writer**: a file beside the workbook says who has it (`holder`); whoever comes second
//!   reads only. The numbers of the log are checked before each action, so that a program that does
//!   not ask cannot be overwritten.
//! - **What is not ours is not touched**: a file is looked at without a lock and without its journal
//!   first; only one with our tables is opened to be written.

mod create;
mod error;
mod holder;
mod log;
mod migrate;
mod open;
mod rows;
mod schema;
mod workbook;

pub use create::{Making, Plan};
pub use error::{BookError, ReadOnly};
pub use holder::{Holder, PATIENCE_S, user};
pub use open::{Access, Integrity, look};
pub use workbook::{Acted, Workbook};
