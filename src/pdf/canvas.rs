//! A list painted as a page's content.

use pdf_writer::{Buf, Content, Name, TextStr};

use super::{
    pen_state::{PenState, rounded},
    resources::{Resources, push_steps},
    text::{as_told, show_line},
};
use crate::{
    font::{Fonts, Glyph, TextLine},
    paper::{
        BoxPt, Canvas, DotsDrawing, ImageDrawing, NameOf, PathDrawing, Pen, RectDrawing, Step,
        Subject, TextDrawing, circle, is_drawable, is_length, is_place,
    },
    style::Rgba,
};

/// So many dots of one kind are written out; more refer to one.
const FEW_DOTS: usize = 4;

/// Writes content.
pub struct PdfCanvas<'a> {
    fonts: &'a Fonts,
    layer_of: &'a NameOf<'a>,
    used: &'a mut Resources,
    content: Content,
    state: PenState,
    /// At the beginning of each clip.
    states: Vec<PenState>,
    /// Whether each open group has begun a layer.
    groups: Vec<bool>,
}

impl<'a> PdfCanvas<'a> {
    pub fn new(fonts: &'a Fonts, layer_of: &'a NameOf<'a>, used: &'a mut Resources) -> Self {
        Self {
            fonts,
            layer_of,
            used,
            content: Content::new(),
            state: PenState::default(),
            states: Vec::new(),
            groups: Vec::new(),
        }
    }

    /// Begins a page so high: from here on y points down, and lengths are ours.
    pub fn begin(&mut self, scale: f32, height: f32) {
        self.content.transform([scale, 0.0, 0.0, -scale, 0.0, height]);
    }

    pub fn finish(self) -> Buf {
        self.content.finish()
    }

    fn paint(&mut self, steps: &[Step], fill: Option<Rgba>, pen: Option<&Pen>) {
        let fill = fill.filter(|color| color.3 > 0);
        let pen = pen.filter(|pen| pen.draws());
        if (fill.is_none() && pen.is_none()) || !is_drawable(steps) {
            return;
        }
        if let Some(color) = fill {
            self.state.fill(color, &mut self.content, self.used);
        }
        if let Some(pen) = pen {
            self.state.pen(pen, &mut self.content, self.used);
        }
        push_steps(steps, &mut self.content);
        match (fill, pen) {
            (Some(_), Some(_)) => self.content.fill_nonzero_and_stroke(),
            (Some(_), None) => self.content.fill_nonzero(),
            _ => self.content.stroke(),
        };
    }

    /// The outlines of some of a line's glyphs.
    fn outlines(&self, line: &TextLine, size_pt: f32, wanted: fn(Glyph) -> bool) -> Vec<Step> {
        let mut steps = Vec::new();
        for placed in line.glyphs.iter().filter(|placed| wanted(placed.glyph)) {
            let origin = [0, 1].map(|i: usize| line.from_pt[i] + placed.at_pt[i]);
            let place = |p: [f32; 2]| [0, 1].map(|i: usize| origin[i] + p[i] * size_pt);
            let outline = self.fonts.outline(placed.glyph);
            steps.extend(outline.steps.iter().map(|step| match *step {
                Step::Move(to) => Step::Move(place(to)),
                Step::Line(to) => Step::Line(place(to)),
                Step::Curve(a, b, to) => Step::Curve(place(a), place(b), place(to)),
                Step::Close => Step::Close,
            }));
        }
        steps
    }
}

