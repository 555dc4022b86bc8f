//! Names of glyphs (Adobe Glyph List): those that Latin fonts of plans use, and `uniXXXX`.

/// The character that a glyph's name stands for.
pub fn character_of_name(name: &str) -> Option<char> {
    let name = name.split('.').next().unwrap_or_default();
    let mut signs = name.chars();
    if let (Some(sign), None) = (signs.next(), signs.next()) {
        return Some(sign);
    }
    let hex = name.strip_prefix("uni").filter(|h| h.len() == 4);
    let hex = hex.or_else(|| name.strip_prefix('u').filter(|h| (4..=6).contains(&h.len())));
    if let Some(sign) = hex.and_then(|h| u32::from_str_radix(h, 16).ok()).and_then(char::from_u32) {
        return Some(sign);
    }
    NAMES.iter().find(|(own, _)| *own == name).map(|(_, sign)| *sign)
}

const NAMES: [(&str, char); 62] = [
    ("space", ' '),
    ("zero", '0'),
    ("one", '1'),
    ("two", '2'),
    ("three", '3'),
    ("four", '4'),
    ("five", '5'),
    ("six", '6'),
    ("seven", '7'),
    ("eight", '8'),
    ("nine", '9'),
    ("period", '.'),
    ("comma", ','),
    ("colon", ':'),
    ("semicolon", ';'),
    ("hyphen", '-'),
    ("minus", '−'),
    ("endash", '–'),
    ("emdash", '—'),
    ("parenleft", '('),
    ("parenright", ')'),
    ("bracketleft", '['),
    ("bracketright", ']'),
    ("braceleft", '{'),
    ("braceright", '}'),
    ("slash", '/'),
    ("backslash", '\\'),
    ("percent", '%'),
    ("perthousand", '‰'),
    ("plus", '+'),
    ("equal", '='),
    ("less", '<'),
    ("greater", '>'),
    ("lessequal", '≤'),
    ("greaterequal", '≥'),
    ("plusminus", '±'),
    ("multiply", '×'),
    ("divide", '÷'),
    ("asterisk", '*'),
    ("numbersign", '#'),
    ("ampersand", '&'),
    ("at", '@'),
    ("dollar", '$'),
    ("yen", '¥'),
    ("underscore", '_'),
    ("bar", '|'),
    ("asciitilde", '~'),
    ("asciicircum", '^'),
    ("exclam", '!'),
    ("question", '?'),
    ("quotesingle", '\''),
    ("quotedbl", '"'),
    ("quoteleft", '‘'),
    ("quoteright", '’'),
    ("quotedblleft", '“'),
    ("quotedblright", '”'),
    ("bullet", '•'),
    ("periodcentered", '·'),
    ("ellipsis", '…'),
    ("degree", '°'),
    ("mu", 'µ'),
    ("twosuperior", '²'),
];
