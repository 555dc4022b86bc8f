//! Sentences: where one ends, and which node of the outline it belongs to.

use std::collections::HashMap;

use serde::Serialize;

use crate::units::TextRange;

/// A sentence, or a heading taken as one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sentence {
    /// The id of the outline node, box item or box it stands in and its number there:
    /// `3.1.1.1-s2`, `B1-02-s1`. A heading is number 0.
    pub id: String,
    /// The deepest outline node it stands in; for a box, the node the box stands in.
    pub node: usize,
    /// With its end mark, without the line break after it.
    pub range: TextRange,
}

/// A sentence and the box item it belongs to.
pub(super) struct Placed {
    pub sentence: Sentence,
    pub item: Option<String>,
}

/// Where the sentences of a piece of text belong.
pub(super) struct Home<'a> {
    pub id: &'a str,
    pub node: usize,
    pub item: Option<&'a str>,
}

/// Gathers sentences in document order.
#[derive(Default)]
pub(super) struct SentenceList {
    pub list: Vec<Placed>,
    counters: HashMap<String, usize>,
}

impl SentenceList {
    /// Adds a heading as sentence 0.
    pub fn heading(&mut self, home: &Home, range: TextRange) {
        self.push(home, 0, range);
    }

    /// Adds the sentences of a piece of running text.
    pub fn body(&mut self, home: &Home, text: &str, range: TextRange) {
        for (start, end) in split(text) {
            let n = self.counters.entry(home.id.to_owned()).or_insert(0);
            *n += 1;
            let n = *n;
            self.push(home, n, TextRange { start: range.start + start, end: range.start + end });
        }
    }

    fn push(&mut self, home: &Home, n: usize, range: TextRange) {
        if range.start < range.end {
            self.list.push(Placed {
                sentence: Sentence { id: format!("{}-s{n}", home.id), node: home.node, range },
                item: home.item.map(str::to_owned),
            });
        }
    }
}

/// The byte ranges of the sentences of a text: each ends after 。！？ and the closing quotation
/// marks and brackets that follow.
fn split(text: &str) -> Vec<(usize, usize)> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, ch)) = chars.next() {
        if !matches!(ch, '。' | '！' | '？') {
            continue;
        }
        let mut end = at + ch.len_utf8();
        while let Some((next, c)) = chars.peek().copied() {
            if !matches!(c, '。' | '！' | '？' | '”' | '’' | '》' | ')' | ']') {
                break;
            }
            end = next + c.len_utf8();
            chars.next();
        }
        sentences.push((start, end));
        start = end;
    }
    if start < text.len() {
        sentences.push((start, text.len()));
    }
    sentences
}
