//! The user's layers in a picture: what of them is worth drawing has been chosen already.

use tiny_skia::{
    FillRule, LineCap, LineJoin, Paint, PathBuilder, PixmapMut, PixmapPaint, Stroke, Transform,
};

use super::{fill::paint_of, pixmap::new_pixmap};
use crate::style::Rgba;

/// A layer; positions are in points from the picture's top left corner.
#[derive(Debug, Clone, PartialEq)]
pub struct FeatureLayer {
    pub name: String,
    pub points: Vec<[f32; 2]>,
    /// From and to.
    pub segments: Vec<[f32; 4]>,
    /// Corners of the triangles that fill areas, three each.
    pub triangles: Vec<[f32; 2]>,
    pub color: Rgba,
    /// Around points.
    pub casing: Rgba,
    pub point_radius_pt: f32,
    pub line_width_pt: f32,
}

/// How much of the colour an area's fill has.
pub const AREA_TINT: f32 = 0.25;
/// Paths of all features at once would take long to sort.
const AT_ONCE: usize = 4096;

/// Paints a layer: areas, lines, then points.
pub fn paint_features(pixmap: &mut PixmapMut, pixels_per_point: f32, layer: &FeatureLayer) {
    let scale = Transform::from_scale(pixels_per_point, pixels_per_point);
    let tint = paint_of(layer.color.faded(AREA_TINT));
    for some in layer.triangles.chunks(AT_ONCE * 3) {
        fill(pixmap, some, &tint, scale);
    }
    let ink = paint_of(layer.color);
    let stroke = Stroke {
        width: layer.line_width_pt,
        line_cap: LineCap::Round,
        line_join: LineJoin::Round,
        ..Stroke::default()
    };
    for some in layer.segments.chunks(AT_ONCE) {
        let mut path = PathBuilder::new();
        for [x0, y0, x1, y1] in some {
            path.move_to(*x0, *y0);
            path.line_to(*x1, *y1);
        }
        if let Some(path) = path.finish() {
            pixmap.stroke_path(&path, &ink, &stroke, scale, None);
        }
    }
    stamps(pixmap, pixels_per_point, layer);
}

fn fill(pixmap: &mut PixmapMut, corners: &[[f32; 2]], paint: &Paint<'_>, scale: Transform) {
    let mut path = PathBuilder::new();
    for triangle in corners.chunks_exact(3) {
        if let [a, b, c] = triangle {
            path.move_to(a[0], a[1]);
            path.line_to(b[0], b[1]);
            path.line_to(c[0], c[1]);
            path.close();
        }
    }
    if let Some(path) = path.finish() {
        pixmap.fill_path(&path, paint, FillRule::Winding, scale, None);
    }
}

/// One dot, painted once and put everywhere.
fn stamps(pixmap: &mut PixmapMut, pixels_per_point: f32, layer: &FeatureLayer) {
    /// Of a point's casing.
    const RIM_PT: f32 = 0.9;
    if layer.points.is_empty() {
        return;
    }
    let radius = (layer.point_radius_pt * pixels_per_point).clamp(0.5, 64.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped above")]
    let side = (radius.ceil() as u32 + 1) * 2;
    let Ok(mut stamp) = new_pixmap(side, side) else { return };
    let middle = side as f32 / 2.0;
    let rim = RIM_PT * pixels_per_point;
    for (radius, color) in [(radius, layer.casing), ((radius - rim).max(0.4), layer.color)] {
        if let Some(disc) = PathBuilder::from_circle(middle, middle, radius) {
            let paint = paint_of(color);
            stamp.fill_path(&disc, &paint, FillRule::Winding, Transform::identity(), None);
        }
    }
    let whole = PixmapPaint::default();
    for [x, y] in &layer.points {
        let [x, y] = [x, y].map(|v| (v * pixels_per_point - middle).round());
        let (width, height) = (pixmap.width() as f32, pixmap.height() as f32);
        if !(-64.0 * 2.0..=width).contains(&x) || !(-64.0 * 2.0..=height).contains(&y) {
            continue;
        }
        #[expect(clippy::cast_possible_truncation, reason = "within the picture")]
        let (x, y) = (x as i32, y as i32);
        pixmap.draw_pixmap(x, y, stamp.as_ref(), &whole, Transform::identity(), None);
    }
}
