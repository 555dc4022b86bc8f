//! What is picked, marked on the map: the feature of a layer whose values are told, a part of the
//! project in the card.

use egui::{Painter, Pos2, Shape, Stroke, vec2};

use super::part_mark;
use crate::{
    app::{FeatureRef, Overlay, State},
    geo::clip::clip_path,
    layer::Part,
    scene::Viewport,
    theme::Theme,
    units::Mercator,
};

/// Width of the mark on a line, and of the ring around a point, in points.
const WIDTH: f32 = 4.0;
const CASING: f32 = 8.0;
const RING: f32 = 9.0;

/// Paints the marks.
pub fn paint(painter: &Painter, origin: Pos2, viewport: &Viewport, state: &State, theme: Theme) {
    part_mark::paint(painter, origin, viewport, state, theme);
    let Overlay::Feature(found) = &state.overlay else { return };
    let Some(FeatureRef { file, layer, chunk, row }) = found.shown() else { return };
    let own = state.files.iter().find(|own| own.id == file);
    let layer = own.and_then(|own| own.layers.get(layer)).filter(|layer| layer.visible);
    let Some(chunk) = layer.and_then(|layer| layer.data.0.chunks.get(chunk)) else { return };
    let at = |p: &Mercator| {
        let [x, y] = viewport.to_pt(*p);
        origin + vec2(x, y)
    };
    let shapes = &chunk.shapes;
    for part in shapes.parts_of(row) {
        let path = shapes.part(part);
        let role = shapes.role(row, part);
        if role == Part::Point {
            for p in path {
                painter.circle_stroke(at(p), RING, Stroke::new(CASING, theme.panel()));
                painter.circle_stroke(at(p), RING, Stroke::new(WIDTH, theme.accent()));
            }
            continue;
        }
        let mut path = path.to_vec();
        if role.is_closed() {
            path.extend(path.first().copied());
        }
        for run in clip_path(&path, &viewport.extent()) {
            let points: Vec<Pos2> = run.path.iter().map(at).collect();
            painter.add(Shape::line(points.clone(), Stroke::new(CASING, theme.panel())));
            painter.add(Shape::line(points, Stroke::new(WIDTH, theme.accent())));
        }
    }
}
