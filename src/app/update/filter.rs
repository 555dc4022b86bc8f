//! What the user asks for.

use crate::{
    app::{fit_target::FitTarget, state::State},
    catalogue::{Along, Facet, Near, Shape},
    geo::geodesic,
    units::{Extent, LonLat},
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

/// An extent with so many metres more on each side.
fn widened(own: Extent, m: f64) -> Extent {
    let corner = |lon_deg, lat_deg, azimuth_deg| {
        let corner = LonLat::new(lon_deg, lat_deg);
        geodesic::destination(corner, azimuth_deg, m * std::f64::consts::SQRT_2)
    };
    let corners =
        [corner(own.west_deg, own.south_deg, 225.0), corner(own.east_deg, own.north_deg, 45.0)];
    Extent::around(corners).map_or(own, |wide| wide.union(own))
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
    // The band itself: whole corridors that it touches would lead far away.
    let band = catalogue.whole_extent_of([project]).map(|own| widened(own, km * 1000.0));
    match band {
        Some(band) => {
            state.request_camera(FitTarget::Extent(band), state.settings.reduce_motion);
        }
        None => fit(state),
    }
}
