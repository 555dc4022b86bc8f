//! Outlines: paths, rectangles and dots, and the pen that draws along them.

use super::{BoxPt, is_length, is_place};
use crate::style::Rgba;

/// Handle length of a cubic Bézier that stands for a quarter of a circle, in radii: 4/3 · tan(π/8).
const QUARTER_HANDLE: f32 = 0.552_285;

/// One or more outlines, filled (non-zero winding), then drawn along. Where parts of it overlap, no
/// colour doubles.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PathDrawing {
    pub steps: Vec<Step>,
    pub fill: Option<Rgba>,
    pub pen: Option<Pen>,
}

/// A step of an outline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    Move([f32; 2]),
    Line([f32; 2]),
    /// A cubic Bézier: two handles and its end.
    Curve([f32; 2], [f32; 2], [f32; 2]),
    Close,
}

/// How a line is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Pen {
    pub width_pt: f32,
    pub color: Rgba,
    /// Lengths of dashes and gaps in points; empty for a line without gaps.
    pub dash_pt: Vec<f32>,
    /// How far into the pattern the line begins.
    pub dash_from_pt: f32,
    /// Of the line itself; dashes inside it are always cut off.
    pub ends: Ends,
    pub corners: Corners,
}

/// How a line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ends {
    #[default]
    Round,
    /// Square, at the end point.
    Cut,
}

/// How a line turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Corners {
    #[default]
    Round,
    Pointed,
}

/// A rectangle, filled, then drawn around.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RectDrawing {
    pub place: BoxPt,
    /// Radius of its corners.
    pub corner_pt: f32,
    pub fill: Option<Rgba>,
    /// Its middle runs along the edge.
    pub pen: Option<Pen>,
}

/// One kind of dot at many places. Each is painted whole before the next.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DotsDrawing {
    pub centers_pt: Vec<[f32; 2]>,
    /// Radius and colour of discs over each other, the lowest first.
    pub discs: Vec<(f32, Rgba)>,
}

impl Pen {
    /// A line without gaps, with round ends and corners.
    pub const fn solid(width_pt: f32, color: Rgba) -> Self {
        Self {
            width_pt,
            color,
            dash_pt: Vec::new(),
            dash_from_pt: 0.0,
            ends: Ends::Round,
            corners: Corners::Round,
        }
    }

    /// The same with a pattern, beginning `from_pt` into it.
    #[must_use]
    pub fn dashed(self, dash_pt: Vec<f32>, from_pt: f32) -> Self {
        Self { dash_pt, dash_from_pt: from_pt, ..self }
    }

    /// The same with ends cut off and corners pointed, as of frames and scales.
    #[must_use]
    pub fn square(self) -> Self {
        Self { ends: Ends::Cut, corners: Corners::Pointed, ..self }
    }

    /// The same with ends cut off.
    #[must_use]
    pub fn cut(self) -> Self {
        Self { ends: Ends::Cut, ..self }
    }

    /// The pattern, in pairs of dash and gap, and how far into it the line begins. `None` for a line
    /// without gaps: fewer than two lengths, one that is no length, or nothing in all.
    pub fn pattern(&self) -> Option<(Vec<f32>, f32)> {
        let sum: f32 = self.dash_pt.iter().sum();
        let usable = self.dash_pt.len() > 1
            && self.dash_pt.iter().all(|part| *part >= 0.0 && is_length(*part))
            && sum.is_finite()
            && sum > 0.0;
        if !usable {
            return None;
        }
        let mut dash = self.dash_pt.clone();
        // An odd number of lengths is gone through twice: what was a dash is then a gap.
        if dash.len() % 2 == 1 {
            dash.extend_from_within(..);
        }
        let from = if self.dash_from_pt.is_finite() { self.dash_from_pt } else { 0.0 };
        Some((dash, from.rem_euclid(sum * if self.dash_pt.len() % 2 == 1 { 2.0 } else { 1.0 })))
    }
}

impl Pen {
    /// Whether it draws anything.
    pub fn draws(&self) -> bool {
        is_length(self.width_pt) && self.width_pt > 0.0 && self.color.3 > 0
    }
}

