//! Lines of text: measuring and painting, with a halo where asked for.

use tiny_skia::{LineCap, LineJoin, Path, PathBuilder, PixmapMut, Stroke, Transform};

use super::{
    fill::{fill_path, paint_of},
    font::Fonts,
    panel::rounded_rect,
};
use crate::{
    scene::draw::{PlacedLabel, Plate},
    style::Rgba,
};

/// Height of a line of text, in ems.
pub const LINE_HEIGHT_EM: f32 = 1.3;

/// How far the halo of a label reaches out.
pub const HALO_PT: f32 = 1.6;

/// Which part of a line its anchor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Center,
    Right,
}

/// How text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextStyle {
    pub size_pt: f32,
    pub bold: bool,
    /// Extra space between characters, in ems.
    pub tracking_em: f32,
    pub color: Rgba,
    /// Colour and reach in points of a rim around the letters.
    pub halo: Option<(Rgba, f32)>,
}

impl TextStyle {
    /// Plain text without halo.
    pub const fn plain(size_pt: f32, color: Rgba) -> Self {
        Self { size_pt, bold: false, tracking_em: 0.0, color, halo: None }
    }

    #[must_use]
    pub const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }
}

/// Width and height of one line of text, in points. The last character's tracking does not count.
pub fn measure(fonts: &Fonts, text: &str, size_pt: f32, bold: bool, tracking_em: f32) -> [f32; 2] {
    let advances: f32 = text.chars().map(|c| fonts.glyph(c, bold).advance_em + tracking_em).sum();
    let width_em = if text.is_empty() { 0.0 } else { advances - tracking_em };
    [width_em.max(0.0) * size_pt, LINE_HEIGHT_EM * size_pt]
}

/// Width and height of a label's block of lines, in points, without its halo.
pub fn measure_label(fonts: &Fonts, label: &PlacedLabel) -> [f32; 2] {
    let style = &label.style;
    let widths = label
        .lines
        .iter()
        .map(|line| measure(fonts, line, style.size_pt, style.bold, style.tracking_em)[0]);
    [widths.fold(0.0, f32::max), label.lines.len() as f32 * LINE_HEIGHT_EM * style.size_pt]
}

/// Paints one line. `at_pt` is in points from the top left corner: its x is the line's left end,
/// centre or right end, its y the middle of the line.
pub fn paint_text(
    pixmap: &mut PixmapMut,
    pixels_per_point: f32,
    fonts: &Fonts,
    text: &str,
    at_pt: [f32; 2],
    align: Align,
    style: &TextStyle,
) {
    let width = measure(fonts, text, style.size_pt, style.bold, style.tracking_em)[0];
    let left = match align {
        Align::Left => at_pt[0],
        Align::Center => at_pt[0] - width / 2.0,
        Align::Right => at_pt[0] - width,
    };
    let baseline = at_pt[1] + fonts.face(style.bold).cap_height_em * style.size_pt / 2.0;
    let mut builder = PathBuilder::new();
    let mut pen = left;
    for c in text.chars() {
        let glyph = fonts.glyph(c, style.bold);
        if let Some(outline) = &glyph.outline {
            let size = style.size_pt * pixels_per_point;
            let place = Transform::from_row(
                size,
                0.0,
                0.0,
                size,
                pen * pixels_per_point,
                baseline * pixels_per_point,
            );
            if let Some(outline) = outline.clone().transform(place) {
                builder.push_path(&outline);
            }
        }
        pen += (glyph.advance_em + style.tracking_em) * style.size_pt;
    }
    let Some(path) = builder.finish() else { return };
    if !is_near(&path, pixmap) {
        return;
    }
    if let Some((color, reach_pt)) = style.halo {
        paint_rim(pixmap, &path, color, reach_pt * pixels_per_point);
    }
    fill_path(pixmap, &path, style.color);
}

