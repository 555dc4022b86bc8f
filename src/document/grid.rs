//! Tables as files have them: words in cells.

use std::collections::HashMap;

/// A sheet of a workbook, or a table of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// What its file calls it; what stands over it, or its number, where the file has no names.
    pub name: String,
    /// The rows that hold something, in their order.
    pub rows: Vec<GridRow>,
    /// Cells that were made one.
    pub spans: Vec<CellSpan>,
}

/// A row of a grid.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GridRow {
    /// From 1, as its program numbers it.
    pub number: u32,
    /// From the first column on; empty where nothing stands.
    pub cells: Vec<String>,
}

/// Cells that were made one: its words stand in the first of them. Rows count from 1, columns from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellSpan {
    pub first_row: u32,
    pub last_row: u32,
    pub first_column: usize,
    pub last_column: usize,
}

/// Where the words of covered cells stand, by row and column.
pub(super) type Covered = HashMap<(u32, usize), (u32, usize)>;

impl Grid {
    /// The cells that are covered by another one, with the place of that.
    pub(super) fn covered(&self) -> Covered {
        /// More than that is no table that somebody made.
        const MOST: usize = 1_000_000;
        let mut covered = Covered::new();
        // Spans that cover the same cells take their time all the same.
        let mut steps = 0_usize;
        for span in &self.spans {
            let from = self.rows.partition_point(|row| row.number < span.first_row);
            let rows = self.rows.iter().skip(from);
            for row in rows.take_while(|row| row.number <= span.last_row) {
                for column in span.first_column..=span.last_column.min(span.first_column + 255) {
                    steps += 1;
                    if steps > MOST {
                        return covered;
                    }
                    let anchor = (span.first_row, span.first_column);
                    if (row.number, column) != anchor {
                        covered.insert((row.number, column), anchor);
                    }
                }
            }
        }
        covered
    }

    /// What stands in a cell of a row by its number.
    pub(super) fn words(&self, row: u32, column: usize) -> &str {
        let at = self.rows.binary_search_by_key(&row, |own| own.number).ok();
        at.and_then(|at| self.rows.get(at)).map_or("", |own| own.cell(column))
    }
}

impl GridRow {
    /// What stands in a column, without blanks around it.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |words| words.trim())
    }

    /// The columns that hold something, with their words.
    pub fn filled(&self) -> impl Iterator<Item = (usize, &str)> {
        let cells = self.cells.iter().map(|words| words.trim()).enumerate();
        cells.filter(|(_, words)| !words.is_empty())
    }
}

/// A cell as spreadsheets name it; rows count from 1, columns from 0.
///
/// ```
/// use jintu::document::cell_name;
///
/// assert_eq!(cell_name(12, 5), "F12");
/// assert_eq!(cell_name(3, 27), "AB3");
/// ```
pub fn cell_name(row: u32, column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.extend(('A'..='Z').nth(rest % 26));
        rest /= 26;
    }
    letters.iter().rev().collect::<String>() + &row.to_string()
}
