//! Where tiles lie: on screen, and in their ancestors.

use egui::{Rect, Vec2, pos2};

use crate::{
    scene::Viewport,
    tile::{
        TileId,
        grid::{GridView, part_of, place_of},
    },
};

/// How far up a stand-in is looked for.
pub const ANCESTORS: u8 = 6;

/// All of a tile, in shares of its edge.
pub const WHOLE: Rect = Rect { min: pos2(0.0, 0.0), max: pos2(1.0, 1.0) };

/// A view in the plane of the tiles.
pub fn grid_view(viewport: &Viewport) -> GridView {
    let Viewport { zoom, width_pt, height_pt, .. } = *viewport;
    GridView { center: viewport.plane_center(), zoom, width_pt, height_pt }
}

/// Where a tile lies in an ancestor `up` levels above, as a share of its edge.
pub fn part(tile: TileId, up: u8) -> Rect {
    let [left, top, edge] = part_of(tile, up);
    Rect::from_min_size(pos2(left, top), Vec2::splat(edge))
}

/// Where a tile lies on screen.
pub fn place(tile: TileId, viewport: &Viewport, map: Rect) -> Rect {
    let [left, top, right, bottom] = place_of(tile, &grid_view(viewport));
    Rect::from_min_max(pos2(left, top), pos2(right, bottom)).translate(map.min.to_vec2())
}
