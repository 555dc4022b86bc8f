//! What of a plan's file was left out, guessed or not understood.

use std::collections::BTreeMap;

/// Something that a reader has to say about a plan's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperFinding {
    pub cause: PaperCause,
    /// How many times.
    pub count: usize,
    /// What it is about, in the file's own words; may be empty.
    pub detail: String,
}

/// Each kind has its words under `paper_finding.KEY` in the locale files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PaperCause {
    /// Places where changes were tracked: deleted words are left out, inserted ones read.
    TrackedChanges,
    /// Hidden words, left out.
    HiddenText,
    /// Macros, which are never run.
    Macros,
    /// Lines of a table of contents, left out.
    Contents,
    /// Projects that a table lists, which is no running text: a workbook takes them as the rows that
    /// they are.
    ProjectRows,
    /// Documents within the document, not read.
    EmbeddedParts,
    /// Parts that are damaged; what stands before the damage is read.
    Damaged,
    /// Running heads and page numbers, left out.
    PageFurniture,
    /// Signs whose lines run another way than most of their page, left out.
    TurnedText,
    /// Signs of fonts that do not say what they are.
    UnknownSigns,
    /// Pages that are pictures without a text layer.
    PagesWithoutText,
}

impl PaperCause {
    pub const ALL: [Self; 11] = [
        Self::TrackedChanges,
        Self::HiddenText,
        Self::Macros,
        Self::Contents,
        Self::ProjectRows,
        Self::EmbeddedParts,
        Self::Damaged,
        Self::PageFurniture,
        Self::TurnedText,
        Self::UnknownSigns,
        Self::PagesWithoutText,
    ];

    /// Where its words stand, below `paper_finding.`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::TrackedChanges => "tracked_changes",
            Self::HiddenText => "hidden_text",
            Self::Macros => "macros",
            Self::Contents => "contents",
            Self::ProjectRows => "project_rows",
            Self::EmbeddedParts => "embedded_parts",
            Self::Damaged => "damaged",
            Self::PageFurniture => "page_furniture",
            Self::TurnedText => "turned_text",
            Self::UnknownSigns => "unknown_signs",
            Self::PagesWithoutText => "pages_without_text",
        }
    }

    /// Whether words of the plan may be missing because of it.
    pub const fn is_loss(self) -> bool {
        matches!(
            self,
            Self::HiddenText
                | Self::EmbeddedParts
                | Self::Damaged
                | Self::TurnedText
                | Self::UnknownSigns
                | Self::PagesWithoutText
        )
    }
}

/// Findings while they are counted.
#[derive(Debug, Default)]
pub struct FindingCounts(BTreeMap<(PaperCause, String), usize>);

impl FindingCounts {
    pub fn count(&mut self, cause: PaperCause) {
        self.count_of(cause, String::new());
    }

    /// Counts one about something.
    pub fn count_of(&mut self, cause: PaperCause, detail: String) {
        self.count_many(cause, detail, 1);
    }

    /// Counts several about the same; none is nothing to tell.
    pub fn count_many(&mut self, cause: PaperCause, detail: String, n: usize) {
        if n > 0 {
            *self.0.entry((cause, detail)).or_default() += n;
        }
    }

    pub fn finish(self) -> Vec<PaperFinding> {
        let told = self.0.into_iter();
        told.map(|((cause, detail), count)| PaperFinding { cause, count, detail }).collect()
    }
}
