//! Ids of sources to the lines that name them.

use std::collections::BTreeMap;

use crate::{catalogue::seed_later::SourceSeed, language::Bilingual};

/// The lines of all sources by their ids.
#[derive(Debug, Clone, Default)]
pub struct SourceLines(BTreeMap<String, Bilingual>);

impl SourceLines {
    /// Of what `sources.json` holds.
    pub fn new(sources: &[SourceSeed]) -> Self {
        Self(sources.iter().map(|source| (source.id.clone(), source.line())).collect())
    }

    /// The line of a source.
    pub fn get(&self, id: &str) -> Option<&Bilingual> {
        self.0.get(id)
    }

    /// The lines of several, in order.
    ///
    /// # Errors
    /// Names the first id that no source has.
    pub fn all(&self, ids: &[String]) -> Result<Vec<Bilingual>, String> {
        let line = |id: &String| {
            self.get(id).cloned().ok_or_else(|| format!("{id:?} is not in sources.json"))
        };
        ids.iter().map(line).collect()
    }
}
