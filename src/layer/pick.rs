//! What of a layer lies under the pointer. Exact on the full data.

use super::{Bits, Chunk, Kind, Layer, Part, filter::contains};
use crate::{geo::MercatorExtent, units::Mercator};

/// A feature near a position.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    pub chunk: usize,
    pub row: usize,
    pub kind: Kind,
    /// Units of Mercator; zero inside an area.
    pub distance: f64,
}

/// Everything under a position: points before lines before areas, then the nearest. `passed` says
/// which rows are shown.
pub fn all_near(
    layer: &Layer,
    passed: Option<&[Bits]>,
    at: Mercator,
    reach_units: f64,
) -> Vec<Near> {
    let around = MercatorExtent { min: at, max: at }.grown(reach_units);
    let mut found: Vec<Near> = Vec::new();
    for (i, chunk) in layer.chunks.iter().enumerate() {
        let Some(grid) = &chunk.grid else { continue };
        let shown = |row| passed.is_none_or(|p| p.get(i).is_some_and(|bits| bits.contains(row)));
        grid.in_extent(&chunk.shapes, &around, &mut |row| {
            if !shown(row) {
                return;
            }
            let kind = chunk.shapes.kind(row);
            let distance = distance(chunk, row, kind, at);
            if distance <= reach_units {
                found.push(Near { chunk: i, row, kind, distance });
            }
        });
    }
    // Of equals the first in the file comes first, whatever the grid's order.
    found.sort_by(|a, b| {
        let ((kind, far), (other_kind, other_far)) = (rank(a), rank(b));
        let order = kind.cmp(&other_kind).then(far.total_cmp(&other_far));
        order.then((a.chunk, a.row).cmp(&(b.chunk, b.row)))
    });
    found
}

/// The first of what is under a position.
pub fn nearest(
    layer: &Layer,
    passed: Option<&[Bits]>,
    at: Mercator,
    reach_units: f64,
) -> Option<Near> {
    all_near(layer, passed, at, reach_units).into_iter().next()
}

fn rank(near: &Near) -> (u8, f64) {
    let kind = match near.kind {
        Kind::Point => 0,
        Kind::Line => 1,
        Kind::Area | Kind::Mixed | Kind::None => 2,
    };
    (kind, near.distance)
}

fn distance(chunk: &Chunk, row: usize, kind: Kind, at: Mercator) -> f64 {
    if matches!(kind, Kind::Area | Kind::Mixed) && contains(chunk, row, at) {
        return 0.0;
    }
    let mut least = f64::INFINITY;
    for part in chunk.shapes.parts_of(row) {
        if chunk.shapes.role(row, part) == Part::Point {
            for p in chunk.shapes.part(part) {
                least = least.min((p.x - at.x).hypot(p.y - at.y));
            }
        }
        for (a, b) in chunk.shapes.edges(row, part) {
            least = least.min(to_segment(at, a, b));
        }
    }
    least
}

fn to_segment(p: Mercator, a: Mercator, b: Mercator) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let squared = dx * dx + dy * dy;
    let t = if squared > 0.0 { ((p.x - a.x) * dx + (p.y - a.y) * dy) / squared } else { 0.0 };
    let t = t.clamp(0.0, 1.0);
    (p.x - a.x - t * dx).hypot(p.y - a.y - t * dy)
}
