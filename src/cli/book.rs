//! Commands that make and change workbooks. Each returns when the change is on disk.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use serde_json::json;

use super::{
    CliError,
    args::InfoFormat,
    book_args::BookCommand,
    book_new::{From, new},
    book_revise, book_shape,
    commands::print_json,
    complain,
};
use crate::{
    app::{Language, Tell},
    book::{Action, Book, By, Deed, Entry, Later, Mark, PlaceRecord, ProjectRecord},
    catalogue::{
        Accuracy,
        edit::{self, AttachedFile, Refusal},
        lower::Base,
    },
    jobs::{TakenOver, book::base},
    store::{
        self,
        book::{Access, BookError, Holder, Workbook},
        clock,
    },
    tr,
};

/// Who works here, and when.
pub fn by() -> By {
    By { who: store::book::user(), at: clock::stamp() }
}

pub fn data(language: Language) -> impl Fn(BookError) -> CliError {
    move |e| CliError::Data(e.tell(language))
}

/// Runs a command about workbooks.
pub fn run(
    command: BookCommand,
    language: Language,
    out: &mut impl Write,
) -> Result<ExitCode, CliError> {
    match command {
        BookCommand::New { out: path, from_plan, table, city, overwrite } => {
            let from = From { plan: from_plan.as_deref(), table: table.as_deref() };
            new(&path, &from, city.as_deref(), overwrite, language, out)
        }
        BookCommand::Set { workbook, id, assignment, source } => {
            set(&workbook, &id, &assignment, &source, language)
        }
        BookCommand::Place { workbook, id, at, geometry, class, source } => {
            let shape = Shape { at: at.as_deref(), file: geometry.as_deref() };
            place(&workbook, &id, &shape, &class, &source, language)
        }
        BookCommand::Attach { workbook, id, attached, attached_source } => {
            attach(&workbook, &id, &attached, attached_source.as_deref(), language)
        }
        BookCommand::Revise(args) => book_revise::run(&args, language, out),
        BookCommand::Undo { workbook } => undo(&workbook, language, out),
        BookCommand::Log { workbook, format } => log(&workbook, format, language, out),
    }
}

/// Opens a workbook to change it; one that can only be read is refused.
pub fn open(path: &Path, language: Language) -> Result<Workbook, CliError> {
    let access = Access::Write(Holder::command(clock::stamp()));
    let (workbook, _) = Workbook::open(path, &access, &base()).map_err(data(language))?;
    if let Some(holder) = workbook.taken_over() {
        complain(&TakenOver(holder.clone()).tell(language));
    }
    match workbook.read_only() {
        Some(why) => Err(data(language)(BookError::ReadOnly(why.clone()))),
        None => Ok(workbook),
    }
}

fn change(
    path: &Path,
    id: &str,
    language: Language,
    what: impl FnOnce(&Book, &Base, &str) -> Result<Action, Refusal>,
) -> Result<ExitCode, CliError> {
    let mut workbook = open(path, language)?;
    let refused = |e: Refusal| CliError::Usage(e.tell(language));
    let id = edit::find(workbook.book(), id).map_err(refused)?;
    let action = what(workbook.book(), workbook.base(), &id).map_err(refused)?;
    if action.changes.is_empty() {
        complain(&tr!(language, "book.no_change"));
        return Ok(ExitCode::SUCCESS);
    }
    workbook.act(&action, &by()).map_err(data(language))?;
    workbook.close().map_err(data(language))?;
    Ok(ExitCode::SUCCESS)
}

fn mark(source: &str, language: Language) -> Result<Mark, CliError> {
    let source = source.trim();
    if source.is_empty() {
        return Err(CliError::Usage(tr!(language, "book.source")));
    }
    let By { who, at } = by();
    let mark = Mark { who, at, source: source.to_owned() };
    edit::check_mark(&mark).map_err(|e| CliError::Usage(e.tell(language)))?;
    Ok(mark)
}

/// Sets a field of a project.
fn set(
    path: &Path,
    id: &str,
    assignment: &str,
    source: &str,
    language: Language,
) -> Result<ExitCode, CliError> {
    let Some((field, value)) = assignment.split_once('=') else {
        return Err(CliError::Usage(tr!(language, "book.assignment")));
    };
    let mark = mark(source, language)?;
    change(path, id, language, |book, base, id| {
        edit::set(book, base, id, field.trim(), value, &mark)
    })
}

/// Where a place comes from: one of the two.
struct Shape<'a> {
    at: Option<&'a str>,
    file: Option<&'a Path>,
}

