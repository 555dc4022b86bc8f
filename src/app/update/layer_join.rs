//! Joining tables to layers: asked, done, remembered, done again when the layer is opened again.

use std::path::PathBuf;

use super::{job, layer_style, layers, panels};
use crate::app::{
    job::{Entry, Order},
    layer_join::{
        JoinOrder, JoinQuestion, JoinSource, JoinStep, Joined, KeptJoin, LayerJoin, TableState,
    },
    layer_key::LayerKey,
    open_layers::{OpenLayer, Reading},
    state::{Overlay, State},
};

/// How many joins are remembered.
const MOST_KEPT: usize = 200;

/// Opens the question; where the layer has a table, with that.
pub fn open(state: &mut State, key: LayerKey) -> Vec<Order> {
    let Some((file, layer)) = state.open_layer(key) else { return Vec::new() };
    if matches!(file.reading, Reading::Under(_)) {
        return Vec::new();
    }
    let kept = layer.join.as_ref().map(|join| join.kept.clone());
    let own = layer.join.as_ref().map_or(&layer.data, |join| &join.own).clone();
    let question = JoinQuestion {
        key,
        own,
        path: None,
        table: TableState::None,
        field: None,
        column: None,
        meeting: None,
        request: 0,
    };
    state.overlay = Overlay::Join(Box::new(question));
    kept.map_or_else(Vec::new, |kept| {
        let (path, sheet) = (kept.table.clone(), kept.sheet.clone());
        read(state, path, sheet, Some(kept))
    })
}

/// Does a step.
pub fn step(state: &mut State, step: JoinStep) -> Vec<Order> {
    match step {
        JoinStep::Table(path) => return read(state, path, None, None),
        JoinStep::Sheet(name) => {
            let Some(path) = question(state).and_then(|own| own.path.clone()) else {
                return Vec::new();
            };
            return read(state, path, Some(name), None);
        }
        JoinStep::Field(field) => {
            if let Some(question) = question(state) {
                question.field = Some(field);
            }
            return meet(state);
        }
        JoinStep::Column(column) => {
            if let Some(question) = question(state) {
                question.column = Some(column);
            }
            return meet(state);
        }
        JoinStep::Read { request, read } => {
            let Some(question) = question(state).filter(|own| own.request == request) else {
                return Vec::new();
            };
            match read {
                Ok(read) => {
                    question.table = TableState::Read { table: read.table, stamp: read.stamp };
                    question.field = read.keys.map(|keys| keys.field);
                    question.column = read.keys.map(|keys| keys.column);
                    return meet(state);
                }
                Err(reason) => question.table = TableState::Failed(reason),
            }
        }
        JoinStep::Met { request, meeting } => {
            if let Some(question) = question(state).filter(|own| own.request == request) {
                question.meeting = Some(meeting);
            }
        }
        JoinStep::Join => return join(state),
        JoinStep::Remove(key) => return remove(state, key),
        JoinStep::Joined(joined) => return take(state, *joined),
        JoinStep::Failed { of, request } => {
            // Its classes have waited for the columns.
            if layer_mut(state, of).is_some_and(|layer| layer.joining == request) {
                return layer_style::classes_of(state, of);
            }
        }
    }
    Vec::new()
}

/// Whether the question is open.
pub const fn is_asked(state: &State) -> bool {
    matches!((&state.overlay, &state.under), (Overlay::Join(_), _) | (_, Overlay::Join(_)))
}

/// The open question, also where the dialog of files lies over it.
fn question(state: &mut State) -> Option<&mut JoinQuestion> {
    match (&mut state.overlay, &mut state.under) {
        (Overlay::Join(question), _) | (_, Overlay::Join(question)) => Some(question),
        _ => None,
    }
}

/// Reads a table, and stops reading the one before.
fn read(
    state: &mut State,
    path: PathBuf,
    sheet: Option<String>,
    kept: Option<KeptJoin>,
) -> Vec<Order> {
    job::stop_entry(state, &Entry::JoinQuestion);
    let request = state.next_number();
    let Some(question) = question(state) else { return Vec::new() };
    question.request = request;
    question.path = Some(path.clone());
    question.table = TableState::Reading;
    (question.field, question.column, question.meeting) = (None, None, None);
    vec![Order::ReadTable { request, own: question.own.clone(), path, sheet, kept }]
}

/// Asks how the keys would meet, as soon as both are chosen.
fn meet(state: &mut State) -> Vec<Order> {
    job::stop_entry(state, &Entry::JoinQuestion);
    let request = state.next_number();
    let Some(question) = question(state) else { return Vec::new() };
    question.request = request;
    question.meeting = None;
    let (Some(keys), Some(table)) = (question.keys(), question.table()) else { return Vec::new() };
    vec![Order::MeetTable { request, own: question.own.clone(), table: table.clone(), keys }]
}

