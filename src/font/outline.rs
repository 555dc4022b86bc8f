//! Outlines of glyphs.

use skrifa::outline::OutlinePen;

use crate::paper::Step;

/// A glyph's outline in ems: x to the right from its origin, y down from the baseline.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outline {
    /// Empty for blanks.
    pub steps: Vec<Step>,
    /// The ink: left, top, right, bottom; `None` for blanks. Handles of curves count.
    pub bounds_em: Option<[f32; 4]>,
}

impl Outline {
    /// The middle of the ink.
    pub fn middle_em(&self) -> Option<[f32; 2]> {
        let [left, top, right, bottom] = self.bounds_em?;
        Some([f32::midpoint(left, right), f32::midpoint(top, bottom)])
    }

    /// An empty box as wide as a character's advance: what stands where no font has a glyph.
    pub fn hollow_box(advance_em: f32) -> Self {
        const LINE: f32 = 0.06;
        let (left, top, right, bottom) = (0.08, -0.78, advance_em - 0.08, 0.06);
        let mut pen = Pen::new(1.0);
        pen.ring([[left, top], [right, top], [right, bottom], [left, bottom]]);
        let (left, top, right, bottom) = (left + LINE, top + LINE, right - LINE, bottom - LINE);
        // The other way round, so that it is cut out.
        pen.ring([[left, top], [left, bottom], [right, bottom], [right, top]]);
        pen.finish()
    }
}

/// Takes an outline in a font's units, y up.
pub(super) struct Pen {
    outline: Outline,
    scale: f32,
    at: [f32; 2],
}

impl Pen {
    /// `scale` is ems per unit.
    pub fn new(scale: f32) -> Self {
        Self { outline: Outline::default(), scale, at: [0.0; 2] }
    }

    pub fn finish(self) -> Outline {
        self.outline
    }

    fn ring(&mut self, corners: [[f32; 2]; 4]) {
        for (i, corner) in corners.into_iter().enumerate() {
            self.seen(corner);
            let step = if i == 0 { Step::Move(corner) } else { Step::Line(corner) };
            self.outline.steps.push(step);
        }
        self.outline.steps.push(Step::Close);
    }

    fn point(&mut self, x: f32, y: f32) -> [f32; 2] {
        let at = [x * self.scale, -y * self.scale];
        self.seen(at);
        at
    }

    fn seen(&mut self, at: [f32; 2]) {
        self.at = at;
        let [x, y] = at;
        let bounds = self.outline.bounds_em.get_or_insert([x, y, x, y]);
        *bounds = [bounds[0].min(x), bounds[1].min(y), bounds[2].max(x), bounds[3].max(y)];
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let at = self.point(x, y);
        self.outline.steps.push(Step::Move(at));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let at = self.point(x, y);
        self.outline.steps.push(Step::Line(at));
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        let from = self.at;
        let handle = self.point(cx0, cy0);
        let to = self.point(x, y);
        // The same curve as a cubic one: its handles lie two thirds of the way to the one handle.
        let towards =
            |end: [f32; 2]| [0, 1].map(|i: usize| end[i] + (handle[i] - end[i]) * 2.0 / 3.0);
        self.outline.steps.push(Step::Curve(towards(from), towards(to), to));
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        let handles = (self.point(cx0, cy0), self.point(cx1, cy1));
        let to = self.point(x, y);
        self.outline.steps.push(Step::Curve(handles.0, handles.1, to));
    }

    fn close(&mut self) {
        self.outline.steps.push(Step::Close);
    }
}
