//! Where a value of JSON ends, and what is in it: lenient, so that one slip costs no more than the
//! value it is in. Commas and colons count as blanks, comments too.

use std::borrow::Cow;

/// Looks for the end of a value, piece by piece.
#[derive(Debug, Default)]
pub struct Scan {
    open: Brackets,
    /// Brackets that are open within the deepest of those.
    deeper: usize,
    text: bool,
    escaped: bool,
    /// Within a number or a word.
    plain: bool,
}

impl Scan {
    /// Where the value ends in the next bytes of it, if it does.
    pub fn advance(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut i = 0;
        loop {
            if self.text {
                i += self.end_of_text(bytes.get(i..)?)?;
                if self.open.is_empty() {
                    return Some(i);
                }
            }
            let outside = self.open.is_empty();
            if !outside {
                // Most bytes are of words and numbers, and end nothing.
                i += bytes.get(i..)?.iter().position(|byte| is_structure(*byte))?;
            }
            let byte = *bytes.get(i)?;
            match byte {
                b'"' | b'{' | b'[' if self.plain && outside => return Some(i),
                b'"' => self.text = true,
                b'{' | b'[' if self.open.push(byte) => {}
                b'{' | b'[' => self.deeper += 1,
                b'}' | b']' if outside => return Some(i),
                b'}' | b']' if self.deeper > 0 => self.deeper -= 1,
                b'}' | b']' => {
                    self.open.close(byte);
                    if self.open.is_empty() {
                        return Some(i + 1);
                    }
                }
                byte if is_blank(byte) => {
                    if self.plain {
                        return Some(i);
                    }
                }
                _ => self.plain = true,
            }
            i += 1;
        }
    }

    /// Where a text ends that was begun, behind its quotation mark.
    fn end_of_text(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut i = 0;
        loop {
            if self.escaped {
                bytes.get(i)?;
                self.escaped = false;
                i += 1;
            }
            let rest = bytes.get(i..)?;
            let at = quote_or_escape(rest)?;
            i += at + 1;
            self.escaped = rest.get(at) == Some(&b'\\');
            if !self.escaped {
                self.text = false;
                return Some(i);
            }
        }
    }

    /// Whether the end of the text ends the value.
    pub fn may_end(&self) -> bool {
        self.plain && self.open.is_empty() && !self.text
    }
}

/// The brackets that are open, a bit each: one for every value that is looked at would be too dear
/// on the heap. Those beyond are counted, not told apart.
#[derive(Debug, Default)]
struct Brackets {
    /// Set where it is a brace.
    braces: [u64; 4],
    depth: usize,
}

impl Brackets {
    const fn is_empty(&self) -> bool {
        self.depth == 0
    }

    /// Opens one, unless there are too many.
    fn push(&mut self, bracket: u8) -> bool {
        let Some(word) = self.braces.get_mut(self.depth / 64) else { return false };
        let bit = 1 << (self.depth % 64);
        if bracket == b'{' {
            *word |= bit;
        } else {
            *word &= !bit;
        }
        self.depth += 1;
        true
    }

    /// Closes the innermost that it fits, and those within: a bracket that fits none closes none.
    fn close(&mut self, bracket: u8) {
        let is_brace =
            |at: usize| self.braces.get(at / 64).is_some_and(|word| word & (1 << (at % 64)) != 0);
        let own = (0..self.depth).rev().find(|at| is_brace(*at) == (bracket == b'}'));
        self.depth = own.unwrap_or(self.depth);
    }
}

/// Where the first quotation mark or backslash is. Most of a file is text: eight bytes are looked
/// at together.
fn quote_or_escape(bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
    // Has the highest bit of each byte that is zero; beyond the first one others may have it.
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
    let (words, rest) = bytes.as_chunks::<8>();
    for (i, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let found = zeros(word ^ (ONES * 0x22)) | zeros(word ^ (ONES * 0x5C));
        if found != 0 {
            return Some(i * 8 + found.trailing_zeros() as usize / 8);
        }
    }
    let at = rest.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
    Some(words.len() * 8 + at)
}

const fn is_structure(byte: u8) -> bool {
    matches!(byte, b'"' | b'{' | b'}' | b'[' | b']')
}

/// Blanks, what stands between values, and separators of records.
pub const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' | 0x1E | 0)
}

/// The values of an array, or the keys and values of an object, in turn.
#[derive(Debug, Clone)]
pub struct Cursor<'a> {
    rest: &'a [u8],
    /// The last height of a position that is not zero.
    pub height: f64,
}