/// Gives a project a place.
fn place(
    path: &Path,
    id: &str,
    shape: &Shape<'_>,
    class: &str,
    source: &str,
    language: Language,
) -> Result<ExitCode, CliError> {
    let accuracy = Accuracy::from_key(class).filter(|class| *class != Accuracy::None);
    let accuracy = accuracy
        .ok_or_else(|| CliError::Usage(Refusal::NoAccuracy(class.to_owned()).tell(language)))?;
    let geometry = match (shape.at, shape.file) {
        (Some(at), _) => book_shape::at(at, language)?,
        (None, Some(file)) => book_shape::of_file(file, language)?,
        (None, None) => return Err(CliError::Usage(tr!(language, "book.where"))),
    };
    book_shape::judge(&geometry, language)?;
    let mark = mark(source, language)?;
    change(path, id, language, |book, _, id| edit::place(book, id, &geometry, accuracy, &mark))
}

/// Attaches files to a project, all or none.
fn attach(
    path: &Path,
    id: &str,
    files: &[PathBuf],
    source: Option<&str>,
    language: Language,
) -> Result<ExitCode, CliError> {
    let By { who, at } = by();
    let mark = Mark { who, at, source: source.unwrap_or_default().trim().to_owned() };
    edit::check_mark(&mark).map_err(|e| CliError::Usage(e.tell(language)))?;
    let files: Vec<AttachedFile> = files
        .iter()
        .map(|file| store::attachments::read(file).map_err(|e| CliError::Data(e.tell(language))))
        .collect::<Result<_, _>>()?;
    change(path, id, language, |book, _, id| edit::attach(book, id, &files, &mark))
}

/// Takes back what was done last, and says what it was.
fn undo(path: &Path, language: Language, out: &mut impl Write) -> Result<ExitCode, CliError> {
    let mut workbook = open(path, language)?;
    let acted = workbook.undo(&by()).map_err(data(language))?;
    let log = workbook.log().map_err(data(language))?;
    let words = log.iter().find(|entry| entry.seq == acted.seq).map(|entry| words(entry, language));
    workbook.close().map_err(data(language))?;
    writeln!(out, "{}", tr!(language, "book.undone", what = words.unwrap_or_default()))?;
    Ok(ExitCode::SUCCESS)
}

/// Lists what was done.
fn log(
    path: &Path,
    format: InfoFormat,
    language: Language,
    out: &mut impl Write,
) -> Result<ExitCode, CliError> {
    let opened = Workbook::open(path, &Access::Read, &base()).map_err(data(language))?;
    let (workbook, _) = opened;
    let entries = workbook.log().map_err(data(language))?;
    match format {
        InfoFormat::Table => {
            for entry in &entries {
                let deed = deed(entry.deed, language);
                let words = words(entry, language);
                let By { who, at } = &entry.by;
                writeln!(out, "{}\t{at}\t{who}\t{deed}\t{words}", entry.seq)?;
            }
        }
        InfoFormat::Json => {
            let mut all = Vec::new();
            for entry in &entries {
                let changes = workbook.changes(entry.seq).map_err(data(language))?;
                let record = |text: Option<&str>| -> serde_json::Value {
                    text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
                };
                let changes: Vec<serde_json::Value> = changes
                    .iter()
                    .map(|change| {
                        json!({
                            "table": change.table.name(),
                            "key": change.key,
                            "before": record(change.before.as_deref()),
                            "after": record(change.after.as_deref()),
                        })
                    })
                    .collect();
                let (deed, of) = entry.deed.key();
                all.push(json!({
                    "seq": entry.seq,
                    "deed": deed,
                    "of": of,
                    "who": entry.by.who,
                    "at": entry.by.at,
                    "words_zh": entry.words.zh,
                    "words_en": entry.words.en,
                    "changes": changes,
                }));
            }
            print_json(&all.into(), out)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn words(entry: &Entry, language: Language) -> String {
    language.pick(&entry.words.zh, &entry.words.en).to_owned()
}

fn deed(deed: Deed, language: Language) -> String {
    match deed {
        Deed::Made => tr!(language, "book.deed.made"),
        Deed::Did => tr!(language, "book.deed.did"),
        Deed::Undid(seq) => tr!(language, "book.deed.undid", seq = seq),
        Deed::Redid(seq) => tr!(language, "book.deed.redid", seq = seq),
        Deed::Restored(seq) => tr!(language, "book.deed.restored", seq = seq),
    }
}

/// How many projects and places a book has that have something set by hand.
pub fn set_by_hand(book: &Book) -> usize {
    let hands: std::collections::BTreeSet<String> = book
        .all::<PlaceRecord>()
        .0
        .into_iter()
        .filter(|place| place.by_hand.is_some())
        .flat_map(|place| place.project_ids)
        .collect();
    let set = |own: &ProjectRecord| {
        let by_hand = |later: &Later| !own.is_of_row(later);
        own.fields.values().any(|field| field.later.as_ref().is_some_and(by_hand))
            || hands.contains(&own.id)
    };
    book.all::<ProjectRecord>().0.iter().filter(|own| set(own)).count()
}
