//! What a page carries besides the plan's text: page numbers, running heads, distribution lists.

use std::collections::HashMap;

use super::contents;
use super::lines::Line;

/// Why a line is left out of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Furniture {
    PageNumber,
    /// The same words beside the page numbers of several pages.
    RunningHead,
    Contents,
    /// 抄送 and the bodies a document is sent to, after its end.
    Distribution,
}

/// For each line, whether it is left out.
pub(super) fn find(lines: &[Line]) -> Vec<Option<Furniture>> {
    let bare = bare_numbers(lines);
    let mut found: Vec<Option<Furniture>> = lines
        .iter()
        .enumerate()
        .map(|(i, line)| {
            let at_page_end = line.page_before || lines.get(i + 1).is_some_and(|l| l.page_before);
            let counted = bare.get(i).copied().unwrap_or(false);
            if counted || is_page_number(&line.folded, at_page_end) {
                Some(Furniture::PageNumber)
            } else if contents::is_entry(&line.folded) {
                Some(Furniture::Contents)
            } else {
                None
            }
        })
        .collect();
    running_heads(lines, &mut found);
    contents::mark(lines, &mut found);
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

/// `— 12 —`, `第 3 页 共 9 页`, `3/9`, or a bare number next to a form feed.
fn is_page_number(line: &str, at_page_end: bool) -> bool {
    let bare = line.trim_matches(['-', '—', '–', '·', '―', '─', '－']);
    let digits = is_number(bare);
    let dashed = line.len() > bare.len() + 1 && line.ends_with(['-', '—', '–', '·', '―', '─']);
    digits && (dashed || at_page_end) || is_page_of(line)
}

/// `第3页`, `第3页共9页`, `3/9`.
fn is_page_of(line: &str) -> bool {
    if let Some(rest) = line.strip_prefix('第') {
        let Some((page, rest)) = rest.split_once('页') else { return false };
        let all = rest.trim_start_matches(['，', '/']);
        let total = all.strip_prefix('共').and_then(|r| r.strip_suffix('页'));
        return is_number(page) && (all.is_empty() || total.is_some_and(is_number));
    }
    line.split_once('/').is_some_and(|(page, all)| {
        let number = |s: &str| s.parse::<u16>().ok().filter(|_| is_number(s));
        number(page).zip(number(all)).is_some_and(|(page, all)| (1..=all).contains(&page))
    })
}

fn is_number(text: &str) -> bool {
    (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// Lines of nothing but a number that counts up by one from one to the next: pages without a sign.
/// A list of figures seldom does.
fn bare_numbers(lines: &[Line]) -> Vec<bool> {
    let numbers: Vec<(usize, u32)> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| is_number(&line.folded))
        .filter_map(|(i, line)| Some((i, line.folded.parse().ok()?)))
        .collect();
    let mut bare = vec![false; lines.len()];
    let follows = |a: &(usize, u32), b: &(usize, u32)| b.1 == a.1 + 1 && b.0 > a.0 + 3;
    for pair in numbers.windows(2) {
        if let [a, b] = pair
            && follows(a, b)
        {
            for (i, _) in [a, b] {
                if let Some(slot) = bare.get_mut(*i) {
                    *slot = true;
                }
            }
        }
    }
    bare
}

/// Beside page numbers, the same short words again and again.
fn running_heads(lines: &[Line], found: &mut [Option<Furniture>]) {
    let mut beside: HashMap<&str, Vec<usize>> = HashMap::new();
    for (i, line) in lines.iter().enumerate() {
        let page = |at: Option<usize>| {
            at.and_then(|at| found.get(at)) == Some(&Some(Furniture::PageNumber))
        };
        let near = line.page_before || page(i.checked_sub(1)) || page(Some(i + 1));
        let free = found.get(i) == Some(&None);
        if near && free && line.width_em <= 30.0 && !line.is_complete() && line.marker.is_none() {
            beside.entry(line.folded.as_str()).or_default().push(i);
        }
    }
    // The title on top of the first page is no running head, the ones that repeat it are.
    let first = lines.first().map(|line| line.folded.as_str());
    for (words, at) in beside {
        let again = Some(words) == first;
        if at.len() >= 3 || (again && !at.is_empty()) {
            for i in at {
                if let Some(slot) = found.get_mut(i).filter(|_| !(again && i == 0)) {
                    *slot = Some(Furniture::RunningHead);
                }
            }
        }
    }
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
