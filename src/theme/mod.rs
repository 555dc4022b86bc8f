//! The window's look: the only place of `gui` that makes colours, sizes and fonts.

mod fonts;
mod visuals;

use egui::{Color32, FontFamily, FontId, RichText};

pub use fonts::{install as install_fonts, paper_fonts};
pub use visuals::apply;

use crate::style::{MapPalette, Mode, Rgba};

/// The family of the bold weight; egui makes none of its own.
pub const BOLD: &str = "bold";

/// Pictures keep their own colours.
pub const UNTINTED: Color32 = Color32::WHITE;

/// Sizes in points, on a grid of four.
pub mod size {
    pub const SMALL: f32 = 12.0;
    pub const BODY: f32 = 14.0;
    pub const HEADING: f32 = 16.0;
    pub const TITLE: f32 = 20.0;

    pub const TOP_BAR: f32 = 48.0;
    pub const STATUS_BAR: f32 = 26.0;
    pub const LEFT: f32 = 304.0;
    pub const RIGHT: f32 = 384.0;
    pub const TABLE: f32 = 248.0;
    pub const PALETTE: f32 = 560.0;
    /// Widest notice, and the log of them.
    pub const NOTICE: f32 = 640.0;
    /// Widest sheet of text.
    pub const SHEET: f32 = 860.0;
    /// The column of keys beside what they do.
    pub const KEYS: f32 = 148.0;
    pub const ROW: f32 = 28.0;
    /// From this width on side panels dock; below they lie over the map.
    pub const DOCK_FROM: f32 = 1440.0;
    /// From this width on both can lie over the map at once.
    pub const BOTH_FROM: f32 = 1340.0;
    /// The interface is never so large that the window has less room than this.
    pub const LEAST_WINDOW: [f32; 2] = [600.0, 380.0];
    pub const RADIUS: u8 = 6;
}

/// How what was recognised in a plan is told apart by colour, beside its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// An item of a list.
    Listed,
    Sure,
    Likely,
    Doubtful,
    ByHand,
    /// No longer in the list.
    Out,
}

/// Colours for one mode.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    pub map: &'static MapPalette,
}

impl Theme {
    pub fn of(mode: Mode) -> Self {
        Self { map: MapPalette::of(mode) }
    }

    pub fn ink(&self) -> Color32 {
        color(self.map.ink)
    }

    pub fn muted(&self) -> Color32 {
        color(self.map.muted)
    }

    pub fn accent(&self) -> Color32 {
        color(self.map.accent)
    }

    pub fn panel(&self) -> Color32 {
        color(self.map.panel)
    }

    pub fn hairline(&self) -> Color32 {
        color(self.map.hairline)
    }

    /// Ground of the selected row.
    pub fn selection(&self) -> Color32 {
        color(self.map.selection)
    }

    /// Ground of chips, fields and hovered rows.
    pub fn chip(&self) -> Color32 {
        color(self.map.panel.mix(self.map.ink, 0.07))
    }

    /// Text on the accent.
    pub fn on_accent(&self) -> Color32 {
        match self.map.mode {
            Mode::Light => color(Rgba::hex(0xFF_FF_FF)),
            Mode::Dark => color(Rgba::hex(0x14_0B_0A)),
        }
    }

    /// Panels that lie on the map.
    pub fn floating(&self) -> Color32 {
        color(self.map.panel.with_alpha(244))
    }

    /// The colour of a tone: at least 3:1 against the panel, apart in lightness too.
    pub fn tone(&self, tone: Tone) -> Color32 {
        let (light, dark) = match tone {
            Tone::Listed => (0x0032_5B9F, 0x0077_BEFF),
            Tone::Sure => (0x001A_7F5A, 0x005F_D3A0),
            Tone::Likely => (0x00B9_7700, 0x00FF_C145),
            Tone::Doubtful => (0x00B3_261E, 0x00FF_7A6B),
            Tone::ByHand => (0x0098_5EE2, 0x00B7_9AFF),
            Tone::Out => return self.muted(),
        };
        color(Rgba::hex(if self.map.mode == Mode::Light { light } else { dark }))
    }

    /// Darkness behind a sheet.
    pub fn shade(&self) -> Color32 {
        color(Rgba(0, 0, 0, 120))
    }

    /// Shadow under floating panels.
    pub fn shadow(&self) -> Color32 {
        color(Rgba(0, 0, 0, if self.map.mode == Mode::Light { 26 } else { 90 }))
    }

    /// Ground of a slide's words, from opaque to nothing.
    pub fn slide_ground(&self, alpha: u8) -> Color32 {
        let ground = match self.map.mode {
            Mode::Light => self.map.panel,
            Mode::Dark => Rgba::hex(0x0A_0D_11),
        };
        color(ground.with_alpha(alpha))
    }

    pub fn black() -> Color32 {
        Color32::BLACK
    }

    pub fn white() -> Color32 {
        Color32::WHITE
    }
}

/// As egui has it.
pub fn color(c: Rgba) -> Color32 {
    Color32::from_rgba_unmultiplied(c.0, c.1, c.2, c.3)
}

/// A font of the text family.
pub fn font(size: f32, bold: bool) -> FontId {
    if bold { FontId::new(size, FontFamily::Name(BOLD.into())) } else { FontId::proportional(size) }
}

/// Text in size and weight.
pub fn text(words: impl Into<String>, size: f32, bold: bool) -> RichText {
    RichText::new(words).font(font(size, bold))
}
