//! Comparing a workbook with a newer text of its plan.

use std::collections::HashSet;

use serde_json::Value;

use super::{
    Comparison, Difference, FigureChange, Reworded, ValueChange, What,
    alike::{Said, pairs, plain},
    wording::differing,
};
use crate::{
    book::{Book, FactRecord, Origin, PlaceRecord, PlanRef, ProjectRecord, Unreadable},
    catalogue::lower::NewBook,
    plan::Plan,
};

/// The fields that both texts tell by themselves; kinds and places are guessed of them.
const COMPARED: [&str; 4] = ["name", "investment_yi", "period", "organisations"];

/// What is compared with: the workbook and the text of its plan.
#[derive(Debug, Clone, Copy)]
pub struct Older<'a> {
    pub book: &'a Book,
    pub plan: &'a Plan,
}

/// Compares a workbook with the book that was made of a newer text, whose record has `revision` as its
/// id.
///
/// # Errors
/// The newer book has no plan; the program has made it, so it has.
pub fn compare(
    older: Older<'_>,
    newer: &NewBook,
    revision: &str,
) -> Result<Comparison, Unreadable> {
    let newer_plan = newer.plan.as_deref();
    let newer = &newer.book;
    let stated = |record: &ProjectRecord| matches!(record.origin, Origin::Plan { .. });
    let (mut olds, _) = older.book.all::<ProjectRecord>();
    olds.retain(stated);
    let (news, _) = newer.all::<ProjectRecord>();
    let (places, _) = newer.all::<PlaceRecord>();
    let old_said: Vec<Said<'_>> = olds.iter().map(said).collect();
    let new_said: Vec<Said<'_>> = news.iter().map(said).collect();
    let paired = pairs(&old_said, &new_said);
    let known = items(older.plan);

    let mut same = 0;
    let mut fresh = Vec::new();
    let of_older: HashSet<usize> = paired.iter().map(|(o, _)| *o).collect();
    let of_newer: HashSet<usize> = paired.iter().map(|(_, n)| *n).collect();
    for (n, (record, own)) in news.iter().zip(&new_said).enumerate() {
        // What the older text says, too, is not new: it was not taken into the workbook.
        if of_newer.contains(&n) || known.contains(&own.words) {
            continue;
        }
        let own_places = places.iter().filter(|place| place.project_ids.contains(&record.id));
        fresh.push(Difference {
            key: format!("new:{}", record.id),
            name: stated_name(record).to_owned(),
            what: What::New {
                places: own_places.cloned().collect(),
                words: words(record).to_owned(),
                record: Box::new(record.clone()),
            },
        });
    }
    let mut others = Vec::new();
    for (o, n) in &paired {
        let (Some(old), Some(new)) = (olds.get(*o), news.get(*n)) else { continue };
        let is_same =
            old_said.get(*o).map(|said| &said.words) == new_said.get(*n).map(|said| &said.words);
        if is_same || !old.is_listed() {
            same += usize::from(is_same && old.is_listed());
            continue;
        }
        others.push(Difference {
            key: old.id.clone(),
            name: stated_name(old).to_owned(),
            what: What::Changed(Box::new(reworded(old, new))),
        });
    }
    for (o, old) in olds.iter().enumerate() {
        if of_older.contains(&o) || !old.is_listed() {
            continue;
        }
        let text = words(old);
        // Words that no item stands for any more may be said all the same.
        let is_said = newer_plan.is_some_and(|plan| plan.find(text, 0).is_some());
        if !text.is_empty() && is_said {
            same += 1;
            continue;
        }
        others.push(Difference {
            key: old.id.clone(),
            name: stated_name(old).to_owned(),
            what: What::Gone { words: text.to_owned() },
        });
    }
    others.sort_by_key(|difference| crate::catalogue::id_order(&difference.key));
    fresh.extend(others);
    let about = newer.about()?;
    let plan = about.and_then(|about| about.plan);
    let plan = plan.unwrap_or_else(|| PlanRef {
        hash: String::new(),
        name: String::new(),
        document: None,
    });
    Ok(Comparison {
        revision: revision.to_owned(),
        plan,
        title: newer_plan.map(|plan| plan.title.clone()).unwrap_or_default(),
        differences: fresh,
        same,
    })
}

/// What the items and works of a text say.
fn items(plan: &Plan) -> HashSet<String> {
    let boxes = plan.boxes.iter().flat_map(|own| &own.items).map(|item| item.range);
    let works = plan.works.iter().map(|work| work.range);
    boxes.chain(works).map(|range| plain(plan.text.slice(range))).collect()
}

fn said(record: &ProjectRecord) -> Said<'_> {
    Said { id: &record.id, name: plain(stated_name(record)), words: plain(words(record)) }
}

/// The words that a project comes from.
fn words(record: &ProjectRecord) -> &str {
    match &record.origin {
        Origin::Plan { words, .. } => words,
        Origin::Table { .. } | Origin::Hand(_) => "",
    }
}

fn stated(record: &ProjectRecord, field: &str) -> Value {
    let own = record.fields.get(field).and_then(|own| own.stated.as_ref());
    own.map(|stated| stated.value.clone()).unwrap_or_default()
}

fn stated_name(record: &ProjectRecord) -> &str {
    let own = record.fields.get("name").and_then(|own| own.stated.as_ref());
    own.and_then(|stated| stated.value.as_str()).unwrap_or_default()
}

fn reworded(old: &ProjectRecord, new: &ProjectRecord) -> Reworded {
    let values = COMPARED.iter().filter_map(|&field| {
        let (older, newer) = (stated(old, field), stated(new, field));
        let told = match (older.as_str(), newer.as_str()) {
            (Some(a), Some(b)) => plain(a) != plain(b),
            _ => older != newer,
        };
        // What somebody set already is no news.
        let is_known = old.value(field) == Some(&newer);
        (told && !is_known).then_some(ValueChange { field, older, newer })
    });
    let (older, newer) = (words(old).to_owned(), words(new).to_owned());
    Reworded {
        differing: differing(&older, &newer).into(),
        older,
        newer,
        values: values.collect(),
        figures: figures(&old.facts, &new.facts),
    }
}

/// Figures that are not in both: paired by what they measure, in their order.
fn figures(older: &[FactRecord], newer: &[FactRecord]) -> Vec<FigureChange> {
    let same = |a: &FactRecord, b: &FactRecord| {
        a.quantity == b.quantity
            && a.stated_value == b.stated_value
            && a.stated_unit == b.stated_unit
            && a.approx == b.approx
    };
    let mut gone: Vec<&FactRecord> = older.iter().collect();
    let mut fresh: Vec<&FactRecord> = Vec::new();
    for fact in newer {
        match gone.iter().position(|old| same(old, fact)) {
            Some(at) => {
                gone.remove(at);
            }
            None => fresh.push(fact),
        }
    }
    let mut changes = Vec::new();
    for by_subject in [true, false] {
        gone.retain(|old| {
            let is_pair = |new: &&FactRecord| {
                new.quantity == old.quantity && (!by_subject || new.subject.zh == old.subject.zh)
            };
            let Some(at) = fresh.iter().position(is_pair) else { return true };
            let new = fresh.remove(at);
            changes.push(FigureChange { older: Some((*old).clone()), newer: Some(new.clone()) });
            false
        });
    }
    let alone = |old: &FactRecord| FigureChange { older: Some(old.clone()), newer: None };
    changes.extend(gone.into_iter().map(alone));
    let added = |new: &FactRecord| FigureChange { older: None, newer: Some(new.clone()) };
    changes.extend(fresh.into_iter().map(added));
    changes
}
