//! What the window asks of the map, and tells it.

use std::sync::Arc;

use super::MapView;
use crate::{
    basemap::Basemap,
    scene::Viewport,
    tile::{SupplyStatus, TileSupply},
};

impl MapView {
    /// Whether keys are meant for the map.
    pub fn has_keyboard(&self, ctx: &egui::Context) -> bool {
        self.id.is_some_and(|id| ctx.memory(|memory| memory.has_focus(id)))
    }

    pub fn toggle_legend(&mut self) {
        self.legend_open = Some(!self.legend_shown);
    }

    /// Moves the picture by shares of the map's width and height.
    pub fn pan_by(&mut self, [x, y]: [f32; 2]) {
        let Viewport { width_pt, height_pt, .. } = self.camera.viewport;
        self.following = None;
        self.camera.drag([x * width_pt, y * height_pt]);
    }

    /// Zooms around the middle, as the buttons do.
    pub fn zoom_by(&mut self, levels: f64) {
        let Viewport { width_pt, height_pt, .. } = self.camera.viewport;
        self.following = None;
        self.camera.zoom_by(levels, [width_pt / 2.0, height_pt / 2.0]);
    }

    /// Draws with pipelines of our own on a card whose textures have at most so long an edge.
    /// `is_slow` is one that is none: the processor paints for it.
    pub const fn use_card(&mut self, most_px: u32, is_slow: bool) {
        self.layers.on_gpu = true;
        self.picture.most_px = most_px;
        self.picture.is_slow = is_slow;
    }

    /// Where tiles from outside come from.
    pub fn set_supply(&mut self, supply: Arc<dyn TileSupply>) {
        self.tiles.set_supply(supply);
    }

    /// How the basemap's sources are doing.
    pub fn supply_status(&self) -> SupplyStatus {
        self.tiles.status()
    }

    /// The zoom that the tiles end at, where the view is closer.
    pub fn enlarged_from(&self) -> Option<u8> {
        self.tiles.is_enlarged(&self.camera.viewport)
    }

    /// The credits of what is seen.
    pub fn attribution(&self) -> &str {
        self.basemap.as_deref().map_or("", Basemap::attribution)
    }
}
