//! Whole pictures, painted off-screen.

use std::io::Cursor;

use image::{ExtendedColorType, ImageEncoder as _, codecs::png::PngEncoder};
use tiny_skia::Pixmap;

use super::{
    basemap_paint::{paint_basemap, paint_ground},
    feature_layer::{FeatureLayer, paint_features},
    font::Fonts,
    furniture::{Furniture, Surface, paint_furniture},
    marks::paint_shapes,
    pixmap::{PictureError, new_pixmap},
    text::paint_label,
};
use crate::{
    basemap::Basemap,
    scene::draw::{DrawList, Viewport},
    style::MapPalette,
};

/// Everything that makes up a picture.
#[derive(Debug, Clone, Copy)]
pub struct Picture<'a> {
    pub viewport: Viewport,
    pub pixels_per_point: f32,
    pub palette: &'a MapPalette,
    pub fonts: &'a Fonts,
    /// `None` leaves the plain ground.
    pub basemap: Option<&'a Basemap>,
    /// Layers of the user's own, from the ground up.
    pub layers: &'a [FeatureLayer],
    pub draw_list: &'a DrawList,
    pub furniture: &'a [Furniture],
}

impl Picture<'_> {
    /// Paints it: basemap, shapes, labels, furniture.
    ///
    /// # Errors
    /// When the size is none that can be painted, or the basemap is damaged.
    pub fn render(&self) -> Result<Pixmap, PictureError> {
        let scale = self.pixels_per_point;
        let side = |points: f32| to_pixels(points * scale);
        let mut pixmap = new_pixmap(side(self.viewport.width_pt), side(self.viewport.height_pt))?;
        let mut canvas = pixmap.as_mut();
        match self.basemap {
            Some(basemap) => {
                paint_basemap(&mut canvas, &self.viewport, scale, basemap, self.palette)?;
            }
            None => paint_ground(&mut canvas, self.palette),
        }
        for layer in self.layers {
            paint_features(&mut canvas, scale, layer);
        }
        let shapes = &self.draw_list.shapes;
        paint_shapes(&mut canvas, &self.viewport, scale, shapes, self.fonts, self.palette);
        for label in &self.draw_list.labels {
            paint_label(&mut canvas, scale, self.fonts, label);
        }
        let mut surface = Surface {
            pixmap: &mut canvas,
            pixels_per_point: scale,
            fonts: self.fonts,
            palette: self.palette,
        };
        paint_furniture(&mut surface, &self.viewport, self.furniture);
        Ok(pixmap)
    }
}

/// Rounds to whole pixels; what is no number becomes zero, which no picture can have.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturating is right here"
)]
fn to_pixels(size: f32) -> u32 {
    size.round() as u32
}

/// The picture as a PNG file. `dots_per_inch` tells printers how large it is meant to be.
///
/// # Errors
/// When the encoder fails.
pub fn encode_png(pixmap: &Pixmap, dots_per_inch: Option<f32>) -> Result<Vec<u8>, PictureError> {
    let pixels = pixmap.pixels();
    let (bytes, color) = if pixels.iter().all(tiny_skia::PremultipliedColorU8::is_opaque) {
        let rgb = pixels.iter().flat_map(|p| [p.red(), p.green(), p.blue()]).collect::<Vec<u8>>();
        (rgb, ExtendedColorType::Rgb8)
    } else {
        let straight = pixels.iter().map(tiny_skia::PremultipliedColorU8::demultiply);
        let rgba = straight.flat_map(|p| [p.red(), p.green(), p.blue(), p.alpha()]);
        (rgba.collect(), ExtendedColorType::Rgba8)
    };
    let mut file = Cursor::new(Vec::new());
    PngEncoder::new(&mut file).write_image(&bytes, pixmap.width(), pixmap.height(), color)?;
    let mut file = file.into_inner();
    if let Some(dpi) = dots_per_inch.filter(|dpi| dpi.is_finite() && *dpi > 0.0) {
        // Signature of 8 bytes and the image header's chunk of 25: the earliest legal place.
        const AFTER_HEADER: usize = 33;
        if file.len() >= AFTER_HEADER {
            file.splice(AFTER_HEADER..AFTER_HEADER, density_chunk(dpi));
        }
    }
    Ok(file)
}

/// The `pHYs` chunk: pixels per metre (PNG specification, third edition, 11.3.4.3).
fn density_chunk(dots_per_inch: f32) -> Vec<u8> {
    const INCHES_PER_METRE: f32 = 1.0 / 0.0254;
    let per_metre = to_pixels(dots_per_inch * INCHES_PER_METRE).to_be_bytes();
    let mut body = b"pHYs".to_vec();
    body.extend(per_metre);
    body.extend(per_metre);
    body.push(1); // the unit is the metre
    let mut chunk = 9_u32.to_be_bytes().to_vec();
    let checksum = crc32(&body);
    chunk.extend(body);
    chunk.extend(checksum.to_be_bytes());
    chunk
}

/// CRC-32 of ISO 3309, bit by bit: it only ever sees 13 bytes.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ if crc & 1 == 1 { 0xEDB8_8320 } else { 0 }
        })
    })
}
