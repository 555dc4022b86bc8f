//! The attribute tables of layers.

use std::path::PathBuf;

use super::{job, layers, notices::notify, panels};
use crate::{
    app::{
        FeatureRef, LayerKey,
        feature_selection::Pick,
        field_columns,
        fit_target::FitTarget,
        history::Edit,
        job::{Entry, Order},
        layer_order::position_of,
        layer_table::{Asked, FieldSort, Reveal, TableStep},
        message::{Message, News},
        notice::NoticeLevel,
        open_layers::{FoundFeatures, OpenLayer, Reading},
        state::{Overlay, State},
    },
    geo::mercator,
    layer::{Condition, Layer},
};

/// Shows the table of a layer, or of the projects, in the drawer.
pub fn open(state: &mut State, of: Option<LayerKey>) -> Vec<Order> {
    state.table_of = of.filter(|key| state.open_layer(*key).is_some());
    if state.settings.table_open { Vec::new() } else { panels::toggle_table(state) }
}

/// Does a step in the table of a layer.
pub fn step(state: &mut State, key: LayerKey, step: TableStep) -> Vec<Order> {
    let Some(layer) = layer_mut(state, key) else { return Vec::new() };
    match step {
        TableStep::SortBy(field) => layer.table.sort = next_sort(layer.table.sort, field),
        TableStep::Sort(sort) => layer.table.sort = sort,
        TableStep::SetCondition(text) => return set_condition(state, key, text.trim().to_owned()),
        TableStep::Pick(row, how) => {
            let OpenLayer { table, data, .. } = layer;
            table.selection.pick(&data.0, &table.order, row, how);
        }
        TableStep::Move(by, extends) => go(state, key, by, extends),
        TableStep::SelectAll => {
            let passed = layer.passed.as_ref().map(|passed| &passed.rows);
            layer.table.selection.all(&layer.data.0, passed);
        }
        TableStep::ClearSelection => layer.table.selection.clear(),
        TableStep::ZoomToSelection => return zoom_to_selection(layer),
        TableStep::Copy => return copy(state, key),
        TableStep::Arrange(columns) => {
            let name = layer.data.0.name.clone();
            let path = state.files.iter().find(|file| file.id == key.0).map(|file| &file.path);
            let path: PathBuf = path.cloned().unwrap_or_default();
            state.settings.keep_columns(&path, &name, columns);
            return vec![panels::save(state)];
        }
        TableStep::Ordered { request, rows } => {
            if layer.table.waits == Some(request) {
                layer.table.waits = None;
                layer.table.order = Some(rows);
                reveal_cursor(state, key);
            }
        }
    }
    Vec::new()
}

/// Asks for the rows of the table that is shown, where they are others now: the latest wins.
pub fn follow(state: &mut State) -> Vec<Order> {
    let Some(key) = state.table_of else { return Vec::new() };
    let Some(file) = state.files.iter().find(|file| file.id == key.0) else {
        state.table_of = None;
        return Vec::new();
    };
    let is_read = !matches!(file.reading, Reading::Under(_));
    // While a file is read once more its layers are on their way.
    let Some(layer) = file.layers.get(key.1).filter(|_| state.settings.table_open) else {
        return Vec::new();
    };
    let wanted =
        Asked { data: layer.data.clone(), passed: layer.passed.clone(), sort: layer.table.sort };
    // What comes while a file is read is put in order once, at its end.
    let waits = !is_read && layer.table.order.is_some() && wanted.sort.is_some();
    if waits || layer.table.asked.as_ref() == Some(&wanted) {
        return Vec::new();
    }
    job::stop_entry(state, &Entry::LayerOrder(key));
    let request = state.next_number();
    let Some(layer) = layer_mut(state, key) else { return Vec::new() };
    let is_plain = wanted.passed.is_none() && wanted.sort.is_none();
    if layer.table.asked.as_ref().is_none_or(|asked| asked.data != wanted.data) {
        layer.table.figures = layer.data.0.figures_in_words();
    }
    layer.table.asked = Some(wanted.clone());
    layer.table.waits = (!is_plain).then_some(request);
    if is_plain {
        let had_order = layer.table.order.take().is_some();
        if had_order {
            reveal_cursor(state, key);
        }
        return Vec::new();
    }
    let Asked { data, passed, sort } = wanted;
    vec![Order::OrderRows { of: key, request, data, passed, sort }]
}

/// Shows what the file says of a feature. Of several found at a place the others are a step away; the
/// table of a layer, where one is shown, follows.
pub fn open_feature(state: &mut State, feature: FeatureRef) {
    let found = match std::mem::take(&mut state.overlay) {
        Overlay::PickList { features, .. } => features,
        Overlay::Feature(found) => found.features,
        _ => Vec::new(),
    };
    let at = found.iter().position(|own| *own == feature);
    let found = match at {
        Some(at) => FoundFeatures { features: found, at },
        None => FoundFeatures { features: vec![feature], at: 0 },
    };
    state.overlay = Overlay::Feature(found);
    show_in_table(state, feature, Pick::Only);
}

/// To another of the features found at the same place, around the end.
pub fn step_feature(state: &mut State, by: isize) {
    let Overlay::Feature(found) = &mut state.overlay else { return };
    let Some(last) = found.features.len().checked_sub(1) else { return };
    found.at = match found.at.checked_add_signed(by) {
        Some(at) if at <= last => at,
        Some(_) => 0,
        None => last,
    };
    if let Some(feature) = found.shown() {
        show_in_table(state, feature, Pick::Only);
    }
}

