//! A text in runs, each of which one font can set.

use super::face::Font;

/// Who sets a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setter {
    /// The font of the wanted weight.
    Own,
    /// That of the other weight.
    Other,
    /// No font has its character.
    Nobody,
}

/// Characters that one font sets, each with the byte at which it stands.
#[derive(Debug, PartialEq)]
pub struct Run {
    pub setter: Setter,
    pub characters: Vec<(usize, char)>,
}

/// The runs of a line. Characters that show nothing and take no room are left out.
pub fn runs(line: &str, own: &Font, other: &Font) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (at, c) in line.char_indices().filter(|(_, c)| !is_invisible(*c)) {
        let setter = if own.glyph_id(c).is_some() {
            Setter::Own
        } else if other.glyph_id(c).is_some() {
            Setter::Other
        } else {
            Setter::Nobody
        };
        match runs.last_mut() {
            // What stands over a letter stays with it: together they may be one glyph.
            Some(run) if run.setter == setter || is_mark(c) => run.characters.push((at, c)),
            _ => runs.push(Run { setter, characters: vec![(at, c)] }),
        }
    }
    runs
}

/// Control characters, joiners, marks of direction, selectors of variants.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{E0000}'..='\u{E0FFF}')
}

/// Marks that stand over, under or around another character.
pub fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}'
        | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}'
        | '\u{3099}'..='\u{309A}'
        | '\u{FE20}'..='\u{FE2F}')
}

/// How wide a character is that no font has.
pub fn missing_advance_em(c: char) -> f32 {
    match c {
        _ if is_mark(c) => 0.0,
        '\u{3000}' => 1.0,
        _ if c.is_whitespace() => 0.3,
        _ if c.is_ascii() => 0.6,
        _ => 1.0,
    }
}