impl PathDrawing {
    /// Something filled.
    pub const fn filled(steps: Vec<Step>, fill: Rgba) -> Self {
        Self { steps, fill: Some(fill), pen: None }
    }

    /// Something drawn along.
    pub const fn drawn(steps: Vec<Step>, pen: Pen) -> Self {
        Self { steps, fill: None, pen: Some(pen) }
    }

    /// A line through points.
    pub fn line(points: &[[f32; 2]], pen: Pen) -> Self {
        Self::drawn(line(points), pen)
    }

    /// A polygon.
    pub fn polygon(corners: &[[f32; 2]], fill: Rgba) -> Self {
        let mut steps = line(corners);
        steps.push(Step::Close);
        Self::filled(steps, fill)
    }
}

/// Whether an outline can be drawn: it begins somewhere, and lies where paper can be.
pub fn is_drawable(steps: &[Step]) -> bool {
    let begins = matches!(steps.first(), Some(Step::Move(_)));
    begins
        && steps.iter().all(|step| match step {
            Step::Move(to) | Step::Line(to) => is_place(*to),
            Step::Curve(a, b, to) => [a, b, to].into_iter().all(|p| is_place(*p)),
            Step::Close => true,
        })
}

/// The steps of a line through points; none for no points.
pub fn line(points: &[[f32; 2]]) -> Vec<Step> {
    let step = |(i, p): (usize, &[f32; 2])| if i == 0 { Step::Move(*p) } else { Step::Line(*p) };
    points.iter().enumerate().map(step).collect()
}

impl RectDrawing {
    /// A filled rectangle.
    pub const fn filled(place: BoxPt, fill: Rgba) -> Self {
        Self { place, corner_pt: 0.0, fill: Some(fill), pen: None }
    }

    /// Only its edge.
    pub const fn framed(place: BoxPt, pen: Pen) -> Self {
        Self { place, corner_pt: 0.0, fill: None, pen: Some(pen) }
    }

    /// The same with round corners.
    #[must_use]
    pub fn rounded(self, corner_pt: f32) -> Self {
        Self { corner_pt, ..self }
    }

    /// The radius that its corners can have: at most half its sides.
    pub fn corner(&self) -> f32 {
        self.corner_pt.min(self.place.width / 2.0).min(self.place.height / 2.0).max(0.0)
    }

    /// Its outline.
    pub fn outline(&self) -> Vec<Step> {
        let BoxPt { left, top, .. } = self.place;
        let (right, bottom) = (self.place.right(), self.place.bottom());
        let radius = self.corner();
        if radius <= 0.0 {
            let mut steps = line(&[[left, top], [right, top], [right, bottom], [left, bottom]]);
            steps.push(Step::Close);
            return steps;
        }
        let handle = radius * (1.0 - QUARTER_HANDLE);
        let (inner_right, inner_bottom) = (right - radius, bottom - radius);
        vec![
            Step::Move([left + radius, top]),
            Step::Line([inner_right, top]),
            Step::Curve([right - handle, top], [right, top + handle], [right, top + radius]),
            Step::Line([right, inner_bottom]),
            Step::Curve([right, bottom - handle], [right - handle, bottom], [inner_right, bottom]),
            Step::Line([left + radius, bottom]),
            Step::Curve([left + handle, bottom], [left, bottom - handle], [left, inner_bottom]),
            Step::Line([left, top + radius]),
            Step::Curve([left, top + handle], [left + handle, top], [left + radius, top]),
            Step::Close,
        ]
    }
}

/// A circle's outline.
pub fn circle([x, y]: [f32; 2], radius: f32) -> Vec<Step> {
    let h = radius * QUARTER_HANDLE;
    let r = radius;
    vec![
        Step::Move([x + r, y]),
        Step::Curve([x + r, y + h], [x + h, y + r], [x, y + r]),
        Step::Curve([x - h, y + r], [x - r, y + h], [x - r, y]),
        Step::Curve([x - r, y - h], [x - h, y - r], [x, y - r]),
        Step::Curve([x + h, y - r], [x + r, y - h], [x + r, y]),
        Step::Close,
    ]
}
