//! Geometries of Esri's JSON: rings by the way they turn, not by their place.

use super::{
    geometry::{enter, pairs},
    scan::Cursor,
};
use crate::{
    layer::{
        ChunkBuilder, Part,
        wkb::{Broken, open},
    },
    units::LonLat,
};

/// Adds the parts of a geometry.
///
/// # Errors
/// None of a point, points, paths or rings.
pub fn shape(
    value: &[u8],
    place: &mut dyn FnMut(f64, f64) -> LonLat,
    into: &mut ChunkBuilder,
) -> Result<(), Broken> {
    let (mut x, mut y, mut known) = (None, None, false);
    let mut cursor = Cursor::within(value);
    while let Some((key, value)) = cursor.member() {
        let mut inner = Cursor::within(value);
        match &*key.text {
            "x" => (x, known) = (inner.number(), true),
            "y" => y = inner.number(),
            "points" => {
                known = true;
                for [x, y] in pairs(&mut inner) {
                    into.part(Part::Point, [place(x, y)]);
                }
            }
            "paths" => {
                known = true;
                while enter(&mut inner) {
                    let path = pairs(&mut inner);
                    into.part(Part::Line, path.into_iter().map(|[x, y]| place(x, y)));
                }
            }
            "rings" => {
                known = true;
                let mut all = Vec::new();
                while enter(&mut inner) {
                    all.push(pairs(&mut inner));
                }
                rings(all, place, into);
            }
            "z" => inner.height = inner.number().unwrap_or_default(),
            _ => {}
        }
        into.height(inner.height);
    }
    // An empty point has null or NaN for its coordinates.
    if let Some((x, y)) = x.zip(y).filter(|(x, y)| x.is_finite() && y.is_finite()) {
        into.part(Part::Point, [place(x, y)]);
    }
    if known { Ok(()) } else { Err(Broken) }
}

type Ring = Vec<[f64; 2]>;

/// More pairs of rings than this are not compared: then a hole belongs to the ring before it.
const MOST_PAIRS: usize = 1 << 20;

/// Outer rings turn clockwise, holes the other way; a hole belongs to the ring that it lies in.
fn rings(all: Vec<Ring>, place: &mut dyn FnMut(f64, f64) -> LonLat, into: &mut ChunkBuilder) {
    let (outer, holes): (Vec<_>, Vec<_>) =
        all.into_iter().enumerate().partition(|(_, ring)| twice_area(ring) <= 0.0);
    // Without an outer ring somebody has turned them all.
    let (outer, holes) = if outer.is_empty() { (holes, outer) } else { (outer, holes) };
    let boxes: Vec<[f64; 4]> = outer.iter().map(|(_, ring)| extent(ring)).collect();
    let compare = outer.len().saturating_mul(holes.len()) <= MOST_PAIRS;
    let mut held: Vec<Vec<Ring>> = vec![Vec::new(); outer.len()];
    for (number, hole) in holes {
        let before = outer.iter().rposition(|(own, _)| *own < number).unwrap_or(0);
        let own = extent(&hole);
        let within = |i: &usize| {
            let [w, s, e, n] = boxes.get(*i).copied().unwrap_or_default();
            let in_box = w <= own[0] && s <= own[1] && e >= own[2] && n >= own[3];
            in_box && outer.get(*i).is_some_and(|(_, ring)| holds(ring, &hole))
        };
        let size = |i: &usize| {
            let [w, s, e, n] = boxes.get(*i).copied().unwrap_or_default();
            (e - w) * (n - s)
        };
        let found = if compare && outer.len() > 1 {
            (0..outer.len()).filter(within).min_by(|a, b| size(a).total_cmp(&size(b)))
        } else {
            None
        };
        if let Some(own) = held.get_mut(found.unwrap_or(before)) {
            own.push(hole);
        }
    }
    for ((_, ring), holes) in outer.into_iter().zip(held) {
        let mut add = |part, ring: Ring| {
            into.part(part, open(ring.into_iter().map(|[x, y]| place(x, y)).collect()));
        };
        add(Part::Ring, ring);
        for hole in holes {
            add(Part::Hole, hole);
        }
    }
}

/// Above zero where it turns against the clock.
fn twice_area(ring: &[[f64; 2]]) -> f64 {
    let next = ring.iter().cycle().skip(1);
    let Some([x0, y0]) = ring.first() else { return 0.0 };
    ring.iter().zip(next).map(|(a, b)| (a[0] - x0) * (b[1] - y0) - (b[0] - x0) * (a[1] - y0)).sum()
}

fn extent(ring: &[[f64; 2]]) -> [f64; 4] {
    let none = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    ring.iter().fold(none, |[w, s, e, n], [x, y]| [w.min(*x), s.min(*y), e.max(*x), n.max(*y)])
}

/// Whether a ring lies in another, by the middle of its first edge.
fn holds(ring: &[[f64; 2]], other: &[[f64; 2]]) -> bool {
    let Some([a, b]) = other.first_chunk() else { return false };
    let [x, y] = [f64::midpoint(a[0], b[0]), f64::midpoint(a[1], b[1])];
    let next = ring.iter().cycle().skip(1);
    let crossings = ring.iter().zip(next).filter(|(a, b)| {
        (a[1] > y) != (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]
    });
    crossings.count() % 2 == 1
}
