//! Projects as CSV for Excel and as an aligned table for a terminal.

use crate::{
    app::{
        Language,
        table::{Column, Row},
        text,
    },
    catalogue::{Catalogue, Filter, Project, Totals},
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
        let keys = [
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
        ];
        writer.write_record(keys.map(|key| tr!(language, format!("csv.{key}"))))?;
        for project in projects {
            writer.write_record(record(catalogue, project, language).map(|cell| {
                let harmless = harmless(cell);
                neutralised += usize::from(harmless.1);
                harmless.0
            }))?;
        }
        writer.flush()?;
    }
    Ok(CsvTable { bytes: out, neutralised })
}

/// A text that no spreadsheet takes for a formula, and whether it had to be changed: those that begin
/// with `=`, `+`, `-`, `@`, a tab or a line's end get an apostrophe before them. Numbers stay numbers.
///
/// ```
/// use jintu::report::table::harmless;
///
/// assert_eq!(harmless("=1+2".into()), ("'=1+2".into(), true));
/// assert_eq!(harmless("-1.5".into()), ("-1.5".into(), false));
/// assert_eq!(harmless("太原南站".into()), ("太原南站".into(), false));
/// ```
pub fn harmless(text: String) -> (String, bool) {
    // Excel takes the full-width signs, too, where its language is an eastern one.
    let signs = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    let is_number = || {
        let digits = text.strip_prefix('-').unwrap_or(&text);
        digits.starts_with(|c: char| c.is_ascii_digit()) && text.parse::<f64>().is_ok()
    };
    if text.starts_with(signs) && !is_number() { (format!("'{text}"), true) } else { (text, false) }
}

fn record(catalogue: &Catalogue, project: &Project, language: Language) -> [String; 15] {
    let number = |value: Option<f64>| value.map(text::plain_number).unwrap_or_default();
    let joined = |list: Vec<&str>| list.join("; ");
    [
        project.id.clone(),
        project.name.get(language).to_owned(),
        project.short_name.get(language).to_owned(),
        catalogue.kind(&project.kind).map(|k| k.name.get(language).to_owned()).unwrap_or_default(),
        text::status(project.status, language),
        joined(
            project
                .regions
                .iter()
                .filter_map(|key| catalogue.region(key))
                .map(|r| r.name.get(language))
                .collect(),
        ),
        joined(project.tasks.iter().map(String::as_str).collect()),
        project
            .counties
            .iter()
            .map(|share| {
                let name = text::county(catalogue, &share.code, &share.name, language);
                match share.length_km {
                    Some(km) => format!("{name} {km:.1} km"),
                    None => name.to_owned(),
                }
            })
            .collect::<Vec<_>>()
            .join("; "),
        number(project.investment.map(|i| i.yi)),
        project
            .investment
            .filter(|i| i.approx)
            .map(|_| tr!(language, "approx_word"))
            .unwrap_or_default(),
        number(project.length_km),
        number(project.stated_length_km),
        text::accuracy(project.accuracy, language),
        project
            .unlocated
            .as_ref()
            .map(|why| why.reason.get(language).to_owned())
            .unwrap_or_default(),
        catalogue.plan.text.slice(project.words).to_owned(),
    ]
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
