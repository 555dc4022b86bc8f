//! Projects as CSV for Excel and as an aligned table for a terminal.

use crate::{
    app::{
        Language,
        table::{Column, Row},
        table_words, text,
    },
    catalogue::{Catalogue, Filter, Project, ProjectOrigin, SetValue, Totals, edit},
    layer::formula,
    tr,
};

/// A table as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvTable {
    pub bytes: Vec<u8>,
    /// Texts that a spreadsheet would have run as formulas: an apostrophe stands before them.
    pub neutralised: usize,
}

/// CSV with a byte order mark, so that Excel reads it as UTF-8. Amounts are bare numbers, 约 and
/// units stand in columns of their own. No text can become a formula.
///
/// # Errors
/// Never in practice: the writer fills memory.
pub fn csv(
    catalogue: &Catalogue,
    projects: &[&Project],
    language: Language,
) -> Result<CsvTable, csv::Error> {
    let mut neutralised = 0;
    let mut out = vec![0xEF, 0xBB, 0xBF];
    {
        let mut writer =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut out);
        writer.write_record(COLUMNS.map(|key| tr!(language, format!("csv.{key}"))))?;
        for project in projects {
            writer.write_record(cells(catalogue, project, language).map(|cell| match cell {
                Cell::Number(n) => text::exact_number(n),
                Cell::Text(text) => {
                    let safe = formula::neutral(&text);
                    neutralised += usize::from(safe != text.as_str());
                    safe.into_owned()
                }
            }))?;
        }
        writer.flush()?;
    }
    Ok(CsvTable { bytes: out, neutralised })
}

/// What a column tells of a project.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Empty where nothing is known.
    Text(String),
    Number(f64),
}

/// The columns of tables that leave the program; their heads are the locale's `csv.KEY`.
pub const COLUMNS: [&str; 20] = [
    "id",
    "name",
    "short_name",
    "kind",
    "status",
    "regions",
    "tasks",
    "counties",
    "investment_yi",
    "approx_flag",
    "length_drawn",
    "length_stated",
    "accuracy",
    "location",
    "words",
    "period",
    "organisations",
    "note",
    "origin",
    "changed",
];

/// A project's cells in the order of [`COLUMNS`].
pub fn cells(catalogue: &Catalogue, project: &Project, language: Language) -> [Cell; 20] {
    let number = |value: Option<f64>| value.map_or(Cell::Text(String::new()), Cell::Number);
    let joined = |list: Vec<&str>| list.join("; ");
    [
        Cell::Text(project.id.clone()),
        Cell::Text(project.name.get(language).to_owned()),
        Cell::Text(project.short_name.get(language).to_owned()),
        Cell::Text(
            catalogue
                .kind(&project.kind)
                .map(|k| k.name.get(language).to_owned())
                .unwrap_or_default(),
        ),
        Cell::Text(text::status(project.status, language)),
        Cell::Text(joined(
            project
                .regions
                .iter()
                .filter_map(|key| catalogue.region(key))
                .map(|r| r.name.get(language))
                .collect(),
        )),
        Cell::Text(joined(project.tasks.iter().map(String::as_str).collect())),
        Cell::Text(counties(catalogue, project, language)),
        number(project.investment.map(|i| i.yi)),
        Cell::Text(
            project
                .investment
                .filter(|i| i.approx)
                .map(|_| tr!(language, "approx_word"))
                .unwrap_or_default(),
        ),
        number(project.length_km.map(rounded)),
        number(project.stated_length_km),
        Cell::Text(text::accuracy(project.accuracy, language)),
        Cell::Text(
            project
                .unlocated
                .as_ref()
                .map(|why| why.reason.get(language).to_owned())
                .unwrap_or_default(),
        ),
        Cell::Text(words(catalogue, project)),
        Cell::Text(project.period.clone().unwrap_or_default()),
        Cell::Text(joined(project.organisations.iter().map(String::as_str).collect())),
        Cell::Text(note(project, language)),
        Cell::Text(origin(project, language)),
        Cell::Text(changed(project, language)),
    ]
}

