//! Drawing on the map by clicks: what the pointer means while something is measured or outlined, and
//! the figure itself. Dragging and the wheel move the map as ever.

use egui::{CursorIcon, Painter, Pos2, Response, Ui};

use super::{input::Pointed, paper_canvas::PaperCanvas};
use crate::{
    app::{
        Action, Purpose, Sketch, SketchStep, State,
        measure::{self, NearLine},
        sketch_figure,
    },
    geo::mercator,
    paper::paint as paint_items,
    plot::{self, Frame},
    scene::Viewport,
    style::MapPalette,
    theme::paper_fonts,
    units::LonLat,
};

/// A click so close to the first vertex ends there.
const FIRST_PT: f32 = 9.0;
/// A click so close to the last vertex is the same one.
const LAST_PT: f32 = 4.0;

/// What is drawn, and what the pointer adds to it.
#[derive(Debug, Clone, Copy)]
pub struct Drawing<'a> {
    pub sketch: &'a Sketch,
    /// Where the next vertex would be; `None` off the map and once it has ended.
    pub pointer: Option<LonLat>,
    /// The line of the plan that the distance from the pointer, else from the last vertex, is told of.
    pub near: Option<(LonLat, NearLine<'a>)>,
}

impl<'a> Drawing<'a> {
    /// What is drawn at the desk; `None` where nothing is.
    pub fn of(
        state: &'a State,
        response: &Response,
        viewport: &Viewport,
        pointed: &Pointed,
    ) -> Option<Self> {
        let sketch = state.sketch.as_ref().filter(|_| state.tour.is_none())?;
        let is_over = response.contains_pointer() && !response.dragged() && sketch.is_drawing();
        let last = sketch.vertices().last();
        // On the last vertex it adds nothing.
        let adds = |at: &[f32; 2]| !last.is_some_and(|p| is_at(viewport, *p, *at, LAST_PT));
        let at = pointed.at_pt.filter(|at| is_over && adds(at));
        let next = at.map(|at| mercator::to_lon_lat(viewport.to_mercator(at)));
        let from = next.or_else(|| last.copied());
        let from = from.filter(|_| sketch.purpose == Purpose::Measure);
        let near = from.and_then(|from| Some((from, measure::near_line(state, from)?)));
        Some(Self { sketch, pointer: next, near })
    }

    /// Paints the figure over everything else on the map.
    pub fn paint(&self, painter: &Painter, origin: Pos2, viewport: &Viewport, state: &State) {
        let Some((frame, fonts)) = Frame::new(viewport, [0.0; 2]).zip(paper_fonts()) else {
            return;
        };
        let settings = &state.settings;
        let way = self.near.as_ref().map(|(from, near)| (*from, near.on_line.located.point));
        let figure =
            sketch_figure::figure(self.sketch, self.pointer, way, settings.language, settings.mode);
        let item = plot::figure(&frame, &figure, fonts, MapPalette::of(settings.mode));
        paint_items(&[item], &mut PaperCanvas::new(painter.clone(), origin, fonts));
    }

    /// Turns what the pointer did into steps; no project is chosen and no list opens.
    pub fn act(
        &self,
        ui: &Ui,
        response: &Response,
        state: &State,
        viewport: &Viewport,
        pointed: &Pointed,
        actions: &mut Vec<Action>,
    ) {
        super::pointer::tell(ui, viewport, pointed);
        if state.hover.is_some() {
            actions.push(Action::Hover(None));
        }
        if response.contains_pointer() && !response.dragged() {
            ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
        }
        let Some(at) = pointed.at_pt.filter(|_| pointed.clicked) else { return };
        response.request_focus();
        let set = self.sketch.vertices();
        let hits = |p: Option<&LonLat>, reach_pt: f32| {
            p.is_some_and(|p| is_at(viewport, *p, at, reach_pt))
        };
        let is_drawing = self.sketch.is_drawing();
        let steps = if pointed.clicked_again && !is_drawing {
            // The first click has ended it.
            [None, None]
        } else if is_drawing && hits(set.last(), LAST_PT) {
            // The second click of a double click; a slow machine may not know it for one.
            [Some(SketchStep::End), None]
        } else if self.sketch.can_close() && hits(set.first(), FIRST_PT) {
            [Some(SketchStep::Close), None]
        } else {
            let add = SketchStep::Add(mercator::to_lon_lat(viewport.to_mercator(at)));
            // Both clicks may come in one frame.
            [Some(add), pointed.double_clicked.then_some(SketchStep::End)]
        };
        actions.extend(steps.into_iter().flatten().map(Action::Sketch));
    }
}

/// Whether a position lies so close to a point of the map.
fn is_at(viewport: &Viewport, p: LonLat, at_pt: [f32; 2], reach_pt: f32) -> bool {
    let [x, y] = viewport.to_pt(mercator::from_lon_lat(p));
    (x - at_pt[0]).hypot(y - at_pt[1]) <= reach_pt
}
