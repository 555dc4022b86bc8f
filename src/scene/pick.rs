//! What lies under the pointer: read from the draw list, so that it is exactly what is drawn.

use super::{Mark, Pick, Shape, Viewport};
use crate::units::Mercator;

/// Something under the pointer.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    pub pick: Pick,
    /// Points before lines before areas.
    rank: u8,
    distance_pt: f32,
}

/// Everything within `tolerance_pt` of the pointer, nearest kind first. Positions are in points
/// from the picture's top left corner.
pub fn hits(shapes: &[Shape], viewport: &Viewport, at_pt: [f32; 2], tolerance_pt: f32) -> Vec<Hit> {
    let mut hits: Vec<Hit> = shapes
        .iter()
        .rev()
        .filter_map(|shape| {
            let pick = shape.pick.clone()?;
            let (rank, distance_pt) = distance(&shape.mark, viewport, at_pt)?;
            (distance_pt <= tolerance_pt).then_some(Hit { pick, rank, distance_pt })
        })
        .collect();
    hits.sort_by(|a, b| a.rank.cmp(&b.rank).then(a.distance_pt.total_cmp(&b.distance_pt)));
    let mut seen = Vec::new();
    hits.retain(|hit| {
        let new = !seen.contains(&hit.pick);
        seen.push(hit.pick.clone());
        new
    });
    hits
}

/// The projects of several hits, each once, in order.
pub fn projects(hits: &[Hit]) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for hit in hits {
        let own: &[String] = match &hit.pick {
            Pick::Project(id) | Pick::Line { project: id, .. } => std::slice::from_ref(id),
            Pick::Several(all) => all,
        };
        for id in own {
            if !ids.contains(id) {
                ids.push(id.clone());
            }
        }
    }
    ids
}

/// The line of its own name that lies under the pointer, if the project is hit by nothing nearer.
pub fn named_line<'a>(hits: &'a [Hit], of: &str) -> Option<&'a str> {
    let first = hits.iter().find_map(|hit| match &hit.pick {
        Pick::Line { project, line } if project == of => Some(Some(line.as_str())),
        Pick::Project(id) if id == of => Some(None),
        _ => None,
    });
    first.flatten()
}

fn distance(mark: &Mark, viewport: &Viewport, at: [f32; 2]) -> Option<(u8, f32)> {
    match mark {
        Mark::Pin { at: foot, radius_pt, .. } => {
            let [x, y] = viewport.to_pt(*foot);
            // The head floats above the foot; see `pin_head`.
            let [hx, hy] = pin_head([x, y], *radius_pt);
            let to_head = (at[0] - hx).hypot(at[1] - hy) - radius_pt;
            Some((0, to_head.max(0.0).min((at[0] - x).hypot(at[1] - y))))
        }
        Mark::Anchor { at: centre, radius_pt, .. } | Mark::Dot { at: centre, radius_pt, .. } => {
            let [x, y] = viewport.to_pt(*centre);
            Some((0, ((at[0] - x).hypot(at[1] - y) - radius_pt).max(0.0)))
        }
        Mark::Line { path, strokes } => {
            let half = strokes
                .iter()
                .filter(|s| s.ticks.is_none() && s.color.3 > 60)
                .map(|s| s.width_pt / 2.0)
                .fold(0.0, f32::max);
            Some((1, (to_path(path, viewport, at, false)? - half).max(0.0)))
        }
        Mark::Area { area, .. } => {
            let p = viewport.to_mercator(at);
            let inside =
                in_ring(&area.exterior, p) && !area.holes.iter().any(|hole| in_ring(hole, p));
            let d = if inside { 0.0 } else { to_path(&area.exterior, viewport, at, true)? };
            Some((2, d))
        }
    }
}

/// Centre of a pin's head for its foot and radius, in points.
pub fn pin_head([x, y]: [f32; 2], radius_pt: f32) -> [f32; 2] {
    [x, y - radius_pt * 1.55]
}

fn to_path(path: &[Mercator], viewport: &Viewport, at: [f32; 2], closed: bool) -> Option<f32> {
    // Against the pointer's position and not on screen: over the few points that count here, the
    // plane of another datum differs by less than can be pointed at.
    let (here, scale) = (viewport.to_mercator(at), viewport.scale());
    #[expect(clippy::cast_possible_truncation, reason = "points are f32 by design")]
    let near = |p: &Mercator| {
        [((p.x - here.x) * scale) as f32 + at[0], ((p.y - here.y) * scale) as f32 + at[1]]
    };
    let points: Vec<[f32; 2]> = path.iter().map(near).collect();
    let closing = closed.then(|| points.last().copied().zip(points.first().copied())).flatten();
    points
        .windows(2)
        .filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)))
        .chain(closing)
        .map(|(a, b)| to_segment(at, a, b))
        .reduce(f32::min)
}

/// Distance from a point to a segment.
pub fn to_segment(p: [f32; 2], a: [f32; 2], b: [f32; 2]) -> f32 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length_sq = dx * dx + dy * dy;
    let t = if length_sq > 0.0 {
        (((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length_sq).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (p[0] - a[0] - t * dx).hypot(p[1] - a[1] - t * dy)
}

/// Even-odd rule.
fn in_ring(ring: &[Mercator], p: Mercator) -> bool {
    let mut inside = false;
    let mut previous = match ring.last() {
        Some(last) => *last,
        None => return false,
    };
    for &here in ring {
        let crosses = (here.y > p.y) != (previous.y > p.y);
        if crosses {
            let x = here.x + (p.y - here.y) / (previous.y - here.y) * (previous.x - here.x);
            inside ^= p.x < x;
        }
        previous = here;
    }
    inside
}
