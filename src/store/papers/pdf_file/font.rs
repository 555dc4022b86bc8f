//! Fonts of a PDF file (ISO 32000-1, 9.5 to 9.10): how bytes become characters and widths.

use std::collections::HashMap;

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, MACINTOSH, SHIFT_JIS, WINDOWS_1252};
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use skrifa::{FontRef, MetadataProvider};

use super::{cmap::CharacterMap, glyph_names::character_of_name, stream::unpacked};

/// A font, as far as its text is concerned.
pub struct Font {
    /// Its name without the tag of a subset.
    pub name: String,
    to_unicode: Option<CharacterMap>,
    codes: Codes,
    widths: Widths,
}

/// How bytes become codes, and codes characters where no map says it.
enum Codes {
    /// One byte each.
    Simple(Box<[Option<char>; 256]>),
    /// Two bytes each: glyphs, with characters only where the embedded font tells them.
    Glyphs(HashMap<u32, char>),
    /// By a map of the file itself.
    Embedded(CharacterMap),
    /// UTF-16 of a predefined map.
    Utf16,
    /// The code page of a predefined map.
    Page(&'static Encoding),
}

struct Widths {
    by_code: HashMap<u32, f32>,
    default: f32,
    /// Widths are those of glyphs whose numbers are not known: ideographs are as wide as high.
    is_guessed: bool,
}

/// A character of a text as it is shown.
pub struct Shown {
    /// Empty where nobody says what it is.
    pub text: String,
    /// In thousandths of the font's size.
    pub width: f32,
    /// It is the single byte 32, which may be given more room.
    pub is_space: bool,
}

/// Glyphs with a width of their own.
const MOST_WIDTHS: usize = 200_000;

impl Font {
    pub fn read(dict: &Dict<'_>) -> Self {
        let name = dict.get::<Name<'_>>("BaseFont").map(|n| n.as_str().to_owned());
        let name = name.unwrap_or_default();
        let name = name.split_once('+').map_or(name.as_str(), |(_, own)| own).to_owned();
        let map = dict.get::<Stream<'_>>("ToUnicode").and_then(|s| unpacked(&s));
        let to_unicode = map.map(|m| CharacterMap::read(&m)).filter(CharacterMap::has_characters);
        let is_composite = dict.get::<Name<'_>>("Subtype").is_some_and(|n| n.as_str() == "Type0");
        let (codes, widths) = if is_composite { composite(dict) } else { simple(dict) };
        Self { name, to_unicode, codes, widths }
    }

    /// Tells each character that bytes show.
    pub fn show(&self, bytes: &[u8], each: &mut dyn FnMut(Shown)) {
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            let len = self.code_len(rest).min(rest.len()).max(1);
            let own = rest.get(..len).unwrap_or_default();
            at += len;
            let code = own.iter().fold(0_u32, |n, byte| n << 8 | u32::from(*byte));
            let by_map = self.to_unicode.as_ref().and_then(|map| map.characters(code));
            let text = by_map.filter(|t| is_told(t)).or_else(|| self.characters(code, own));
            let text = text.unwrap_or_default();
            let width = self.width(code, &text);
            each(Shown { width, is_space: own == b" ", text });
        }
    }

    fn code_len(&self, rest: &[u8]) -> usize {
        let first = rest.first().copied().unwrap_or(0);
        match &self.codes {
            Codes::Simple(_) => 1,
            Codes::Embedded(map) => map.code_len(first).unwrap_or(2),
            Codes::Utf16 if (0xD8..0xDC).contains(&first) => 4,
            Codes::Page(_) if first < 0x81 => 1,
            // The second byte of a four-byte code of GB 18030 is a digit.
            Codes::Page(page)
                if *page == GB18030 && rest.get(1).is_some_and(u8::is_ascii_digit) =>
            {
                4
            }
            Codes::Glyphs(_) | Codes::Utf16 | Codes::Page(_) => 2,
        }
    }

