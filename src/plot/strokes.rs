//! Lines with casing, dashes and bars.

use super::frame::narrow;
use crate::{
    geo::plane::{Point, Rect, Run, clip_line},
    paper::{PathDrawing, Pen, Step},
    scene::Stroke,
};

/// Bars closer than this would be a grey band.
const MIN_SPACING_PT: f64 = 0.5;

/// A stroke along lines, of which only what can be seen inside `visible` is drawn. What one stroke
/// draws does not double where it crosses itself; dashed runs are drawings of their own, because
/// each begins elsewhere in the pattern.
pub fn stroke(lines: &[Vec<Point>], stroke: &Stroke, visible: &Rect) -> Vec<PathDrawing> {
    let across = stroke.ticks.map_or(0.0, |ticks| ticks.length_pt).max(stroke.width_pt);
    let reach = visible.grown(f64::from(across) + 2.0);
    let runs: Vec<Run> = lines.iter().flat_map(|line| clip_line(line, &reach)).collect();
    let pen = Pen::solid(stroke.width_pt, stroke.color);
    if let Some(ticks) = stroke.ticks {
        let (spacing, length) = (f64::from(ticks.spacing_pt), f64::from(ticks.length_pt));
        let mut steps = Vec::new();
        for run in &runs {
            // Half a space before the first bar.
            let first = spacing / 2.0 - run.start;
            let first = if first < 0.0 { first.rem_euclid(spacing) } else { first };
            steps.extend(bars(&run.points, length, spacing, first));
        }
        return drawn(steps, pen.cut()).into_iter().collect();
    }
    let Some(dash) = stroke.dash else {
        let steps = runs.iter().flat_map(|run| line(&run.points)).collect();
        return drawn(steps, pen).into_iter().collect();
    };
    let pen = pen.cut();
    let period: f64 = dash.iter().map(|part| f64::from(*part)).sum();
    let dashed = |run: &Run| {
        #[expect(clippy::cast_possible_truncation, reason = "within the pattern")]
        let from = run.start.rem_euclid(period) as f32;
        drawn(line(&run.points), pen.clone().dashed(dash.to_vec(), from))
    };
    runs.iter().filter_map(dashed).collect()
}

/// `None` where nothing is drawn.
pub fn drawn(steps: Vec<Step>, pen: Pen) -> Option<PathDrawing> {
    (!steps.is_empty()).then_some(PathDrawing::drawn(steps, pen))
}

/// The steps of a line.
pub fn line(points: &[Point]) -> Vec<Step> {
    let mut steps = Vec::with_capacity(points.len());
    for (i, p) in points.iter().enumerate() {
        let at = narrow(*p);
        steps.push(if i == 0 { Step::Move(at) } else { Step::Line(at) });
    }
    steps
}

/// Bars across a line, `first`, `first + spacing` … from its start.
pub fn bars(points: &[Point], length: f64, spacing: f64, first: f64) -> Vec<Step> {
    if spacing.is_nan() || spacing < MIN_SPACING_PT || length <= 0.0 {
        return Vec::new();
    }
    let mut steps = Vec::new();
    let mut next = first.max(0.0);
    let mut before = 0.0;
    for pair in points.windows(2) {
        let &[a, b] = pair else { continue };
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let long = dx.hypot(dy);
        if long <= 0.0 {
            continue;
        }
        let half = [-dy / long * length / 2.0, dx / long * length / 2.0];
        while next <= before + long {
            let t = (next - before) / long;
            let at = [a[0] + dx * t, a[1] + dy * t];
            steps.push(Step::Move(narrow([at[0] - half[0], at[1] - half[1]])));
            steps.push(Step::Line(narrow([at[0] + half[0], at[1] + half[1]])));
            next += spacing;
        }
        before += long;
    }
    steps
}
