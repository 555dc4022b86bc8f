//! When what is visible has to be chosen again, and how the last choice is shown meanwhile.

use std::{collections::HashMap, sync::Arc};

use eframe::egui_wgpu::Callback;
use egui::{Mesh, Painter, Rect, Shape, emath::TSTransform, vec2};

use super::mesh::mesh;
use crate::{
    app::{DrawQueue, DrawRequest, Drawn, LayerKey, OpenLayer, State},
    layer::visible::{self, Frame, Sizes},
    map::gpu::LayerCallback,
    scene::Viewport,
    style::{MapPalette, Rgba, layer_color},
};

/// The user's layers as they are drawn.
#[derive(Default)]
pub struct UserLayers {
    queue: Option<Arc<dyn DrawQueue>>,
    /// Whether buffers of our own can be drawn.
    pub on_gpu: bool,
    shown: HashMap<LayerKey, Shown>,
    asked: HashMap<LayerKey, Asked>,
    stamp: u64,
}

struct Shown {
    drawn: Drawn,
    /// For renderers without buffers of our own.
    mesh: Option<(Arc<Mesh>, Rgba)>,
    moved: Option<(TSTransform, Arc<Mesh>)>,
}

struct Asked {
    request: DrawRequest,
    look: Look,
}

/// Everything but place and zoom that a choice depends on.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Look {
    revision: u64,
    sizes: Sizes,
    pixels_per_point: f32,
}

/// How much of the window is chosen beyond each edge.
const MARGIN: f64 = 0.25;
/// Levels that a choice may be off before the next one is asked for.
const STRETCH: f64 = 0.12;

impl UserLayers {
    pub fn set_queue(&mut self, queue: Arc<dyn DrawQueue>) {
        self.queue = Some(queue);
    }

    /// Whether a choice is on its way.
    pub fn is_waiting(&self) -> bool {
        self.asked.iter().any(|(key, asked)| {
            self.shown.get(key).is_none_or(|s| s.drawn.request.stamp != asked.request.stamp)
        })
    }

    /// Features in view and features drawn, of all layers.
    pub fn counts(&self) -> (usize, usize) {
        self.shown.values().fold((0, 0), |(seen, drawn), shown| {
            let visible = &shown.drawn.visible;
            (seen + visible.in_view, drawn + visible.drawn)
        })
    }

    /// Takes what has been chosen and asks for what is missing.
    pub fn refresh(
        &mut self,
        state: &State,
        viewport: &Viewport,
        pixels_per_point: f32,
        moving: bool,
    ) {
        let Some(queue) = self.queue.clone() else { return };
        for drawn in queue.take() {
            let known = self.asked.contains_key(&drawn.request.key);
            if known {
                let shown = Shown { mesh: None, moved: None, drawn };
                self.shown.insert(shown.drawn.request.key, shown);
            }
        }
        let open: Vec<(LayerKey, &OpenLayer)> = state
            .files
            .iter()
            .flat_map(|file| {
                file.layers.iter().enumerate().map(move |(i, layer)| ((file.id, i), layer))
            })
            .filter(|(_, layer)| layer.visible)
            .collect();
        self.shown.retain(|key, _| open.iter().any(|(own, _)| own == key));
        self.asked.retain(|key, _| open.iter().any(|(own, _)| own == key));
        for (key, layer) in open {
            let sizes = visible::sizes(layer.data.0.len(), viewport.zoom);
            let look = Look { revision: layer.revision, sizes, pixels_per_point };
            self.ask(&*queue, key, layer, look, viewport, moving);
        }
    }

    /// Draws every layer as it was chosen last.
    pub fn paint(
        &mut self,
        painter: &Painter,
        map: Rect,
        state: &State,
        viewport: &Viewport,
        pixels_per_point: f32,
    ) {
        if self.on_gpu {
            for callback in self.callbacks(map, state, viewport, pixels_per_point) {
                painter.add(Callback::new_paint_callback(map, callback));
            }
            return;
        }
        let casing = MapPalette::of(state.settings.mode).halo;
        let keys: Vec<LayerKey> = self.shown.keys().copied().collect();
        for key in keys {
            if let Some(fill) = ink(state, key) {
                self.draw(painter, map, key, viewport, fill, casing);
            }
        }
    }

