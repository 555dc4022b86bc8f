//! In which order the table of a layer shows its features.

use std::{
    cmp::Ordering,
    sync::{Arc, atomic::AtomicBool},
};

use super::layer_table::FieldSort;
use crate::{
    gazetteer::push_ranks,
    layer::{
        Bits, Layer, Value,
        day::{Moment, moment},
    },
};

/// A layer's rows that pass, in order. Numbers stand by their size, words by pinyin as in the table of
/// projects, what is missing last either way; equals stay as they are in the file. `None` when it was
/// told to stop.
///
/// Words that say a number, such as `12.50` in a table of text, count as that number, and those that
/// say a day, such as `2024年5月1日`, as that day; numbers stand before days, days before other words.
pub fn ordered(
    layer: &Layer,
    passed: Option<&[Bits]>,
    sort: Option<FieldSort>,
    stop: &AtomicBool,
) -> Option<Vec<u32>> {
    let rows = rows(layer, passed);
    let Some(sort) = sort else { return Some(rows) };
    let mut keys = Keys { ranks: Vec::new() };
    let mut keyed: Vec<(Key, u32)> = Vec::with_capacity(rows.len());
    let mut places = Places::new(layer);
    for row in rows {
        if keyed.len().is_multiple_of(RUN) && is_stopped(stop) {
            return None;
        }
        let (chunk, at) = places.of(row);
        let table = layer.tables.get(chunk);
        let value = table.map_or(Value::Missing, |table| table.value(at, sort.field));
        keyed.push((keys.key(value), row));
    }
    let compare = |a: &(Key, u32), b: &(Key, u32)| {
        let missing = (a.0.class == MISSING).cmp(&(b.0.class == MISSING));
        missing.then_with(|| {
            let own = keys.compare(&a.0, &b.0);
            if sort.descending { own.reverse() } else { own }
        })
    };
    let keyed = sorted(keyed, compare, stop)?;
    Some(keyed.into_iter().map(|(_, row)| row).collect())
}

/// The rows that pass, as they are in the file.
fn rows(layer: &Layer, passed: Option<&[Bits]>) -> Vec<u32> {
    let mut rows = Vec::new();
    let mut first = 0_u32;
    for (i, chunk) in layer.chunks.iter().enumerate() {
        let own = u32::try_from(chunk.shapes.len()).unwrap_or(u32::MAX);
        match passed.map(|passed| passed.get(i)) {
            None => rows.extend(first..first.saturating_add(own)),
            Some(bits) => {
                let shown = bits.into_iter().flat_map(Bits::rows);
                rows.extend(shown.filter_map(|row| first.checked_add(u32::try_from(row).ok()?)));
            }
        }
        first = first.saturating_add(own);
    }
    rows
}

/// Looks rows up whose chunks follow each other, as those of a file do.
struct Places {
    ends: Vec<usize>,
    chunk: usize,
}

impl Places {
    fn new(layer: &Layer) -> Self {
        let mut end = 0;
        let ends = layer.chunks.iter().map(|chunk| {
            end += chunk.shapes.len();
            end
        });
        Self { ends: ends.collect(), chunk: 0 }
    }

    fn of(&mut self, row: u32) -> (usize, usize) {
        let row = row as usize;
        while self.ends.get(self.chunk).is_some_and(|end| row >= *end) {
            self.chunk += 1;
        }
        let before = self.chunk.checked_sub(1).and_then(|i| self.ends.get(i)).copied();
        (self.chunk, row - before.unwrap_or_default())
    }
}

/// Kinds of values, as they stand one after another.
const BOOL: u8 = 0;
const NUMBER: u8 = 1;
const DAY: u8 = 2;
const WORDS: u8 = 3;
const MISSING: u8 = 4;

/// What a value is compared by: its kind, then the first figure, then the second. Of words the first
/// holds the beginning, the second where all of it lies.
#[derive(Debug, Clone, Copy)]
struct Key {
    class: u8,
    first: u64,
    second: u64,
}

struct Keys {
    /// The characters of all words one after another.
    ranks: Vec<u32>,
}

