//! What was found wrong, where, and how bad it is.
//!
//! Parsing and lowering never fail: they return a value and a list of these.

use serde::Serialize;

use crate::{language::Bilingual, units::SourceSpan};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing has to be done.
    Note,
    /// Probably wrong, or the data disagrees with itself.
    Warning,
    /// The data cannot be used as it is.
    Error,
}

/// Where a finding is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "in", rename_all = "lowercase")]
pub enum Location {
    /// Bytes of the plan's file. Line and column count from 1; the column counts characters.
    Plan { span: SourceSpan, line: usize, column: usize },
    /// A seed file, a feature of it and a field of that, as far as they are known.
    Seed { file: String, feature: Option<String>, field: Option<String> },
    /// A project of the catalogue, by id.
    Project { id: String },
    /// The whole input.
    Whole,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    pub severity: Severity,
    /// A short stable name such as `box-numbering`, for tests and filters.
    pub code: &'static str,
    #[serde(flatten, with = "WrittenMessage")]
    pub message: Bilingual,
    pub location: Location,
}

/// The two keys of a message in `jintu check --json`.
#[derive(Serialize)]
#[serde(remote = "Bilingual")]
struct WrittenMessage {
    #[serde(rename = "message_zh")]
    zh: String,
    #[serde(rename = "message_en")]
    en: String,
}

impl Diagnostic {
    /// A finding with the same meaning in both languages.
    #[must_use]
    pub fn new(
        severity: Severity,
        code: &'static str,
        zh: impl Into<String>,
        en: impl Into<String>,
        location: Location,
    ) -> Self {
        Self { severity, code, message: Bilingual::new(zh, en), location }
    }
}

/// Whether any finding is an error.
#[must_use]
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error)
}