impl<'a> Cursor<'a> {
    /// Within a value: after its opening bracket, where it has one.
    pub fn within(value: &'a [u8]) -> Self {
        let rest = match value.split_first() {
            Some((b'{' | b'[', rest)) => rest,
            _ => value,
        };
        Self { rest, height: 0.0 }
    }

    /// The first byte of what comes next.
    pub fn peek(&mut self) -> Option<u8> {
        loop {
            let (first, rest) = self.rest.split_first()?;
            match first {
                byte if is_blank(*byte) => self.rest = rest,
                b'/' => match comment(self.rest) {
                    Some(end) => self.rest = self.rest.get(end..).unwrap_or_default(),
                    None => return Some(b'/'),
                },
                byte => return Some(*byte),
            }
        }
    }

    /// Passes an opening or a closing bracket.
    pub fn pass(&mut self) {
        self.rest = self.rest.get(1..).unwrap_or_default();
    }

    /// The next value; `None` where the array or object ends.
    pub fn value(&mut self) -> Option<&'a [u8]> {
        let end = match self.peek()? {
            b'}' | b']' => return None,
            b'{' | b'[' => Scan::default().advance(self.rest),
            b'"' => Scan { text: true, ..Scan::default() }
                .advance(self.rest.get(1..).unwrap_or_default())
                .map(|end| end + 1),
            _ => self.rest.iter().position(|byte| is_blank(*byte) || is_structure(*byte)),
        };
        let end = end.unwrap_or(self.rest.len()).max(1);
        let (value, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        Some(value)
    }

    /// The next key and its value.
    pub fn member(&mut self) -> Option<(Text<'a>, &'a [u8])> {
        let (key, value) = self.raw_member()?;
        Some((text(key), value))
    }

    /// The next key as it stands, and its value.
    pub fn raw_member(&mut self) -> Option<(&'a [u8], &'a [u8])> {
        Some((self.value()?, self.value()?))
    }

    /// The next number or word, without looking for its end twice.
    pub fn number(&mut self) -> Option<f64> {
        self.peek()?;
        let end = self.rest.iter().position(|byte| is_blank(*byte) || is_structure(*byte));
        let end = end.unwrap_or(self.rest.len());
        let (token, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        std::str::from_utf8(token).ok()?.parse().ok()
    }
}

/// Where a comment ends that begins here.
pub fn comment(bytes: &[u8]) -> Option<usize> {
    let close: &[u8] = match bytes.get(1)? {
        b'/' => b"\n",
        b'*' => b"*/",
        _ => return None,
    };
    let at = bytes.get(2..)?.windows(close.len()).position(|own| own == close);
    Some(at.map_or(bytes.len(), |at| 2 + at + close.len()))
}

/// Whether a key is this name, letter by letter: then it needs not be read.
pub fn is_key(raw: &[u8], name: &str) -> bool {
    let key = raw.strip_prefix(b"\"").and_then(|key| key.strip_suffix(b"\""));
    key == Some(name.as_bytes()) && !name.contains('\\')
}

/// A text, and whether its bytes were text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text<'a> {
    pub text: Cow<'a, str>,
    pub is_sound: bool,
}

/// What a text in quotation marks says; anything else as it stands.
pub fn text(value: &[u8]) -> Text<'_> {
    let inner = value.strip_prefix(b"\"").unwrap_or(value);
    let inner = inner.strip_suffix(b"\"").unwrap_or(inner);
    let sound = std::str::from_utf8(inner);
    let is_sound = sound.is_ok();
    let text = sound.map_or_else(|_| String::from_utf8_lossy(inner), Cow::Borrowed);
    let text = if inner.contains(&b'\\') { Cow::Owned(unescaped(&text)) } else { text };
    Text { text, is_sound }
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    let mut high = None;
    while let Some(c) = rest.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match rest.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('b') => out.push('\u{8}'),
            Some('f') => out.push('\u{c}'),
            Some('u') => {
                let digits: String = rest.clone().take(4).collect();
                let Ok(unit) = u16::from_str_radix(&digits, 16) else {
                    out.push_str("\\u");
                    continue;
                };
                rest.nth(3);
                // Signs beyond the first plane are two units.
                match (high.take(), unit) {
                    (_, 0xD800..=0xDBFF) => high = Some(unit),
                    (Some(high), low) => {
                        let pair = char::decode_utf16([high, low]);
                        out.extend(pair.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
                    }
                    (None, unit) => {
                        out.push(
                            char::from_u32(unit.into()).unwrap_or(char::REPLACEMENT_CHARACTER),
                        );
                    }
                }
            }
            Some(c) => out.push(c),
            None => {}
        }
    }
    out
}
