//! A table of projects into a workbook: rows become projects, or stand beside what the plan says.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    Refusal, finish,
    same_work::{Known, Likeness, Works},
    words,
};
use crate::{
    book::{
        Action, Book, BookRecord, Draft, Mark, PlaceRecord, ProjectRecord, Table, Unreadable, Words,
    },
    catalogue::lower::{
        Base, NewBook,
        of_row::{self, RowFile, counties, kept_row, project_of_row},
    },
    document::project_table::{Meaning, ProjectRow, SheetOfProjects, TableFile},
};

/// What comes of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableTaken {
    pub action: Action,
    /// Ids of the projects that are new, in the order of their rows.
    pub added: Vec<String>,
    /// Rows that tell of projects that were there.
    pub beside: Vec<RowOf>,
    /// New projects that may be the same work as one that was there.
    pub unsure: Vec<Unsure>,
    /// Rows that were taken before.
    pub known: usize,
    /// Values that were set by hand, and were not set by rows.
    pub kept: usize,
}

/// A row that tells of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowOf {
    pub id: String,
    pub sheet: String,
    pub row: u32,
}

/// A new project that may be the same work as another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsure {
    /// The new one.
    pub id: String,
    pub name: String,
    /// The one it may be.
    pub like: String,
    pub like_name: String,
    pub sheet: String,
    pub row: u32,
}

/// Takes the projects of a table. A row that is the same work as a project of another origin, by its
/// name or nearly its name in the same county, is not added: its values stand beside what is stated,
/// with the row as their source. What was set by hand stays as it is.
///
/// # Errors
/// A record does not fit.
pub fn add_table(
    book: &Book,
    base: &Base,
    file: &TableFile,
    mark: &Mark,
) -> Result<TableTaken, Refusal> {
    let (there, _) = book.all::<ProjectRecord>();
    let number = next_table(book);
    let rows = there.iter().flat_map(|own| &own.rows).filter(|row| row.hash == file.hash);
    let known: BTreeSet<(&str, u32)> = rows.map(|row| (row.sheet.as_str(), row.row)).collect();
    let listed = there.iter().filter(|own| own.is_listed());
    let works = Works::new(
        listed
            .map(|own| Known {
                id: own.id.clone(),
                name: own.text("name").unwrap_or_default().to_owned(),
                counties: own.list("counties"),
            })
            .collect(),
    );
    let source = RowFile { name: &file.name, hash: &file.hash };
    let mut draft = Draft::new(book);
    let mut taken = TableTaken {
        action: Action { words: Words::default(), changes: Vec::new(), blobs: Vec::new() },
        added: Vec::new(),
        beside: Vec::new(),
        unsure: Vec::new(),
        known: 0,
        kept: 0,
    };
    // A project that one row tells of already is not told of by another.
    let mut told: BTreeSet<usize> = BTreeSet::new();
    let digits = file.table.len().max(10).to_string().len();
    let order = u32::try_from(book.count(Table::Places)).unwrap_or(u32::MAX);
    for (sheet, row) in file.table.projects() {
        if known.contains(&(sheet.name.as_str(), row.row)) {
            taken.known += 1;
            continue;
        }
        let (codes, _) = counties(row, base);
        let likeness = works.find(&row.name, &codes);
        if let Likeness::Same(at) = likeness
            && told.insert(at)
            && let Some(same) = works.get(at)
            && let Some(mut record) = draft.get::<ProjectRecord>(&same.id)?
        {
            taken.kept += stand_beside(&mut record, source, sheet, row, mark, &codes);
            draft.put(&record)?;
            let id = same.id.clone();
            taken.beside.push(RowOf { id, sheet: sheet.name.clone(), row: row.row });
            continue;
        }
        let id = format!("L{number}-{:0digits$}", taken.added.len() + 1);
        if let Likeness::Same(at) | Likeness::Unsure(at) = likeness
            && let Some(like) = works.get(at)
        {
            taken.unsure.push(Unsure {
                id: id.clone(),
                name: row.name.clone(),
                like: like.id.clone(),
                like_name: like.name.clone(),
                sheet: sheet.name.clone(),
                row: row.row,
            });
        }
        let (record, place) = project_of_row(&id, source, sheet, row, base);
        draft.put(&record)?;
        if let Some(place) = place {
            let nth = u32::try_from(taken.added.len()).unwrap_or(u32::MAX);
            draft.put(&PlaceRecord { order: order.saturating_add(nth), ..place })?;
        }
        taken.added.push(id);
    }
    if !taken.added.is_empty() || !taken.beside.is_empty() {
        draft.add_blob(file.bytes.clone());
    }
    let (name, new, beside) = (&file.name, taken.added.len(), taken.beside.len());
    let zh = format!("加入表 {name}：新增 {new} 项，对应已有 {beside} 项");
    let en = format!("table {name} added: {new} new, {beside} that were there");
    taken.action = finish(draft, words(zh, en));
    Ok(taken)
}

