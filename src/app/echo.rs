//! What the user gave, said back to them.

use std::fmt::Write;

use crate::book::is_unseen;

/// More characters of a value are not said back.
const MOST: usize = 60;

/// A text as it is said back in a sentence: what nobody sees by its number, and not more than a line.
///
/// ```
/// use jintu::app::echo;
///
/// assert_eq!(echo("甲\u{202e}乙"), "甲<U+202E>乙");
/// assert_eq!(echo(&"x".repeat(100_000)).chars().count(), 61);
/// ```
pub fn echo(text: &str) -> String {
    let mut said = String::new();
    for (n, c) in text.chars().enumerate() {
        if n == MOST {
            said.push('…');
            break;
        }
        if is_unseen(c) {
            // Writing into a text cannot fail.
            let _ = write!(said, "<U+{:04X}>", u32::from(c));
        } else {
            said.push(c);
        }
    }
    said
}
