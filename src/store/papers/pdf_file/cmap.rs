//! Character maps (Adobe technical note 5014): codes to characters, codes to glyphs.

use std::collections::HashMap;

/// A map that a file brings with it.
#[derive(Debug, Default)]
pub struct CharacterMap {
    /// How many bytes codes have, by their first byte: first, last, length.
    spaces: Vec<(u8, u8, usize)>,
    single: HashMap<u32, String>,
    /// First, last, and the characters of the first.
    ranges: Vec<(u32, u32, String)>,
    /// First, last, and the glyph of the first.
    glyphs: Vec<(u32, u32, u32)>,
}

/// Entries of a map; a font has 65 536 glyphs.
const MOST: usize = 200_000;

impl CharacterMap {
    pub fn read(text: &[u8]) -> Self {
        let mut own = Self::default();
        let mut words = Words { text, at: 0 };
        let mut section = Section::None;
        let mut row: Vec<Word> = Vec::new();
        while let Some(word) = words.next() {
            if let Word::Name(name) = &word {
                section = match name.as_slice() {
                    b"begincodespacerange" => Section::Spaces,
                    b"beginbfchar" => Section::Single,
                    b"beginbfrange" => Section::Ranges,
                    b"begincidrange" => Section::Glyphs,
                    b"begincidchar" => Section::Glyph,
                    _ => Section::None,
                };
                row.clear();
                continue;
            }
            if section == Section::None {
                continue;
            }
            row.push(word);
            let wanted = if matches!(section, Section::Ranges | Section::Glyphs) { 3 } else { 2 };
            if row.len() == wanted {
                own.take(section, &row);
                row.clear();
            }
            if own.single.len() + own.ranges.len() + own.glyphs.len() > MOST {
                break;
            }
        }
        own.ranges.sort_by_key(|range| range.0);
        own.glyphs.sort_unstable();
        own
    }

    fn take(&mut self, section: Section, row: &[Word]) {
        match (section, row) {
            (Section::Spaces, [Word::Bytes(low), Word::Bytes(high)]) => {
                if let (Some(first), Some(last)) = (low.first(), high.first()) {
                    self.spaces.push((*first, *last, low.len().clamp(1, 4)));
                }
            }
            (Section::Single, [Word::Bytes(code), Word::Bytes(to)]) => {
                self.single.insert(number(code), utf_16(to));
            }
            (Section::Ranges, [Word::Bytes(low), Word::Bytes(high), Word::Bytes(to)]) => {
                self.ranges.push((number(low), number(high), utf_16(to)));
            }
            (Section::Ranges, [Word::Bytes(low), Word::Bytes(_), Word::List(list)]) => {
                for (code, to) in (number(low)..).zip(list).take(MOST) {
                    self.single.insert(code, utf_16(to));
                }
            }
            (Section::Glyphs, [Word::Bytes(low), Word::Bytes(high), Word::Number(to)]) => {
                self.glyphs.push((number(low), number(high), *to));
            }
            (Section::Glyph, [Word::Bytes(code), Word::Number(to)]) => {
                self.glyphs.push((number(code), number(code), *to));
            }
            _ => {}
        }
    }

    pub fn has_characters(&self) -> bool {
        !self.single.is_empty() || !self.ranges.is_empty()
    }

    /// The characters of a code.
    pub fn characters(&self, code: u32) -> Option<String> {
        if let Some(own) = self.single.get(&code) {
            return Some(own.clone());
        }
        let after = self.ranges.partition_point(|range| range.0 <= code);
        let (low, high, first) = self.ranges.get(after.checked_sub(1)?)?;
        if code > *high {
            return None;
        }
        // The last character counts on.
        let mut signs: Vec<char> = first.chars().collect();
        let last = signs.pop()?;
        signs.push(char::from_u32(u32::from(last).checked_add(code - low)?)?);
        Some(signs.into_iter().collect())
    }

    /// The glyph of a code; the code itself where nothing is said.
    pub fn glyph(&self, code: u32) -> u32 {
        let after = self.glyphs.partition_point(|range| range.0 <= code);
        let own = after.checked_sub(1).and_then(|at| self.glyphs.get(at));
        own.filter(|range| code <= range.1)
            .map_or(code, |range| range.2.saturating_add(code - range.0))
    }

    /// How many bytes a code has that begins so.
    pub fn code_len(&self, first: u8) -> Option<usize> {
        let own = self.spaces.iter().find(|(low, high, _)| (*low..=*high).contains(&first));
        own.map(|space| space.2)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    None,
    Spaces,
    Single,
    Ranges,
    Glyphs,
    Glyph,
}

enum Word {
    Bytes(Vec<u8>),
    List(Vec<Vec<u8>>),
    Number(u32),
    Name(Vec<u8>),
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |n, byte| n << 8 | u32::from(*byte))
}

fn utf_16(bytes: &[u8]) -> String {
    if let [byte] = bytes {
        return char::from(*byte).to_string();
    }
    let pairs = bytes.chunks_exact(2).take(16);
    let units: Vec<u16> = pairs.map(|p| p.iter().fold(0, |n, b| n << 8 | u16::from(*b))).collect();
    String::from_utf16_lossy(&units)
}

/// The words of a map, as PostScript writes them.
struct Words<'a> {
    text: &'a [u8],
    at: usize,
}

impl Words<'_> {
    fn next(&mut self) -> Option<Word> {
        loop {
            let byte = *self.text.get(self.at)?;
            self.at += 1;
            match byte {
                b'%' => self.skip_while(|b| b != b'\n' && b != b'\r'),
                b'<' if self.text.get(self.at) != Some(&b'<') => {
                    return Some(Word::Bytes(self.hex()));
                }
                b'[' => {
                    let mut list = Vec::new();
                    while let Some(byte) = self.text.get(self.at) {
                        self.at += 1;
                        match byte {
                            b'<' if list.len() < MOST => list.push(self.hex()),
                            b']' => break,
                            _ => {}
                        }
                    }
                    return Some(Word::List(list));
                }
                b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => {
                    let start = self.at - 1;
                    self.skip_while(|b| b.is_ascii_alphanumeric());
                    let word = self.text.get(start..self.at).unwrap_or_default();
                    let digits = std::str::from_utf8(word).ok().and_then(|w| w.parse().ok());
                    return Some(digits.map_or_else(|| Word::Name(word.to_vec()), Word::Number));
                }
                _ => {}
            }
        }
    }

    fn skip_while(&mut self, keep: impl Fn(u8) -> bool) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        self.at += rest.iter().take_while(|b| keep(**b)).count();
    }

    fn hex(&mut self) -> Vec<u8> {
        let start = self.at;
        self.skip_while(|b| b != b'>');
        let digits = self.text.get(start..self.at).unwrap_or_default();
        self.at += 1;
        let digits: Vec<u32> =
            digits.iter().filter_map(|b| char::from(*b).to_digit(16)).take(256).collect();
        let byte = |pair: &[u32]| {
            let low = pair.get(1).copied().unwrap_or(0);
            u8::try_from(pair.first().copied().unwrap_or(0) * 16 + low).unwrap_or(0)
        };
        digits.chunks(2).map(byte).collect()
    }
}
