//! What of a row tells what it is.

use super::{
    FoundColumn, Meaning, TableCell,
    columns::has_content,
    head::Head,
    numbering,
    signs::is_count,
    words::{self, is_formula},
};
use crate::document::{GridRow, grid::Covered};

/// The telling parts of a row.
pub struct Parts<'r> {
    pub number: &'r str,
    pub name: &'r str,
    /// Cells of what only projects have.
    pub details: usize,
    /// Cells that hold something.
    pub count: usize,
    /// It has more details than groups and sums have.
    pub has_details: bool,
}

impl<'r> Parts<'r> {
    pub fn of(row: &'r GridRow, head: &Head, covered: &Covered) -> Self {
        let at = |meaning| head.column(meaning).map_or("", |column| row.cell(column));
        let is_detail = |(column, words): &(usize, &str)| {
            let own = head.columns.iter().find(|own| own.column == *column);
            let is_own = own.and_then(|own| own.meaning).is_some_and(Meaning::is_detail);
            is_own && !is_count(words) && !words::is_nothing(words)
        };
        let mut own = Self {
            number: at(Meaning::Number),
            name: at(Meaning::Name),
            details: row.filled().filter(is_detail).count(),
            count: row.filled().count(),
            has_details: false,
        };
        // Words over the whole width stand in the first cell, whatever its column is for.
        let first = row.filled().next();
        if let Some((column, words)) = first.filter(|_| own.count == 1)
            && own.name.is_empty()
            && own.number.is_empty()
            && covered.get(&(row.number, column + 1)) == Some(&(row.number, column))
        {
            own.name = words;
            own.details = 0;
        }
        own.has_details = own.details >= if head.details() <= 2 { 1 } else { 2 };
        own
    }

    /// Whether a row counts the columns: 1 2 3, or 甲 乙 1 2.
    pub fn is_column_numbers(&self, row: &GridRow) -> bool {
        let signs = ["甲", "乙", "丙", "丁", "栏次"];
        let is_one = |words: &str| {
            signs.contains(&words) || words.len() <= 2 && words.bytes().all(|b| b.is_ascii_digit())
        };
        self.count >= 3 && row.filled().all(|(_, words)| is_one(words))
    }
}

pub fn cell(own: &FoundColumn, words: &str, row: u32) -> TableCell {
    let head = own.head.split_whitespace().collect::<Vec<_>>().join(" ");
    TableCell { head, meaning: own.meaning, words: words.to_owned(), row, column: own.column }
}

/// Whether a cell that says when holds the number of a day, from 1982 to 2064, as spreadsheets count
/// them: the cell had lost that it is a date.
pub fn is_day_number(cell: &TableCell) -> bool {
    matches!(cell.meaning, Some(Meaning::Period | Meaning::Start | Meaning::End))
        && cell.words.parse::<u32>().is_ok_and(|day| (30_000..60_000).contains(&day))
}

/// The name of a project, without its number, and without the content that may stand behind it;
/// empty where a formula should have told it.
pub fn project_name(words: &str, head: &Head) -> String {
    if is_formula(words) {
        return String::new();
    }
    let column = head.columns.iter().find(|own| own.meaning == Some(Meaning::Name));
    let mut own = words;
    if column.is_some_and(|column| has_content(&column.head)) {
        let end = own.find(['：', ':', '。', '\n']).filter(|end| *end > 0);
        own = own.get(..end.unwrap_or(own.len())).unwrap_or(own);
    }
    let name = words::name(own);
    if head.column(Meaning::Number).is_some() {
        return name;
    }
    match numbering::of(&name) {
        Some((_, rest)) if !rest.is_empty() => {
            // The words as they are, from where the rest begins.
            let kept = rest.chars().count();
            let all = name.chars().filter(|c| !c.is_whitespace()).count();
            name.chars().skip(all.saturating_sub(kept)).collect::<String>().trim().to_owned()
        }
        _ => name,
    }
}
