//! Characters made alike before they are compared.

/// Full-width forms (U+FF01–U+FF5E) and the wide space to ASCII, capitals to small letters: one
/// character for one.
pub(super) fn alike(c: char) -> char {
    let narrow = match c {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    // A capital of two small letters stays itself: what is found has to have its place.
    let mut small = narrow.to_lowercase();
    match (small.next(), small.next()) {
        (Some(one), None) => one,
        _ => narrow,
    }
}

/// CJK unified ideographs of the basic block and extension A.
pub(super) const fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}')
}
