//! The lines of the file: what stands on them, how wide they are, how they are set off.

use std::ops::Range;

use super::characters::SourceChar;
use super::fold::{Folded, fold, space_kept};
use super::numbering::{Marker, is_complete, marker};

/// A line with something on it.
pub(super) struct Line {
    /// Indices into the decoded characters, without white space at the ends.
    pub chars: Range<usize>,
    /// The line folded by itself.
    pub folded: String,
    pub marker: Option<Marker>,
    /// Length of the mark in bytes of `folded`.
    pub marker_len: usize,
    /// Where in `folded` a space first stood that folding took out.
    pub gap: Option<usize>,
    /// Width in ems as a Chinese typesetter counts: full-width 1, Latin and digits ½, space ¼.
    pub width_em: f64,
    /// Set in by at least an ideographic space or four spaces.
    pub indented: bool,
    /// A blank line stands before it.
    pub blank_before: bool,
    /// A form feed stands before it.
    pub page_before: bool,
}

impl Line {
    pub fn is_complete(&self) -> bool {
        is_complete(&self.folded)
    }

    /// Holds the end of a sentence somewhere, so it is more than a heading.
    pub fn has_stop(&self) -> bool {
        self.folded.contains(['。', '；', '！', '？'])
    }
}

/// Splits into the lines that are not blank.
pub(super) fn split(chars: &[SourceChar]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut blank = false;
    let mut page = false;
    let mut previous = None;
    for at in 0..=chars.len() {
        let ch = chars.get(at).map(|c| c.ch);
        let at_break = match ch {
            None => true,
            Some(c) => {
                matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
            }
        };
        if !at_break {
            previous = ch;
            continue;
        }
        // The second half of CR LF ends no line of its own.
        let second_half = ch == Some('\n') && previous == Some('\r');
        if let Some(mut line) = line(chars, start..at) {
            line.blank_before = blank;
            line.page_before = page;
            lines.push(line);
            blank = false;
            page = false;
        } else if !second_half && ch != Some('\u{C}') {
            blank = true;
        }
        page |= ch == Some('\u{C}');
        start = at + 1;
        previous = ch;
    }
    lines
}

fn line(chars: &[SourceChar], range: Range<usize>) -> Option<Line> {
    let kept = |c: &SourceChar| matches!(fold(c.ch), Folded::Keep(_));
    let on_line = chars.get(range.clone())?;
    let first = on_line.iter().position(kept)?;
    let last = on_line.iter().rposition(kept)?;
    let indent = on_line.get(..first).unwrap_or_default();
    let indented = indent.iter().any(|c| matches!(c.ch, '\u{3000}' | '\t'))
        || indent.iter().filter(|c| c.ch == ' ').count() >= 4;
    let mut folded = String::new();
    let mut width_em = 0.0;
    let mut space = false;
    let mut gap = None;
    for c in on_line.get(first..=last)? {
        match fold(c.ch) {
            Folded::Keep(ch) => {
                if space && space_kept(folded.chars().next_back(), ch) {
                    folded.push(' ');
                } else if space && gap.is_none() {
                    gap = Some(folded.len());
                }
                space = false;
                folded.push(ch);
                width_em += if ch.is_ascii() { 0.5 } else { 1.0 };
            }
            Folded::Space => {
                width_em += if c.ch == '\u{3000}' { 1.0 } else { 0.25 };
                space = true;
            }
            Folded::Drop => {}
        }
    }
    let mark = marker(&folded, gap);
    Some(Line {
        chars: range.start + first..range.start + last + 1,
        marker: mark.map(|(mark, _)| mark),
        marker_len: mark.map_or(0, |(_, len)| len),
        gap,
        folded,
        width_em,
        indented,
        blank_before: false,
        page_before: false,
    })
}

/// How the lines of a file are set, as far as it tells where paragraphs end.
pub(super) struct Setting {
    /// Lines are cut at the page's width rather than at the end of paragraphs.
    pub wrapped: bool,
    /// Width of a full line.
    pub full_em: f64,
    /// Blank lines are rare enough to mean something.
    pub blank_lines_part: bool,
}

impl Setting {
    pub fn of(lines: &[Line]) -> Self {
        let mut widths: Vec<f64> = lines.iter().map(|l| l.width_em).collect();
        widths.sort_by(f64::total_cmp);
        let full_em = widths.get(widths.len() * 7 / 10).copied().unwrap_or(0.0);
        let long: Vec<&Line> = lines
            .iter()
            .filter(|l| l.width_em >= 12.0 && (l.marker.is_none() || l.has_stop()))
            .collect();
        let open = long.iter().filter(|l| !l.is_complete()).count();
        let blanks = lines.iter().filter(|l| l.blank_before).count();
        Self {
            wrapped: open >= 3 && open * 10 > long.len() * 3,
            full_em,
            blank_lines_part: blanks > 0 && blanks * 10 < lines.len() * 4,
        }
    }
}
