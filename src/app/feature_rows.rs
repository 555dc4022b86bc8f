//! Rows of a layer as text for the clipboard.

use std::sync::atomic::{AtomicBool, Ordering};

use super::feature_selection::RowOrder;
use crate::layer::{Bits, Layer, Value};

/// More bytes than this are no matter for the clipboard.
pub const MOST_BYTES: usize = 64 << 20;

/// Why rows are not copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotCopied {
    Stopped,
    /// They are more than [`MOST_BYTES`].
    TooMany,
}

/// The selected rows in the order of the table, tab-separated under a line of names; what is missing is
/// empty, and cells with tabs, ends of lines or quotes stand in quotes as spreadsheets do it. Nothing
/// is changed: what reads like a formula stays so.
///
/// # Errors
/// It was stopped, or it would be too much.
pub fn tsv(
    layer: &Layer,
    fields: &[usize],
    order: &RowOrder,
    selected: &[Bits],
    stop: &AtomicBool,
) -> Result<(String, usize), NotCopied> {
    let mut out = String::new();
    let name = |field: &usize| layer.fields.get(*field).map_or("", |field| field.name.as_str());
    line(&mut out, fields.iter().map(|field| Value::Text(name(field))));
    let is_selected = |row: &u32| {
        let place = layer.place_of(*row);
        place.is_some_and(|(i, row)| selected.get(i).is_some_and(|bits| bits.contains(row)))
    };
    let mut rows = 0;
    let mut add = |row: u32| {
        if rows % 1024 == 0 && stop.load(Ordering::Relaxed) {
            return Err(NotCopied::Stopped);
        }
        line(&mut out, fields.iter().map(|field| layer.value(row, *field)));
        rows += 1;
        if out.len() > MOST_BYTES { Err(NotCopied::TooMany) } else { Ok(()) }
    };
    if let Some(order) = order {
        order.iter().copied().filter(is_selected).try_for_each(&mut add)?;
    } else {
        let all = u32::try_from(layer.len()).unwrap_or(u32::MAX);
        (0..all).filter(is_selected).try_for_each(&mut add)?;
    }
    Ok((out, rows))
}

/// A cell as it is copied alone: what is missing is nothing.
pub fn cell(value: Value<'_>) -> String {
    if value == Value::Missing { String::new() } else { value.to_string() }
}

fn line<'a>(out: &mut String, values: impl Iterator<Item = Value<'a>>) {
    for (i, value) in values.enumerate() {
        if i > 0 {
            out.push('\t');
        }
        match value {
            Value::Text(text) if text.contains(['\t', '\n', '\r', '"']) => {
                out.push('"');
                out.push_str(&text.replace('"', "\"\""));
                out.push('"');
            }
            other => out.push_str(&cell(other)),
        }
    }
    out.push('\n');
}
