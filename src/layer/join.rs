//! Joining a table to a layer: columns of the row whose key a feature has.
//!
//! Keys compare as text without blanks around them: 12 is "12", and "012" is another. A key that
//! several rows have belongs to the first of them.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    sync::Arc,
};

use super::{Cause, Column, Field, Finding, Layer, Table, TableBuilder, Value};

/// A table without places: its columns and all its rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlainTable {
    pub fields: Vec<Field>,
    pub rows: usize,
    pub values: Table,
    /// What was met while it was read.
    pub findings: Vec<Finding>,
    /// The sheet of the workbook that it is, and all that could be chosen; none of a text.
    pub sheet: Option<String>,
    pub sheets: Vec<String>,
}

/// Which field of a layer meets which column of a table, by position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keys {
    pub field: usize,
    pub column: usize,
}

/// How a layer and a table meet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meeting {
    /// Features that get a row.
    pub matched: usize,
    /// Features without a key.
    pub without_key: usize,
    /// Keys of features that no row has, in order, each once.
    pub missing: Vec<String>,
    /// Keys of rows that no feature has, in order, each once.
    pub unused: Vec<String>,
    /// Keys that several rows have, in order: of them the first row counts.
    pub doubled: Vec<String>,
    /// Features whose key no row has.
    pub unmatched: usize,
}

/// What a value is as a key; `None` for none.
fn key(value: Value<'_>) -> Option<Cow<'_, str>> {
    let text = match value {
        Value::Missing => return None,
        Value::Text(text) => Cow::Borrowed(text.trim()),
        other => Cow::Owned(other.to_string()),
    };
    (!text.is_empty()).then_some(text)
}

/// The keys of a layer's features, in order.
pub(super) fn keys_of(layer: &Layer, field: usize) -> impl Iterator<Item = Option<Cow<'_, str>>> {
    layer.chunks.iter().enumerate().flat_map(move |(i, chunk)| {
        let table = layer.tables.get(i);
        (0..chunk.shapes.len())
            .map(move |row| key(table.map_or(Value::Missing, |table| table.value(row, field))))
    })
}

impl PlainTable {
    pub(super) fn keys(&self, column: usize) -> impl Iterator<Item = Option<Cow<'_, str>>> {
        (0..self.rows).map(move |row| key(self.values.value(row, column)))
    }

    /// The first row of each key; `None` when it was told to stop.
    fn first_rows(
        &self,
        column: usize,
        stop: &dyn Fn() -> bool,
    ) -> Option<HashMap<Cow<'_, str>, usize>> {
        let mut rows = HashMap::new();
        for (row, key) in self.keys(column).enumerate() {
            if row.is_multiple_of(RUN) && stop() {
                return None;
            }
            if let Some(key) = key {
                rows.entry(key).or_insert(row);
            }
        }
        Some(rows)
    }
}

/// Rows that are looked at before it is asked whether to stop.
pub(super) const RUN: usize = 8_192;

/// How they would meet; `None` when it was told to stop.
pub fn meet(
    layer: &Layer,
    table: &PlainTable,
    keys: Keys,
    stop: &dyn Fn() -> bool,
) -> Option<Meeting> {
    let rows = table.first_rows(keys.column, stop)?;
    let mut meeting = Meeting::default();
    let mut met: HashSet<Cow<'_, str>> = HashSet::new();
    let mut told = HashSet::new();
    for (count, key) in keys_of(layer, keys.field).enumerate() {
        if count.is_multiple_of(RUN) && stop() {
            return None;
        }
        match key {
            None => meeting.without_key += 1,
            Some(key) if rows.contains_key(&key) => {
                meeting.matched += 1;
                met.insert(key);
            }
            Some(key) => {
                meeting.unmatched += 1;
                if !told.contains(&key) {
                    meeting.missing.push(key.clone().into_owned());
                    told.insert(key);
                }
            }
        }
    }
    let mut doubled = HashSet::new();
    for (row, key) in table.keys(keys.column).enumerate() {
        if row.is_multiple_of(RUN) && stop() {
            return None;
        }
        let Some(key) = key else { continue };
        let is_first = rows.get(&key) == Some(&row);
        if is_first && !met.contains(&key) {
            meeting.unused.push(key.into_owned());
        } else if !is_first && doubled.insert(key.clone()) {
            meeting.doubled.push(key.into_owned());
        }
    }
    Some(meeting)
}

/// The columns that come in, by position, and the name that each gets: a name that the layer has, or
/// an earlier column, gets a number behind it. The key's column stays outside.
pub fn columns(fields: &[Field], table: &PlainTable, keys: Keys) -> Vec<(usize, String)> {
    let mut taken: HashSet<String> = fields.iter().map(|own| own.name.clone()).collect();
    let mut next: HashMap<&str, usize> = HashMap::new();
    let mut columns = Vec::new();
    for (column, field) in table.fields.iter().enumerate() {
        if column == keys.column {
            continue;
        }
        let mut name = field.name.clone();
        let number = next.entry(&field.name).or_insert(2);
        while taken.contains(&name) {
            name = format!("{}_{number}", field.name);
            *number += 1;
        }
        taken.insert(name.clone());
        columns.push((column, name));
    }
    columns
}

/// The layer with the columns of the table behind its fields, named as [`columns`] says. Nothing of the
/// layer itself changes. `None` when it was told to stop.
pub fn join(
    layer: &Layer,
    table: &PlainTable,
    keys: Keys,
    stop: &dyn Fn() -> bool,
) -> Option<Layer> {
    let rows = table.first_rows(keys.column, stop)?;
    let columns = columns(&layer.fields, table, keys);
    let mut fields = layer.fields.clone();
    for (column, name) in &columns {
        let declared = table.fields.get(*column).and_then(|own| own.declared);
        fields.push(Field { name: name.clone(), declared });
    }
    let mut tables = Vec::with_capacity(layer.chunks.len());
    for (i, chunk) in layer.chunks.iter().enumerate() {
        let own = layer.tables.get(i);
        let mut joined = TableBuilder::new(columns.len());
        for row in 0..chunk.shapes.len() {
            if row.is_multiple_of(RUN) && stop() {
                return None;
            }
            let key = key(own.map_or(Value::Missing, |table| table.value(row, keys.field)));
            if let Some(from) = key.and_then(|key| rows.get(&key)) {
                for (place, (column, _)) in columns.iter().enumerate() {
                    joined.push(place, table.values.value(*from, *column));
                }
            }
            joined.end_row();
        }
        let mut all = own.map_or_else(Vec::new, |table| table.columns.clone());
        all.resize(layer.fields.len(), Column::Empty);
        all.extend(joined.finish().columns);
        tables.push(Arc::new(Table { columns: all }));
    }
    let mut findings = layer.findings.clone();
    let meeting = meet(layer, table, keys, stop)?;
    for (cause, count) in [
        (Cause::JoinMissing, meeting.unmatched + meeting.without_key),
        (Cause::JoinUnused, meeting.unused.len()),
        (Cause::JoinDoubled, meeting.doubled.len()),
    ] {
        if count > 0 {
            findings.push(Finding::of(cause, count));
        }
    }
    Some(Layer { fields, tables, findings, ..layer.clone() })
}
