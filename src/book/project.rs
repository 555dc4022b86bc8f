//! A project of a workbook.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{FieldRecord, Kept, Later, Mark, Origin, RowRecord, Stated, Table, Words};
use crate::units::SourceSpan;

/// One project: what its origin states, and beside it what is known later.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProjectRecord {
    /// Never changes and is never given to another: a newer reader of plans keeps to it.
    pub id: String,
    pub origin: Origin,
    /// By the names of `catalogue::edit::FIELDS`, which are those of the JSON.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, FieldRecord>,
    /// The figures of its words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<FactRecord>,
    /// Further words of the plan that name it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<SourceSpan>,
    /// Public facts from after the plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub updates: Vec<UpdateRecord>,
    /// Rows of tables that tell of it; that of its origin first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<RowRecord>,
    /// Why it has no place, as far as that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unlocated: Option<UnlocatedRecord>,
    /// Taken out of the list; everything stays, so that it can come back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed: Option<Mark>,
    /// The same work as another, which stands for both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged: Option<Merged>,
    /// Ids of projects that have to do with it, by hand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<String>,
    /// Somebody looked at what was recognised and accepted it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<Mark>,
    /// Somebody marked words of the plan as this project: the reader of plans did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marked: Option<Mark>,
}

/// That a project is the same work as another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// The id of the other.
    pub into: String,
    #[serde(flatten)]
    pub mark: Mark,
}

/// A figure, as the reader of the plan saw it when the workbook was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FactRecord {
    /// The stable name of its quantity.
    pub quantity: String,
    pub value: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_max: Option<f64>,
    pub unit: String,
    pub stated_value: String,
    pub stated_unit: String,
    pub subject: Words,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub approx: bool,
    pub span: SourceSpan,
    pub text: String,
    /// Somebody said that it belongs to the project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_hand: Option<Mark>,
}

/// A public fact from after the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdateRecord {
    pub date: String,
    pub text: Words,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Words>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ChangeRecord>,
}

/// A statement of the plan that a later fact changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeRecord {
    pub subject: Words,
    pub stated: Words,
    pub span: SourceSpan,
    pub later: Words,
}

/// Why a project has no place, and what a hollow anchor may stand for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnlocatedRecord {
    /// The key of a class of accuracy.
    pub accuracy: String,
    pub reason: Words,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor_name: Option<Words>,
    /// Longitude and latitude in degrees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<[f64; 2]>,
    /// The county that the anchor stands for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub county: Option<String>,
}

impl ProjectRecord {
    /// A project that nothing is known of yet.
    pub fn new(id: impl Into<String>, origin: Origin) -> Self {
        Self {
            id: id.into(),
            origin,
            fields: BTreeMap::new(),
            facts: Vec::new(),
            mentions: Vec::new(),
            updates: Vec::new(),
            rows: Vec::new(),
            unlocated: None,
            removed: None,
            merged: None,
            related: Vec::new(),
            reviewed: None,
            marked: None,
        }
    }

    /// Whether it is in the list: neither taken out nor part of another.
    pub const fn is_listed(&self) -> bool {
        self.removed.is_none() && self.merged.is_none()
    }

    /// Whether it was recognised, is in the list, and nobody has looked at it yet.
    pub const fn awaits_review(&self) -> bool {
        let by_hand = self.marked.is_some() || matches!(self.origin, Origin::Hand(_));
        self.is_listed() && self.reviewed.is_none() && !by_hand
    }

    /// What is in effect for a field.
    pub fn value(&self, field: &str) -> Option<&Value> {
        self.fields.get(field)?.effective()
    }

    /// What is in effect for a field of words.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.value(field)?.as_str()
    }

    /// What is in effect for a field that is a number.
    pub fn number(&self, field: &str) -> Option<f64> {
        self.value(field)?.as_f64()
    }

    /// Whether a field that is yes or no is yes.
    pub fn flag(&self, field: &str) -> bool {
        self.value(field).and_then(Value::as_bool).unwrap_or_default()
    }

    /// What is in effect for a field that is a list of words.
    pub fn list(&self, field: &str) -> Vec<String> {
        let items = self.value(field).and_then(Value::as_array).into_iter().flatten();
        items.filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// Whether something is known later of a field.
    pub fn is_set(&self, field: &str) -> bool {
        self.fields.get(field).is_some_and(|field| field.later.is_some())
    }

    /// Whether a later value is what a row of a table tells; otherwise somebody set it by hand.
    pub fn is_of_row(&self, later: &Later) -> bool {
        self.rows.iter().any(|row| row.ground() == later.mark.source)
    }

    /// Writes down what the origin states. What is empty is left out.
    pub fn state(&mut self, field: &str, value: Value) {
        self.state_as(field, Stated::plain(value));
    }

    /// As [`Self::state`], with the place that says it.
    pub fn state_as(&mut self, field: &str, stated: Stated) {
        let empty = match &stated.value {
            Value::Null | Value::Bool(false) => true,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            _ => false,
        };
        if !empty {
            self.fields.entry(field.to_owned()).or_default().stated = Some(stated);
        }
    }

    /// Writes down what is known later; the stated value stays beside it. `Value::Null` says that
    /// there is none.
    pub fn set(&mut self, field: &str, value: Value, mark: Mark) {
        self.fields.entry(field.to_owned()).or_default().later = Some(Later { value, mark });
    }

    /// Goes back to what is stated (恢复原文). Says whether anything was set.
    pub fn restore(&mut self, field: &str) -> bool {
        let Some(own) = self.fields.get_mut(field) else { return false };
        let was_set = own.later.take().is_some();
        if own.stated.is_none() {
            self.fields.remove(field);
        }
        was_set
    }
}

impl Kept for ProjectRecord {
    const TABLE: Table = Table::Projects;

    fn key(&self) -> &str {
        &self.id
    }
}
