//! The map's look as data: colours and sizes that the window and the off-screen renderer share.
//!
//! No toolkit is named here. Colours are sRGB with straight alpha; sizes are points (1/96 inch on
//! screen, scaled by the device's pixels per point).

mod ramp;
mod symbol;

use serde::{Deserialize, Serialize};

pub use ramp::{Ramp, category_color, no_class};
pub use symbol::{EDGE, MOST_CLASSES, Marker, SymbolLook};

/// An sRGB colour with straight alpha.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rgba(pub u8, pub u8, pub u8, pub u8);

impl Rgba {
    /// From `0xRRGGBB`, opaque.
    #[must_use]
    pub const fn hex(rgb: u32) -> Self {
        let [_, r, g, b] = rgb.to_be_bytes();
        Self(r, g, b, 255)
    }

    /// From `#RRGGBB` or `#RRGGBBAA`; `None` for what is neither.
    #[must_use]
    pub fn of_hex(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#')?;
        let all = u32::from_str_radix(digits, 16)
            .ok()
            .filter(|_| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
        match digits.len() {
            6 => Some(Self::hex(all)),
            8 => {
                let [r, g, b, a] = all.to_be_bytes();
                Some(Self(r, g, b, a))
            }
            _ => None,
        }
    }

    /// `#rrggbb`, with the alpha behind it where it is not opaque.
    #[must_use]
    pub fn to_hex(self) -> String {
        let Self(r, g, b, a) = self;
        if a == 255 {
            format!("#{r:02x}{g:02x}{b:02x}")
        } else {
            format!("#{r:02x}{g:02x}{b:02x}{a:02x}")
        }
    }

    /// The same colour with its alpha replaced.
    #[must_use]
    pub const fn with_alpha(self, alpha: u8) -> Self {
        Self(self.0, self.1, self.2, alpha)
    }

    /// The same colour with its alpha scaled by `factor` in `[0, 1]`.
    #[must_use]
    pub fn faded(self, factor: f32) -> Self {
        let alpha = f32::from(self.3) * factor.clamp(0.0, 1.0);
        // In range by the clamp above.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Self(self.0, self.1, self.2, alpha.round() as u8)
    }

    /// A straight-line mix, `t = 0` being `self`.
    #[must_use]
    pub fn mix(self, other: Self, t: f32) -> Self {
        let t = t.clamp(0.0, 1.0);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let channel =
            |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * t).round() as u8;
        Self(
            channel(self.0, other.0),
            channel(self.1, other.1),
            channel(self.2, other.2),
            channel(self.3, other.3),
        )
    }
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    #[default]
    Light,
    Dark,
}

/// Colours of the basemap and of the marks on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapPalette {
    pub mode: Mode,
    /// Land outside the city.
    pub ground: Rgba,
    /// Land of the city's own counties.
    pub city: Rgba,
    pub water_line: Rgba,
    pub water_fill: Rgba,
    pub water_label: Rgba,
    pub border_county: Rgba,
    pub border_prefecture: Rgba,
    pub border_province: Rgba,
    /// Existing expressways, existing railways and metro, all quiet.
    pub context_road: Rgba,
    pub context_rail: Rgba,
    pub context_metro: Rgba,
    pub town_dot: Rgba,
    pub place_label: Rgba,
    pub county_label: Rgba,
    pub city_label: Rgba,
    /// Halo of labels and casing of lines: the ground's colour.
    pub halo: Rgba,
    pub ink: Rgba,
    pub muted: Rgba,
    pub accent: Rgba,
    pub selection: Rgba,
    pub panel: Rgba,
    pub hairline: Rgba,
}

impl MapPalette {
    #[must_use]
    pub fn of(mode: Mode) -> &'static Self {
        match mode {
            Mode::Light => &LIGHT,
            Mode::Dark => &DARK,
        }
    }
}

static LIGHT: MapPalette = MapPalette {
    mode: Mode::Light,
    ground: Rgba::hex(0xEE_EB_E2),
    city: Rgba::hex(0xFA_F8_F3),
    water_line: Rgba::hex(0xA9_C6_DD),
    water_fill: Rgba::hex(0xC4_D9_E8),
    water_label: Rgba::hex(0x5B_86_AC),
    border_county: Rgba::hex(0xCF_C8_B8),
    border_prefecture: Rgba::hex(0xBD_B4_A2),
    border_province: Rgba::hex(0xA3_98_85),
    context_road: Rgba::hex(0xDB_C4_A4),
    context_rail: Rgba::hex(0xB4_B2_AC),
    context_metro: Rgba::hex(0xCF_C0_DE),
    town_dot: Rgba::hex(0x9A_97_90),
    place_label: Rgba::hex(0x8A_8C_90),
    county_label: Rgba::hex(0x50_54_5B),
    city_label: Rgba::hex(0x1D_22_28),
    halo: Rgba::hex(0xFA_F8_F3),
    ink: Rgba::hex(0x1D_22_28),
    muted: Rgba::hex(0x6C_70_78),
    accent: Rgba::hex(0xA6_32_2A),
    selection: Rgba::hex(0xFF_F3_D6),
    panel: Rgba::hex(0xFD_FC_F9),
    hairline: Rgba::hex(0xE3_DE_D2),
};

