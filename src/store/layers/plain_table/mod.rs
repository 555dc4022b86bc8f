//! Tables whose rows need no place: CSV and its kin, and the workbooks of spreadsheets, to be joined
//! to a layer.

mod plain;
pub(super) mod text;

pub use plain::Plain;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::atomic::AtomicBool,
};

use super::{LayerError, OpenOptions, Sink, Source, format_of, refused};
use crate::layer::{Field, Finding, TableBuilder, Value, join::PlainTable};

/// Endings of the files that can be joined.
pub const EXTENSIONS: [&str; 8] = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "et", "ods"];

/// Formats whose sheets are read.
pub(super) const BOOKS: [&str; 3] = ["XLSX", "XLS", "ODS"];

/// Reads a table: of a workbook the sheet of a name, else the first that can be seen and is not empty.
/// Its head is the first row that is as full as most and holds words alone.
///
/// # Errors
/// A file that is no table, or cannot be read.
pub fn read_table(
    path: &Path,
    sheet: Option<&str>,
    cancel: &AtomicBool,
) -> Result<PlainTable, LayerError> {
    let options = OpenOptions { layer: sheet.map(str::to_owned), ..OpenOptions::default() };
    let source = Source::new(path, &options)?;
    if source.start.is_empty() && !source.is_folder {
        return Err(LayerError::Empty(path.to_owned()));
    }
    let nobody = &mut |_| {};
    let mut sink = Sink::new(&options, cancel, nobody);
    let mut plain = Plain::default();
    if let Some(format) = format_of(&source).filter(|own| BOOKS.contains(&own.name)) {
        sink.plain = Some(&mut plain);
        // Readers of others may trust what a damaged file claims.
        let read = catch_unwind(AssertUnwindSafe(|| (format.read)(&source, &mut sink)));
        read.unwrap_or_else(|_| Err(LayerError::Broke(path.to_owned())))?;
        return plain.finish().ok_or_else(|| source.without_features(format.name));
    }
    if !source.is_text() || source.is_folder || !source.ends_in(&["csv", "tsv", "txt"]) {
        refused::check(&source)?;
        return Err(LayerError::Unknown(path.to_owned()));
    }
    let mut rows = Rows::default();
    let findings = text::read(&source, &sink, &mut |row| {
        rows.push((0..row.len()).map(|column| Value::of_text(row.get(column))));
        true
    })?;
    rows.findings.extend(findings);
    rows.finish().ok_or_else(|| source.without_features("CSV"))
}

/// The rows of a table as they come; its head is found among the first.
#[derive(Default)]
struct Rows {
    first: Vec<Vec<Owned>>,
    fields: Option<Vec<Field>>,
    table: TableBuilder,
    count: usize,
    findings: Vec<Finding>,
}

/// A value that outlives its row.
#[derive(Debug, Clone)]
enum Owned {
    Text(String),
    Other(Value<'static>),
}

impl Owned {
    fn of(value: Value<'_>) -> Self {
        match value {
            Value::Text(text) => Self::Text(text.to_owned()),
            Value::Missing => Self::Other(Value::Missing),
            Value::Bool(b) => Self::Other(Value::Bool(b)),
            Value::Integer(n) => Self::Other(Value::Integer(n)),
            Value::Number(n) => Self::Other(Value::Number(n)),
        }
    }

    fn value(&self) -> Value<'_> {
        match self {
            Self::Text(text) => Value::Text(text),
            Self::Other(value) => *value,
        }
    }
}

impl Rows {
    /// Takes a row, from its first cell on.
    fn push<'a>(&mut self, cells: impl Iterator<Item = Value<'a>>) {
        /// The head stands among so many rows.
        const LOOK: usize = 50;
        if self.fields.is_some() {
            self.tell(cells);
            return;
        }
        let row: Vec<Owned> = cells.map(Owned::of).collect();
        if row.iter().any(|cell| !is_blank(cell.value())) {
            self.first.push(row);
        }
        if self.first.len() >= LOOK {
            self.decide();
        }
    }

    fn tell<'a>(&mut self, cells: impl Iterator<Item = Value<'a>>) {
        let columns = self.fields.as_ref().map_or(0, Vec::len);
        let mut is_empty = true;
        for (column, value) in cells.enumerate().take(columns) {
            if !is_blank(value) {
                is_empty = false;
                self.table.push(column, value);
            }
        }
        if !is_empty {
            self.table.end_row();
            self.count += 1;
        }
    }

    /// Finds the head: titles before it fill fewer cells.
    fn decide(&mut self) {
        let first = std::mem::take(&mut self.first);
        let filled = |row: &Vec<Owned>| row.iter().filter(|cell| !is_blank(cell.value())).count();
        let most = first.iter().map(filled).max().unwrap_or(0);
        let is_head = |row: &&Vec<Owned>| {
            let words = row.iter().filter(|cell| matches!(cell.value(), Value::Text(_))).count();
            filled(row) * 10 >= most * 6 && words == filled(row)
        };
        let head = first.iter().position(|row| is_head(&row));
        let columns = first.iter().map(Vec::len).max().unwrap_or(0);
        let mut fields: Vec<Field> = Vec::with_capacity(columns);
        for column in 0..columns {
            let told = head.and_then(|head| first.get(head)?.get(column)).map(Owned::value);
            let name = match told {
                Some(Value::Text(text)) if !text.trim().is_empty() => text.trim().to_owned(),
                _ => format!("#{}", column + 1),
            };
            let mut own = name.clone();
            let mut number = 2;
            while fields.iter().any(|field| field.name == own) {
                own = format!("{name}_{number}");
                number += 1;
            }
            fields.push(Field::named(own));
        }
        self.table = TableBuilder::new(fields.len());
        self.fields = Some(fields);
        for row in first.iter().skip(head.map_or(0, |head| head + 1)) {
            self.tell(row.iter().map(Owned::value));
        }
    }

    /// The table; `None` where nothing stands in it.
    fn finish(mut self) -> Option<PlainTable> {
        if self.fields.is_none() {
            self.decide();
        }
        let fields = self.fields.filter(|fields| !fields.is_empty())?;
        let values = self.table.finish();
        let (rows, findings) = (self.count, self.findings);
        Some(PlainTable { fields, rows, values, findings, ..PlainTable::default() })
    }
}

fn is_blank(value: Value<'_>) -> bool {
    match value {
        Value::Missing => true,
        Value::Text(text) => text.trim().is_empty(),
        _ => false,
    }
}
