//! Lines of pages as paragraphs.

use super::lines::Line;
use crate::document::{Place, TextWriter};

/// Where the lines of a page begin and end.
#[derive(Debug, Clone, Copy)]
struct Margins {
    left: f32,
    right: f32,
    leading: f32,
}

/// What the last line says about the next.
struct Before<'a> {
    line: &'a Line,
    page: u32,
    margins: Margins,
    /// It is the first line of its paragraph.
    is_first: bool,
}

/// Writes the lines of all pages, those that only the page's width parts as one paragraph.
pub fn write(pages: &[Vec<Line>], out: &mut TextWriter) {
    let whole = margins(pages.iter().flatten());
    let mut before: Option<Before<'_>> = None;
    for (number, lines) in (1_u32..).zip(pages) {
        let own = margins(lines.iter());
        // A page with a few lines has no margins of its own.
        let own = if lines.len() < 6 { whole.or(own) } else { own.or(whole) };
        let Some(own) = own else { continue };
        let mut is_first_of_page = true;
        for line in lines {
            let joins = before.as_ref().is_some_and(|last| goes_on(last, line, own, number));
            if !joins && before.is_some() {
                out.between(if is_first_of_page { "\n\u{C}" } else { "\n" });
            }
            if joins {
                let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
                let last = out.text().chars().next_back();
                let next = line.pieces.first().and_then(|p| p.text.chars().next());
                if latin(last) && latin(next) {
                    out.between(" ");
                }
            } else {
                out.between("\u{3000}\u{3000}");
            }
            for (at, piece) in line.pieces.iter().enumerate() {
                out.between(if at == 0 { "" } else { piece.before.signs() });
                out.piece(&piece.text, Place::Page { page: number, rect: line.rect(piece) });
            }
            before = Some(Before { line, page: number, margins: own, is_first: !joins });
            is_first_of_page = false;
        }
    }
    out.between("\n");
}

/// Whether a line goes on with the paragraph of the one before it.
fn goes_on(before: &Before<'_>, line: &Line, margins: Margins, page: u32) -> bool {
    let last = before.line;
    let size = last.size.max(line.size);
    if last.is_row() || line.is_row() || (last.size - line.size).abs() > 0.15 * size {
        return false;
    }
    // A column begins higher than the one before it ends.
    let gap = line.baseline - last.baseline;
    if before.page == page && gap > 1.7 * margins.leading {
        return false;
    }
    let is_full =
        last.right > before.margins.right - 2.2 * size || gap < 0.0 && page == before.page;
    if !is_full {
        return false;
    }
    let words = last.text();
    if ends(&words) && is_numbered(&line.text()) {
        return false;
    }
    let indent = line.left - margins.left;
    let last_indent = last.left - before.margins.left;
    if indent < 1.2 * size || gap < 0.0 {
        return true;
    }
    let is_level = (indent - last_indent).abs() < 0.5 * size;
    if before.is_first {
        // Set in behind a number.
        is_numbered(&words) && last_indent < 1.2 * size && !ends(&words)
    } else {
        is_level
    }
}

fn ends(words: &str) -> bool {
    words.trim_end().ends_with(['。', '；', '：', '！', '？', '.', ';', ':'])
}

/// Whether words begin with a number or a mark, as items do.
fn is_numbered(words: &str) -> bool {
    let words = words.trim_start();
    let rest = words.trim_start_matches(['(', '（', '第']);
    let number = |c: char| {
        c.is_ascii_digit() || ('０'..='９').contains(&c) || "一二三四五六七八九十".contains(c)
    };
    let after = rest.trim_start_matches(number);
    let has_number = after.len() < rest.len();
    let sign = after.chars().next();
    has_number && sign.is_some_and(|c| "、.．)）章节篇".contains(c))
        || words.starts_with(|c: char| matches!(c, '①'..='⑳' | '●' | '■' | '◆' | '•' | '○' | '▲'))
        || words.starts_with("专栏")
        || words.starts_with("——")
}

/// The margins that most of the long lines keep.
fn margins<'a>(lines: impl Iterator<Item = &'a Line>) -> Option<Margins> {
    let lines: Vec<&Line> = lines.filter(|line| !line.is_row()).collect();
    let widest = lines.iter().map(|l| l.right - l.left).fold(0.0, f32::max);
    let long = || lines.iter().filter(|l| l.right - l.left > 0.5 * widest);
    let left = most_common(long().map(|l| l.left))?;
    let mut rights: Vec<f32> = long().map(|l| l.right).collect();
    rights.sort_by(f32::total_cmp);
    let right = rights.get(rights.len() * 8 / 10).copied()?;
    let gaps = lines.windows(2).filter_map(|pair| match pair {
        [a, b] if b.baseline > a.baseline => Some(b.baseline - a.baseline),
        _ => None,
    });
    let leading = most_common(gaps).unwrap_or(f32::INFINITY);
    Some(Margins { left, right, leading })
}

/// The value that occurs most, of those within two points of each other.
#[expect(clippy::cast_possible_truncation, reason = "points on a page")]
fn most_common(values: impl Iterator<Item = f32>) -> Option<f32> {
    let mut counts: std::collections::BTreeMap<i32, (usize, f32)> =
        std::collections::BTreeMap::new();
    for value in values {
        let slot = counts.entry((value / 2.0).round() as i32).or_insert((0, value));
        slot.0 += 1;
    }
    // Of those that are as frequent, the least.
    counts.into_values().rev().max_by_key(|slot| slot.0).map(|slot| slot.1)
}
