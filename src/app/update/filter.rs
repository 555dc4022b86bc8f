//! What the user asks for.

use crate::{
    app::{fit_target::FitTarget, state::State},
    catalogue::{Along, Facet, Near, Shape},
};

/// Toggles a value and shows what it is about: a county itself, or what passes; kinds and the like
/// lie everywhere.
pub fn toggle(state: &mut State, facet: Facet, value: &str) {
    state.filter.toggle(facet, value);
    show_of(state, facet, value);
}

/// The same where no other value of the facet stays.
pub fn isolate(state: &mut State, facet: Facet, value: &str) {
    state.filter.isolate(facet, value);
    show_of(state, facet, value);
}

fn show_of(state: &mut State, facet: Facet, value: &str) {
    match facet {
        Facet::County => {
            let target = if state.filter.wants(facet, value) {
                FitTarget::County(value.to_owned())
            } else {
                FitTarget::City
            };
            state.request_camera(target, state.settings.reduce_motion);
        }
        Facet::Region | Facet::Task => fit(state),
        Facet::Kind | Facet::Status | Facet::Accuracy => {}
    }
}

/// Shows everything that passes, or the city where nothing is asked.
pub fn fit(state: &mut State) {
    let target = if state.filter.is_empty() { FitTarget::City } else { FitTarget::Shown };
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
    // What was looked for is found; its neighbours have other names.
    state.filter.text.clear();
    (state.filter.near, state.filter.along) = match point {
        Some(at) if project.length_km.is_none() => (Some(Near { at, km }), None),
        _ => (None, Some(Along { project: id.to_owned(), km })),
    };
    // What is found is what is asked for: a selection would fade it. The card stays.
    state.selected.clear();
    state.focus = Some(id.to_owned());
    fit(state);
}
