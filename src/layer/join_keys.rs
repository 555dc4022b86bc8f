//! Which field of a layer and which column of a table most likely belong together.

use std::{borrow::Cow, collections::HashMap};

use super::{
    Layer,
    join::{Keys, PlainTable, RUN, keys_of},
};

/// Features and columns that are enough to tell.
const FEATURES: usize = 2_000;
const COLUMNS: usize = 64;

/// Where a key stands in a column: its first row, and how many rows have it.
type Rows<'a> = HashMap<Cow<'a, str>, (usize, usize)>;

/// Keys that may belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Those that most likely do.
    pub keys: Keys,
    /// Others that are about as likely and would join other rows, the likeliest first.
    pub rivals: Vec<Keys>,
}

/// What speaks for a pair, the weightiest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    /// Neither side holds measured values: fractions, or numbers that come again.
    is_key: bool,
    /// Different keys that meet a row of their own; words count double, since numbers meet by chance.
    points: usize,
    /// Different keys that meet any row.
    met: usize,
    /// Both are called the same.
    is_named: bool,
    /// Many different keys tell more than yes and no.
    keys: usize,
}

/// What a column or a field holds.
#[derive(Default)]
struct Traits {
    /// Numbers and nothing else.
    is_number: bool,
    /// Fractions, or numbers that come again.
    is_measured: bool,
}

fn traits<'a>(keys: impl Iterator<Item = (&'a str, usize)>) -> Traits {
    let mut traits = Traits { is_number: true, is_measured: false };
    for (key, count) in keys {
        // A zero before other digits makes a code.
        let is_code = key.starts_with('0') && key.len() > 1 && !key.starts_with("0.");
        if is_code || key.parse::<f64>().is_err() {
            return Traits::default();
        }
        traits.is_measured |= count > 1 || key.contains('.');
    }
    traits
}

/// The keys that most likely belong together: those of which most meet a row of their own. Words go
/// before numbers that meet hardly more, and keys before measured values; a common name decides only
/// between equals. Of the layer the first `fields` are looked at. `None` where nothing meets, or when it
/// was told to stop.
pub fn propose(
    layer: &Layer,
    fields: usize,
    table: &PlainTable,
    stop: &dyn Fn() -> bool,
) -> Option<Proposal> {
    let columns = 0..table.fields.len().min(COLUMNS);
    let columns: Option<Vec<(Rows<'_>, Traits)>> = columns
        .map(|column| {
            let rows = rows_of(table, column, stop)?;
            let traits = traits(rows.iter().map(|(key, (_, count))| (&**key, *count)));
            Some((rows, traits))
        })
        .collect();
    let columns = columns?;
    let mut all: Vec<(Score, Keys)> = Vec::new();
    for (field, own) in layer.fields.iter().enumerate().take(fields.min(COLUMNS)) {
        let mut sample: HashMap<Cow<'_, str>, usize> = HashMap::new();
        for key in keys_of(layer, field).flatten().take(FEATURES) {
            *sample.entry(key).or_default() += 1;
        }
        let of_field = traits(sample.iter().map(|(key, count)| (&**key, *count)));
        for (column, (rows, of_column)) in columns.iter().enumerate() {
            let found = sample.keys().filter_map(|key| rows.get(key));
            let met = found.clone().count();
            if met == 0 {
                continue;
            }
            let alone = found.filter(|(_, count)| *count == 1).count();
            let is_number = of_field.is_number && of_column.is_number;
            let called = table.fields.get(column).map_or("", |other| other.name.trim());
            let score = Score {
                is_key: !(of_field.is_measured || of_column.is_measured),
                points: if is_number { alone } else { alone * 2 },
                met,
                is_named: called.eq_ignore_ascii_case(own.name.trim()),
                keys: rows.len(),
            };
            all.push((score, Keys { field, column }));
        }
    }
    // Of equals the first stays the first.
    all.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let ((best, keys), others) = all.split_first()?;
    let joined = rows_joined(layer, *keys, &columns);
    let is_rival = |(score, own): &&(Score, Keys)| {
        let is_close = score.is_key == best.is_key && score.points * 4 >= best.points * 3;
        let is_decided = score.points == best.points && best.is_named && !score.is_named;
        is_close && !is_decided && rows_joined(layer, *own, &columns) != joined
    };
    let rivals = others.iter().filter(is_rival).map(|(_, own)| *own).collect();
    Some(Proposal { keys: *keys, rivals })
}

/// The rows of each key; `None` when it was told to stop.
fn rows_of<'a>(table: &'a PlainTable, column: usize, stop: &dyn Fn() -> bool) -> Option<Rows<'a>> {
    let mut rows = Rows::new();
    for (row, key) in table.keys(column).enumerate() {
        if row.is_multiple_of(RUN) && stop() {
            return None;
        }
        if let Some(key) = key {
            rows.entry(key).or_insert((row, 0)).1 += 1;
        }
    }
    Some(rows)
}

/// The row that each of the first features would get.
fn rows_joined(layer: &Layer, keys: Keys, columns: &[(Rows<'_>, Traits)]) -> Vec<Option<usize>> {
    let rows = columns.get(keys.column).map(|(rows, _)| rows);
    let row = |key: Option<Cow<'_, str>>| rows?.get(&key?).map(|(row, _)| *row);
    keys_of(layer, keys.field).take(FEATURES).map(row).collect()
}
