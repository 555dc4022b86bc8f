//! Where the name of a line or an area stands.

use super::shape::{Point, doubled_area};

/// The point halfway along the longest of some lines.
pub fn of_lines<'a>(lines: impl Iterator<Item = &'a [Point]>) -> Option<Point> {
    let longest = lines.max_by(|a, b| length(a).total_cmp(&length(b)))?;
    let mut left = length(longest) / 2.0;
    for (a, b) in longest.iter().zip(longest.iter().skip(1)) {
        let step = distance(a, b);
        if step > 0.0 && left <= step {
            let t = left / step;
            return Some([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]);
        }
        left -= step;
    }
    longest.last().copied()
}

/// A point inside the largest of some rings and outside its holes: the centre of its mass where
/// that lies inside, else one beside it.
pub fn of_rings(rings: &[&[Point]]) -> Option<Point> {
    let size = |ring: &&&[Point]| doubled_area(ring).abs();
    let largest = rings.iter().max_by(|a, b| size(a).total_cmp(&size(b)))?;
    let center = center_of_mass(largest)?;
    // Inside lies between the first and second crossing of a line across, the third and fourth…
    let mut crossings: Vec<f64> = rings.iter().flat_map(|r| crossings(r, center[1])).collect();
    crossings.sort_by(f64::total_cmp);
    let (spans, _) = crossings.as_chunks::<2>();
    if spans.iter().any(|[from, to]| (from..=to).contains(&&center[0])) {
        return Some(center);
    }
    let widest = spans.iter().max_by(|a, b| (a[1] - a[0]).total_cmp(&(b[1] - b[0])))?;
    Some([f64::midpoint(widest[0], widest[1]), center[1]])
}

fn crossings(ring: &[Point], y: f64) -> impl Iterator<Item = f64> {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).filter_map(move |(a, b)| {
        let crosses = (a[1] <= y) != (b[1] <= y);
        crosses.then(|| a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]))
    })
}

fn center_of_mass(ring: &[Point]) -> Option<Point> {
    let first = ring.first()?;
    let next = ring.iter().cycle().skip(1);
    let (mut x, mut y, mut doubled) = (0.0, 0.0, 0.0);
    for (a, b) in ring.iter().zip(next) {
        // Relative to a corner, which keeps small rings far off exact.
        let (ax, ay, bx, by) = (a[0] - first[0], a[1] - first[1], b[0] - first[0], b[1] - first[1]);
        let part = ax * by - bx * ay;
        x += (ax + bx) * part;
        y += (ay + by) * part;
        doubled += part;
    }
    if doubled == 0.0 {
        return Some(*first);
    }
    Some([first[0] + x / (3.0 * doubled), first[1] + y / (3.0 * doubled)])
}

fn length(line: &[Point]) -> f64 {
    line.iter().zip(line.iter().skip(1)).map(|(a, b)| distance(a, b)).sum()
}

fn distance(a: &Point, b: &Point) -> f64 {
    (b[0] - a[0]).hypot(b[1] - a[1])
}
