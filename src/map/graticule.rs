//! Meridians and parallels over the basemap.

use egui::{Align2, Painter, Pos2, Stroke, pos2, vec2};

use crate::{
    geo::graticule::graticule,
    scene::Viewport,
    theme::{self, Theme},
};

/// Paints the lines of the view, named at its left and upper edge.
pub fn paint(painter: &Painter, origin: Pos2, viewport: &Viewport, theme: Theme) {
    let stroke = Stroke::new(0.8, theme.muted().gamma_multiply(0.45));
    for line in graticule(&viewport.extent(), viewport.scale()) {
        let points: Vec<Pos2> = line
            .path
            .iter()
            .map(|p| {
                let [x, y] = viewport.to_pt(*p);
                origin + vec2(x, y)
            })
            .collect();
        let Some((first, last)) = points.first().copied().zip(points.last().copied()) else {
            continue;
        };
        painter.line(points, stroke);
        let (at, align) = if line.is_meridian {
            (pos2(last.x + 3.0, origin.y + 2.0), Align2::LEFT_TOP)
        } else {
            (pos2(origin.x + 4.0, first.y - 1.0), Align2::LEFT_BOTTOM)
        };
        let font = theme::font(10.5, false);
        let galley = painter.layout_no_wrap(line.label, font, theme.muted());
        let rect = align.anchor_size(at, galley.size());
        painter.rect_filled(rect, 2.0, theme.floating().gamma_multiply(0.7));
        painter.galley(rect.min, galley, theme.muted());
    }
}
