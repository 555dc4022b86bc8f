//! Filled polygons.

use tiny_skia::{FillRule, Paint, Path, PathBuilder, PixmapMut, Transform};

use super::{
    clip::{Rect, clip_ring},
    coverage::Px,
};
use crate::style::Rgba;

/// Rings of one or more polygons, ready to be filled at once: where they overlap or touch, no
/// seam shows.
pub struct AreaBuilder {
    builder: PathBuilder,
    clip: Rect,
}

impl AreaBuilder {
    /// For what can be seen inside `visible` (pixels).
    pub fn new(visible: Rect) -> Self {
        Self {
            builder: PathBuilder::new(),
            // Cut edges have to stay out of sight.
            clip: visible.grown(8.0),
        }
    }

    /// Adds a ring; `hole` cuts it out of the polygon it lies in, whatever way round it runs.
    pub fn add_ring(&mut self, ring: &[Px], hole: bool) {
        let mut ring = clip_ring(ring, &self.clip);
        if ring.len() < 3 {
            return;
        }
        if (signed_area(&ring) < 0.0) != hole {
            ring.reverse();
        }
        for (i, p) in ring.iter().enumerate() {
            #[expect(clippy::cast_possible_truncation, reason = "pixels are f32 in the end")]
            let [x, y] = [p[0] as f32, p[1] as f32];
            if i == 0 {
                self.builder.move_to(x, y);
            } else {
                self.builder.line_to(x, y);
            }
        }
        self.builder.close();
    }

    /// Paints everything that was added.
    pub fn paint(self, pixmap: &mut PixmapMut, color: Rgba) {
        if let Some(path) = self.builder.finish() {
            fill_path(pixmap, &path, color);
        }
    }
}

/// Fills a path given in pixels.
pub fn fill_path(pixmap: &mut PixmapMut, path: &Path, color: Rgba) {
    if color.3 == 0 {
        return;
    }
    pixmap.fill_path(path, &paint_of(color), FillRule::Winding, Transform::identity(), None);
}

/// An anti-aliased paint.
pub fn paint_of(color: Rgba) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(color.0, color.1, color.2, color.3);
    paint.anti_alias = true;
    paint
}

fn signed_area(ring: &[Px]) -> f64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum()
}
