//! Names of the basemap's settlements.

use super::{
    LabelStyle, Viewport,
    compose::View,
    labels::{Align, Candidate, LabelRequest},
    places::{Place, max_place_rank},
};
use crate::catalogue::County;

/// Names of cities, county seats and towns of the basemap.
pub fn base_labels(
    places: &[Place],
    counties: &[County],
    view: View<'_>,
    viewport: &Viewport,
    size_factor: f32,
) -> Vec<LabelRequest> {
    let palette = view.palette();
    let largest = max_place_rank(view.zoom);
    places
        .iter()
        .filter(|place| place.rank <= largest)
        // A county's name stands once, in the middle of its land.
        .filter(|place| place.rank != 3 || !counties.iter().any(|c| c.name.zh == place.name.zh))
        .map(|place| {
            let (size, color, bold, priority) = match place.rank {
                1 => (19.0, palette.city_label, true, 400.0),
                2 => (14.0, palette.county_label, true, 90.0),
                3 => (12.5, palette.place_label, false, 35.0),
                _ => (11.5, palette.place_label, false, 5.0),
            };
            let [x, y] = viewport.to_pt(place.at);
            let beside = |align, dx: f32, dy: f32| Candidate { align, at_pt: [x + dx, y + dy] };
            LabelRequest {
                text: place.name.get(view.language).to_owned(),
                style: LabelStyle {
                    size_pt: size * size_factor,
                    color,
                    halo: palette.halo.with_alpha(220),
                    bold,
                    tracking_em: if place.rank == 1 { 0.12 } else { 0.0 },
                    plate: None,
                },
                priority,
                candidates: if place.rank == 1 {
                    // The city's own name has to stand somewhere near.
                    [
                        (0.0, 0.0),
                        (-62.0, 0.0),
                        (62.0, 0.0),
                        (-78.0, -24.0),
                        (-78.0, 24.0),
                        (-110.0, 0.0),
                        (0.0, 48.0),
                    ]
                    .map(|(dx, dy)| beside(Align::Center, dx, dy))
                    .to_vec()
                } else {
                    vec![
                        beside(Align::Top, 0.0, 3.0),
                        beside(Align::Left, 5.0, 0.0),
                        beside(Align::Right, -5.0, 0.0),
                        beside(Align::Bottom, 0.0, -3.0),
                    ]
                },
                letters: Vec::new(),
                break_from: 0,
            }
        })
        .collect()
}
