//! What the user does in the review.

use super::review::Showing;
use crate::units::TextRange;

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReviewStep {
    Open,
    Close,
    Show(Showing),
    /// Looks at one, by its id.
    Go(String),
    /// Looks at the one whose words hold a byte of the text.
    GoTo(usize),
    /// So many further down the list.
    Move(isize),
    /// The one that is looked at is right; on to the next.
    Accept,
    /// It is taken out of the list; on to the next.
    Skip,
    AcceptAll,
    /// Shows words of the plan.
    LookAt(TextRange),
    /// Makes a project of words.
    Mark(TextRange),
    /// Says that words are about a project.
    AddTo(String, TextRange),
}