/// A drawn length, in hundredths of a kilometre.
fn rounded(km: f64) -> f64 {
    (km * 100.0).round() / 100.0
}

/// The words that it comes from: the plan's, or those of its row, cell by cell.
fn words(catalogue: &Catalogue, project: &Project) -> String {
    let own = catalogue.plan.text.slice(project.words);
    let Some(row) = project.rows.first().filter(|_| own.is_empty()) else { return own.to_owned() };
    let cells = row.cells.iter().filter(|cell| !cell.words.is_empty());
    let cells = cells.map(|cell| format!("{}：{}", cell.head.replace('\n', ""), cell.words));
    cells.collect::<Vec<_>>().join("\n")
}

fn note(project: &Project, language: Language) -> String {
    project.note.as_ref().map(|note| note.get(language).to_owned()).unwrap_or_default()
}

/// Where it comes from; of a row which.
fn origin(project: &Project, language: Language) -> String {
    match (project.origin, project.rows.first()) {
        (ProjectOrigin::Plan, _) => tr!(language, "csv.of_plan"),
        (ProjectOrigin::Table, Some(row)) => {
            table_words::place(&row.file, &row.sheet, row.row, language)
        }
        (ProjectOrigin::Table, None) => String::new(),
        (ProjectOrigin::Hand, _) => tr!(language, "csv.of_hand"),
    }
}

/// What was set later beside what is stated, each with what it rests on.
fn changed(project: &Project, language: Language) -> String {
    let one = |set: &SetValue| {
        let field = edit::field(&set.field);
        let name = field.map_or(set.field.as_str(), |own| language.pick(own.zh, own.en));
        let ground = if set.source.is_empty() { &set.who } else { &set.source };
        tr!(language, "csv.changed_one", field = name, ground = ground)
    };
    project.set.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn counties(catalogue: &Catalogue, project: &Project, language: Language) -> String {
    let told = project.counties.iter().map(|share| {
        let name = text::county(catalogue, &share.code, &share.name, language);
        match share.length_km {
            Some(km) => format!("{name} {km:.1} km"),
            None => name.to_owned(),
        }
    });
    told.collect::<Vec<_>>().join("; ")
}

/// The usual columns padded to one width, Hanzi counted as two; with the distance where the filter looks
/// around something.
pub fn terminal(rows: &[Row], filter: &Filter, totals: &Totals, language: Language) -> String {
    let mut columns = Column::USUAL.to_vec();
    if filter.looks_around() {
        columns.push(Column::Distance);
    }
    let headings: Vec<String> =
        columns.iter().map(|column| tr!(language, column.heading())).collect();
    let widest = |(column, heading): (&Column, &String)| {
        let cells = rows.iter().map(|row| width(row.cell(*column)));
        cells.fold(width(heading), usize::max)
    };
    let widths: Vec<usize> = columns.iter().zip(&headings).map(widest).collect();
    let mut out = String::new();
    let mut line = |cells: &[&str]| {
        let mut text = String::new();
        for ((cell, widest), column) in cells.iter().zip(&widths).zip(&columns) {
            let padding = " ".repeat(widest.saturating_sub(width(cell)));
            let (before, after) =
                if column.is_number() { (padding.as_str(), "") } else { ("", padding.as_str()) };
            text.extend([before, cell, after, "  "]);
        }
        out.push_str(text.trim_end());
        out.push('\n');
    };
    line(&headings.iter().map(String::as_str).collect::<Vec<_>>());
    for row in rows {
        line(&columns.iter().map(|column| row.cell(*column)).collect::<Vec<_>>());
    }
    out.push_str(&text::totals(totals, language));
    out.push('\n');
    out
}

/// Columns a terminal uses.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c > '\u{2E7F}' { 2 } else { 1 }).sum()
}
