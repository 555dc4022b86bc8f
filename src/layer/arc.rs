//! Arcs of circles as lines of short pieces.

/// Degrees of an arc that a piece stands for, as in GDAL: a piece leaves its arc by less than a
/// thousandth of the radius.
const STEP_DEG: f64 = 4.0;
/// With more arcs than this, a line has pieces of [`COARSE_DEG`]: what is made of a file stays in
/// bounds.
const MOST_FINE: usize = 4_096;
const COARSE_DEG: f64 = 30.0;

/// A string of arcs: each begins where the one before ends, and has one position between. Three
/// positions on one line are that line; with the first again at the end, the second lies across the
/// circle.
///
/// ```
/// use jintu::layer::arc;
///
/// let half = arc::straight(&[[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]]);
/// assert_eq!((half.first(), half.last()), (Some(&[1.0, 0.0]), Some(&[-1.0, 0.0])));
/// assert!(half.len() > 40 && half.iter().all(|[x, y]| (x.hypot(*y) - 1.0).abs() < 1e-12));
/// ```
pub fn straight(positions: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let Some(first) = positions.first() else { return Vec::new() };
    let arcs = positions.len() / 2;
    let step = if arcs > MOST_FINE { COARSE_DEG } else { STEP_DEG };
    let mut path = vec![*first];
    let mut i = 0;
    while let Some([a, b, c]) = positions.get(i..i + 3).and_then(<[_]>::first_chunk) {
        one(*a, *b, *c, step.to_radians(), &mut path);
        i += 2;
    }
    // An even count leaves one over.
    path.extend(positions.iter().skip(i + 1));
    path
}

/// Adds an arc without its first position.
fn one(a: [f64; 2], b: [f64; 2], c: [f64; 2], step: f64, path: &mut Vec<[f64; 2]>) {
    use std::f64::consts::TAU;
    // Near its own origin a small arc keeps all its digits.
    let [bx, by] = [b[0] - a[0], b[1] - a[1]];
    let [cx, cy] = [c[0] - a[0], c[1] - a[1]];
    let is_circle = cx == 0.0 && cy == 0.0;
    let cross = bx * cy - by * cx;
    let (b2, c2) = (bx * bx + by * by, cx * cx + cy * cy);
    let center = if is_circle {
        [bx / 2.0, by / 2.0]
    } else {
        [(cy * b2 - by * c2) / (2.0 * cross), (bx * c2 - cx * b2) / (2.0 * cross)]
    };
    let radius = center[0].hypot(center[1]);
    // On one line, or as good as.
    if !radius.is_finite() || radius > 1e6 * b2.max(c2).sqrt() {
        path.extend([b, c]);
        return;
    }
    let angle = |x: f64, y: f64| (y - center[1]).atan2(x - center[0]);
    let from = angle(0.0, 0.0);
    let turn = if is_circle {
        TAU
    } else {
        let to = (angle(cx, cy) - from).rem_euclid(TAU);
        let on_the_way = (angle(bx, by) - from).rem_euclid(TAU) <= to;
        if on_the_way { to } else { to - TAU }
    };
    let pieces = (turn.abs() / step).ceil().max(1.0);
    let mut piece = 1.0;
    while piece < pieces {
        let at = from + turn * piece / pieces;
        let along = [center[0] + radius * at.cos(), center[1] + radius * at.sin()];
        path.push([a[0] + along[0], a[1] + along[1]]);
        piece += 1.0;
    }
    path.push(c);
}