/// A workbook of a table alone.
///
/// # Errors
/// Something of it cannot be written down.
pub fn book_of_table(
    file: &TableFile,
    city: Option<&str>,
    made: &Mark,
    base: &Base,
) -> Result<(NewBook, TableTaken), Refusal> {
    let stem = file.name.rsplit_once('.').map_or(file.name.as_str(), |(stem, _)| stem);
    let title = file.table.title().unwrap_or(stem);
    let mut book = Book::default();
    book.put(&BookRecord {
        title: Words { zh: title.to_owned(), en: String::new() },
        plan: None,
        city: city.map(str::to_owned),
        made_public: None,
        made: made.clone(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
    })?;
    let taken = add_into(&mut book, base, file, made)?;
    Ok((NewBook { book, plan: None, diagnostics: Vec::new() }, taken))
}

/// Takes a table into a book that is not on disk yet.
///
/// # Errors
/// As [`add_table`].
pub fn add_into(
    book: &mut Book,
    base: &Base,
    file: &TableFile,
    mark: &Mark,
) -> Result<TableTaken, Refusal> {
    let taken = add_table(book, base, file, mark)?;
    // They begin with what was just read.
    book.apply(&taken.action.changes).map_err(|conflict| {
        let reason = conflict.to_string();
        Unreadable { table: conflict.table, key: conflict.key, reason }
    })?;
    Ok(taken)
}

/// The number of the next table: one more than any that is there.
fn next_table(book: &Book) -> u32 {
    let numbers = book.texts(Table::Projects).filter_map(|(key, _)| {
        let (number, _) = key.strip_prefix('L')?.split_once('-')?;
        number.parse::<u32>().ok()
    });
    numbers.max().unwrap_or(0) + 1
}

/// The values of a row as later knowledge. Answers how many stay as they were set by hand.
fn stand_beside(
    record: &mut ProjectRecord,
    file: RowFile<'_>,
    sheet: &SheetOfProjects,
    row: &ProjectRow,
    mark: &Mark,
    codes: &[String],
) -> usize {
    let kept = kept_row(file, sheet, row);
    let mark = Mark { source: kept.ground(), ..mark.clone() };
    let mut values: Vec<(&str, Value)> = Vec::new();
    if let Some(sum) = row.investment {
        values.push(("investment_yi", json!(sum.yi)));
        values.push(("investment_approx", json!(sum.approx)));
    }
    if let Some((years, _)) = of_row::period(row) {
        values.push(("period", json!(years)));
    }
    let organisations = of_row::organisations(row);
    if !organisations.is_empty() {
        values.push(("organisations", json!(organisations)));
    }
    let note = of_row::words(row, Meaning::Note);
    if !note.is_empty() {
        values.push(("note", json!(note)));
    }
    if record.list("counties").is_empty() && !codes.is_empty() {
        values.push(("counties", json!(codes)));
    }
    let mut by_hand = 0;
    for (field, value) in values {
        let now = record.fields.get(field).and_then(|own| own.effective());
        let is_same = match (now.and_then(Value::as_f64), value.as_f64()) {
            (Some(now), Some(new)) => (now - new).abs() < 1e-9,
            _ => now == Some(&value) || now.is_none() && value == json!(false),
        };
        if is_same {
            continue;
        }
        if record.is_set(field) {
            by_hand += 1;
            continue;
        }
        record.set(field, value, mark.clone());
    }
    record.rows.push(kept);
    by_hand
}
