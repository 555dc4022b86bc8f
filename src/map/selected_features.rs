//! The features that are selected in tables, marked on the map. What is seen of them is chosen outside
//! the UI thread as it is of layers, so that a million of them cost no more than the screen has room
//! for.

use std::{collections::HashMap, sync::Arc};

use egui::{Color32, Mesh, Painter, Rect, Shape, emath::TSTransform, pos2, vec2};

use super::user_layers::{fan, round, segment};
use crate::{
    app::{
        DrawQueue, DrawRequest, Drawn, LayerKey, OpenLayer, State, ToldApart, open_layers::Passed,
    },
    layer::visible::{Frame, Sizes, Visible},
    scene::Viewport,
    theme::Theme,
};

/// Up to so many are marked one by one; of more, those that lie on each other share a mark.
const FEW: usize = 2_000;
/// How much of the window is chosen beyond each edge.
const MARGIN: f64 = 0.25;
/// Levels that a choice may be off while the camera moves.
const STRETCH: f64 = 0.25;

/// What is marked.
#[derive(Default)]
pub struct SelectedFeatures {
    queue: Option<Arc<dyn DrawQueue>>,
    asked: HashMap<LayerKey, Asked>,
    shown: HashMap<LayerKey, Shown>,
    stamp: u64,
}

struct Asked {
    request: DrawRequest,
    revision: u64,
}

struct Shown {
    drawn: Drawn,
    mesh: Option<(Color32, Arc<Mesh>)>,
    moved: Option<(TSTransform, Arc<Mesh>)>,
}

impl SelectedFeatures {
    pub fn set_queue(&mut self, queue: Arc<dyn DrawQueue>) {
        self.queue = Some(queue);
    }

    /// Takes what has been chosen, asks for what is missing, and marks it.
    pub fn show(
        &mut self,
        painter: &Painter,
        map: Rect,
        state: &State,
        viewport: &Viewport,
        moving: bool,
    ) {
        let Some(queue) = self.queue.clone() else { return };
        for drawn in queue.take() {
            let own = Shown { drawn, mesh: None, moved: None };
            self.shown.insert(own.drawn.request.key, own);
        }
        let open: Vec<(LayerKey, &OpenLayer)> = selected(state).collect();
        self.asked.retain(|key, _| open.iter().any(|(own, _)| own == key));
        self.shown.retain(|key, _| open.iter().any(|(own, _)| own == key));
        for (key, layer) in open {
            self.ask(&*queue, key, layer, viewport, painter.ctx().pixels_per_point(), moving);
        }
        let theme = Theme::of(state.settings.mode);
        let mut keys: Vec<LayerKey> = self.shown.keys().copied().collect();
        keys.sort_unstable();
        for key in keys {
            if let Some(shown) = self.shown.get_mut(&key) {
                shown.paint(painter, map, viewport, theme);
            }
        }
    }

    fn ask(
        &mut self,
        queue: &dyn DrawQueue,
        key: LayerKey,
        layer: &OpenLayer,
        viewport: &Viewport,
        pixels_per_point: f32,
        moving: bool,
    ) {
        let selection = &layer.table.selection;
        let serves = self.asked.get(&key).is_some_and(|asked| {
            asked.revision == selection.revision()
                && asked.request.layer == layer.data
                && serves(&asked.request.frame, viewport, pixels_per_point, moving)
        });
        if serves {
            return;
        }
        self.stamp += 1;
        let seen = viewport.extent();
        let longer = (seen.max.x - seen.min.x).max(seen.max.y - seen.min.y);
        let request = DrawRequest {
            key,
            stamp: self.stamp,
            layer: layer.data.clone(),
            passed: Some(Passed { rows: selection.rows().clone(), count: selection.count() }),
            frame: Frame {
                center: viewport.center,
                scale: viewport.scale(),
                extent: seen.grown(longer * MARGIN),
                datum: viewport.datum,
                pixels_per_point,
            },
            sizes: sizes(selection.count()),
            told_apart: ToldApart::No,
            names: None,
        };
        queue.submit(request.clone());
        self.asked.insert(key, Asked { request, revision: selection.revision() });
    }
}

