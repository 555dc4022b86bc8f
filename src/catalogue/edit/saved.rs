//! Saved views and filters: kept under a name, listed in an order, called otherwise, taken away.

use serde_json::Value;

use super::{Allowed, Refusal, finish, words};
use crate::book::{Action, Book, Draft, FilterRecord, Kept, ViewRecord, Words};

/// Longest name, in characters.
const LONGEST_NAME: usize = 80;

/// A record that stands in a list under a name.
pub trait Listed: Kept + Clone {
    /// What it is called in the log, in Chinese and in English, and what its ids begin with.
    const WHAT: (&'static str, &'static str, &'static str);

    fn place(&mut self) -> (&mut u32, &mut String);

    /// Its order and its name.
    fn told(&self) -> (u32, &str);
}

impl Listed for ViewRecord {
    const WHAT: (&'static str, &'static str, &'static str) = ("视图", "view", "V");

    fn place(&mut self) -> (&mut u32, &mut String) {
        (&mut self.order, &mut self.name)
    }

    fn told(&self) -> (u32, &str) {
        (self.order, &self.name)
    }
}

impl Listed for FilterRecord {
    const WHAT: (&'static str, &'static str, &'static str) = ("筛选", "filter", "F");

    fn place(&mut self) -> (&mut u32, &mut String) {
        (&mut self.order, &mut self.name)
    }

    fn told(&self) -> (u32, &str) {
        (self.order, &self.name)
    }
}

/// The records of a list in its order.
pub fn listed<R: Listed>(book: &Book) -> Vec<R> {
    let mut all = book.all::<R>().0;
    // Equals stand by their keys: the order is the same for everybody.
    all.sort_by_key(|record| record.told().0);
    all
}

/// Saves a view under its name; one of that name is brought up to date.
///
/// # Errors
/// The name is empty or too long.
pub fn save_view(book: &Book, view: ViewRecord) -> Result<Action, Refusal> {
    save(book, view, |view, id| view.id = id)
}

/// Saves a filter under a name; one of that name is brought up to date.
///
/// # Errors
/// The name is empty or too long, or the filter lets everything pass.
pub fn save_filter(book: &Book, name: &str, filter: Value) -> Result<Action, Refusal> {
    if filter.is_null() {
        return Err(Refusal::Empty { field: "filter" });
    }
    let record = FilterRecord { id: String::new(), order: 0, name: name.to_owned(), filter };
    save(book, record, |filter, id| filter.id = id)
}

fn save<R: Listed>(
    book: &Book,
    mut record: R,
    set_id: impl FnOnce(&mut R, String),
) -> Result<Action, Refusal> {
    let name = named(record.told().1)?;
    let all = listed::<R>(book);
    let (zh, en, first) = R::WHAT;
    let told = if let Some(same) = all.iter().find(|other| other.told().1 == name) {
        *record.place().0 = same.told().0;
        set_id(&mut record, same.key().to_owned());
        words(format!("更新{zh}“{name}”"), format!("{en} “{name}” brought up to date"))
    } else {
        let last = all.iter().map(|other| other.told().0).max();
        *record.place().0 = last.map_or(0, |last| last.saturating_add(1));
        set_id(&mut record, free_id(&all, first));
        words(format!("保存{zh}“{name}”"), format!("{en} “{name}” saved"))
    };
    *record.place().1 = name;
    let mut draft = Draft::new(book);
    draft.put(&record)?;
    Ok(finish(draft, told))
}

/// Gives a record another name.
///
/// # Errors
/// There is no such record, the name is empty or too long, or another has it.
pub fn rename<R: Listed>(book: &Book, id: &str, name: &str) -> Result<Action, Refusal> {
    let name = named(name)?;
    if listed::<R>(book).iter().any(|other| other.key() != id && other.told().1 == name) {
        return Err(Refusal::NameTaken(name));
    }
    let mut draft = Draft::new(book);
    let mut record = own::<R>(&draft, id)?;
    let before = std::mem::replace(record.place().1, name.clone());
    draft.put(&record)?;
    let (zh, en, _) = R::WHAT;
    let told = words(
        format!("{zh}“{before}”改名为“{name}”"),
        format!("{en} “{before}” is now called “{name}”"),
    );
    Ok(finish(draft, told))
}

/// Moves a record one place up or down its list; at the end nothing changes.
///
/// # Errors
/// There is no such record.
pub fn shift<R: Listed>(book: &Book, id: &str, up: bool) -> Result<Action, Refusal> {
    let mut all = listed::<R>(book);
    let at = all.iter().position(|record| record.key() == id);
    let at = at.ok_or_else(|| Refusal::NoRecord(id.to_owned()))?;
    let to = if up { at.checked_sub(1) } else { Some(at + 1).filter(|to| *to < all.len()) };
    let name = all.get(at).map(|record| record.told().1.to_owned()).unwrap_or_default();
    if let Some(to) = to {
        all.swap(at, to);
    }
    let mut draft = Draft::new(book);
    // Counted anew only where something moves: two may have had the same number.
    for (order, record) in (0..).zip(&mut all).filter(|_| to.is_some()) {
        *record.place().0 = order;
        draft.put(record)?;
    }
    let (zh, en, _) = R::WHAT;
    let told = if up {
        words(format!("{zh}“{name}”上移"), format!("{en} “{name}” moved up"))
    } else {
        words(format!("{zh}“{name}”下移"), format!("{en} “{name}” moved down"))
    };
    Ok(finish(draft, told))
}

/// Takes a record out of its list.
///
/// # Errors
/// There is no such record.
pub fn remove_listed<R: Listed>(book: &Book, id: &str) -> Result<Action, Refusal> {
    let mut draft = Draft::new(book);
    let record = own::<R>(&draft, id)?;
    let (zh, en, _) = R::WHAT;
    let name = record.told().1;
    let told = words(format!("删除{zh}“{name}”"), format!("{en} “{name}” removed"));
    draft.remove::<R>(id);
    Ok(finish(draft, told))
}

fn own<R: Listed>(draft: &Draft<'_>, id: &str) -> Result<R, Refusal> {
    draft.get(id)?.ok_or_else(|| Refusal::NoRecord(id.to_owned()))
}

fn named(name: &str) -> Result<String, Refusal> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(Refusal::Empty { field: "name" });
    }
    if name.chars().count() > LONGEST_NAME {
        let allowed = Allowed::Words(LONGEST_NAME);
        return Err(Refusal::NotAllowed { field: "name", value: name, allowed });
    }
    Ok(name)
}

/// `V-1`, `V-2` …: one more than any that is there.
fn free_id<R: Listed>(all: &[R], first: &str) -> String {
    let numbers = all.iter().filter_map(|own| own.key().strip_prefix(first)?.strip_prefix('-'));
    let most = numbers.filter_map(|number| number.parse::<u32>().ok()).max().unwrap_or(0);
    format!("{first}-{}", most.saturating_add(1))
}

/// What a name in the log stands in, in both languages.
pub(super) fn quoted(names: &[&str]) -> Words {
    let one = names.first().copied().unwrap_or_default();
    match names.len() {
        0 | 1 => words(format!("“{one}”"), format!("“{one}”")),
        n => words(format!("“{one}”等 {n} 个"), format!("“{one}” and {} more", n - 1)),
    }
}
