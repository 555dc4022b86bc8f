//! Chapters, sections, items and the paragraphs under them.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::findings::Findings;
use super::numbering::Marker;
use crate::diagnostics::Severity;
use crate::units::TextRange;

/// What a node of the outline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum NodeKind {
    /// 一、 or 第一章. The text before the first chapter is the chapter `0` without a title.
    Chapter,
    /// (一) or 第一节.
    Section,
    /// 1. or 1、.
    Item,
    /// A paragraph that opens with a short phrase and a stop, or with (1).
    Lead,
    Paragraph,
}

/// A chapter, a section, an item or a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutlineNode {
    /// Made of the numbers in the document: `3`, `3.1`, `3.1.1`; `3.1.1.1` for the first lead
    /// paragraph and `3.1.1.p1` for the first other one; `0` stands for a level that is missing.
    pub id: String,
    pub kind: NodeKind,
    /// The heading without its number and stop; empty for a [`NodeKind::Paragraph`].
    pub title: String,
    /// The heading with its number; empty, at the start, for a [`NodeKind::Paragraph`].
    pub heading: TextRange,
    /// Everything under the heading, children and boxes included.
    pub range: TextRange,
    pub parent: Option<usize>,
}

/// The nodes in document order, parents before their children.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Outline {
    nodes: Vec<OutlineNode>,
}

impl Outline {
    pub fn nodes(&self) -> &[OutlineNode] {
        &self.nodes
    }

    /// The node with an id such as `3.1.1`.
    pub fn get(&self, id: &str) -> Option<&OutlineNode> {
        self.nodes.iter().find(|n| n.id == id)
    }

    /// The index of the node with an id such as `3.1.1`.
    pub fn index_of(&self, id: &str) -> Option<usize> {
        self.nodes.iter().position(|n| n.id == id)
    }

    /// The nodes directly under a node, in document order.
    pub fn children(&self, index: usize) -> impl Iterator<Item = usize> {
        self.nodes.iter().enumerate().filter(move |(_, n)| n.parent == Some(index)).map(|(i, _)| i)
    }

    /// The nodes above a node, nearest first.
    pub fn ancestors(&self, index: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.parent(index), |i| self.parent(*i))
    }

    /// The deepest node that holds a byte of the normalised text.
    pub fn node_at(&self, offset: usize) -> Option<usize> {
        self.nodes.iter().rposition(|n| n.range.start <= offset && offset < n.range.end)
    }

    /// The last node that starts at or before a byte of the text, searched from a node on.
    pub(super) fn node_from(&self, offset: usize, node: usize) -> usize {
        let starts = |n: &OutlineNode| n.range.start <= offset;
        let later = self.nodes.get(node..).unwrap_or_default();
        if later.first().is_some_and(starts) {
            node + later.partition_point(starts) - 1
        } else {
            self.nodes.partition_point(starts).saturating_sub(1)
        }
    }

    fn parent(&self, index: usize) -> Option<usize> {
        self.nodes.get(index)?.parent
    }
}

/// Builds the outline paragraph by paragraph.
#[derive(Default)]
pub(super) struct OutlineBuilder {
    outline: Outline,
    open: Open,
    ids: HashSet<String>,
    again: HashMap<String, u32>,
    counters: HashMap<String, u32>,
}

/// The nodes that the next paragraph stands under, and the numbers they state.
#[derive(Default)]
struct Open {
    chapter: Option<(usize, u32)>,
    section: Option<(usize, u32)>,
    item: Option<(usize, u32)>,
}

impl OutlineBuilder {
    /// Opens a chapter, a section or an item; other marks open nothing.
    pub fn open(
        &mut self,
        mark: Marker,
        title: &str,
        heading: TextRange,
        findings: &mut Findings,
    ) -> Option<usize> {
        let (kind, number, last) = match mark {
            Marker::Chapter(n) => (NodeKind::Chapter, n, self.open.chapter),
            Marker::Section(n) => (NodeKind::Section, n, self.open.section),
            Marker::Item(n) => (NodeKind::Item, n, self.open.item),
            _ => return None,
        };
        let expected = last.map_or(1, |(_, n)| n + 1);
        if number != expected {
            findings.at_text(
                Severity::Warning,
                "heading-numbering",
                heading,
                format!("标题编号为 {number}，按顺序应为 {expected}。"),
                format!("The heading has the number {number} where {expected} comes next."),
            );
        }
        let (id, parent) = match kind {
            NodeKind::Chapter => (number.to_string(), None),
            NodeKind::Section => {
                let chapter = self.chapter(heading.start);
                (format!("{}.{number}", self.id(chapter)), Some(chapter))
            }
            _ => {
                if let Some((section, _)) = self.open.section {
                    (format!("{}.{number}", self.id(section)), Some(section))
                } else {
                    let chapter = self.chapter(heading.start);
                    (format!("{}.0.{number}", self.id(chapter)), Some(chapter))
                }
            }
        };
        let node = self.add(&id, kind, title, heading, parent);
        match kind {
            NodeKind::Chapter => {
                self.open = Open { chapter: Some((node, number)), ..Open::default() };
            }
            NodeKind::Section => {
                self.open.section = Some((node, number));
                self.open.item = None;
            }
            _ => self.open.item = Some((node, number)),
        }
        Some(node)
    }

