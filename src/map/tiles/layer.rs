//! One source of the basemap: what it asks for and what it draws through walkers.

use std::sync::Arc;

use egui::{Context, Mesh, Painter, Rect, Shape};
use walkers::{Tile, TilePiece};

use super::{
    place::{ANCESTORS, WHOLE, grid_view, part, place},
    textures::Textures,
};
use crate::{
    scene::Viewport,
    theme,
    tile::{Seen, TileId, TilePicture, TileSource, TileSupply, grid},
};

/// One source; walkers asks it for tiles while it draws.
pub struct TileLayer {
    pub(super) source: Arc<TileSource>,
    pub(super) supply: Arc<dyn TileSupply>,
    pub(super) ctx: Context,
    pub(super) textures: Textures,
    /// Points that the edge of a tile takes at its own zoom.
    pub(super) tile_pt: u16,
    asked: Vec<TileId>,
    pub(super) drawn: usize,
}

impl TileLayer {
    /// Nothing is asked for yet.
    pub fn new(ctx: &Context, supply: &Arc<dyn TileSupply>, source: &Arc<TileSource>) -> Self {
        Self {
            source: source.clone(),
            supply: supply.clone(),
            ctx: ctx.clone(),
            textures: Textures::default(),
            tile_pt: source.tile_px,
            asked: Vec::new(),
            drawn: 0,
        }
    }

    /// Begins a frame: paints four tiles below in place of one that is not there.
    pub fn begin(&mut self, painter: &Painter, viewport: &Viewport, map: Rect) {
        self.textures.begin();
        self.drawn = 0;
        for tile in self.asked.clone() {
            if self.texture(tile).is_some() {
                continue;
            }
            let children = tile.children();
            if !self.has_all(&children) {
                continue;
            }
            for child in children {
                if let Some(texture) = self.texture(child) {
                    let mut mesh = Mesh::with_texture(texture.id());
                    mesh.add_rect_with_uv(place(child, viewport, map), WHOLE, theme::UNTINTED);
                    painter.add(Shape::mesh(mesh));
                    self.drawn += 1;
                }
            }
        }
    }

    /// Asks for what the view shows, and in advance for what lies around it.
    pub fn ask(&mut self, viewport: &Viewport) {
        let wanted = self.visible(viewport);
        if wanted != self.asked {
            self.supply.want(&self.source.id, &wanted);
            self.supply.prefetch(&self.source.id, &Self::ring(&wanted));
            self.asked = wanted;
        }
    }

    /// How far a tile is.
    pub fn seen(&self, tile: TileId) -> Seen {
        self.supply.seen(&self.source.id, tile)
    }

    /// The zoom of walkers' grid at a zoom of the view.
    pub fn zoom_of(&self, zoom: f64) -> i32 {
        grid::zoom_of(self.tile_pt, zoom)
    }

    /// The source's tiles in the view, nearest to the centre first.
    pub fn visible(&self, viewport: &Viewport) -> Vec<TileId> {
        grid::visible_tiles(&self.source, self.tile_pt, &grid_view(viewport))
    }

    /// One ring of tiles around those.
    fn ring(inner: &[TileId]) -> Vec<TileId> {
        let Some(first) = inner.first() else { return Vec::new() };
        let range = |of: fn(&TileId) -> u32| {
            let low = inner.iter().map(of).min().unwrap_or_default();
            (low, inner.iter().map(of).max().unwrap_or_default())
        };
        let ((west, east), (north, south)) = (range(|t| t.x), range(|t| t.y));
        let last = 1_u32.checked_shl(u32::from(first.z)).unwrap_or(0).saturating_sub(1);
        let mut ring = Vec::new();
        for y in north.saturating_sub(1)..=(south + 1).min(last) {
            for x in west.saturating_sub(1)..=(east + 1).min(last) {
                let is_inner = (west..=east).contains(&x) && (north..=south).contains(&y);
                if !is_inner {
                    ring.push(TileId { z: first.z, x, y });
                }
            }
        }
        ring
    }

    fn picture(&self, tile: TileId) -> Option<Arc<TilePicture>> {
        match self.supply.seen(&self.source.id, tile) {
            Seen::Ready(picture) => Some(picture),
            Seen::Pending | Seen::Failed(_) | Seen::Absent => None,
        }
    }

    fn has_all(&self, tiles: &[TileId]) -> bool {
        tiles.iter().all(|tile| self.textures.has(*tile) || self.picture(*tile).is_some())
    }

    fn texture(&mut self, tile: TileId) -> Option<egui::TextureHandle> {
        let (supply, id) = (&self.supply, &self.source.id);
        self.textures.get(&self.ctx, tile, || match supply.seen(id, tile) {
            Seen::Ready(picture) => Some(picture),
            Seen::Pending | Seen::Failed(_) | Seen::Absent => None,
        })
    }
}

impl walkers::Tiles for TileLayer {
    fn at(&mut self, id: walkers::TileId) -> Option<TilePiece> {
        let tile = TileId { z: id.zoom, x: id.x, y: id.y };
        if tile.z < self.source.min_zoom {
            return None;
        }
        let own = tile.z.min(self.source.shown_max_zoom());
        if own == tile.z && self.texture(tile).is_none() && self.has_all(&tile.children()) {
            return None;
        }
        let highest = self.source.min_zoom.max(own.saturating_sub(ANCESTORS));
        for z in (highest..=own).rev() {
            let up = tile.z - z;
            let ancestor = TileId { z, x: tile.x >> up, y: tile.y >> up };
            if let Some(texture) = self.texture(ancestor) {
                self.drawn += 1;
                return Some(TilePiece::new(Tile::Raster(texture), part(tile, up)));
            }
        }
        None
    }

    fn attribution(&self) -> walkers::sources::Attribution {
        // walkers draws none; the map's own line of credits does.
        walkers::sources::Attribution { text: "", url: "", logo_light: None, logo_dark: None }
    }

    fn tile_size(&self) -> u32 {
        u32::from(self.tile_pt)
    }
}
