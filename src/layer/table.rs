//! Attributes in columns: numbers plain, words that repeat once.

use std::{collections::HashMap, sync::Arc};

use super::{FieldKind, Value};

/// One field of a chunk.
#[derive(Debug, Clone, PartialEq)]
pub enum Column {
    /// Nothing in any row.
    Empty,
    Bools(Vec<Option<bool>>),
    Integers(Vec<Option<i64>>),
    Numbers(Vec<f64>),
    /// Few different words: each once, and its number per row; the last number stands for none.
    Words {
        words: Vec<Arc<str>>,
        rows: Vec<u16>,
    },
    /// All words one after another, with the end of each.
    Texts {
        text: String,
        ends: Vec<u32>,
        /// Rows without a value, in order: an empty text is one.
        missing: Vec<u32>,
    },
    /// Values in few rows: those rows in order, and their values one after another.
    Sparse {
        rows: Vec<u32>,
        values: Box<Self>,
    },
}

impl Column {
    /// What its values are; `None` where there is none.
    pub fn kind(&self) -> Option<FieldKind> {
        match self {
            Self::Empty => None,
            Self::Bools(_) => Some(FieldKind::Bool),
            Self::Integers(_) => Some(FieldKind::Integer),
            Self::Numbers(_) => Some(FieldKind::Number),
            Self::Words { .. } | Self::Texts { .. } => Some(FieldKind::Text),
            Self::Sparse { values, .. } => values.kind(),
        }
    }

    fn value(&self, row: usize) -> Value<'_> {
        match self {
            Self::Bools(rows) => {
                rows.get(row).copied().flatten().map_or(Value::Missing, Value::Bool)
            }
            Self::Integers(rows) => {
                rows.get(row).copied().flatten().map_or(Value::Missing, Value::Integer)
            }
            Self::Numbers(rows) => match rows.get(row) {
                Some(n) if !n.is_nan() => Value::Number(*n),
                _ => Value::Missing,
            },
            Self::Words { words, rows } => rows
                .get(row)
                .and_then(|i| words.get(usize::from(*i)))
                .map_or(Value::Missing, |word| Value::Text(word)),
            Self::Texts { text, ends, missing } => {
                let Some(end) = ends.get(row) else { return Value::Missing };
                let is_missing =
                    u32::try_from(row).is_ok_and(|r| missing.binary_search(&r).is_ok());
                let from = row.checked_sub(1).and_then(|i| ends.get(i)).copied().unwrap_or(0);
                match text.get(from as usize..*end as usize) {
                    Some(text) if !is_missing => Value::Text(text),
                    _ => Value::Missing,
                }
            }
            Self::Sparse { rows, values } => {
                let at = u32::try_from(row).ok().and_then(|row| rows.binary_search(&row).ok());
                at.map_or(Value::Missing, |at| values.value(at))
            }
            Self::Empty => Value::Missing,
        }
    }
}

/// The attributes of a chunk.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    pub columns: Vec<Column>,
}

impl Table {
    /// A value; rows after the last that has one are not kept.
    pub fn value(&self, row: usize, field: usize) -> Value<'_> {
        self.columns.get(field).map_or(Value::Missing, |column| column.value(row))
    }
}

/// A table being filled, row by row. A column's type is what its values are: whole numbers until
/// a fraction comes, numbers until a word comes; none changes by standing beside another.
#[derive(Debug, Default)]
pub struct TableBuilder {
    /// Rows that are ended.
    rows: usize,
    columns: Vec<ColumnBuilder>,
}

/// A column and how many rows of it are told: the others are missing, and cost nothing.
#[derive(Debug, Default)]
struct ColumnBuilder {
    told: usize,
    /// Values among those rows.
    present: usize,
    /// The rows of the values, once they are so few that the others are not kept.
    rows: Option<Vec<u32>>,
    values: Values,
}