impl Keys {
    fn key(&mut self, value: Value<'_>) -> Key {
        let value = match value {
            Value::Text(text) => number(text.trim()).unwrap_or(value),
            other => other,
        };
        match value {
            Value::Missing => Key { class: MISSING, first: 0, second: 0 },
            Value::Bool(b) => Key { class: BOOL, first: u64::from(b), second: 0 },
            // Beyond 2^53 whole numbers differ that are the same as fractions.
            Value::Integer(n) => Key { class: NUMBER, first: by_size(n as f64), second: biased(n) },
            #[expect(
                clippy::cast_possible_truncation,
                reason = "saturates, as the first figure does"
            )]
            Value::Number(n) => {
                Key { class: NUMBER, first: by_size(n), second: biased(n.trunc() as i64) }
            }
            Value::Text(text) if let Some(Moment { day, millis }) = moment(text) => {
                Key { class: DAY, first: u64::from(day), second: u64::from(millis) }
            }
            Value::Text(text) => {
                let from = self.ranks.len();
                push_ranks(text, &mut self.ranks);
                let own = self.ranks.get(from..).unwrap_or_default();
                let at = |i: usize| own.get(i).map_or(0, |rank| u64::from(*rank) + 1);
                // Two characters in 48 bits, and 16 of the third.
                let first = at(0) << 40 | at(1) << 16 | (at(2) >> 8).min(u64::from(u16::MAX));
                let second = (from as u64) << 24 | (own.len() as u64).min((1 << 24) - 1);
                Key { class: WORDS, first, second }
            }
        }
    }

    fn compare(&self, a: &Key, b: &Key) -> Ordering {
        let order = a.class.cmp(&b.class).then(a.first.cmp(&b.first));
        if order.is_ne() {
            return order;
        }
        if a.class != WORDS {
            return a.second.cmp(&b.second);
        }
        self.word(a).cmp(self.word(b))
    }

    fn word(&self, key: &Key) -> &[u32] {
        let from = usize::try_from(key.second >> 24).unwrap_or(usize::MAX);
        let len = usize::try_from(key.second & ((1 << 24) - 1)).unwrap_or_default();
        self.ranks.get(from..from.saturating_add(len)).unwrap_or_default()
    }
}

/// The number that a word says in plain digits; of whole ones no more than are exact.
fn number(text: &str) -> Option<Value<'static>> {
    const MOST_DIGITS: usize = 18;
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !all(whole) || !all(fraction) || digits.len() > MOST_DIGITS {
        return None;
    }
    match text.parse() {
        Ok(n) => Some(Value::Integer(n)),
        Err(_) => text.parse().ok().map(Value::Number),
    }
}

/// Bits that stand to each other as the numbers do.
fn by_size(n: f64) -> u64 {
    // Zero is zero, whatever its sign.
    let bits = (n + 0.0).to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

fn biased(n: i64) -> u64 {
    n.cast_unsigned() ^ (1 << 63)
}

/// Rows between two looks at whether to stop.
const RUN: usize = 65_536;

/// Sorts in runs that are merged, so that it can be stopped; equals keep their order.
fn sorted<T: Copy>(
    mut all: Vec<T>,
    compare: impl Fn(&T, &T) -> Ordering,
    stop: &AtomicBool,
) -> Option<Vec<T>> {
    for run in all.chunks_mut(RUN) {
        if is_stopped(stop) {
            return None;
        }
        run.sort_by(&compare);
    }
    let mut width = RUN;
    while width < all.len() {
        let mut merged = Vec::with_capacity(all.len());
        for pair in all.chunks(2 * width) {
            if is_stopped(stop) {
                return None;
            }
            let (mut left, mut right) = pair.split_at(width.min(pair.len()));
            while let (Some((a, after_a)), Some((b, after_b))) =
                (left.split_first(), right.split_first())
            {
                if compare(a, b).is_le() {
                    merged.push(*a);
                    left = after_a;
                } else {
                    merged.push(*b);
                    right = after_b;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        all = merged;
        width *= 2;
    }
    Some(all)
}

fn is_stopped(stop: &AtomicBool) -> bool {
    stop.load(std::sync::atomic::Ordering::Relaxed)
}

/// The place of a row among those shown; where none is told they stand as they are in the file.
pub fn position_of(order: Option<&Arc<Vec<u32>>>, row: u32) -> Option<usize> {
    match order {
        None => Some(row as usize),
        Some(order) => order.iter().position(|own| *own == row),
    }
}
