//! Plane geometry in whole numbers, the oracle of the spatial index.
//!
//! Mercator coordinates here are multiples of 2⁻⁵⁴, so that everything is exact in 128 bits.

use geo::{LineString, Polygon};
use jintu::{
    geo::{Geometry, mercator},
    units::LonLat,
};

pub type Whole = (i128, i128);

pub fn whole(p: LonLat) -> Whole {
    let m = mercator::from_lon_lat(p);
    // Coordinates near 0.8 and 0.4 are multiples of 2⁻⁵⁴; the factor makes them whole.
    #[expect(clippy::cast_possible_truncation, reason = "whole by then")]
    let scale = |v: f64| (v * 2f64.powi(56)) as i128;
    (scale(m.x), scale(m.y))
}

fn cross(o: Whole, a: Whole, b: Whole) -> i128 {
    (a.0 - o.0) * (b.1 - o.1) - (a.1 - o.1) * (b.0 - o.0)
}

fn on_segment(p: Whole, a: Whole, b: Whole) -> bool {
    cross(a, b, p) == 0
        && (a.0.min(b.0)..=a.0.max(b.0)).contains(&p.0)
        && (a.1.min(b.1)..=a.1.max(b.1)).contains(&p.1)
}

pub fn segments_share_a_point(a: Whole, b: Whole, c: Whole, d: Whole) -> bool {
    let sides = (cross(a, b, c).signum(), cross(a, b, d).signum());
    let other = (cross(c, d, a).signum(), cross(c, d, b).signum());
    (sides.0 * sides.1 < 0 && other.0 * other.1 < 0)
        || on_segment(c, a, b)
        || on_segment(d, a, b)
        || on_segment(a, c, d)
        || on_segment(b, c, d)
}

/// Even-odd by a ray to the north, edge included.
pub fn in_rings(p: Whole, rings: &[Vec<Whole>]) -> bool {
    let edges = || rings.iter().flat_map(|ring| ring.windows(2).map(|w| (w[0], w[1])));
    if edges().any(|(a, b)| on_segment(p, a, b)) {
        return true;
    }
    let crossed = edges().filter(|(a, b)| {
        let (west, east) = if a.0 < b.0 { (*a, *b) } else { (*b, *a) };
        west.0 <= p.0 && p.0 < east.0 && cross(west, east, p) > 0
    });
    crossed.count() % 2 == 1
}

/// Chains, and rings where it is an area.
pub struct WholeShape {
    pub chains: Vec<Vec<Whole>>,
    pub is_area: bool,
}

fn whole_chain(line: &LineString<f64>) -> Vec<Whole> {
    line.coords().map(|c| whole((*c).into())).collect()
}

pub fn whole_polygon(area: &Polygon<f64>) -> WholeShape {
    let chains =
        std::iter::once(area.exterior()).chain(area.interiors()).map(whole_chain).collect();
    WholeShape { chains, is_area: true }
}

pub fn whole_shape(geometry: &Geometry) -> WholeShape {
    match geometry {
        Geometry::Point(p) => WholeShape { chains: vec![vec![whole(*p)]], is_area: false },
        Geometry::Line(line) => WholeShape { chains: vec![whole_chain(line)], is_area: false },
        Geometry::Area(area) => whole_polygon(&area.0[0]),
    }
}

impl WholeShape {
    fn edges(&self) -> Vec<(Whole, Whole)> {
        let edge = |w: &[Whole]| (w[0], w[1]);
        self.chains
            .iter()
            .flat_map(|chain| match chain.as_slice() {
                [only] => vec![(*only, *only)],
                many => many.windows(2).map(edge).collect(),
            })
            .collect()
    }

    pub fn meets(&self, area: &WholeShape) -> bool {
        let edges = area.edges();
        self.edges()
            .iter()
            .any(|(a, b)| edges.iter().any(|(c, d)| segments_share_a_point(*a, *b, *c, *d)))
            || self.chains.iter().flatten().any(|p| in_rings(*p, &area.chains))
            || (self.is_area && area.chains[0].iter().any(|p| in_rings(*p, &self.chains)))
    }
}
