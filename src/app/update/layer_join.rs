//! Joining tables to layers: asked, done, remembered, done again when the layer is opened again.

use std::path::{Path, PathBuf};

use super::{job, layer_style, layers, panels};
use crate::app::{
    history::Edit,
    job::{Entry, Order},
    layer_join::{
        JoinOrder, JoinQuestion, JoinSource, JoinStep, Joined, JoinedTable, KeptJoin, LayerJoin,
        TableState, kept_joins,
    },
    layer_key::LayerKey,
    open_layers::{OpenLayer, Reading},
    state::{Overlay, State},
};

/// How many joins are remembered.
const MOST_KEPT: usize = 200;

/// Opens the question; where the layer has tables, with the one that came last.
pub fn open(state: &mut State, key: LayerKey) -> Vec<Order> {
    let last = state.open_layer(key).and_then(|(_, layer)| Some(layer.join.as_ref()?.tables.len()));
    look_at(state, key, last.and_then(|count| count.checked_sub(1)))
}

/// Asks about one of the layer's tables, or about one more.
fn look_at(state: &mut State, key: LayerKey, place: Option<usize>) -> Vec<Order> {
    let Some((file, layer)) = state.open_layer(key) else { return Vec::new() };
    if matches!(file.reading, Reading::Under(_)) {
        return Vec::new();
    }
    let table = layer.join.as_ref().zip(place).and_then(|(join, at)| join.tables.get(at)).cloned();
    let own = layer.data.clone();
    let question = JoinQuestion {
        key,
        place: place.filter(|_| table.is_some()),
        fields: table.as_ref().map_or(own.0.fields.len(), |table| table.fields_before),
        own_fields: layer.join.as_ref().map_or(own.0.fields.len(), |join| join.own.0.fields.len()),
        own,
        path: None,
        table: TableState::None,
        field: None,
        column: None,
        meeting: None,
        request: 0,
    };
    job::stop_entry(state, &Entry::JoinQuestion);
    state.overlay = Overlay::Join(Box::new(question));
    table.map_or_else(Vec::new, |JoinedTable { kept, .. }| {
        let (path, sheet) = (kept.table.clone(), kept.sheet.clone());
        read(state, path, sheet, Some(kept))
    })
}

