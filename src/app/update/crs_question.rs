//! Asking what the coordinates of a file refer to.

use std::path::PathBuf;

use super::{layers, panels};
use crate::{
    app::{
        crs_question::{CrsAnswer, CrsQuestion},
        fit_target::FitTarget,
        job::Order,
        open_layers::Reading,
        state::{Overlay, State},
    },
    geo::crs_guess::Candidate,
    units::Extent,
};

/// Opens the question; the likeliest place is looked at.
pub fn open(state: &mut State, file: u64, path: PathBuf, mut candidates: Vec<Candidate>) {
    candidates.truncate(Candidate::MOST_TOLD);
    let row = (!candidates.is_empty()).then_some(0);
    let question = CrsQuestion { file, path, candidates, row, typed: String::new() };
    state.overlay = Overlay::AskCrs(Box::new(question));
    look(state);
}

/// Looks at another candidate.
pub fn choose(state: &mut State, row: usize) {
    if let Overlay::AskCrs(question) = &mut state.overlay
        && row < question.candidates.len()
    {
        question.row = Some(row);
        look(state);
    }
}

/// Takes what is typed.
pub fn typed(state: &mut State, text: String) {
    if let Overlay::AskCrs(question) = &mut state.overlay {
        question.row = None;
        question.typed = text;
    }
}

/// The map shows where the file would lie, together with the city.
fn look(state: &mut State) {
    let Overlay::AskCrs(question) = &state.overlay else { return };
    let Some(lands) = question.lands() else { return };
    show_place(state, lands);
}

/// The map shows a place beside the sheet that asks about it, together with the city if it can.
pub fn show_place(state: &mut State, lands: Extent) {
    let with = state.catalogue.city_extent();
    state.request_camera(FitTarget::Preview { lands, with }, state.settings.reduce_motion);
}

/// Opens the file as the user says, now and whenever it is opened again.
pub fn answer(state: &mut State) -> Vec<Order> {
    let Overlay::AskCrs(question) = &state.overlay else { return Vec::new() };
    let Some(answer) = question.answer() else { return Vec::new() };
    let (file, path) = (question.file, question.path.clone());
    state.overlay = Overlay::None;
    remember(state, path.clone(), answer);
    let mut orders = vec![panels::save(state)];
    orders.extend(layers::read_again(state, file, path));
    orders
}

/// Asks anew about an open file. What the user said of it is forgotten and the file read again, so
/// that the places where it may lie are offered once more; where the file said it by itself, or it was
/// guessed for sure, another system is typed.
pub fn revise(state: &mut State, file: u64) -> Vec<Order> {
    let Some(own) = state.files.iter().find(|own| own.id == file) else { return Vec::new() };
    if matches!(own.reading, Reading::Under(_)) {
        return Vec::new();
    }
    let path = own.path.clone();
    let known = &mut state.settings.file_systems;
    let count = known.len();
    known.retain(|(own, _)| *own != path);
    if known.len() == count {
        open(state, file, path, Vec::new());
        return Vec::new();
    }
    let mut orders = vec![panels::save(state)];
    orders.extend(layers::read_again(state, file, path));
    orders
}

/// How many files have their system remembered.
pub const MOST_REMEMBERED: usize = 200;

fn remember(state: &mut State, path: PathBuf, answer: CrsAnswer) {
    let known = &mut state.settings.file_systems;
    known.retain(|(own, _)| *own != path);
    known.insert(0, (path, answer));
    known.truncate(MOST_REMEMBERED);
}
