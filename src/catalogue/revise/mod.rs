//! A newer text of the plan beside a workbook: what is new in it, what is gone, what is said otherwise.
//!
//! ```text
//! newer bytes ──book_of_plan──▶ NewBook ─┐
//!                                        ├─compare──▶ Comparison ──take, leave──▶ Action
//! workbook's records and plan ───────────┘
//! ```
//!
//! Nothing is taken over by itself. What the older text states is never written over: what the newer
//! one says stands beside it, with its date and the newer text as its source.

mod alike;
mod compare;
mod take;
mod wording;

use std::{collections::BTreeMap, ops::Range};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::book::{
    Book, FactRecord, Mark, PlaceRecord, PlanRef, ProjectRecord, RevisionRecord, Unreadable,
};

pub use compare::{Older, compare};
pub use take::{begin, leave, take};
pub use wording::differing;

/// The differences between a workbook and a newer text of its plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The id of its record, `R-1` and so on.
    pub revision: String,
    /// The newer text.
    pub plan: PlanRef,
    /// Its title.
    pub title: String,
    /// What is new, then what is gone or said otherwise by the ids of the workbook.
    pub differences: Vec<Difference>,
    /// How many projects say the same in both.
    pub same: usize,
}

/// One difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// What it is decided by: the id of the project in the workbook; of a new one `new:` and its id
    /// in the newer text.
    pub key: String,
    /// The project's name: in the workbook, or of a new one in the newer text.
    pub name: String,
    pub what: What,
}

/// What differs.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// Only the newer text has it.
    New { record: Box<ProjectRecord>, places: Vec<PlaceRecord>, words: String },
    /// Only the older text has it.
    Gone { words: String },
    /// Both have it, in other words.
    Changed(Box<Reworded>),
}

/// A project that the newer text words otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Reworded {
    pub older: String,
    pub newer: String,
    /// The bytes of each that the other does not have, as [`differing`] finds them.
    pub differing: [Vec<Range<usize>>; 2],
    pub values: Vec<ValueChange>,
    pub figures: Vec<FigureChange>,
}

/// A field with another value; `Value::Null` where there is none.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueChange {
    /// A field of `catalogue::edit::FIELDS`.
    pub field: &'static str,
    pub older: Value,
    pub newer: Value,
}

/// A figure that is gone, new or another.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureChange {
    pub older: Option<FactRecord>,
    pub newer: Option<FactRecord>,
}

/// What was decided of a difference, by whom and when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// Taken over, or left as it is.
    pub taken: bool,
    #[serde(flatten)]
    pub mark: Mark,
}

impl Comparison {
    /// Whether nothing at all of the workbook's plan is in the newer text: then it is hardly a newer
    /// text of that plan.
    pub fn is_of_another(&self) -> bool {
        let is_in_both = |own: &Difference| matches!(own.what, What::Changed(_));
        let is_gone = |own: &Difference| matches!(own.what, What::Gone { .. });
        let all = &self.differences;
        self.same == 0 && !all.iter().any(is_in_both) && all.iter().any(is_gone)
    }
}

impl What {
    /// The stable name: `new`, `gone` or `changed`.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::New { .. } => "new",
            Self::Gone { .. } => "gone",
            Self::Changed(_) => "changed",
        }
    }
}

/// What was decided in a revision, by the keys of the differences.
///
/// # Errors
/// Its record does not fit its type.
pub fn decisions(book: &Book, revision: &str) -> Result<BTreeMap<String, Decision>, Unreadable> {
    let record = book.get::<RevisionRecord>(revision)?;
    Ok(record.map(|record| decided(&record)).unwrap_or_default())
}

/// The last newer text that a workbook was compared with.
pub fn last_revision(book: &Book) -> Option<RevisionRecord> {
    let (mut all, _) = book.all::<RevisionRecord>();
    all.sort_by_key(|record| take::number(&record.id));
    all.pop()
}

/// Decisions that cannot be read, as of a newer program, count as none.
fn decided(record: &RevisionRecord) -> BTreeMap<String, Decision> {
    serde_json::from_value(record.decided.clone()).unwrap_or_default()
}