/// Paints a label where it has been placed.
pub fn paint_label(
    pixmap: &mut PixmapMut,
    pixels_per_point: f32,
    fonts: &Fonts,
    label: &PlacedLabel,
) {
    let style = TextStyle {
        size_pt: label.style.size_pt,
        bold: label.style.bold,
        tracking_em: label.style.tracking_em,
        color: label.style.color,
        halo: (label.style.halo.3 > 0).then_some((label.style.halo, HALO_PT)),
    };
    let height = LINE_HEIGHT_EM * style.size_pt;
    let [x, middle] = label.center_pt;
    let top = middle - height * (label.lines.len() as f32 - 1.0) / 2.0;
    if let Some(plate) = label.style.plate {
        paint_plate(pixmap, pixels_per_point, measure_label(fonts, label), label.center_pt, plate);
    }
    // Halos first, so that no line's halo bites into the letters of another.
    let over = TextStyle { halo: None, ..style };
    let under = TextStyle { color: style.color.with_alpha(0), ..style };
    for pass in [under, over] {
        for (i, line) in label.lines.iter().enumerate() {
            let at = [x, top + i as f32 * height];
            paint_text(pixmap, pixels_per_point, fonts, line, at, Align::Center, &pass);
        }
    }
}

fn paint_plate(
    pixmap: &mut PixmapMut,
    pixels_per_point: f32,
    [width, height]: [f32; 2],
    [x, y]: [f32; 2],
    plate: Plate,
) {
    const RIM_PT: f32 = 0.8;
    let [ends, sides] = Plate::PADDING_PT;
    let (width, height) = (width + 2.0 * ends, height + 2.0 * sides);
    let corner = [x - width / 2.0, y - height / 2.0];
    let Some(path) = rounded_rect(corner, [width, height], Plate::CORNER_PT) else { return };
    let to_pixels = Transform::from_scale(pixels_per_point, pixels_per_point);
    let Some(path) = path.transform(to_pixels) else { return };
    fill_path(pixmap, &path, plate.fill);
    let rim = Stroke { width: RIM_PT * pixels_per_point, ..Stroke::default() };
    pixmap.stroke_path(&path, &paint_of(plate.rim.faded(0.8)), &rim, Transform::identity(), None);
}

/// Paints one character with the middle of its ink at `center_pt`.
pub fn paint_centered_glyph(
    pixmap: &mut PixmapMut,
    pixels_per_point: f32,
    fonts: &Fonts,
    c: char,
    center_pt: [f32; 2],
    style: &TextStyle,
) {
    let glyph = fonts.glyph(c, style.bold);
    let Some(outline) = &glyph.outline else {
        return;
    };
    let ink = outline.bounds();
    let middle = [f32::midpoint(ink.left(), ink.right()), f32::midpoint(ink.top(), ink.bottom())];
    let size = style.size_pt * pixels_per_point;
    let place = Transform::from_row(
        size,
        0.0,
        0.0,
        size,
        center_pt[0] * pixels_per_point - middle[0] * size,
        center_pt[1] * pixels_per_point - middle[1] * size,
    );
    if let Some(path) = outline.clone().transform(place)
        && is_near(&path, pixmap)
    {
        fill_path(pixmap, &path, style.color);
    }
}

/// Paints a rim of `reach_px` around a path.
pub fn paint_rim(pixmap: &mut PixmapMut, path: &Path, color: Rgba, reach_px: f32) {
    let stroke = Stroke {
        width: 2.0 * reach_px,
        line_cap: LineCap::Round,
        line_join: LineJoin::Round,
        ..Stroke::default()
    };
    pixmap.stroke_path(path, &paint_of(color), &stroke, Transform::identity(), None);
}

/// Whether any of a path can show, rim included.
fn is_near(path: &Path, pixmap: &PixmapMut) -> bool {
    const RIM_PX: f32 = 32.0;
    let bounds = path.bounds();
    bounds.right() > -RIM_PX
        && bounds.bottom() > -RIM_PX
        && bounds.left() < pixmap.width() as f32 + RIM_PX
        && bounds.top() < pixmap.height() as f32 + RIM_PX
}
