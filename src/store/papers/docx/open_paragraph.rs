//! A paragraph while it is read.

use super::block::Block;

/// What is known of a paragraph so far.
#[derive(Debug, Default)]
pub struct OpenParagraph {
    pub text: String,
    pub style: Option<String>,
    /// The list that it names itself; `0` takes it out of its style's.
    pub list: Option<String>,
    pub level: Option<usize>,
    /// Its end was deleted while changes were tracked: it goes on in the next paragraph.
    pub is_joined: bool,
    /// The run that is open is hidden.
    pub is_hidden: bool,
    /// A field of a table of contents is open in it, or its style is one.
    pub is_contents: bool,
    /// Words of text boxes that hang on it.
    pub boxes: Vec<Block>,
}

impl OpenParagraph {
    /// Whether it reads as a line of a table of contents: it ends in a page number.
    pub fn ends_in_page(&self) -> bool {
        let words = self.text.trim_end();
        let before = words.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
        words.ends_with(|c: char| c.is_ascii_digit()) && before.len() < words.len()
    }
}

/// A field whose result may be a table of contents.
#[derive(Debug, Default)]
pub struct Field {
    pub code: String,
}

impl Field {
    pub fn is_contents(&self) -> bool {
        let code = self.code.trim_start();
        code.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("TOC"))
    }
}
