//! A font file for web pages: some characters of a font, with what a browser asks for.

use std::collections::{BTreeMap, BTreeSet};

use skrifa::{FontRef, Tag};

use super::{
    face::Font,
    subset::{Subset, SubsetError},
};

const CMAP: Tag = Tag::new(b"cmap");
const HEAD: Tag = Tag::new(b"head");
const OS_2: Tag = Tag::new(b"OS/2");
const POST: Tag = Tag::new(b"post");

impl Font {
    /// An OpenType file with these characters, as far as the font has them.
    ///
    /// # Errors
    /// When the font is damaged or of a kind that cannot be cut down.
    pub fn web_font(&self, characters: &BTreeSet<char>) -> Result<Vec<u8>, SubsetError> {
        let mut subset = Subset::default();
        let map: BTreeMap<u32, u16> = characters
            .iter()
            .filter_map(|c| Some((u32::from(*c), subset.number(self.glyph_id(*c)?))))
            .collect();
        let cut = subset.file(self)?;
        let (cut_font, whole_font) = (FontRef::new(&cut)?, FontRef::new(self.bytes())?);
        let mut tables: BTreeMap<Tag, Vec<u8>> = BTreeMap::new();
        for record in cut_font.table_directory().table_records() {
            if let Some(data) = cut_font.table_data(record.tag()) {
                tables.insert(record.tag(), data.as_bytes().to_vec());
            }
        }
        if let Some(data) = whole_font.table_data(OS_2) {
            tables.insert(OS_2, data.as_bytes().to_vec());
        }
        tables.insert(CMAP, character_map(&map));
        tables.insert(POST, post());
        Ok(assemble(cut_font.table_directory().sfnt_version(), tables))
    }
}

/// A `cmap` table with one map in format 12 (OpenType 1.9.1, "cmap").
fn character_map(map: &BTreeMap<u32, u16>) -> Vec<u8> {
    // Runs of characters whose glyphs run on too: first character, last one, first glyph.
    let mut groups: Vec<[u32; 3]> = Vec::new();
    for (character, glyph) in map {
        let glyph = u32::from(*glyph);
        match groups.last_mut() {
            Some([first, last, start])
                if *last + 1 == *character && *start + (*character - *first) == glyph =>
            {
                *last = *character;
            }
            _ => groups.push([*character, *character, glyph]),
        }
    }
    let count = u32::try_from(groups.len()).unwrap_or(u32::MAX);
    let mut table = Vec::new();
    // Version 0, one record: Windows, full Unicode, 12 bytes from here.
    for word in [0_u16, 1, 3, 10, 0, 12] {
        table.extend(word.to_be_bytes());
    }
    for word in [12_u16, 0] {
        table.extend(word.to_be_bytes());
    }
    for word in [16 + count * 12, 0, count].into_iter().chain(groups.into_iter().flatten()) {
        table.extend(word.to_be_bytes());
    }
    table
}

/// A `post` table without names of glyphs: version 3.
fn post() -> Vec<u8> {
    let mut table = 0x0003_0000_u32.to_be_bytes().to_vec();
    table.extend([0; 28]);
    table
}

/// Tables in one file, with their checksums (OpenType 1.9.1, "Organization of an OpenType font").
fn assemble(version: u32, mut tables: BTreeMap<Tag, Vec<u8>>) -> Vec<u8> {
    const WHOLE: u32 = 0xB1B0_AFBA;
    /// Where `head` has the checksum of the file.
    const ADJUSTMENT: std::ops::Range<usize> = 8..12;
    if let Some(place) = tables.get_mut(&HEAD).and_then(|head| head.get_mut(ADJUSTMENT)) {
        place.fill(0);
    }
    let count = u16::try_from(tables.len()).unwrap_or(u16::MAX);
    let power = count.max(1).ilog2();
    let range = 16 << power;
    let mut file = version.to_be_bytes().to_vec();
    let selector = u16::try_from(power).unwrap_or(0);
    for word in [count, range, selector, (count * 16).saturating_sub(range)] {
        file.extend(word.to_be_bytes());
    }
    let mut at = 12 + tables.len() * 16;
    let mut head_at = None;
    for (tag, data) in &tables {
        if *tag == HEAD {
            head_at = Some(at);
        }
        file.extend(tag.to_be_bytes());
        for word in [checksum(data), word(at), word(data.len())] {
            file.extend(word.to_be_bytes());
        }
        at += data.len().next_multiple_of(4);
    }
    for data in tables.values() {
        file.extend(data);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    let adjustment = WHOLE.wrapping_sub(checksum(&file)).to_be_bytes();
    if let Some(head_at) = head_at
        && let Some(place) = file.get_mut(head_at + ADJUSTMENT.start..head_at + ADJUSTMENT.end)
    {
        place.copy_from_slice(&adjustment);
    }
    file
}

/// The sum of all words, the last one filled up with zeros.
fn checksum(data: &[u8]) -> u32 {
    data.chunks(4).fold(0_u32, |sum, chunk| {
        let mut four = [0; 4];
        for (to, from) in four.iter_mut().zip(chunk) {
            *to = *from;
        }
        sum.wrapping_add(u32::from_be_bytes(four))
    })
}

fn word(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}
