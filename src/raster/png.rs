//! PNG files.

use std::borrow::Cow;

use png::{BitDepth, ColorType, Encoder, PixelDimensions, Unit};
use tiny_skia::{Pixmap, PremultipliedColorU8};

use super::pixmap::PictureError;

/// The picture as a PNG file. `dots_per_inch` tells printers how large it is meant to be.
///
/// # Errors
/// When the encoder fails.
pub fn encode_png(pixmap: &Pixmap, dots_per_inch: Option<f32>) -> Result<Vec<u8>, PictureError> {
    let pixels = pixmap.pixels();
    let (bytes, color): (Cow<[u8]>, _) = if pixels.iter().all(PremultipliedColorU8::is_opaque) {
        let rgb = pixels.iter().flat_map(|p| [p.red(), p.green(), p.blue()]).collect::<Vec<u8>>();
        (rgb.into(), ColorType::Rgb)
    } else {
        let straight = pixels.iter().map(PremultipliedColorU8::demultiply);
        let rgba = straight.flat_map(|p| [p.red(), p.green(), p.blue(), p.alpha()]);
        (rgba.collect::<Vec<u8>>().into(), ColorType::Rgba)
    };
    encode(&bytes, [pixmap.width(), pixmap.height()], color, dots_per_inch)
}

fn encode(
    bytes: &[u8],
    [width, height]: [u32; 2],
    color: ColorType,
    dots_per_inch: Option<f32>,
) -> Result<Vec<u8>, PictureError> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, width, height);
    encoder.set_color(color);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_pixel_dims(dots_per_inch.and_then(density));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(bytes)?;
    writer.finish()?;
    Ok(file)
}

/// Pixels per metre; `None` for what is no density.
fn density(dots_per_inch: f32) -> Option<PixelDimensions> {
    const INCHES_PER_METRE: f32 = 1.0 / 0.0254;
    if !dots_per_inch.is_finite() || dots_per_inch <= 0.0 {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "above zero; saturates"
    )]
    let per_metre = (dots_per_inch * INCHES_PER_METRE).round() as u32;
    Some(PixelDimensions { xppu: per_metre, yppu: per_metre, unit: Unit::Meter })
}
