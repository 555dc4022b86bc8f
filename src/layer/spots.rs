//! Where the names of a layer's features may stand: a bounded number, spread over the view.

use std::collections::HashMap;

use super::{
    Bits, Chunk, Kind, Layer, Part,
    frame::{Frame, Placing},
    style::Template,
};
use crate::{geo::MercatorExtent, units::Mercator};

/// A feature's name and the place that it belongs to, in points from the frame's centre.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    pub at_pt: [f32; 2],
    pub text: String,
    /// Beside a point; over the middle of anything else.
    pub is_point: bool,
}

/// Most names of a layer in a view.
pub const MOST_SPOTS: usize = 240;
/// One name for each such part of the view at most: there is hardly room for two.
const CELL_PT: [f64; 2] = [80.0, 26.0];

/// A feature that may be named.
struct Found {
    at: Mercator,
    size: f64,
    chunk: usize,
    row: usize,
}

/// The names in a view: of each part of it that of the largest feature, the largest first. The parts
/// lie fixed on the world, so that names stay while the map is moved.
pub fn spots(
    layer: &Layer,
    passed: Option<&[Bits]>,
    template: &Template,
    frame: &Frame,
) -> Vec<Spot> {
    let seen = &frame.extent;
    let area = (seen.max.x - seen.min.x) * (seen.max.y - seen.min.y) * frame.scale * frame.scale;
    // Larger parts in a large view.
    let larger = (area / (CELL_PT[0] * CELL_PT[1] * MOST_SPOTS as f64)).max(1.0).sqrt();
    let per = CELL_PT.map(|side| frame.scale / (side * larger));
    #[expect(clippy::cast_possible_truncation, reason = "a cell of the world")]
    let cell_of = |p: Mercator| [(p.x * per[0]).floor() as i64, (p.y * per[1]).floor() as i64];
    let mut found: HashMap<[i64; 2], Found> = HashMap::new();
    for (i, chunk) in layer.chunks.iter().enumerate() {
        let rows = passed.map(|passed| passed.get(i));
        let (Some(grid), Some(table)) = (&chunk.grid, layer.tables.get(i)) else { continue };
        if matches!(rows, Some(None)) {
            continue;
        }
        let bits = rows.flatten();
        grid.in_extent(&chunk.shapes, seen, &mut |row| {
            if bits.is_some_and(|bits| !bits.contains(row)) {
                return;
            }
            let Some((at, size)) = place(chunk, row, seen) else { return };
            let known = found.get(&cell_of(at));
            if known.is_none_or(|known| size > known.size) && template.of(table, row).is_some() {
                found.insert(cell_of(at), Found { at, size, chunk: i, row });
            }
        });
    }
    let mut found: Vec<Found> = found.into_values().collect();
    let by_file = |a: &Found, b: &Found| (a.chunk, a.row).cmp(&(b.chunk, b.row));
    found.sort_by(|a, b| b.size.total_cmp(&a.size).then_with(|| by_file(a, b)));
    found.truncate(MOST_SPOTS);
    let placing = Placing::new(frame);
    let named = found.into_iter().filter_map(|own| {
        let text = template.of(layer.tables.get(own.chunk)?, own.row)?;
        let kind = layer.chunks.get(own.chunk)?.shapes.kind(own.row);
        Some(Spot { at_pt: placing.of(own.at), text, is_point: kind == Kind::Point })
    });
    named.collect()
}

/// The place of a feature's name within what is seen, and how large the feature is.
fn place(chunk: &Chunk, row: usize, seen: &MercatorExtent) -> Option<(Mercator, f64)> {
    let shapes = &chunk.shapes;
    if shapes.only_points() {
        return shapes.positions.get(row).map(|p| (*p, 0.0));
    }
    let parts = || {
        shapes.parts_of(row).filter(|part| shapes.role(row, *part) != Part::Hole).filter_map(
            |part| {
                let around = MercatorExtent::around(shapes.part(part).iter().copied())?;
                let size = (around.max.x - around.min.x).max(around.max.y - around.min.y);
                around.intersects(seen).then_some((part, around, size))
            },
        )
    };
    let (part, around, size) = parts().max_by(|a, b| a.2.total_cmp(&b.2))?;
    let at = match shapes.role(row, part) {
        Part::Point => shapes.part(part).first().copied(),
        Part::Line => middle(shapes.part(part), seen),
        Part::Ring | Part::Hole => inside(chunk, row, &around, seen),
    };
    Some((at?, size))
}

/// The middle of the longest run of a line that is seen.
fn middle(path: &[Mercator], seen: &MercatorExtent) -> Option<Mercator> {
    let mut best: Option<(usize, usize)> = None;
    let mut from = 0;
    for (i, p) in path.iter().enumerate() {
        if !seen.contains(*p) {
            from = i + 1;
        } else if best.is_none_or(|(a, b)| b - a < i - from) {
            best = Some((from, i));
        }
    }
    match best {
        Some((from, to)) if to > from => {
            let whole = path.get(from..=to)?;
            let step = |pair: &[Mercator]| match pair {
                [a, b] => (b.x - a.x).hypot(b.y - a.y),
                _ => 0.0,
            };
            let half = whole.windows(2).map(step).sum::<f64>() / 2.0;
            let mut gone = 0.0;
            for pair in whole.windows(2) {
                let own = step(pair);
                if let ([a, b], true) = (pair, gone + own >= half && own > 0.0) {
                    let t = (half - gone) / own;
                    return Some(Mercator { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t });
                }
                gone += own;
            }
            whole.first().copied()
        }
        Some((only, _)) => path.get(only).copied(),
        // It passes without a vertex in view: the middle of the first piece that is seen.
        None => path.windows(2).find_map(|pair| {
            let [a, b] = pair else { return None };
            let wide = |p: &Mercator| [p.x, p.y];
            let (from, to) =
                crate::geo::clip::share_inside(wide(a), wide(b), wide(&seen.min), wide(&seen.max))?;
            let t = f64::midpoint(from, to);
            Some(Mercator { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t })
        }),
    }
}

/// A place inside an area: the middle of its widest stretch at half the height of what is seen of
/// it.
fn inside(
    chunk: &Chunk,
    row: usize,
    around: &MercatorExtent,
    seen: &MercatorExtent,
) -> Option<Mercator> {
    let shapes = &chunk.shapes;
    let (low, high) = (around.min.y.max(seen.min.y), around.max.y.min(seen.max.y));
    let y = f64::midpoint(low, high);
    let mut crossings: Vec<f64> = Vec::new();
    for part in shapes.parts_of(row).filter(|part| shapes.role(row, *part).is_closed()) {
        for (a, b) in shapes.edges(row, part) {
            if (a.y > y) != (b.y > y) {
                crossings.push(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x));
            }
        }
    }
    crossings.sort_by(f64::total_cmp);
    let stretches = crossings.chunks_exact(2).filter_map(|pair| {
        let [from, to] = pair else { return None };
        let (from, to) = (from.max(seen.min.x), to.min(seen.max.x));
        (to > from).then_some((from, to))
    });
    let (from, to) = stretches.max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)))?;
    Some(Mercator { x: f64::midpoint(from, to), y })
}
