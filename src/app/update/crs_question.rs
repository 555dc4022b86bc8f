//! Asking what the coordinates of a file refer to.

use std::path::PathBuf;

use super::{layers, panels};
use crate::{
    app::{
        crs_question::{CrsAnswer, CrsQuestion},
        fit_target::FitTarget,
        job::Order,
        open_layers::{OpenLayer, Reading},
        state::{Overlay, State},
    },
    geo::{
        Crs,
        crs_guess::{self, Candidate},
        mercator,
    },
    layer::Reference,
    units::{Extent, LonLat},
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
/// that the places where it may lie are offered once more; where the file said it by itself, it was
/// guessed for sure, or it has degrees, they are told from its figures as they are read now.
pub fn revise(state: &mut State, file: u64) -> Vec<Order> {
    let Some(own) = state.files.iter().find(|own| own.id == file) else { return Vec::new() };
    if matches!(own.reading, Reading::Under(_)) {
        return Vec::new();
    }
    let path = own.path.clone();
    let near = state.catalogue.city_extent();
    let candidates = places(&own.layers, near);
    let has_degrees = !own.layers.is_empty()
        && own.layers.iter().all(|layer| matches!(layer.data.0.reference.crs, Crs::Degrees(_)));
    if has_degrees {
        open(state, file, path, candidates);
        return Vec::new();
    }
    let known = &mut state.settings.file_systems;
    let count = known.len();
    known.retain(|(own, _)| *own != path);
    if known.len() == count {
        open(state, file, path, candidates);
        return Vec::new();
    }
    let mut orders = vec![panels::save(state)];
    orders.extend(layers::read_again(state, file, path));
    orders
}

/// The places where layers may lie, from their figures as the file has them.
fn places(layers: &[OpenLayer], near: Option<Extent>) -> Vec<Candidate> {
    let lie = layers.iter().filter_map(|layer| {
        let extent = mercator::extent_from_mercator(layer.data.0.extent()?);
        Some((layer.data.0.reference, extent))
    });
    let lie: Vec<(Reference, Extent)> = lie.collect();
    let Some((first, own)) = lie.first().copied() else { return Vec::new() };
    let boxes: Vec<[f64; 4]> = lie
        .iter()
        .map(|(reference, e)| {
            let corners = [
                (e.west_deg, e.south_deg),
                (e.west_deg, e.north_deg),
                (e.east_deg, e.south_deg),
                (e.east_deg, e.north_deg),
            ];
            corners.map(|(lon, lat)| reference.crs.from_wgs84(LonLat::new(lon, lat))).iter().fold(
                [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY],
                |[west, south, east, north], [x, y]| {
                    [west.min(*x), south.min(*y), east.max(*x), north.max(*y)]
                },
            )
        })
        .collect();
    let mut found = crs_guess::candidates(&boxes, &[], near.unwrap_or(own));
    for one in &mut found {
        // The figures were put in order: east before north.
        one.swapped_axes ^= first.swapped;
    }
    found
}

/// How many files have their system remembered.
pub const MOST_REMEMBERED: usize = 200;

fn remember(state: &mut State, path: PathBuf, answer: CrsAnswer) {
    let known = &mut state.settings.file_systems;
    known.retain(|(own, _)| *own != path);
    known.insert(0, (path, answer));
    known.truncate(MOST_REMEMBERED);
}
