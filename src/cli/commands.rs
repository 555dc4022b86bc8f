//! Commands that print.

use std::{io::Write, process::ExitCode};

use serde_json::Value;

use super::{
    CliError, book_args::SourceArgs, complain, filter_args::FilterArgs, list_format::Format,
};
use crate::{
    app::{Language, News, Sort, Tell, counts, table, text},
    catalogue::{
        Catalogue, CountyMoney, Facet, FacetTotals, Filter, Project,
        lower::{Lowered, UNREADABLE},
    },
    diagnostics::{Diagnostic, Location, Severity, has_errors},
    jobs::{read_book, read_plan},
    report::{self, TableError},
    tr,
};

/// Reads the embedded plan, another one or a workbook.
pub fn load(of: &SourceArgs, language: Language) -> Result<Lowered, CliError> {
    match &of.book {
        Some(book) => read_book(book).map_err(|e| CliError::Data(e.tell(language))),
        None => read_plan(of.plan.as_deref()).map_err(|e| CliError::Data(e.tell(language))),
    }
}

/// A plan that holds nothing ends a command or the start of the window; `check` tells the details.
pub fn usable(of: &SourceArgs, language: Language) -> Result<Lowered, CliError> {
    let lowered = load(of, language)?;
    if of.book.is_some() {
        tell_unread(&lowered.diagnostics, of, language);
    }
    let broken = lowered.diagnostics.iter().find(|d| d.severity == Severity::Error);
    match broken {
        Some(finding) if lowered.catalogue.projects.is_empty() => {
            Err(CliError::Data(describe(finding, of, language)))
        }
        _ => Ok(lowered),
    }
}

/// What of a workbook could not be read is missing in everything that a command tells.
fn tell_unread(found: &[Diagnostic], of: &SourceArgs, language: Language) {
    /// More are counted.
    const MOST: usize = 5;
    let unread: Vec<&Diagnostic> = found.iter().filter(|own| own.code == UNREADABLE).collect();
    for finding in unread.iter().take(MOST) {
        complain(&describe(finding, of, language));
    }
    if let Some(more) = unread.len().checked_sub(MOST).filter(|more| *more > 0) {
        complain(&tr!(language, "book.more_unread", n = more));
    }
}

/// The catalogue of a usable plan.
pub fn load_usable(of: &SourceArgs, language: Language) -> Result<Catalogue, CliError> {
    usable(of, language).map(|lowered| lowered.catalogue)
}

pub fn list(
    args: &FilterArgs,
    format: Format,
    language: Language,
    out: &mut impl Write,
) -> Result<ExitCode, CliError> {
    if !format.is_printed() {
        return Err(CliError::Usage(tr!(language, "cli.needs_output")));
    }
    let catalogue = load_usable(&args.of, language)?;
    let filter = args.filter(&catalogue, language)?;
    let shown = filter.apply(&catalogue);
    print(&catalogue, &filter, &shown, format, language, out)?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn print(
    catalogue: &Catalogue,
    filter: &Filter,
    shown: &[usize],
    format: Format,
    language: Language,
    out: &mut impl Write,
) -> Result<(), CliError> {
    let projects: Vec<&Project> = shown.iter().filter_map(|&i| catalogue.project_at(i)).collect();
    match format {
        Format::Json => print_json(&report::json::array(catalogue, projects), out),
        Format::Geojson => print_json(&report::geojson::collection(catalogue, projects), out),
        Format::Csv => {
            let csv = report::table::csv(catalogue, &projects, language)
                .map_err(|e| CliError::Data(TableError::from(e).tell(language)))?;
            out.write_all(&csv.bytes)?;
            if csv.neutralised > 0 {
                complain(&News::FormulasKeptOut(csv.neutralised).tell(language));
            }
            Ok(())
        }
        Format::Xlsx
        | Format::Gpkg
        | Format::Fgb
        | Format::Shp
        | Format::Kml
        | Format::Kmz
        | Format::Dxf => Err(CliError::Usage(tr!(language, "cli.needs_output"))),
        Format::Table => {
            let rows = table::rows(catalogue, shown, filter, Sort::default(), language);
            let totals = catalogue.totals(shown.iter().copied());
            Ok(write!(out, "{}", report::table::terminal(&rows, filter, &totals, language))?)
        }
    }
}

pub(super) fn print_json(value: &Value, out: &mut impl Write) -> Result<(), CliError> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(|e| CliError::Output(e.into()))?;
    Ok(writeln!(out)?)
}

