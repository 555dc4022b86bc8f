//! The map's triangles and the picture of them: made when the look, the zoom or an edge demands it.

use eframe::egui_wgpu::Callback;
use egui::{Painter, Pos2, Rect};

use super::{
    basemap,
    cached_mesh::{CachedMesh, drawn, look},
    gpu::Content,
    mesh::MeshBuilder,
    picture::{News, Tiles, enlarged},
    view::MapView,
};
use crate::{
    app::State,
    scene,
    style::{MapPalette, Mode},
};

impl MapView {
    pub(super) const fn paints_picture(&self) -> bool {
        self.layers.on_gpu
    }

    /// Basemap, layers and projects from one picture, drawn again only when it has to be.
    pub(super) fn paint_picture(&mut self, painter: &Painter, rect: Rect, state: &State, ppp: f32) {
        let viewport = self.camera.viewport;
        let now_s = painter.ctx().input(|i| i.time);
        let sources: Vec<&str> = state.basemaps.sources().iter().map(|s| s.id.as_str()).collect();
        let moving = self.camera.is_moving();
        let window_px = [rect.width() * ppp, rect.height() * ppp];
        let sharpness = self.picture.sharpness(window_px, moving);
        let look = look(&(
            sharpness.to_bits(),
            self.over_key(state, ppp),
            self.layers.stamps(),
            [rect.width().to_bits(), rect.height().to_bits()],
            state.basemaps.with_embedded(),
            sources,
            state.settings.fine_tiles,
            state.settings.flat_ground,
        ));
        let arrivals = self.tiles.arrivals();
        let serves = self.picture.serves(&viewport, look, moving);
        let news = self.picture.news(arrivals, now_s);
        if let (true, News::Later(wait_s)) = (serves, news) {
            let wait = std::time::Duration::from_secs_f64(wait_s.max(0.001));
            painter.ctx().request_repaint_after(wait);
        }
        if !serves || news == News::Now {
            let larger = match self.picture.viewport().filter(|_| serves) {
                Some(made) => *made,
                None => enlarged(&viewport, ppp, self.picture.most_px),
            };
            let pieces = self.tiles.pieces(&larger);
            let tiles = Tiles {
                arrivals: Some(arrivals).filter(|_| !pieces.unfinished),
                look: self::look(&pieces.look()),
            };
            if serves && self.picture.shows(tiles, now_s) {
                return self.place_picture(painter, rect, ppp);
            }
            let extent = larger.extent();
            let (base_key, over_key) = (self.base_key(state, ppp), self.over_key(state, ppp));
            let holds = |layer: &Option<CachedMesh>, key| {
                layer.as_ref().is_some_and(|l| l.holds(&extent, viewport.zoom, key))
            };
            if !holds(&self.base, base_key) {
                self.base = None;
            }
            if !holds(&self.over, over_key) {
                self.over = None;
            }
            if state.basemaps.with_embedded() {
                self.refresh_base(state, ppp);
            }
            self.refresh_over(state, ppp);
            let size_pt = egui::vec2(larger.width_pt, larger.height_pt);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a screen's pixels"
            )]
            let pixels =
                [size_pt.x, size_pt.y].map(|side| (side * ppp * sharpness).round().max(1.0) as u32);
            let whole = Rect::from_min_size(Pos2::ZERO, size_pt);
            let content = Content {
                ground: MapPalette::of(state.settings.mode).ground,
                size_pt,
                size_px: pixels,
                below: self
                    .base
                    .as_ref()
                    .filter(|_| state.basemaps.with_embedded())
                    .map(|layer| layer.meshed(&larger)),
                tiles: pieces.pieces,
                layers: self.layers.callbacks(whole, &larger, ppp),
                above: self.over.as_ref().map(|layer| layer.meshed(&larger)),
            };
            if self.picture.set(larger, look, tiles, now_s, content) {
                // Whether the card gives the texture is known when this frame is painted.
                painter.ctx().request_repaint();
            }
        }
        self.place_picture(painter, rect, ppp);
    }

    fn place_picture(&self, painter: &Painter, rect: Rect, ppp: f32) {
        let viewport = self.camera.viewport;
        if let Some(callback) = self.picture.callback(&viewport, rect, ppp) {
            painter.add(Callback::new_paint_callback(rect, callback));
        }
    }

    fn base_key(&self, state: &State, ppp: f32) -> u64 {
        let dark = state.settings.mode == Mode::Dark;
        look(&(ppp.to_bits(), dark, state.settings.flat_ground, self.camera.viewport.datum))
    }

    /// Changes with everything that the projects' mesh shows.
    fn over_key(&self, state: &State, ppp: f32) -> u64 {
        let view = self.view(state);
        look(&(
            state.revision,
            &state.hover,
            view.selected,
            view.with_anchors,
            state.settings.mode == Mode::Dark,
            ppp.to_bits(),
            self.camera.viewport.datum,
        ))
    }

    pub(super) fn refresh_base(&mut self, state: &State, ppp: f32) {
        let Some(basemap) = self.basemap.clone() else { return };
        let key = self.base_key(state, ppp);
        if self.base.as_ref().is_some_and(|layer| layer.serves(&self.camera, key)) {
            return;
        }
        let (viewport, extent) = (self.camera.viewport, drawn(&self.camera.viewport));
        let mut builder =
            MeshBuilder::new(viewport.center, viewport.scale(), extent, viewport.datum, ppp);
        let palette = MapPalette::of(state.settings.mode);
        let flat;
        let basemap = if state.settings.flat_ground {
            flat = basemap.with_relief(None);
            &flat
        } else {
            &*basemap
        };
        basemap::add(
            &mut builder,
            basemap,
            &self.prepared,
            &self.in_city,
            palette,
            viewport.zoom,
            &extent,
        );
        self.base = Some(CachedMesh::new(builder.finish(), &viewport, extent, key));
    }

    pub(super) fn refresh_over(&mut self, state: &State, ppp: f32) {
        let key = self.over_key(state, ppp);
        if self.over.as_ref().is_some_and(|layer| layer.serves(&self.camera, key)) {
            return;
        }
        let (viewport, extent) = (self.camera.viewport, drawn(&self.camera.viewport));
        let shapes = scene::compose(&state.catalogue, &self.prepared, self.view(state));
        let mut builder =
            MeshBuilder::new(viewport.center, viewport.scale(), extent, viewport.datum, ppp);
        builder.shapes(&shapes);
        self.over = Some(CachedMesh::new(builder.finish(), &viewport, extent, key));
        self.shapes = shapes;
    }
}
