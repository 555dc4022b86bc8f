//! From unit Mercator to the pixels of one picture.

use tiny_skia::PixmapMut;

use super::{clip::Rect, coverage::Px};
use crate::{scene::draw::Viewport, units::Mercator};

/// A viewport at a pixel density.
pub struct Frame {
    center: Mercator,
    /// Pixels per unit of Mercator.
    scale: f64,
    middle: Px,
    size: Px,
    pub pixels_per_point: f64,
}

impl Frame {
    /// `None` for viewports that show nothing: not finite, or no pixels per point.
    pub fn new(viewport: &Viewport, pixels_per_point: f32, pixmap: &PixmapMut) -> Option<Self> {
        let pixels_per_point = f64::from(pixels_per_point);
        let frame = Self {
            center: viewport.center,
            scale: viewport.scale() * pixels_per_point,
            middle: [viewport.width_pt, viewport.height_pt]
                .map(|side| f64::from(side) * pixels_per_point / 2.0),
            size: [f64::from(pixmap.width()), f64::from(pixmap.height())],
            pixels_per_point,
        };
        let checked = frame.center.x + frame.center.y + frame.middle[0] + frame.middle[1];
        let usable = checked.is_finite()
            && frame.scale.is_finite()
            && frame.scale > 0.0
            && pixels_per_point > 0.0;
        usable.then_some(frame)
    }

    pub fn to_px(&self, p: Mercator) -> Px {
        [
            (p.x - self.center.x) * self.scale + self.middle[0],
            (p.y - self.center.y) * self.scale + self.middle[1],
        ]
    }

    pub fn to_mercator(&self, [x, y]: Px) -> Mercator {
        Mercator {
            x: self.center.x + (x - self.middle[0]) / self.scale,
            y: self.center.y + (y - self.middle[1]) / self.scale,
        }
    }

    /// The picture's rectangle in pixels.
    pub fn visible(&self) -> Rect {
        Rect::new([0.0, 0.0], self.size)
    }
}
