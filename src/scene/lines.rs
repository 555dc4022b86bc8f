//! How each class of line is drawn: casing under it, dash for planned, ticks for rail, a band for
//! a river reach.

use super::{Stroke, Ticks};
use crate::{
    catalogue::{LineClass, Role, Status},
    style::{MapPalette, Rgba},
};

/// How much a line stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Emphasis {
    /// Selected, but the filter hides it.
    Ghost,
    /// Something else is selected.
    Dimmed,
    Normal,
    Hovered,
    Selected,
}

/// What decides the look of a line.
#[derive(Debug, Clone, Copy)]
pub struct LineLook {
    pub class: LineClass,
    pub status: Status,
    /// Planned when the plan was made, and there by now: no dashes, but as firm as what is planned.
    pub is_open: bool,
    pub role: Role,
    pub color: Rgba,
    pub emphasis: Emphasis,
    pub zoom: f64,
}

/// Strokes from the lowest to the topmost.
pub fn strokes(look: LineLook, palette: &MapPalette) -> Vec<Stroke> {
    let scale = width_scale(look.zoom);
    let selected = look.emphasis == Emphasis::Selected;
    // What is there already helps to read the selected, and is not it.
    let aside = look.role == Role::Context;
    let color = match look.emphasis {
        Emphasis::Selected | Emphasis::Hovered if aside => look.color.mix(palette.city, 0.3),
        Emphasis::Selected => palette.accent,
        Emphasis::Ghost => palette.accent.with_alpha(150),
        Emphasis::Dimmed => look.color.faded(0.30),
        Emphasis::Normal | Emphasis::Hovered => look.color,
    };
    let halo =
        if look.emphasis == Emphasis::Dimmed { palette.halo.faded(0.3) } else { palette.halo };
    let widen = match look.emphasis {
        Emphasis::Selected | Emphasis::Hovered if aside => 0.62,
        Emphasis::Selected => 1.25,
        Emphasis::Hovered => 1.5,
        _ => 1.0,
    };
    let mut out = Vec::new();
    // What is there already only helps to read what is planned.
    let quiet = look.status == Status::Done && look.emphasis <= Emphasis::Normal;
    let base = base_width(look.class) * scale * widen * if quiet { 0.62 } else { 1.0 };
    let color = if quiet { color.mix(palette.city, 0.42) } else { color };
    let dashed = look.status == Status::Planned && !look.is_open;
    if selected && look.role == Role::Main {
        out.push(Stroke::solid(base + 11.0, palette.accent.with_alpha(46)));
        out.push(Stroke::solid(base + 5.0, palette.halo));
    }
    if look.role == Role::Update {
        out.push(Stroke::solid(base * 0.5 + 2.5, halo.faded(0.8)));
        out.push(Stroke { dash: Some([2.0, 4.0]), ..Stroke::solid(base * 0.6, look.color) });
        return out;
    }
    match look.class {
        LineClass::River => {
            out.push(Stroke::solid(base, color.faded(0.38)));
            out.push(Stroke::solid(base * 0.34, color));
        }
        // Known only by its ends: a fine dotted line promises no more.
        LineClass::Tributary => {
            out.push(Stroke { dash: Some([2.5, 3.0]), ..Stroke::solid(base, color.faded(0.75)) });
        }
        LineClass::HighSpeedRail => {
            out.push(Stroke::solid(base + 2.6, halo));
            out.push(line(base, color, dashed, [11.0, 4.5]));
            out.push(Stroke {
                ticks: Some(Ticks { spacing_pt: 31.0, length_pt: base * 2.0 + 3.0 }),
                ..Stroke::solid(1.3, color)
            });
        }
        LineClass::Metro => {
            out.push(Stroke::solid(base + 2.2, halo));
            out.push(line(base, color, dashed, [6.0, 3.0]));
        }
        LineClass::Expressway => {
            out.push(Stroke::solid(base + 2.8, halo));
            out.push(line(base, color, dashed, [9.0, 5.0]));
            if !dashed {
                out.push(Stroke::solid(base * 0.28, palette.halo));
            }
        }
        LineClass::Road => {
            out.push(Stroke::solid(base + 2.4, halo));
            out.push(line(base, color, dashed, [7.0, 4.0]));
        }
        LineClass::Runway => {
            out.push(Stroke::solid(base + 2.0, halo));
            out.push(Stroke::solid(base, color));
        }
    }
    out
}

fn line(width_pt: f32, color: Rgba, dashed: bool, dash: [f32; 2]) -> Stroke {
    let dash = dashed.then_some(dash);
    Stroke { dash, ..Stroke::solid(width_pt, color) }
}

/// Half of what a line covers while nothing points at it, in points.
pub fn half_width_pt(class: LineClass, zoom: f64) -> f32 {
    base_width(class) * width_scale(zoom) / 2.0
}

const fn base_width(class: LineClass) -> f32 {
    match class {
        LineClass::Expressway => 3.4,
        LineClass::Road => 2.8,
        LineClass::HighSpeedRail => 3.0,
        LineClass::Metro => 2.6,
        LineClass::River => 8.0,
        LineClass::Tributary => 1.3,
        LineClass::Runway => 3.2,
    }
}

/// Lines grow with the zoom, slowly: thin over the province, full in the city.
#[expect(clippy::cast_possible_truncation, reason = "a factor near 1")]
pub fn width_scale(zoom: f64) -> f32 {
    (0.62 + (zoom - 6.5) * 0.13).clamp(0.55, 1.7) as f32
}

/// Which lines lie above which.
pub const fn layer(class: LineClass) -> u8 {
    match class {
        LineClass::Tributary => 0,
        LineClass::River => 1,
        LineClass::Road => 2,
        LineClass::Expressway => 3,
        LineClass::Metro => 4,
        LineClass::HighSpeedRail => 5,
        LineClass::Runway => 6,
    }
}
