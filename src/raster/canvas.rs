//! A list painted in pixels.

use tiny_skia::{
    FillRule, LineCap, LineJoin, Path, PathBuilder, PixmapMut, PixmapPaint, Stroke, StrokeDash,
    Transform,
};

use super::{
    clips::Clips,
    coverage::{Coverage, End},
    images::Images,
    paths::{add_steps, paint_of, polylines},
    pattern::add_dashes,
    stamps::Stamps,
};
use crate::{
    font::Fonts,
    geo::plane::{Rect, clip_line, length},
    paper::{
        BoxPt, Canvas, Corners, DotsDrawing, Ends, ImageDrawing, PathDrawing, Pen, RectDrawing,
        Step, Subject, TextDrawing, circle, is_drawable,
    },
    style::Rgba,
};

/// So many dots of one kind are painted one by one; more are stamped.
const FEW_DOTS: usize = 64;

/// Paints on pixels, at a scale.
pub struct PixelCanvas<'a, 'p> {
    pixmap: &'a mut PixmapMut<'p>,
    pixels_per_point: f32,
    fonts: &'a Fonts,
    coverage: Option<Coverage>,
    clips: Clips,
    images: Images,
}

impl<'a, 'p> PixelCanvas<'a, 'p> {
    /// The paper's top left corner is that of the pixels.
    pub fn new(pixmap: &'a mut PixmapMut<'p>, pixels_per_point: f32, fonts: &'a Fonts) -> Self {
        let clips = Clips::new(pixmap.width(), pixmap.height());
        Self { pixmap, pixels_per_point, fonts, coverage: None, clips, images: Images::default() }
    }

    fn to_px(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        [x * self.pixels_per_point, y * self.pixels_per_point]
    }

    /// The path of an outline in pixels; `None` where it is none, or lies at no number.
    fn pixel_path(&self, steps: &[Step]) -> Option<Path> {
        if !is_drawable(steps) {
            return None;
        }
        let mut builder = PathBuilder::new();
        add_steps(&mut builder, steps, self.pixels_per_point, [0.0; 2]);
        builder.finish()
    }

    fn fill(&mut self, path: &Path, color: Rgba) {
        if color.3 == 0 || self.clips.is_shut() || !self.is_near(path, 0.0) {
            return;
        }
        let (mask, paint) = (self.clips.mask(), paint_of(color));
        self.pixmap.fill_path(path, &paint, FillRule::Winding, Transform::identity(), mask);
    }

    /// Whether any of a path can show, with a rim around it.
    fn is_near(&self, path: &Path, rim_px: f32) -> bool {
        let (bounds, shown) = (path.bounds(), self.clips.shown());
        let [left, top, right, bottom] = shown.map(|v| v as f32);
        bounds.right() > left - rim_px
            && bounds.bottom() > top - rim_px
            && bounds.left() < right + rim_px
            && bounds.top() < bottom + rim_px
    }

    fn draw_along(&mut self, steps: &[Step], pen: &Pen) {
        let width_px = pen.width_pt * self.pixels_per_point;
        let visible = pen.draws() && width_px.is_finite();
        if !visible || self.clips.is_shut() || !is_drawable(steps) {
            return;
        }
        match polylines(steps).filter(|_| pen.corners == Corners::Round) {
            Some(lines) => {
                for line in &lines {
                    self.cover(&line.points, line.closed, pen);
                }
                let shown = self.clips.shown();
                if let Some(coverage) = &mut self.coverage {
                    coverage.paint(self.pixmap, pen.color, shown);
                }
            }
            None => {
                if let Some(path) = self.pixel_path(steps) {
                    self.stroke(&path, pen, width_px);
                }
            }
        }
    }

    /// Adds a line to what is covered.
    fn cover(&mut self, points: &[[f32; 2]], closed: bool, pen: &Pen) {
        let scale = f64::from(self.pixels_per_point);
        let width = f64::from(pen.width_pt) * scale;
        let [left, top, right, bottom] = self.clips.shown().map(f64::from);
        let visible = Rect::new([left, top], [right, bottom]).grown(width / 2.0 + 2.0);
        let mut line: Vec<[f64; 2]> =
            points.iter().map(|p| p.map(|v| f64::from(v) * scale)).collect();
        if closed {
            line.extend(line.first().copied());
        }
        let end = if closed || pen.ends == Ends::Round { End::Round } else { End::Butt };
        let (width_px, height_px) = (self.pixmap.width(), self.pixmap.height());
        let coverage = self.coverage.get_or_insert_with(|| Coverage::new(width_px, height_px));
        // A point is no line, but round ends make it a dot.
        if let Some(first) = line.first()
            && length(&line) <= 0.0
        {
            if pen.ends == Ends::Round {
                coverage.add_segment(*first, *first, width, End::Round, End::Round);
            }
            return;
        }
        let pattern = pen.pattern();
        for run in clip_line(&line, &visible) {
            match &pattern {
                Some((dash, from)) => {
                    let dash: Vec<f64> = dash.iter().map(|d| f64::from(*d) * scale).collect();
                    let phase = f64::from(*from) * scale + run.start;
                    add_dashes(coverage, &run.points, width, &dash, phase, [end; 2]);
                }
                None => coverage.add_line(&run.points, width, end, end),
            }
        }
    }

