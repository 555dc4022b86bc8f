//! Which class each feature of a layer belongs to. It looks at every value once: for large layers
//! that is work for another thread.

use std::{borrow::Cow, collections::HashMap, sync::Arc};

use super::{Rule, breaks};
use crate::{
    layer::{Layer, Table, Value},
    style::MOST_CLASSES,
};

/// The classes of a layer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Classes {
    /// In the order of the legend. The last is that of features without a value; its count may be
    /// zero.
    pub items: Vec<Class>,
    /// The class of each row, chunk by chunk.
    pub rows: Vec<Arc<[u8]>>,
    /// Values, those of all others counted in.
    pub values: usize,
}

/// A class and how many features it has.
#[derive(Debug, Clone, PartialEq)]
pub struct Class {
    pub meaning: Meaning,
    pub count: usize,
}

/// What the features of a class have in common.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    Value(String),
    /// Values that have no colour of their own: so many of them.
    Others(usize),
    /// Above the first, or from it on in the first class, up to the second.
    Range {
        from: f64,
        to: f64,
    },
    /// No value, or none that is a number.
    Missing,
}

impl Meaning {
    /// By what a colour of the user's is kept: a class has the colour as long as it is there.
    pub fn key(&self, place: usize) -> String {
        match self {
            Self::Value(value) => format!("={value}"),
            Self::Others(_) => "others".to_owned(),
            Self::Range { .. } => format!("#{place}"),
            Self::Missing => "missing".to_owned(),
        }
    }
}

impl Classes {
    /// The class of rows that none was found for.
    pub fn rest(&self) -> u8 {
        u8::try_from(self.items.len().saturating_sub(1)).unwrap_or(u8::MAX)
    }
}

/// Sorts the features of a layer by a rule. `None` for one symbol, a field that the layer has not,
/// or when it was stopped.
pub fn classify(layer: &Layer, rule: &Rule, is_stopped: &dyn Fn() -> bool) -> Option<Classes> {
    let name = rule.field()?;
    let field = layer.fields.iter().position(|field| field.name == name)?;
    match rule {
        Rule::One => None,
        Rule::Category { most, .. } => {
            let most = usize::from((*most).clamp(1, Rule::MOST_CATEGORIES));
            categories(layer, field, most, is_stopped)
        }
        Rule::Graduated { classes, method, .. } => {
            let mut numbers = Vec::new();
            for (table, rows) in chunks(layer) {
                if is_stopped() {
                    return None;
                }
                numbers.extend((0..rows).filter_map(|row| number(table, row, field)));
            }
            let classes = usize::from((*classes).clamp(1, Rule::MOST_CLASSES));
            graduated(layer, field, &breaks(numbers, classes, *method), is_stopped)
        }
    }
}

/// The tables of the chunks, with how many features each has.
fn chunks(layer: &Layer) -> impl Iterator<Item = (Option<&Table>, usize)> {
    let tables = layer.chunks.iter().enumerate();
    tables.map(|(i, chunk)| (layer.tables.get(i).map(Arc::as_ref), chunk.shapes.len()))
}

fn value(table: Option<&Table>, row: usize, field: usize) -> Value<'_> {
    table.map_or(Value::Missing, |table| table.value(row, field))
}

fn number(table: Option<&Table>, row: usize, field: usize) -> Option<f64> {
    let number = match value(table, row, field) {
        Value::Integer(n) => Some(n as f64),
        Value::Number(n) => Some(n),
        Value::Text(text) => text.trim().parse().ok(),
        Value::Bool(_) | Value::Missing => None,
    };
    number.filter(|n| n.is_finite())
}

