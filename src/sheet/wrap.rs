//! Lines of text that keep to a width.

use crate::{font::Fonts, paper::TextStyle};

/// Characters that must not begin a line (after GB/T 15834 and its practice).
const NOT_FIRST: &str = "、，。；：！？）】》」』”’…—·～,.;:!?)]%°′″";
/// Characters that must not end a line.
const NOT_LAST: &str = "（【《「『“‘([©";
/// What stands for words that were left out.
const LEFT_OUT: char = '…';

/// The text in lines no wider than asked, broken between Hanzi or at spaces. A word wider than a
/// line is broken where it must be.
pub fn wrapped(text: &str, width_pt: f32, style: &TextStyle, fonts: &Fonts) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        let longer = format!("{line}{piece}");
        if line.is_empty() || fonts.measure(longer.trim_end(), style)[0] <= width_pt {
            line = longer;
        } else {
            lines.push(line.trim_end().to_owned());
            piece.trim_start().clone_into(&mut line);
        }
        while fonts.measure(line.trim_end(), style)[0] > width_pt {
            let Some(head) = fitting(&line, width_pt, style, fonts) else { break };
            lines.push(line.get(..head).unwrap_or_default().trim_end().to_owned());
            line = line.get(head..).unwrap_or_default().to_owned();
        }
    }
    if !line.trim_end().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// The shortest last line, as a share of the width asked for.
const SHORTEST_LAST: f32 = 0.3;

/// As [`wrapped`], but with no lonely character or word in the last line: the lines before it give
/// some of theirs, as long as there are not more lines.
pub fn balanced(text: &str, width_pt: f32, style: &TextStyle, fonts: &Fonts) -> Vec<String> {
    let usual = wrapped(text, width_pt, style, fonts);
    let is_lonely = |lines: &[String]| {
        let last = lines.last().map_or(width_pt, |line| fonts.measure(line, style)[0]);
        lines.len() > 1 && last < SHORTEST_LAST * width_pt
    };
    if !is_lonely(&usual) {
        return usual;
    }
    let narrower = (1..=8).map(|step| width_pt * (1.0 - 0.05 * step as f32));
    narrower
        .map(|narrow| wrapped(text, narrow, style, fonts))
        .take_while(|lines| lines.len() == usual.len())
        .find(|lines| !is_lonely(lines))
        .unwrap_or(usual)
}

/// How many bytes of a line fit; `None` where not even more than one character does.
fn fitting(line: &str, width_pt: f32, style: &TextStyle, fonts: &Fonts) -> Option<usize> {
    let ends: Vec<usize> = line.char_indices().map(|(at, _)| at).skip(1).collect();
    let fits = |end: &&usize| {
        line.get(..**end).is_some_and(|head| fonts.measure(head, style)[0] <= width_pt)
    };
    ends.iter().rev().find(fits).or(ends.first()).copied()
}

/// Parts between which a line may end: single Hanzi with the marks that cling to them, and words
/// with the spaces after them.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut last: Option<char> = None;
    for c in text.chars() {
        let clings = last.is_some_and(|last| {
            let in_word = |c: char| !is_wide(c) && !c.is_whitespace();
            NOT_FIRST.contains(c)
                || NOT_LAST.contains(last)
                || c.is_whitespace()
                || (in_word(last) && in_word(c))
        });
        match pieces.last_mut() {
            Some(piece) if clings => piece.push(c),
            _ => pieces.push(c.to_string()),
        }
        last = Some(c);
    }
    pieces
}

/// Hanzi, kana and the marks that go with them: a line may break on either side.
const fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// The text, shortened with an ellipsis where it is wider than asked.
pub fn fitted(text: &str, width_pt: f32, style: &TextStyle, fonts: &Fonts) -> String {
    if fonts.measure(text, style)[0] <= width_pt {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.chars().collect();
    while kept.pop().is_some() {
        let short: String = kept.iter().chain([&LEFT_OUT]).collect();
        if fonts.measure(&short, style)[0] <= width_pt {
            return short;
        }
    }
    LEFT_OUT.to_string()
}
