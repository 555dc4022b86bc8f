//! Labels, pins and anchors: everything on the map that carries text.

use std::{collections::HashMap, sync::Arc};

use egui::{
    Align2, Color32, Galley, Painter, Pos2, Shape, Stroke,
    emath::GuiRounding as _,
    pos2,
    text::{LayoutJob, TextFormat},
    vec2,
};

use super::cached_mesh::look;
use crate::{
    scene::{
        LabelStyle, Mark, Place, PlacedLabel, Plate, View, Viewport, max_place_rank, pick::pin_head,
    },
    style::{MapPalette, Rgba},
    theme::{Theme, color, font},
};

/// Sizes are snapped to this, so that zooming does not fill the font atlas.
const SIZE_STEP_PT: f32 = 0.5;
/// Directions in which the halo is stamped.
const HALO: [(f32, f32); 6] =
    [(1.0, 0.0), (-1.0, 0.0), (0.5, 0.87), (-0.5, 0.87), (0.5, -0.87), (-0.5, -0.87)];
const HALO_PT: f32 = 1.5;

/// One line in a style; its colour is set when it is painted. egui keeps what it has laid out.
pub fn galley(painter: &Painter, line: &str, style: &LabelStyle) -> Arc<Galley> {
    let size = (style.size_pt / SIZE_STEP_PT).round() * SIZE_STEP_PT;
    let format = TextFormat {
        font_id: font(size, style.bold),
        extra_letter_spacing: style.tracking_em * style.size_pt,
        color: Color32::PLACEHOLDER,
        ..TextFormat::default()
    };
    painter.layout_job(LayoutJob::single_section(line.to_owned(), format))
}

/// Widths of lines of text. They do not change, so they are asked for once.
#[derive(Debug, Default)]
pub struct Widths {
    known: HashMap<u64, f32>,
}

impl Widths {
    /// Width of a line in points.
    pub fn of(&mut self, painter: &Painter, line: &str, style: &LabelStyle) -> f32 {
        let bits = (style.size_pt.to_bits(), style.bold, style.tracking_em.to_bits());
        let key = look(&(line, bits, painter.pixels_per_point().to_bits()));
        *self.known.entry(key).or_insert_with(|| {
            let spacing = style.tracking_em * style.size_pt;
            // egui puts the spacing after the last character too.
            (galley(painter, line, style).size().x - spacing).max(0.0)
        })
    }
}

/// Paints placed labels with their halo.
pub fn paint(painter: &Painter, origin: Pos2, labels: &[PlacedLabel]) {
    for label in labels {
        let lines: Vec<Arc<Galley>> =
            label.lines.iter().map(|line| galley(painter, line, &label.style)).collect();
        let height: f32 = lines.iter().map(|line| line.size().y).sum();
        let center = origin + vec2(label.center_pt[0], label.center_pt[1]);
        if let Some(of) = label.style.plate {
            let width = lines.iter().map(|line| line.size().x).fold(0.0, f32::max);
            plate(painter, center, vec2(width, height), of);
        }
        let mut y = center.y - height / 2.0;
        let tracking = label.style.tracking_em * label.style.size_pt;
        for line in lines {
            let at = pos2(center.x - (line.size().x - tracking) / 2.0, y);
            y += line.size().y;
            haloed(painter, at, &line, label.style.color, label.style.halo);
        }
    }
}

fn plate(painter: &Painter, center: Pos2, text: egui::Vec2, of: Plate) {
    let [ends, sides] = Plate::PADDING_PT;
    let rect = egui::Rect::from_center_size(center, text + 2.0 * vec2(ends, sides));
    let rim = Stroke::new(0.8, color(of.rim.faded(0.8)));
    let kind = egui::StrokeKind::Inside;
    painter.rect(
        rect.round_to_pixels(painter.pixels_per_point()),
        Plate::CORNER_PT,
        color(of.fill),
        rim,
        kind,
    );
}

fn haloed(painter: &Painter, at: Pos2, line: &Arc<Galley>, ink: Rgba, halo: Rgba) {
    let at = at.round();
    if halo.3 > 0 {
        // Six stamps lie over each other: each needs only part of the halo's strength.
        let halo = color(halo.faded(0.85));
        for (dx, dy) in HALO {
            let offset = vec2(dx, dy) * HALO_PT;
            painter.galley_with_override_text_color(at + offset, line.clone(), halo);
        }
    }
    painter.galley_with_override_text_color(at, line.clone(), color(ink));
}

