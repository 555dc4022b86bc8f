//! Where the heading of a paragraph ends and its running text starts.

use super::block::Block;
use super::numbering::lead_phrase;
use super::work_nouns;

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

/// The name of a box item: up to a stop, a colon, a dash or a space, or its first clause.
pub(super) fn item_heading(block: &Block) -> Heading {
    let start = block.marker_len;
    let rest = block.rest();
    let near = rest.char_indices().nth(HEADING_CHARS + 1).map_or(rest.len(), |(at, _)| at);
    let near = rest.get(..near).unwrap_or_default();
    let ends = |at: usize, sign: usize| Heading {
        start,
        end: start + at,
        after: start + at + sign,
        whole_sentence: true,
    };
    let sign = near.char_indices().find(|(at, c)| {
        matches!(c, '。' | '，' | '；' | '：' | ':')
            || near.get(*at..).is_some_and(|r| r.starts_with("——"))
    });
    let stop = sign.map_or(near.len(), |(at, _)| at);
    // (全长2公里，总投资3亿元) is no part of the name, (一期) is.
    if let Some(at) = near.get(..stop).and_then(|name| name.rfind('('))
        && at >= NAME_BYTES
        && states_figure(near.get(at..).unwrap_or_default())
    {
        return Heading { start, end: start + at, after: start, whole_sentence: false };
    }
    // 大桥 北岸 总投资3亿元: columns parted by spaces.
    let gap = block.gap.and_then(|gap| gap.checked_sub(start));
    let column = gap.and_then(|gap| near.get(..gap)).is_some_and(work_nouns::ends_in_noun);
    if let Some(gap) = gap.filter(|gap| column && (NAME_BYTES..stop).contains(gap)) {
        return ends(gap, 0);
    }
    match sign {
        Some((at, c @ ('：' | ':'))) if at >= NAME_BYTES => ends(at, c.len_utf8()),
        Some((at, '—')) if at >= NAME_BYTES => ends(at, "——".len()),
        _ => heading(block),
    }
}

/// Fewer bytes are no name: two characters.
const NAME_BYTES: usize = 6;

/// Whether what a bracket opens states a length, a size or money before it closes.
fn states_figure(text: &str) -> bool {
    let inner = text.find(')').map_or(text, |at| text.get(..at).unwrap_or_default());
    inner.contains(|c: char| c.is_ascii_digit()) && super::measures::next(inner, 0).is_some()
}

/// The lead phrase of a paragraph without a number, if running text follows it.
pub(super) fn lead_heading(block: &Block) -> Option<Heading> {
    let end = lead_phrase(block.text)?;
    let after = end + '。'.len_utf8();
    (after < block.text.len()).then_some(Heading { start: 0, end, after, whole_sentence: true })
}