impl Canvas for PdfCanvas<'_> {
    fn path(&mut self, path: &PathDrawing) {
        self.paint(&path.steps, path.fill, path.pen.as_ref());
    }

    fn rect(&mut self, rect: &RectDrawing) {
        if rect.place.is_real() {
            self.paint(&rect.outline(), rect.fill, rect.pen.as_ref());
        }
    }

    fn dots(&mut self, dots: &DotsDrawing) {
        let shown =
            |(radius, color): &(f32, Rgba)| is_length(*radius) && *radius > 0.0 && color.3 > 0;
        let discs: Vec<(f32, Rgba)> = dots.discs.iter().copied().filter(shown).collect();
        if discs.is_empty() {
            return;
        }
        let finite = |at: &&[f32; 2]| is_place(**at);
        if dots.centers_pt.len() <= FEW_DOTS {
            for center in dots.centers_pt.iter().filter(finite) {
                for (radius, color) in &discs {
                    self.paint(&circle(*center, *radius), Some(*color), None);
                }
            }
            return;
        }
        self.state.opacity([255; 2], &mut self.content, self.used);
        let dot = self.used.dot(&discs);
        for [x, y] in dots.centers_pt.iter().filter(finite) {
            self.content.save_state();
            self.content.transform([1.0, 0.0, 0.0, 1.0, rounded(*x), rounded(*y)]);
            self.content.x_object(dot.to_name());
            self.content.restore_state();
        }
    }

    fn text(&mut self, text: &TextDrawing) {
        let style = &text.style;
        let lines = self.fonts.lines(text);
        if let Some((color, reach_pt)) = style.halo {
            let rim = Pen::solid(2.0 * reach_pt, color);
            let all = lines.iter().flat_map(|line| self.outlines(line, style.size_pt, |_| true));
            let all: Vec<Step> = all.collect();
            self.paint(&all, None, Some(&rim));
        }
        if style.color.3 == 0 {
            return;
        }
        let told = as_told(text);
        if let Some(told) = &told {
            let mut span = self.content.begin_marked_content_with_properties(Name(b"Span"));
            span.properties().actual_text(TextStr(told));
        }
        for line in &lines {
            let is_box = |glyph| matches!(glyph, Glyph::HalfBox | Glyph::WholeBox);
            let boxes = self.outlines(line, style.size_pt, is_box);
            self.paint(&boxes, Some(style.color), None);
            if line.glyphs.iter().any(|placed| matches!(placed.glyph, Glyph::Of { .. })) {
                self.state.fill(style.color, &mut self.content, self.used);
                show_line(line, style, self.fonts, &mut self.content, self.used);
            }
        }
        if told.is_some() {
            self.content.end_marked_content();
        }
    }

    fn image(&mut self, image: &ImageDrawing) {
        let whole = image.whole_place();
        let seen = image.place.is_real() && whole.is_real() && image.opacity > 0.0;
        if !seen || !image.pixels.is_whole() {
            return;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        let alpha = (image.opacity.clamp(0.0, 1.0) * 255.0).round() as u8;
        self.state.opacity([alpha; 2], &mut self.content, self.used);
        let picture = self.used.image(&image.pixels);
        self.content.save_state();
        if whole != image.place {
            let BoxPt { left, top, width, height } = image.place;
            let [left, top, width, height] = [left, top, width, height].map(rounded);
            self.content.rect(left, top, width, height).clip_nonzero().end_path();
        }
        let BoxPt { left, width, height, .. } = whole;
        // An image stands on the lower edge of its unit square.
        self.content.transform([width, 0.0, 0.0, -height, left, whole.bottom()]);
        self.content.x_object(picture.to_name());
        self.content.restore_state();
    }

    fn begin_clip(&mut self, to: BoxPt) {
        self.content.save_state();
        self.states.push(self.state.clone());
        // A box that is none shows nothing, as an empty one does.
        let BoxPt { left, top, width, height } = if to.is_real() { to } else { BoxPt::default() };
        let [left, top, width, height] = [left, top, width, height].map(rounded);
        self.content.rect(left, top, width, height).clip_nonzero().end_path();
    }

    fn end_clip(&mut self) {
        if let Some(state) = self.states.pop() {
            self.content.restore_state();
            self.state = state;
        }
    }

    fn begin_group(&mut self, subject: Option<&Subject>) {
        let name = subject.and_then(|subject| (self.layer_of)(subject));
        if let Some(name) = &name {
            let layer = self.used.layer(name);
            let begun = self.content.begin_marked_content_with_properties(Name(b"OC"));
            begun.properties_named(layer.to_name());
        }
        self.groups.push(name.is_some());
    }

    fn end_group(&mut self) {
        if self.groups.pop() == Some(true) {
            self.content.end_marked_content();
        }
    }
}
