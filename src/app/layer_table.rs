//! The attribute table of a layer: its order, its condition, what is selected in it.

use std::sync::Arc;

use super::{
    feature_selection::{Pick, RowOrder, Selection},
    field_columns::FieldColumn,
    message::Message,
    open_layers::{OpenLayer, Passed, Snapshot},
};
use crate::layer::{Field, Value};

/// How a table is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldSort {
    pub field: usize,
    pub descending: bool,
}

/// What the user does in the table of a layer, or a job answers it.
#[derive(Debug, Clone, PartialEq)]
pub enum TableStep {
    /// Sorts by a field; once more, the other way round; then as in the file.
    SortBy(usize),
    /// Takes an order, or that of the file.
    Sort(Option<FieldSort>),
    /// Only features like this, as `jintu convert --where` takes it; empty for all.
    SetCondition(String),
    /// Picks a row.
    Pick(u32, Pick),
    /// To the row so many further down; the ends hold. With `true` up to there all are selected.
    Move(isize, bool),
    SelectAll,
    ClearSelection,
    /// Looks at everything that is selected.
    ZoomToSelection,
    /// Puts the selected rows on the clipboard, as the table shows them.
    Copy,
    /// Which fields are shown, in which order and how wide.
    Arrange(Vec<FieldColumn>),
    /// The answer to a request for the rows in order.
    Ordered {
        request: u64,
        rows: Arc<Vec<u32>>,
    },
}

/// What a table's order was asked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Asked {
    pub data: Snapshot,
    pub passed: Option<Passed>,
    pub sort: Option<FieldSort>,
}

/// A row to scroll to, by its place in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reveal {
    /// Grows by one with each request.
    pub number: u64,
    pub position: usize,
}

/// The table of a layer.
#[derive(Debug, Clone, Default)]
pub struct LayerTable {
    pub sort: Option<FieldSort>,
    /// The rows that pass in their order, as they were asked for last.
    pub order: RowOrder,
    pub selection: Selection,
    /// Only features like this.
    pub condition: String,
    /// What was typed last and says nothing about this layer, and why.
    pub refused: Option<(String, Message)>,
    pub reveal: Option<Reveal>,
    /// Fields whose words all say figures: they stand at the right like numbers.
    pub figures: Vec<bool>,
    pub(super) asked: Option<Asked>,
    /// The latest request for an order that has no answer yet.
    pub(super) waits: Option<u64>,
}

impl LayerTable {
    /// Whether another order is on its way.
    pub const fn is_waiting(&self) -> bool {
        self.waits.is_some()
    }
}

impl OpenLayer {
    /// Rows that its table shows.
    pub fn table_rows(&self) -> usize {
        self.table.order.as_ref().map_or_else(|| self.data.0.len(), |order| order.len())
    }

    /// The row at a place of the table.
    pub fn table_row(&self, position: usize) -> Option<u32> {
        match &self.table.order {
            Some(order) => order.get(position).copied(),
            None => u32::try_from(position).ok().filter(|_| position < self.data.0.len()),
        }
    }

    /// Features that pass the filter and the condition.
    pub fn count_passed(&self) -> usize {
        self.passed.as_ref().map_or_else(|| self.data.0.len(), |passed| passed.count)
    }
}

/// The condition that a field has just this value, in the words that conditions are typed in; `None`
/// where they cannot say it.
pub fn only_this(fields: &[Field], field: usize, value: Value<'_>) -> Option<String> {
    let name = &fields.get(field)?.name;
    // Of two fields of one name the first is meant.
    if fields.iter().position(|own| own.name == *name) != Some(field) {
        return None;
    }
    let name = quoted(name)?;
    match value {
        Value::Missing => Some(format!("{name} is null")),
        Value::Text(text) => Some(format!("{name} = {}", quoted(text)?)),
        number => Some(format!("{name} = {number}")),
    }
}

/// Both must hold.
pub fn joined(condition: &str, other: &str) -> String {
    if condition.trim().is_empty() {
        return other.to_owned();
    }
    format!("{} and {other}", condition.trim())
}

/// A text in quotes that do not stand in it.
fn quoted(text: &str) -> Option<String> {
    let quote = ['"', '\''].into_iter().find(|quote| !text.contains(*quote))?;
    Some(format!("{quote}{text}{quote}"))
}
