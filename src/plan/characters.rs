//! Bytes of a known encoding to characters, each with its bytes.

use encoding_rs::GB18030;

use super::encoding::Encoding;

/// A character and the bytes of the file it was read from.
#[derive(Debug, Clone, Copy)]
pub(super) struct SourceChar {
    pub ch: char,
    pub start: usize,
    pub end: usize,
}

/// All characters of a file; what cannot be decoded becomes U+FFFD.
pub(super) fn characters(bytes: &[u8], encoding: Encoding) -> Vec<SourceChar> {
    match encoding {
        Encoding::Utf8 => utf8(bytes, 0),
        Encoding::Utf8Bom => utf8(bytes.get(3..).unwrap_or_default(), 3),
        Encoding::Gb18030 => gb18030(bytes),
        Encoding::Utf16Le | Encoding::Utf16Be => utf16(bytes, encoding),
        Encoding::Unknown => Vec::new(),
    }
}

fn utf8(bytes: &[u8], offset: usize) -> Vec<SourceChar> {
    let mut chars = Vec::with_capacity(bytes.len() / 3);
    let mut at = offset;
    for chunk in bytes.utf8_chunks() {
        for ch in chunk.valid().chars() {
            let end = at + ch.len_utf8();
            chars.push(SourceChar { ch, start: at, end });
            at = end;
        }
        if !chunk.invalid().is_empty() {
            let end = at + chunk.invalid().len();
            chars.push(broken(at, end));
            at = end;
        }
    }
    chars
}

fn broken(start: usize, end: usize) -> SourceChar {
    SourceChar { ch: char::REPLACEMENT_CHARACTER, start, end }
}

/// Splits by the lead and trail byte rules of GB 18030 and decodes each sequence by itself.
fn gb18030(bytes: &[u8]) -> Vec<SourceChar> {
    let mut chars = Vec::with_capacity(bytes.len() / 2);
    let mut start = 0;
    while let Some(&lead) = bytes.get(start) {
        let wanted = match (lead, bytes.get(start + 1)) {
            (0x00..=0x80, _) | (_, None) => 1,
            (_, Some(0x30..=0x39)) => 4,
            (_, Some(_)) => 2,
        };
        let sequence = bytes.get(start..(start + wanted).min(bytes.len())).unwrap_or_default();
        let decoded = GB18030.decode_without_bom_handling_and_without_replacement(sequence);
        let mut decoded = decoded.as_deref().unwrap_or_default().chars();
        // A sequence that is wrong costs its first byte only, so that the next one is found again.
        let c = match (decoded.next(), decoded.next()) {
            (Some(ch), None) => SourceChar { ch, start, end: start + sequence.len() },
            _ => broken(start, start + 1),
        };
        start = c.end;
        chars.push(c);
    }
    chars
}

fn utf16(bytes: &[u8], encoding: Encoding) -> Vec<SourceChar> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut chars = Vec::with_capacity(pairs.len());
    let mut at = 0;
    for decoded in char::decode_utf16(pairs.iter().map(|pair| unit(*pair, encoding))) {
        let ch = decoded.unwrap_or(char::REPLACEMENT_CHARACTER);
        let end = at + 2 * ch.len_utf16();
        chars.push(SourceChar { ch, start: at, end });
        at = end;
    }
    if !rest.is_empty() {
        chars.push(broken(at, bytes.len()));
    }
    chars
}

/// A unit of UTF-16.
pub(super) fn unit(pair: [u8; 2], encoding: Encoding) -> u16 {
    if encoding == Encoding::Utf16Le { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
}
