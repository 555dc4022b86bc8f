//! Patterns along a line: dashes and bars across it, spaced by arc length.

use super::coverage::{Coverage, End, Px};

/// Below this period, in pixels, a dashed line would only look grey: it is drawn solid.
const MIN_PERIOD_PX: f64 = 0.75;

/// Adds a dashed line. `pattern` holds lengths of dash, gap, dash, gap … in pixels; `phase_px` says how far
/// into it the line starts; `start` and `end` say how dashes that reach the line's own ends are
/// shaped there. Inner ends are cut square.
pub fn add_dashes(
    coverage: &mut Coverage,
    points: &[Px],
    width_px: f64,
    pattern: &[f64],
    phase_px: f64,
    [start, end]: [End; 2],
) {
    let period: f64 = pattern.iter().sum();
    if pattern.len() < 2
        || period.is_nan()
        || period < MIN_PERIOD_PX
        || pattern.iter().any(|l| *l < 0.0)
    {
        coverage.add_line(points, width_px, start, end);
        return;
    }
    let mut lengths = pattern.iter().copied().enumerate().cycle();
    let Some((mut index, mut left)) = lengths.next() else {
        return;
    };
    let mut skip = phase_px.rem_euclid(period);
    while skip >= left {
        skip -= left;
        let Some(next) = lengths.next() else { return };
        (index, left) = next;
    }
    left -= skip;

    let mut dash: Vec<Px> = points.first().copied().into_iter().collect();
    let mut dash_start = start;
    for pair in points.windows(2) {
        let &[a, b] = pair else { continue };
        let length = (b[0] - a[0]).hypot(b[1] - a[1]);
        let mut done = 0.0;
        while length - done > left {
            done += left;
            let t = done / length;
            let at = [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
            if index % 2 == 0 {
                dash.push(at);
                coverage.add_line(&dash, width_px, dash_start, End::Butt);
            }
            dash.clear();
            dash.push(at);
            dash_start = End::Butt;
            let Some(next) = lengths.next() else { return };
            (index, left) = next;
        }
        left -= length - done;
        if index % 2 == 0 {
            dash.push(b);
        }
    }
    if index % 2 == 0 {
        coverage.add_line(&dash, width_px, dash_start, end);
    }
}

/// Adds bars across a line at `first_px`, `first_px + spacing_px` … from its start.
pub fn add_bars(
    coverage: &mut Coverage,
    points: &[Px],
    width_px: f64,
    length_px: f64,
    spacing_px: f64,
    first_px: f64,
) {
    if spacing_px.is_nan() || spacing_px < MIN_PERIOD_PX || length_px <= 0.0 {
        return;
    }
    let mut next = first_px.max(0.0);
    let mut before = 0.0;
    for pair in points.windows(2) {
        let &[a, b] = pair else { continue };
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let length = dx.hypot(dy);
        if length <= 0.0 {
            continue;
        }
        let half = [-dy / length * length_px / 2.0, dx / length * length_px / 2.0];
        while next <= before + length {
            let t = (next - before) / length;
            let at = [a[0] + dx * t, a[1] + dy * t];
            let ends = ([at[0] - half[0], at[1] - half[1]], [at[0] + half[0], at[1] + half[1]]);
            coverage.add_segment(ends.0, ends.1, width_px, End::Butt, End::Butt);
            next += spacing_px;
        }
        before += length;
    }
}
