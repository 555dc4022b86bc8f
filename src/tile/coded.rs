//! A text's characters, seen through the encodings that addresses go through.

/// One character as it is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// Bytes beyond ASCII that were encoded stand as U+FFFD: nobody here asks which they are.
    pub c: char,
    /// How many times it is encoded.
    pub depth: u8,
    /// Where it begins in the text, in bytes.
    pub start: usize,
    pub end: usize,
}

/// A text whose percent signs (RFC 3986, 2.1; also of percent signs, `%253D`) and JSON escapes
/// (`\u0026`, RFC 8259, 7) are read.
#[derive(Debug, Clone, Copy)]
pub struct Coded<'a>(&'a str);

impl<'a> Coded<'a> {
    pub const fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// The characters in order; together they cover the text.
    pub fn units(self) -> Vec<Unit> {
        let mut units = Vec::with_capacity(self.0.len());
        let mut start = 0;
        while let Some(rest) = self.0.get(start..)
            && let Some(plain) = rest.chars().next()
        {
            let coded = match plain {
                '%' => percent(rest.as_bytes()),
                '\\' => escape(rest.as_bytes()),
                _ => None,
            };
            let (c, depth, length) = coded.unwrap_or((plain, 0, plain.len_utf8()));
            units.push(Unit { c, depth, start, end: start + length });
            start += length;
        }
        units
    }
}

/// `%3D`, `%253D` and so on: the character, the depth and the length in bytes.
fn percent(bytes: &[u8]) -> Option<(char, u8, usize)> {
    let mut value = hexadecimal(bytes.get(1..3)?)?;
    let (mut depth, mut length) = (1_u8, 3);
    while value == u32::from(b'%')
        && let Some(deeper) = bytes.get(length..length + 2).and_then(hexadecimal)
    {
        value = deeper;
        depth = depth.saturating_add(1);
        length += 2;
    }
    Some((ascii(value), depth, length))
}

/// `\u0026`. It counts as plain: JSON wraps the whole text and not a part of an address.
fn escape(bytes: &[u8]) -> Option<(char, u8, usize)> {
    let digits = bytes.strip_prefix(b"\\u")?.get(..4)?;
    let value = hexadecimal(digits)?;
    (value < 0x80).then(|| (ascii(value), 0, 6))
}

fn ascii(value: u32) -> char {
    char::from_u32(value).filter(char::is_ascii).unwrap_or(char::REPLACEMENT_CHARACTER)
}

fn hexadecimal(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |value, digit| Some(value * 16 + char::from(*digit).to_digit(16)?))
}
