//! The plan's own words in English, where the window repeats them outside its text.

use serde::Deserialize;

use super::Project;

/// `english.json`.
#[derive(Debug, Default, Deserialize)]
pub(super) struct EnglishSeed {
    pub headings: Vec<HeadingSeed>,
    pub subjects: Vec<SubjectSeed>,
}

/// A heading: its outline id, the plan's words, and the same in English.
#[derive(Debug, Deserialize)]
pub(super) struct HeadingSeed {
    pub id: String,
    pub title: String,
    pub translation: String,
}

/// What a figure measures, by the words around it.
#[derive(Debug, Deserialize)]
pub(super) struct SubjectSeed {
    pub subject: String,
    pub translation: String,
}

impl EnglishSeed {
    /// Gives the figures of projects what they measure in English.
    pub(super) fn name_subjects(&self, projects: &mut [Project]) {
        for fact in projects.iter_mut().flat_map(|project| &mut project.facts) {
            let known = self.subjects.iter().find(|seed| seed.subject == fact.subject.zh);
            if let Some(seed) = known {
                fact.subject.en.clone_from(&seed.translation);
            }
        }
    }
}
