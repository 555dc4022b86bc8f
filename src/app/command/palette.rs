//! Every command by name: what the palette lists, best first, and what of it was used last.

use std::sync::LazyLock;

use super::{Call, Choice, Command, Outcome, all, sheet};
use crate::{
    app::{Action, Language, Overlay, State},
    gazetteer::{MatchRank, SearchKey},
    tr,
};

/// What is typed into the open palette, and the row that Enter means.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Palette {
    pub text: String,
    pub row: usize,
}

/// How many commands are remembered as used last.
pub const MOST_RECENT: usize = 8;

/// The open palette.
pub fn of(state: &State) -> Option<&Palette> {
    match &state.overlay {
        Overlay::Palette(palette) => Some(palette),
        _ => None,
    }
}

pub fn is_open(state: &State) -> bool {
    of(state).is_some()
}

/// A row of the palette: a command, or one of its choices.
#[derive(Debug, Clone)]
pub struct Entry {
    pub command: &'static Command,
    pub choice: Option<Choice>,
    /// Among the keys of the command those of this choice.
    at: usize,
}

impl Entry {
    /// Stable: settings remember it.
    pub fn id(&self) -> String {
        match &self.choice {
            Some(choice) => format!("{}:{}", self.command.id, choice.key),
            None => self.command.id.to_owned(),
        }
    }

    pub fn name(&self, language: Language) -> String {
        match (&self.choice, self.command.choices) {
            (Some(choice), Some(choices)) => {
                tr!(language, choices.label, name = choice.name.get(language))
            }
            _ => self.command.name(language),
        }
    }

    /// The keys that do the same.
    pub fn keys(&self) -> String {
        let chords = self.command.chords();
        if self.choice.is_some() {
            chords.get(self.at).map(ToString::to_string).unwrap_or_default()
        } else {
            sheet::keys_of(&chords)
        }
    }

    pub fn is_enabled(&self, state: &State) -> bool {
        self.command.is_enabled(state)
    }

    /// Whether what it switches is on.
    pub fn is_on(&self, state: &State) -> bool {
        match &self.choice {
            Some(choice) => choice.is_on,
            None => self.command.is_on(state),
        }
    }

    /// Closes the palette and runs the command; nothing where it cannot be done now.
    pub fn choose(&self, state: &State, now_s: f64) -> Outcome {
        if !self.is_enabled(state) {
            return Outcome::default();
        }
        let choice = self.choice.as_ref().map_or("", |choice| &choice.key);
        let own = self.command.run(state, Call { now_s, choice });
        let mut actions = vec![Action::CloseOverlay];
        actions.extend(own.actions);
        // Last: a command that sets the settings has them as they were before.
        actions.push(Action::CommandUsed(self.id()));
        Outcome { actions, effects: own.effects }
    }
}

/// Everything that the palette offers, in the order of the table.
pub fn entries(state: &State) -> Vec<Entry> {
    let offered = all().filter(|command| command.is_offered);
    offered
        .flat_map(|command| match command.choices {
            None => vec![Entry { command, choice: None, at: 0 }],
            Some(choices) => {
                let list = (choices.list)(state).into_iter().enumerate();
                list.map(|(at, choice)| Entry { command, choice: Some(choice), at }).collect()
            }
        })
        .collect()
}

/// What is found by a name in either language, by pinyin, its initials or the id, best first. With
/// nothing typed what was used last comes first, then all in the order of the table.
pub fn find(state: &State, text: &str) -> Vec<Entry> {
    let recent = &state.settings.recent_commands;
    let age = |entry: &Entry| {
        let id = entry.id();
        recent.iter().position(|used| *used == id).unwrap_or(usize::MAX)
    };
    let mut found: Vec<(u8, Entry)> = entries(state)
        .into_iter()
        .filter_map(|entry| {
            if text.trim().is_empty() {
                return Some((0, entry));
            }
            Some((worth(rank(&entry, text)?), entry))
        })
        .collect();
    found.sort_by_cached_key(|(worth, entry)| {
        // Of what is the same otherwise single commands come before the many of one.
        let many = entry.choice.is_some();
        (std::cmp::Reverse(*worth), !entry.is_enabled(state), age(entry), many)
    });
    found.into_iter().map(|(_, entry)| entry).collect()
}

/// Names of commands are short: their initials say more than letters in the middle of an English word.
fn worth(rank: MatchRank) -> u8 {
    match rank {
        MatchRank::Exact => 4,
        MatchRank::Prefix => 3,
        MatchRank::InitialsPrefix => 2,
        MatchRank::Substring => 1,
        MatchRank::Initials => 0,
    }
}

/// How well the text finds the entry. Several words may each find another part of its name.
fn rank(entry: &Entry, text: &str) -> Option<MatchRank> {
    let own;
    let keys: &[SearchKey] = if entry.choice.is_some() {
        own = search_keys(entry);
        &own
    } else {
        let at = PLAIN.iter().find(|(id, _)| *id == entry.command.id);
        at.map_or(&[], |(_, keys)| keys.as_slice())
    };
    let best = |text: &str| keys.iter().filter_map(|key| key.rank(text)).max();
    best(text).or_else(|| text.split_whitespace().map(best).min().flatten())
}

/// The names of the commands without choices do not change.
static PLAIN: LazyLock<Vec<(&'static str, Vec<SearchKey>)>> = LazyLock::new(|| {
    let plain = all().filter(|command| command.choices.is_none());
    plain
        .map(|command| (command.id, search_keys(&Entry { command, choice: None, at: 0 })))
        .collect()
});

/// Of both languages and of the id. The name of a choice begins a name of its own, so that it is
/// found by its beginning too.
fn search_keys(entry: &Entry) -> Vec<SearchKey> {
    let name = |language| {
        let choice = entry.choice.as_ref().map_or("", |choice| choice.name.get(language));
        format!("{} {choice}", entry.name(language))
    };
    let mut texts = vec![name(Language::Chinese), name(Language::English), entry.id()];
    if let Some(choice) = &entry.choice {
        // What a choice itself is called is worth more than a word in the middle of others.
        texts.extend([choice.key.clone(), choice.name.zh.clone(), choice.name.en.clone()]);
    }
    texts.iter().map(|text| SearchKey::of(text)).collect()
}
