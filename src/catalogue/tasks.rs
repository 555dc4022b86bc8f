//! The plan's outline with what hangs on it.

use std::collections::BTreeMap;

use super::{Catalogue, filter::is_within, seed_english::HeadingSeed};
use crate::{
    language::{Bilingual, Language},
    plan::{NodeKind, Outline},
};

/// One heading of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Outline id such as `3.1.1`.
    pub id: String,
    /// The plan's words; in English where they are translated.
    pub title: Bilingual,
    /// 0 for chapters.
    pub depth: usize,
    /// Position in `plan.outline.nodes()`.
    pub node: usize,
    /// Positions in `projects` of everything in it and below.
    pub projects: Vec<usize>,
}

impl Catalogue {
    /// Every heading in document order. Plain paragraphs are left out; lead phrases stay.
    pub fn tasks(&self) -> Vec<Task> {
        self.plan
            .outline
            .nodes()
            .iter()
            .enumerate()
            .filter(|(_, node)| node.kind != NodeKind::Paragraph && !node.title.is_empty())
            .map(|(i, node)| Task {
                id: node.id.clone(),
                title: self.task_titles.get(&node.id).cloned().unwrap_or_default(),
                depth: node.id.matches('.').count(),
                node: i,
                projects: self
                    .projects
                    .iter()
                    .enumerate()
                    .filter(|(_, p)| p.tasks.iter().any(|task| is_within(task, &node.id)))
                    .map(|(p, _)| p)
                    .collect(),
            })
            .collect()
    }

    /// The title of an outline id, in English where it is translated.
    pub fn task_title(&self, id: &str, language: Language) -> Option<&str> {
        self.task_titles.get(id).map(|title| title.get(language))
    }
}

/// Titles by outline id: the plan's own, in English where a translation of just these words is there.
pub(super) fn titles(outline: &Outline, seeds: &[HeadingSeed]) -> BTreeMap<String, Bilingual> {
    let titled = |id: &str, title: &str| {
        let seed = seeds.iter().find(|seed| seed.id == id && seed.title == title);
        Bilingual::new(title, seed.map_or("", |seed| seed.translation.as_str()))
    };
    let nodes = outline.nodes().iter();
    nodes.map(|node| (node.id.clone(), titled(&node.id, &node.title))).collect()
}
