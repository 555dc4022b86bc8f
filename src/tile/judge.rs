//! A tile's bytes judged before they are trusted.

use std::io::{Cursor, Read};

use flate2::read::GzDecoder;
use image::{ImageError, ImageFormat, ImageReader, Limits, imageops};

use super::{Content, Failure, TilePicture};

/// No tile of a map is larger; what is, is not downloaded to its end.
pub const MAX_BODY_BYTES: u64 = 8 << 20;
/// Edge of the largest picture that is unpacked: a small file may claim any size.
const MAX_SIDE_PX: u32 = 4096;
/// What unpacking it may take: 16-bit pixels, and the decoder's own.
const MAX_DECODER_BYTES: u64 = 192 << 20;

/// A tile that can be drawn, or painted.
#[derive(Debug, Clone, PartialEq)]
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
        Content::Vector if content_of(bytes) == Some(Content::Raster) => {
            picture(bytes).map(TileBody::Picture)
        }
        Content::Vector => vector(bytes).map(TileBody::Vector),
    }
}

/// What a tile is by how it begins; `None` for text, such as a page that says why there is none.
/// Bytes without any mark are taken for a vector tile.
pub fn content_of(start: &[u8]) -> Option<Content> {
    let picture = [&b"\x89PNG"[..], b"\xFF\xD8\xFF"].iter().any(|mark| start.starts_with(mark))
        || start.starts_with(b"RIFF") && start.get(8..12) == Some(b"WEBP");
    let text = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    match text.first() {
        _ if picture => Some(Content::Raster),
        None | Some(b'<' | b'{') => None,
        _ => Some(Content::Vector),
    }
}

impl TilePicture {
    /// The picture, made smaller if an edge is longer than that: what is sharper than any screen
    /// takes memory that other tiles need.
    #[must_use]
    pub fn at_most(self, edge_px: u32) -> Self {
        let longest = self.width_px.max(self.height_px);
        if longest <= edge_px {
            return self;
        }
        let shorter = |side: u32| {
            let side = u64::from(side) * u64::from(edge_px) / u64::from(longest);
            u32::try_from(side).unwrap_or(edge_px).max(1)
        };
        let (width_px, height_px) = (shorter(self.width_px), shorter(self.height_px));
        let pixels = self.rgba.as_slice();
        let image: Option<image::ImageBuffer<image::Rgba<u8>, &[u8]>> =
            image::ImageBuffer::from_raw(self.width_px, self.height_px, pixels);
        let Some(image) = image else { return self };
        let rgba = imageops::thumbnail(&image, width_px, height_px).into_raw();
        Self { width_px, height_px, rgba, names: self.names }
    }
}

fn picture(bytes: &[u8]) -> Result<TilePicture, Failure> {
    let format = image::guess_format(bytes).ok();
    let known = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP];
    let Some(format) = format.filter(|format| known.contains(format)) else {
        return Err(Failure::of_body(bytes));
    };
    let reader = || {
        let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
        let mut limits = Limits::no_limits();
        limits.max_alloc = Some(MAX_DECODER_BYTES);
        reader.limits(limits);
        reader
    };
    let (width, height) = reader().into_dimensions().map_err(|e| broken(&e))?;
    if width > MAX_SIDE_PX || height > MAX_SIDE_PX {
        return Err(Failure::TooLarge);
    }
    if width == 0 || height == 0 {
        return Err(Failure::Damaged);
    }
    if format == ImageFormat::Jpeg && !has_jpeg_end(bytes) {
        return Err(Failure::Damaged);
    }
    let decoded = reader().decode().map_err(|e| broken(&e))?.into_rgba8();
    Ok(TilePicture {
        width_px: width,
        height_px: height,
        rgba: decoded.into_raw(),
        names: Vec::new(),
    })
}

fn broken(error: &ImageError) -> Failure {
    match error {
        ImageError::Limits(_) => Failure::TooLarge,
        _ => Failure::Damaged,
    }
}

/// The decoder fills what is missing of a cut-off JPEG with grey. Its marker of the end cannot occur
/// among compressed pixels (ITU-T T.81, B.1.1.5); some programs write a little after it.
fn has_jpeg_end(bytes: &[u8]) -> bool {
    const MOST_AFTER: usize = 4096;
    let end = bytes.get(bytes.len().saturating_sub(MOST_AFTER)..).unwrap_or_default();
    end.windows(2).any(|pair| pair == [0xFF, 0xD9])
}

fn vector(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    if content_of(bytes).is_none() && !bytes.is_empty() {
        return Err(Failure::of_body(bytes));
    }
    if !bytes.starts_with(&[0x1F, 0x8B]) {
        return Ok(bytes.to_vec());
    }
    let mut out = Vec::new();
    let limit = MAX_BODY_BYTES * 2;
    let mut unpacked = GzDecoder::new(bytes).take(limit + 1);
    unpacked.read_to_end(&mut out).map_err(|_| Failure::Damaged)?;
    if out.len() as u64 > limit { Err(Failure::TooLarge) } else { Ok(out) }
}