pub fn show(
    id: &str,
    of: &SourceArgs,
    format: Format,
    language: Language,
    out: &mut impl Write,
) -> Result<ExitCode, CliError> {
    let catalogue = load_usable(of, language)?;
    let position = catalogue
        .projects
        .iter()
        .position(|p| p.id.eq_ignore_ascii_case(id))
        .ok_or_else(|| CliError::Usage(tr!(language, "cli.no_project", id = id)))?;
    match format {
        Format::Json => {
            let projects = catalogue.projects.get(position);
            let object = projects.map(|p| Value::Object(report::json::project(&catalogue, p)));
            print_json(&object.unwrap_or_default(), out)?;
        }
        Format::Table => {
            if let Some(project) = catalogue.projects.get(position) {
                write!(out, "{}", text::card(&catalogue, project, language))?;
            }
        }
        other => print(&catalogue, &Filter::default(), &[position], other, language, out)?,
    }
    Ok(ExitCode::SUCCESS)
}

pub fn tasks(
    of: &SourceArgs,
    language: Language,
    out: &mut impl Write,
) -> Result<ExitCode, CliError> {
    let catalogue = load_usable(of, language)?;
    for task in catalogue.tasks() {
        let indent = "  ".repeat(task.depth);
        let count = catalogue.totals(task.projects.iter().copied()).works;
        let title = task.title.get(language);
        writeln!(out, "{indent}{}  {title}  {count}", task.id)?;
    }
    Ok(ExitCode::SUCCESS)
}

pub fn regions(
    of: &SourceArgs,
    language: Language,
    out: &mut impl Write,
) -> Result<ExitCode, CliError> {
    let catalogue = load_usable(of, language)?;
    for region in &catalogue.regions {
        let members = positions(&catalogue, |p| p.regions.contains(&region.key));
        let totals = catalogue.totals(members);
        let name = region.name.get(language);
        writeln!(out, "{}  {name}  {}", region.key, text::totals(&totals, language))?;
    }
    writeln!(out)?;
    for county in catalogue.counties.iter() {
        let members = positions(&catalogue, |p| p.counties.iter().any(|c| c.code == county.code));
        if members.is_empty() && !county.in_city {
            continue;
        }
        let totals = catalogue.totals(members);
        let name = county.name.get(language);
        writeln!(out, "{}  {name}  {}", county.code, text::totals(&totals, language))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The counts of the panels, tab-separated.
pub fn counts(
    args: &FilterArgs,
    facets: &[Facet],
    by_length: bool,
    language: Language,
    out: &mut impl Write,
) -> Result<ExitCode, CliError> {
    let catalogue = load_usable(&args.of, language)?;
    let money = if by_length { CountyMoney::ByLength } else { CountyMoney::Whole };
    let counted = FacetTotals::of(&catalogue, &args.filter(&catalogue, language)?, money);
    let facets = if facets.is_empty() { &Facet::ALL } else { facets };
    write!(out, "{}", counts::tsv(&catalogue, &counted, facets, money, language))?;
    Ok(ExitCode::SUCCESS)
}

fn positions(catalogue: &Catalogue, keep: impl Fn(&Project) -> bool) -> Vec<usize> {
    catalogue.projects.iter().enumerate().filter(|(_, p)| keep(p)).map(|(i, _)| i).collect()
}

pub fn check(
    of: &SourceArgs,
    as_json: bool,
    language: Language,
    out: &mut impl Write,
) -> Result<ExitCode, CliError> {
    let lowered = load(of, language)?;
    if as_json {
        let value =
            serde_json::to_value(&lowered.diagnostics).map_err(|e| CliError::Output(e.into()))?;
        print_json(&value, out)?;
    } else {
        for finding in &lowered.diagnostics {
            writeln!(out, "{}", describe(finding, of, language))?;
        }
        let count =
            |severity| lowered.diagnostics.iter().filter(|d| d.severity == severity).count();
        let line = tr!(
            language,
            "check.summary",
            errors = count(Severity::Error),
            warnings = count(Severity::Warning),
            notes = count(Severity::Note),
            projects = lowered.catalogue.projects.len(),
        );
        writeln!(out, "{line}")?;
    }
    Ok(if has_errors(&lowered.diagnostics) { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// `plan.txt:12:3: error: …`, as compilers say it.
fn describe(finding: &Diagnostic, of: &SourceArgs, language: Language) -> String {
    let severity = tr!(
        language,
        format!(
            "severity.{}",
            match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "note",
            }
        )
    );
    let message = finding.message.get(language);
    let file = of.book.as_ref().or(of.plan.as_ref());
    let file = file.map_or_else(|| "plan.txt".to_owned(), |path| path.display().to_string());
    match &finding.location {
        Location::Plan { line, column, .. } => {
            format!("{file}:{line}:{column}: {severity}: {message}")
        }
        Location::Seed { file, .. } => format!("{file}: {severity}: {message}"),
        Location::Project { .. } => format!("{severity}: {message}"),
        Location::Whole => format!("{file}: {severity}: {message}"),
    }
}
