//! `jintu new`: a workbook of a plan, of a table of projects, or of both.

use std::{io::Write, path::Path, process::ExitCode, sync::atomic::AtomicBool};

use super::{
    CliError,
    book::{by, data},
    complain,
};
use crate::{
    app::{Language, Tell, echo, table_words},
    book::{Table, Words},
    catalogue::{
        edit::TableTaken,
        lower::{Base, NewBook},
    },
    jobs::{book::base, lists_projects, paper_words},
    store::{
        self,
        book::{Making, Plan, Workbook},
    },
    tr,
};

/// What a workbook is made of: at least one of them.
pub struct From<'a> {
    pub plan: Option<&'a Path>,
    pub table: Option<&'a Path>,
}

/// Makes a workbook.
pub fn new(
    path: &Path,
    from: &From<'_>,
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
        return Err(CliError::Usage(tr!(language, "book.city", code = echo(code))));
    }
    if let Some(code) = city
        && let Err(near) = Base::check_city(code, &store::SEEDS)
    {
        let near = near.iter().map(|own| format!("{} {}", own.code, own.name.get(language)));
        let near = near.collect::<Vec<_>>().join(", ");
        return Err(CliError::Usage(tr!(language, "book.no_city", code = code, near = near)));
    }
    let cancel = AtomicBool::new(false);
    let failed = |e: &dyn Tell| CliError::Data(e.tell(language));
    let paper = from.plan.map(|plan| store::papers::read(plan, &cancel)).transpose();
    let paper = paper.map_err(|e| failed(&e))?;
    for finding in paper.iter().flat_map(|paper| &paper.findings) {
        complain(&paper_words(finding, language));
    }
    // What a plan lists in tables of its own is read as such.
    let own = from.plan.filter(|_| paper.as_ref().is_some_and(lists_projects));
    let table = from.table.or(own);
    let made = match (from.plan, table) {
        (_, None) => "book.made",
        (None, Some(_)) => "book.made_of_table",
        (Some(_), Some(_)) => "book.made_of_both",
    };
    let table = table.map(|table| store::tables::read(table, &cancel)).transpose();
    let table = table.map_err(|e| failed(&e))?;
    let name = from.plan.and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    let words = Words { zh: tr!(Language::Chinese, made), en: tr!(Language::English, made) };
    let making = Making { path, city, overwrite, by: by(), words };
    // A document that is a table and says nothing else is no plan.
    let paper = paper.filter(|paper| own.is_none() || !paper.text.is_empty());
    let plan = paper.as_ref().map(|paper| Plan { bytes: &paper.text, name: &name });
    let (made, taken) = match (plan, &table) {
        (plan, Some(table)) => {
            let made = Workbook::create_of_table(&making, plan, table, &store::SEEDS, &base());
            let (made, taken) = made.map_err(data(language))?;
            (made, Some(taken))
        }
        (Some(plan), None) => {
            let made = Workbook::create(&making, plan, &store::SEEDS, &base());
            (made.map_err(data(language))?, None)
        }
        (None, None) => return Err(CliError::Usage(tr!(language, "book.of_nothing"))),
    };
    tell(&made, path, language, out)?;
    if let (Some(taken), Some(table)) = (taken, &table) {
        tell_table(&taken, language, out)?;
        for line in table_words::left_out(&table.table, language) {
            complain(&line);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn tell(
    made: &NewBook,
    path: &Path,
    language: Language,
    out: &mut impl Write,
) -> Result<(), CliError> {
    for finding in &made.diagnostics {
        if finding.severity == crate::diagnostics::Severity::Error {
            complain(finding.message.get(language));
        }
    }
    let projects = made.book.count(Table::Projects);
    let places = made.book.count(Table::Places);
    let path = path.display();
    let told = tr!(language, "book.created", path = path, projects = projects, places = places);
    writeln!(out, "{told}")?;
    if projects == 0 {
        complain(&tr!(language, "book.nothing_found"));
    }
    Ok(())
}

/// What came of the rows of a table; works that may be the same are named.
fn tell_table(
    taken: &TableTaken,
    language: Language,
    out: &mut impl Write,
) -> Result<(), CliError> {
    let (added, beside) = (taken.added.len(), taken.beside.len());
    writeln!(out, "{}", tr!(language, "table.taken", added = added, beside = beside))?;
    for own in &taken.unsure {
        writeln!(out, "{}", table_words::unsure(own, language))?;
    }
    Ok(())
}
