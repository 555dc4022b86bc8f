//! Taking differences over, or leaving them: actions on the workbook.

use std::sync::Arc;

use serde_json::Value;

use super::{Comparison, Decision, Difference, Reworded, What, decided};
use crate::{
    book::{
        Action, Book, ChangeRecord, Draft, FactRecord, Mark, PlanRef, ProjectRecord,
        RevisionRecord, Table, UpdateRecord, Words,
    },
    catalogue::edit::{Refusal, finish},
};

/// Notes that a workbook is compared with a newer text, and keeps the text. Answers with the id of
/// the revision and, unless the same text was compared before, the action.
///
/// # Errors
/// The workbook has no plan, or a record does not fit.
pub fn begin(
    book: &Book,
    plan: &PlanRef,
    text: impl Into<Arc<[u8]>>,
    mark: &Mark,
) -> Result<(String, Option<Action>), Refusal> {
    let (known, _) = book.all::<RevisionRecord>();
    if let Some(same) = known.iter().find(|record| record.plan.hash == plan.hash) {
        return Ok((same.id.clone(), None));
    }
    let own = book.about()?.and_then(|about| about.plan).ok_or(Refusal::NoPlan)?;
    let most = known.iter().map(|record| number(&record.id)).max().unwrap_or(0);
    let id = format!("R-{}", most.saturating_add(1));
    let mut draft = Draft::new(book);
    draft.put(&RevisionRecord {
        id: id.clone(),
        plan: plan.clone(),
        compared_with: own.hash,
        decided: Value::Null,
        mark: mark.clone(),
    })?;
    draft.add_blob(text);
    let words = Words {
        zh: format!("与“{}”比对", plan.name),
        en: format!("compared with “{}”", plan.name),
    };
    Ok((id, draft.finish(words)))
}

/// The number of `R-7`; 0 for an id that this program has not made.
pub(super) fn number(id: &str) -> u32 {
    id.strip_prefix("R-").and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Takes differences over: what is said otherwise stands beside what was stated, what is new is
/// added, what is gone is taken out of the list (and can be brought back).
///
/// # Errors
/// There is no such difference, or a record does not fit; then nothing is taken.
pub fn take(
    book: &Book,
    comparison: &Comparison,
    keys: &[String],
    mark: &Mark,
) -> Result<Action, Refusal> {
    let mut draft = Draft::new(book);
    let mark = sourced(comparison, mark);
    for key in keys {
        let difference = find(comparison, key)?;
        match &difference.what {
            What::New { record, places, words } => {
                let mut own = (**record).clone();
                let id = free_id(&draft, book, &own.id)?;
                own.updates.insert(0, update(comparison, words, &[], &mark));
                for place in places {
                    let mut place = place.clone();
                    place.id = format!("{}-{}", comparison.revision, place.id);
                    for own_id in &mut place.project_ids {
                        if *own_id == own.id {
                            own_id.clone_from(&id);
                        }
                    }
                    draft.put(&place)?;
                }
                own.id = id;
                draft.put(&own)?;
            }
            What::Gone { .. } => {
                let mut own = project(&draft, key)?;
                own.removed = Some(mark.clone());
                draft.put(&own)?;
            }
            What::Changed(reworded) => {
                let mut own = project(&draft, key)?;
                change(&mut own, comparison, reworded, &mark);
                draft.put(&own)?;
            }
        }
    }
    decide(&mut draft, comparison, keys, true, &mark)?;
    let which = which(comparison, keys);
    Ok(finish(
        draft,
        Words {
            zh: format!("按“{}”采纳：{which}", comparison.plan.name),
            en: format!("as in “{}”: {which}", comparison.plan.name),
        },
    ))
}

/// Leaves differences as they are: the workbook keeps what it has.
///
/// # Errors
/// As [`take`].
pub fn leave(
    book: &Book,
    comparison: &Comparison,
    keys: &[String],
    mark: &Mark,
) -> Result<Action, Refusal> {
    let mut draft = Draft::new(book);
    for key in keys {
        find(comparison, key)?;
    }
    decide(&mut draft, comparison, keys, false, mark)?;
    let which = which(comparison, keys);
    Ok(finish(
        draft,
        Words {
            zh: format!("不按“{}”更改：{which}", comparison.plan.name),
            en: format!("left other than in “{}”: {which}", comparison.plan.name),
        },
    ))
}

fn find<'a>(comparison: &'a Comparison, key: &str) -> Result<&'a Difference, Refusal> {
    let found = comparison.differences.iter().find(|own| own.key == *key);
    found.ok_or_else(|| Refusal::NoDifference(key.to_owned()))
}

