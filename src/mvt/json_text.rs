//! Numbers and texts in JSON, in the way of the styles' own program.

use std::fmt::Write;

/// Longer texts are nothing a map shows; they would grow with each step of a formula.
pub const LONGEST: usize = 1 << 16;

/// A number with as many digits as tell it apart (ECMA-262, 6.1.6.1.20).
pub fn number(n: f64) -> String {
    let size = n.abs();
    if n == 0.0 {
        // Without the sign of −0.
        "0".to_owned()
    } else if (1e-6..1e21).contains(&size) || !n.is_finite() {
        n.to_string()
    } else {
        let text = format!("{n:e}");
        if size >= 1.0 { text.replace('e', "e+") } else { text }
    }
}

/// Adds a text in quotes.
pub fn quoted(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {
                // A text takes whatever is written.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
