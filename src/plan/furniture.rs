//! What a page carries besides the plan's text: page numbers, tables of contents, distribution lists.

use super::lines::Line;

/// Why a line is left out of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Furniture {
    PageNumber,
    Contents,
    /// 抄送 and the bodies a document is sent to, after its end.
    Distribution,
}

/// For each line, whether it is left out.
pub(super) fn find(lines: &[Line]) -> Vec<Option<Furniture>> {
    let mut found: Vec<Option<Furniture>> = lines
        .iter()
        .enumerate()
        .map(|(i, line)| {
            let at_page_end = line.page_before || lines.get(i + 1).is_some_and(|l| l.page_before);
            if is_page_number(&line.folded, at_page_end) {
                Some(Furniture::PageNumber)
            } else if is_contents_entry(&line.folded) {
                Some(Furniture::Contents)
            } else {
                None
            }
        })
        .collect();
    // A plan without a heading is too little to tell its end from its middle.
    if lines.iter().any(|l| l.marker.is_some()) {
        let whole = lines.iter().rposition(|line| !is_distribution(&line.folded));
        let first = whole.map_or(lines.len(), |i| i + 1);
        let text_ended = whole.and_then(|i| lines.get(i)).is_some_and(Line::is_complete);
        if text_ended {
            for slot in found.iter_mut().skip(first) {
                *slot = Some(Furniture::Distribution);
            }
        }
    }
    found
}

/// `— 12 —`, or a bare number next to a form feed.
fn is_page_number(line: &str, at_page_end: bool) -> bool {
    let bare = line.trim_matches(['-', '—', '–', '·', '―', '─', '－']);
    let digits = (1..=4).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_digit());
    let dashed = line.len() > bare.len() + 1 && line.ends_with(['-', '—', '–', '·', '―', '─']);
    digits && (dashed || at_page_end)
}

/// A heading, leaders, a page number.
fn is_contents_entry(line: &str) -> bool {
    let before = line.trim_end_matches(|c: char| c.is_ascii_digit());
    let leaders = before.chars().rev().take_while(|c| matches!(c, '.' | '…' | '·' | '．')).count();
    before.len() < line.len() && (leaders >= 4 || before.ends_with("……"))
}

/// A line that names whom a document goes to or who printed it.
fn is_distribution(line: &str) -> bool {
    let short = line.chars().count() <= 60 && !line.contains('，');
    let sent = ["抄送", "主送", "分送", "抄报", "报送:"].iter().any(|w| line.starts_with(w));
    let printed = line.contains("印发") && line.contains('年') && line.contains('日');
    let copies = line.contains("共印") && line.contains('份');
    let bodies = [
        "党派",
        "人民团体",
        "新闻单位",
        "市委各部门",
        "人大常委会办公",
        "政协办公",
        "检察院",
        "法院",
    ];
    let listed = bodies.iter().any(|w| line.contains(w)) && !line.contains('、');
    let addressed = line.starts_with('各') && bodies.iter().any(|w| line.contains(w));
    short && (sent || printed || copies || addressed || listed && line.chars().count() <= 20)
}
