//! One character of a plan's file to the character we keep.

/// What becomes of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Folded {
    Keep(char),
    /// White space: vanishes unless it parts two Latin words.
    Space,
    /// Invisible: a control character, a byte order mark, a soft hyphen.
    Drop,
}

/// Folds one character: half-width digits, Latin letters and brackets; Chinese commas and stops.
///
/// Text pulled from a PDF may show the GBK code of a full-width sign as if it were Unicode:
/// U+A3xx stands for U+FFxx − 0xA0 (GBK row 3 is the full-width ASCII row). The one exception is
/// U+A3AE, which such files use for the full stop `。`.
pub(super) fn fold(ch: char) -> Folded {
    match ch {
        '\u{A3AE}' => Folded::Keep('。'),
        '\u{A3A1}'..='\u{A3FE}' => {
            let code = u32::from(ch) - 0xA3A0 + 0xFF00;
            Folded::Keep(char::from_u32(code).map_or(ch, half_width))
        }
        '«' => Folded::Keep('《'),
        '»' => Folded::Keep('》'),
        '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{200B}' => Folded::Space,
        '\u{FEFF}' | '\u{AD}' | '\u{200C}'..='\u{200F}' | '\u{2060}' => Folded::Drop,
        c if c.is_whitespace() => Folded::Space,
        c if c.is_control() => Folded::Drop,
        c => Folded::Keep(half_width(c)),
    }
}

/// Full-width ASCII to ASCII, but for the Chinese sentence signs and the range tilde.
fn half_width(ch: char) -> char {
    match ch {
        '，' | '；' | '！' | '？' | '～' | '＂' | '＇' | '｀' => ch,
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(ch) - 0xFEE0).unwrap_or(ch),
        _ => ch,
    }
}

/// Whether a space between these two characters is kept: it parts words, and the columns of a table.
pub(super) fn space_kept(before: Option<char>, after: char) -> bool {
    before.is_some_and(|b| {
        b.is_ascii_alphabetic() && after.is_ascii_alphabetic()
            || b.is_ascii_digit() && after.is_ascii_digit()
    })
}

/// Folds any text the way the plan is folded; line breaks count as spaces.
pub fn fold_text(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut space = false;
    for ch in text.chars() {
        match fold(ch) {
            Folded::Keep(c) => {
                if space && space_kept(folded.chars().next_back(), c) {
                    folded.push(' ');
                }
                space = false;
                folded.push(c);
            }
            Folded::Space => space = true,
            Folded::Drop => {}
        }
    }
    folded
}
