//! Commands that make and change workbooks. Each returns when the change is on disk.

use std::{io::Write, path::Path, process::ExitCode, sync::atomic::AtomicBool};

use serde_json::json;

use super::{
    CliError, args::InfoFormat, book_args::BookCommand, book_shape, commands::print_json, complain,
};
use crate::{
    app::{Language, Tell},
    book::{Action, Book, By, Deed, Entry, Mark, PlaceRecord, ProjectRecord, Table, Words},
    catalogue::{
        Accuracy,
        edit::{self, Refusal},
        lower::Base,
    },
    jobs::book::base,
    store::{
        self,
        book::{Access, BookError, Holder, Making, Plan, Workbook},
        clock,
    },
    tr,
};

/// Who works here, and when.
fn by() -> By {
    By { who: store::book::user(), at: clock::stamp() }
}

fn data(language: Language) -> impl Fn(BookError) -> CliError {
    move |e| CliError::Data(e.tell(language))
}

/// Runs a command about workbooks.
pub fn run(
    command: BookCommand,
    language: Language,
    out: &mut impl Write,
) -> Result<ExitCode, CliError> {
    match command {
        BookCommand::New { out: path, from_plan, city, overwrite } => {
            new(&path, &from_plan, city.as_deref(), overwrite, language, out)
        }
        BookCommand::Set { workbook, id, assignment, source } => {
            set(&workbook, &id, &assignment, &source, language)
        }
        BookCommand::Place { workbook, id, at, geometry, class, source } => {
            let shape = Shape { at: at.as_deref(), file: geometry.as_deref() };
            place(&workbook, &id, &shape, &class, &source, language)
        }
        BookCommand::Undo { workbook } => undo(&workbook, language, out),
        BookCommand::Log { workbook, format } => log(&workbook, format, language, out),
    }
}

/// Makes a workbook of a plan.
fn new(
    path: &Path,
    plan: &Path,
    city: Option<&str>,
    overwrite: bool,
    language: Language,
    out: &mut impl Write,
) -> Result<ExitCode, CliError> {
    let ending = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("jintu"));
    if !ending {
        return Err(CliError::Usage(tr!(language, "book.ending", path = path.display())));
    }
    if let Some(code) = city
        && !(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()))
    {
        return Err(CliError::Usage(tr!(language, "book.city", code = code)));
    }
    let paper = store::papers::read(plan, &AtomicBool::new(false));
    let bytes = paper.map_err(|e| CliError::Data(e.tell(language)))?.text;
    let name = plan.file_name().unwrap_or_default().to_string_lossy();
    let words =
        Words { zh: tr!(Language::Chinese, "book.made"), en: tr!(Language::English, "book.made") };
    let making = Making { path, city, overwrite, by: by(), words };
    let plan = Plan { bytes: &bytes, name: &name };
    let made = Workbook::create(&making, plan, &store::SEEDS, &base()).map_err(data(language))?;
    for finding in made.diagnostics {
        if finding.severity == crate::diagnostics::Severity::Error {
            complain(finding.message.get(language));
        }
    }
    let projects = made.book.count(Table::Projects);
    let places = made.book.count(Table::Places);
    let path = path.display();
    let told = tr!(language, "book.created", path = path, projects = projects, places = places);
    writeln!(out, "{told}")?;
    Ok(ExitCode::SUCCESS)
}

/// Opens a workbook to change it; one that can only be read is refused.
fn open(path: &Path, language: Language) -> Result<Workbook, CliError> {
    let access = Access::Write(Holder::own(clock::stamp()));
    let (workbook, _) = Workbook::open(path, &access, &base()).map_err(data(language))?;
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
    Ok(Mark { who, at, source: source.to_owned() })
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
        own.fields.values().any(|field| field.later.is_some()) || hands.contains(&own.id)
    };
    book.all::<ProjectRecord>().0.iter().filter(|own| set(own)).count()
}