static DARK: MapPalette = MapPalette {
    mode: Mode::Dark,
    ground: Rgba::hex(0x1A_21_29),
    city: Rgba::hex(0x12_18_1F),
    water_line: Rgba::hex(0x2A_48_68),
    water_fill: Rgba::hex(0x22_3C_58),
    water_label: Rgba::hex(0x6E_A0_D0),
    border_county: Rgba::hex(0x2E_38_43),
    border_prefecture: Rgba::hex(0x3A_46_53),
    border_province: Rgba::hex(0x50_5E_6D),
    context_road: Rgba::hex(0x4A_41_36),
    context_rail: Rgba::hex(0x45_4E_58),
    context_metro: Rgba::hex(0x45_3D_5C),
    town_dot: Rgba::hex(0x66_72_7F),
    place_label: Rgba::hex(0x7C_88_95),
    county_label: Rgba::hex(0x93_A0_AD),
    city_label: Rgba::hex(0xED_F1_F5),
    halo: Rgba::hex(0x0E_12_17),
    ink: Rgba::hex(0xED_F1_F5),
    muted: Rgba::hex(0x93_A0_AD),
    accent: Rgba::hex(0xFF_7A_6B),
    selection: Rgba::hex(0x3A_2F_1E),
    panel: Rgba::hex(0x12_18_1F),
    hairline: Rgba::hex(0x26_30_3A),
};

/// Colours of the user's own layers, in the order they are opened: at least 3:1 against the ground
/// and apart from each other in lightness too, so that they differ without colour vision.
const LAYERS: [[Rgba; 6]; 2] = [
    [
        Rgba::hex(0x0B_5E_8A),
        Rgba::hex(0xB4_50_1C),
        Rgba::hex(0x5A_2E_8C),
        Rgba::hex(0x1F_6E_43),
        Rgba::hex(0xA3_1D_5B),
        Rgba::hex(0x6B_5D_00),
    ],
    [
        Rgba::hex(0x6C_C4_F5),
        Rgba::hex(0xF2_9A_4E),
        Rgba::hex(0xB7_9A_FF),
        Rgba::hex(0x6F_D6_9A),
        Rgba::hex(0xFF_7F_B0),
        Rgba::hex(0xE9_DA_5A),
    ],
];

/// The colour of the `i`th of the user's layers; after six they begin again.
#[must_use]
pub fn layer_color(i: usize, mode: Mode) -> Rgba {
    let [light, dark] = LAYERS;
    let colors = match mode {
        Mode::Light => light,
        Mode::Dark => dark,
    };
    colors[i % colors.len()]
}

/// The kinds of road that a number tells apart (GB/T 917-2017).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RoadRank {
    /// G or S with one, two or four digits.
    Expressway,
    /// G with three digits.
    National,
    /// S with three digits.
    Provincial,
    /// X, Y and whatever else.
    Local,
}

impl RoadRank {
    /// Of a number such as `G2002`.
    #[must_use]
    pub fn of_number(number: &str) -> Self {
        let digits = number.chars().filter(char::is_ascii_digit).count();
        match (number.chars().next(), digits) {
            (Some('G' | 'S'), 1 | 2 | 4) => Self::Expressway,
            (Some('G'), 3) => Self::National,
            (Some('S'), 3) => Self::Provincial,
            _ => Self::Local,
        }
    }
}

/// Colours of a road's shield.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shield {
    pub fill: Rgba,
    pub ink: Rgba,
}

impl MapPalette {
    /// As on the road's own signs (GB 5768.2-2022), muted so that a plan's projects stay in front.
    #[must_use]
    pub const fn shield(&self, rank: RoadRank) -> Shield {
        const WHITE: Rgba = Rgba::hex(0xFF_FF_FF);
        const BLACK: Rgba = Rgba::hex(0x1D_22_28);
        let (light, dark, ink) = match rank {
            RoadRank::Expressway => (0x003E_805B, 0x002C_6445, WHITE),
            RoadRank::National => (0x00B2_4A42, 0x008C_3832, WHITE),
            RoadRank::Provincial => (0x00E5_C355, 0x00B8_9A3C, BLACK),
            RoadRank::Local => (0x00FA_FAF7, 0x00C9_CED3, BLACK),
        };
        let fill = match self.mode {
            Mode::Light => Rgba::hex(light),
            Mode::Dark => Rgba::hex(dark),
        };
        Shield { fill, ink }
    }
}