fn project(draft: &Draft<'_>, id: &str) -> Result<ProjectRecord, Refusal> {
    draft.get(id)?.ok_or_else(|| Refusal::NoProject(id.to_owned()))
}

/// What is taken from the newer text rests on it, unless somebody says more.
fn sourced(comparison: &Comparison, mark: &Mark) -> Mark {
    let source = if mark.source.is_empty() { name(comparison) } else { mark.source.clone() };
    Mark { source, ..mark.clone() }
}

/// The newer text by its title and its file.
fn name(comparison: &Comparison) -> String {
    let file = &comparison.plan.name;
    match comparison.title.as_str() {
        "" => file.clone(),
        title => format!("《{title}》（{file}）"),
    }
}

/// What the newer text says, as something known later.
fn update(
    comparison: &Comparison,
    words: &str,
    changes: &[ChangeRecord],
    mark: &Mark,
) -> UpdateRecord {
    let date = mark.at.get(..10).unwrap_or(&mark.at).to_owned();
    let name = name(comparison);
    UpdateRecord {
        date,
        text: Words {
            zh: format!("新文本：{words}"), en: format!("In the newer text: {words}")
        },
        sources: vec![Words { zh: name, en: String::new() }],
        changes: changes.to_vec(),
    }
}

fn change(own: &mut ProjectRecord, comparison: &Comparison, reworded: &Reworded, mark: &Mark) {
    for value in &reworded.values {
        own.set(value.field, value.newer.clone(), mark.clone());
    }
    let changes: Vec<ChangeRecord> = reworded
        .figures
        .iter()
        .filter_map(|figure| {
            let older = figure.older.as_ref()?;
            let gone =
                || Words { zh: "不再写明".to_owned(), en: "no longer stated".to_owned() };
            let later = figure.newer.as_ref().map_or_else(gone, stated);
            Some(ChangeRecord {
                subject: older.subject.clone(),
                stated: stated(older),
                span: older.span,
                later,
            })
        })
        .collect();
    own.updates.push(update(comparison, &reworded.newer, &changes, mark));
}

/// A figure as its text has it.
fn stated(fact: &FactRecord) -> Words {
    let about = if fact.approx { "约" } else { "" };
    Words { zh: format!("{about}{}{}", fact.stated_value, fact.stated_unit), en: String::new() }
}

fn decide(
    draft: &mut Draft<'_>,
    comparison: &Comparison,
    keys: &[String],
    taken: bool,
    mark: &Mark,
) -> Result<(), Refusal> {
    let id = &comparison.revision;
    let record = draft.get::<RevisionRecord>(id)?;
    let mut record = record.ok_or_else(|| Refusal::NoDifference(id.clone()))?;
    let mut all = decided(&record);
    for key in keys {
        all.insert(key.clone(), Decision { taken, mark: mark.clone() });
    }
    record.decided = serde_json::to_value(all).unwrap_or_default();
    draft.put(&record)?;
    Ok(())
}

/// The id that the newer text gives, unless the workbook gave it to another.
fn free_id(draft: &Draft<'_>, book: &Book, wanted: &str) -> Result<String, Refusal> {
    let mut id = wanted.to_owned();
    // There are no more projects than this.
    for number in 2..=book.count(Table::Projects).saturating_add(2) {
        if draft.get::<ProjectRecord>(&id)?.is_none() {
            break;
        }
        id = format!("{wanted}.{number}");
    }
    Ok(id)
}

fn which(comparison: &Comparison, keys: &[String]) -> String {
    let name = |key: &String| {
        let own = comparison.differences.iter().find(|own| own.key == *key);
        own.map(|own| own.name.clone()).unwrap_or_default()
    };
    match keys {
        [] => String::new(),
        [only] => name(only),
        [first, ..] => format!("{} … ({})", name(first), keys.len()),
    }
}
