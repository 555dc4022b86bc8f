//! A place that was drawn, changed by the pointer: vertices are dragged, added on a line, picked.

use egui::{CursorIcon, PointerButton, Response, Ui};

use super::{input::Pointed, sketch::is_at};
use crate::{
    app::{Action, PlaceStep, Sketch, SketchStep, State, placing},
    geo::mercator,
    scene::{Shape, Viewport, pick},
    units::LonLat,
};

/// So close to a vertex is on it.
const VERTEX_PT: f32 = 9.0;
/// So close to a line between two is on it.
const LINE_PT: f32 = 6.0;

/// The vertex at a point of the map.
pub fn vertex_at(sketch: &Sketch, viewport: &Viewport, at: [f32; 2]) -> Option<usize> {
    sketch.vertices().iter().position(|p| is_at(viewport, *p, at, VERTEX_PT))
}

/// The line at a point: the number that a vertex on it would have.
fn line_at(sketch: &Sketch, viewport: &Viewport, at: [f32; 2]) -> Option<usize> {
    let pt = |p: LonLat| viewport.to_pt(mercator::from_lon_lat(p));
    let off = |a: [f32; 2], b: [f32; 2]| {
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let long = dx.mul_add(dx, dy * dy).max(1e-6);
        let share = (((at[0] - a[0]) * dx + (at[1] - a[1]) * dy) / long).clamp(0.0, 1.0);
        (a[0] + share * dx - at[0]).hypot(a[1] + share * dy - at[1])
    };
    sketch.segments().find(|(_, a, b)| off(pt(*a), pt(*b)) <= LINE_PT).map(|(i, ..)| i)
}

/// The vertex that a drag takes hold of; the map stays where it is then. A drag on a line sets a vertex
/// there, one on the pin of the project in the form begins to move that.
pub fn grasp(
    ui: &Ui,
    response: &Response,
    state: &State,
    viewport: &Viewport,
    shapes: &[Shape],
    actions: &mut Vec<Action>,
) -> Option<usize> {
    let from = ui.input(|i| i.pointer.press_origin())?;
    let plain = ui.input(|i| i.modifiers.is_none());
    if !plain || !response.drag_started_by(PointerButton::Primary) || state.tour.is_some() {
        return None;
    }
    let at = [from.x - response.rect.min.x, from.y - response.rect.min.y];
    match &state.sketch {
        Some(sketch) if sketch.is_changed() => vertex_at(sketch, viewport, at).or_else(|| {
            let i = line_at(sketch, viewport, at)?;
            let p = mercator::to_lon_lat(viewport.to_mercator(at));
            actions.push(Action::Sketch(SketchStep::Insert(i, p)));
            Some(i)
        }),
        Some(_) => None,
        None => {
            let id = state.focus.as_ref()?;
            let in_form = state.workbook.editing && state.workbook.is_writable();
            let hits = pick::hits(shapes, viewport, at, VERTEX_PT);
            let is_there = in_form && pick::projects(&hits).contains(id);
            let (shape, _) = placing::only_shape(state, id).filter(|_| is_there)?;
            matches!(shape, geo::Geometry::Point(_)).then(|| {
                actions.push(Action::Place(PlaceStep::Adjust(id.clone())));
                0
            })
        }
    }
}

/// What a click does to a place that has ended.
pub fn act(
    ui: &Ui,
    response: &Response,
    sketch: &Sketch,
    viewport: &Viewport,
    pointed: &Pointed,
    actions: &mut Vec<Action>,
) {
    let Some(at) = pointed.at_pt.filter(|_| response.contains_pointer()) else { return };
    let vertex = vertex_at(sketch, viewport, at);
    let line = line_at(sketch, viewport, at).filter(|_| vertex.is_none());
    let icon = match (vertex, line) {
        (Some(_), _) if response.dragged() => CursorIcon::Grabbing,
        (Some(_), _) => CursorIcon::Grab,
        (None, Some(_)) => CursorIcon::Copy,
        (None, None) => CursorIcon::Default,
    };
    ui.ctx().set_cursor_icon(icon);
    if !pointed.clicked || pointed.clicked_again {
        return;
    }
    response.request_focus();
    let step = match line {
        Some(i) => SketchStep::Insert(i, mercator::to_lon_lat(viewport.to_mercator(at))),
        None => SketchStep::Pick(vertex),
    };
    actions.push(Action::Sketch(step));
}
