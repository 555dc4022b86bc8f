//! What the user asks for.

use std::collections::BTreeSet;

use crate::{
    app::{fit_target::FitTarget, state::State},
    catalogue::{Along, Filter, Near, Shape},
};

/// Puts a value into a set, or takes it out.
pub fn toggle<T: Ord>(set: &mut BTreeSet<T>, value: T) {
    if !set.remove(&value) {
        set.insert(value);
    }
}

/// Toggles a condition and shows what passes.
pub fn toggle_and_fit(
    state: &mut State,
    set: impl FnOnce(&mut Filter) -> &mut BTreeSet<String>,
    value: String,
) {
    toggle(set(&mut state.filter), value);
    fit(state);
}

/// Shows everything that passes, or the city where nothing is asked.
pub fn fit(state: &mut State) {
    let target = if state.filter.is_empty() { FitTarget::City } else { FitTarget::Shown };
    state.request_camera(target, state.settings.reduce_motion);
}

/// Toggles a county and shows it.
pub fn toggle_county(state: &mut State, code: String) {
    let target = if state.filter.counties.contains(&code) {
        FitTarget::City
    } else {
        FitTarget::County(code.clone())
    };
    toggle(&mut state.filter.counties, code);
    state.request_camera(target, state.settings.reduce_motion);
}

/// Asks for what lies near a project.
pub fn set_near(state: &mut State, id: &str, km: f64) {
    let catalogue = state.catalogue.clone();
    let Some(project) = catalogue.project(id) else { return };
    let point = project.features.iter().find_map(|&i| match catalogue.features.get(i)?.shape {
        Shape::Point(at) => Some(at),
        _ => None,
    });
    // What was searched for is found; its neighbours have other names.
    state.filter.text.clear();
    match point {
        Some(at) if project.length_km.is_none() => state.filter.near = Some(Near { at, km }),
        _ => state.filter.along = Some(Along { project: id.to_owned(), km }),
    }
}
