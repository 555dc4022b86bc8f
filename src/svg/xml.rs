//! XML: text and attributes that any reader takes.

/// Appends text, escaped for content and for attributes in double quotes. What XML 1.0 cannot say,
/// such as control characters, is left out.
pub fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Readers make spaces of these in attributes.
            '\t' | '\n' | '\r' => out.push(' '),
            _ if is_character(c) => out.push(c),
            _ => {}
        }
    }
}

/// Whether XML 1.0 (2.2 Characters) allows a character, but for those that it only discourages.
fn is_character(c: char) -> bool {
    matches!(c, '\u{20}'..='\u{7E}' | '\u{A0}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}')
        || (u32::from(c) >= 0x1_0000 && u32::from(c) & 0xFFFE != 0xFFFE)
}
