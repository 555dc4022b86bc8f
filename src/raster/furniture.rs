//! What stands around a map: title, legend, scale bar, north arrow, credits.
//!
//! Every piece goes into a corner; pieces in the same corner stack away from it in the order in
//! which they are painted. All words come from the caller.

use tiny_skia::{PathBuilder, PixmapMut};

use super::{
    fill::fill_path,
    font::Fonts,
    legend::{Legend, paint_legend},
    panel::Layout,
    scale_bar::{ScaleBar, paint_scale_bar},
    text::{Align, TextStyle, measure, paint_text},
};
use crate::{scene::draw::Viewport, style::MapPalette};

/// Where a piece stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Corner {
    TopLeft,
    TopRight,
    BottomLeft,
    BottomRight,
}

/// Title and subtitle; an empty subtitle is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    pub title: String,
    pub subtitle: String,
}

/// One piece.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    Title(Title),
    Legend(Legend),
    ScaleBar(ScaleBar),
    /// Sources and their terms; one line each.
    Credits(Vec<String>),
    /// With the letter or character above it.
    NorthArrow(String),
}

/// A piece and its corner.
#[derive(Debug, Clone, PartialEq)]
pub struct Furniture {
    pub corner: Corner,
    pub piece: Piece,
}

/// What the pieces are painted with.
pub struct Surface<'a, 'p> {
    pub pixmap: &'a mut PixmapMut<'p>,
    pub pixels_per_point: f32,
    pub fonts: &'a Fonts,
    pub palette: &'a MapPalette,
}

impl Surface<'_, '_> {
    /// One line of text; see [`paint_text`].
    pub fn text(&mut self, text: &str, at_pt: [f32; 2], align: Align, style: &TextStyle) {
        let scale = self.pixels_per_point;
        paint_text(self.pixmap, scale, self.fonts, text, at_pt, align, style);
    }

    /// Width in points of one line of text.
    pub fn width_of(&self, text: &str, style: &TextStyle) -> f32 {
        measure(self.fonts, text, style.size_pt, style.bold, style.tracking_em)[0]
    }
}

/// Paints all pieces.
pub fn paint_furniture(surface: &mut Surface, viewport: &Viewport, pieces: &[Furniture]) {
    let mut layout = Layout::new(viewport.width_pt, viewport.height_pt);
    for Furniture { corner, piece } in pieces {
        match piece {
            Piece::Title(title) => paint_title(surface, &mut layout, *corner, title),
            Piece::Legend(legend) => paint_legend(surface, &mut layout, *corner, legend),
            Piece::ScaleBar(bar) => paint_scale_bar(surface, &mut layout, *corner, bar, viewport),
            Piece::Credits(lines) => paint_credits(surface, &mut layout, *corner, lines),
            Piece::NorthArrow(label) => paint_north_arrow(surface, &mut layout, *corner, label),
        }
    }
}

/// Paints title and subtitle.
pub fn paint_title(surface: &mut Surface, layout: &mut Layout, corner: Corner, title: &Title) {
    let large = TextStyle::plain(24.0, surface.palette.ink).bold();
    let small = TextStyle::plain(13.0, surface.palette.muted);
    let gap = if title.subtitle.is_empty() { 0.0 } else { 24.0 };
    let width =
        surface.width_of(&title.title, &large).max(surface.width_of(&title.subtitle, &small));
    let panel = layout.place(corner, [width + 40.0, 56.0 + gap]);
    panel.paint(surface);
    // The one accent: a bar beside the title, as on the active row of a list.
    if let Some(rect) = panel.inner_rect([0.0, 16.0, 3.0, panel.size[1] - 32.0], surface) {
        fill_path(surface.pixmap, &PathBuilder::from_rect(rect), surface.palette.accent);
    }
    surface.text(&title.title, panel.at(20.0, 28.0), Align::Left, &large);
    surface.text(&title.subtitle, panel.at(20.0, 56.0), Align::Left, &small);
}

/// Paints the credits, small but legible on any ground.
pub fn paint_credits(surface: &mut Surface, layout: &mut Layout, corner: Corner, lines: &[String]) {
    const LINE_PT: f32 = 15.0;
    if lines.is_empty() {
        return;
    }
    let style = TextStyle::plain(10.5, surface.palette.muted);
    let width = lines.iter().map(|line| surface.width_of(line, &style)).fold(0.0, f32::max);
    let panel = layout.place(corner, [width + 20.0, lines.len() as f32 * LINE_PT + 9.0]);
    panel.paint_faint(surface);
    for (i, line) in lines.iter().enumerate() {
        let y = 4.5 + (i as f32 + 0.5) * LINE_PT;
        surface.text(line, panel.at(10.0, y), Align::Left, &style);
    }
}

/// Paints an arrow to the north, which is up: the projection is Mercator.
pub fn paint_north_arrow(surface: &mut Surface, layout: &mut Layout, corner: Corner, label: &str) {
    let panel = layout.place(corner, [40.0, 60.0]);
    panel.paint(surface);
    let style = TextStyle::plain(12.0, surface.palette.ink).bold();
    surface.text(label, panel.at(20.0, 14.0), Align::Center, &style);
    let scale = surface.pixels_per_point;
    let half = |sign: f32| {
        let mut builder = PathBuilder::new();
        let corners = [(20.0, 24.0), (20.0 + 8.0 * sign, 51.0), (20.0, 45.5)];
        for (i, (x, y)) in corners.into_iter().enumerate() {
            let [x, y] = panel.at(x, y).map(|v| v * scale);
            if i == 0 {
                builder.move_to(x, y);
            } else {
                builder.line_to(x, y);
            }
        }
        builder.close();
        builder.finish()
    };
    if let Some(west) = half(-1.0) {
        fill_path(surface.pixmap, &west, surface.palette.ink);
    }
    if let Some(east) = half(1.0) {
        fill_path(surface.pixmap, &east, surface.palette.muted.with_alpha(110));
    }
}
