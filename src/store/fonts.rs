//! The embedded fonts for text off-screen.

use super::{FONT_BOLD, FONT_REGULAR};
use crate::raster::{Font, FontError, Fonts};

/// Reads them.
///
/// # Errors
/// Only if the program was built with a broken font.
pub fn fonts() -> Result<Fonts, FontError> {
    Ok(Fonts { regular: Font::parse(FONT_REGULAR)?, bold: Font::parse(FONT_BOLD)? })
}
