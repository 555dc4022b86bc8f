//! The tables of a document as grids, each with the lines that stand right above it.

use std::{collections::BTreeMap, sync::atomic::AtomicBool};

use super::{
    PaperFault,
    block::{Block, Table},
    body,
};
use crate::document::{CellSpan, Grid, GridRow, project_table::ProjectTable};

/// Lines above a table that may be its title or name its unit.
const LINES_ABOVE: usize = 3;

/// The tables of a document; true where it is damaged, and what stands before the damage was read.
/// A table that follows another with nothing between, or only 续表, goes on with it.
///
/// # Errors
/// What is no document, is encrypted, or grows out of all proportion.
pub fn tables(bytes: &[u8], cancel: &AtomicBool) -> Result<(Vec<Grid>, bool), PaperFault> {
    let (blocks, is_damaged) = body(bytes, cancel)?;
    let mut grids: Vec<Grid> = Vec::new();
    let mut above: Vec<&str> = Vec::new();
    let mut follows = false;
    for block in &blocks {
        match block {
            Block::Paragraph(own) => {
                let words = own.text.trim();
                if !(words.is_empty() || follows && goes_on(words)) {
                    above.push(words);
                    follows = false;
                }
            }
            Block::Table(table) => {
                if follows && let Some(last) = grids.last_mut() {
                    put(table, last);
                } else {
                    let from = above.len().saturating_sub(LINES_ABOVE);
                    let lines = above.iter().skip(from);
                    // Rows of the table count from 1.
                    let line = |words: &&str| GridRow { number: 0, cells: vec![(*words).into()] };
                    let name = (grids.len() + 1).to_string();
                    let mut grid = Grid { name, rows: lines.map(line).collect(), spans: vec![] };
                    put(table, &mut grid);
                    grids.push(grid);
                }
                above.clear();
                follows = true;
            }
        }
    }
    Ok((grids, is_damaged))
}

/// How many projects a table lists; none where it does not say what only projects have.
pub fn projects_in(table: &Table) -> usize {
    let mut grid = Grid { name: String::new(), rows: Vec::new(), spans: Vec::new() };
    put(table, &mut grid);
    let read = ProjectTable::read(&[grid]);
    if read.is_certain() { read.len() } else { 0 }
}

/// Whether a line says that the table above it goes on: 续表, 续表1, 表1（续）.
pub fn goes_on(words: &str) -> bool {
    let own: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    let own = own.replace(['(', ')', '（', '）', ':', '：'], "");
    let rest = own.strip_prefix("续表").or_else(|| own.strip_suffix("续"));
    rest.is_some_and(|rest| {
        let number = rest.strip_prefix('表').unwrap_or(rest);
        number.chars().all(|c| c.is_ascii_digit() || "-.一二三四五六七八九十".contains(c))
    })
}

/// Puts the rows of a table behind those of a grid.
fn put(table: &Table, grid: &mut Grid) {
    let before = grid.rows.last().map_or(0, |row| row.number);
    // Where a cell begins that goes on below, by its column.
    let mut open: BTreeMap<usize, CellSpan> = BTreeMap::new();
    for (row, number) in table.rows.iter().zip(before + 1..) {
        let mut cells = Vec::new();
        for own in &row.cells {
            let column = cells.len();
            let last_column = column + own.span - 1;
            if own.is_continued
                && let Some(above) = open.get_mut(&column)
            {
                above.last_row = number;
                cells.push(String::new());
            } else {
                let span = CellSpan {
                    first_row: number,
                    last_row: number,
                    first_column: column,
                    last_column,
                };
                grid.spans.extend(open.insert(column, span).filter(is_several));
                cells.push(own.text());
            }
            cells.resize(last_column + 1, String::new());
        }
        grid.rows.push(GridRow { number, cells });
    }
    grid.spans.extend(open.into_values().filter(is_several));
}

const fn is_several(span: &CellSpan) -> bool {
    span.last_row > span.first_row || span.last_column > span.first_column
}