#[derive(Debug, Default)]
enum Values {
    #[default]
    Empty,
    Bools(Vec<Option<bool>>),
    Integers(Vec<Option<i64>>),
    Numbers(Vec<f64>),
    Words {
        numbers: HashMap<Arc<str>, u16>,
        words: Vec<Arc<str>>,
        rows: Vec<u16>,
    },
    Texts {
        text: String,
        ends: Vec<u32>,
        missing: Vec<u32>,
    },
}

/// More different words than this are not worth a dictionary.
const MOST_WORDS: usize = 1_024;
const NO_WORD: u16 = u16::MAX;
/// Whole numbers up to here are exact among fractions.
const MOST_EXACT: u64 = 1 << 53;

impl TableBuilder {
    pub fn new(fields: usize) -> Self {
        Self { rows: 0, columns: (0..fields).map(|_| ColumnBuilder::default()).collect() }
    }

    /// Tells a value of the row that is being told. A field takes one value per row, the first.
    /// Fields that come later are missing in the rows before.
    pub fn push(&mut self, field: usize, value: Value<'_>) {
        if value == Value::Missing {
            return;
        }
        if field >= self.columns.len() {
            self.columns.resize_with(field + 1, ColumnBuilder::default);
        }
        if let Some(column) = self.columns.get_mut(field)
            && column.told <= self.rows
        {
            column.tell(self.rows, value);
        }
    }

    /// Ends the row: what was not told is missing.
    pub const fn end_row(&mut self) {
        self.rows += 1;
    }

    /// The table; the builder is empty again, with as many fields.
    pub fn finish(&mut self) -> Table {
        let own = std::mem::replace(self, Self::new(self.columns.len()));
        Table { columns: own.columns.into_iter().map(ColumnBuilder::finish).collect() }
    }
}

/// Rows without a value cost as much as this times those with one, and some; then they cost nothing.
const MOST_GAPS: usize = 16;
const FREE_GAPS: usize = 64;

impl ColumnBuilder {
    /// Adds the value of a row; the rows before it that are not told are missing.
    fn tell(&mut self, row: usize, value: Value<'_>) {
        if self.rows.is_none() && row - self.told > FREE_GAPS + MOST_GAPS * self.present {
            self.thin_out();
        }
        if let Some(rows) = &mut self.rows {
            rows.push(count(row));
            self.told = row + 1;
            self.values.push(value, rows.len());
        } else {
            self.pad(row);
            self.told += 1;
            self.values.push(value, self.told);
        }
        self.present += 1;
    }

    /// Makes the rows up to this one missing.
    fn pad(&mut self, rows: usize) {
        let from = std::mem::replace(&mut self.told, rows);
        match &mut self.values {
            Values::Empty => {}
            Values::Bools(own) => own.resize(rows, None),
            Values::Integers(own) => own.resize(rows, None),
            Values::Numbers(own) => own.resize(rows, f64::NAN),
            Values::Words { rows: own, .. } => own.resize(rows, NO_WORD),
            Values::Texts { text, ends, missing } => {
                ends.resize(rows, count(text.len()));
                missing.extend((from..rows).map(count));
            }
        }
    }

    /// Keeps only the rows that have a value.
    fn thin_out(&mut self) {
        let dense = std::mem::take(&mut self.values).finish();
        let mut rows = Vec::with_capacity(self.present);
        for row in 0..self.told {
            let value = dense.value(row);
            if value != Value::Missing {
                rows.push(count(row));
                self.values.push(value, rows.len());
            }
        }
        self.rows = Some(rows);
    }

    fn finish(self) -> Column {
        let values = self.values.finish();
        match self.rows {
            Some(rows) => Column::Sparse { rows, values: Box::new(values) },
            None => values,
        }
    }
}

impl Values {
    fn finish(self) -> Column {
        match self {
            Self::Empty => Column::Empty,
            Self::Bools(rows) => Column::Bools(rows),
            Self::Integers(rows) => Column::Integers(rows),
            Self::Numbers(rows) => Column::Numbers(rows),
            Self::Words { words, rows, .. } => Column::Words { words, rows },
            Self::Texts { mut text, ends, missing } => {
                text.shrink_to_fit();
                Column::Texts { text, ends, missing }
            }
        }
    }

