//! A paragraph as the reader sees it.

use super::numbering::Marker;
use crate::units::TextRange;

/// A paragraph and the mark it starts with.
pub(super) struct Block<'a> {
    pub text: &'a str,
    pub range: TextRange,
    pub marker: Option<Marker>,
    /// Length of the mark in bytes.
    pub marker_len: usize,
    /// Where, in bytes from its start, a space first stood behind the mark.
    pub gap: Option<usize>,
}

impl Block<'_> {
    /// The paragraph after its mark.
    pub fn rest(&self) -> &str {
        self.text.get(self.marker_len..).unwrap_or_default()
    }

    /// A part of the paragraph, by bytes from its start.
    pub fn part(&self, start: usize, end: usize) -> TextRange {
        TextRange { start: self.range.start + start, end: self.range.start + end }
    }
}
