//! A list painted as SVG elements.

use std::{collections::BTreeSet, fmt::Write as _, sync::Arc};

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{
    document::SvgError,
    markup::{push_box, push_circle, push_fill, push_pen, push_steps},
    names::Ids,
    numbers::{push, push_share},
    xml::escape,
};
use crate::{
    font::{Fonts, Glyph, TextLine},
    paper::{
        BoxPt, Canvas, DotsDrawing, ImageDrawing, NameOf, PathDrawing, Pen, Pixels, RectDrawing,
        Step, Subject, TextDrawing, TextStyle, is_drawable, is_length, is_place, needs_blank,
    },
    style::Rgba,
};

/// So many dots of one kind are written out; more refer to one.
const FEW_DOTS: usize = 2;

/// What a list has become.
pub struct Painted {
    pub body: String,
    /// What the body refers to.
    pub defs: String,
    /// In use, of the regular and the bold font.
    pub characters: [BTreeSet<char>; 2],
}

/// Writes elements.
pub struct SvgCanvas<'a> {
    fonts: &'a Fonts,
    name_of: &'a NameOf<'a>,
    out: Painted,
    ids: Ids,
    /// Of clips, dots and images.
    next: usize,
    images: Vec<(Arc<Pixels>, usize)>,
    /// How many groups of a subject lie around: only the outermost is a layer.
    depth: usize,
    failed: Option<SvgError>,
}

impl<'a> SvgCanvas<'a> {
    pub fn new(fonts: &'a Fonts, name_of: &'a NameOf<'a>) -> Self {
        let out = Painted {
            body: String::new(),
            defs: String::new(),
            characters: [BTreeSet::new(), BTreeSet::new()],
        };
        Self {
            fonts,
            name_of,
            out,
            ids: Ids::default(),
            next: 0,
            images: Vec::new(),
            depth: 0,
            failed: None,
        }
    }

    /// What has been painted.
    ///
    /// # Errors
    /// The first thing that could not be written.
    pub fn finish(self) -> Result<Painted, SvgError> {
        self.failed.map_or(Ok(self.out), Err)
    }

    fn number(&mut self) -> usize {
        self.next += 1;
        self.next
    }

    fn outline(&mut self, steps: &[Step], fill: Option<Rgba>, pen: Option<&Pen>) {
        let body = &mut self.out.body;
        body.push_str("<path d=\"");
        push_steps(steps, body);
        body.push('"');
        push_fill(fill, body);
        if let Some(pen) = pen {
            push_pen(pen, body);
        }
        body.push_str("/>\n");
    }

    fn line(&mut self, line: &TextLine, style: &TextStyle) {
        // Blanks at the ends would be dropped, and the rest pulled over them.
        let spaced =
            line.text.starts_with(' ') || line.text.ends_with(' ') || line.text.contains("  ");
        let body = &mut self.out.body;
        body.push_str("<tspan x=\"");
        push(line.from_pt[0], body);
        body.push_str("\" y=\"");
        push(line.from_pt[1], body);
        body.push('"');
        if line.glyphs.len() > 1 && line.width_pt > 0.0 {
            // A reader's tracking follows the last character too.
            let length = line.width_pt + style.tracking_em * style.size_pt;
            body.push_str(" textLength=\"");
            push(length, body);
            body.push('"');
        }
        body.push_str(if spaced { " xml:space=\"preserve\">" } else { ">" });
        escape(line.text, body);
        body.push_str("</tspan>");
        for placed in &line.glyphs {
            if let Glyph::Of { bold, .. } = placed.glyph
                && let Some(characters) = self.out.characters.get_mut(usize::from(bold))
            {
                characters
                    .extend(line.text.get(placed.cluster.clone()).unwrap_or_default().chars());
            }
        }
    }

    fn dot(&mut self, [x, y]: [f32; 2], discs: &[(f32, Rgba)]) {
        for (radius, color) in discs.iter().filter(|(radius, _)| *radius > 0.0) {
            push_circle([x, y], *radius, *color, &mut self.out.body);
        }
    }

