//! What is asked about files, one question after the other: none takes the place of another, or of
//! what the user is doing.

use super::{column_question, crs_question, layers};
use crate::app::{
    job::Order,
    open_layers::Asks,
    state::{Overlay, State},
};

/// Keeps a question of a file; it is asked as soon as nothing else lies over the window.
pub fn put(state: &mut State, file: u64, asks: Asks) {
    if let Some(own) = state.files.iter_mut().find(|own| own.id == file) {
        own.asks = Some(asks);
        own.was_asked = false;
    }
}

/// Asks the question of a file, again where it was not answered.
pub fn ask(state: &mut State, file: u64) -> Vec<Order> {
    let Some(own) = state.files.iter_mut().find(|own| own.id == file) else { return Vec::new() };
    own.was_asked = true;
    let path = own.path.clone();
    match own.asks.clone() {
        Some(Asks::Crs(candidates)) => {
            crs_question::open(state, file, path, candidates);
            Vec::new()
        }
        Some(Asks::Columns(start)) => column_question::open(state, file, path, start),
        None => Vec::new(),
    }
}

/// The question is not answered: a file of which nothing was read is closed.
pub fn drop(state: &mut State, file: u64) {
    state.overlay = Overlay::None;
    match state.files.iter_mut().find(|own| own.id == file) {
        Some(own) if !own.layers.is_empty() => own.asks = None,
        _ => layers::close_file(state, file),
    }
}

/// Asks the next question that nobody was asked, if there is room for it.
pub fn follow(state: &mut State) -> Vec<Order> {
    if state.overlay != Overlay::None || state.tour.is_some() {
        return Vec::new();
    }
    let next = state.files.iter().find(|own| own.asks.is_some() && !own.was_asked);
    let next = next.map(|own| own.id);
    next.map_or_else(Vec::new, |file| ask(state, file))
}
