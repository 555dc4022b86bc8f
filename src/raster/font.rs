//! A font's outlines, cached by character.

use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use tiny_skia::{Path, PathBuilder, Rect};
use ttf_parser::{Face, OutlineBuilder};

/// Why a font could not be read.
#[derive(Debug, thiserror::Error)]
pub enum FontError {
    #[error("the font cannot be read: {0}")]
    Parse(#[from] ttf_parser::FaceParsingError),
}

/// One font file in memory. Safe to share between threads.
pub struct Font {
    data: Cow<'static, [u8]>,
    /// Height of capital letters, in ems.
    pub cap_height_em: f32,
    glyphs: RwLock<HashMap<char, Option<Arc<Glyph>>>>,
}

impl std::fmt::Debug for Font {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Font").field("bytes", &self.data.len()).finish_non_exhaustive()
    }
}

/// A character's outline in ems: x to the right from its origin, y down from the baseline.
#[derive(Debug)]
pub struct Glyph {
    /// `None` for blanks.
    pub outline: Option<Path>,
    pub advance_em: f32,
}

impl Font {
    /// Reads an OpenType or TrueType font.
    ///
    /// # Errors
    /// When the bytes are no font.
    pub fn parse(data: impl Into<Cow<'static, [u8]>>) -> Result<Self, FontError> {
        let data = data.into();
        let face = Face::parse(&data, 0)?;
        let units = f32::from(face.units_per_em());
        // Source Han Sans' own value where the font tells none.
        let cap_height_em = face.capital_height().map_or(0.733, |h| f32::from(h) / units);
        Ok(Self { data, cap_height_em, glyphs: RwLock::default() })
    }

    /// The glyph of a character; `None` when the font has none.
    pub fn glyph(&self, c: char) -> Option<Arc<Glyph>> {
        let known = self.glyphs.read().unwrap_or_else(PoisonError::into_inner).get(&c).cloned();
        known.unwrap_or_else(|| {
            let glyph = self.load(c).map(Arc::new);
            let mut glyphs = self.glyphs.write().unwrap_or_else(PoisonError::into_inner);
            glyphs.insert(c, glyph.clone());
            glyph
        })
    }

    fn load(&self, c: char) -> Option<Glyph> {
        let face = Face::parse(&self.data, 0).ok()?;
        let id = face.glyph_index(c)?;
        let scale = 1.0 / f32::from(face.units_per_em());
        let mut outline = Outline { builder: PathBuilder::new(), scale };
        let drawn = face.outline_glyph(id, &mut outline).is_some();
        let advance_em = face.glyph_hor_advance(id).map_or(1.0, |a| f32::from(a) * scale);
        Some(Glyph { outline: if drawn { outline.builder.finish() } else { None }, advance_em })
    }
}

/// Regular and bold.
#[derive(Debug)]
pub struct Fonts {
    pub regular: Font,
    pub bold: Font,
}

impl Fonts {
    pub fn face(&self, bold: bool) -> &Font {
        if bold { &self.bold } else { &self.regular }
    }

    /// The glyph in the wanted weight, else in the other, else a box.
    pub fn glyph(&self, c: char, bold: bool) -> Arc<Glyph> {
        let found = self.face(bold).glyph(c).or_else(|| self.face(!bold).glyph(c));
        found.unwrap_or_else(|| Arc::new(missing(c)))
    }
}

/// What stands for a character that no font has: nothing for blanks, else an empty box.
fn missing(c: char) -> Glyph {
    let invisible = c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}');
    let advance_em = match c {
        _ if invisible => 0.0,
        '\u{3000}' => 1.0,
        _ if c.is_whitespace() => 0.3,
        _ if c.is_ascii() => 0.6,
        _ => 1.0,
    };
    let outline = if invisible || c.is_whitespace() { None } else { hollow_box(advance_em) };
    Glyph { outline, advance_em }
}

fn hollow_box(advance_em: f32) -> Option<Path> {
    const LINE: f32 = 0.06;
    let outer = Rect::from_ltrb(0.08, -0.78, advance_em - 0.08, 0.06)?;
    let (left, top) = (outer.left() + LINE, outer.top() + LINE);
    let (right, bottom) = (outer.right() - LINE, outer.bottom() - LINE);
    let mut builder = PathBuilder::new();
    builder.push_rect(outer);
    // The other way round, so that it is cut out.
    builder.move_to(left, top);
    builder.line_to(left, bottom);
    builder.line_to(right, bottom);
    builder.line_to(right, top);
    builder.close();
    builder.finish()
}

struct Outline {
    builder: PathBuilder,
    scale: f32,
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.builder.move_to(x * self.scale, -y * self.scale);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.builder.line_to(x * self.scale, -y * self.scale);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let s = self.scale;
        self.builder.quad_to(x1 * s, -y1 * s, x * s, -y * s);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let s = self.scale;
        self.builder.cubic_to(x1 * s, -y1 * s, x2 * s, -y2 * s, x * s, -y * s);
    }

    fn close(&mut self) {
        self.builder.close();
    }
}