/// Layers that are seen and have anything selected.
fn selected(state: &State) -> impl Iterator<Item = (LayerKey, &OpenLayer)> {
    let files = state.files.iter().filter(|_| state.tour.is_none());
    let all = files.flat_map(|file| {
        file.layers.iter().enumerate().map(move |(i, layer)| ((file.id, i), layer))
    });
    all.filter(|(_, layer)| layer.visible && !layer.table.selection.is_empty())
}

/// Of many fewer are told apart: the sizes decide how near two marks may be.
const fn sizes(count: usize) -> Sizes {
    if count <= FEW {
        Sizes { point_radius_pt: 5.5, line_width_pt: 3.5 }
    } else {
        Sizes { point_radius_pt: 8.0, line_width_pt: 8.0 }
    }
}

impl Shown {
    #[expect(clippy::cast_possible_truncation, reason = "points are f32 by design")]
    fn paint(&mut self, painter: &Painter, map: Rect, viewport: &Viewport, theme: Theme) {
        let request = &self.drawn.request;
        // Chosen for another basemap's plane: the new choice is on its way.
        if request.frame.datum != viewport.datum {
            return;
        }
        let ink = theme.accent();
        let made = match &self.mesh {
            Some((own, mesh)) if *own == ink => mesh.clone(),
            _ => {
                let few = request.passed.as_ref().is_none_or(|passed| passed.count <= FEW);
                Arc::new(mesh(&self.drawn.visible, ink, theme.panel(), few))
            }
        };
        self.mesh = Some((ink, made.clone()));
        let [x, y] = viewport.to_pt(request.frame.center);
        let scaling = (viewport.scale() / request.frame.scale) as f32;
        let transform = TSTransform { scaling, translation: map.min.to_vec2() + vec2(x, y) };
        let placed = match &self.moved {
            Some((at, placed)) if *at == transform => placed.clone(),
            _ => {
                let mut placed = Mesh::clone(&made);
                placed.transform(transform);
                Arc::new(placed)
            }
        };
        self.moved = Some((transform, placed.clone()));
        // Under a clip of its own: egui then keeps it apart and does not copy it.
        painter.with_clip_rect(map.shrink(0.04)).add(Shape::Mesh(placed));
    }
}

fn serves(frame: &Frame, viewport: &Viewport, pixels_per_point: f32, moving: bool) -> bool {
    let off = (viewport.scale() / frame.scale).log2().abs();
    let tolerance = if moving { STRETCH } else { 1e-9 };
    let seen = viewport.extent();
    off <= tolerance
        && frame.datum == viewport.datum
        && (frame.pixels_per_point - pixels_per_point).abs() < 1e-3
        && frame.extent.contains(seen.min)
        && frame.extent.contains(seen.max)
}

/// Marks around the centre that they were chosen for: of few points discs with a rim, of many squares.
fn mesh(visible: &Visible, ink: Color32, rim: Color32, few: bool) -> Mesh {
    let mut mesh = Mesh::default();
    let tint = ink.gamma_multiply(0.4);
    for corner in &visible.triangles {
        let next = u32::try_from(mesh.vertices.len()).unwrap_or(u32::MAX);
        mesh.colored_vertex(pos2(corner[0], corner[1]), tint);
        mesh.indices.push(next);
    }
    if few {
        for [x0, y0, x1, y1] in &visible.segments {
            segment(&mut mesh, pos2(*x0, *y0), pos2(*x1, *y1), 5.5, rim);
        }
    }
    for [x0, y0, x1, y1] in &visible.segments {
        segment(&mut mesh, pos2(*x0, *y0), pos2(*x1, *y1), 3.0, ink);
    }
    let discs = if few {
        vec![(round(8, 6.0), rim), (round(8, 4.6), ink)]
    } else {
        vec![(round(4, 4.0), ink)]
    };
    for [x, y] in &visible.points {
        for (corners, ink) in &discs {
            fan(&mut mesh, pos2(*x, *y), corners, *ink);
        }
    }
    mesh
}
