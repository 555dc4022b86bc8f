//! Colours for classes: ramps whose lightness alone tells their order, and colours for categories.
//!
//! A ramp runs in lightness from near the ground to far from it, so that it reads the same without
//! colour vision, in black and white print, and in the dark, where it runs the other way.

use serde::{Deserialize, Serialize};

use super::{Mode, Rgba, layer_color};

/// A ramp of colours from the least value to the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ramp {
    #[default]
    Blues,
    Purples,
    /// Green to blue.
    Sea,
    /// Yellow to red.
    Fire,
    /// Two directions from a quiet middle; blue and orange are told apart by all.
    BlueOrange,
}

/// Lightness, chroma and hue in degrees.
type Anchor = [f32; 3];

impl Ramp {
    pub const ALL: [Self; 5] =
        [Self::Blues, Self::Purples, Self::Sea, Self::Fire, Self::BlueOrange];

    /// Its name in the locale files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Blues => "blues",
            Self::Purples => "purples",
            Self::Sea => "sea",
            Self::Fire => "fire",
            Self::BlueOrange => "blue_orange",
        }
    }

    /// So many colours of it, from the least to the greatest.
    #[must_use]
    pub fn colors(self, count: usize, mode: Mode) -> Vec<Rgba> {
        let last = count.saturating_sub(1).max(1) as f32;
        let at = |i: usize| if count == 1 { 1.0 } else { i as f32 / last };
        (0..count).map(|i| self.at(at(i), mode)).collect()
    }

    fn at(self, t: f32, mode: Mode) -> Rgba {
        let [near, far] = match mode {
            Mode::Light => [0.79, 0.36],
            Mode::Dark => [0.45, 0.90],
        };
        let hues = match self {
            Self::Blues => [[0.08, 235.0], [0.13, 262.0]],
            Self::Purples => [[0.08, 320.0], [0.15, 298.0]],
            Self::Sea => [[0.10, 130.0], [0.11, 255.0]],
            Self::Fire => [[0.11, 85.0], [0.15, 22.0]],
            Self::BlueOrange => {
                // Both ends stand out from the ground; the middle lies near it.
                let away = (2.0 * t - 1.0).abs();
                let hue = if t < 0.5 { 255.0 } else { 55.0 };
                let lightness = near + (far + (near - far) * 0.12 - near) * away;
                return of_lch([lightness, 0.015 + 0.115 * away, hue]);
            }
        };
        let between = |i: usize| hues[0][i] + (hues[1][i] - hues[0][i]) * t;
        of_lch([near + (far - near) * t, between(0), between(1)])
    }
}

/// The colour of what belongs to no class.
#[must_use]
pub const fn no_class(mode: Mode) -> Rgba {
    match mode {
        Mode::Light => Rgba::hex(0x8C_8A_84),
        Mode::Dark => Rgba::hex(0x77_80_8A),
    }
}

/// The colour of the `i`th category: those of layers first, then the same hues paler (or, in the
/// dark, deeper), so that twelve differ.
#[must_use]
pub fn category_color(i: usize, mode: Mode) -> Rgba {
    let own = layer_color(i, mode);
    if i % 12 < 6 {
        return own;
    }
    let [lightness, chroma, hue] = lch_of(own);
    let shifted = match mode {
        Mode::Light => (lightness + 0.26).min(0.80),
        Mode::Dark => (lightness - 0.27).max(0.46),
    };
    of_lch([shifted, chroma * 0.9, hue])
}

/// From linear sRGB to what cones answer to, and from their cube roots to lightness and two axes of
/// colour, by Björn Ottosson (Oklab, 2020); and back.
const TO_CONES: [[f32; 3]; 3] = [
    [0.412_221_47, 0.536_332_54, 0.051_445_99],
    [0.211_903_5, 0.680_699_5, 0.107_396_96],
    [0.088_302_46, 0.281_718_84, 0.629_978_7],
];
const TO_LAB: [[f32; 3]; 3] = [
    [0.210_454_26, 0.793_617_8, -0.004_072_047],
    [1.977_998_5, -2.428_592_2, 0.450_593_7],
    [0.025_904_037, 0.782_771_77, -0.808_675_77],
];
const FROM_LAB: [[f32; 3]; 3] = [
    [1.0, 0.396_337_78, 0.215_803_76],
    [1.0, -0.105_561_346, -0.063_854_17],
    [1.0, -0.089_484_18, -1.291_485_5],
];
const FROM_CONES: [[f32; 3]; 3] = [
    [4.076_741_7, -3.307_711_6, 0.230_969_93],
    [-1.268_438, 2.609_757_4, -0.341_319_38],
    [-0.004_196_086, -0.703_418_6, 1.707_614_7],
];

fn times(matrix: [[f32; 3]; 3], vector: [f32; 3]) -> [f32; 3] {
    matrix.map(|row| row.iter().zip(vector).map(|(own, other)| own * other).sum())
}

fn lch_of(color: Rgba) -> Anchor {
    let linear = |c: u8| {
        let c = f32::from(c) / 255.0;
        if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    let cones = times(TO_CONES, [color.0, color.1, color.2].map(linear));
    let [lightness, across, along] = times(TO_LAB, cones.map(f32::cbrt));
    [lightness, across.hypot(along), along.atan2(across).to_degrees()]
}

/// The colour of that lightness and hue, with as much of the chroma as sRGB has.
fn of_lch([lightness, chroma, hue]: Anchor) -> Rgba {
    let mut chroma = chroma;
    loop {
        let channels = linear_of([lightness, chroma, hue]);
        let fits = channels.iter().all(|c| (-0.000_5..=1.000_5).contains(c));
        if fits || chroma < 0.004 {
            let [r, g, b] = channels.map(encoded);
            return Rgba(r, g, b, 255);
        }
        chroma *= 0.95;
    }
}

fn linear_of([lightness, chroma, hue]: Anchor) -> [f32; 3] {
    let (sin, cos) = hue.to_radians().sin_cos();
    let roots = times(FROM_LAB, [lightness, chroma * cos, chroma * sin]);
    times(FROM_CONES, roots.map(|root| root.powi(3)))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a byte")]
fn encoded(linear: f32) -> u8 {
    let c = linear.clamp(0.0, 1.0);
    let c = if c <= 0.003_130_8 { 12.92 * c } else { 1.055 * c.powf(1.0 / 2.4) - 0.055 };
    (c * 255.0).round() as u8
}
