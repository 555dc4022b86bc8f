//! The text of a plan while it is put together.

use super::{Place, SourceMap};

/// Writes paragraphs so that the parser of plans takes each for one: every paragraph is indented,
/// as Chinese typesetting does it.
#[derive(Debug, Default)]
pub struct TextWriter {
    text: String,
    map: SourceMap,
}

/// Two ideographic spaces before a paragraph.
const INDENT: &str = "\u{3000}\u{3000}";

impl TextWriter {
    /// Writes a paragraph that comes from one place; breaks within it start lines of their own.
    pub fn paragraph(&mut self, words: &str, place: Place) {
        let mut is_first = true;
        for line in words.split(['\n', '\r', '\u{B}', '\u{C}']) {
            if line.trim().is_empty() {
                continue;
            }
            if is_first {
                self.text.push_str(INDENT);
            }
            is_first = false;
            self.piece(line, place);
            self.text.push('\n');
        }
    }

    /// Writes words that come from a place, with nothing before or behind.
    pub fn piece(&mut self, words: &str, place: Place) {
        let start = self.text.len();
        self.text.push_str(words);
        self.map.push(start..self.text.len(), place);
    }

    /// Writes what stands in no place: marks, spaces and breaks between pieces.
    pub fn between(&mut self, signs: &str) {
        self.text.push_str(signs);
    }

    /// How many bytes there are so far.
    pub fn len_bytes(&self) -> usize {
        self.text.len()
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn finish(self) -> (String, SourceMap) {
        (self.text, self.map)
    }
}
