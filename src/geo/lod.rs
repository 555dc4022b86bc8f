//! Level of detail: a path with no more vertices than a zoom can show.

use std::sync::Arc;

use ::geo::{Coord, LineString};

use super::{mercator, polygon};
use crate::units::Mercator;

/// No vertex is dropped that would move the path by more than this, in pixels of 256-pixel tiles.
pub const TOLERANCE_PX: f64 = 0.35;

/// Beyond this zoom the path is drawn as it is.
const FINEST_ZOOM: u8 = 18;

/// A path at every zoom, simplified by the method of Douglas and Peucker (1973). Ends are always
/// kept; positions that are not finite are left out.
///
/// ```
/// use jintu::geo::Levels;
///
/// // A bend of a metre, in a line of 20 km: nothing to see before the highest zooms.
/// let line = geo::LineString::from(vec![(112.4, 37.8), (112.5, 37.800_01), (112.6, 37.8)]);
/// let levels = Levels::of(&line);
/// assert_eq!(levels.for_zoom(11.0).len(), 2);
/// assert_eq!(levels.for_zoom(19.0).len(), 3);
/// ```
#[derive(Debug, Clone)]
pub struct Levels {
    /// One per whole zoom from 0; levels that do not differ share their vertices. The last is the
    /// path itself.
    by_zoom: Vec<Arc<[Mercator]>>,
}

impl Levels {
    /// Of a line in degrees.
    pub fn of(line: &LineString<f64>) -> Self {
        Self::new(&mercator::path_from_line(line))
    }

    /// Of a path in the plane.
    pub fn new(path: &[Mercator]) -> Self {
        let path: Vec<Mercator> =
            path.iter().copied().filter(|p| p.x.is_finite() && p.y.is_finite()).collect();
        let needed_at = significance(&path);
        let full: Arc<[Mercator]> = path.as_slice().into();
        let mut by_zoom = vec![Arc::clone(&full)];
        for zoom in (0..=FINEST_ZOOM).rev() {
            let tolerance = TOLERANCE_PX / (256.0 * f64::from(zoom).exp2());
            let kept: Vec<Mercator> = path
                .iter()
                .zip(&needed_at)
                .filter(|(_, needed)| **needed > tolerance)
                .map(|(p, _)| *p)
                .collect();
            let level = match by_zoom.last() {
                Some(finer) if finer.len() == kept.len() => Arc::clone(finer),
                _ => kept.into(),
            };
            by_zoom.push(level);
        }
        by_zoom.reverse();
        Self { by_zoom }
    }

    /// The vertices for a zoom, which need not be whole: those of the next finer level.
    pub fn for_zoom(&self, zoom: f64) -> Arc<[Mercator]> {
        let last = self.by_zoom.len().saturating_sub(1);
        // Saturating: NaN and what lies below 0 give the coarsest level.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let level = (zoom.ceil() as usize).min(last);
        self.by_zoom.get(level).map_or_else(|| self.full(), Arc::clone)
    }

    /// Every finite vertex.
    pub fn full(&self) -> Arc<[Mercator]> {
        self.by_zoom.last().map_or_else(|| Arc::from([]), Arc::clone)
    }
}

/// For every vertex the tolerance from which on it may go: its distance from the line that replaces
/// it, but never more than that of the vertices which have to go before it. Infinite for the ends.
fn significance(path: &[Mercator]) -> Vec<f64> {
    let mut needed_at = vec![0.0; path.len()];
    for end in [needed_at.len().checked_sub(1), Some(0)].into_iter().flatten() {
        if let Some(value) = needed_at.get_mut(end) {
            *value = f64::INFINITY;
        }
    }
    let mut open = vec![(0, path.len().saturating_sub(1), f64::INFINITY)];
    while let Some((start, end, limit)) = open.pop() {
        let (Some(a), Some(b)) = (path.get(start), path.get(end)) else {
            continue;
        };
        let between = path.get(start + 1..end).unwrap_or_default();
        let farthest = between
            .iter()
            .enumerate()
            .map(|(i, p)| (start + 1 + i, distance(*p, *a, *b)))
            .max_by(|p, q| p.1.total_cmp(&q.1));
        let Some((split, distance)) = farthest else {
            continue;
        };
        let needed = distance.min(limit);
        if let Some(value) = needed_at.get_mut(split) {
            *value = needed;
        }
        // Below zero nothing is ever kept, so that runs of equal vertices cost no more splits.
        if needed > 0.0 {
            open.push((start, split, needed));
            open.push((split, end, needed));
        }
    }
    needed_at
}

/// Distance of a position from a segment.
fn distance(p: Mercator, a: Mercator, b: Mercator) -> f64 {
    let coord = |m: Mercator| Coord { x: m.x, y: m.y };
    polygon::nearest_on_segment(coord(p), coord(a), coord(b)).1
}
