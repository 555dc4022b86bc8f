//! Attributes in columns: numbers plain, words that repeat once.

use std::{collections::HashMap, sync::Arc};

/// A value of a feature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    Missing,
    Integer(i64),
    Number(f64),
    Text(&'a str),
}

impl std::fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing => f.write_str("—"),
            Self::Integer(n) => write!(f, "{n}"),
            Self::Number(n) => write!(f, "{n}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// One field of a chunk.
#[derive(Debug, Clone, PartialEq)]
pub enum Column {
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
    },
}

/// The attributes of a chunk.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    pub columns: Vec<Column>,
}

impl Table {
    pub fn value(&self, row: usize, field: usize) -> Value<'_> {
        match self.columns.get(field) {
            Some(Column::Integers(rows)) => {
                rows.get(row).copied().flatten().map_or(Value::Missing, Value::Integer)
            }
            Some(Column::Numbers(rows)) => match rows.get(row) {
                Some(n) if !n.is_nan() => Value::Number(*n),
                _ => Value::Missing,
            },
            Some(Column::Words { words, rows }) => rows
                .get(row)
                .and_then(|i| words.get(usize::from(*i)))
                .map_or(Value::Missing, |word| Value::Text(word)),
            Some(Column::Texts { text, ends }) => {
                let Some(end) = ends.get(row) else { return Value::Missing };
                let from = row.checked_sub(1).and_then(|i| ends.get(i)).copied().unwrap_or(0);
                match text.get(from as usize..*end as usize) {
                    Some("") | None => Value::Missing,
                    Some(text) => Value::Text(text),
                }
            }
            None => Value::Missing,
        }
    }
}

/// A table being filled, row by row. A column's type is what its values are: whole numbers until
/// a fraction comes, numbers until a word comes.
#[derive(Debug, Default)]
pub struct TableBuilder {
    columns: Vec<ColumnBuilder>,
}

#[derive(Debug)]
enum ColumnBuilder {
    Integers(Vec<Option<i64>>),
    Numbers(Vec<f64>),
    Words { numbers: HashMap<Arc<str>, u16>, words: Vec<Arc<str>>, rows: Vec<u16> },
    Texts { text: String, ends: Vec<u32> },
}

/// More different words than this are not worth a dictionary.
const MOST_WORDS: usize = 1_024;
const NO_WORD: u16 = u16::MAX;

impl TableBuilder {
    pub fn new(fields: usize) -> Self {
        Self { columns: (0..fields).map(|_| ColumnBuilder::Integers(Vec::new())).collect() }
    }

    /// Adds the value of the next row to a field. Each field takes one value per row.
    pub fn push(&mut self, field: usize, value: Value<'_>) {
        if let Some(column) = self.columns.get_mut(field) {
            column.push(value);
        }
    }

    /// The table; the builder is empty again, with as many fields.
    pub fn finish(&mut self) -> Table {
        let fields = self.columns.len();
        let own = std::mem::replace(self, Self::new(fields));
        Table { columns: own.columns.into_iter().map(ColumnBuilder::finish).collect() }
    }
}

impl ColumnBuilder {
    fn push(&mut self, value: Value<'_>) {
        match (&mut *self, value) {
            (Self::Integers(rows), Value::Integer(n)) => rows.push(Some(n)),
            (Self::Integers(rows), Value::Missing) => rows.push(None),
            (Self::Numbers(rows), Value::Number(n)) => rows.push(n),
            (Self::Numbers(rows), Value::Integer(n)) => rows.push(n as f64),
            (Self::Numbers(rows), Value::Missing) => rows.push(f64::NAN),
            (Self::Words { rows, .. }, Value::Missing) => rows.push(NO_WORD),
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
                    self.push(value);
                }
            }
            (Self::Texts { ends, text }, value) => {
                match value {
                    Value::Text(word) => text.push_str(word),
                    Value::Missing => {}
                    number => text.push_str(&number.to_string()),
                }
                ends.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
            }
            (Self::Integers(rows), Value::Number(_)) => {
                let rows = rows.iter().map(|n| n.map_or(f64::NAN, |n| n as f64)).collect();
                *self = Self::Numbers(rows);
                self.push(value);
            }
            // A word among numbers, or the other way round.
            (_, value) => {
                self.as_words();
                match value {
                    Value::Text(_) | Value::Missing => self.push(value),
                    number => self.push(Value::Text(&number.to_string())),
                }
            }
        }
    }

    fn as_words(&mut self) {
        let told: Vec<Option<String>> = match self {
            Self::Integers(rows) => rows.iter().map(|n| n.map(|n| n.to_string())).collect(),
            Self::Numbers(rows) => {
                rows.iter().map(|n| (!n.is_nan()).then(|| n.to_string())).collect()
            }
            Self::Words { .. } | Self::Texts { .. } => return,
        };
        *self = Self::Words { numbers: HashMap::new(), words: Vec::new(), rows: Vec::new() };
        for value in told {
            self.push(value.as_deref().map_or(Value::Missing, Value::Text));
        }
    }

    fn as_texts(&mut self) {
        let Self::Words { words, rows, .. } = self else { return };
        let (mut text, mut ends) = (String::new(), Vec::with_capacity(rows.len()));
        for row in rows {
            text.push_str(words.get(usize::from(*row)).map_or("", |word| word));
            ends.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        }
        *self = Self::Texts { text, ends };
    }

    fn finish(self) -> Column {
        match self {
            Self::Integers(rows) => Column::Integers(rows),
            Self::Numbers(rows) => Column::Numbers(rows),
            Self::Words { words, rows, .. } => Column::Words { words, rows },
            Self::Texts { mut text, ends } => {
                text.shrink_to_fit();
                Column::Texts { text, ends }
            }
        }
    }
}
