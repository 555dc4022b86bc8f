//! Reading a plan: the one that comes with the program, or another.

use std::{path::Path, sync::atomic::AtomicBool};

use crate::{
    app::Language,
    catalogue::lower::{Lowered, lower, lower_plan},
    diagnostics::{Diagnostic, Location, Severity},
    document::{Paper, PaperCause, PaperFinding},
    store::{self, StoreError},
    tr,
};

/// Reads the embedded plan, or the one in a file of any form, with the seeds.
///
/// # Errors
/// A file that cannot be read. What is wrong inside a plan comes as diagnostics.
pub fn read_plan(path: Option<&Path>) -> Result<Lowered, StoreError> {
    let Some(path) = path else { return Ok(lower(&store::SEEDS)) };
    let paper = store::papers::read(path, &AtomicBool::new(false))?;
    let mut lowered = lower_plan(&paper.text, &store::SEEDS);
    let found = paper.findings.iter().map(diagnostic);
    lowered.diagnostics.splice(0..0, found);
    Ok(lowered)
}

/// What a reader has to say about the whole file, as a sentence.
pub fn paper_words(finding: &PaperFinding, language: Language) -> String {
    let key = format!("paper_finding.{}", finding.cause.key());
    tr!(language, key, n = finding.count, detail = finding.detail)
}

/// Whether a plan's document lists projects in tables, which are read as such beside its text.
pub fn lists_projects(paper: &Paper) -> bool {
    paper.findings.iter().any(|own| own.cause == PaperCause::ProjectRows)
}

fn diagnostic(finding: &PaperFinding) -> Diagnostic {
    let words = |language: Language| paper_words(finding, language);
    let is_loss = finding.cause.is_loss();
    let severity = if is_loss { Severity::Warning } else { Severity::Note };
    let (zh, en) = (words(Language::Chinese), words(Language::English));
    Diagnostic::new(severity, "paper", zh, en, Location::Whole)
}
