//! A text of a slide in one of its languages, so that the other goes on saying the same.

use crate::{book::Words, language::Language};

/// What a text is to its languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// English falls back to Chinese.
    Text,
    /// The same: a number that is one in both stays one.
    Value,
    /// Counts have a unit in Chinese only.
    Unit,
}

/// Sets a text in a language. One that said the same in both goes on doing so; of one that has its
/// own words in the other language those stay.
pub fn set(own: &mut Words, says: Says, language: Language, text: &str) {
    let text = text.trim_end().to_owned();
    let was_same = own.zh == own.en;
    match (says, language) {
        (Says::Unit, Language::English) => {
            if own.zh.is_empty() {
                own.zh.clone_from(&text);
            }
            own.en = text;
        }
        (Says::Unit, Language::Chinese) => {
            if was_same {
                own.en.clone_from(&text);
            }
            own.zh = text;
        }
        (_, Language::Chinese) => {
            if was_same {
                own.en.clear();
            }
            own.zh = text;
        }
        (_, Language::English) => {
            // Written in an English window, it is all that a Chinese one has.
            let is_only = own.en.is_empty() && says == Says::Text && !has_hanzi(&own.zh);
            if was_same || own.zh.is_empty() || is_only {
                own.zh = text;
                own.en.clear();
            } else {
                own.en = text;
            }
        }
    }
}

fn has_hanzi(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}
