//! Which tiles an offline package holds, or would hold, over the basemap.

use std::sync::Arc;

use egui::{Painter, Pos2, Rect, Stroke, pos2};

use crate::{scene::Viewport, theme::Theme, tile::package::Row};

/// The tiles of one zoom, row by row.
#[derive(Debug, Clone)]
pub struct Coverage {
    pub zoom: u8,
    pub rows: Arc<Vec<Row>>,
}

impl Coverage {
    /// Rectangles that are quickly drawn and still tell one tile from the next.
    pub const MOST_SPANS: usize = 4000;
}

/// Shades the tiles. They lie in the plane of the basemap, as its own do.
#[expect(clippy::cast_possible_truncation, reason = "points are f32 by design")]
pub fn paint(
    painter: &Painter,
    origin: Pos2,
    viewport: &Viewport,
    coverage: &Coverage,
    theme: Theme,
) {
    let tiles = f64::from(coverage.zoom).exp2();
    let (center, scale) = (viewport.plane_center(), viewport.scale());
    let middle = origin.to_vec2() + egui::vec2(viewport.width_pt, viewport.height_pt) / 2.0;
    let corner = |x: u32, y: u32| {
        let x = (f64::from(x) / tiles - center.x) * scale;
        let y = (f64::from(y) / tiles - center.y) * scale;
        pos2(x as f32, y as f32) + middle
    };
    let seen = painter.clip_rect().expand(2.0);
    let (fill, rim) = (theme.accent().gamma_multiply(0.16), theme.accent().gamma_multiply(0.6));
    for row in coverage.rows.iter() {
        for (first, last) in &row.spans {
            let rect = Rect::from_min_max(corner(*first, row.y), corner(last + 1, row.y + 1));
            if rect.intersects(seen) {
                painter.rect_filled(rect, 0.0, fill);
                // The ends of a row; lines between rows would hatch the whole of it.
                for x in [rect.left(), rect.right()] {
                    painter.vline(x, rect.y_range(), Stroke::new(1.2, rim));
                }
            }
        }
    }
}
