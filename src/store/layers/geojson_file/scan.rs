//! Where a value of JSON ends, and what is in it: lenient, so that one slip costs no more than the
//! value it is in. Commas and colons count as blanks, comments too.

use std::borrow::Cow;

/// Looks for the end of a value, piece by piece.
#[derive(Debug, Default)]
pub struct Scan {
    /// Brackets that are open.
    open: Vec<u8>,
    /// Brackets that are open within the deepest of those.
    deeper: usize,
    text: bool,
    escaped: bool,
    /// Within a number or a word.
    plain: bool,
}

/// Brackets deeper than this are counted, not told apart.
const DEEPEST: usize = 256;

impl Scan {
    /// Where the value ends in the next bytes of it, if it does.
    pub fn advance(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut i = 0;
        while let Some(byte) = bytes.get(i) {
            if self.text {
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => {
                        self.text = false;
                        if self.open.is_empty() {
                            return Some(i + 1);
                        }
                    }
                    _ => {}
                }
                i += 1;
                continue;
            }
            let outside = self.open.is_empty();
            match byte {
                b'"' | b'{' | b'[' if self.plain && outside => return Some(i),
                b'"' => self.text = true,
                b'{' | b'[' if self.open.len() < DEEPEST => self.open.push(*byte),
                b'{' | b'[' => self.deeper += 1,
                b'}' | b']' if outside => return Some(i),
                b'}' | b']' if self.deeper > 0 => self.deeper -= 1,
                b'}' | b']' => {
                    // A bracket that is not the innermost's closes what it fits.
                    let own = if *byte == b'}' { b'{' } else { b'[' };
                    if let Some(at) = self.open.iter().rposition(|open| *open == own) {
                        self.open.truncate(at);
                    }
                    if self.open.is_empty() {
                        return Some(i + 1);
                    }
                }
                byte if is_blank(*byte) => {
                    if outside && self.plain {
                        return Some(i);
                    }
                }
                _ => self.plain = true,
            }
            i += 1;
        }
        None
    }

    /// Whether the end of the text ends the value.
    pub fn may_end(&self) -> bool {
        self.plain && self.open.is_empty() && !self.text
    }
}

/// Blanks, what stands between values, and separators of records.
pub const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' | 0x1E | 0)
}

/// The values of an array, or the keys and values of an object, in turn.
#[derive(Debug, Clone)]
pub struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    /// Within a value: after its opening bracket, where it has one.
    pub fn within(value: &'a [u8]) -> Self {
        let rest = match value.split_first() {
            Some((b'{' | b'[', rest)) => rest,
            _ => value,
        };
        Self { rest }
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
        if matches!(self.peek()?, b'}' | b']') {
            return None;
        }
        let end = Scan::default().advance(self.rest).unwrap_or(self.rest.len()).max(1);
        let (value, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        Some(value)
    }

    /// The next key and its value.
    pub fn member(&mut self) -> Option<(Text<'a>, &'a [u8])> {
        let key = text(self.value()?);
        Some((key, self.value()?))
    }

    /// The next number or word, without looking for its end twice.
    pub fn number(&mut self) -> Option<f64> {
        self.peek()?;
        let ends = |byte: &u8| is_blank(*byte) || matches!(byte, b'[' | b']' | b'{' | b'}' | b'"');
        let end = self.rest.iter().position(ends).unwrap_or(self.rest.len());
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
    let text = String::from_utf8_lossy(inner);
    let is_sound = matches!(text, Cow::Borrowed(_));
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
