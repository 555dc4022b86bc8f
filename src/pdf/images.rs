//! Images.

use pdf_writer::{Filter, Finish as _, Name, Pdf, Ref};

use super::document::{PdfError, Refs, packed};
use crate::paper::Pixels;

/// Writes an image, with a mask where it is not opaque.
pub fn write_image(file: &mut Pdf, refs: &mut Refs, pixels: &Pixels) -> Result<Ref, PdfError> {
    let id = refs.next();
    let opaque = pixels.rgba.chunks_exact(4).all(|p| p.last() == Some(&255));
    let mask = (!opaque).then(|| refs.next());
    let color: Vec<u8> =
        pixels.rgba.chunks_exact(4).flat_map(|p| p.iter().take(3)).copied().collect();
    let color = packed(&color)?;
    let mut image = file.image_xobject(id, &color);
    image.filter(Filter::FlateDecode);
    image.width(side(pixels.width_px)).height(side(pixels.height_px)).bits_per_component(8);
    // Enlarged tiles are smoothed, not shown as squares.
    image.color_space_name(Name(b"DeviceRGB")).interpolate(true);
    if let Some(mask) = mask {
        image.s_mask(mask);
    }
    image.finish();
    if let Some(mask) = mask {
        let alpha: Vec<u8> =
            pixels.rgba.chunks_exact(4).filter_map(|p| p.last().copied()).collect();
        let alpha = packed(&alpha)?;
        let mut image = file.image_xobject(mask, &alpha);
        image.filter(Filter::FlateDecode);
        image.width(side(pixels.width_px)).height(side(pixels.height_px)).bits_per_component(8);
        image.color_space_name(Name(b"DeviceGray")).interpolate(true);
    }
    Ok(id)
}

fn side(px: u32) -> i32 {
    i32::try_from(px).unwrap_or(i32::MAX)
}
