//! What a vertex that is being set keeps to: vertices and lines of the user's layers, of other
//! projects, and borders of counties.

use geo::{Coord, LineString, Polygon};

use super::{State, open_layers::FeatureRef};
use crate::{
    catalogue::{Feature, Shape},
    geo::mercator,
    layer::{Part, pick::all_near},
    scene::Viewport,
    tr,
    units::{LonLat, Mercator},
};

/// How near the pointer has to be, in points.
pub const REACH_PT: f64 = 10.0;

/// Where a vertex would stand, and what that is.
#[derive(Debug, Clone, PartialEq)]
pub struct Snap {
    pub at: LonLat,
    /// A vertex, not a place on a line between two.
    pub is_vertex: bool,
    /// Whose, in the user's language.
    pub words: String,
}

/// What lies under the pointer to keep to: the nearest vertex within reach, else the nearest line.
/// Without the project that is placed.
pub fn snap(state: &State, viewport: &Viewport, at_pt: [f32; 2]) -> Option<Snap> {
    let at = viewport.to_mercator(at_pt);
    let mut best = Best::around(at, REACH_PT / viewport.scale());
    layers(state, viewport, &mut best);
    let own = state.placing.as_ref().map(|placing| placing.id.as_str());
    for (i, feature) in state.catalogue.features.iter().enumerate() {
        let is_own = own.is_some_and(|id| feature.project_ids.iter().any(|other| other == id));
        if !is_own {
            shape(feature, &mut best, Whose::Project(i));
        }
    }
    for (i, county) in state.catalogue.counties.iter().enumerate() {
        county.polygon.iter().for_each(|own| polygon(own, &mut best, Whose::County(i)));
    }
    let Best { found, .. } = best;
    let (_, is_vertex, at, whose) = found?;
    Some(Snap { at: mercator::to_lon_lat(at), is_vertex, words: words(state, whose) })
}

#[derive(Clone, Copy)]
enum Whose {
    Feature(FeatureRef),
    Project(usize),
    County(usize),
}

fn words(state: &State, whose: Whose) -> String {
    let language = state.settings.language;
    match whose {
        Whose::Feature(feature) => {
            let (name, layer) = state.feature_name(feature).unwrap_or_default();
            tr!(language, "snap.feature", name = name, layer = layer)
        }
        Whose::Project(i) => {
            let feature = state.catalogue.features.get(i);
            let name = feature.map(|own| own.name.get(language)).unwrap_or_default();
            tr!(language, "snap.project", name = name)
        }
        Whose::County(i) => {
            let county = state.catalogue.counties.get(i);
            let name = county.map(|own| own.name.get(language)).unwrap_or_default();
            tr!(language, "snap.county", name = name)
        }
    }
}

/// The nearest so far.
struct Best {
    at: Mercator,
    reach: f64,
    /// The box that is within reach, in degrees.
    min: Coord<f64>,
    max: Coord<f64>,
    found: Option<(f64, bool, Mercator, Whose)>,
}

impl Best {
    fn around(at: Mercator, reach: f64) -> Self {
        let a = mercator::to_lon_lat(Mercator { x: at.x - reach, y: at.y + reach });
        let b = mercator::to_lon_lat(Mercator { x: at.x + reach, y: at.y - reach });
        Self { at, reach, min: a.into(), max: b.into(), found: None }
    }

    fn vertex(&mut self, p: Mercator, whose: Whose) {
        self.offer(p, true, whose);
    }

    fn line(&mut self, a: Mercator, b: Mercator, whose: Whose) {
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let long = dx * dx + dy * dy;
        let share = if long > 0.0 {
            (((self.at.x - a.x) * dx + (self.at.y - a.y) * dy) / long).clamp(0.0, 1.0)
        } else {
            0.0
        };
        self.offer(Mercator { x: a.x + share * dx, y: a.y + share * dy }, false, whose);
    }

    fn offer(&mut self, p: Mercator, is_vertex: bool, whose: Whose) {
        let off = (p.x - self.at.x).hypot(p.y - self.at.y);
        let is_better = match &self.found {
            None => true,
            Some((_, known, ..)) if *known != is_vertex => is_vertex,
            Some((least, ..)) => off < *least,
        };
        if off <= self.reach && is_better {
            self.found = Some((off, is_vertex, p, whose));
        }
    }

    /// Offers a line in degrees; most lie elsewhere, which is seen without projecting them.
    fn path(&mut self, line: &LineString<f64>, whose: Whose) {
        for pair in line.0.windows(2) {
            let [a, b] = pair else { continue };
            let beside = a.x.max(b.x) < self.min.x
                || a.x.min(b.x) > self.max.x
                || a.y.max(b.y) < self.min.y
                || a.y.min(b.y) > self.max.y;
            if beside {
                continue;
            }
            let [a, b] = [*a, *b].map(|c| mercator::from_lon_lat(c.into()));
            self.vertex(a, whose);
            self.vertex(b, whose);
            self.line(a, b, whose);
        }
    }
}

fn polygon(own: &Polygon<f64>, best: &mut Best, whose: Whose) {
    best.path(own.exterior(), whose);
    own.interiors().iter().for_each(|ring| best.path(ring, whose));
}

fn shape(feature: &Feature, best: &mut Best, whose: Whose) {
    match &feature.shape {
        Shape::Point(at) => best.vertex(mercator::from_lon_lat(*at), whose),
        Shape::Line(line) => best.path(line, whose),
        Shape::Area(area) => polygon(area, best, whose),
    }
}

fn layers(state: &State, viewport: &Viewport, best: &mut Best) {
    let seen = state.layers_from_ground().into_iter();
    for ((file, layer), open) in seen.filter(|(_, own)| own.visible && own.dress.is_seen(viewport))
    {
        let rows = open.passed.as_ref().map(|passed| passed.rows.as_slice());
        for near in all_near(&open.data.0, rows, best.at, best.reach) {
            let Some(chunk) = open.data.0.chunks.get(near.chunk) else { continue };
            let whose =
                Whose::Feature(FeatureRef { file, layer, chunk: near.chunk, row: near.row });
            for part in chunk.shapes.parts_of(near.row) {
                chunk.shapes.part(part).iter().for_each(|p| best.vertex(*p, whose));
                if chunk.shapes.role(near.row, part) != Part::Point {
                    chunk.shapes.edges(near.row, part).for_each(|(a, b)| best.line(a, b, whose));
                }
            }
        }
    }
}
