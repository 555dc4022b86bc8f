//! The part of a font that a document needs.

use skrifa::{FontRef, MetadataProvider as _, Tag, string::StringId};
use subsetter::GlyphRemapper;

use super::face::Font;

/// Why a font cannot be put into a document.
#[derive(Debug, thiserror::Error)]
pub enum SubsetError {
    #[error("the font cannot be cut down to the glyphs in use: {0}")]
    Cut(#[from] subsetter::Error),
    #[error("the font cannot be read: {0}")]
    Parse(#[from] skrifa::raw::ReadError),
    #[error("the font has no outlines that a document takes")]
    Outlines,
}

/// Glyphs in use, each with a number of its own, beginning at 1.
#[derive(Debug, Clone)]
pub struct Subset {
    glyphs: GlyphRemapper,
}

/// A font with some glyphs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubsetFont {
    /// The bare CFF table, keyed by number.
    Cff(Vec<u8>),
    /// A TrueType file.
    TrueType(Vec<u8>),
}

impl Default for Subset {
    fn default() -> Self {
        Self { glyphs: GlyphRemapper::new() }
    }
}

impl Subset {
    /// The number of a glyph; a new one for a glyph not met before.
    pub fn number(&mut self, id: u16) -> u16 {
        self.glyphs.remap(id)
    }

    /// Whether nothing is in use.
    pub fn is_empty(&self) -> bool {
        self.glyphs.num_gids() <= 1
    }

    /// The font's own glyphs, in the order of their numbers; the first stands for what is missing.
    pub fn glyphs(&self) -> impl Iterator<Item = u16> + '_ {
        self.glyphs.remapped_gids()
    }

    /// The font cut down to these glyphs: a whole OpenType file without a character map.
    pub(super) fn file(&self, font: &Font) -> Result<Vec<u8>, SubsetError> {
        Ok(subsetter::subset(font.bytes(), 0, &self.glyphs)?)
    }

    /// The font as documents embed it.
    ///
    /// # Errors
    /// When the font is damaged or of a kind that cannot be cut down.
    pub fn cut(&self, font: &Font) -> Result<SubsetFont, SubsetError> {
        let file = self.file(font)?;
        let tables = FontRef::new(&file)?;
        if let Some(cff) = tables.table_data(Tag::new(b"CFF ")) {
            return Ok(SubsetFont::Cff(cff.as_bytes().to_vec()));
        }
        if tables.table_data(Tag::new(b"glyf")).is_some() {
            return Ok(SubsetFont::TrueType(file));
        }
        Err(SubsetError::Outlines)
    }
}

impl Font {
    /// Its name where names are for machines, such as `JintuSans-Bold`: letters, digits and `-`.
    pub fn postscript_name(&self) -> String {
        let name = FontRef::new(self.bytes()).ok().and_then(|font| {
            let name = font.localized_strings(StringId::POSTSCRIPT_NAME).english_or_first()?;
            Some(name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect())
        });
        name.filter(|name: &String| !name.is_empty()).unwrap_or_else(|| "Font".to_owned())
    }
}
