//! Styles of the user's layers: changed, taken back, remembered, sorted into classes.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{kept_layers, panels};
use crate::{
    app::{
        history::Edit,
        job::Order,
        layer_dress::{KeptStyle, kept_style},
        layer_key::LayerKey,
        open_layers::OpenLayer,
        saved::LayerEdit,
        state::{Overlay, State},
        told_apart::SharedClasses,
    },
    layer::style::{LayerStyle, Rule},
};

/// How many layers' styles are remembered.
const MOST_KEPT: usize = 400;

/// Opens the sheet of a layer's style.
pub fn open(state: &mut State, key: LayerKey) {
    if layer_mut(state, key).is_some() {
        state.overlay = Overlay::LayerStyle(key.0, key.1);
    }
}

/// Gives a layer another style. It is remembered at once unless it is still being changed.
pub fn set(state: &mut State, key: LayerKey, style: LayerStyle, settled: bool) -> Vec<Order> {
    let Some(layer) = layer_mut(state, key) else { return Vec::new() };
    let before = layer.dress.style.clone();
    if *before == style {
        return Vec::new();
    }
    let after = Arc::new(style);
    state.history.push(Edit::Style { key, before, after: after.clone() });
    let mut orders = wear(state, key, after);
    if settled {
        orders.extend(remember(state, key));
    }
    orders
}

/// Puts a style on.
pub fn wear(state: &mut State, key: LayerKey, style: Arc<LayerStyle>) -> Vec<Order> {
    let Some(layer) = layer_mut(state, key) else { return Vec::new() };
    let before = std::mem::replace(&mut layer.dress.style, style);
    let style = &layer.dress.style;
    if before.labels != style.labels || before.needs_classes() != style.needs_classes() {
        layer.revision += 1;
    }
    if before.rule.sorts_as(&style.rule) { Vec::new() } else { classes_of(state, key) }
}

/// Asks for the classes of a layer, where its style wants any.
pub fn classes_of(state: &mut State, key: LayerKey) -> Vec<Order> {
    let request = state.next_number();
    let Some(layer) = layer_mut(state, key) else { return Vec::new() };
    // An answer to an earlier question is none to this one.
    layer.classing = request;
    if layer.dress.style.rule == Rule::One {
        layer.revision += u64::from(layer.dress.classes.take().is_some());
        return Vec::new();
    }
    let (data, rule) = (layer.data.clone(), layer.dress.style.rule.clone());
    vec![Order::ClassLayer { request, key, data, rule }]
}

/// Takes the classes of a layer, if they are what was asked for last.
pub fn classed(state: &mut State, key: LayerKey, request: u64, classes: Option<SharedClasses>) {
    if let Some(layer) = layer_mut(state, key).filter(|layer| layer.classing == request) {
        layer.dress.classes = classes;
        layer.revision += 1;
    }
}

/// Raises or lowers a layer by one among those of all files, and remembers the order.
pub fn shift(state: &mut State, key: LayerKey, up: bool) -> Vec<Order> {
    let mut keys: Vec<LayerKey> =
        state.layers_from_ground().into_iter().map(|(key, _)| key).collect();
    let Some(at) = keys.iter().position(|own| *own == key) else { return Vec::new() };
    let to = if up { at + 1 } else { at.wrapping_sub(1) };
    if to >= keys.len() {
        return Vec::new();
    }
    keys.swap(at, to);
    lay(state, &keys);
    if state.workbook.is_writable() {
        let ids = keys.iter().filter_map(|key| state.layer_record(*key).map(|own| own.id.clone()));
        let ids: Vec<String> = ids.collect();
        if ids.len() > 1 {
            kept_layers::change(state, LayerEdit::Order { ids });
        }
    }
    let mut order: Vec<(PathBuf, String)> =
        keys.iter().filter_map(|key| named(state, *key)).collect();
    let others = state.settings.layer_order.iter().filter(|own| !order.contains(own));
    let others: Vec<(PathBuf, String)> = others.cloned().collect();
    order.extend(others);
    order.truncate(MOST_KEPT);
    state.settings.layer_order = order;
    vec![panels::save(state)]
}

/// Lays the layers whose order is remembered in that order, each where one of them lies.
pub fn recall_order(state: &mut State) {
    lay_by(state, |state, key| {
        let own = named(state, key)?;
        state.settings.layer_order.iter().position(|known| *known == own)
    });
}

