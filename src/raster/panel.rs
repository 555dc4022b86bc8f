//! Places for furniture: rounded panels that stack away from a picture's corners.

use tiny_skia::{Path, PathBuilder, Rect};

use super::{
    fill::fill_path,
    furniture::{Corner, Surface},
    text::paint_rim,
};

/// Space between pieces and around them.
const MARGIN_PT: f32 = 16.0;
const GAP_PT: f32 = 8.0;
const RADIUS_PT: f32 = 6.0;

/// Hands out places, corner by corner.
pub struct Layout {
    size: [f32; 2],
    /// Height that each corner has given away.
    used: [f32; 4],
}

impl Layout {
    /// For a picture of this size in points.
    pub fn new(width_pt: f32, height_pt: f32) -> Self {
        Self { size: [width_pt, height_pt], used: [MARGIN_PT; 4] }
    }

    /// Height in points that is left in a corner's column.
    pub fn height_left(&self, corner: Corner) -> f32 {
        self.size[1] - self.used.get(index(corner)).copied().unwrap_or(0.0) - MARGIN_PT
    }

    /// Room for a panel of this size, next to the ones before it.
    pub fn place(&mut self, corner: Corner, size: [f32; 2]) -> PanelBox {
        let mut offset = MARGIN_PT;
        if let Some(used) = self.used.get_mut(index(corner)) {
            offset = *used;
            *used += size[1] + GAP_PT;
        }
        let [width, height] = self.size;
        let left = MARGIN_PT;
        let right = width - MARGIN_PT - size[0];
        let top = offset;
        let bottom = height - offset - size[1];
        let origin = match corner {
            Corner::TopLeft => [left, top],
            Corner::TopRight => [right, top],
            Corner::BottomLeft => [left, bottom],
            Corner::BottomRight => [right, bottom],
        };
        PanelBox { origin, size }
    }
}

const fn index(corner: Corner) -> usize {
    match corner {
        Corner::TopLeft => 0,
        Corner::TopRight => 1,
        Corner::BottomLeft => 2,
        Corner::BottomRight => 3,
    }
}

/// A panel's rectangle, in points from the picture's top left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PanelBox {
    pub origin: [f32; 2],
    pub size: [f32; 2],
}

impl PanelBox {
    /// A position given from the panel's own top left corner.
    pub fn at(&self, x: f32, y: f32) -> [f32; 2] {
        [self.origin[0] + x, self.origin[1] + y]
    }

    /// A rectangle `[x, y, width, height]` in the panel, in pixels.
    pub fn inner_rect(&self, [x, y, width, height]: [f32; 4], surface: &Surface) -> Option<Rect> {
        let [left, top] = self.at(x, y);
        let [left, top, width, height] =
            [left, top, width, height].map(|v| v * surface.pixels_per_point);
        Rect::from_xywh(left, top, width, height)
    }

    /// Paints the panel's background with a hairline around it.
    pub fn paint(&self, surface: &mut Surface) {
        if let Some(path) = self.rounded(RADIUS_PT, surface.pixels_per_point) {
            let hairline = surface.palette.hairline;
            paint_rim(surface.pixmap, &path, hairline, 0.75 * surface.pixels_per_point);
            fill_path(surface.pixmap, &path, surface.palette.panel);
        }
    }

    /// Paints a background that lets the map shine through, without a hairline.
    pub fn paint_faint(&self, surface: &mut Surface) {
        if let Some(path) = self.rounded(RADIUS_PT / 1.5, surface.pixels_per_point) {
            fill_path(surface.pixmap, &path, surface.palette.panel.with_alpha(205));
        }
    }

    fn rounded(&self, radius_pt: f32, scale: f32) -> Option<Path> {
        let [width, height] = self.size.map(|v| v * scale);
        let radius = (radius_pt * scale).min(width / 2.0).min(height / 2.0);
        rounded_rect(self.origin.map(|v| v * scale), [width, height], radius)
    }
}

/// A rectangle with round corners, in pixels.
pub fn rounded_rect([left, top]: [f32; 2], [width, height]: [f32; 2], radius: f32) -> Option<Path> {
    // Handle length of a cubic Bézier that approximates a quarter of a circle: 4/3 · tan(π/8).
    let handle = radius * (1.0 - 0.552_285);
    let (right, bottom) = (left + width, top + height);
    let mut b = PathBuilder::new();
    b.move_to(left + radius, top);
    b.line_to(right - radius, top);
    b.cubic_to(right - handle, top, right, top + handle, right, top + radius);
    b.line_to(right, bottom - radius);
    b.cubic_to(right, bottom - handle, right - handle, bottom, right - radius, bottom);
    b.line_to(left + radius, bottom);
    b.cubic_to(left + handle, bottom, left, bottom - handle, left, bottom - radius);
    b.line_to(left, top + radius);
    b.cubic_to(left, top + handle, left + handle, top, left + radius, top);
    b.close();
    b.finish()
}
