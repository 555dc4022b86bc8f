//! Projects as a whole: added, taken out, brought back, merged, related.

use serde_json::json;

use super::{Refusal, finish, line, record, words};
use crate::{
    book::{Action, Book, Draft, Mark, Merged, Origin, PlaceRecord, ProjectRecord, Table},
    catalogue::lower::guess_kind,
};

/// Adds a project that nobody stated. The action comes with its id, which no other has had.
///
/// # Errors
/// The name is empty, or no line of words.
pub fn add(book: &Book, name: &str, mark: &Mark) -> Result<(String, Action), Refusal> {
    let name = line("name", name)?;
    if name.is_empty() {
        return Err(Refusal::Empty { field: "name" });
    }
    let id = free_id(book);
    let mut own = ProjectRecord::new(id.as_str(), Origin::Hand(mark.clone()));
    own.state("name", json!(name));
    own.state("kind", json!(guess_kind(name)));
    let mut draft = Draft::new(book);
    draft.put(&own)?;
    let action = finish(draft, words(format!("新增 {id} {name}"), format!("{id} {name} added")));
    Ok((id, action))
}

/// Adds a copy of a project, with its values and its places.
///
/// # Errors
/// There is no such project.
pub fn duplicate(book: &Book, of: &str, mark: &Mark) -> Result<(String, Action), Refusal> {
    let mut draft = Draft::new(book);
    let mut own = record(&draft, of)?;
    let id = free_id(book);
    own.id.clone_from(&id);
    own.related = vec![of.to_owned()];
    own.removed = None;
    own.merged = None;
    own.reviewed = None;
    own.marked = Some(mark.clone());
    draft.put(&own)?;
    for mut place in book.all::<PlaceRecord>().0 {
        if place.project_ids.iter().any(|own| own == of) {
            place.project_ids = vec![id.clone()];
            place.id = format!("{}~{id}", place.id);
            if place.by_hand.is_some() {
                place.id = format!("H-{id}");
                place.by_hand = Some(mark.clone());
            }
            draft.put(&place)?;
        }
    }
    let action = finish(draft, words(format!("复制 {of} 为 {id}"), format!("{of} copied as {id}")));
    Ok((id, action))
}

/// Takes a project out of the list. Everything of it stays.
///
/// # Errors
/// There is no such project.
pub fn remove(book: &Book, id: &str, mark: &Mark) -> Result<Action, Refusal> {
    let mut draft = Draft::new(book);
    let mut own = record(&draft, id)?;
    own.removed = Some(mark.clone());
    draft.put(&own)?;
    Ok(finish(draft, words(format!("删除 {id}"), format!("{id} removed"))))
}

/// Puts a project back into the list that was taken out.
///
/// # Errors
/// There is no such project, or it is in the list.
pub fn bring_back(book: &Book, id: &str) -> Result<Action, Refusal> {
    let mut draft = Draft::new(book);
    let mut own = record(&draft, id)?;
    if own.removed.take().is_none() {
        return Err(Refusal::NothingSet(id.to_owned()));
    }
    draft.put(&own)?;
    Ok(finish(draft, words(format!("恢复 {id}"), format!("{id} brought back"))))
}

/// Says that a project is the same work as another, which then stands for both in the list.
///
/// # Errors
/// There is no such project, or both are the same.
pub fn merge(book: &Book, id: &str, into: &str, mark: &Mark) -> Result<Action, Refusal> {
    if id == into {
        return Err(Refusal::Itself);
    }
    let mut draft = Draft::new(book);
    let target = record(&draft, into)?;
    // One that stands for nothing itself cannot stand for another.
    let into = target.merged.map_or_else(|| into.to_owned(), |merged| merged.into);
    if id == into {
        return Err(Refusal::Itself);
    }
    let mut own = record(&draft, id)?;
    own.merged = Some(Merged { into: into.clone(), mark: mark.clone() });
    draft.put(&own)?;
    // Few are merged: the others need not be read.
    let merged = book.texts(Table::Projects).filter(|(_, text)| text.contains("\"merged\""));
    for (key, _) in merged {
        let Some(mut other) = draft.get::<ProjectRecord>(key)? else { continue };
        if other.id != id && other.merged.as_ref().is_some_and(|merged| merged.into == id) {
            other.merged = Some(Merged { into: into.clone(), mark: mark.clone() });
            draft.put(&other)?;
        }
    }
    Ok(finish(draft, words(format!("{id} 并入 {into}"), format!("{id} merged into {into}"))))
}

/// Takes a project that was merged into another out of it.
///
/// # Errors
/// There is no such project, or it was not merged.
pub fn split(book: &Book, id: &str) -> Result<Action, Refusal> {
    let mut draft = Draft::new(book);
    let mut own = record(&draft, id)?;
    if own.merged.take().is_none() {
        return Err(Refusal::NothingSet(id.to_owned()));
    }
    draft.put(&own)?;
    Ok(finish(draft, words(format!("{id} 拆出"), format!("{id} taken apart again"))))
}

/// Says that two projects have to do with each other, or no longer.
///
/// # Errors
/// There is no such project, or both are the same.
pub fn relate(book: &Book, id: &str, other: &str, related: bool) -> Result<Action, Refusal> {
    if id == other {
        return Err(Refusal::Itself);
    }
    let mut draft = Draft::new(book);
    for (own, other) in [(id, other), (other, id)] {
        let mut project = record(&draft, own)?;
        project.related.retain(|known| known != other);
        if related {
            project.related.push(other.to_owned());
        }
        draft.put(&project)?;
    }
    let (zh, en) =
        if related { ("关联", "related to") } else { ("取消关联", "no longer related to") };
    Ok(finish(draft, words(format!("{id} {zh} {other}"), format!("{id} {en} {other}"))))
}

/// `H-1`, `H-2` …: one more than any that is there, taken out or not.
pub(super) fn free_id(book: &Book) -> String {
    let numbers = book.texts(Table::Projects).filter_map(|(key, _)| key.strip_prefix("H-"));
    let most = numbers.filter_map(|number| number.parse::<u32>().ok()).max().unwrap_or(0);
    format!("H-{}", most.saturating_add(1))
}
