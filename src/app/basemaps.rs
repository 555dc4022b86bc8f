//! Which basemap is shown, and which can be chosen.

use std::{collections::BTreeSet, fmt, sync::Arc};

use crate::{
    geo::Datum,
    language::Bilingual,
    tile::{KeyKind, Preset, TileSource, presets},
};

/// The basemap inside the program.
pub const OFFLINE: &str = "offline";
/// No basemap: the graticule.
pub const NONE: &str = "none";

/// A user's key. It is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A basemap that can be chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    pub key: String,
    pub name: Bilingual,
    /// What comes from outside, from the ground up; empty for the embedded basemap and for none.
    pub sources: Vec<Arc<TileSource>>,
}

impl Choice {
    /// A basemap of sources that the user opened, known by the first one's id.
    pub fn opened(sources: Vec<TileSource>) -> Option<Self> {
        let first = sources.first()?;
        Some(Self {
            key: first.id.clone(),
            name: first.name.clone(),
            sources: sources.into_iter().map(Arc::new).collect(),
        })
    }
}

impl From<Preset> for Choice {
    fn from(preset: Preset) -> Self {
        Self {
            key: preset.key,
            name: preset.name,
            sources: preset.layers.into_iter().map(Arc::new).collect(),
        }
    }
}

/// The basemaps of the window.
#[derive(Debug, Clone)]
pub struct Basemaps {
    /// Those that come with the program, then those that the user opened.
    pub choices: Vec<Arc<Choice>>,
    pub chosen: Arc<Choice>,
    /// Which kinds of key the user has given; the keys themselves are not kept here.
    pub keys: BTreeSet<KeyKind>,
}

impl Basemaps {
    /// The one with this key among what comes with the program and what the user opened before,
    /// else the embedded one.
    pub fn new(key: &str, opened: &[Vec<TileSource>]) -> Self {
        let mut basemaps = Self {
            chosen: Arc::new(embedded()),
            choices: presets()
                .into_iter()
                .map(Choice::from)
                .chain(opened.iter().cloned().filter_map(Choice::opened))
                .map(Arc::new)
                .collect(),
            keys: BTreeSet::new(),
        };
        basemaps.choose(key);
        basemaps
    }

    /// Shows another one. Says whether there is one of that key.
    pub fn choose(&mut self, key: &str) -> bool {
        let found = self.choices.iter().find(|choice| choice.key == key).cloned();
        let known = found.is_some();
        self.chosen = found.unwrap_or_else(|| Arc::new(embedded()));
        known
    }

    /// Adds one, or replaces the one of the same key, and shows it.
    pub fn add(&mut self, choice: Choice) {
        let choice = Arc::new(choice);
        match self.choices.iter_mut().find(|own| own.key == choice.key) {
            Some(own) => *own = choice.clone(),
            None => self.choices.push(choice.clone()),
        }
        self.chosen = choice;
    }

    /// Takes one out of the list.
    pub fn remove(&mut self, key: &str) {
        self.choices.retain(|choice| choice.key != key);
        if self.chosen.key == key {
            self.chosen = Arc::new(embedded());
        }
    }

    /// What comes from outside, from the ground up.
    pub fn sources(&self) -> &[Arc<TileSource>] {
        &self.chosen.sources
    }

    /// The datum that the map is drawn in.
    pub fn datum(&self) -> Datum {
        self.chosen.sources.first().map_or(Datum::Wgs84, |source| source.datum)
    }

    /// Whether the embedded basemap is drawn, alone or beneath what comes from outside.
    pub fn with_embedded(&self) -> bool {
        self.chosen.key != NONE
    }
}

fn embedded() -> Choice {
    Choice {
        key: OFFLINE.to_owned(),
        name: Bilingual::new("离线底图", "Offline basemap"),
        sources: Vec::new(),
    }
}
