//! Shaded relief as an image under the lines of the basemap.

use std::sync::Arc;

use super::frame::Frame;
use crate::{
    basemap::{Relief, style::relief_tone},
    geo::MercatorExtent,
    paper::{BoxPt, ImageDrawing, Item, Pixels, Subject},
    style::MapPalette,
    units::Mercator,
};

/// The relief inside a frame; `None` where nothing is known of it.
#[expect(clippy::cast_possible_truncation, reason = "paper is f32 by design")]
pub fn relief(frame: &Frame, relief: &Relief, palette: &MapPalette) -> Option<Item> {
    let visible = frame.visible();
    let (min, max) = (frame.to_mercator(visible.min), frame.to_mercator(visible.max));
    let grid = relief.grid(frame.zoom, &MercatorExtent { min, max })?;
    let rgba: Vec<u8> = grid
        .light
        .iter()
        .flat_map(|light| {
            let tone = relief_tone(*light, frame.zoom, palette);
            [tone.0, tone.1, tone.2, tone.3]
        })
        .collect();
    let pixels = Pixels {
        width_px: u32::try_from(grid.columns).ok()?,
        height_px: u32::try_from(grid.rows).ok()?,
        rgba,
    };
    // A pixel lies around its point.
    let half = grid.step / 2.0;
    let corner = |columns: f64, rows: f64| {
        frame.to_pt(Mercator {
            x: grid.first.x + columns * grid.step - half,
            y: grid.first.y + rows * grid.step - half,
        })
    };
    let [left, top] = corner(0.0, 0.0);
    let [right, bottom] = corner(grid.columns as f64, grid.rows as f64);
    let place = BoxPt::new(left as f32, top as f32, (right - left) as f32, (bottom - top) as f32);
    let image =
        ImageDrawing { place, pixels: Arc::new(pixels), part: [0.0, 0.0, 1.0, 1.0], opacity: 1.0 };
    Some(Item::of(Subject::Basemap("relief"), image))
}
