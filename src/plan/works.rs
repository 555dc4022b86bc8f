//! Works that the running text names: 新建云溪大道，全长12公里, —— lists, 项目一：, 项目名称：.
//!
//! A clause is proposed where it names one thing of its own and states money, a length or a size for
//! it. What exists already, what is wanted, and programmes without a place are left alone.

use std::collections::HashMap;

use super::figure::Figure;
use super::findings::Findings;
use super::outline::{NodeKind, Outline};
use super::text::NormalisedText;
use super::work::{Certainty, Ground, Work, measures_a_work};
use super::work_leaf::{Found, Leaf};
use super::work_name::is_fine;
use super::work_words::is_about_no_works;
use super::{Quantity, box_fields};
use crate::diagnostics::Severity;
use crate::units::TextRange;

/// Finds the works outside the boxes, in document order.
pub(super) fn find_all(
    text: &NormalisedText,
    outline: &Outline,
    figures: &[Figure],
    findings: &mut Findings,
) -> Vec<Work> {
    let mut walk = Walk { text, outline, figures, works: Vec::new(), counts: HashMap::new() };
    let nodes = outline.nodes();
    let mut card: Option<Found> = None;
    let mut heading: Option<usize> = None;
    for (index, node) in nodes.iter().enumerate() {
        if !matches!(node.kind, NodeKind::Paragraph | NodeKind::Lead) {
            walk.close_card(&mut card, index);
            heading = is_fine(&node.title).then_some(index);
            continue;
        }
        let words = text.slice(node.range);
        if let Some((field, len)) = box_fields::field(words) {
            if field == "项目名称" {
                walk.close_card(&mut card, index);
                card = Some(Found {
                    name: TextRange { start: node.range.start + len, end: node.range.end },
                    scope: node.range,
                    ground: Ground::Card,
                    figures: None,
                });
            } else if let Some(card) = &mut card {
                card.scope.end = node.range.end;
            }
            continue;
        }
        walk.close_card(&mut card, index);
        if walk.is_left_alone(index) {
            heading = None;
            continue;
        }
        let leaf = Leaf::new(words, node.range.start, walk.figures_in(node.range));
        let mut found = leaf.works();
        let above = heading.take().filter(|above| node.parent == Some(*above));
        if found.is_empty()
            && let Some(above) = above.and_then(|above| nodes.get(above))
        {
            let name = titled(text, above.heading, &above.title);
            let scope = TextRange { start: above.heading.start, end: node.range.end };
            found.push(Found { name, scope, ground: Ground::Listed, figures: None });
        }
        for own in found {
            walk.add(&own, index);
        }
    }
    walk.close_card(&mut card, nodes.len().saturating_sub(1));
    let works = walk.works;
    tell_unassigned(outline, figures, &works, findings);
    works
}

/// Where a heading's title stands inside it.
fn titled(text: &NormalisedText, heading: TextRange, title: &str) -> TextRange {
    let at = text.slice(heading).find(title).unwrap_or(0);
    let start = heading.start + at;
    TextRange { start, end: start + title.len() }
}

struct Walk<'a> {
    text: &'a NormalisedText,
    outline: &'a Outline,
    figures: &'a [Figure],
    works: Vec<Work>,
    /// How many works each chapter has so far.
    counts: HashMap<String, u32>,
}

impl<'a> Walk<'a> {
    /// Whether a heading above says that nothing here is to be built.
    fn is_left_alone(&self, index: usize) -> bool {
        is_left_alone(self.outline, index)
    }

    fn figures_in(&self, range: TextRange) -> (&'a [Figure], usize) {
        figures_in(self.figures, range)
    }

    fn close_card(&mut self, card: &mut Option<Found>, index: usize) {
        if let Some(card) = card.take() {
            let at = self.outline.node_from(card.scope.start, index);
            self.add(&card, at);
        }
    }

    /// Proposes a work if it has figures of its own, or a list says that it is one.
    fn add(&mut self, found: &Found, node: usize) {
        let (near, first) = self.figures_in(found.scope);
        let own: Vec<usize> = match &found.figures {
            Some(own) => own.iter().filter_map(|f| first_of(near, first, *f)).collect(),
            None => (first..first + near.len()).collect(),
        };
        let sized = own
            .iter()
            .filter_map(|i| self.figures.get(*i))
            .filter(|f| measures_a_work(f))
            .collect::<Vec<_>>();
        let money = sized.iter().any(|f| f.quantity == Quantity::Investment);
        let told = matches!(found.ground, Ground::Card) || found.figures.is_some();
        if sized.is_empty() && !told {
            return;
        }
        let certainty = match (found.ground, money) {
            (Ground::Card, _) | (Ground::Built | Ground::Listed, true) => Certainty::High,
            _ if sized.is_empty() => Certainty::Low,
            _ => Certainty::Middle,
        };
        let chapter = self.outline.ancestors(node).last().unwrap_or(node);
        let chapter = self.outline.nodes().get(chapter).map_or("0", |n| n.id.as_str());
        let count = self.counts.entry(chapter.to_owned()).or_insert(0);
        *count += 1;
        let name = self.text.slice(found.name).trim().replace("进行", "");
        self.works.push(Work {
            id: format!("P-{chapter}-{count:02}"),
            name,
            name_range: found.name,
            range: found.scope,
            node,
            certainty,
            ground: found.ground,
            figures: own,
        });
    }
}

/// The place in all figures of a place in the text.
fn first_of(near: &[Figure], first: usize, start: usize) -> Option<usize> {
    near.iter().position(|f| f.value_range.start == start).map(|i| first + i)
}

/// The figures whose numbers lie in a range, and the place of the first among all.
fn figures_in(figures: &[Figure], range: TextRange) -> (&[Figure], usize) {
    let first = figures.partition_point(|f| f.value_range.start < range.start);
    let last = figures.partition_point(|f| f.value_range.start < range.end).max(first);
    (figures.get(first..last).unwrap_or_default(), first)
}

fn is_left_alone(outline: &Outline, index: usize) -> bool {
    std::iter::once(index)
        .chain(outline.ancestors(index))
        .filter_map(|i| outline.nodes().get(i))
        .any(|node| node.kind != NodeKind::Paragraph && is_about_no_works(&node.title))
}

/// Tells of money to be invested that no work of the text was found for.
fn tell_unassigned(outline: &Outline, figures: &[Figure], works: &[Work], findings: &mut Findings) {
    let mut taken = vec![false; figures.len()];
    for own in works.iter().flat_map(|work| &work.figures) {
        if let Some(slot) = taken.get_mut(*own) {
            *slot = true;
        }
    }
    let mut node = 0;
    for (figure, taken) in figures.iter().zip(taken) {
        if taken || figure.item.is_some() || figure.quantity != Quantity::Investment {
            continue;
        }
        node = outline.node_from(figure.value_range.start, node);
        if !is_left_alone(outline, node) {
            findings.at_text(
                Severity::Note,
                "investment-unassigned",
                figure.range,
                "这笔投资没有归到任何一个项目。",
                "This investment was assigned to no project.",
            );
        }
    }
}