/// Paints a pin, an anchor or a dot.
pub fn point_mark(painter: &Painter, viewport: &Viewport, origin: Pos2, mark: &Mark, theme: Theme) {
    let place = |p| {
        let [x, y] = viewport.to_pt(p);
        origin + vec2(x, y)
    };
    match mark {
        Mark::Pin { at, glyph, fill, ink, radius_pt, more } => {
            let foot = place(*at);
            if !painter.clip_rect().expand(40.0).contains(foot) {
                return;
            }
            pin(painter, foot, *radius_pt, *fill, theme);
            let [x, y] = pin_head([foot.x, foot.y], *radius_pt);
            let style = glyph_style(*radius_pt * 1.12, *ink);
            centred(painter, pos2(x, y), &glyph.to_string(), &style);
            if *more > 0 {
                let badge = pos2(x + radius_pt * 0.86, y - radius_pt * 0.78);
                painter.circle(badge, 7.0, theme.panel(), Stroke::new(1.2, color(*fill)));
                let style = glyph_style(9.0, theme.map.ink);
                centred(painter, badge, &format!("+{more}"), &style);
            }
        }
        Mark::Anchor { at, count, color: ink, ground, radius_pt } => {
            let center = place(*at);
            painter.circle_filled(center, *radius_pt, color(*ground));
            dashed_ring(painter, center, *radius_pt, color(*ink));
            if *count > 0 {
                let style = glyph_style(radius_pt * 1.05, *ink);
                centred(painter, center, &count.to_string(), &style);
            }
        }
        Mark::Dot { at, color: ink, ring, radius_pt } => {
            painter.circle(place(*at), *radius_pt, color(*ink), Stroke::new(1.5, color(*ring)));
        }
        Mark::Line { .. } | Mark::Area { .. } => {}
    }
}

const fn glyph_style(size_pt: f32, ink: Rgba) -> LabelStyle {
    LabelStyle {
        size_pt,
        color: ink,
        halo: Rgba(0, 0, 0, 0),
        bold: true,
        tracking_em: 0.0,
        plate: None,
    }
}

fn centred(painter: &Painter, at: Pos2, text: &str, style: &LabelStyle) {
    let galley = galley(painter, text, style);
    let rect = Align2::CENTER_CENTER.anchor_size(at, galley.size());
    painter.galley_with_override_text_color(rect.min, galley, color(style.color));
}

/// A drop: a disc whose lower half runs out to the point it marks.
fn pin(painter: &Painter, foot: Pos2, radius: f32, fill: Rgba, theme: Theme) {
    let [x, y] = pin_head([foot.x, foot.y], radius);
    let head = pos2(x, y);
    // Tangents from the foot to the disc.
    let reach = foot.y - head.y;
    let half = (radius / reach).clamp(-1.0, 1.0).acos();
    let mut outline = Vec::with_capacity(40);
    let from = std::f32::consts::FRAC_PI_2 - half;
    let sweep = std::f32::consts::TAU - 2.0 * half;
    for i in 0..=32_u8 {
        let angle = from - sweep * f32::from(i) / 32.0;
        outline.push(head + radius * vec2(angle.cos(), angle.sin()));
    }
    outline.push(foot);
    painter.circle_filled(foot + vec2(0.0, 0.5), radius * 0.28, theme.shadow());
    painter.add(Shape::convex_polygon(outline, color(fill), Stroke::new(1.6, theme.panel())));
}

fn dashed_ring(painter: &Painter, center: Pos2, radius: f32, ink: Color32) {
    const DASHES: u8 = 10;
    for dash in 0..DASHES {
        let points: Vec<Pos2> = (0..=4_u8)
            .map(|i| {
                let part = f32::from(dash) + 0.6 * f32::from(i) / 4.0;
                let angle = part / f32::from(DASHES) * std::f32::consts::TAU;
                center + radius * vec2(angle.cos(), angle.sin())
            })
            .collect();
        painter.add(Shape::line(points, Stroke::new(1.6, ink)));
    }
}

/// Dots of the basemap's towns.
pub fn town_dots(
    painter: &egui::Painter,
    places: &[Place],
    view: View<'_>,
    viewport: &Viewport,
    origin: Pos2,
    palette: &MapPalette,
) {
    let largest = max_place_rank(view.zoom);
    for place in places.iter().filter(|place| place.rank <= largest && place.rank > 1) {
        let [x, y] = viewport.to_pt(place.at);
        let radius = if place.rank == 2 { 2.6 } else { 1.8 };
        painter.circle_filled(origin + vec2(x, y), radius, color(palette.town_dot));
    }
}
