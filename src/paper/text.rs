//! Text on the paper.

use crate::style::Rgba;

/// Height of a line of text, in ems.
pub const LINE_HEIGHT_EM: f32 = 1.3;

/// Text: one line, or several parted by `\n`, which stand [`LINE_HEIGHT_EM`] apart.
#[derive(Debug, Clone, PartialEq)]
pub struct TextDrawing {
    pub text: String,
    /// Its x is every line's left end, centre or right end; its y the middle of the capital letters
    /// of a line, or the middle of all lines.
    pub at_pt: [f32; 2],
    pub align: Align,
    pub style: TextStyle,
}

/// Which part of a line its anchor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Center,
    Right,
}

/// How text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextStyle {
    pub size_pt: f32,
    pub bold: bool,
    /// Extra space between characters, in ems.
    pub tracking_em: f32,
    pub color: Rgba,
    /// Colour and reach in points of a rim around the letters, under all of them.
    pub halo: Option<(Rgba, f32)>,
}

impl TextDrawing {
    /// Text that begins at a place.
    pub fn left(text: impl Into<String>, at_pt: [f32; 2], style: TextStyle) -> Self {
        Self { text: text.into(), at_pt, align: Align::Left, style }
    }

    /// Text around a place.
    pub fn centered(text: impl Into<String>, at_pt: [f32; 2], style: TextStyle) -> Self {
        Self { text: text.into(), at_pt, align: Align::Center, style }
    }

    /// Text that ends at a place.
    pub fn right(text: impl Into<String>, at_pt: [f32; 2], style: TextStyle) -> Self {
        Self { text: text.into(), at_pt, align: Align::Right, style }
    }
}

impl TextStyle {
    /// Plain text without halo.
    pub const fn plain(size_pt: f32, color: Rgba) -> Self {
        Self { size_pt, bold: false, tracking_em: 0.0, color, halo: None }
    }

    #[must_use]
    pub const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// With space between characters.
    #[must_use]
    pub const fn tracked(self, tracking_em: f32) -> Self {
        Self { tracking_em, ..self }
    }

    /// With a rim.
    #[must_use]
    pub const fn haloed(self, color: Rgba, reach_pt: f32) -> Self {
        Self { halo: Some((color, reach_pt)), ..self }
    }
}