    fn stroke(&mut self, path: &Path, pen: &Pen, width_px: f32) {
        if !self.is_near(path, width_px * 2.0) {
            return;
        }
        let dash = pen.pattern().and_then(|(dash, from)| {
            let dash = dash.iter().map(|part| part * self.pixels_per_point).collect();
            StrokeDash::new(dash, from * self.pixels_per_point)
        });
        let stroke = Stroke {
            width: width_px,
            line_cap: match pen.ends {
                Ends::Round if dash.is_none() => LineCap::Round,
                _ => LineCap::Butt,
            },
            line_join: match pen.corners {
                Corners::Round => LineJoin::Round,
                Corners::Pointed => LineJoin::Miter,
            },
            dash,
            ..Stroke::default()
        };
        let (mask, paint) = (self.clips.mask(), paint_of(pen.color));
        self.pixmap.stroke_path(path, &paint, &stroke, Transform::identity(), mask);
    }

    fn discs(&mut self, center: [f32; 2], discs: &[(f32, Rgba)]) {
        for (radius, color) in discs.iter().filter(|(radius, _)| *radius > 0.0) {
            if let Some(path) = self.pixel_path(&circle(center, *radius)) {
                self.fill(&path, *color);
            }
        }
    }

    fn stamp(&mut self, dots: &DotsDrawing) {
        let Some(mut stamps) = Stamps::new(&dots.discs, self.pixels_per_point) else { return };
        let whole = PixmapPaint::default();
        for center in &dots.centers_pt {
            let Some((stamp, [x, y])) = stamps.at(self.to_px(*center), self.clips.shown()) else {
                continue;
            };
            let mask = self.clips.mask();
            self.pixmap.draw_pixmap(x, y, stamp, &whole, Transform::identity(), mask);
        }
    }
}

impl Canvas for PixelCanvas<'_, '_> {
    fn path(&mut self, path: &PathDrawing) {
        if let Some(color) = path.fill
            && let Some(outline) = self.pixel_path(&path.steps)
        {
            self.fill(&outline, color);
        }
        if let Some(pen) = &path.pen {
            self.draw_along(&path.steps, pen);
        }
    }

    fn rect(&mut self, rect: &RectDrawing) {
        if !rect.place.is_real() {
            return;
        }
        let steps = rect.outline();
        if let Some(color) = rect.fill
            && let Some(outline) = self.pixel_path(&steps)
        {
            self.fill(&outline, color);
        }
        if let Some(pen) = &rect.pen {
            self.draw_along(&steps, pen);
        }
    }

    fn dots(&mut self, dots: &DotsDrawing) {
        if self.clips.is_shut() {
            return;
        }
        if dots.centers_pt.len() > FEW_DOTS {
            self.stamp(dots);
        } else {
            for center in &dots.centers_pt {
                self.discs(*center, &dots.discs);
            }
        }
    }

    fn text(&mut self, text: &TextDrawing) {
        let mut builder = PathBuilder::new();
        let size = text.style.size_pt * self.pixels_per_point;
        for line in self.fonts.lines(text) {
            for placed in &line.glyphs {
                let origin = [0, 1].map(|i: usize| line.from_pt[i] + placed.at_pt[i]);
                let outline = self.fonts.outline(placed.glyph);
                add_steps(&mut builder, &outline.steps, size, self.to_px(origin));
            }
        }
        let Some(path) = builder.finish() else { return };
        if let Some((color, reach_pt)) = text.style.halo
            && reach_pt > 0.0
        {
            let rim = Pen::solid(2.0 * reach_pt, color);
            self.stroke(&path, &rim, rim.width_pt * self.pixels_per_point);
        }
        self.fill(&path, text.style.color);
    }

    fn image(&mut self, image: &ImageDrawing) {
        if !self.clips.is_shut() {
            let mask = self.clips.mask();
            self.images.paint(self.pixmap, image, self.pixels_per_point, mask);
        }
    }

    fn begin_clip(&mut self, to: BoxPt) {
        let place = to
            .is_real()
            .then(|| [to.left, to.top, to.right(), to.bottom()].map(|v| v * self.pixels_per_point));
        self.clips.push(place);
    }

    fn end_clip(&mut self) {
        self.clips.pop();
    }

    fn begin_group(&mut self, _: Option<&Subject>) {}

    fn end_group(&mut self) {}
}
