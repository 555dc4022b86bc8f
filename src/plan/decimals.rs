//! Headings by decimal numbers, as in engineering reports: 3, 3.1, 3.1.2.
//!
//! A number with a dot at the start of a line is more often a figure. So the numbers count as
//! headings only where one follows from the other through the document.

use super::furniture::Furniture;
use super::lines::Line;
use super::numbering::Marker;
use super::unit_table::begins_with_unit;

/// Fewer headings with a dot are taken for figures.
const FEWEST: usize = 3;

struct Candidate {
    line: usize,
    path: Vec<u32>,
    len: usize,
}

/// Gives the lines of decimal headings their marks; lines that are left out have none.
pub(super) fn mark(lines: &mut [Line], left_out: &[Option<Furniture>]) {
    let candidates: Vec<Candidate> = lines
        .iter()
        .zip(left_out)
        .enumerate()
        .filter(|(_, (_, left))| left.is_none())
        .filter_map(|(i, (line, _))| candidate(i, line))
        .collect();
    let mut current: Vec<u32> = Vec::new();
    let mut accepted = Vec::new();
    for (i, own) in candidates.iter().enumerate() {
        let fits = follows(&current, &own.path)
            && (own.path.len() > 1 || is_chapter(own, candidates.get(i + 1..).unwrap_or_default()));
        if fits {
            current.clone_from(&own.path);
            accepted.push(own);
        }
    }
    if accepted.iter().filter(|own| own.path.len() > 1).count() < FEWEST {
        return;
    }
    for own in accepted {
        let Some(line) = lines.get_mut(own.line) else { continue };
        let Some(&number) = own.path.last() else { continue };
        line.marker = Some(match own.path.len() {
            1 => Marker::Chapter(number),
            2 => Marker::Section(number),
            3 => Marker::Item(number),
            _ => Marker::Paren(number),
        });
        line.marker_len = own.len;
    }
}

fn candidate(index: usize, line: &Line) -> Option<Candidate> {
    let text = line.folded.as_str();
    let len = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let written = text.get(..len)?.trim_end_matches('.');
    let path: Option<Vec<u32>> =
        written.split('.').map(|n| n.parse().ok().filter(|n| (1..100).contains(n))).collect();
    let path = path.filter(|path| path.len() <= 4)?;
    let spaced = line.gap == Some(len);
    let words = text.get(len..)?;
    let first = words.chars().next()?;
    let named = !first.is_ascii_punctuation() && !matches!(first, '、' | '，' | '—' | '～' | '年');
    // 1.5亿元 is a figure, 1 总则 needs its space.
    let fits = if path.len() == 1 { spaced } else { spaced || !begins_with_unit(words) };
    let heading = !line.has_stop() && line.width_em <= 40.0 && !line.folded.ends_with('，');
    (fits && named && heading).then_some(Candidate { line: index, path, len })
}

/// The child, the next one, or the next one of a level above.
fn follows(current: &[u32], path: &[u32]) -> bool {
    let Some((last, head)) = path.split_last() else { return false };
    if current.is_empty() {
        return path == [1] || path == [1, 1];
    }
    if head == current {
        return *last == 1;
    }
    path.len() <= current.len()
        && current.starts_with(head)
        && current.get(head.len()).is_some_and(|n| *last == n + 1)
}

/// A number without a dot is a chapter if its own 3.1 comes next, or other chapters and then theirs.
/// The rows of a table have numbers too.
fn is_chapter(own: &Candidate, later: &[Candidate]) -> bool {
    let Some(&number) = own.path.first() else { return false };
    let mut last = number;
    for next in later {
        let Some(&n) = next.path.first() else { return false };
        if next.path.len() > 1 {
            return n == last;
        }
        if n != last + 1 {
            return false;
        }
        last = n;
    }
    // The last chapters of a document may have no sections.
    last <= number + 2
}
