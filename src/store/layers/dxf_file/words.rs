//! Words of drawings: their encoding, and what stands in them for other characters.

use encoding_rs::{Encoding, GB18030, UTF_8};

use crate::store::layers::charset::{Charset, is_chinese_pairs, of_label};

/// Decodes the words of a drawing.
#[derive(Debug)]
pub struct Words {
    charset: Charset,
    found: Option<(&'static Encoding, bool)>,
    pub bad: usize,
}

impl Words {
    /// Before AC1021 words stand in the code page of the header, later in UTF-8. Where neither is
    /// told, what is valid decides.
    pub fn new(version: &str, code_page: &str) -> Self {
        let number: u32 = version.trim().get(2..).and_then(|n| n.parse().ok()).unwrap_or(0);
        let stated = if number >= 1021 { Some(UTF_8) } else { of_label(code_page) };
        let charset = Charset::new(stated);
        Self { charset, found: stated.and(charset.found()), bad: 0 }
    }

    /// The encoding, if it was guessed.
    pub fn guessed(&self) -> Option<&'static str> {
        self.found.filter(|(_, guessed)| *guessed).map(|(encoding, _)| encoding.name())
    }

    /// The words of a value.
    pub fn of(&mut self, raw: &[u8]) -> String {
        if raw.is_ascii() {
            return unescaped(&String::from_utf8_lossy(raw));
        }
        // Words say what they are: the first ones, and where UTF-8 is stated, all.
        if self.found.is_none_or(|(encoding, guessed)| encoding == UTF_8 && !guessed) {
            self.charset.look(raw, false);
            self.found = self.charset.found();
        }
        let (encoding, _) = self.found.unwrap_or((UTF_8, false));
        // The code page of the West is what programs leave in the head that know nothing better,
        // whatever they write.
        let west = encoding.is_single_byte();
        let encoding = match std::str::from_utf8(raw) {
            _ if west && is_chinese_pairs(raw) => {
                self.found = Some((GB18030, true));
                GB18030
            }
            Ok(_) if west => UTF_8,
            _ => encoding,
        };
        let (text, wrong) = encoding.decode_without_bom_handling(raw);
        self.bad += usize::from(wrong);
        unescaped(&text)
    }
}

/// `\U+592A` stands for 太; `%%d`, `%%p` and `%%c` for °, ± and Ø.
fn unescaped(text: &str) -> String {
    if !text.contains(['\\', '%']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '%']) {
        let (before, mark) = rest.split_at(at);
        out.push_str(before);
        let escaped = escaped(mark);
        let sign = mark.strip_prefix("%%").and_then(|after| after.chars().next());
        let sign = match sign.map(|sign| sign.to_ascii_lowercase()) {
            Some('d') => Some('°'),
            Some('p') => Some('±'),
            Some('c') => Some('Ø'),
            _ => None,
        };
        let length = if let Some((character, length)) = escaped {
            out.push(character);
            length
        } else if let Some(sign) = sign {
            out.push(sign);
            3
        } else {
            out.extend(mark.chars().next());
            1
        };
        rest = mark.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// The character that an escape begins with, and how long it is: four digits, of signs beyond them two
/// times four, as UTF-16 has them.
fn escaped(text: &str) -> Option<(char, usize)> {
    const LENGTH: usize = 7;
    let unit = |text: &str| {
        let hex = text.strip_prefix("\\U+").and_then(|after| after.get(..4));
        hex.and_then(|hex| u16::from_str_radix(hex, 16).ok())
    };
    let first = unit(text)?;
    let second = text.get(LENGTH..).and_then(unit);
    let mut signs = char::decode_utf16(std::iter::once(first).chain(second));
    let sign = signs.next()?.ok()?;
    Some((sign, LENGTH * sign.len_utf16()))
}

/// The words of a paragraph text without what tells fonts, heights and colours.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '{' | '}' => {}
            '\\' => match signs.next() {
                Some('P' | 'N') => out.push('\n'),
                Some('~') => out.push(' '),
                Some(kept @ ('\\' | '{' | '}')) => out.push(kept),
                // A fraction: what stands above and below.
                Some('S') => out.extend(signs.by_ref().take_while(|sign| *sign != ';').map(
                    |sign| match sign {
                        '^' | '#' => '/',
                        other => other,
                    },
                )),
                Some('A' | 'C' | 'c' | 'F' | 'f' | 'H' | 'p' | 'Q' | 'T' | 'W') => {
                    signs.by_ref().take_while(|sign| *sign != ';').for_each(drop);
                }
                // Lines above, through and below.
                Some('L' | 'l' | 'O' | 'o' | 'K' | 'k') | None => {}
                Some(other) => out.push(other),
            },
            // A control character, as the format writes it.
            '^' => match signs.next() {
                Some('J') => out.push('\n'),
                Some('I') => out.push(' '),
                Some('M') | None => {}
                Some(' ') => out.push('^'),
                Some(other) => out.extend(['^', other]),
            },
            other => out.push(other),
        }
    }
    out
}