    /// Adds the value of row `told - 1`; those before are there.
    fn push(&mut self, value: Value<'_>, told: usize) {
        let before = told - 1;
        match (&mut *self, value) {
            (_, Value::Missing) => {}
            (Self::Empty, value) => {
                *self = match value {
                    Value::Bool(_) => Self::Bools(vec![None; before]),
                    Value::Integer(_) => Self::Integers(vec![None; before]),
                    Value::Number(_) => Self::Numbers(vec![f64::NAN; before]),
                    _ => Self::words(before),
                };
                self.push(value, told);
            }
            (Self::Bools(rows), Value::Bool(b)) => rows.push(Some(b)),
            (Self::Integers(rows), Value::Integer(n)) => rows.push(Some(n)),
            (Self::Numbers(rows), Value::Number(n)) => rows.push(n),
            (Self::Numbers(rows), Value::Integer(n)) if n.unsigned_abs() <= MOST_EXACT => {
                rows.push(n as f64);
            }
            (Self::Integers(rows), Value::Number(_))
                if rows.iter().flatten().all(|n| n.unsigned_abs() <= MOST_EXACT) =>
            {
                let rows = rows.iter().map(|n| n.map_or(f64::NAN, |n| n as f64)).collect();
                *self = Self::Numbers(rows);
                self.push(value, told);
            }
            (Self::Words { numbers, words, rows }, Value::Text(word)) => {
                if let Some(number) = numbers.get(word) {
                    rows.push(*number);
                } else if words.len() < MOST_WORDS {
                    let number = u16::try_from(words.len()).unwrap_or(NO_WORD);
                    let word: Arc<str> = word.into();
                    words.push(word.clone());
                    numbers.insert(word, number);
                    rows.push(number);
                } else {
                    self.as_texts();
                    self.push(value, told);
                }
            }
            (Self::Texts { ends, text, .. }, Value::Text(word)) => {
                text.push_str(word);
                ends.push(count(text.len()));
            }
            // A word among others, or the other way round.
            (_, value) => {
                self.as_words();
                match value {
                    Value::Text(_) => self.push(value, told),
                    other => self.push(Value::Text(&other.shortest()), told),
                }
            }
        }
    }

    fn words(missing: usize) -> Self {
        Self::Words { numbers: HashMap::new(), words: Vec::new(), rows: vec![NO_WORD; missing] }
    }

    fn as_words(&mut self) {
        let told: Vec<Option<String>> = match self {
            Self::Bools(rows) => rows.iter().map(|b| b.map(|b| b.to_string())).collect(),
            Self::Integers(rows) => rows.iter().map(|n| n.map(|n| n.to_string())).collect(),
            Self::Numbers(rows) => {
                rows.iter().map(|n| (!n.is_nan()).then(|| Value::Number(*n).shortest())).collect()
            }
            Self::Empty | Self::Words { .. } | Self::Texts { .. } => return,
        };
        let mut all = Self::words(0);
        for (row, value) in told.iter().enumerate() {
            match (&mut all, value) {
                (_, Some(text)) => all.push(Value::Text(text), row + 1),
                (Self::Words { rows, .. }, None) => rows.push(NO_WORD),
                (Self::Texts { text, ends, missing }, None) => {
                    ends.push(count(text.len()));
                    missing.push(count(row));
                }
                _ => {}
            }
        }
        *self = all;
    }

    fn as_texts(&mut self) {
        let Self::Words { words, rows, .. } = self else { return };
        let (mut text, mut ends) = (String::new(), Vec::with_capacity(rows.len()));
        let mut missing = Vec::new();
        for (row, number) in rows.iter().enumerate() {
            match words.get(usize::from(*number)) {
                Some(word) => text.push_str(word),
                None => missing.push(count(row)),
            }
            ends.push(count(text.len()));
        }
        *self = Self::Texts { text, ends, missing };
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
