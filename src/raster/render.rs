//! A list as a picture.

use tiny_skia::Pixmap;

use super::{
    PixelCanvas,
    pixmap::{PictureError, new_pixmap},
};
use crate::{
    font::Fonts,
    paper::{Item, paint},
};

/// Paints a list on paper of a size in points.
///
/// # Errors
/// When the size is none that can be painted.
pub fn render(
    items: &[Item],
    size_pt: [f32; 2],
    pixels_per_point: f32,
    fonts: &Fonts,
) -> Result<Pixmap, PictureError> {
    let [width, height] = size_pt.map(|side| to_pixels(side * pixels_per_point));
    let mut pixmap = new_pixmap(width, height)?;
    paint(items, &mut PixelCanvas::new(&mut pixmap.as_mut(), pixels_per_point, fonts));
    Ok(pixmap)
}

/// Rounds to whole pixels; what is no number becomes zero, which no picture can have.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // saturating is right here
fn to_pixels(size: f32) -> u32 {
    size.round() as u32
}
