//! The normalised text and its way back to the file.

use super::fold::fold_text;
use super::source::SourceIndex;
use crate::units::{SourceSpan, TextRange};

/// The plan's text without the artefacts of its file: half-width digits and letters, Chinese
/// punctuation, no line or page breaks inside a paragraph, one `\n` between paragraphs.
///
/// Every character knows the bytes of the original file that it stands for. Ranges that lie outside
/// the text or cut a character are moved to the nearest place inside.
#[derive(Debug, Clone, Default)]
pub struct NormalisedText {
    text: String,
    chars: Vec<Mapped>,
    paragraphs: Vec<TextRange>,
    index: SourceIndex,
}

/// One character: where it starts in the text and what it stands for in the file.
#[derive(Debug, Clone, Copy)]
struct Mapped {
    text_start: usize,
    source: SourceSpan,
    line_break: bool,
    /// A space stood before it on its line, which folding took out.
    spaced: bool,
}

impl NormalisedText {
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The words of a range.
    pub fn slice(&self, range: TextRange) -> &str {
        let start = self.text.floor_char_boundary(range.start);
        let end = self.text.floor_char_boundary(range.end).max(start);
        self.text.get(start..end).unwrap_or_default()
    }

    /// The bytes of the file from the first to the last character of a range; line breaks at its
    /// ends are left out. An empty range gives an empty span at its place.
    pub fn source_span(&self, range: TextRange) -> SourceSpan {
        let first = self.chars.partition_point(|c| c.text_start < range.start);
        let last = self.chars.partition_point(|c| c.text_start < range.end);
        let inside = self.chars.get(first..last).unwrap_or_default();
        let start = inside.iter().find(|c| !c.line_break);
        let end = inside.iter().rev().find(|c| !c.line_break);
        if let (Some(start), Some(end)) = (start, end) {
            return SourceSpan { start: start.source.start, end: end.source.end };
        }
        let place = self
            .chars
            .get(first)
            .map(|c| c.source.start)
            .or_else(|| self.chars.last().map(|c| c.source.end))
            .unwrap_or(0);
        SourceSpan { start: place, end: place }
    }

    /// The part of the text that a span of the file became; `None` where nothing of it was kept.
    pub fn text_range(&self, span: SourceSpan) -> Option<TextRange> {
        let first = self.chars.partition_point(|c| c.source.end <= span.start);
        let last = self.chars.partition_point(|c| c.source.start < span.end);
        let inside = self.chars.get(first..last)?;
        let start = inside.iter().position(|c| !c.line_break)?;
        let end = inside.iter().rposition(|c| !c.line_break)?;
        Some(TextRange {
            start: inside.get(start)?.text_start,
            end: self.chars.get(first + end + 1).map_or(self.text.len(), |c| c.text_start),
        })
    }

    /// Where inside a range, after its first `skip` bytes, a space first stood that folding took out.
    pub(super) fn gap(&self, range: TextRange, skip: usize) -> Option<usize> {
        let first = self.chars.partition_point(|c| c.text_start <= range.start + skip);
        let rest = self.chars.get(first..)?;
        rest.iter()
            .take_while(|c| c.text_start < range.end)
            .find(|c| c.spaced)
            .map(|c| c.text_start)
    }

    /// Line and column of a byte of the file, both from 1; the column counts characters.
    pub fn line_column(&self, source_byte: usize) -> (usize, usize) {
        self.index.line_column(source_byte)
    }

    /// Length of the original file in bytes.
    pub fn source_len(&self) -> usize {
        self.index.len()
    }

    /// The paragraphs in order, without the `\n` between them.
    pub fn paragraphs(&self) -> &[TextRange] {
        &self.paragraphs
    }

    /// The paragraph that holds a byte of the text.
    pub fn paragraph_at(&self, offset: usize) -> Option<usize> {
        let after = self.paragraphs.partition_point(|p| p.start <= offset);
        let index = after.checked_sub(1)?;
        (offset <= self.paragraphs.get(index)?.end).then_some(index)
    }

    /// Where the text holds `anchor` for the `occurrence`-th time, counted from 0. The anchor is
    /// folded first; an empty one is found nowhere.
    pub fn find(&self, anchor: &str, occurrence: usize) -> Option<TextRange> {
        let folded = fold_text(anchor);
        if folded.is_empty() {
            return None;
        }
        self.text
            .match_indices(folded.as_str())
            .nth(occurrence)
            .map(|(start, found)| TextRange { start, end: start + found.len() })
    }
}

/// Builds the text character by character, in file order.
pub(super) struct TextBuilder {
    built: NormalisedText,
    paragraph_start: usize,
}

impl TextBuilder {
    pub fn new(index: SourceIndex) -> Self {
        Self { built: NormalisedText { index, ..NormalisedText::default() }, paragraph_start: 0 }
    }

    pub fn push(&mut self, ch: char, source: SourceSpan) {
        self.push_after(ch, source, false);
    }

    /// Pushes a character; `spaced` where a space before it is left out.
    pub fn push_after(&mut self, ch: char, source: SourceSpan, spaced: bool) {
        if self.paragraph_start == self.built.text.len()
            && let Some(previous) = self.built.paragraphs.last()
            && previous.end == self.built.text.len()
        {
            let from = self.source_end();
            self.map('\n', SourceSpan { start: from, end: source.start.max(from) }, true, false);
            self.paragraph_start = self.built.text.len();
        }
        self.map(ch, source, false, spaced);
    }

    /// The last character of the paragraph so far.
    pub fn last_char(&self) -> Option<char> {
        self.built.text.get(self.paragraph_start..)?.chars().next_back()
    }

    /// Ends the paragraph; one without characters is not counted.
    pub fn end_paragraph(&mut self) {
        let end = self.built.text.len();
        if self.paragraph_start < end {
            self.built.paragraphs.push(TextRange { start: self.paragraph_start, end });
        }
        self.paragraph_start = end;
    }

    pub fn finish(mut self) -> NormalisedText {
        self.end_paragraph();
        self.built
    }

    fn source_end(&self) -> usize {
        self.built.chars.last().map_or(0, |c| c.source.end)
    }

    fn map(&mut self, ch: char, source: SourceSpan, line_break: bool, spaced: bool) {
        self.built.chars.push(Mapped {
            text_start: self.built.text.len(),
            source,
            line_break,
            spaced,
        });
        self.built.text.push(ch);
    }
}