    /// The number of an image among what is referred to.
    fn pixels(&mut self, pixels: &Arc<Pixels>) -> Option<usize> {
        let known = self.images.iter().find(|(known, _)| Arc::ptr_eq(known, pixels));
        if let Some((_, number)) = known {
            return Some(*number);
        }
        let file = match png_file(pixels) {
            Ok(file) => STANDARD.encode(file),
            Err(error) => {
                self.failed.get_or_insert(error.into());
                return None;
            }
        };
        let number = self.number();
        let Pixels { width_px, height_px, .. } = **pixels;
        let _ = writeln!(
            self.out.defs,
            "<image id=\"image{number}\" width=\"{width_px}\" height=\"{height_px}\" \
             preserveAspectRatio=\"none\" xlink:href=\"data:image/png;base64,{file}\"/>"
        );
        self.images.push((pixels.clone(), number));
        Some(number)
    }

    fn clip(&mut self, to: BoxPt) -> usize {
        let number = self.number();
        let defs = &mut self.out.defs;
        let _ = write!(defs, "<clipPath id=\"clip{number}\"><rect");
        push_box(to, defs);
        defs.push_str("/></clipPath>\n");
        number
    }
}

impl Canvas for SvgCanvas<'_> {
    fn path(&mut self, path: &PathDrawing) {
        let fill = path.fill.filter(|color| color.3 > 0);
        let pen = path.pen.as_ref().filter(|pen| pen.draws());
        if (fill.is_some() || pen.is_some()) && is_drawable(&path.steps) {
            self.outline(&path.steps, fill, pen);
        }
    }

    fn rect(&mut self, rect: &RectDrawing) {
        let fill = rect.fill.filter(|color| color.3 > 0);
        let pen = rect.pen.as_ref().filter(|pen| pen.draws());
        if !rect.place.is_real() || (fill.is_none() && pen.is_none()) {
            return;
        }
        let corner = rect.corner();
        let body = &mut self.out.body;
        body.push_str("<rect");
        push_box(rect.place, body);
        if corner > 0.0 {
            body.push_str(" rx=\"");
            push(corner, body);
            body.push('"');
        }
        push_fill(fill, body);
        if let Some(pen) = pen {
            push_pen(pen, body);
        }
        body.push_str("/>\n");
    }

    fn dots(&mut self, dots: &DotsDrawing) {
        let finite = |at: &&[f32; 2]| is_place(**at);
        let finite_discs =
            dots.discs.iter().copied().filter(|(r, color)| is_length(*r) && color.3 > 0);
        let discs: Vec<(f32, Rgba)> = finite_discs.collect();
        if discs.is_empty() {
            return;
        }
        if dots.centers_pt.len() <= FEW_DOTS {
            for center in dots.centers_pt.iter().filter(finite) {
                self.dot(*center, &discs);
            }
            return;
        }
        let number = self.number();
        let _ = writeln!(self.out.defs, "<g id=\"dot{number}\">");
        for (radius, color) in discs.iter().filter(|(radius, _)| *radius > 0.0) {
            push_circle([0.0; 2], *radius, *color, &mut self.out.defs);
        }
        self.out.defs.push_str("</g>\n");
        for [x, y] in dots.centers_pt.iter().filter(finite) {
            let body = &mut self.out.body;
            let _ = write!(body, "<use xlink:href=\"#dot{number}\" x=\"");
            push(*x, body);
            body.push_str("\" y=\"");
            push(*y, body);
            body.push_str("\"/>\n");
        }
    }

    fn text(&mut self, text: &TextDrawing) {
        let lines = self.fonts.lines(text);
        let style = &text.style;
        let halo =
            style.halo.filter(|(color, reach)| color.3 > 0 && *reach > 0.0 && is_length(*reach));
        let inked = style.color.3 > 0 || halo.is_some();
        let unseen = |line: &TextLine| line.glyphs.iter().all(|g| g.glyph == Glyph::Blank);
        if !inked || lines.iter().all(unseen) {
            return;
        }
        let body = &mut self.out.body;
        body.push_str("<text font-size=\"");
        push(style.size_pt, body);
        body.push('"');
        if style.bold {
            body.push_str(" font-weight=\"700\"");
        }
        if style.tracking_em != 0.0 {
            body.push_str(" letter-spacing=\"");
            push(style.tracking_em * style.size_pt, body);
            body.push('"');
        }
        push_fill(Some(style.color).filter(|color| color.3 > 0), body);
        if let Some((color, reach)) = halo {
            push_pen(&Pen::solid(2.0 * reach, color), body);
            body.push_str(" paint-order=\"stroke\"");
        }
        body.push('>');
        let mut before = "";
        for line in lines.iter().filter(|line| !unseen(line)) {
            // Unseen at the end of a line, but there for who copies the text.
            if needs_blank(before, line.text) {
                self.out.body.push(' ');
            }
            self.line(line, style);
            before = line.text;
        }
        self.out.body.push_str("</text>\n");
    }

    fn image(&mut self, image: &ImageDrawing) {
        let whole = image.whole_place();
        if !image.place.is_real() || !whole.is_real() || !image.pixels.is_whole() {
            return;
        }
        let Some(number) = self.pixels(&image.pixels) else { return };
        let cut = (whole != image.place).then(|| self.clip(image.place));
        let body = &mut self.out.body;
        body.push_str("<g");
        if let Some(clip) = cut {
            let _ = write!(body, " clip-path=\"url(#clip{clip})\"");
        }
        if image.opacity < 1.0 {
            body.push_str(" opacity=\"");
            push_share(image.opacity, body);
            body.push('"');
        }
        let _ = write!(body, "><use xlink:href=\"#image{number}\" transform=\"translate(");
        push(whole.left, body);
        body.push(' ');
        push(whole.top, body);
        let scale = [
            whole.width / image.pixels.width_px as f32,
            whole.height / image.pixels.height_px as f32,
        ];
        // A hundredth would be too coarse for a factor.
        let _ = writeln!(body, ")scale({} {})\"/></g>", scale[0], scale[1]);
    }

    fn begin_clip(&mut self, to: BoxPt) {
        // A box that is none shows nothing, as an empty one does.
        let clip = self.clip(if to.is_real() { to } else { BoxPt::default() });
        let _ = writeln!(self.out.body, "<g clip-path=\"url(#clip{clip})\">");
    }

    fn end_clip(&mut self) {
        self.out.body.push_str("</g>\n");
    }

    fn begin_group(&mut self, subject: Option<&Subject>) {
        let body = &mut self.out.body;
        let Some(subject) = subject else {
            body.push_str("<g>\n");
            self.depth += 1;
            return;
        };
        let _ = write!(body, "<g id=\"{}\"", self.ids.of(subject));
        if let Subject::Projects(ids) = subject {
            body.push_str(" data-projects=\"");
            escape(&ids.join(" "), body);
            body.push('"');
        }
        let name = (self.name_of)(subject).filter(|name| !name.is_empty());
        if self.depth == 0 && !matches!(subject, Subject::Projects(_)) {
            body.push_str(" inkscape:groupmode=\"layer\"");
            if let Some(name) = &name {
                body.push_str(" inkscape:label=\"");
                escape(name, body);
                body.push('"');
            }
        }
        body.push('>');
        if let Some(name) = &name {
            body.push_str("<title>");
            escape(name, body);
            body.push_str("</title>");
        }
        body.push('\n');
        self.depth += 1;
    }

    fn end_group(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.out.body.push_str("</g>\n");
    }
}

fn png_file(pixels: &Pixels) -> Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, pixels.width_px, pixels.height_px);
    encoder.set_color(png::ColorType::Rgba);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels.rgba)?;
    writer.finish()?;
    Ok(file)
}
