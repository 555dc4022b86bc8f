//! The basemap's sources on the map, each a layer of walkers.

use std::{collections::HashSet, sync::Arc};

use egui::{Context, Mesh, Painter, Rect, Shape, pos2};
use walkers::{Tile, TilePiece};

use super::{names::names, pieces::TilePieces, textures::Textures};
use crate::{
    scene::{BaseNames, Viewport},
    theme,
    tile::{Content, Seen, SupplyStatus, TileId, TileLook, TilePicture, TileSource, TileSupply},
};

/// How old what is told of the sources may be.
const STATUS_S: f64 = 0.25;
/// How far up a stand-in is looked for.
pub(super) const ANCESTORS: u8 = 6;

/// All sources of the basemap, from the ground up.
#[derive(Default)]
pub struct TileView {
    supply: Option<Arc<dyn TileSupply>>,
    pub layers: Vec<TileLayer>,
    /// Tiles of the latest picture, which are on the graphics card.
    known: HashSet<(usize, TileId)>,
    status: SupplyStatus,
    /// What had come when it was asked, and when that was.
    status_of: (u64, f64),
    /// Names in the latest picture.
    pub names: Arc<BaseNames>,
}

/// One source; walkers asks it for tiles while it draws.
pub struct TileLayer {
    source: Arc<TileSource>,
    supply: Arc<dyn TileSupply>,
    ctx: Context,
    textures: Textures,
    /// Points that the edge of a tile takes at its own zoom.
    tile_pt: u16,
    asked: Vec<TileId>,
    drawn: usize,
}

impl TileView {
    /// Where tiles come from.
    pub fn set_supply(&mut self, supply: Arc<dyn TileSupply>) {
        self.supply = Some(supply);
        self.layers.clear();
    }

    /// Takes the sources of a basemap; those that stay keep their textures.
    pub fn set_sources(&mut self, ctx: &Context, sources: &[Arc<TileSource>]) {
        let same = self.layers.len() == sources.len()
            && self.layers.iter().zip(sources).all(|(layer, source)| layer.source == *source);
        let Some(supply) = self.supply.as_ref().filter(|_| !same) else { return };
        for layer in &self.layers {
            supply.want(&layer.source.id, &[]);
        }
        let layer = |source: &Arc<TileSource>| TileLayer {
            source: source.clone(),
            supply: supply.clone(),
            ctx: ctx.clone(),
            textures: Textures::default(),
            tile_pt: source.tile_px,
            asked: Vec::new(),
            drawn: 0,
        };
        self.layers = sources.iter().map(layer).collect();
        self.known.clear();
        self.names = Arc::default();
    }

    /// Asks for what the view shows.
    pub fn ask(&mut self, viewport: &Viewport, fine: bool, look: TileLook) {
        for layer in &mut self.layers {
            layer.supply.set_look(look);
            // On dense screens a tile may take half the points, and is sharp. Vector tiles are
            // painted sharp in any case.
            let halved = if fine && layer.source.content == Content::Raster { 2 } else { 1 };
            layer.tile_pt = (layer.source.tile_px / halved).max(64);
            layer.ask(viewport);
        }
    }

    /// Changes when a tile has come.
    pub fn arrivals(&self) -> u64 {
        self.supply.as_ref().filter(|_| !self.layers.is_empty()).map_or(0, |s| s.arrivals())
    }

    /// What there is for the map's picture of a view.
    pub fn pieces(&mut self, viewport: &Viewport) -> TilePieces {
        let mut all = TilePieces::default();
        for (i, layer) in self.layers.iter_mut().enumerate() {
            let before = all.pieces.len();
            all.add(i, layer, viewport, &self.known);
            layer.drawn = all.pieces.len() - before;
        }
        self.names = Arc::new(names(&all.pieces));
        self.known = all.pieces.iter().map(|piece| (piece.source, piece.tile)).collect();
        all
    }

    /// Paints stand-ins that walkers cannot: tiles of higher
    /// zooms, where a tile that was zoomed out to is not there yet.
    pub fn begin(&mut self, painter: &Painter, viewport: &Viewport, map: Rect) {
        for layer in &mut self.layers {
            layer.begin(painter, viewport, map);
        }
    }

    /// Ends the frame.
    pub fn finish(&mut self) {
        for layer in &mut self.layers {
            layer.textures.finish();
            if layer.textures.unfinished {
                layer.ctx.request_repaint();
            }
        }
    }

    /// Whether tiles carry names.
    pub fn has_vector(&self) -> bool {
        self.layers.iter().any(|layer| layer.source.content == Content::Vector)
    }

    /// Whether any tile was drawn in this frame.
    pub fn has_drawn(&self) -> bool {
        self.layers.iter().any(|layer| layer.drawn > 0)
    }

