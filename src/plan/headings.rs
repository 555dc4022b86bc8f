//! Where the heading of a paragraph ends and its running text starts.

use super::block::Block;
use super::numbering::lead_phrase;

/// A heading inside its paragraph, in bytes from the paragraph's start.
pub(super) struct Heading {
    /// Where the words start, after the mark.
    pub start: usize,
    /// Where the words end, before a stop.
    pub end: usize,
    /// Where the running text starts.
    pub after: usize,
    /// The heading ends with its paragraph or a stop. If not, the paragraph is a numbered sentence
    /// and the heading only its first clause.
    pub whole_sentence: bool,
}

/// Most characters of a heading; a longer first sentence is running text.
const HEADING_CHARS: usize = 45;

impl Heading {
    /// The heading's words.
    pub fn title<'a>(&self, block: &Block<'a>) -> &'a str {
        block
            .text
            .get(self.start..self.end)
            .unwrap_or_default()
            .trim_matches(|c: char| c == ' ' || matches!(c, ':' | '：' | '；' | '，' | '.'))
    }
}

/// The heading of a numbered paragraph.
pub(super) fn heading(block: &Block) -> Heading {
    let start = block.marker_len;
    let rest = block.rest();
    let stop = rest.find('。');
    let words = stop.map_or(rest, |at| rest.get(..at).unwrap_or_default());
    let chars = words.chars().count();
    let clauses = words.contains(['，', '；', '！', '？']);
    if chars > 0 && chars <= HEADING_CHARS && !clauses {
        let end = start + words.len();
        return Heading {
            start,
            end,
            after: stop.map_or(end, |at| start + at + '。'.len_utf8()),
            whole_sentence: true,
        };
    }
    let clause = words.find(['，', '；', '！', '？', '：', ':']).unwrap_or(words.len());
    let cap = words.char_indices().nth(HEADING_CHARS).map_or(words.len(), |(at, _)| at);
    Heading { start, end: start + clause.min(cap), after: start, whole_sentence: false }
}

/// The lead phrase of a paragraph without a number, if running text follows it.
pub(super) fn lead_heading(block: &Block) -> Option<Heading> {
    let end = lead_phrase(block.text)?;
    let after = end + '。'.len_utf8();
    (after < block.text.len()).then_some(Heading { start: 0, end, after, whole_sentence: true })
}
