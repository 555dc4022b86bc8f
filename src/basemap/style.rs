//! How the basemap looks at each zoom, as data: widths, dashes and the zoom where a layer starts.
//!
//! Ramp and lengths are points. Zooms are those of a view ([`crate::scene::draw::Viewport`]):
//! the world is `256 · 2^zoom` points wide.

use super::tile::BorderLevel;
use crate::style::{MapPalette, Mode, Rgba};

/// A value over zoom: straight lines between the stops `(zoom, value)`, constant outside.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ramp(pub &'static [(f64, f64)]);

impl Ramp {
    /// The value at a zoom; zero where there are no stops.
    pub fn at(&self, zoom: f64) -> f64 {
        let after = self.0.partition_point(|(z, _)| *z <= zoom);
        match (after.checked_sub(1).and_then(|i| self.0.get(i)), self.0.get(after)) {
            (Some((z0, w0)), Some((z1, w1))) => w0 + (w1 - w0) * (zoom - z0) / (z1 - z0),
            (Some((_, w)), None) | (None, Some((_, w))) => *w,
            (None, None) => 0.0,
        }
    }
}

/// How a layer of lines is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LineStyle {
    /// Lowest zoom at which it is drawn.
    pub from_zoom: f64,
    /// In points.
    pub width: Ramp,
    /// From 0, unseen, to 1.
    pub opacity: Ramp,
    /// Dash, gap, dash, gap …; empty for a solid line.
    pub dash: &'static [f64],
    /// How far a casing in the ground's colour reaches out on each side.
    pub casing: f64,
    /// Bars across the line.
    pub bars: Option<Bars>,
}

/// Bars across a line; lengths in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bars {
    /// Below this zoom they would only be noise.
    pub from_zoom: f64,
    pub spacing: f64,
    pub length: f64,
}

const PLAIN: LineStyle = LineStyle {
    from_zoom: 0.0,
    width: Ramp(&[(8.0, 1.0)]),
    opacity: Ramp(&[(0.0, 1.0)]),
    dash: &[],
    casing: 0.0,
    bars: None,
};

/// Borders: hairlines that grow with their level.
pub const fn border(level: BorderLevel) -> LineStyle {
    match level {
        BorderLevel::County => LineStyle {
            from_zoom: 7.0,
            width: Ramp(&[(7.0, 0.6), (10.0, 0.9), (14.0, 1.2)]),
            dash: &[4.0, 3.0],
            ..PLAIN
        },
        BorderLevel::Prefecture => LineStyle {
            width: Ramp(&[(6.0, 0.7), (10.0, 1.1), (14.0, 1.5)]),
            dash: &[7.0, 3.0],
            ..PLAIN
        },
        BorderLevel::Province => LineStyle {
            width: Ramp(&[(6.0, 0.9), (10.0, 1.4), (14.0, 1.8)]),
            dash: &[9.0, 3.0, 1.5, 3.0],
            ..PLAIN
        },
    }
}

/// Rivers by rank, 1 being the largest.
pub const fn river(rank: u8) -> LineStyle {
    match rank {
        1 => {
            LineStyle { width: Ramp(&[(6.0, 1.3), (9.0, 2.2), (12.0, 5.0), (14.0, 9.0)]), ..PLAIN }
        }
        2 => {
            LineStyle { width: Ramp(&[(6.0, 1.0), (9.0, 1.7), (12.0, 4.0), (14.0, 7.5)]), ..PLAIN }
        }
        3 => LineStyle {
            from_zoom: 6.5,
            width: Ramp(&[(7.0, 0.7), (9.0, 1.1), (12.0, 2.0), (14.0, 3.0)]),
            ..PLAIN
        },
        _ => LineStyle {
            from_zoom: 11.0,
            width: Ramp(&[(8.0, 0.6), (10.0, 0.9), (12.0, 1.4), (14.0, 2.2)]),
            ..PLAIN
        },
    }
}

/// Existing expressways.
pub const ROAD: LineStyle = LineStyle {
    from_zoom: 7.0,
    width: Ramp(&[(7.0, 0.8), (9.0, 1.2), (12.0, 2.2), (14.0, 3.2)]),
    opacity: Ramp(&[(7.0, 0.35), (8.0, 0.5), (9.0, 0.7), (10.5, 1.0)]),
    casing: 0.8,
    ..PLAIN
};

/// Existing railways: a hairline with bars.
pub const RAIL: LineStyle = LineStyle {
    from_zoom: 7.0,
    width: Ramp(&[(7.0, 0.6), (10.0, 0.8), (14.0, 1.1)]),
    opacity: Ramp(&[(7.0, 0.4), (8.0, 0.6), (10.0, 1.0)]),
    bars: Some(Bars { from_zoom: 9.0, spacing: 9.0, length: 3.6 }),
    ..PLAIN
};

/// Metro lines in service.
pub const METRO: LineStyle = LineStyle {
    from_zoom: 9.5,
    width: Ramp(&[(9.5, 0.9), (11.0, 1.5), (14.0, 2.6)]),
    casing: 0.7,
    ..PLAIN
};

/// How firmly the relief is drawn. Over the country it is a texture; closer than its grid can tell,
/// it steps back.
const RELIEF: Ramp =
    Ramp(&[(5.5, 0.35), (8.0, 0.7), (9.5, 1.0), (13.0, 1.0), (14.5, 0.55), (16.0, 0.25)]);

/// What a place with more or less light than level ground is covered with, at a zoom of a view.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 255")]
pub fn relief_tone(light: f32, zoom: f64, palette: &MapPalette) -> Rgba {
    let (shade, lit) = match palette.mode {
        Mode::Light => (Rgba::hex(0x4B_45_3A), Rgba::hex(0xFF_FF_FF)),
        Mode::Dark => (Rgba::hex(0x00_00_00), Rgba::hex(0xA8_BC_CF)),
    };
    let (shades, lights) = match palette.mode {
        Mode::Light => (0.75, 1.6),
        Mode::Dark => (1.1, 0.7),
    };
    let (ink, strength) =
        if light < 0.0 { (shade, -light * shades) } else { (lit, light * lights) };
    let firm = RELIEF.at(zoom) as f32;
    ink.with_alpha((strength.clamp(0.0, 0.42) * firm * 255.0).round() as u8)
}
