//! Curves as straight pieces, in the plane that they are drawn in.

use std::f64::consts::{PI, TAU};

/// How far a piece may lie beside its arc, in units of the drawing: 5 cm where these are metres.
const BESIDE: f64 = 0.05;
/// Pieces of a whole turn.
const LEAST_PIECES: f64 = 64.0;
const MOST_PIECES: f64 = 1_024.0;

/// How many pieces an arc takes.
fn pieces(radius: f64, sweep: f64) -> u32 {
    let step = (1.0 - BESIDE / radius.abs()).max(-1.0).acos() * 2.0;
    let turn = if step > 0.0 { (TAU / step).clamp(LEAST_PIECES, MOST_PIECES) } else { MOST_PIECES };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 1 024")]
    let count = (turn * sweep.abs().min(TAU) / TAU).ceil().clamp(1.0, MOST_PIECES) as u32;
    count
}

/// An arc by its center, two half axes as vectors, and from where to where on it, in radians.
/// A circle has axes of the same length at right angles.
pub fn arc(
    center: [f64; 2],
    first: [f64; 2],
    second: [f64; 2],
    from: f64,
    to: f64,
) -> impl Iterator<Item = [f64; 2]> {
    let longest = first[0].hypot(first[1]).max(second[0].hypot(second[1]));
    let sweep = to - from;
    let count = if sweep.is_finite() && longest.is_finite() { pieces(longest, sweep) } else { 0 };
    (0..=count).map(move |i| {
        let (sin, cos) = (from + sweep * f64::from(i) / f64::from(count.max(1))).sin_cos();
        [center[0] + first[0] * cos + second[0] * sin, center[1] + first[1] * cos + second[1] * sin]
    })
}

/// An end after the start, at most a turn away: angles as drawings have them, in radians.
pub fn ahead(from: f64, to: f64) -> f64 {
    let sweep = (to - from).rem_euclid(TAU);
    // Both ends alike: the whole turn.
    from + if sweep < 1e-9 { TAU } else { sweep }
}

/// The positions of an arc after its start, to its end: `bulge` is the tangent of a quarter of its
/// angle, positive counter-clockwise.
pub fn bulged(from: [f64; 2], to: [f64; 2], bulge: f64) -> impl Iterator<Item = [f64; 2]> {
    let chord = (to[0] - from[0]).hypot(to[1] - from[1]);
    let straight = !bulge.is_finite() || bulge.abs() < 1e-9 || chord <= 0.0;
    let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
    let beside = if straight { 0.0 } else { (1.0 / bulge - bulge) / 4.0 };
    let center =
        [f64::midpoint(from[0], to[0]) - dy * beside, f64::midpoint(from[1], to[1]) + dx * beside];
    let (rx, ry) = (from[0] - center[0], from[1] - center[1]);
    let sweep = if straight { 0.0 } else { 4.0 * bulge.atan() };
    let inner = arc(center, [rx, ry], [-ry, rx], 0.0, sweep);
    let count = if straight { 0 } else { pieces(rx.hypot(ry), sweep) as usize };
    inner.skip(1).take(count.saturating_sub(1)).chain(std::iter::once(to))
}

/// A spline by its degree, knots, control positions and weights (NURBS; de Boor's scheme). Where
/// these do not fit together, its control positions in a row.
pub fn spline(
    degree: usize,
    knots: &[f64],
    controls: &[[f64; 2]],
    weights: &[f64],
) -> Vec<[f64; 2]> {
    /// Samples of a piece between two knots.
    const SAMPLES: u32 = 8;
    let fits = (1..=16).contains(&degree)
        && controls.len() > degree
        && knots.len() == controls.len() + degree + 1
        && knots.is_sorted();
    if !fits {
        return controls.to_vec();
    }
    let mut path = Vec::new();
    for span in degree..controls.len() {
        let (Some(from), Some(to)) = (knots.get(span), knots.get(span + 1)) else { break };
        if to <= from {
            continue;
        }
        let first = u32::from(!path.is_empty());
        for sample in first..=SAMPLES {
            let at = from + (to - from) * f64::from(sample) / f64::from(SAMPLES);
            path.extend(de_boor(degree, knots, controls, weights, span, at));
        }
    }
    path
}

fn de_boor(
    degree: usize,
    knots: &[f64],
    controls: &[[f64; 2]],
    weights: &[f64],
    span: usize,
    at: f64,
) -> Option<[f64; 2]> {
    let first = span.checked_sub(degree)?;
    let weighted = |i: usize| {
        let [x, y] = *controls.get(first + i)?;
        let w = weights.get(first + i).copied().filter(|w| *w > 0.0).unwrap_or(1.0);
        Some([x * w, y * w, w])
    };
    let mut points: Vec<[f64; 3]> = (0..=degree).map(weighted).collect::<Option<_>>()?;
    for round in 1..=degree {
        for i in (round..=degree).rev() {
            let (low, high) = (*knots.get(first + i)?, *knots.get(first + i + degree + 1 - round)?);
            let share = if high > low { (at - low) / (high - low) } else { 0.0 };
            let before = *points.get(i - 1)?;
            let own = points.get_mut(i)?;
            for (own, before) in own.iter_mut().zip(before) {
                *own = before + (*own - before) * share;
            }
        }
    }
    let [x, y, w] = *points.last()?;
    (w != 0.0).then(|| [x / w, y / w])
}

/// Degrees as drawings have them, in radians.
pub fn radians(deg: f64) -> f64 {
    deg / 180.0 * PI
}
