//! The pixels that are painted on.

use tiny_skia::Pixmap;

use crate::basemap::BasemapError;

/// Why a picture could not be painted or written.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    #[error(
        "a picture of {width_px} × {height_px} pixels cannot be painted: each side must have 1 to \
         {MAX_SIDE_PX} pixels, and all together at most {MAX_PIXELS}"
    )]
    Size { width_px: u32, height_px: u32 },
    #[error(transparent)]
    Basemap(#[from] BasemapError),
    #[error("the picture cannot be written as PNG: {0}")]
    Png(#[from] png::EncodingError),
}

/// Longest side of a picture.
pub const MAX_SIDE_PX: u32 = 32_000;
/// Most pixels of a picture: an A0 sheet at 300 dots per inch has 139 million.
pub const MAX_PIXELS: u64 = 160_000_000;

/// An empty picture.
///
/// # Errors
/// When a side is zero or the picture would be too large for the memory.
pub fn new_pixmap(width_px: u32, height_px: u32) -> Result<Pixmap, PictureError> {
    let size = PictureError::Size { width_px, height_px };
    if width_px.max(height_px) > MAX_SIDE_PX
        || u64::from(width_px) * u64::from(height_px) > MAX_PIXELS
    {
        return Err(size);
    }
    Pixmap::new(width_px, height_px).ok_or(size)
}