    /// What draws each layer into a map of this place and size.
    pub fn callbacks(
        &self,
        map: Rect,
        state: &State,
        viewport: &Viewport,
        pixels_per_point: f32,
    ) -> Vec<LayerCallback> {
        let casing = MapPalette::of(state.settings.mode).halo;
        let mut keys: Vec<&LayerKey> = self.shown.keys().collect();
        keys.sort();
        keys.into_iter()
            .filter_map(|key| {
                let shown = self.shown.get(key)?;
                let request = &shown.drawn.request;
                // Chosen for another basemap's plane: the new choice is on its way.
                if request.frame.datum != viewport.datum {
                    return None;
                }
                let [x, y] = viewport.to_pt(request.frame.center);
                #[expect(clippy::cast_possible_truncation, reason = "a factor near one")]
                let scale = (viewport.scale() / request.frame.scale) as f32;
                Some(LayerCallback {
                    key: *key,
                    stamp: request.stamp,
                    visible: shown.drawn.visible.clone(),
                    offset: vec2(x, y),
                    scale,
                    map,
                    pixels_per_point,
                    fill: ink(state, *key)?,
                    casing,
                    sizes: request.sizes,
                })
            })
            .collect()
    }

    /// Changes with what is drawn.
    pub fn stamps(&self) -> Vec<(LayerKey, u64)> {
        let mut stamps: Vec<(LayerKey, u64)> =
            self.shown.iter().map(|(key, shown)| (*key, shown.drawn.request.stamp)).collect();
        stamps.sort_unstable();
        stamps
    }

    fn ask(
        &mut self,
        queue: &dyn DrawQueue,
        key: LayerKey,
        layer: &OpenLayer,
        look: Look,
        viewport: &Viewport,
        moving: bool,
    ) {
        let serves = self.asked.get(&key).is_some_and(|asked| {
            asked.look == look && serves(&asked.request.frame, viewport, moving)
        });
        if serves {
            return;
        }
        self.stamp += 1;
        // The first part of a large layer shows soonest alone; the rest is asked for after it.
        let first_part = layer.data.first_part().filter(|_| {
            layer.passed.is_none()
                && !self.shown.contains_key(&key)
                && !self.asked.contains_key(&key)
        });
        let look = match &first_part {
            Some(_) => Look { revision: u64::MAX, ..look },
            None => look,
        };
        let seen = viewport.extent();
        let longer = (seen.max.x - seen.min.x).max(seen.max.y - seen.min.y);
        let request = DrawRequest {
            key,
            stamp: self.stamp,
            layer: first_part.unwrap_or_else(|| layer.data.clone()),
            passed: layer.passed.clone(),
            frame: Frame {
                center: viewport.center,
                scale: viewport.scale(),
                extent: seen.grown(longer * MARGIN),
                datum: viewport.datum,
                pixels_per_point: look.pixels_per_point,
            },
            sizes: look.sizes,
        };
        queue.submit(request.clone());
        self.asked.insert(key, Asked { request, look });
    }

    #[expect(clippy::cast_possible_truncation, reason = "points are f32 by design")]
    fn draw(
        &mut self,
        painter: &Painter,
        map: Rect,
        key: LayerKey,
        viewport: &Viewport,
        fill: Rgba,
        casing: Rgba,
    ) {
        let Some(shown) = self.shown.get_mut(&key) else { return };
        let request = &shown.drawn.request;
        // Chosen for another basemap's plane: the new choice is on its way.
        if request.frame.datum != viewport.datum {
            return;
        }
        let [x, y] = viewport.to_pt(request.frame.center);
        let scale = (viewport.scale() / request.frame.scale) as f32;
        if shown.mesh.as_ref().is_none_or(|(_, ink)| *ink != fill) {
            let made = mesh(&shown.drawn.visible, fill, casing, request.sizes);
            shown.mesh = Some((Arc::new(made), fill));
            shown.moved = None;
        }
        let transform = TSTransform { scaling: scale, translation: map.min.to_vec2() + vec2(x, y) };
        let Some((made, _)) = &shown.mesh else { return };
        let placed = match &shown.moved {
            Some((at, placed)) if *at == transform => placed.clone(),
            _ => {
                let mut placed = Mesh::clone(made);
                placed.transform(transform);
                Arc::new(placed)
            }
        };
        shown.moved = Some((transform, placed.clone()));
        painter.add(Shape::Mesh(placed));
    }
}

/// The colour of a layer; `None` once its file is closed.
fn ink(state: &State, (file, i): LayerKey) -> Option<Rgba> {
    let layer = state.files.iter().find(|own| own.id == file)?.layers.get(i)?;
    Some(layer_color(layer.color, state.settings.mode))
}

fn serves(frame: &Frame, viewport: &Viewport, moving: bool) -> bool {
    let off = (viewport.scale() / frame.scale).log2().abs();
    let tolerance = if moving { STRETCH } else { 1e-9 };
    let seen = viewport.extent();
    off <= tolerance
        && frame.datum == viewport.datum
        && frame.extent.contains(seen.min)
        && frame.extent.contains(seen.max)
}
