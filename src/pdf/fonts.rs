//! Fonts, cut down to what is in use, with a map back to characters so that text can be searched
//! and copied.

use std::collections::BTreeMap;

use pdf_writer::{
    Filter, Finish as _, Name, Pdf, Rect, Ref, Str,
    types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap},
};

use super::document::{PdfError, Refs, packed};
use crate::font::{Font, Subset, SubsetFont};

const CMAP_NAME: Name = Name(b"Jintu-UCS");
const SYSTEM: SystemInfo =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };
/// What PDF counts in an em.
pub const UNITS: f32 = 1000.0;

/// Glyphs of a font in use.
#[derive(Default)]
pub struct UsedFont {
    subset: Subset,
    /// Characters by number of glyph: the shortest that it has stood for.
    texts: BTreeMap<u16, String>,
}

impl UsedFont {
    /// The number by which the document knows a glyph that stands for some characters.
    pub fn number(&mut self, id: u16, characters: &str) -> u16 {
        let number = self.subset.number(id);
        let known = self.texts.get(&number);
        if known.is_none_or(|known| characters.chars().count() < known.chars().count()) {
            self.texts.insert(number, characters.to_owned());
        }
        number
    }

    pub fn is_empty(&self) -> bool {
        self.subset.is_empty()
    }
}

/// Writes a font and returns what pages refer to.
pub fn write_font(
    file: &mut Pdf,
    refs: &mut Refs,
    font: &Font,
    used: &UsedFont,
) -> Result<Ref, PdfError> {
    let [type0, descendant, descriptor, data, map] = [(); 5].map(|()| refs.next());
    let subset = used.subset.cut(font)?;
    let name = format!("{}+{}", tag(used), font.postscript_name());
    let is_cff = matches!(subset, SubsetFont::Cff(_));

    let type0_name = if is_cff { format!("{name}-Identity-H") } else { name.clone() };
    file.type0_font(type0)
        .base_font(Name(type0_name.as_bytes()))
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(descendant)
        .to_unicode(map);

    let mut cid = file.cid_font(descendant);
    cid.subtype(if is_cff { CidFontType::Type0 } else { CidFontType::Type2 })
        .base_font(Name(name.as_bytes()))
        .system_info(SYSTEM)
        .font_descriptor(descriptor)
        .default_width(UNITS);
    if !is_cff {
        cid.cid_to_gid_map_predefined(Name(b"Identity"));
    }
    let widths = used.subset.glyphs().map(|id| font.advance_em(id) * UNITS);
    cid.widths().consecutive(0, widths);
    cid.finish();

    let [left, bottom, right, top] = font.bounds_em.map(|em| em * UNITS);
    let mut described = file.font_descriptor(descriptor);
    described
        .name(Name(name.as_bytes()))
        .flags(FontFlags::SYMBOLIC)
        .bbox(Rect::new(left, bottom, right, top))
        .italic_angle(0.0)
        .ascent(font.ascent_em * UNITS)
        .descent(font.descent_em * UNITS)
        .cap_height(font.cap_height_em * UNITS)
        // Readers use it only where they have to do without the font.
        .stem_v(if name.contains("Bold") { 140.0 } else { 80.0 });
    if is_cff {
        described.font_file3(data)
    } else {
        described.font_file2(data)
    };
    described.finish();

    let (SubsetFont::Cff(bytes) | SubsetFont::TrueType(bytes)) = &subset;
    let packed_font = packed(bytes)?;
    let mut stream = file.stream(data, &packed_font);
    stream.filter(Filter::FlateDecode);
    if is_cff {
        stream.pair(Name(b"Subtype"), Name(b"CIDFontType0C"));
    } else {
        stream.pair(Name(b"Length1"), i32::try_from(bytes.len()).unwrap_or(i32::MAX));
    }
    stream.finish();

    let mut to_unicode = UnicodeCmap::<u16>::new(CMAP_NAME, SYSTEM);
    for (number, text) in &used.texts {
        to_unicode.pair_with_multiple(*number, text.chars());
    }
    let to_unicode = packed(&to_unicode.finish())?;
    file.cmap(map, &to_unicode).filter(Filter::FlateDecode);
    Ok(type0)
}

/// Six letters that tell one subset from another (ISO 32000-1, 9.6.4).
fn tag(used: &UsedFont) -> String {
    // FNV-1a over the glyphs.
    let hash =
        used.subset.glyphs().flat_map(u16::to_be_bytes).fold(0xCBF2_9CE4_8422_2325, |h, b| {
            (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3_u64)
        });
    (0..6_u32).map(|i| char::from(b'A' + ((hash >> (8 * i)) % 26) as u8)).collect()
}
