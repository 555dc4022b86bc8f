//! Where tiles lie: on screen, and in their ancestors.

use egui::{Rect, pos2};

use crate::{scene::Viewport, tile::TileId};

/// How far up a stand-in is looked for.
pub const ANCESTORS: u8 = 6;

/// All of a tile, in shares of its edge.
pub const WHOLE: Rect = Rect { min: pos2(0.0, 0.0), max: pos2(1.0, 1.0) };

/// Where a tile lies in an ancestor `up` levels above, as a share of its edge.
#[allow(clippy::cast_possible_truncation)] // shares of one
pub fn part(tile: TileId, up: u8) -> Rect {
    let size = (-f64::from(up)).exp2();
    let within = |v: u32| (f64::from(v) * size).fract();
    let min = pos2(within(tile.x) as f32, within(tile.y) as f32);
    Rect::from_min_size(min, egui::Vec2::splat(size as f32))
}

/// Where a tile lies on screen.
#[allow(clippy::cast_possible_truncation)] // points are f32 by design
pub fn place(tile: TileId, viewport: &Viewport, map: Rect) -> Rect {
    let (center, scale, tiles) =
        (viewport.plane_center(), viewport.scale(), f64::from(tile.z).exp2());
    let at = |v: u32, middle: f64| (f64::from(v) / tiles - middle) * scale;
    let corner =
        |x: u32, y: u32| map.center() + egui::vec2(at(x, center.x) as f32, at(y, center.y) as f32);
    Rect::from_min_max(corner(tile.x, tile.y), corner(tile.x + 1, tile.y + 1))
}
