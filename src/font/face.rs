//! One font file in memory.

use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use harfrust::{BufferFlags, Direction, ShapeOptions, ShaperData, UnicodeBuffer};
use skrifa::{
    FontRef, GlyphId, MetadataProvider as _,
    instance::{LocationRef, Size},
    outline::DrawSettings,
};

use super::outline::{Outline, Pen};

/// Why a font could not be read.
#[derive(Debug, thiserror::Error)]
pub enum FontError {
    #[error("the font cannot be read: {0}")]
    Parse(#[from] skrifa::raw::ReadError),
}

/// One font. Safe to share between threads.
pub struct Font {
    data: Cow<'static, [u8]>,
    shaper: ShaperData,
    ems_per_unit: f32,
    /// Height of capital letters, in ems.
    pub cap_height_em: f32,
    /// How far letters reach above and (negative) below the baseline, in ems.
    pub ascent_em: f32,
    pub descent_em: f32,
    /// Left, bottom, right and top of all glyphs laid over each other, y up, in ems.
    pub bounds_em: [f32; 4],
    outlines: RwLock<HashMap<u16, Arc<Outline>>>,
}

impl std::fmt::Debug for Font {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Font").field("bytes", &self.data.len()).finish_non_exhaustive()
    }
}

/// A glyph of a run of text, in ems.
pub(super) struct ShapedGlyph {
    pub id: u16,
    /// Byte of the text at which the characters begin that it stands for.
    pub cluster: usize,
    pub advance_em: f32,
    /// From the pen to its origin, y down.
    pub offset_em: [f32; 2],
}

impl Font {
    /// Reads an OpenType or TrueType font.
    ///
    /// # Errors
    /// When the bytes are no font.
    pub fn parse(data: impl Into<Cow<'static, [u8]>>) -> Result<Self, FontError> {
        let data = data.into();
        let font = FontRef::new(&data)?;
        let metrics = font.metrics(Size::unscaled(), LocationRef::default());
        let ems_per_unit = 1.0 / f32::from(metrics.units_per_em.max(1));
        // Source Han Sans' own value where the font tells none.
        let cap_height_em = metrics.cap_height.map_or(0.733, |height| height * ems_per_unit);
        let [ascent_em, descent_em] = [metrics.ascent, metrics.descent].map(|v| v * ems_per_unit);
        let bounds_em = metrics.bounds.map_or([0.0, descent_em, 1.0, ascent_em], |bounds| {
            [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(|v| v * ems_per_unit)
        });
        let shaper = ShaperData::new(&font);
        Ok(Self {
            shaper,
            ems_per_unit,
            cap_height_em,
            ascent_em,
            descent_em,
            bounds_em,
            outlines: RwLock::default(),
            data,
        })
    }

    /// The file.
    pub fn bytes(&self) -> &[u8] {
        &self.data
    }

    /// The glyph of a character; `None` when the font has none.
    pub fn glyph_id(&self, c: char) -> Option<u16> {
        let id = FontRef::new(&self.data).ok()?.charmap().map(c)?;
        u16::try_from(id.to_u32()).ok().filter(|id| *id > 0)
    }

    /// How far a glyph moves the pen on, without kerning; nothing for one that the font does not
    /// have.
    pub fn advance_em(&self, id: u16) -> f32 {
        let Ok(font) = FontRef::new(&self.data) else { return 0.0 };
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        metrics.advance_width(GlyphId::from(id)).unwrap_or(0.0) * self.ems_per_unit
    }

    /// A glyph's outline; an empty one for a glyph that the font does not have.
    pub fn outline(&self, id: u16) -> Arc<Outline> {
        let known = self.outlines.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned();
        known.unwrap_or_else(|| {
            let outline = Arc::new(self.load(id).unwrap_or_default());
            let mut outlines = self.outlines.write().unwrap_or_else(PoisonError::into_inner);
            outlines.insert(id, outline.clone());
            outline
        })
    }

    fn load(&self, id: u16) -> Option<Outline> {
        let font = FontRef::new(&self.data).ok()?;
        let glyph = font.outline_glyphs().get(GlyphId::from(id))?;
        let mut pen = Pen::new(self.ems_per_unit);
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        glyph.draw(settings, &mut pen).ok()?;
        Some(pen.finish())
    }

    /// Sets characters, each with the byte at which it stands in the text. Glyphs that the font
    /// does not have are left out.
    pub(super) fn shape(&self, characters: &[(usize, char)]) -> Vec<ShapedGlyph> {
        let Ok(font) = FontRef::new(&self.data) else { return Vec::new() };
        let mut buffer = UnicodeBuffer::new();
        for (at, c) in characters {
            buffer.add(*c, u32::try_from(*at).unwrap_or(u32::MAX));
        }
        buffer.guess_segment_properties();
        // Numbers and Hanzi stand between whatever else; a map has no lines from right to left.
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_flags(BufferFlags::DO_NOT_INSERT_DOTTED_CIRCLE);
        let shaped = self.shaper.shaper(&font).build().shape(buffer, ShapeOptions::new());
        let ems = |units: i32| units as f32 * self.ems_per_unit;
        shaped
            .glyph_infos()
            .iter()
            .zip(shaped.glyph_positions())
            .filter_map(|(info, position)| {
                let id = u16::try_from(info.glyph_id).ok().filter(|id| *id > 0)?;
                Some(ShapedGlyph {
                    id,
                    cluster: info.cluster as usize,
                    advance_em: ems(position.x_advance),
                    offset_em: [ems(position.x_offset), -ems(position.y_offset)],
                })
            })
            .collect()
    }
}