/// What a value is called; `None` for none, and for a text without letters.
fn word(value: Value<'_>) -> Option<Cow<'_, str>> {
    match value {
        Value::Missing => None,
        Value::Text(text) => Some(Cow::Borrowed(text)).filter(|text| !text.trim().is_empty()),
        other => Some(Cow::Owned(other.to_string())),
    }
}

fn categories(
    layer: &Layer,
    field: usize,
    most: usize,
    is_stopped: &dyn Fn() -> bool,
) -> Option<Classes> {
    let mut counts: HashMap<Cow<'_, str>, usize> = HashMap::new();
    let mut missing = 0;
    for (table, rows) in chunks(layer) {
        if is_stopped() {
            return None;
        }
        for row in 0..rows {
            match word(value(table, row, field)) {
                Some(word) => *counts.entry(word).or_default() += 1,
                None => missing += 1,
            }
        }
    }
    let values = counts.len();
    let mut sorted: Vec<(Cow<'_, str>, usize)> = counts.into_iter().collect();
    // Equally frequent ones by their letters: the same file has the same colours again.
    sorted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    // A single other one may as well have its own colour.
    let own = if sorted.len() == most + 1 { most + 1 } else { most.min(sorted.len()) };
    let others: usize = sorted.iter().skip(own).map(|(_, count)| count).sum();
    let mut items: Vec<Class> = sorted
        .iter()
        .take(own)
        .map(|(word, count)| Class { meaning: Meaning::Value(word.to_string()), count: *count })
        .collect();
    let numbers: HashMap<&str, u8> =
        sorted.iter().take(own).zip(0..).map(|((word, _), i)| (word.as_ref(), i)).collect();
    if values > own {
        items.push(Class { meaning: Meaning::Others(values - own), count: others });
    }
    items.push(Class { meaning: Meaning::Missing, count: missing });
    debug_assert!(items.len() <= MOST_CLASSES);
    let rest = u8::try_from(items.len() - 1).unwrap_or(u8::MAX);
    let other = u8::try_from(own).unwrap_or(u8::MAX);
    let class = |value: Value<'_>| match word(value) {
        Some(word) => numbers.get(word.as_ref()).copied().unwrap_or(other),
        None => rest,
    };
    let rows = rows(layer, field, &class, is_stopped)?;
    Some(Classes { items, rows, values })
}

fn graduated(
    layer: &Layer,
    field: usize,
    ends: &[f64],
    is_stopped: &dyn Fn() -> bool,
) -> Option<Classes> {
    let uppers = ends.get(1..).unwrap_or_default();
    let mut items: Vec<Class> = ends
        .iter()
        .zip(uppers)
        .map(|(from, to)| Class { meaning: Meaning::Range { from: *from, to: *to }, count: 0 })
        .collect();
    items.push(Class { meaning: Meaning::Missing, count: 0 });
    let rest = u8::try_from(items.len() - 1).unwrap_or(u8::MAX);
    let mut rows = Vec::with_capacity(layer.chunks.len());
    let mut values = 0;
    for (table, count) in chunks(layer) {
        if is_stopped() {
            return None;
        }
        let own: Vec<u8> = (0..count)
            .map(|row| {
                let Some(number) = number(table, row, field) else { return rest };
                let class =
                    uppers.partition_point(|end| *end < number).min(uppers.len().saturating_sub(1));
                u8::try_from(class).unwrap_or(rest)
            })
            .collect();
        for class in &own {
            values += usize::from(*class != rest);
            if let Some(item) = items.get_mut(usize::from(*class)) {
                item.count += 1;
            }
        }
        rows.push(own.into());
    }
    Some(Classes { items, rows, values })
}

fn rows(
    layer: &Layer,
    field: usize,
    class: &dyn Fn(Value<'_>) -> u8,
    is_stopped: &dyn Fn() -> bool,
) -> Option<Vec<Arc<[u8]>>> {
    let mut rows = Vec::with_capacity(layer.chunks.len());
    for (table, count) in chunks(layer) {
        if is_stopped() {
            return None;
        }
        rows.push((0..count).map(|row| class(value(table, row, field))).collect());
    }
    Some(rows)
}
