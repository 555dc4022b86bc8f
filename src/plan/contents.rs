//! Tables of contents: told by leaders, or by the heading 目录 and the headings that come again.

use super::furniture::Furniture;
use super::lines::Line;

/// A table of contents has no more lines.
const MOST_LINES: usize = 600;

/// A heading, leaders, a page number.
pub(super) fn is_entry(line: &str) -> bool {
    let before = line.trim_end_matches(|c: char| c.is_ascii_digit());
    let leaders = before.chars().rev().take_while(|c| matches!(c, '.' | '…' | '·' | '．')).count();
    before.len() < line.len() && (leaders >= 4 || before.ends_with("……"))
}

/// Marks the lines of tables of contents.
pub(super) fn mark(lines: &[Line], found: &mut [Option<Furniture>]) {
    for (at, line) in lines.iter().enumerate() {
        if found.get(at) != Some(&None) {
            continue;
        }
        let end = if matches!(line.folded.as_str(), "目录" | "目次" | "目录:") {
            under_heading(lines, at)
        } else if at.checked_sub(1).is_none_or(|p| !numbered(lines.get(p))) {
            run_of_pages(lines, at)
        } else {
            at
        };
        for slot in found.iter_mut().take(end).skip(at) {
            *slot = slot.or(Some(Furniture::Contents));
        }
    }
}

/// The end of a table under the word 目录: where its first heading comes again.
fn under_heading(lines: &[Line], at: usize) -> usize {
    let Some(first) = lines.get(at + 1) else { return at + 1 };
    let title = without_page(&first.folded);
    let later = lines.iter().enumerate().skip(at + 2).take(MOST_LINES);
    let mut end = at + 1;
    for (i, line) in later {
        if without_page(&line.folded) == title {
            return i;
        }
        if line.folded.contains('。') {
            break;
        }
        // With leaders alone the table ends with them.
        if is_entry(&line.folded) {
            end = i + 1;
        }
    }
    end
}

/// The end of a run of four or more headings with rising page numbers; `at` where there is none.
fn run_of_pages(lines: &[Line], at: usize) -> usize {
    let mut last = 0;
    let mut end = at;
    while let Some(line) = lines.get(end).filter(|line| numbered(Some(line))) {
        let Some(page) = page_of(&line.folded).filter(|page| *page >= last) else { break };
        last = page;
        end += 1;
    }
    if end >= at + 4 { end } else { at }
}

/// A heading that ends in a number after a space.
fn numbered(line: Option<&Line>) -> bool {
    line.is_some_and(|line| {
        line.marker.is_some()
            && line.gap.is_some()
            && !line.has_stop()
            && line.folded.chars().rev().take_while(char::is_ascii_digit).count() <= 3
            && page_of(&line.folded).is_some()
    })
}

fn page_of(line: &str) -> Option<u32> {
    let title = line.trim_end_matches(|c: char| c.is_ascii_digit());
    line.get(title.len()..)?.parse().ok()
}

fn without_page(line: &str) -> &str {
    line.trim_end_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '.' | '…' | '·' | '．' | '-' | '—' | ' ')
    })
}
