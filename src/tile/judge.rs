//! A tile's bytes judged before they are trusted.

use std::io::{Cursor, Read};

use flate2::read::GzDecoder;
use image::{ImageFormat, ImageReader};

use super::{Content, Failure, TilePicture};

/// No tile of a map is larger; what is, is not downloaded to its end.
pub const MAX_BODY_BYTES: u64 = 8 << 20;
/// Edge of the largest picture that is unpacked: a small file may claim any size.
const MAX_SIDE_PX: u32 = 4096;

/// A tile that can be drawn, or painted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TileBody {
    Picture(TilePicture),
    /// A vector tile's bytes, unpacked.
    Vector(Vec<u8>),
}

/// What the bytes are.
///
/// # Errors
/// Anything that is not the tile it should be, with the reason.
pub fn judge(bytes: &[u8], content: Content) -> Result<TileBody, Failure> {
    if bytes.len() as u64 > MAX_BODY_BYTES {
        return Err(Failure::TooLarge);
    }
    match content {
        Content::Raster => picture(bytes).map(TileBody::Picture),
        Content::Vector => vector(bytes).map(TileBody::Vector),
    }
}

fn picture(bytes: &[u8]) -> Result<TilePicture, Failure> {
    let format = image::guess_format(bytes).ok();
    let known = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP];
    let Some(format) = format.filter(|format| known.contains(format)) else {
        return Err(Failure::of_body(bytes));
    };
    let reader = || ImageReader::with_format(Cursor::new(bytes), format);
    let (width, height) = reader().into_dimensions().map_err(|_| Failure::Damaged)?;
    if width > MAX_SIDE_PX || height > MAX_SIDE_PX {
        return Err(Failure::TooLarge);
    }
    if width == 0 || height == 0 {
        return Err(Failure::Damaged);
    }
    let decoded = reader().decode().map_err(|_| Failure::Damaged)?.into_rgba8();
    Ok(TilePicture { width_px: width, height_px: height, rgba: decoded.into_raw() })
}

fn vector(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let starts = |with: &[u8]| bytes.starts_with(with);
    if starts(b"<") || starts(b"{") || starts(b"\x89PNG") || starts(b"\xFF\xD8") {
        return Err(Failure::of_body(bytes));
    }
    if !starts(&[0x1F, 0x8B]) {
        return Ok(bytes.to_vec());
    }
    let mut out = Vec::new();
    let limit = MAX_BODY_BYTES * 2;
    let mut unpacked = GzDecoder::new(bytes).take(limit + 1);
    unpacked.read_to_end(&mut out).map_err(|_| Failure::Damaged)?;
    if out.len() as u64 > limit { Err(Failure::TooLarge) } else { Ok(out) }
}
