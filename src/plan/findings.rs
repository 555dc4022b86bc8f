//! What the reader notices on its way, gathered before lines and columns are known.

use super::text::NormalisedText;
use crate::diagnostics::{Diagnostic, Location, Severity};
use crate::language::Bilingual;
use crate::units::{SourceSpan, TextRange};

/// More findings of one code than this are counted, not listed.
const LISTED_PER_CODE: usize = 20;

/// A finding whose place is known in bytes only.
struct Finding {
    place: Place,
    severity: Severity,
    code: &'static str,
    message: Bilingual,
}

enum Place {
    Source(SourceSpan),
    Text(TextRange),
}

/// The findings so far.
#[derive(Default)]
pub(super) struct Findings {
    list: Vec<Finding>,
}

impl Findings {
    /// Adds a finding about bytes of the file.
    pub fn at_source(
        &mut self,
        severity: Severity,
        code: &'static str,
        span: SourceSpan,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) {
        self.list.push(Finding {
            place: Place::Source(span),
            severity,
            code,
            message: Bilingual::new(zh, en),
        });
    }

    /// Adds a finding about a part of the normalised text.
    pub fn at_text(
        &mut self,
        severity: Severity,
        code: &'static str,
        range: TextRange,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) {
        self.list.push(Finding {
            place: Place::Text(range),
            severity,
            code,
            message: Bilingual::new(zh, en),
        });
    }

    /// The findings with line and column, in file order; a flood of one code is cut short.
    pub fn finish(self, text: &NormalisedText) -> Vec<Diagnostic> {
        let mut placed: Vec<(SourceSpan, Finding)> = self
            .list
            .into_iter()
            .map(|finding| {
                let span = match finding.place {
                    Place::Source(span) => span,
                    Place::Text(range) => text.source_span(range),
                };
                (span, finding)
            })
            .collect();
        placed.sort_by_key(|(span, _)| *span);
        let mut counts: Vec<(&'static str, usize)> = Vec::new();
        let mut diagnostics = Vec::new();
        for (span, finding) in placed {
            let seen = if let Some((_, n)) = counts.iter_mut().find(|(c, _)| *c == finding.code) {
                *n += 1;
                *n
            } else {
                counts.push((finding.code, 1));
                1
            };
            if seen <= LISTED_PER_CODE {
                let (line, column) = text.line_column(span.start);
                diagnostics.push(Diagnostic {
                    severity: finding.severity,
                    code: finding.code,
                    message: finding.message,
                    location: Location::Plan { span, line, column },
                });
            }
        }
        for (code, n) in counts {
            if n > LISTED_PER_CODE {
                let more = n - LISTED_PER_CODE;
                diagnostics.push(Diagnostic::new(
                    Severity::Note,
                    code,
                    format!("同类问题还有 {more} 处，未逐一列出。"),
                    format!("{more} more findings of this kind are not listed."),
                    Location::Whole,
                ));
            }
        }
        diagnostics
    }
}
