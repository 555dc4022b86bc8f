//! Pins, anchors and dots.

use tiny_skia::{Path, PathBuilder, PixmapMut};

use super::{
    fill::fill_path,
    font::Fonts,
    text::{Align, TextStyle, paint_centered_glyph, paint_rim, paint_text},
};
use crate::{scene::draw::Mark, style::Rgba};

/// From the middle of a pin's head to its point, in radii of the head.
pub const PIN_STEM_RADII: f32 = 1.62;

/// Rim of the ground's colour around pins.
const PIN_RIM_PT: f32 = 1.2;
const ANCHOR_RING_PT: f32 = 1.6;
const DOT_RING_PT: f32 = 1.4;

/// Where and how a mark at one position is painted.
pub struct PointMark<'a> {
    pub fonts: &'a Fonts,
    pub halo: Rgba,
    pub pixels_per_point: f32,
    /// Points from the picture's top left corner.
    pub at_pt: [f32; 2],
}

impl PointMark<'_> {
    /// Paints a pin, an anchor or a dot; nothing for other marks.
    pub fn paint(&self, pixmap: &mut PixmapMut, mark: &Mark) {
        match *mark {
            Mark::Pin { glyph, fill, ink, radius_pt, more, .. } => {
                self.pin(pixmap, glyph, [fill, ink], radius_pt);
                if more > 0 {
                    self.badge(pixmap, more, [fill, ink], radius_pt);
                }
            }
            Mark::Anchor { count, color, ground, radius_pt, .. } => {
                self.anchor(pixmap, count, [color, ground], radius_pt);
            }
            Mark::Dot { color, ring, radius_pt, .. } => {
                self.disc(pixmap, radius_pt + DOT_RING_PT, ring);
                self.disc(pixmap, radius_pt, color);
            }
            Mark::Line { .. } | Mark::Area { .. } => {}
        }
    }

    fn pin(&self, pixmap: &mut PixmapMut, glyph: char, [fill, ink]: [Rgba; 2], radius_pt: f32) {
        let scale = self.pixels_per_point;
        let [x, y] = self.at_pt;
        let center = [x, y - radius_pt * PIN_STEM_RADII];
        if let Some(path) = drop_path([x * scale, y * scale], radius_pt * scale) {
            paint_rim(
                pixmap,
                &path,
                self.halo.faded(f32::from(fill.3) / 255.0),
                PIN_RIM_PT * scale,
            );
            fill_path(pixmap, &path, fill);
        }
        let style = TextStyle::plain(radius_pt * 1.22, ink).bold();
        paint_centered_glyph(pixmap, scale, self.fonts, glyph, center, &style);
    }

    /// The count of others at the same spot, on the shoulder of a pin's head.
    fn badge(
        &self,
        pixmap: &mut PixmapMut,
        more: usize,
        [color, ink]: [Rgba; 2],
        pin_radius_pt: f32,
    ) {
        let [x, y] = self.at_pt;
        let badge = PointMark {
            at_pt: [x + pin_radius_pt, y - pin_radius_pt * (PIN_STEM_RADII + 0.72)],
            ..*self
        };
        let radius_pt = pin_radius_pt * 0.56;
        badge.disc(pixmap, radius_pt + PIN_RIM_PT, self.halo);
        badge.disc(pixmap, radius_pt, color);
        let text = format!("+{more}");
        let size_pt = radius_pt * if text.len() > 2 { 0.95 } else { 1.25 };
        let style = TextStyle::plain(size_pt, ink).bold();
        let scale = self.pixels_per_point;
        paint_text(pixmap, scale, self.fonts, &text, badge.at_pt, Align::Center, &style);
    }

    fn anchor(
        &self,
        pixmap: &mut PixmapMut,
        count: usize,
        [color, ground]: [Rgba; 2],
        radius_pt: f32,
    ) {
        self.disc(pixmap, radius_pt + PIN_RIM_PT, ground);
        self.disc(pixmap, radius_pt, color);
        self.disc(pixmap, radius_pt - ANCHOR_RING_PT, ground);
        let text = count.to_string();
        let size_pt = radius_pt * if text.len() > 2 { 0.82 } else { 1.06 };
        let style = TextStyle::plain(size_pt, color).bold();
        paint_text(
            pixmap,
            self.pixels_per_point,
            self.fonts,
            &text,
            self.at_pt,
            Align::Center,
            &style,
        );
    }

    fn disc(&self, pixmap: &mut PixmapMut, radius_pt: f32, color: Rgba) {
        let [x, y] = self.at_pt.map(|v| v * self.pixels_per_point);
        if let Some(path) = PathBuilder::from_circle(x, y, radius_pt * self.pixels_per_point) {
            fill_path(pixmap, &path, color);
        }
    }
}

/// A map drop whose point is at `tip`: a circle above, and its tangents to the point.
fn drop_path(tip: [f32; 2], radius: f32) -> Option<Path> {
    const ARCS: u8 = 6;
    let center = [tip[0], tip[1] - radius * PIN_STEM_RADII];
    // Angle between the axis and the radius to a tangent point.
    let half_gap = (1.0 / PIN_STEM_RADII).acos();
    let start = std::f32::consts::FRAC_PI_2 + half_gap;
    let step = (std::f32::consts::TAU - 2.0 * half_gap) / f32::from(ARCS);
    // Handle length of a cubic Bézier that approximates an arc: 4/3 · tan(angle / 4).
    let handle = 4.0 / 3.0 * (step / 4.0).tan();
    // The point on the circle at an angle, moved along the tangent there by so many radii.
    let at = |angle: f32, along: f32| {
        let (sin, cos) = angle.sin_cos();
        [center[0] + radius * (cos - along * sin), center[1] + radius * (sin + along * cos)]
    };
    // The point is rounded off by a hair, a tenth of the radius before the sharp one.
    let near_tip = |p: [f32; 2]| {
        let away = [p[0] - tip[0], p[1] - tip[1]];
        let length = away[0].hypot(away[1]).max(f32::MIN_POSITIVE);
        [0, 1].map(|i: usize| tip[i] + away[i] / length * radius * 0.10)
    };

    let mut builder = PathBuilder::new();
    let first = at(start, 0.0);
    let [left_x, left_y] = near_tip(first);
    builder.move_to(left_x, left_y);
    builder.line_to(first[0], first[1]);
    for arc in 0..ARCS {
        let from = start + step * f32::from(arc);
        let [x1, y1] = at(from, handle);
        let [x2, y2] = at(from + step, -handle);
        let [x, y] = at(from + step, 0.0);
        builder.cubic_to(x1, y1, x2, y2, x, y);
    }
    let [right_x, right_y] = near_tip(at(start + step * f32::from(ARCS), 0.0));
    builder.line_to(right_x, right_y);
    builder.quad_to(tip[0], tip[1], left_x, left_y);
    builder.close();
    builder.finish()
}
