//! Paints a tile.

use super::{
    canvas::Canvas,
    context::Steps,
    layer::Look,
    names::Name,
    painter::Painter,
    projection::Projection,
    request::{PaintError, Request},
    style::Style,
    tile::Tile,
};

/// The largest picture, in pixels.
const LARGEST_PX: u32 = 4096;

/// A tile's picture and its names.
#[derive(Debug, Clone, PartialEq)]
pub struct Painted {
    pub width_px: u32,
    pub height_px: u32,
    /// Row by row, four bytes a pixel: red, green, blue and straight (not premultiplied) alpha.
    pub rgba: Vec<u8>,
    /// Those that stand in the tile shown, without its buffer, in the order of the style.
    pub names: Vec<Name>,
}

/// Paints a Mapbox vector tile (version 1 or 2, not compressed) with a style.
///
/// # Errors
/// When the bytes are no vector tile, when painting it would take too long, or when `shown` is no
/// part of `data` or a size makes no sense.
pub fn paint(tile_bytes: &[u8], request: &Request, style: &Style) -> Result<Painted, PaintError> {
    let scale = f64::from(request.px_per_pt);
    if !(0.1..=16.0).contains(&scale) || !request.zoom.is_finite() {
        return Err(PaintError::Request("its scale or zoom level makes no sense"));
    }
    if request.size_px > LARGEST_PX {
        return Err(PaintError::Request("the picture is too large"));
    }
    let canvas = Canvas::new(request.size_px).ok_or(PaintError::Request("it has no size"))?;
    let projection = Projection::new(request.data, request.shown, request.size_px)
        .ok_or(PaintError::Request("the tile shown is no part of the data's"))?;
    let tile = Tile::read(tile_bytes)?;
    let stand_in = style.stand_in(&tile);
    let style = stand_in.as_ref().unwrap_or(style);
    let steps = Steps::default();
    let mut painter = Painter::new(&tile, canvas, projection, request, &steps);
    for layer in style.layers().iter().filter(|layer| layer.seen_at(request.zoom)) {
        match &layer.look {
            Look::Background(fill) => painter.background(fill),
            Look::Fill(fill) => painter.polygons(layer, fill)?,
            Look::Line(line) => painter.lines(layer, line)?,
            Look::Circle(circle) => painter.circles(layer, circle)?,
            Look::Symbol(symbol) => painter.symbols(layer, symbol)?,
        }
        if steps.are_used_up() {
            return Err(PaintError::TooLarge);
        }
    }
    let (rgba, names) = painter.finish();
    Ok(Painted { width_px: request.size_px, height_px: request.size_px, rgba, names })
}
