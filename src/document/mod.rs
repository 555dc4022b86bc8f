//! What a plan's file says, whatever its form: the text that [`crate::plan`] reads, with the place
//! in the file of every piece of it, and its tables of projects.
//!
//! Nothing here touches a file; `store::papers` fills it.

mod finding;
mod grid;
mod place;
pub mod project_table;
mod text_writer;

pub use finding::{FindingCounts, PaperCause, PaperFinding};
pub use grid::{CellSpan, Grid, GridRow, cell_name};
pub use place::{Place, Rect, SourceMap};
pub use text_writer::TextWriter;

/// What form a plan's file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperKind {
    /// Text in any encoding; its bytes are kept as they are.
    Text,
    /// A document of a word processor (DOCX).
    Docx,
    Pdf,
    /// A table of projects in a workbook or a file of separated values.
    Table,
}

/// A plan's file as text.
#[derive(Debug, Clone)]
pub struct Paper {
    pub kind: PaperKind,
    /// What the parser of plans reads: UTF-8, but for [`PaperKind::Text`], which is as in the file.
    pub text: Vec<u8>,
    /// Where in the file each byte of the text comes from. Empty for [`PaperKind::Text`]: there
    /// bytes are their own places.
    pub map: SourceMap,
    /// What was left out, guessed or not understood.
    pub findings: Vec<PaperFinding>,
}

impl Paper {
    /// A text file: its bytes are the text.
    pub fn plain(text: Vec<u8>) -> Self {
        Self { kind: PaperKind::Text, text, map: SourceMap::default(), findings: Vec::new() }
    }
}
