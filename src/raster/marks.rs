//! Paints a draw list's shapes.

use std::ops::Range;

use tiny_skia::PixmapMut;

use super::{
    clip::{Run, clip_line},
    coverage::{Coverage, End, Px},
    fill::AreaBuilder,
    font::Fonts,
    frame::Frame,
    pattern::{add_bars, add_dashes},
    point_marks::PointMark,
};
use crate::{
    scene::draw::{AreaGeometry, Mark, Shape, Stroke, Viewport},
    style::{MapPalette, Rgba},
    units::Mercator,
};

/// Paints shapes in their order, except that the casings of neighbouring lines go first (see
/// [`paint_steps`]).
pub fn paint_shapes(
    pixmap: &mut PixmapMut,
    viewport: &Viewport,
    pixels_per_point: f32,
    shapes: &[Shape],
    fonts: &Fonts,
    palette: &MapPalette,
) {
    let Some(frame) = Frame::new(viewport, pixels_per_point, pixmap) else {
        return;
    };
    let mut painter = Painter {
        coverage: Coverage::new(pixmap.width(), pixmap.height()),
        pixmap,
        frame: &frame,
        fonts,
        halo: palette.halo,
    };
    for step in paint_steps(shapes) {
        if let Some(shape) = shapes.get(step.shape) {
            painter.paint(&shape.mark, step.strokes);
        }
    }
}

/// One step of painting a list of shapes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaintStep {
    /// Index of the shape.
    pub shape: usize,
    /// Which of a line's strokes; all of them for other marks.
    pub strokes: Range<usize>,
}

/// The order in which shapes and their strokes are painted: as listed, except that in a run of
/// neighbouring lines all casings come before everything else, so that lines of one layer join
/// where they meet and do not cut each other. A casing is a plain first stroke that is wider than
/// the one above it.
pub fn paint_steps(shapes: &[Shape]) -> Vec<PaintStep> {
    let mut steps = Vec::with_capacity(shapes.len());
    let mut first = 0;
    for group in shapes.chunk_by(|a, b| strokes_of(a).is_some() == strokes_of(b).is_some()) {
        let indexed = || group.iter().enumerate().map(|(i, shape)| (first + i, shape));
        for (shape, line) in indexed() {
            if has_casing(line) {
                steps.push(PaintStep { shape, strokes: 0..1 });
            }
        }
        for (shape, any) in indexed() {
            let count = strokes_of(any).map_or(0, <[Stroke]>::len);
            steps.push(PaintStep { shape, strokes: usize::from(has_casing(any))..count });
        }
        first += group.len();
    }
    steps
}

fn strokes_of(shape: &Shape) -> Option<&[Stroke]> {
    match &shape.mark {
        Mark::Line { strokes, .. } => Some(strokes),
        _ => None,
    }
}

fn has_casing(shape: &Shape) -> bool {
    match strokes_of(shape) {
        Some([first, second, ..]) => {
            first.width_pt > second.width_pt && first.dash.is_none() && first.ticks.is_none()
        }
        _ => false,
    }
}

struct Painter<'a, 'p> {
    pixmap: &'a mut PixmapMut<'p>,
    coverage: Coverage,
    frame: &'a Frame,
    fonts: &'a Fonts,
    halo: Rgba,
}

impl Painter<'_, '_> {
    fn paint(&mut self, mark: &Mark, strokes: Range<usize>) {
        match mark {
            Mark::Line { path, strokes: all } => {
                let points = self.points(path);
                for stroke in all.get(strokes).unwrap_or_default() {
                    self.stroke(&points, stroke);
                }
            }
            Mark::Area { area, fill, outline } => self.area(area, *fill, outline.as_ref()),
            Mark::Pin { at, .. } | Mark::Anchor { at, .. } | Mark::Dot { at, .. } => {
                let [x, y] = self.frame.to_px(*at).map(|v| v / self.frame.pixels_per_point);
                let painter = PointMark {
                    fonts: self.fonts,
                    halo: self.halo,
                    #[expect(
                        clippy::cast_possible_truncation,
                        reason = "pixels are f32 in the end"
                    )]
                    pixels_per_point: self.frame.pixels_per_point as f32,
                    #[allow(clippy::cast_possible_truncation)]
                    at_pt: [x as f32, y as f32],
                };
                painter.paint(self.pixmap, mark);
            }
        }
    }

    fn points(&self, path: &[Mercator]) -> Vec<Px> {
        path.iter().map(|p| self.frame.to_px(*p)).collect()
    }

    fn stroke(&mut self, points: &[Px], stroke: &Stroke) {
        let reach = f64::from(stroke.width_pt)
            .max(stroke.ticks.map_or(0.0, |t| f64::from(t.length_pt)))
            * self.frame.pixels_per_point;
        let visible = self.frame.visible().grown(reach + 2.0);
        for run in clip_line(points, &visible) {
            add_stroke(&mut self.coverage, &run, stroke, self.frame.pixels_per_point);
        }
        self.coverage.paint(self.pixmap, stroke.color);
    }

    fn area(&mut self, area: &AreaGeometry, fill: Rgba, outline: Option<&Stroke>) {
        let mut rings = vec![self.points(&area.exterior)];
        rings.extend(area.holes.iter().map(|hole| self.points(hole)));
        let mut builder = AreaBuilder::new(self.frame.visible());
        for (i, ring) in rings.iter().enumerate() {
            builder.add_ring(ring, i > 0);
        }
        builder.paint(self.pixmap, fill);
        if let Some(stroke) = outline {
            for ring in &mut rings {
                ring.extend(ring.first().copied());
                let visible = self
                    .frame
                    .visible()
                    .grown(f64::from(stroke.width_pt) * self.frame.pixels_per_point + 2.0);
                for run in clip_line(ring, &visible) {
                    add_stroke(&mut self.coverage, &run, stroke, self.frame.pixels_per_point);
                }
            }
            self.coverage.paint(self.pixmap, stroke.color);
        }
    }
}

/// Adds the visible part of a line with a stroke's width and pattern.
pub fn add_stroke(coverage: &mut Coverage, run: &Run, stroke: &Stroke, pixels_per_point: f64) {
    let width = f64::from(stroke.width_pt) * pixels_per_point;
    if let Some(ticks) = stroke.ticks {
        let spacing = f64::from(ticks.spacing_pt) * pixels_per_point;
        let length = f64::from(ticks.length_pt) * pixels_per_point;
        // Half a space before the first bar.
        let first = (spacing / 2.0 - run.start).rem_euclid(spacing);
        let first = if run.start <= spacing / 2.0 { spacing / 2.0 - run.start } else { first };
        add_bars(coverage, &run.points, width, length, spacing, first);
        return;
    }
    match stroke.dash {
        Some(dash) => {
            let dash = dash.map(|part| f64::from(part) * pixels_per_point);
            let ends = [End::Butt; 2];
            add_dashes(coverage, &run.points, width, &dash, run.start, ends);
        }
        None => coverage.add_line(&run.points, width, End::Round, End::Round),
    }
}
