//! How well a name answers to what was typed.

use super::letters::{alike, is_han};
use crate::gazetteer::{MatchRank, SearchKey};

/// How well something is found, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Worth {
    /// Somewhere beside the name: an organisation, another spelling.
    Beside,
    /// Initials inside a name.
    Initials,
    /// Characters of the name in their order, as people shorten names: 太绥高铁.
    Shortened,
    Within,
    InitialsPrefix,
    Prefix,
    Exact,
}

/// A name ready to be searched for, in its languages and spellings.
#[derive(Debug)]
pub(super) struct Name {
    key: SearchKey,
    han: Vec<char>,
    foreign: String,
}

impl Name {
    /// Of Chinese names, and one in English that may be empty.
    pub(super) fn of<'a>(chinese: impl IntoIterator<Item = &'a str>, foreign: &str) -> Self {
        let names: Vec<&str> = chinese.into_iter().collect();
        // Only the first is shortened: others are short already.
        let han = names.first().map_or("", |name| name).chars().filter(|c| is_han(*c)).collect();
        // White space parts names.
        let joined: Vec<String> = names.iter().map(|name| name.replace(' ', "")).collect();
        Self { key: SearchKey::of(&joined.join(" ")), han, foreign: foreign.to_lowercase() }
    }

    /// `None` where it is not found.
    pub(super) fn worth(&self, text: &str) -> Option<Worth> {
        let by_key = self.key.rank(text).map(|rank| match rank {
            MatchRank::Exact => Worth::Exact,
            MatchRank::Prefix => Worth::Prefix,
            MatchRank::InitialsPrefix => Worth::InitialsPrefix,
            MatchRank::Substring => Worth::Within,
            MatchRank::Initials => Worth::Initials,
        });
        by_key.max(self.in_foreign(text)).max(self.shortened(text))
    }

    fn in_foreign(&self, text: &str) -> Option<Worth> {
        /// One letter is in every English name.
        const LEAST: usize = 2;
        let text = text.trim().to_lowercase();
        if text.len() < LEAST || !self.foreign.contains(&text) {
            return None;
        }
        Some(match () {
            () if self.foreign == text => Worth::Exact,
            () if self.foreign.starts_with(&text) => Worth::Prefix,
            () => Worth::Within,
        })
    }

    /// Two characters or more of the name in their order, the first at its beginning.
    fn shortened(&self, text: &str) -> Option<Worth> {
        let wanted: Vec<char> = text.trim().chars().map(alike).collect();
        if wanted.len() < 2
            || !wanted.iter().all(|c| is_han(*c))
            || wanted.first() != self.han.first()
        {
            return None;
        }
        let mut rest = self.han.iter();
        wanted.iter().all(|c| rest.any(|own| own == c)).then_some(Worth::Shortened)
    }
}
