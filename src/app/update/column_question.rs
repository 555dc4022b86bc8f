//! Asking which columns of a table hold its coordinates.

use std::path::PathBuf;

use super::{crs_question, layers, panels};
use crate::{
    app::{
        column_question::{ColumnQuestion, Landing, first_choice},
        job::Order,
        state::{Overlay, State},
    },
    layer::{ChosenColumns, TableStart},
};

/// Opens the question for a file.
pub fn open(state: &mut State, file: u64, path: PathBuf, start: TableStart) -> Vec<Order> {
    let known = state.settings.file_columns.iter().find(|(own, _)| *own == path);
    let first = start.sheets.first().map(first_choice);
    let Some(chosen) = known.map(|(_, chosen)| chosen.clone()).or(first) else { return Vec::new() };
    let (sheet, landing, request) = (0, Landing::Trying, 0);
    let question = ColumnQuestion { file, path, start, sheet, chosen, landing, request };
    state.overlay = Overlay::AskColumns(Box::new(question));
    try_out(state)
}

/// Chooses other columns, or another head.
pub fn choose(state: &mut State, chosen: ChosenColumns) -> Vec<Order> {
    let Overlay::AskColumns(question) = &mut state.overlay else { return Vec::new() };
    question.chosen = chosen;
    try_out(state)
}

/// Looks at another sheet.
pub fn look_at_sheet(state: &mut State, sheet: usize) -> Vec<Order> {
    let Overlay::AskColumns(question) = &mut state.overlay else { return Vec::new() };
    let Some(chosen) = question.start.sheets.get(sheet).map(first_choice) else {
        return Vec::new();
    };
    question.sheet = sheet;
    question.chosen = chosen;
    try_out(state)
}

/// Reads the beginning of the file so.
fn try_out(state: &mut State) -> Vec<Order> {
    let request = state.next_number();
    let near = state.catalogue.city_extent();
    let Overlay::AskColumns(question) = &mut state.overlay else { return Vec::new() };
    question.request = request;
    question.landing = Landing::Trying;
    let known = state.settings.file_systems.iter().find(|(own, _)| *own == question.path);
    let sheets = &question.start.sheets;
    let sheet = sheets.get(question.sheet).filter(|_| sheets.len() > 1);
    vec![Order::TryColumns {
        request,
        path: question.path.clone(),
        sheet: sheet.map(|sheet| sheet.name.clone()),
        columns: question.chosen.clone(),
        system: known.map(|(_, answer)| *answer),
        near,
    }]
}

/// Takes where it would lie, and shows it.
pub fn tried(state: &mut State, request: u64, landing: Landing) {
    let Overlay::AskColumns(question) = &mut state.overlay else { return };
    if question.request != request {
        return;
    }
    question.landing = landing;
    if let Some(lands) = question.landing.lands() {
        crs_question::show_place(state, lands);
    }
}

/// Opens the file as the user says, now and whenever it is opened again.
pub fn answer(state: &mut State) -> Vec<Order> {
    let Overlay::AskColumns(question) = &state.overlay else { return Vec::new() };
    if !question.is_answered() {
        return Vec::new();
    }
    let (file, path, chosen) = (question.file, question.path.clone(), question.chosen.clone());
    state.overlay = Overlay::None;
    let known = &mut state.settings.file_columns;
    known.retain(|(own, _)| *own != path);
    known.insert(0, (path.clone(), chosen));
    known.truncate(crs_question::MOST_REMEMBERED);
    let mut orders = vec![panels::save(state)];
    orders.extend(layers::read_again(state, file, path));
    orders
}

/// Shows the beginning of a file that is open, so that other columns can be chosen.
pub fn revise(state: &State, file: u64) -> Vec<Order> {
    let own = state.files.iter().find(|own| own.id == file);
    own.map(|own| Order::ShowTable { file, path: own.path.clone() }).into_iter().collect()
}
