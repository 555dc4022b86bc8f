//! Projects as CSV for Excel and as an aligned table for a terminal.

use crate::{
    app::{
        Language,
        table::{Column, Row},
        text,
    },
    catalogue::{Catalogue, Project, Totals},
    tr,
};

/// CSV with a byte order mark, so that Excel reads it as UTF-8. Amounts are bare numbers, 约 and
/// units stand in columns of their own.
///
/// # Errors
/// Never in practice: the writer fills memory.
pub fn csv(
    catalogue: &Catalogue,
    projects: &[&Project],
    language: Language,
) -> Result<Vec<u8>, csv::Error> {
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
            writer.write_record(record(catalogue, project, language))?;
        }
        writer.flush()?;
    }
    Ok(out)
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

/// Columns padded to one width, Hanzi counted as two.
pub fn terminal(rows: &[Row], totals: &Totals, language: Language) -> String {
    let headings = Column::ALL.map(|column| tr!(language, column.heading()));
    let mut widths = headings.each_ref().map(|heading| width(heading));
    for row in rows {
        for (widest, cell) in widths.iter_mut().zip(&row.cells) {
            *widest = (*widest).max(width(cell));
        }
    }
    let mut out = String::new();
    let mut line = |cells: &[String; 7]| {
        let mut text = String::new();
        for ((cell, widest), column) in cells.iter().zip(widths).zip(Column::ALL) {
            let padding = " ".repeat(widest.saturating_sub(width(cell)));
            let cell = if column.is_number() { padding + cell } else { cell.clone() + &padding };
            text.push_str(&cell);
            text.push_str("  ");
        }
        out.push_str(text.trim_end());
        out.push('\n');
    };
    line(&headings);
    for row in rows {
        line(&row.cells);
    }
    out.push_str(&text::totals(totals, language));
    out.push('\n');
    out
}

/// Columns a terminal uses.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c > '\u{2E7F}' { 2 } else { 1 }).sum()
}