/// Joins as the question says.
fn join(state: &mut State) -> Vec<Order> {
    let Overlay::Join(question) = &state.overlay else { return Vec::new() };
    let question = (**question).clone();
    let (Some(keys), TableState::Read { table, stamp }, Some(path)) =
        (question.keys(), question.table.clone(), question.path.clone())
    else {
        return Vec::new();
    };
    let Some((file, _)) = state.open_layer(question.key) else { return Vec::new() };
    let name = |fields: &[crate::layer::Field], at: usize| {
        fields.get(at).map_or_else(String::new, |field| field.name.clone())
    };
    let kept = KeptJoin {
        path: file.path.clone(),
        layer: question.own.0.name.clone(),
        table: path,
        sheet: table.0.sheet.clone(),
        field: name(&question.own.0.fields, keys.field),
        column: name(&table.0.fields, keys.column),
        stamp,
    };
    state.overlay = Overlay::None;
    order(state, question.key, JoinSource::Chosen(table, keys), kept).into_iter().collect()
}

/// Joins again what is remembered of a layer that has been read.
pub fn again(state: &mut State, key: LayerKey) -> Option<Order> {
    let (file, layer) = state.open_layer(key)?;
    let name = &layer.data.0.name;
    let known = state.settings.layer_joins.iter();
    let kept = known.clone().find(|own| own.path == file.path && own.layer == *name)?.clone();
    order(state, key, JoinSource::Kept, kept)
}

fn order(state: &mut State, of: LayerKey, source: JoinSource, kept: KeptJoin) -> Option<Order> {
    job::stop_entry(state, &Entry::Join(of, kept.table.clone()));
    let request = state.next_number();
    let layer = layer_mut(state, of)?;
    layer.joining = request;
    let own = layer.join.as_ref().map_or(&layer.data, |join| &join.own).clone();
    Some(Order::JoinTable(Box::new(JoinOrder { of, request, own, source, kept })))
}

/// Takes the layer with its new columns, if it is still the one that was joined.
fn take(state: &mut State, joined: Joined) -> Vec<Order> {
    let Joined { of, request, own, data, kept, matched } = joined;
    let Some(layer) = layer_mut(state, of).filter(|layer| layer.joining == request) else {
        return Vec::new();
    };
    if *layer.join.as_ref().map_or(&layer.data, |join| &join.own) != own {
        return Vec::new();
    }
    layer.data = data;
    layer.join = Some(LayerJoin { own, kept: kept.clone(), matched });
    let mut orders = refresh(state, of);
    orders.extend(remember(state, &kept.path.clone(), &kept.layer.clone(), Some(kept)));
    orders
}

/// The layer is again as its file has it.
fn remove(state: &mut State, key: LayerKey) -> Vec<Order> {
    if matches!(state.overlay, Overlay::Join(_)) {
        state.overlay = Overlay::None;
    }
    let request = state.next_number();
    let Some(layer) = layer_mut(state, key) else { return Vec::new() };
    // What is still on its way comes too late.
    layer.joining = request;
    let Some(join) = layer.join.take() else { return Vec::new() };
    layer.data = join.own;
    let mut orders = refresh(state, key);
    orders.extend(remember(state, &join.kept.path, &join.kept.layer, None));
    orders
}

/// What follows from other columns: order, classes, conditions.
fn refresh(state: &mut State, key: LayerKey) -> Vec<Order> {
    if let Some(layer) = layer_mut(state, key) {
        let fields = layer.data.0.fields.len();
        layer.table.sort.take_if(|sort| sort.field >= fields);
        layer.revision += 1;
    }
    let mut orders = layer_style::classes_of(state, key);
    orders.extend(layers::filter_layers(state));
    orders
}

/// Remembers the join of a layer, the newest first, or that it has none.
fn remember(
    state: &mut State,
    path: &std::path::Path,
    layer: &str,
    kept: Option<KeptJoin>,
) -> Option<Order> {
    let known = &mut state.settings.layer_joins;
    if known.iter().find(|own| own.path == path && own.layer == layer) == kept.as_ref() {
        return None;
    }
    known.retain(|own| own.path != path || own.layer != layer);
    known.splice(..0, kept);
    known.truncate(MOST_KEPT);
    Some(panels::save(state))
}

fn layer_mut(state: &mut State, (file, layer): LayerKey) -> Option<&mut OpenLayer> {
    state.files.iter_mut().find(|own| own.id == file)?.layers.get_mut(layer)
}
