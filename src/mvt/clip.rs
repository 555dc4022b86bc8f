//! Cuts lines and rings to a box, so that far-off coordinates never reach the rasteriser.

use super::shape::Point;

/// A box in pixels.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    pub low: f64,
    pub high: f64,
}

impl Bounds {
    /// The square `size` pixels wide with `margin` pixels around it.
    pub fn around(size: f64, margin: f64) -> Self {
        Self { low: -margin, high: size + margin }
    }

    /// Whether a position lies in the box.
    pub fn holds(&self, point: &Point) -> bool {
        point.iter().all(|v| (self.low..=self.high).contains(v))
    }
}

/// The part of a ring inside the box; its cut edges run along the box.
pub fn ring(points: &[Point], bounds: &Bounds) -> Vec<Point> {
    if points.iter().all(|p| bounds.holds(p)) {
        return points.to_vec();
    }
    let mut kept = points.to_vec();
    kept = half(&kept, 0, bounds.low, 1.0);
    kept = half(&kept, 0, bounds.high, -1.0);
    kept = half(&kept, 1, bounds.low, 1.0);
    half(&kept, 1, bounds.high, -1.0)
}

/// Keeps what lies on one side of a line across `axis`.
fn half(points: &[Point], axis: usize, limit: f64, side: f64) -> Vec<Point> {
    let depth = |p: &Point| (coordinate(p, axis) - limit) * side;
    let mut kept = Vec::with_capacity(points.len() + 4);
    let Some(mut last) = points.last().copied() else { return kept };
    for &point in points {
        let (from, to) = (depth(&last), depth(&point));
        if (from < 0.0) != (to < 0.0) {
            let mut cut = between(last, point, from / (from - to));
            // Exactly on the limit, so that neighbours cut at the same place.
            if axis == 0 {
                cut[0] = limit;
            } else {
                cut[1] = limit;
            }
            kept.push(cut);
        }
        if to >= 0.0 {
            kept.push(point);
        }
        last = point;
    }
    kept
}

/// The parts of a line inside the box, in their order.
pub fn line(points: &[Point], bounds: &Bounds) -> Vec<Vec<Point>> {
    let mut parts = Vec::new();
    let mut part: Vec<Point> = Vec::new();
    for (a, b) in points.iter().zip(points.iter().skip(1)) {
        let Some((from, to)) = inside(a, b, bounds) else {
            finish(&mut part, &mut parts);
            continue;
        };
        if from > 0.0 {
            finish(&mut part, &mut parts);
        }
        if part.is_empty() {
            part.push(between(*a, *b, from));
        }
        part.push(between(*a, *b, to));
        if to < 1.0 {
            finish(&mut part, &mut parts);
        }
    }
    finish(&mut part, &mut parts);
    parts
}

fn finish(part: &mut Vec<Point>, parts: &mut Vec<Vec<Point>>) {
    if part.len() > 1 {
        parts.push(std::mem::take(part));
    }
    part.clear();
}

/// The stretch of a segment inside the box, as parts of its length.
fn inside(a: &Point, b: &Point, bounds: &Bounds) -> Option<(f64, f64)> {
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    for (start, end) in a.iter().zip(b) {
        let run = end - start;
        if run == 0.0 {
            if *start < bounds.low || *start > bounds.high {
                return None;
            }
            continue;
        }
        let (one, two) = ((bounds.low - start) / run, (bounds.high - start) / run);
        from = from.max(one.min(two));
        to = to.min(one.max(two));
    }
    (from <= to).then_some((from, to))
}

fn between(a: Point, b: Point, t: f64) -> Point {
    if t <= 0.0 {
        a
    } else if t >= 1.0 {
        b
    } else {
        [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
    }
}

fn coordinate(p: &Point, axis: usize) -> f64 {
    if axis == 0 { p[0] } else { p[1] }
}
