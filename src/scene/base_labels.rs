//! Names of the basemap's settlements.

use super::{
    LabelStyle, Viewport,
    labels::{Align, Candidate, LabelRequest},
    line_grid::Occupied,
    places::{Place, max_place_rank},
    view::View,
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
                candidates: around(place.rank, viewport.to_pt(place.at), size * size_factor),
                letters: Vec::new(),
                break_from: 0,
                over_lines: place.rank == 1,
            }
        })
        .collect()
}

/// The dots of settlements, which no name may have among its letters. A little smaller than they are
/// drawn: their own names stand close by.
pub fn occupied_by_dots(places: &[Place], zoom: f64, viewport: &Viewport) -> Vec<Occupied> {
    const HALF_PT: f32 = 1.4;
    let largest = max_place_rank(zoom);
    let drawn = places.iter().filter(|place| place.rank <= largest && place.rank > 1);
    let around = |place: &Place| {
        let [x, y] = viewport.to_pt(place.at);
        [x - HALF_PT, y - HALF_PT, x + HALF_PT, y + HALF_PT]
    };
    drawn.map(around).collect()
}

/// Places of a name around its dot, all within a few times its size: farther off it would name
/// something else.
fn around(rank: u8, [x, y]: [f32; 2], size_pt: f32) -> Vec<Candidate> {
    let beside = |(align, dx, dy): (Align, f32, f32)| Candidate { align, at_pt: [x + dx, y + dy] };
    let mut places = vec![
        (Align::Top, 0.0, 3.0),
        (Align::Left, 5.0, 0.0),
        (Align::Right, -5.0, 0.0),
        (Align::Bottom, 0.0, -3.0),
        (Align::Left, 4.0, 0.55 * size_pt),
        (Align::Right, -4.0, 0.55 * size_pt),
        (Align::Left, 4.0, -0.55 * size_pt),
        (Align::Right, -4.0, -0.55 * size_pt),
    ];
    if rank == 1 {
        // The city is more than a dot: its name may lie in it, or a line of letters off.
        let down = 0.8 * size_pt;
        places.insert(0, (Align::Center, 0.0, 0.0));
        places.extend([(Align::Top, 0.0, down), (Align::Bottom, 0.0, -down)]);
        places.extend([(Align::Left, down, 0.0), (Align::Right, -down, 0.0)]);
        let off = 1.5 * size_pt;
        places.extend([(Align::Top, 0.0, off), (Align::Bottom, 0.0, -off)]);
        for (across, down) in [(off, -off), (-off, -off), (off, off), (-off, off)] {
            let align = if across > 0.0 { Align::Left } else { Align::Right };
            places.push((align, 0.4 * across, 0.8 * down));
        }
    }
    places.into_iter().map(beside).collect()
}