    /// How all sources together are doing, as far as it was asked last.
    pub fn status(&self) -> SupplyStatus {
        self.status.clone()
    }

    /// Asks how the sources are doing, but not in every frame: the workers have to be waited for.
    /// `false` if it was asked just now.
    pub fn refresh_status(&mut self, now_s: f64) -> bool {
        let arrivals = self.arrivals();
        let (known, at_s) = self.status_of;
        if known == arrivals && (at_s..at_s + STATUS_S).contains(&now_s) {
            return self.layers.is_empty();
        }
        self.status_of = (arrivals, now_s);
        self.status = self.ask_status();
        true
    }

    fn ask_status(&self) -> SupplyStatus {
        let mut all = SupplyStatus::default();
        for layer in &self.layers {
            let one = layer.supply.status(&layer.source.id);
            all.ready += one.ready;
            all.pending += one.pending;
            all.failed += one.failed;
            all.last_failure = all.last_failure.or(one.last_failure);
        }
        all
    }

    /// Whether the view is closer than the tiles are.
    pub fn is_enlarged(&self, viewport: &Viewport) -> Option<u8> {
        let ground = self.layers.first()?;
        let beyond = ground.zoom_of(viewport.zoom) > i32::from(ground.source.shown_max_zoom());
        beyond.then_some(ground.source.shown_max_zoom())
    }
}

impl TileLayer {
    fn begin(&mut self, painter: &Painter, viewport: &Viewport, map: Rect) {
        self.textures.begin();
        self.drawn = 0;
        for tile in self.asked.clone() {
            if self.texture(tile).is_some() {
                continue;
            }
            let children = children(tile);
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

    fn ask(&mut self, viewport: &Viewport) {
        let wanted = self.visible(viewport);
        if wanted != self.asked {
            self.supply.want(&self.source.id, &wanted);
            self.supply.prefetch(&self.source.id, &Self::ring(&wanted));
            self.asked = wanted;
        }
    }

    pub(super) fn seen(&self, tile: TileId) -> Seen {
        self.supply.seen(&self.source.id, tile)
    }

    /// The zoom of walkers' grid at a zoom of the view.
    #[allow(clippy::cast_possible_truncation)] // a few levels
    fn zoom_of(&self, zoom: f64) -> i32 {
        zoom.round() as i32 - (f64::from(self.tile_pt) / 256.0).log2().round() as i32
    }

    /// The source's tiles in the view, nearest to the centre first.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // clamped to the grid
    pub(super) fn visible(&self, viewport: &Viewport) -> Vec<TileId> {
        let z = self.zoom_of(viewport.zoom);
        let Ok(z) = u8::try_from(z.min(i32::from(self.source.shown_max_zoom()))) else {
            return Vec::new();
        };
        if z < self.source.min_zoom {
            return Vec::new();
        }
        let tiles = f64::from(z).exp2();
        let (center, scale) = (viewport.plane_center(), viewport.scale());
        let across = f64::from(viewport.width_pt) / scale / 2.0;
        let down = f64::from(viewport.height_pt) / scale / 2.0;
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
        if own == tile.z && self.texture(tile).is_none() && self.has_all(&children(tile)) {
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

pub(super) const WHOLE: Rect = Rect { min: pos2(0.0, 0.0), max: pos2(1.0, 1.0) };

/// Where a tile lies in an ancestor `up` levels above, as a share of its edge.
#[allow(clippy::cast_possible_truncation)] // shares of one
pub(super) fn part(tile: TileId, up: u8) -> Rect {
    let size = (-f64::from(up)).exp2();
    let within = |v: u32| (f64::from(v) * size).fract();
    let min = pos2(within(tile.x) as f32, within(tile.y) as f32);
    Rect::from_min_size(min, egui::Vec2::splat(size as f32))
}

pub(super) fn children(tile: TileId) -> [TileId; 4] {
    [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(x, y)| TileId {
        z: tile.z.saturating_add(1),
        x: tile.x.saturating_mul(2).saturating_add(x),
        y: tile.y.saturating_mul(2).saturating_add(y),
    })
}

/// Where a tile lies on screen.
#[allow(clippy::cast_possible_truncation)] // points are f32 by design
pub(super) fn place(tile: TileId, viewport: &Viewport, map: Rect) -> Rect {
    let (center, scale, tiles) =
        (viewport.plane_center(), viewport.scale(), f64::from(tile.z).exp2());
    let at = |v: u32, middle: f64| (f64::from(v) / tiles - middle) * scale;
    let corner =
        |x: u32, y: u32| map.center() + egui::vec2(at(x, center.x) as f32, at(y, center.y) as f32);
    Rect::from_min_max(corner(tile.x, tile.y), corner(tile.x + 1, tile.y + 1))
}
