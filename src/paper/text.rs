//! Text on the paper.

use crate::style::Rgba;

/// Height of a line of text, in ems.
pub const LINE_HEIGHT_EM: f32 = 1.3;

/// Text: one line, or several parted by `\n`, which stand [`LINE_HEIGHT_EM`] apart. Who copies it
/// gets it in one line.
#[derive(Debug, Clone, PartialEq)]
pub struct TextDrawing {
    pub text: String,
    /// Its x is every line's left end, centre or right end; its y the middle of the capital letters
    /// of a line, or the middle of all lines.
    pub at_pt: [f32; 2],
    pub align: Align,
    pub style: TextStyle,
    /// Where the lines stand instead of under each other, one place for each: the letters of a name
    /// along a river. Empty for other text.
    pub lines_at_pt: Vec<[f32; 2]>,
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
    pub fn new(text: impl Into<String>, at_pt: [f32; 2], align: Align, style: TextStyle) -> Self {
        Self { text: text.into(), at_pt, align, style, lines_at_pt: Vec::new() }
    }

    /// Text that begins at a place.
    pub fn left(text: impl Into<String>, at_pt: [f32; 2], style: TextStyle) -> Self {
        Self::new(text, at_pt, Align::Left, style)
    }

    /// Text around a place.
    pub fn centered(text: impl Into<String>, at_pt: [f32; 2], style: TextStyle) -> Self {
        Self::new(text, at_pt, Align::Center, style)
    }

    /// Text that ends at a place.
    pub fn right(text: impl Into<String>, at_pt: [f32; 2], style: TextStyle) -> Self {
        Self::new(text, at_pt, Align::Right, style)
    }

    /// Parts of a text, each around its own place.
    pub fn spread(parts: &[&str], at_pt: Vec<[f32; 2]>, style: TextStyle) -> Self {
        let first = at_pt.first().copied().unwrap_or_default();
        Self { lines_at_pt: at_pt, ..Self::new(parts.join("\n"), first, Align::Center, style) }
    }

    /// Its lines as one: what was broken only to fit is joined, words with a blank between them.
    pub fn in_one_line(&self) -> String {
        let mut all = String::with_capacity(self.text.len());
        for line in self.text.split('\n') {
            if needs_blank(&all, line) {
                all.push(' ');
            }
            all.push_str(line);
        }
        all
    }
}

/// Whether two lines need a blank between them where they are joined: Hanzi do not.
pub fn needs_blank(before: &str, after: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && c < '\u{2E80}');
    is_word(before.chars().next_back()) && is_word(after.chars().next())
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
