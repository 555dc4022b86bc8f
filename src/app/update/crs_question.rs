//! Asking what the coordinates of a file refer to.

use std::path::PathBuf;

use super::{layers, panels};
use crate::{
    app::{
        crs_question::{CrsAnswer, CrsQuestion},
        fit_target::FitTarget,
        job::Order,
        state::{Overlay, State},
    },
    geo::crs_guess::Candidate,
};

/// Opens the question; the likeliest place is looked at.
pub fn ask(state: &mut State, file: u64, mut candidates: Vec<Candidate>) {
    let Some(own) = state.files.iter().find(|own| own.id == file) else { return };
    candidates.truncate(Candidate::MOST_TOLD);
    let row = (!candidates.is_empty()).then_some(0);
    let path = own.path.clone();
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
    let mut both = state.catalogue.city_extent().map_or(lands, |city| lands.union(city));
    // The sheet stands on the right half of the map.
    both.east_deg += (both.east_deg - both.west_deg) * 0.9;
    state.request_camera(FitTarget::Extent(both), state.settings.reduce_motion);
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

/// How many files have their system remembered.
const MOST_REMEMBERED: usize = 200;

fn remember(state: &mut State, path: PathBuf, answer: CrsAnswer) {
    let known = &mut state.settings.file_systems;
    known.retain(|(own, _)| *own != path);
    known.insert(0, (path, answer));
    known.truncate(MOST_REMEMBERED);
}
