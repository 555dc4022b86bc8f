//! Words in the plan's text, without regard to case and width.

use super::letters::alike;
use crate::{
    plan::{Plan, fold_text},
    units::TextRange,
};

/// Every place where the plan's text holds these words, in order, none overlapping another. White
/// space between Chinese characters does not count, as the text has none; a search does not go over
/// the end of a paragraph.
pub fn in_text(plan: &Plan, words: &str) -> Vec<TextRange> {
    let wanted: Vec<char> = fold_text(words).trim().chars().map(alike).collect();
    let Some((&first, rest)) = wanted.split_first() else { return Vec::new() };
    let text = plan.text.as_str();
    let mut found: Vec<TextRange> = Vec::new();
    let mut from = 0;
    for (start, c) in text.char_indices() {
        if start < from || alike(c) != first {
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut after = text.get(end..).unwrap_or_default().chars();
        let matches = rest.iter().all(|own| {
            after.next().is_some_and(|c| {
                end += c.len_utf8();
                c != '\n' && alike(c) == *own
            })
        });
        if matches {
            found.push(TextRange { start, end });
            from = end;
        }
    }
    found
}

/// Sentences that hold every word between white space, by position, with where the first stands.
pub fn sentences(plan: &Plan, words: &str) -> Vec<(usize, TextRange)> {
    let mut places = words.split_whitespace().map(|word| in_text(plan, word));
    let Some(first) = places.next() else { return Vec::new() };
    let others: Vec<Vec<TextRange>> = places.collect();
    let holds = |sentence: TextRange, places: &[TextRange]| {
        places.iter().any(|place| sentence.contains(*place))
    };
    plan.sentences
        .iter()
        .enumerate()
        .filter_map(|(i, sentence)| {
            let place = first.iter().find(|place| sentence.range.contains(**place))?;
            others.iter().all(|own| holds(sentence.range, own)).then_some((i, *place))
        })
        .collect()
}
