//! The embedded fonts for text off-screen.

use super::{FONT_BOLD, FONT_REGULAR};
use crate::font::{Font, FontError, Fonts};

/// Reads them.
///
/// # Errors
/// Only if the program was built with a broken font.
pub fn fonts() -> Result<Fonts, FontError> {
    Ok(Fonts::new(Font::parse(FONT_REGULAR)?, Font::parse(FONT_BOLD)?))
}
