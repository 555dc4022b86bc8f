//! The plan's outline with what hangs on it.

use super::{Catalogue, filter::is_within};
use crate::plan::NodeKind;

/// One heading of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Outline id such as `3.1.1`.
    pub id: String,
    pub title: String,
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
                title: node.title.clone(),
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

    /// The title of an outline id.
    pub fn task_title(&self, id: &str) -> Option<&str> {
        self.plan.outline.get(id).map(|node| node.title.as_str())
    }
}
