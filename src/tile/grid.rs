//! Which tiles of a source a view shows, and where they lie in it.

use super::{TileId, TileSource};
use crate::units::Mercator;

/// A view in the plane of a source's tiles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GridView {
    /// In the plane of the tiles' datum.
    pub center: Mercator,
    /// The whole world is `256 · 2^zoom` points wide.
    pub zoom: f64,
    pub width_pt: f32,
    pub height_pt: f32,
}

impl GridView {
    fn scale(&self) -> f64 {
        256.0 * self.zoom.exp2()
    }
}

/// The zoom of the tiles that suit a view whose tiles are `tile_pt` points wide. It may lie beyond
/// what the source has.
#[expect(clippy::cast_possible_truncation, reason = "a few levels")]
pub fn zoom_of(tile_pt: u16, zoom: f64) -> i32 {
    zoom.round() as i32 - (f64::from(tile_pt) / 256.0).log2().round() as i32
}

/// The source's tiles in the view, nearest to the centre first; none where the view is farther out
/// than its lowest zoom.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the grid")]
pub fn visible_tiles(source: &TileSource, tile_pt: u16, view: &GridView) -> Vec<TileId> {
    let z = zoom_of(tile_pt, view.zoom);
    let Ok(z) = u8::try_from(z.min(i32::from(source.shown_max_zoom()))) else {
        return Vec::new();
    };
    if z < source.min_zoom {
        return Vec::new();
    }
    let tiles = f64::from(z).exp2();
    let (center, scale) = (view.center, view.scale());
    let across = f64::from(view.width_pt) / scale / 2.0;
    let down = f64::from(view.height_pt) / scale / 2.0;
    let cell = |v: f64| (v.clamp(0.0, 1.0) * tiles).floor().min(tiles - 1.0) as u32;
    let (mid_x, mid_y) = (center.x * tiles - 0.5, center.y * tiles - 0.5);
    let mut found: Vec<(f64, TileId)> = Vec::new();
    for y in cell(center.y - down)..=cell(center.y + down) {
        for x in cell(center.x - across)..=cell(center.x + across) {
            let far = (f64::from(x) - mid_x).hypot(f64::from(y) - mid_y);
            found.push((far, TileId { z, x, y }));
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    found.into_iter().map(|(_, tile)| tile).collect()
}

/// Where a tile lies: left, top, right and bottom in points from the view's top left corner.
#[expect(clippy::cast_possible_truncation, reason = "points are f32 by design")]
pub fn place_of(tile: TileId, view: &GridView) -> [f32; 4] {
    let (scale, tiles) = (view.scale(), f64::from(tile.z).exp2());
    let x =
        |v: u32| (f64::from(v) / tiles - view.center.x) * scale + f64::from(view.width_pt) / 2.0;
    let y =
        |v: u32| (f64::from(v) / tiles - view.center.y) * scale + f64::from(view.height_pt) / 2.0;
    [x(tile.x), y(tile.y), x(tile.x.saturating_add(1)), y(tile.y.saturating_add(1))]
        .map(|v| v as f32)
}

/// Where a tile lies in an ancestor `up` levels above: left, top and edge in shares of its edge.
#[expect(clippy::cast_possible_truncation, reason = "shares of one")]
pub fn part_of(tile: TileId, up: u8) -> [f32; 3] {
    let size = (-f64::from(up)).exp2();
    let within = |v: u32| (f64::from(v) * size).fract() as f32;
    [within(tile.x), within(tile.y), size as f32]
}
