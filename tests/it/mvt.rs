//! Foreign vector tiles: bytes and a style in, pixels and names out.

mod expressions;
mod faults;
mod hostile;
mod names;
mod painting;
mod styles;
pub mod tile;

use jintu::mvt::{PaintError, Painted, Request, Style, paint};

/// Tile 0/0/0 on 256 pixels, one pixel to a point.
pub const WHOLE: Request =
    Request { data: (0, 0, 0), shown: (0, 0, 0), size_px: 256, zoom: 5.0, px_per_pt: 1.0 };

/// A style of these layers, which are JSON objects parted by commas.
pub fn style(layers: &str) -> Style {
    Style::parse(&format!(r#"{{"version": 8, "layers": [{layers}]}}"#)).expect("a style")
}

pub fn try_paint(tile: &[u8], layers: &str) -> Result<Painted, PaintError> {
    paint(tile, &WHOLE, &style(layers))
}

pub fn painted(tile: &[u8], layers: &str) -> Painted {
    try_paint(tile, layers).expect("a picture")
}

/// Red, green, blue and alpha of a pixel.
pub fn at(picture: &Painted, x: u32, y: u32) -> [u8; 4] {
    let start = (y * picture.width_px + x) as usize * 4;
    picture.rgba[start..start + 4].try_into().expect("a pixel")
}

/// Whether two colours are the same but for rounding.
pub fn near(a: [u8; 4], b: [u8; 4]) -> bool {
    a.iter().zip(b).all(|(a, b)| a.abs_diff(b) <= 1)
}
