//! Dashes along a line, by arc length.

use super::coverage::{Coverage, End};
use crate::geo::plane::Point;

/// Below this period, in pixels, a dashed line would only look grey: it is drawn solid.
const MIN_PERIOD_PX: f64 = 0.75;

/// Adds a dashed line. `pattern` holds lengths of dash, gap, dash, gap … in pixels; `phase_px` says how far
/// into it the line starts; `start` and `end` say how dashes that reach the line's own ends are
/// shaped there. Inner ends are cut square.
pub fn add_dashes(
    coverage: &mut Coverage,
    points: &[Point],
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

    let mut dash: Vec<Point> = points.first().copied().into_iter().collect();
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
