//! The basemap's sources on the map, each a layer of walkers.

use std::{collections::HashSet, sync::Arc};

use egui::{Context, Painter, Rect};

use super::{layer::TileLayer, pieces::TilePieces};
use crate::{
    basemap::tile_names,
    scene::{BaseNames, Viewport},
    tile::{Content, SupplyStatus, TileId, TileLook, TileSource, TileSupply},
};

/// How old what is told of the sources may be.
const STATUS_S: f64 = 0.25;

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
        let layer = |source| TileLayer::new(ctx, supply, source);
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
        let tiles = all.pieces.iter().map(|piece| (piece.tile, &piece.picture));
        self.names = Arc::new(tile_names(tiles));
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
