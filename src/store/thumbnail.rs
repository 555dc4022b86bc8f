//! Small pictures of pictures.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

/// The longer side, in pixels.
const SIDE_PX: u32 = 160;
/// What a picture may take while it is read.
const MOST_BYTES: u64 = 512 * 1024 * 1024;
/// A picture with a longer side is none that a camera takes.
const MOST_PX: u32 = 40_000;

/// Red, green, blue and opacity of each pixel, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    pub width_px: usize,
    pub height_px: usize,
    pub rgba: Vec<u8>,
}

/// A small picture of a picture, the right way up; `None` for what is no picture, or none that is
/// read here.
pub fn thumbnail(bytes: &[u8]) -> Option<Vec<u8>> {
    let small = read(bytes)?.thumbnail(SIDE_PX, SIDE_PX);
    let mut out = Cursor::new(Vec::new());
    if small.color().has_alpha() {
        small.to_rgba8().write_to(&mut out, ImageFormat::Png).ok()?;
    } else {
        small.to_rgb8().write_to(&mut out, ImageFormat::Jpeg).ok()?;
    }
    Some(out.into_inner())
}

/// The pixels of a small picture.
pub fn pixels(bytes: &[u8]) -> Option<Pixels> {
    let image = read(bytes)?.to_rgba8();
    let (width_px, height_px) = (image.width() as usize, image.height() as usize);
    Some(Pixels { width_px, height_px, rgba: image.into_raw() })
}

fn read(bytes: &[u8]) -> Option<DynamicImage> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_BYTES);
    limits.max_image_width = Some(MOST_PX);
    limits.max_image_height = Some(MOST_PX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    // A camera that was held upright says so beside the pixels.
    let turned = decoder.orientation().ok();
    let mut image = DynamicImage::from_decoder(decoder).ok()?;
    if let Some(turned) = turned {
        image.apply_orientation(turned);
    }
    Some(image)
}
