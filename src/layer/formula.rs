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
    let runs = text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if runs && text.parse::<f64>().is_err() {
        return Cow::Owned(format!("'{text}"));
    }
    Cow::Borrowed(text)
}
