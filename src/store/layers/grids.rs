//! Sheets as they are, with the numbers of their rows and the cells that were made one: for tables
//! whose head is not the first row and whose rows are not all alike.

use std::{path::Path, sync::atomic::AtomicBool};

use super::{
    Fault, LayerError, OpenOptions, Sink, Source, format_of,
    guarded::guarded,
    plain_table::{BOOKS, text},
    refused,
};
use crate::{
    document::{CellSpan, Grid, GridRow},
    layer::Value,
};

/// Cells that are read of a file.
const MOST_CELLS: usize = 5_000_000;
/// Bytes of words that are read of a file.
const MOST_BYTES: usize = 256 << 20;

/// The sheets of a file while they are read.
#[derive(Debug, Default)]
pub struct Grids {
    pub grids: Vec<Grid>,
    /// Names of sheets that are hidden; they are not read.
    pub hidden: Vec<String>,
    /// Sheets that could not be read, or not to their end, and why.
    pub broken: Vec<String>,
    open: Grid,
    cells: usize,
    bytes: usize,
}

impl Grids {
    /// Of grids that are there.
    pub fn of(grids: Vec<Grid>) -> Self {
        Self { grids, ..Self::default() }
    }

    /// Takes a row by its number, from 1; false where no more are wanted.
    pub(super) fn push<'a>(&mut self, number: u32, cells: impl Iterator<Item = Value<'a>>) -> bool {
        let cells: Vec<String> = cells.map(words).collect();
        self.cells += cells.len();
        self.bytes += cells.iter().map(String::len).sum::<usize>();
        if self.is_too_large() {
            return false;
        }
        if cells.iter().any(|words| !words.trim().is_empty()) {
            self.open.rows.push(GridRow { number, cells });
        }
        true
    }

    /// Cells that were made one: their first and last row and column, from 0.
    pub(super) fn span(&mut self, first: (u32, u32), last: (u32, u32)) {
        /// More is no table that somebody made.
        const MOST: usize = 500_000;
        let column = |column: u32| usize::try_from(column).unwrap_or(usize::MAX);
        if first == last || self.open.spans.len() >= MOST {
            return;
        }
        self.open.spans.push(CellSpan {
            first_row: first.0.saturating_add(1),
            last_row: last.0.saturating_add(1),
            first_column: column(first.1),
            last_column: column(last.1),
        });
    }

    /// A sheet has ended.
    pub(super) fn end_sheet(&mut self, name: &str) {
        let mut own = std::mem::take(&mut self.open);
        if !own.rows.is_empty() {
            name.clone_into(&mut own.name);
            self.grids.push(own);
        }
    }

    const fn is_too_large(&self) -> bool {
        self.cells > MOST_CELLS || self.bytes > MOST_BYTES
    }
}

/// What a cell says, as it is read.
fn words(value: Value<'_>) -> String {
    match value {
        Value::Missing => String::new(),
        Value::Text(text) => text.to_owned(),
        Value::Bool(is_true) => if is_true { "是" } else { "否" }.to_owned(),
        Value::Integer(number) => number.to_string(),
        // Sums of formulas come with the noise of binary fractions.
        Value::Number(number) => {
            let short = number.to_string();
            if short.len() < 14 {
                return short;
            }
            let rounded = format!("{number:.6}");
            rounded.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
    }
}

/// Reads the sheets of a workbook, or a text of separated values.
///
/// # Errors
/// A file that is no table, cannot be read, or is too large.
pub fn read_grids(path: &Path, cancel: &AtomicBool) -> Result<Grids, LayerError> {
    let options = OpenOptions::default();
    let source = Source::new(path, &options)?;
    if source.start.is_empty() && !source.is_folder {
        return Err(LayerError::Empty(path.to_owned()));
    }
    let nobody = &mut |_| {};
    let mut sink = Sink::new(&options, cancel, nobody);
    let mut grids = Grids::default();
    let name = if let Some(format) = format_of(&source).filter(|own| BOOKS.contains(&own.name)) {
        sink.grids = Some(&mut grids);
        // Readers of others may trust what a damaged file claims.
        let read = guarded(|| (format.read)(&source, &mut sink));
        read.unwrap_or_else(|_| Err(LayerError::Broke(path.to_owned())))?;
        format.name
    } else {
        if !source.is_text() || source.is_folder || source.is_markup_table() {
            refused::check(&source)?;
            return Err(LayerError::Unknown(path.to_owned()));
        }
        let mut number = 0;
        text::read(&source, &sink, &mut |row| {
            number += 1;
            grids.push(number, (0..row.len()).map(|column| Value::Text(row.get(column))))
        })?;
        grids.end_sheet("");
        "CSV"
    };
    if grids.is_too_large() {
        return Err(source.faulty(name, Fault::TooLarge));
    }
    if grids.grids.is_empty() {
        if let Some(why) = grids.broken.first() {
            return Err(source.damaged(name, why));
        }
        return Err(source.without_features(name));
    }
    Ok(grids)
}
