//! Lines and rings in a plane, cut to a rectangle, so that dashes and fills never run over what
//! cannot be seen.

use super::clip::share_inside;

/// A position in a plane whose y points down: points on paper, or pixels.
pub type Point = [f64; 2];

/// An axis-parallel rectangle, edges included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    pub min: Point,
    pub max: Point,
}

impl Rect {
    pub const fn new(min: Point, max: Point) -> Self {
        Self { min, max }
    }

    /// Grown by `by` on every side.
    #[must_use]
    pub fn grown(self, by: f64) -> Self {
        Self {
            min: [self.min[0] - by, self.min[1] - by],
            max: [self.max[0] + by, self.max[1] + by],
        }
    }

    pub fn overlaps(&self, other: &Self) -> bool {
        self.min[0] <= other.max[0]
            && other.min[0] <= self.max[0]
            && self.min[1] <= other.max[1]
            && other.min[1] <= self.max[1]
    }
}

/// A part of a line that lies inside a rectangle.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    pub points: Vec<Point>,
    /// Length of the line before this part.
    pub start: f64,
}

impl Run {
    /// Length of the part itself.
    pub fn length(&self) -> f64 {
        length(&self.points)
    }
}

/// The parts of a line inside `rect`, in order.
pub fn clip_line(points: &[Point], rect: &Rect) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut open = false;
    let mut before = 0.0;
    for pair in points.windows(2) {
        let [a, b] = *pair else { continue };
        let length = length_of(pair);
        match inside(a, b, rect) {
            Some((from, to)) if length.is_finite() => {
                let at = |t: f64| [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
                // End points are kept as they are, so that neighbours join exactly.
                let end = if to >= 1.0 { b } else { at(to) };
                match runs.last_mut() {
                    Some(run) if open && from <= 0.0 => run.points.push(end),
                    _ => runs.push(Run {
                        points: vec![if from <= 0.0 { a } else { at(from) }, end],
                        start: before + length * from,
                    }),
                }
                open = to >= 1.0;
            }
            _ => open = false,
        }
        if length.is_finite() {
            before += length;
        }
    }
    runs
}

/// A ring cut to `rect`. Edges may run along the rectangle's border; empty when nothing is left.
///
/// Sutherland and Hodgman, "Reentrant polygon clipping", 1974.
pub fn clip_ring(ring: &[Point], rect: &Rect) -> Vec<Point> {
    let mut points: Vec<Point> =
        ring.iter().copied().filter(|p| (p[0] + p[1]).is_finite()).collect();
    for axis in [0, 1] {
        for (bound, sign) in [(rect.min[axis], 1.0), (rect.max[axis], -1.0)] {
            let depth = |p: Point| (p[axis] - bound) * sign;
            let mut kept = Vec::with_capacity(points.len() + 4);
            let Some(mut previous) = points.last().copied() else {
                break;
            };
            for p in points {
                let (d0, d1) = (depth(previous), depth(p));
                if (d0 < 0.0) != (d1 < 0.0) {
                    let t = d0 / (d0 - d1);
                    let mut cut = [0, 1].map(|i: usize| previous[i] + (p[i] - previous[i]) * t);
                    cut[axis] = bound;
                    kept.push(cut);
                }
                if d1 >= 0.0 {
                    kept.push(p);
                }
                previous = p;
            }
            points = kept;
        }
    }
    points
}

/// Length of a line.
pub fn length(points: &[Point]) -> f64 {
    points.windows(2).map(length_of).sum()
}

fn length_of(pair: &[Point]) -> f64 {
    match pair {
        [a, b] => (b[0] - a[0]).hypot(b[1] - a[1]),
        _ => 0.0,
    }
}

/// Which part of a segment lies inside, as fractions of it; a touch is none.
fn inside(a: Point, b: Point, rect: &Rect) -> Option<(f64, f64)> {
    share_inside(a, b, rect.min, rect.max).filter(|(from, to)| from < to)
}
