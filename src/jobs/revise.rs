//! Comparing an open workbook with a newer text of its plan, for the command line and the window.

use std::sync::Arc;

use crate::{
    book::{Mark, PlanRef, sha256},
    catalogue::{
        edit::Refusal,
        lower::book_of_plan,
        revise::{self, Comparison, Older},
    },
    store::{
        self,
        book::{BookError, Workbook},
    },
};

/// A newer text of a plan.
#[derive(Debug, Clone)]
pub struct NewerText {
    /// Text in any encoding that the reader of plans knows.
    pub bytes: Arc<[u8]>,
    /// The name of its file, without the folder.
    pub name: String,
}

impl NewerText {
    /// How a workbook names it.
    pub fn plan_ref(&self) -> PlanRef {
        PlanRef { hash: sha256(&self.bytes), name: self.name.clone(), document: None }
    }
}

/// Compares a workbook with a newer text whose record is `revision`, or will be. It changes nothing.
///
/// # Errors
/// The workbook has no plan, the newer text is none, or a record does not fit.
pub fn compare(
    workbook: &Workbook,
    newer: &NewerText,
    revision: &str,
    mark: &Mark,
) -> Result<Comparison, Refusal> {
    let book = workbook.book();
    let about = book.about()?.ok_or(Refusal::NoPlan)?;
    if about.plan.is_none() {
        return Err(Refusal::NoPlan);
    }
    let city = about.city.as_deref();
    let base = workbook.base();
    let made = book_of_plan(&newer.bytes, &newer.name, city, mark, &store::SEEDS, base)?;
    // All projects would be gone.
    if let Some(why) = made.why_no_plan() {
        return Err(Refusal::NewerIsNoPlan(why.clone()));
    }
    let older = Older { book, plan: workbook.plan() };
    Ok(revise::compare(older, &made, revision)?)
}

/// The newer text that a workbook was compared with last; `None` where there was none.
///
/// # Errors
/// The file cannot be read.
pub fn last_text(workbook: &Workbook) -> Result<Option<NewerText>, BookError> {
    let Some(record) = revise::last_revision(workbook.book()) else { return Ok(None) };
    let bytes = workbook.blob(&record.plan.hash)?;
    Ok(bytes.map(|bytes| NewerText { bytes: bytes.into(), name: record.plan.name }))
}