    /// Adds a paragraph; with a title it is a lead paragraph.
    pub fn paragraph(&mut self, range: TextRange, lead: Option<(&str, TextRange)>) -> usize {
        let parent = self.current(range.start);
        let id = if lead.is_some() {
            let levels = match (self.open.section, self.open.item) {
                (_, Some(_)) => "",
                (Some(_), None) => ".0",
                (None, None) => ".0.0",
            };
            let prefix = format!("{}{levels}", self.id(parent));
            let n = self.count(&prefix);
            format!("{prefix}.{n}")
        } else {
            let prefix = format!("{}.p", self.id(parent));
            let n = self.count(&prefix);
            format!("{prefix}{n}")
        };
        let (kind, title, heading) = match lead {
            Some((title, heading)) => (NodeKind::Lead, title, heading),
            None => (NodeKind::Paragraph, "", TextRange { start: range.start, end: range.start }),
        };
        let node = self.add(&id, kind, title, heading, Some(parent));
        self.extend(node, range.end);
        node
    }

    /// The section that a box stands in, or the chapter where there is no section.
    pub fn box_home(&mut self, at: usize) -> usize {
        match self.open.section {
            Some((section, _)) => section,
            None => self.chapter(at),
        }
    }

    /// The number that the next chapter has.
    pub fn next_chapter(&self) -> u32 {
        self.open.chapter.map_or(1, |(_, n)| n + 1)
    }

    /// The number that the next section of the open chapter has.
    pub fn next_section(&self) -> u32 {
        self.open.section.map_or(1, |(_, n)| n + 1)
    }

    /// The number that the next item of the running text has.
    pub fn next_item(&self) -> u32 {
        self.open.item.map_or(1, |(_, n)| n + 1)
    }

    pub fn id(&self, node: usize) -> &str {
        self.outline.nodes.get(node).map_or("", |n| n.id.as_str())
    }

    /// Lets a node and all above it reach to `end`.
    pub fn extend(&mut self, node: usize, end: usize) {
        let mut next = Some(node);
        while let Some(n) = next.and_then(|i| self.outline.nodes.get_mut(i)) {
            n.range.end = n.range.end.max(end);
            next = n.parent;
        }
    }

    pub fn finish(self) -> Outline {
        self.outline
    }

    fn current(&mut self, at: usize) -> usize {
        match self.open.item.or(self.open.section) {
            Some((node, _)) => node,
            None => self.chapter(at),
        }
    }

    /// The open chapter; the chapter `0` is made where none is open yet.
    fn chapter(&mut self, at: usize) -> usize {
        if let Some((chapter, _)) = self.open.chapter {
            return chapter;
        }
        let empty = TextRange { start: at, end: at };
        let node = self.add("0", NodeKind::Chapter, "", empty, None);
        self.open.chapter = Some((node, 0));
        node
    }

    fn add(
        &mut self,
        id: &str,
        kind: NodeKind,
        title: &str,
        heading: TextRange,
        parent: Option<usize>,
    ) -> usize {
        let mut unique = id.to_owned();
        // How often an id came is remembered, so that many of one cost no more each.
        while !self.ids.insert(unique.clone()) {
            let again = self.again.entry(id.to_owned()).or_insert(1);
            *again += 1;
            unique = format!("{id}~{again}");
        }
        let node = self.outline.nodes.len();
        self.outline.nodes.push(OutlineNode {
            id: unique,
            kind,
            title: title.to_owned(),
            heading,
            range: heading,
            parent,
        });
        self.extend(node, heading.end);
        node
    }

    fn count(&mut self, prefix: &str) -> u32 {
        let n = self.counters.entry(prefix.to_owned()).or_insert(0);
        *n += 1;
        *n
    }
}
