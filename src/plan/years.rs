//! The year a figure is stated for.

/// A year in the text and what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// 到2025年: what follows is to be reached by then.
    Target,
    /// 2020年基础上, 比2020年: what a change is counted from.
    Baseline,
    Plain,
}

struct Mention {
    at: usize,
    year: u16,
    role: Role,
}

/// The years that count for a figure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Years {
    pub year: Option<u16>,
    /// The year is one to reach something by.
    pub target: bool,
    pub baseline: Option<u16>,
}

/// The year for a figure at `at` of a paragraph whose sentence starts at `sentence_start`: the last
/// one named before it in its part of the sentence (； parts them), else the last 到…年 before it in
/// its paragraph. A baseline counts in its own clause only.
pub(super) fn years_for(paragraph: &str, sentence_start: usize, at: usize) -> Years {
    let head = paragraph.get(..at).unwrap_or_default();
    // A paragraph of figures without end costs no more for each.
    let from = head.floor_char_boundary(head.len().saturating_sub(FARTHEST));
    let before = mentions(head, from);
    let near = head.get(from..).unwrap_or_default();
    let after_last = |signs: &[char]| near.rfind(signs).map_or(0, |i| from + i + '，'.len_utf8());
    let part_start = after_last(&['；']).max(sentence_start);
    let clause_start = after_last(&['，', '；', '。']).max(sentence_start);
    let own = before.iter().rev().find(|m| {
        m.at >= part_start && m.role == Role::Plain
            || m.at >= sentence_start && m.role == Role::Target
    });
    let found = own.or_else(|| before.iter().rev().find(|m| m.role == Role::Target));
    Years {
        year: found.map(|m| m.year),
        target: found.is_some_and(|m| m.role == Role::Target),
        baseline: before
            .iter()
            .rev()
            .find(|m| m.at >= clause_start && m.role == Role::Baseline)
            .map(|m| m.year),
    }
}

/// No paragraph of a plan has so many bytes.
const FARTHEST: usize = 4_096;

/// The years that a text names from a place on.
fn mentions(text: &str, from: usize) -> Vec<Mention> {
    text.get(from..)
        .unwrap_or_default()
        .match_indices('年')
        .filter_map(|(behind, _)| {
            let at = from + behind;
            let head = text.get(..at)?;
            let digits = head.get(head.len().checked_sub(4)?..)?;
            let lead = head.get(..head.len() - 4)?;
            let year: u16 = digits.parse().ok()?;
            let whole = digits.bytes().all(|b| b.is_ascii_digit())
                && !lead.ends_with(|c: char| c.is_ascii_digit());
            if !whole || !(1900..=2100).contains(&year) {
                return None;
            }
            let after = text.get(at + '年'.len_utf8()..)?;
            let baseline = after.starts_with("基础上")
                || after.starts_with("底基础上")
                || ["比", "较", "与", "相比"].iter().any(|w| lead.ends_with(w));
            let role = if baseline {
                Role::Baseline
            } else if opens_with_goal(lead) {
                Role::Target
            } else {
                Role::Plain
            };
            Some(Mention { at, year, role })
        })
        .collect()
}

/// 到 or 至 before the year, at the start of its clause: 到2025年, 力争到2035年, but not 下降至2020年.
fn opens_with_goal(lead: &str) -> bool {
    let Some(head) = lead.strip_suffix(['到', '至']) else {
        return false;
    };
    let head = ["力争", "争取", "力求", "确保", "预计", "计划"]
        .iter()
        .find_map(|w| head.strip_suffix(w))
        .unwrap_or(head);
    head.chars()
        .next_back()
        .is_none_or(|c| matches!(c, '，' | '。' | '；' | '：' | ':' | '、' | '.' | ')' | '\n'))
}
