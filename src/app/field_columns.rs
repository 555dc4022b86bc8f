//! Which fields of a layer its table shows, in which order and how wide.

use std::{
    collections::{HashMap, VecDeque},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::settings::Settings;
use crate::layer::Layer;

/// A field as the user arranged it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldColumn {
    pub name: String,
    /// In points; `None` as long as nobody dragged it.
    #[serde(default)]
    pub width_pt: Option<f32>,
    #[serde(default)]
    pub hidden: bool,
}

/// How the fields of one layer of a file are arranged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LayerColumns {
    pub file: PathBuf,
    pub layer: String,
    pub columns: Vec<FieldColumn>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableColumn {
    pub field: usize,
    pub width_pt: f32,
    pub is_number: bool,
    pub hidden: bool,
}

/// Narrowest and widest column, in points.
const WIDTHS: (f32, f32) = (36.0, 1_200.0);
/// As many layers are remembered.
const MOST_REMEMBERED: usize = 100;

/// All fields in the order of the table, those that are hidden too.
pub fn columns(settings: &Settings, file: &Path, layer: &Layer) -> Vec<TableColumn> {
    let of = |field: usize, width_pt: Option<f32>, hidden: bool| {
        let is_number = layer.kind_of(field).is_number();
        let usual = || usual_width(layer, field, is_number);
        let width_pt = width_pt.filter(|own| own.is_finite()).unwrap_or_else(usual);
        TableColumn { field, width_pt: width_pt.clamp(WIDTHS.0, WIDTHS.1), is_number, hidden }
    };
    let known =
        settings.layer_columns.iter().find(|own| own.file == file && own.layer == layer.name);
    let Some(known) = known else {
        return (0..layer.fields.len()).map(|field| of(field, None, false)).collect();
    };
    // Of fields of one name each takes the next place that was kept for it.
    let mut places: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for (i, field) in layer.fields.iter().enumerate() {
        places.entry(&field.name).or_default().push_back(i);
    }
    let mut all = Vec::with_capacity(layer.fields.len());
    let mut is_taken = vec![false; layer.fields.len()];
    for own in &known.columns {
        let field = places.get_mut(own.name.as_str()).and_then(VecDeque::pop_front);
        if let Some(field) = field {
            all.push(of(field, own.width_pt, own.hidden));
            if let Some(taken) = is_taken.get_mut(field) {
                *taken = true;
            }
        }
    }
    let others = is_taken.iter().enumerate().filter(|(_, taken)| !**taken);
    all.extend(others.map(|(field, _)| of(field, None, false)));
    all
}

/// What is kept of columns in this order.
pub fn arranged(columns: &[TableColumn], layer: &Layer) -> Vec<FieldColumn> {
    let own = columns.iter().filter_map(|column| {
        let name = layer.fields.get(column.field)?.name.clone();
        Some(FieldColumn { name, width_pt: Some(column.width_pt), hidden: column.hidden })
    });
    own.collect()
}

impl Settings {
    /// Keeps how a layer's fields are arranged, the newest first; none for as they are in the file.
    pub fn keep_columns(&mut self, file: &Path, layer: &str, columns: Vec<FieldColumn>) {
        self.layer_columns.retain(|own| own.file != file || own.layer != layer);
        if !columns.is_empty() {
            let own = LayerColumns { file: file.to_owned(), layer: layer.to_owned(), columns };
            self.layer_columns.insert(0, own);
            self.layer_columns.truncate(MOST_REMEMBERED);
        }
    }
}

/// Wide enough for the name and what such values usually are.
fn usual_width(layer: &Layer, field: usize, is_number: bool) -> f32 {
    let name = layer.fields.get(field).map_or("", |field| field.name.as_str());
    let wide = |c: char| if c.is_ascii() { 8.0 } else { 14.0 };
    let name: f32 = name.chars().map(wide).sum();
    let values: f32 = if is_number { 88.0 } else { 132.0 };
    values.max((name + 30.0).min(240.0))
}
