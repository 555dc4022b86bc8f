//! Labels of the counties.

use super::{
    LabelStyle, Prepared, Viewport,
    labels::{Align, Candidate, LabelRequest},
    view::View,
};
use crate::{catalogue::Catalogue, units::Mercator};

/// Counties of the plan's city and, further out, its neighbours; the city itself when small. Each
/// within its land, at the best of its places that no line runs through.
pub fn county_labels(
    catalogue: &Catalogue,
    prepared: &Prepared,
    view: View<'_>,
    viewport: &Viewport,
    size_factor: f32,
) -> Vec<LabelRequest> {
    let palette = view.palette();
    let mut requests = Vec::new();
    for (county, places) in catalogue.counties.iter().zip(&prepared.county_names) {
        let active = view.counties.contains(&county.code);
        let from_zoom = if county.in_city { 8.2 } else { 7.6 };
        let urban = county.in_city && county.name.zh.ends_with('区');
        let from_zoom = if urban { 9.6 } else { from_zoom };
        if view.zoom < from_zoom && !active {
            continue;
        }
        let color = if active { palette.accent } else { palette.county_label };
        requests.push(LabelRequest {
            text: county.name.get(view.language).to_owned(),
            style: LabelStyle {
                size_pt: if county.in_city { 14.0 } else { 12.5 } * size_factor,
                // Those around are quieter, and still to be read on the darkest slope.
                color: if county.in_city || active { color } else { color.mix(palette.halo, 0.08) },
                halo: palette.halo.with_alpha(200),
                bold: false,
                tracking_em: if view.language.is_english() { 0.04 } else { 0.28 },
                plate: None,
            },
            priority: if active {
                500.0
            } else if county.in_city {
                160.0
            } else {
                40.0
            },
            candidates: county_places(places, viewport),
            letters: Vec::new(),
            break_from: 0,
            over_lines: active,
        });
    }
    requests
}

/// Only while the best of them is in view: at the edge of the window names must not wander.
fn county_places(places: &[Mercator], viewport: &Viewport) -> Vec<Candidate> {
    let in_view = |[x, y]: [f32; 2]| {
        (0.0..=viewport.width_pt).contains(&x) && (0.0..=viewport.height_pt).contains(&y)
    };
    match places.split_first() {
        Some((best, _)) if in_view(viewport.to_pt(*best)) => places
            .iter()
            .map(|p| Candidate { at_pt: viewport.to_pt(*p), align: Align::Center })
            .collect(),
        _ => Vec::new(),
    }
}
