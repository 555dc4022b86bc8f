//! Where the archive ends, the map fades into the ground: no straight cut through borders and rivers.

use crate::{
    geo::{MercatorExtent, mercator},
    units::{Extent, Mercator},
};

/// The fade is so wide, as a share of the archive's smaller side.
const WIDTH: f64 = 0.06;
/// In so many steps, each too small to be seen as one.
const STEPS: u8 = 24;
/// Lines are wider than their edge: so far beyond it, as a share of the fade.
const BEYOND: f64 = 0.5;

/// Strips to be covered with the ground, and how firmly; none where the view does not reach them.
/// They do not overlap.
pub fn edge(archive: Extent, seen: &MercatorExtent) -> Vec<(MercatorExtent, f32)> {
    let whole = mercator::extent_to_mercator(archive);
    let side = (whole.max.x - whole.min.x).min(whole.max.y - whole.min.y);
    let step = side * WIDTH / f64::from(STEPS);
    let inner = inset(&whole, side * WIDTH);
    let within = seen.min.x >= inner.min.x
        && seen.min.y >= inner.min.y
        && seen.max.x <= inner.max.x
        && seen.max.y <= inner.max.y;
    if within || side <= 0.0 {
        return Vec::new();
    }
    let beyond = inset(&whole, -side * WIDTH * BEYOND);
    let mut strips: Vec<(MercatorExtent, f32)> =
        frame(&beyond, &whole).into_iter().map(|part| (part, 1.0)).collect();
    for k in 0..STEPS {
        let outer = inset(&whole, step * f64::from(k));
        let inner = inset(&whole, step * f64::from(k + 1));
        let share = (f32::from(k) + 0.5) / f32::from(STEPS);
        strips.extend(frame(&outer, &inner).into_iter().map(|part| (part, 1.0 - share)));
    }
    strips
}

fn inset(extent: &MercatorExtent, by: f64) -> MercatorExtent {
    MercatorExtent {
        min: Mercator { x: extent.min.x + by, y: extent.min.y + by },
        max: Mercator { x: extent.max.x - by, y: extent.max.y - by },
    }
}

/// What lies between two extents, in four parts.
fn frame(outer: &MercatorExtent, inner: &MercatorExtent) -> [MercatorExtent; 4] {
    let part = |[left, top, right, bottom]: [f64; 4]| MercatorExtent {
        min: Mercator { x: left, y: top },
        max: Mercator { x: right, y: bottom },
    };
    let (o, i) = (outer, inner);
    [
        [o.min.x, o.min.y, o.max.x, i.min.y],
        [o.min.x, i.max.y, o.max.x, o.max.y],
        [o.min.x, i.min.y, i.min.x, i.max.y],
        [i.max.x, i.min.y, o.max.x, i.max.y],
    ]
    .map(part)
}
