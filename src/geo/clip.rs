//! Paths cut to a box, so that high zooms draw only what is seen.

use super::mercator::MercatorExtent;
use crate::units::Mercator;

/// A part of a path inside a box.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Length of the path, in units of Mercator, from its start to this part: where its dashes are.
    pub start_units: f64,
    pub path: Vec<Mercator>,
}

/// The parts of a path inside a box, in order (Liang and Barsky 1984). A part that only touches the
/// box in one position is left out. Positions that are not finite break the path without adding to
/// its length.
///
/// ```
/// use jintu::{
///     geo::{MercatorExtent, clip::clip_path},
///     units::Mercator,
/// };
///
/// let at = |x, y| Mercator { x, y };
/// let view = MercatorExtent { min: at(0.25, 0.25), max: at(0.75, 0.75) };
/// let runs = clip_path(&[at(0.0, 0.5), at(0.5, 0.5), at(0.5, 1.0)], &view);
/// assert_eq!(runs.len(), 1);
/// assert_eq!(runs[0].path, [at(0.25, 0.5), at(0.5, 0.5), at(0.5, 0.75)]);
/// assert_eq!(runs[0].start_units, 0.25, "its dashes begin where the whole line's would");
/// ```
pub fn clip_path(path: &[Mercator], extent: &MercatorExtent) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut open = false;
    let mut length = 0.0;
    for segment in path.windows(2) {
        let [a, b] = segment else { continue };
        let step = (b.x - a.x).hypot(b.y - a.y);
        if !step.is_finite() {
            open = false;
            continue;
        }
        match inside(*a, *b, extent) {
            Some((t0, t1)) if t1 > t0 => {
                let at = |t: f64| Mercator { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t };
                let end = if t1 < 1.0 { at(t1) } else { *b };
                match runs.last_mut().filter(|_| open && t0 <= 0.0) {
                    Some(run) => run.path.push(end),
                    None => runs.push(Run {
                        start_units: length + step * t0,
                        path: vec![if t0 > 0.0 { at(t0) } else { *a }, end],
                    }),
                }
                open = t1 >= 1.0;
            }
            // A repeated vertex inside neither adds to the run nor ends it.
            _ if step > 0.0 => open = false,
            _ => {}
        }
        length += step;
    }
    runs
}

/// The part of a ring inside a box (Sutherland and Hodgman 1974); the ring need not be closed.
/// Empty where nothing of it lies there. Parts of one ring may be joined along the box's edge.
///
/// ```
/// use jintu::{
///     geo::{MercatorExtent, clip::clip_ring},
///     units::Mercator,
/// };
///
/// let at = |x, y| Mercator { x, y };
/// let view = MercatorExtent { min: at(0.0, 0.0), max: at(0.5, 0.5) };
/// let square = [at(0.25, 0.25), at(0.75, 0.25), at(0.75, 0.75), at(0.25, 0.75)];
/// let part = clip_ring(&square, &view);
/// assert_eq!(part.len(), 4);
/// assert!(part.iter().all(|p| view.contains(*p)));
/// assert!(clip_ring(&[at(0.8, 0.8), at(0.9, 0.8), at(0.9, 0.9)], &view).is_empty());
/// ```
pub fn clip_ring(ring: &[Mercator], extent: &MercatorExtent) -> Vec<Mercator> {
    let finite = |p: &Mercator| (p.x + p.y).is_finite();
    let mut points: Vec<Mercator> = ring.iter().copied().filter(finite).collect();
    let sides: [fn(&Mercator, &MercatorExtent) -> f64; 4] =
        [|p, e| p.x - e.min.x, |p, e| e.max.x - p.x, |p, e| p.y - e.min.y, |p, e| e.max.y - p.y];
    for depth in sides {
        let mut kept = Vec::with_capacity(points.len() + 4);
        let Some(mut previous) = points.last().copied() else { break };
        for p in points {
            let (d0, d1) = (depth(&previous, extent), depth(&p, extent));
            if (d0 < 0.0) != (d1 < 0.0) {
                let t = d0 / (d0 - d1);
                kept.push(Mercator {
                    x: previous.x + (p.x - previous.x) * t,
                    y: previous.y + (p.y - previous.y) * t,
                });
            }
            if d1 >= 0.0 {
                kept.push(p);
            }
            previous = p;
        }
        points = kept;
    }
    points
}

/// The share of a segment inside the box, as `t` from and to.
fn inside(a: Mercator, b: Mercator, extent: &MercatorExtent) -> Option<(f64, f64)> {
    let MercatorExtent { min, max } = extent;
    share_inside([a.x, a.y], [b.x, b.y], [min.x, min.y], [max.x, max.y])
}

/// Which part of the segment from `a` to `b` lies in a box, as shares of the segment.
///
/// Liang and Barsky, "A new concept and method for line clipping", 1984.
///
/// ```
/// use jintu::geo::clip::share_inside;
///
/// let (min, max) = ([0.0, 0.0], [1.0, 1.0]);
/// assert_eq!(share_inside([-1.0, 0.5], [3.0, 0.5], min, max), Some((0.25, 0.5)));
/// assert_eq!(share_inside([-1.0, 2.0], [3.0, 2.0], min, max), None);
/// ```
pub fn share_inside(a: [f64; 2], b: [f64; 2], min: [f64; 2], max: [f64; 2]) -> Option<(f64, f64)> {
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    for axis in [0, 1] {
        let step = b[axis] - a[axis];
        for (towards, room) in [(-step, a[axis] - min[axis]), (step, max[axis] - a[axis])] {
            if towards == 0.0 {
                if room < 0.0 {
                    return None;
                }
            } else if towards > 0.0 {
                to = to.min(room / towards);
            } else {
                from = from.max(room / towards);
            }
        }
    }
    (from <= to).then_some((from, to))
}