/// Selects a feature in the table of its layer, as long as a table of layers is seen.
pub fn show_in_table(state: &mut State, feature: FeatureRef, how: Pick) {
    if state.table_of.is_none() || !state.settings.table_open {
        return;
    }
    let key = (feature.file, feature.layer);
    let Some(layer) = layer_mut(state, key) else { return };
    let Some(row) = layer.data.0.row_at(feature.chunk, feature.row) else { return };
    let OpenLayer { table, data, .. } = layer;
    table.selection.pick(&data.0, &table.order, row, how);
    state.table_of = Some(key);
    reveal_cursor(state, key);
}

/// Opens the table of a feature's layer there.
pub fn find_in_table(state: &mut State, feature: FeatureRef) -> Vec<Order> {
    let orders = open(state, Some((feature.file, feature.layer)));
    show_in_table(state, feature, Pick::Only);
    orders
}

/// Clears the selection of the table that is shown; whether there was any.
pub fn escape(state: &mut State) -> bool {
    let Some(key) = state.table_of.filter(|_| state.settings.table_open) else { return false };
    let Some(layer) = layer_mut(state, key) else { return false };
    let had_any = !layer.table.selection.is_empty();
    layer.table.selection.clear();
    had_any
}

fn layer_mut(state: &mut State, (file, layer): LayerKey) -> Option<&mut OpenLayer> {
    state.files.iter_mut().find(|own| own.id == file)?.layers.get_mut(layer)
}

fn next_sort(sort: Option<FieldSort>, field: usize) -> Option<FieldSort> {
    match sort {
        Some(own) if own.field == field && own.descending => None,
        Some(own) if own.field == field => Some(FieldSort { field, descending: true }),
        _ => Some(FieldSort { field, descending: false }),
    }
}

fn set_condition(state: &mut State, key: LayerKey, text: String) -> Vec<Order> {
    let Some(layer) = layer_mut(state, key) else { return Vec::new() };
    let read = if text.is_empty() { Ok(()) } else { reads(&text, &layer.data.0) };
    layer.table.refused = match read {
        Ok(()) => None,
        Err(reason) => Some((text.clone(), reason)),
    };
    if layer.table.refused.is_some() || layer.table.condition == text {
        return Vec::new();
    }
    let before = std::mem::replace(&mut layer.table.condition, text.clone());
    state.history.push(Edit::Condition { key, before, after: text });
    layers::filter_layers(state)
}

/// Takes a condition that held before, where the layer is still there.
pub fn hold(state: &mut State, key: LayerKey, condition: String) -> Vec<Order> {
    let Some(layer) = layer_mut(state, key) else { return Vec::new() };
    layer.table.condition = condition;
    layer.table.refused = None;
    layers::filter_layers(state)
}

fn reads(text: &str, layer: &Layer) -> Result<(), Message> {
    Condition::read(text, layer).map(|_| ()).map_err(Message::new)
}

fn go(state: &mut State, key: LayerKey, by: isize, extends: bool) {
    let Some(layer) = layer_mut(state, key) else { return };
    let Some(last) = layer.table_rows().checked_sub(1) else { return };
    let cursor = layer.table.selection.cursor();
    let from = cursor.and_then(|row| position_of(layer.table.order.as_ref(), row));
    let to = from.map_or(0, |from| from.saturating_add_signed(by)).min(last);
    let Some(row) = layer.table_row(to) else { return };
    let how = if extends { Pick::Through } else { Pick::Only };
    let OpenLayer { table, data, .. } = layer;
    table.selection.pick(&data.0, &table.order, row, how);
    reveal_cursor(state, key);
}

/// Scrolls the table to the row that the keys go on from.
fn reveal_cursor(state: &mut State, key: LayerKey) {
    let number = state.next_number();
    let Some(layer) = layer_mut(state, key) else { return };
    let row = layer.table.selection.cursor();
    let position = row.and_then(|row| position_of(layer.table.order.as_ref(), row));
    if let Some(position) = position {
        layer.table.reveal = Some(Reveal { number, position });
    }
}

fn zoom_to_selection(layer: &OpenLayer) -> Vec<Order> {
    let selection = &layer.table.selection;
    if selection.is_empty() {
        return Vec::new();
    }
    vec![Order::ZoomToRows { data: layer.data.clone(), rows: selection.rows().clone() }]
}

fn copy(state: &mut State, key: LayerKey) -> Vec<Order> {
    let Some((file, layer)) = state.open_layer(key) else { return Vec::new() };
    let selection = &layer.table.selection;
    if selection.is_empty() {
        return Vec::new();
    }
    let columns = field_columns::columns(&state.settings, &file.path, &layer.data.0);
    let shown = columns.iter().filter(|column| !column.hidden);
    vec![Order::CopyRows {
        data: layer.data.clone(),
        fields: shown.map(|column| column.field).collect(),
        order: layer.table.order.clone(),
        selected: selection.rows().clone(),
    }]
}

/// Leaves a text for the window to put on the clipboard.
pub fn copied(state: &mut State, text: String, rows: usize) {
    state.to_copy = Some(text.into());
    notify(state, NoticeLevel::Done, News::CopiedRows(rows).into());
}

/// The view of a feature; `None` for one without a place.
pub fn zoom_to(state: &mut State, of: FeatureRef) {
    let layer = state.open_layer((of.file, of.layer)).map(|(_, layer)| &layer.data.0);
    let extent = layer.and_then(|layer| layer.extent_of(of.chunk, of.row));
    match extent {
        Some(extent) => {
            let target = FitTarget::Close(mercator::extent_from_mercator(extent));
            state.request_camera(target, state.settings.reduce_motion);
        }
        None => notify(state, NoticeLevel::Problem, News::NoPlace.into()),
    }
}
