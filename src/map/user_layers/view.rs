//! When what is visible has to be chosen again, and how the last choice is shown meanwhile.

use std::{collections::HashMap, sync::Arc};

use eframe::egui_wgpu::Callback;
use egui::{Mesh, Painter, Rect, Shape, emath::TSTransform, vec2};

use super::mesh::mesh;
use crate::{
    app::{DrawQueue, DrawRequest, Drawn, LayerKey, OpenLayer, State},
    layer::visible::{Frame, Sizes},
    map::{cached_mesh::look, gpu::LayerCallback},
    scene::{
        Viewport,
        labels::LabelRequest,
        layer_labels::{Named, layer_labels},
    },
    style::{MOST_CLASSES, SymbolLook},
};

/// The user's layers as they are drawn.
#[derive(Default)]
pub struct UserLayers {
    queue: Option<Arc<dyn DrawQueue>>,
    /// Whether buffers of our own can be drawn.
    pub on_gpu: bool,
    shown: HashMap<LayerKey, Shown>,
    /// The layers that are seen, from the ground up, and how each looks.
    looks: Vec<(LayerKey, Arc<SymbolLook>)>,
    asked: HashMap<LayerKey, Asked>,
    stamp: u64,
}

struct Shown {
    drawn: Drawn,
    /// For renderers without buffers of our own.
    mesh: Option<(Arc<Mesh>, Arc<SymbolLook>)>,
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
        let mut open: Vec<(LayerKey, &OpenLayer)> = state.layers_from_ground();
        open.retain(|(key, layer)| state.draws_layer(*key, layer) && layer.dress.is_seen(viewport));
        self.looks = open
            .iter()
            .map(|(key, layer)| {
                let (count, mode) = (layer.data.0.len(), state.settings.mode);
                let drawn = self.shown.get(key).map(|own| &own.drawn.request.told_apart);
                let own = layer.dress.look_of_drawn(drawn, count, mode, viewport.zoom);
                let known = self.looks.iter().find(|(known, look)| known == key && **look == own);
                (*key, known.map_or_else(|| Arc::new(own), |(_, look)| look.clone()))
            })
            .collect();
        self.shown.retain(|key, _| open.iter().any(|(own, _)| own == key));
        self.asked.retain(|key, _| open.iter().any(|(own, _)| own == key));
        for (key, layer) in open {
            let Some(own) = self.looks.iter().find(|(own, _)| *own == key) else { continue };
            let sizes = Sizes {
                point_radius_pt: own.1.point_radius_pt,
                line_width_pt: own.1.line_width_pt,
            };
            let look = Look { revision: layer.revision, sizes, pixels_per_point };
            self.ask(&*queue, key, layer, look, viewport, moving);
        }
    }

    /// Draws every layer as it was chosen last.
    pub fn paint(
        &mut self,
        painter: &Painter,
        map: Rect,
        viewport: &Viewport,
        pixels_per_point: f32,
    ) {
        if self.on_gpu {
            for callback in self.callbacks(map, viewport, pixels_per_point) {
                painter.add(Callback::new_paint_callback(map, callback));
            }
            return;
        }
        for (key, look) in self.looks.clone() {
            self.draw(painter, map, key, viewport, &look);
        }
    }

    /// Names of features, `factor` times as large as at a desk.
    pub fn labels(&self, state: &State, viewport: &Viewport, factor: f32) -> Vec<LabelRequest> {
        let mut requests = Vec::new();
        // What lies on top is named first.
        for (key, look) in self.looks.iter().rev() {
            let (Some(shown), Some(layer)) = (self.shown.get(key), state.layer(*key)) else {
                continue;
            };
            let frame = &shown.drawn.request.frame;
            if shown.drawn.names.is_empty() || frame.datum != viewport.datum {
                continue;
            }
            let [x, y] = viewport.to_pt(frame.center);
            #[expect(clippy::cast_possible_truncation, reason = "a factor near one")]
            let scale = (viewport.scale() / frame.scale) as f32;
            let named = shown.drawn.names.iter().map(|spot| Named {
                at_pt: [x + spot.at_pt[0] * scale, y + spot.at_pt[1] * scale],
                text: &spot.text,
                radius_pt: spot.is_point.then_some(look.point_radius_pt),
            });
            let style = layer.dress.label_style(state.settings.mode, factor);
            requests.extend(layer_labels(named, style));
        }
        requests
    }

    /// What draws each layer into a map of this place and size.
    pub fn callbacks(
        &self,
        map: Rect,
        viewport: &Viewport,
        pixels_per_point: f32,
    ) -> Vec<LayerCallback> {
        self.looks
            .iter()
            .filter_map(|(key, look)| {
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
                    look: look.clone(),
                })
            })
            .collect()
    }

    /// Changes with what is drawn.
    pub fn stamps(&self) -> Vec<(LayerKey, u64, u64)> {
        let stamp = |key: &LayerKey| self.shown.get(key).map(|shown| shown.drawn.request.stamp);
        let looks = self.looks.iter();
        looks.filter_map(|(key, own)| Some((*key, stamp(key)?, look(&stamped(own))))).collect()
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
            told_apart: layer.dress.told_apart(),
            names: layer.dress.style.template(&layer.data.0.fields).map(Arc::new),
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
        look: &Arc<SymbolLook>,
    ) {
        let Some(shown) = self.shown.get_mut(&key) else { return };
        let request = &shown.drawn.request;
        // Chosen for another basemap's plane: the new choice is on its way.
        if request.frame.datum != viewport.datum {
            return;
        }
        let [x, y] = viewport.to_pt(request.frame.center);
        let scale = (viewport.scale() / request.frame.scale) as f32;
        if shown.mesh.as_ref().is_none_or(|(_, known)| known != look) {
            let made = mesh(&shown.drawn.visible, look);
            shown.mesh = Some((Arc::new(made), look.clone()));
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

/// Everything about a look, as it can be hashed.
fn stamped(look: &SymbolLook) -> impl std::hash::Hash {
    let sizes = [look.fill_share, look.casing_pt, look.point_radius_pt, look.line_width_pt];
    let colors: Vec<_> = look.colors.iter().take(MOST_CLASSES).copied().collect();
    (colors, look.outline, look.casing, look.marker, sizes.map(f32::to_bits))
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
