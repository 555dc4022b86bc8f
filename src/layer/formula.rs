//! Text that a table would run.

use std::borrow::Cow;

/// A cell for a table: text that begins as formulas do gets an apostrophe before it. A number stays
/// one.
///
/// ```
/// use jintu::layer::formula::neutral;
///
/// assert_eq!(neutral("=HYPERLINK(A1)"), "'=HYPERLINK(A1)");
/// assert_eq!(neutral("-12.5"), "-12.5");
/// assert_eq!(neutral("太绥高铁"), "太绥高铁");
/// ```
pub fn neutral(text: &str) -> Cow<'_, str> {
    // Excel takes the full-width signs, too, where its language is an eastern one.
    let signs = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    let is_number = || {
        let digits = text.strip_prefix('-').unwrap_or(text);
        digits.starts_with(|c: char| c.is_ascii_digit()) && text.parse::<f64>().is_ok()
    };
    if text.starts_with(signs) && !is_number() {
        return Cow::Owned(format!("'{text}"));
    }
    Cow::Borrowed(text)
}