    fn characters(&self, code: u32, bytes: &[u8]) -> Option<String> {
        match &self.codes {
            Codes::Simple(table) => table.get(code as usize).copied().flatten().map(String::from),
            Codes::Glyphs(by_glyph) => by_glyph.get(&code).copied().map(String::from),
            Codes::Embedded(_) => None,
            Codes::Utf16 => {
                let pairs = bytes.chunks_exact(2);
                let units = pairs.map(|p| p.iter().fold(0_u16, |n, b| n << 8 | u16::from(*b)));
                char::decode_utf16(units).collect::<Result<String, _>>().ok()
            }
            Codes::Page(page) => {
                page.decode_without_bom_handling_and_without_replacement(bytes).map(Into::into)
            }
        }
    }

    fn width(&self, code: u32, text: &str) -> f32 {
        if self.widths.is_guessed {
            // Of a usual Latin face.
            return match text.chars().next() {
                Some('A'..='Z' | 'm' | 'w' | '%' | '&' | '@') => 720.0,
                Some(c) if c.is_ascii() => 500.0,
                _ => 1000.0,
            };
        }
        let code = match &self.codes {
            Codes::Embedded(map) => map.glyph(code),
            _ => code,
        };
        self.widths.by_code.get(&code).copied().unwrap_or(self.widths.default)
    }
}

/// Whether a map says something: zeros and the sign for what is not known say nothing, and what
/// lies in a private area means something to one font only.
fn is_told(text: &str) -> bool {
    let unknown = |c: char| matches!(c, '\0' | '\u{FFFD}' | '\u{E000}'..='\u{F8FF}');
    !text.is_empty() && !text.chars().all(unknown)
}

