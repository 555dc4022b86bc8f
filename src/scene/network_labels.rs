//! Names of the basemap's rivers and lakes, and the numbers of its roads on their shields.

use std::{collections::HashSet, sync::Arc};

use super::{
    LabelStyle, Plate, Viewport,
    labels::{Align, Candidate, LabelRequest},
    letters::{self, Spread},
    places::Place,
    view::View,
};
use crate::{
    language::Bilingual,
    style::{MapPalette, RoadRank},
    units::Mercator,
};

/// What a name of the basemap belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NameOf {
    /// 1 is the most important.
    River(u8),
    Lake,
    /// The name is the road's number, in any language.
    Road,
}

/// A name along a line of one tile; of a lake, the line is a point.
#[derive(Debug, Clone, PartialEq)]
pub struct LineName {
    pub of: NameOf,
    pub name: Bilingual,
    pub path: Vec<Mercator>,
    /// Of every other tile, as on a chessboard: names repeat, but not too often, and stay where
    /// they are whatever else is in view.
    pub preferred: bool,
}

/// All that a basemap names in a view.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BaseNames {
    pub places: Vec<Place>,
    pub lines: Vec<Arc<LineName>>,
    /// Rivers, roads, railways and metro lines, of each tile its own: names stand beside them.
    pub courses: Vec<Arc<[Vec<Mercator>]>>,
}

/// Labels for names of the basemap.
pub fn network_labels(
    names: &[Arc<LineName>],
    view: View<'_>,
    viewport: &Viewport,
    size_factor: f32,
) -> Vec<LabelRequest> {
    let preferred: HashSet<(NameOf, &str)> =
        names.iter().filter(|n| n.preferred).map(|n| (n.of, n.name.zh.as_str())).collect();
    names
        .iter()
        .filter(|name| name.preferred || !preferred.contains(&(name.of, name.name.zh.as_str())))
        .filter(|name| view.zoom >= from_zoom(name.of))
        // A slide has one subject; green plates all over would compete with it.
        .filter(|name| name.of != NameOf::Road || !view.subject_only)
        .filter_map(|name| match name.of {
            NameOf::Road => shield(name, view, viewport, size_factor),
            NameOf::River(rank) => water(name, rank, view, viewport, size_factor),
            NameOf::Lake => water(name, 2, view, viewport, size_factor),
        })
        .collect()
}

const fn from_zoom(of: NameOf) -> f64 {
    match of {
        NameOf::River(1) => 6.5,
        NameOf::River(2) => 8.0,
        NameOf::Road => 7.5,
        NameOf::River(3) | NameOf::Lake => 9.0,
        NameOf::River(_) => 10.0,
    }
}

fn water(
    name: &LineName,
    rank: u8,
    view: View<'_>,
    viewport: &Viewport,
    size_factor: f32,
) -> Option<LabelRequest> {
    let palette = view.palette();
    let text = name.name.get(view.language);
    if text.is_empty() {
        return None;
    }
    let size_pt = if rank <= 1 { 13.0 } else { 11.5 } * size_factor;
    let path: Vec<[f32; 2]> = name.path.iter().map(|p| viewport.to_pt(*p)).collect();
    let long = letters::length(&path);
    let count = letters::units(text).len();
    let letters: Vec<_> = if view.language.is_english() {
        Vec::new()
    } else {
        // The wider a name is spread, the more it belongs to the whole of the river. Beside it, for
        // on it lie the plan's own lines.
        let mut places = Vec::new();
        for share in [0.5_f32, 0.35, 0.65] {
            for (step, aside) in [(2.2, 1.0), (2.2, -1.0), (1.5, 1.0), (1.5, -1.0)] {
                let spread = Spread {
                    count,
                    step_pt: size_pt * step,
                    letter_pt: size_pt * 1.1,
                    aside_pt: size_pt * aside,
                };
                places.extend(letters::along(&path, long * share, spread));
            }
        }
        places
    };
    let middle = path.get(path.len() / 2)?;
    let is_point = name.of == NameOf::Lake;
    // A river that is shorter than its name is left without.
    if letters.is_empty() && !is_point && (!view.language.is_english() || long < size_pt * 5.0) {
        return None;
    }
    let candidates = if letters.is_empty() {
        vec![Candidate { at_pt: *middle, align: Align::Center }]
    } else {
        Vec::new()
    };
    Some(LabelRequest {
        text: text.to_owned(),
        style: LabelStyle {
            size_pt,
            color: palette.water_label,
            halo: palette.halo.with_alpha(210),
            bold: false,
            tracking_em: if view.language.is_english() { 0.05 } else { 0.0 },
            plate: None,
        },
        priority: 45.0 - f32::from(rank) * 10.0,
        candidates,
        letters,
        break_from: 0,
        over_lines: false,
    })
}

fn shield(
    name: &LineName,
    view: View<'_>,
    viewport: &Viewport,
    size_factor: f32,
) -> Option<LabelRequest> {
    let path: Vec<[f32; 2]> = name.path.iter().map(|p| viewport.to_pt(*p)).collect();
    // Of a road that is a point to us, that point.
    if path.len() > 1 && letters::length(&path) < 40.0 {
        return None;
    }
    // Where a line of the plan lies on the road, a number would seem to be the line's.
    let share = |part: usize| path.get(path.len() * part / 8).copied();
    let candidates = [4, 2, 6, 3, 5, 1, 7].into_iter().filter_map(share);
    Some(LabelRequest {
        text: name.name.zh.clone(),
        style: shield_style(&name.name.zh, view.palette(), size_factor),
        priority: 18.0,
        candidates: candidates.map(|at_pt| Candidate { at_pt, align: Align::Center }).collect(),
        letters: Vec::new(),
        break_from: 0,
        over_lines: false,
    })
}

/// The colours of road signs (GB 5768.2-2022) for a number by GB/T 917-2017.
fn shield_style(number: &str, palette: &MapPalette, size_factor: f32) -> LabelStyle {
    let shield = palette.shield(RoadRank::of_number(number));
    LabelStyle {
        size_pt: 9.5 * size_factor,
        color: shield.ink,
        halo: shield.ink.with_alpha(0),
        bold: true,
        tracking_em: 0.0,
        plate: Some(Plate { fill: shield.fill, rim: shield.ink }),
    }
}
