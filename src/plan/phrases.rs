//! The words that belong to a figure: from its label to its unit, or to the thing it counts.

use super::measures::Measure;
use super::quantities::Classified;

/// Most characters before a label or a number that still belong to it.
const BEFORE_CHARS: usize = 10;
/// Most characters after a unit that still name what is counted.
const AFTER_CHARS: usize = 24;

/// No clause of a plan has so many bytes.
const LONGEST_CLAUSE: usize = 4_096;

/// Where the clause before a number starts: after the last sign that parts clauses. A colon right
/// before the number belongs to its label.
pub(super) fn clause_start(text: &str, at: usize) -> usize {
    let head = text.get(..at).unwrap_or_default();
    let searched = head.trim_end_matches([':', '：']);
    // What stands in closed brackets or quotation marks belongs to its clause.
    let mut closed = 0_u32;
    // Text without any sign costs no more for each number in it.
    let from = searched.floor_char_boundary(searched.len().saturating_sub(LONGEST_CLAUSE));
    let near = searched.get(from..).unwrap_or_default();
    for (behind, c) in near.char_indices().rev() {
        let i = from + behind;
        let parts = match c {
            ')' | '”' | '》' => {
                closed += 1;
                false
            }
            '(' | '“' | '《' if closed > 0 => {
                closed -= 1;
                false
            }
            '，' | '；' | ':' | '：' => closed == 0,
            '(' | '“' | '。' | '！' | '？' | '\n' => true,
            _ => false,
        };
        if parts {
            return i + c.len_utf8();
        }
    }
    from
}

/// The measure found before in the same sentence: where its phrase starts and where its unit ends.
#[derive(Clone, Copy, Default)]
pub(super) struct Before {
    pub phrase_start: usize,
    pub end: usize,
}

/// The phrase of a measure as a byte range.
pub(super) fn extent(
    text: &str,
    measure: &Measure,
    classified: &Classified,
    before: Before,
) -> (usize, usize) {
    let end = after_qualifier(text, measure.end);
    let clause = clause_start(text, measure.number_start);
    let from = clause.max(before.end);
    let left = text.get(from..measure.number_start).unwrap_or_default();
    let follows = before.end > clause;
    let listed = after_separator(left, follows);
    let mut start = from + listed;
    if classified.label_len > 0 {
        let label = measure.number_start.saturating_sub(classified.label_len);
        start = before_label(text, start.min(label), label);
        return (start, end);
    }
    // 由41.7%提高到44.0%, 4座约7193㎡: nothing parts the two, so the first names the second.
    if follows && listed == 0 {
        return (before.phrase_start, end + text.get(end..).map_or(0, counted_noun));
    }
    let noun = text.get(end..).map_or(0, counted_noun);
    let near = |from: usize| {
        text.get(from..measure.number_start)
            .is_some_and(|words| words.chars().count() <= BEFORE_CHARS && !words.starts_with('的'))
    };
    if noun > 0 && !near(start) {
        start = measure.number_start;
    }
    (start, end + noun)
}

/// Where the last part of a list starts. The words for "and" part figures, so they count only
/// where a figure stands before.
fn after_separator(left: &str, follows: bool) -> usize {
    let after = |word: &&str| left.rfind(*word).map(|i| i + word.len());
    let always = ["、", "包括", "等"].iter().filter_map(after).max();
    // 年产 itself opens the words that belong to its figure.
    let made = left.rfind("年产");
    let and = ["以及", "和", "及", "与"].iter().filter_map(after).max();
    always.max(made).max(and.filter(|_| follows)).unwrap_or(0)
}

/// 以上, 以内 and their like after a unit.
pub(super) const QUALIFIERS_AFTER: &[&str] =
    &["以上", "以下", "以内", "之内", "左右", "上下", "余", "多"];

fn after_qualifier(text: &str, end: usize) -> usize {
    let rest = text.get(end..).unwrap_or_default();
    QUALIFIERS_AFTER.iter().find(|q| rest.starts_with(**q)).map_or(end, |q| end + q.len())
}

/// Takes in the words before a label: all of a short clause, or 总, 项目总 and the like.
fn before_label(text: &str, clause: usize, label: usize) -> usize {
    let words = text.get(clause..label).unwrap_or_default();
    // 年产值1.2亿元的配套产业园占地面积: what is before 的 describes something else.
    let own = words.rfind('的').map_or(0, |i| i + '的'.len_utf8());
    let clause = clause + own;
    let words = words.get(own..).unwrap_or_default();
    if words.chars().count() <= BEFORE_CHARS - 2 && !words.contains('、') {
        return clause;
    }
    ["项目总", "工程总", "计划总", "估算总", "总", "固定资产", "年"]
        .iter()
        .find(|w| words.ends_with(**w))
        .map_or(label, |w| label - w.len())
}

/// The length of the words after a unit that name what is counted; none where another number
/// follows in the same breath.
fn counted_noun(rest: &str) -> usize {
    let stop = rest.char_indices().find(|(_, c)| {
        c.is_ascii_digit()
            || matches!(c, '，' | '。' | '；' | '、' | '：' | ':' | '(' | ')' | '！' | '？' | '\n')
            || matches!(c, '“' | '”' | '和' | '与' | '等' | '及')
    });
    if stop.is_some_and(|(_, c)| c.is_ascii_digit()) {
        return 0;
    }
    let noun = stop.map_or(rest, |(at, _)| rest.get(..at).unwrap_or_default());
    // 以及 is cut before its first character.
    let noun = noun.strip_suffix('以').unwrap_or(noun);
    if noun.chars().count() > AFTER_CHARS { 0 } else { noun.len() }
}