/// Does a step.
pub fn step(state: &mut State, step: JoinStep) -> Vec<Order> {
    match step {
        JoinStep::Place(place) => {
            let key = question(state).map(|question| question.key);
            return key.map_or_else(Vec::new, |key| look_at(state, key, place));
        }
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
        JoinStep::Remove(key, at) => return remove(state, key, at),
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
    let (own, fields) = (question.own.clone(), question.fields);
    let own_fields = question.own_fields;
    vec![Order::ReadTable { request, own, fields, own_fields, path, sheet, kept }]
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
    let Some((file, layer)) = state.open_layer(question.key) else { return Vec::new() };
    if layer.data != question.own {
        // Its tables were joined again meanwhile: the keys are looked for in what is there now.
        return look_at(state, question.key, question.place);
    }
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
    let mut tables = held(layer.join.as_ref().map_or(&[], |join| &join.tables));
    let chosen = (JoinSource::Chosen(table, keys), kept);
    match question.place.and_then(|at| tables.get_mut(at)) {
        Some(own) => *own = chosen,
        None => tables.push(chosen),
    }
    state.overlay = Overlay::None;
    order(state, question.key, tables, true).into_iter().collect()
}

/// Tables that are there already, to be joined anew.
fn held(tables: &[JoinedTable]) -> Vec<(JoinSource, KeptJoin)> {
    let one = |own: &JoinedTable| (JoinSource::Held(own.table.clone()), own.kept.clone());
    tables.iter().map(one).collect()
}

/// Joins again what is remembered of a layer that has been read.
pub fn again(state: &mut State, key: LayerKey) -> Option<Order> {
    let (file, layer) = state.open_layer(key)?;
    let kept = kept_joins(&state.settings.layer_joins, &file.path, &layer.data.0.name);
    let tables: Vec<_> = kept.map(|kept| (JoinSource::Kept, kept.clone())).collect();
    if tables.is_empty() { None } else { order(state, key, tables, false) }
}

fn order(
    state: &mut State,
    of: LayerKey,
    tables: Vec<(JoinSource, KeptJoin)>,
    is_edit: bool,
) -> Option<Order> {
    let request = state.next_number();
    let layer = layer_mut(state, of)?;
    layer.joining = request;
    let own = layer.join.as_ref().map_or(&layer.data, |join| &join.own).clone();
    let order = JoinOrder { of, request, own, tables, is_edit };
    job::stop_entry(state, &Entry::Join(of, order.table()));
    Some(Order::JoinTable(Box::new(order)))
}

/// Takes the layer with its new columns, if it is still the one that was joined.
fn take(state: &mut State, joined: Joined) -> Vec<Order> {
    let Joined { of, request, own, data, tables, kept, is_edit } = joined;
    let Some(layer) = layer_mut(state, of).filter(|layer| layer.joining == request) else {
        return Vec::new();
    };
    if *layer.join.as_ref().map_or(&layer.data, |join| &join.own) != own {
        return Vec::new();
    }
    let name = own.0.name.clone();
    let before = layer.join.take().map_or_else(Vec::new, |join| join.tables);
    layer.data = data;
    layer.join = (!tables.is_empty()).then(|| LayerJoin { own, tables: tables.clone() });
    if is_edit && before != tables {
        state.history.push(Edit::Joins { key: of, before, after: tables });
    }
    let mut orders = refresh(state, of);
    let path = state.open_layer(of).map(|(file, _)| file.path.clone());
    orders.extend(path.and_then(|path| remember(state, &path, &name, kept)));
    orders
}

/// Takes one of a layer's tables off; those that have their key from it go with it, and it is told.
fn remove(state: &mut State, key: LayerKey, at: usize) -> Vec<Order> {
    if matches!(state.overlay, Overlay::Join(_)) {
        state.overlay = Overlay::None;
    }
    let Some(join) = layer_mut(state, key).and_then(|layer| layer.join.clone()) else {
        return Vec::new();
    };
    let mut tables = join.tables.clone();
    if at >= tables.len() {
        return Vec::new();
    }
    tables.remove(at);
    if tables.is_empty() {
        state.history.push(Edit::Joins { key, before: join.tables, after: Vec::new() });
        return as_in_file(state, key);
    }
    order(state, key, held(&tables), true).into_iter().collect()
}

/// Gives a layer the tables that it had before, or those that it had then.
pub fn hold(state: &mut State, key: LayerKey, tables: &[JoinedTable]) -> Vec<Order> {
    if tables.is_empty() {
        return as_in_file(state, key);
    }
    order(state, key, held(tables), false).into_iter().collect()
}

/// The layer is again as its file has it.
fn as_in_file(state: &mut State, key: LayerKey) -> Vec<Order> {
    let request = state.next_number();
    let Some(layer) = layer_mut(state, key) else { return Vec::new() };
    // What is still on its way comes too late.
    layer.joining = request;
    let Some(join) = layer.join.take() else { return Vec::new() };
    let name = join.own.0.name.clone();
    layer.data = join.own;
    let mut orders = refresh(state, key);
    let path = state.open_layer(key).map(|(file, _)| file.path.clone());
    orders.extend(path.and_then(|path| remember(state, &path, &name, Vec::new())));
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

/// Remembers the tables of a layer, the newest layer first.
fn remember(state: &mut State, path: &Path, layer: &str, kept: Vec<KeptJoin>) -> Option<Order> {
    let known = &mut state.settings.layer_joins;
    if kept_joins(known, path, layer).eq(&kept) {
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