fn simple(dict: &Dict<'_>) -> (Codes, Widths) {
    let encoding = dict.get::<Dict<'_>>("Encoding");
    let base = match &encoding {
        Some(own) => own.get::<Name<'_>>("BaseEncoding"),
        None => dict.get::<Name<'_>>("Encoding"),
    };
    let descriptor = dict.get::<Dict<'_>>("FontDescriptor");
    let flags = descriptor.as_ref().and_then(|d| d.get::<i32>("Flags")).unwrap_or(0);
    let is_embedded = descriptor.as_ref().is_some_and(|d| {
        ["FontFile", "FontFile2", "FontFile3"].iter().any(|key| d.contains_key(key))
    });
    // A symbolic font that brings its own glyphs may show anything.
    let is_own = base.is_none() && flags & 4 != 0 && is_embedded;
    let page = match base.as_ref().map(Name::as_str) {
        Some("MacRomanEncoding") => MACINTOSH,
        _ => WINDOWS_1252,
    };
    let mut table = Box::new([None; 256]);
    if !is_own {
        for (code, slot) in (0_u8..=255).zip(table.iter_mut()) {
            let word = [code];
            let text = page.decode_without_bom_handling(&word).0;
            *slot = text.chars().next().filter(|c| !c.is_control());
        }
    }
    let differences = encoding.and_then(|own| own.get::<Array<'_>>("Differences"));
    let mut at = 0_usize;
    for item in differences.iter().flat_map(Array::iter::<Object<'_>>).take(1024) {
        match item {
            Object::Number(n) => at = whole(n),
            Object::Name(name) => {
                if let Some(slot) = table.get_mut(at) {
                    *slot = character_of_name(name.as_str());
                }
                at += 1;
            }
            _ => {}
        }
    }
    let first = dict.get::<i32>("FirstChar").and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
    let stated = dict.get::<Array<'_>>("Widths");
    let stated = stated.iter().flat_map(Array::iter::<Number>).take(256);
    let by_code = (first..).zip(stated.map(length)).collect();
    let missing = descriptor.and_then(|d| d.get::<Number>("MissingWidth"));
    let default = missing.map_or(500.0, length);
    (Codes::Simple(table), Widths { by_code, default, is_guessed: false })
}

fn composite(dict: &Dict<'_>) -> (Codes, Widths) {
    let descendant = dict.get::<Array<'_>>("DescendantFonts");
    let descendant = descendant.and_then(|a| a.iter::<Dict<'_>>().next()).unwrap_or_default();
    let own_map = dict.get::<Stream<'_>>("Encoding").and_then(|s| unpacked(&s));
    let name = dict.get::<Name<'_>>("Encoding").map(|n| n.as_str().to_owned()).unwrap_or_default();
    let codes = match own_map {
        Some(map) => Codes::Embedded(CharacterMap::read(&map)),
        None => predefined(&name).unwrap_or_else(|| Codes::Glyphs(glyphs(&descendant))),
    };
    let is_guessed = matches!(codes, Codes::Utf16 | Codes::Page(_));
    let mut by_code = HashMap::new();
    let widths = descendant.get::<Array<'_>>("W");
    let mut items = widths.iter().flat_map(Array::iter::<Object<'_>>);
    while let Some(Object::Number(first)) = items.next() {
        let first = u32::try_from(whole(first)).unwrap_or(0);
        match items.next() {
            Some(Object::Array(own)) => {
                by_code.extend((first..).zip(own.iter::<Number>().map(length)).take(MOST_WIDTHS));
            }
            Some(Object::Number(last)) => {
                let last =
                    u32::try_from(whole(last)).unwrap_or(0).min(first.saturating_add(65_535));
                let Some(Object::Number(width)) = items.next() else { break };
                by_code.extend((first..=last).map(|code| (code, length(width))));
            }
            _ => break,
        }
        if by_code.len() > MOST_WIDTHS {
            break;
        }
    }
    let default = descendant.get::<Number>("DW").map_or(1000.0, length);
    (codes, Widths { by_code, default, is_guessed })
}

/// Predefined maps whose codes are those of an encoding of text (ISO 32000-1, table 118).
fn predefined(name: &str) -> Option<Codes> {
    let starts = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
    if name.contains("UCS2") || name.contains("UTF16") {
        Some(Codes::Utf16)
    } else if starts(&["GBK", "GB-EUC", "GBpc-EUC"]) {
        Some(Codes::Page(GB18030))
    } else if starts(&["B5pc", "ETen", "HKscs"]) {
        Some(Codes::Page(BIG5))
    } else if starts(&["90ms-RKSJ", "90msp-RKSJ", "90pv-RKSJ", "83pv-RKSJ"]) {
        Some(Codes::Page(SHIFT_JIS))
    } else if starts(&["KSC"]) {
        Some(Codes::Page(EUC_KR))
    } else {
        None
    }
}

/// The characters of glyphs by the embedded font's own table, where it has kept it.
fn glyphs(descendant: &Dict<'_>) -> HashMap<u32, char> {
    let descriptor = descendant.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
    let file = ["FontFile2", "FontFile3"].iter().find_map(|key| descriptor.get::<Stream<'_>>(key));
    let Some(bytes) = file.and_then(|s| unpacked(&s)) else { return HashMap::new() };
    // Another order of glyphs than the font's own is a table of its own.
    if descendant.get::<Stream<'_>>("CIDToGIDMap").is_some() {
        return HashMap::new();
    }
    let Ok(font) = FontRef::new(&bytes) else { return HashMap::new() };
    let mut by_glyph = HashMap::new();
    for (code, glyph) in font.charmap().mappings().take(MOST_WIDTHS) {
        if let Some(sign) = char::from_u32(code) {
            by_glyph.entry(glyph.to_u32()).or_insert(sign);
        }
    }
    by_glyph
}

#[expect(clippy::cast_possible_truncation, reason = "no width of a glyph is that large")]
fn length(number: Number) -> f32 {
    (number.as_f64() as f32).clamp(-10_000.0, 10_000.0)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "held within the numbers of glyphs"
)]
fn whole(number: Number) -> usize {
    number.as_f64().clamp(0.0, 1_000_000.0) as usize
}