/// Lays the layers that have a rank in the order of their ranks, each where one of them lies.
pub fn lay_by(state: &mut State, rank: impl Fn(&State, LayerKey) -> Option<usize>) {
    let mut keys: Vec<LayerKey> =
        state.layers_from_ground().into_iter().map(|(key, _)| key).collect();
    let rank = |key: &LayerKey| rank(state, *key);
    let places: Vec<usize> =
        (0..keys.len()).filter(|i| keys.get(*i).is_some_and(|key| rank(key).is_some())).collect();
    let mut known: Vec<LayerKey> = places.iter().filter_map(|i| keys.get(*i).copied()).collect();
    known.sort_by_key(rank);
    for (place, key) in places.into_iter().zip(known) {
        if let Some(own) = keys.get_mut(place) {
            *own = key;
        }
    }
    lay(state, &keys);
}

/// Gives layers their levels, from the ground up.
fn lay(state: &mut State, keys: &[LayerKey]) {
    for (level, key) in keys.iter().enumerate() {
        if let Some(layer) = layer_mut(state, *key) {
            layer.level = level;
        }
    }
}

/// What a layer is remembered by.
fn named(state: &State, key: LayerKey) -> Option<(PathBuf, String)> {
    let (path, layer) = file_and_layer(state, key)?;
    Some((path, layer.data.0.name.clone()))
}

/// What is remembered of a layer of a file.
pub fn recall(kept: &[KeptStyle], path: &Path, layer: &mut OpenLayer) {
    if let Some((style, hidden)) = kept_style(kept, path, &layer.data.0) {
        layer.dress.style = Arc::new(style);
        layer.visible = !hidden;
    }
}

/// Remembers a layer's style, the newest first; the usual one needs no entry.
pub fn remember(state: &mut State, key: LayerKey) -> Vec<Order> {
    if let Some(record) = state.layer_record(key).filter(|_| state.workbook.is_writable()) {
        // While the sheet is open one step after the other can be taken back; then it is one.
        let is_open = state.overlay == Overlay::LayerStyle(key.0, key.1);
        let style = state.layer(key).map(|own| style_json(&own.dress.style));
        if let Some(style) = style.filter(|style| !is_open && *style != record.style) {
            let id = record.id.clone();
            state.history.forget_styles(key);
            kept_layers::change(state, LayerEdit::Style { id, style });
        }
        return Vec::new();
    }
    let Some((path, layer)) = file_and_layer(state, key) else { return Vec::new() };
    let name = layer.data.0.name.clone();
    let (style, hidden) = (layer.dress.style.clone(), !layer.visible);
    let kept = &mut state.settings.layer_styles;
    let before = kept.clone();
    kept.retain(|own| own.path != path || own.layer != name);
    // A style is plain data: it has nothing that JSON has not.
    if (*style != LayerStyle::default() || hidden)
        && let Ok(style) = serde_json::to_value(&*style)
    {
        kept.insert(0, KeptStyle { path, layer: name, hidden, style });
        kept.truncate(MOST_KEPT);
    }
    if *kept == before { Vec::new() } else { vec![panels::save(state)] }
}

/// A style as it is kept; nothing for the usual one.
pub fn style_json(style: &LayerStyle) -> serde_json::Value {
    if *style == LayerStyle::default() {
        return serde_json::Value::Null;
    }
    // Plain data: it has nothing that JSON has not.
    serde_json::to_value(style).unwrap_or_default()
}

/// The style that was kept; `None` for one that this version cannot read.
pub fn style_of(kept: &serde_json::Value) -> Option<LayerStyle> {
    if kept.is_null() { Some(LayerStyle::default()) } else { LayerStyle::of_json(kept).ok() }
}

fn file_and_layer(state: &State, (file, i): LayerKey) -> Option<(PathBuf, &OpenLayer)> {
    let own = state.files.iter().find(|own| own.id == file)?;
    Some((own.path.clone(), own.layers.get(i)?))
}

/// A layer to be changed.
pub fn layer_mut(state: &mut State, (file, i): LayerKey) -> Option<&mut OpenLayer> {
    state.files.iter_mut().find(|own| own.id == file)?.layers.get_mut(i)
}
