//! What is told of a table of projects: its columns, what becomes of its rows, what is left out.

use std::collections::BTreeMap;

use super::Language;
use crate::{
    catalogue::edit::Unsure,
    document::project_table::{LeftOut, LeftOutCause, Meaning, ProjectTable, SheetOfProjects},
    tr,
};

/// What is left out, one line for each cause with the rows it is about; what may be missed first.
pub fn left_out(table: &ProjectTable, language: Language) -> Vec<String> {
    let mut counts = table.counts();
    counts.sort_by_key(|(cause, _)| (!cause.is_loss(), *cause));
    let line = |(cause, n): (LeftOutCause, usize)| {
        let rows = rows(table.left_out.iter().filter(|own| own.cause == cause), language);
        tr!(language, format!("table_left.{}", cause.key()), n = n, rows = rows)
    };
    counts.into_iter().map(line).collect()
}

/// The rows by their sheets: `一：5、12；二：7`.
fn rows<'a>(left: impl Iterator<Item = &'a LeftOut>, language: Language) -> String {
    /// More are counted only.
    const MOST: usize = 12;
    let mut by_sheet: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    let mut count = 0_usize;
    for own in left {
        count += 1;
        let rows = by_sheet.entry(own.sheet.as_str()).or_default();
        if count <= MOST {
            rows.extend(own.row);
        }
    }
    let sheets = by_sheet.iter().map(|(sheet, rows)| {
        let is_one = rows.len() == 1;
        let numbers: Vec<String> = rows.iter().map(ToString::to_string).collect();
        let numbers = numbers.join(language.pick("、", ", "));
        match (sheet.is_empty(), rows.is_empty()) {
            (_, true) => (*sheet).to_owned(),
            (true, false) => {
                let key = if is_one { "table_left.row" } else { "table_left.rows" };
                tr!(language, key, rows = numbers)
            }
            (false, false) => {
                let key = if is_one { "table_left.row_of" } else { "table_left.rows_of" };
                tr!(language, key, sheet = sheet, rows = numbers)
            }
        }
    });
    let sheets: Vec<String> = sheets.filter(|words| !words.is_empty()).collect();
    let all = sheets.join(language.pick("；", "; "));
    if count > MOST { format!("{all} …") } else { all }
}

/// Where a row stands: `表 重点项目.xlsx，Sheet1 行 12`; a file of separated values has no sheet.
pub fn place(file: &str, sheet: &str, row: u32, language: Language) -> String {
    if sheet.is_empty() {
        return tr!(language, "card.table_row", file = file, row = row);
    }
    tr!(language, "card.table_row_of", file = file, sheet = sheet, row = row)
}

/// A new work that may be one that is there already.
pub fn unsure(own: &Unsure, language: Language) -> String {
    let Unsure { id, name, like, like_name, row, .. } = own;
    tr!(
        language,
        "table.unsure",
        id = id,
        name = name,
        row = row,
        like = like,
        like_name = like_name
    )
}

/// What is called a meaning.
pub fn meaning(own: Meaning, language: Language) -> String {
    tr!(language, format!("table_column.{}", own.key()))
}

/// The columns of a sheet that were understood: what each means and how it is headed.
pub fn columns(sheet: &SheetOfProjects, language: Language) -> Vec<(String, String)> {
    let known = sheet.columns.iter().filter_map(|own| Some((own.meaning?, &own.head)));
    known.map(|(own, head)| (meaning(own, language), head.replace('\n', ""))).collect()
}

/// The heads of the columns that are kept as words only.
pub fn other_columns(sheet: &SheetOfProjects) -> Vec<String> {
    let other = sheet.columns.iter().filter(|own| own.meaning.is_none());
    other.map(|own| own.head.replace('\n', "")).collect()
}
