//! A stake (桩号) behind the name of a line: `太绥 K45+200`.

use super::letters::alike;
use crate::geo::Chainage;

/// What was typed of a stake.
#[derive(Debug, Clone, PartialEq)]
pub struct StakeText {
    /// The name of the line; empty where none was typed.
    pub line: String,
    pub chainage: Chainage,
}

/// Reads a chainage at the end of a text, with `K` or with `+`; `None` where there is none.
///
/// ```
/// use jintu::search::stake;
///
/// let read = stake("太绥高铁 45+200").unwrap();
/// assert_eq!((read.line.as_str(), read.chainage.m), ("太绥高铁", 45_200.0));
/// assert_eq!(stake("太绥K45+200").unwrap().line, "太绥");
/// assert_eq!(stake("K12+345").unwrap().line, "");
/// assert!(stake("G20").is_none() && stake("2025").is_none());
/// ```
pub fn stake(text: &str) -> Option<StakeText> {
    let plain: String = text.trim().chars().map(alike).collect();
    // The chainage is the longest end that can be one.
    let tail = |c: char| c.is_ascii_digit() || matches!(c, '+' | '.' | 'k' | ' ');
    let start = plain.char_indices().rev().take_while(|(_, c)| tail(*c)).last()?.0;
    plain
        .char_indices()
        .filter(|(at, c)| *at >= start && (c.is_ascii_digit() || *c == 'k'))
        .filter(|(at, _)| {
            // Not within a number, nor within a word: 12k45 is neither.
            let before = plain.get(..*at).and_then(|head| head.chars().next_back());
            before.is_none_or(|c| !c.is_ascii_alphanumeric() && !matches!(c, '+' | '.'))
        })
        .find_map(|(at, _)| {
            let (line, written) = plain.split_at_checked(at)?;
            let is_marked = written.starts_with('k') || written.contains('+');
            let chainage: Chainage = written.parse().ok().filter(|_| is_marked)?;
            Some(StakeText { line: line.trim().to_owned(), chainage })
        })
}
