//! Drawing on the map by clicks: what the pointer means while something is measured or outlined, and
//! the figure itself. Dragging and the wheel move the map as ever.

use std::borrow::Cow;

use egui::{Align2, CursorIcon, Painter, Pos2, Rect, Response, Stroke, StrokeKind, Ui, vec2};

use super::{input::Pointed, paper_canvas::PaperCanvas, sketch_edit};
use crate::{
    app::{
        Action, Purpose, Sketch, SketchStep, State,
        measure::{self, NearLine},
        sketch_figure,
        snap::{Snap, snap},
    },
    geo::mercator,
    paper::paint as paint_items,
    plot::{self, Frame},
    scene::Viewport,
    style::MapPalette,
    theme::{self, Theme, paper_fonts, size},
    units::LonLat,
};

/// A click so close to the first vertex ends there.
const FIRST_PT: f32 = 9.0;
/// A click so close to the last vertex is the same one.
const LAST_PT: f32 = 4.0;

/// What is drawn, and what the pointer adds to it.
#[derive(Debug, Clone)]
pub struct Drawing<'a> {
    pub sketch: Cow<'a, Sketch>,
    /// Where the next vertex would be; `None` off the map and once it has ended.
    pub pointer: Option<LonLat>,
    /// The line of the plan that the distance from the pointer, else from the last vertex, is told of.
    pub near: Option<(LonLat, NearLine<'a>)>,
    /// What the next vertex, or the one that is dragged, keeps to.
    snap: Option<Snap>,
    /// The vertex that is dragged.
    held: Option<usize>,
}

impl<'a> Drawing<'a> {
    /// What is drawn at the desk; `None` where nothing is.
    pub fn of(
        state: &'a State,
        response: &Response,
        viewport: &Viewport,
        pointed: &Pointed,
        held: Option<usize>,
    ) -> Option<Self> {
        let sketch = state.sketch.as_ref().filter(|_| state.tour.is_none())?;
        let is_over = response.contains_pointer() && !response.dragged() && sketch.is_drawing();
        let last = sketch.vertices().last();
        // On the last vertex it adds nothing.
        let adds = |at: &[f32; 2]| !last.is_some_and(|p| is_at(viewport, *p, *at, LAST_PT));
        let held = held.filter(|_| sketch.is_changed());
        let at = match held {
            Some(_) => response.interact_pointer_pos().map(|p| {
                let p = p - response.rect.min;
                [p.x, p.y]
            }),
            None => pointed.at_pt.filter(|at| is_over && adds(at)),
        };
        let found = at.filter(|_| sketch.snaps).and_then(|at| snap(state, viewport, at));
        let next = at.map(|at| match &found {
            Some(found) => found.at,
            None => mercator::to_lon_lat(viewport.to_mercator(at)),
        });
        let last = last.copied();
        let sketch = match (held, next) {
            (Some(i), Some(to)) => {
                let mut moved = sketch.clone();
                moved.change(SketchStep::Move(i, to));
                Cow::Owned(moved)
            }
            _ => Cow::Borrowed(sketch),
        };
        let from = next.or(last);
        let from = from.filter(|_| sketch.purpose == Purpose::Measure);
        let near = from.and_then(|from| Some((from, measure::near_line(state, from)?)));
        Some(Self { sketch, pointer: next, near, snap: found, held })
    }

    /// What it means that the vertex that is dragged is let go.
    pub fn let_go(&self) -> Option<Action> {
        let (i, to) = self.held.zip(self.pointer)?;
        Some(Action::Sketch(SketchStep::Move(i, to)))
    }

    /// Paints the figure over everything else on the map.
    fn paint(&self, painter: &Painter, origin: Pos2, viewport: &Viewport, state: &State) {
        let Some((frame, fonts)) = Frame::new(viewport, [0.0; 2]).zip(paper_fonts()) else {
            return;
        };
        let settings = &state.settings;
        let way = self.near.as_ref().map(|(from, near)| (*from, near.on_line.located.point));
        let figure = sketch_figure::figure(
            &self.sketch,
            self.pointer,
            way,
            settings.language,
            settings.mode,
        );
        let item = plot::figure(&frame, &figure, fonts, MapPalette::of(settings.mode));
        paint_items(&[item], &mut PaperCanvas::new(painter.clone(), origin, fonts));
        let theme = Theme::of(settings.mode);
        let picked = self.sketch.picked.and_then(|i| self.sketch.vertices().get(i));
        if let Some(p) = picked {
            let [x, y] = viewport.to_pt(mercator::from_lon_lat(*p));
            painter.circle_stroke(origin + vec2(x, y), 9.0, Stroke::new(2.5, theme.accent()));
        }
        if let Some(snap) = &self.snap {
            paint_snap(painter, origin, viewport, snap, theme);
        }
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
        if self.sketch.is_changed() {
            return sketch_edit::act(ui, response, &self.sketch, viewport, pointed, actions);
        }
        if response.contains_pointer() && !response.dragged() {
            ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
        }
        let Some(at) = pointed.at_pt.filter(|_| pointed.clicked) else { return };
        response.request_focus();
        let set = self.sketch.vertices();
        let place = self.pointer.unwrap_or_else(|| mercator::to_lon_lat(viewport.to_mercator(at)));
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
            let add = SketchStep::Add(place);
            // Both clicks may come in one frame.
            [Some(add), pointed.double_clicked.then_some(SketchStep::End)]
        };
        actions.extend(steps.into_iter().flatten().map(Action::Sketch));
    }
}

/// The second click of a double click that closed an outline is not meant for what lies there.
/// `drew_at` keeps when something was drawn by a click last.
pub fn follow(ui: &Ui, drew_at: &mut Option<f64>, pointed: &mut Pointed, draws: bool) {
    /// Longer than egui waits for a second click.
    const AT_ONCE_S: f64 = 0.5;
    let now = ui.input(|i| i.time);
    if draws && pointed.clicked {
        *drew_at = Some(now);
    } else if !draws && drew_at.is_some_and(|at| now - at < AT_ONCE_S) {
        pointed.clicked &= !pointed.clicked_again;
        pointed.double_clicked = false;
    }
}

/// Paints what is drawn, else a geometry that is taken as it is.
pub fn paint(
    painter: &Painter,
    origin: Pos2,
    viewport: &Viewport,
    state: &State,
    drawing: Option<&Drawing<'_>>,
) {
    if let Some(drawing) = drawing {
        return drawing.paint(painter, origin, viewport, state);
    }
    let Some(given) = state.placing.as_ref().and_then(|own| own.given.as_ref()) else { return };
    let Some((frame, fonts)) = Frame::new(viewport, [0.0; 2]).zip(paper_fonts()) else { return };
    let mode = state.settings.mode;
    let figure = sketch_figure::of_geometry(given, mode);
    let item = plot::figure(&frame, &figure, fonts, MapPalette::of(mode));
    paint_items(&[item], &mut PaperCanvas::new(painter.clone(), origin, fonts));
}

/// The vertex or the place on a line that is kept to, and whose it is.
fn paint_snap(painter: &Painter, origin: Pos2, viewport: &Viewport, snap: &Snap, theme: Theme) {
    let [x, y] = viewport.to_pt(mercator::from_lon_lat(snap.at));
    let at = origin + vec2(x, y);
    let stroke = Stroke::new(2.0, theme.accent());
    if snap.is_vertex {
        let square = Rect::from_center_size(at, vec2(13.0, 13.0));
        painter.rect_stroke(square, 0.0, stroke, StrokeKind::Middle);
    } else {
        painter.circle_stroke(at, 7.0, stroke);
    }
    let font = theme::font(size::SMALL, false);
    let words = painter.layout_no_wrap(snap.words.clone(), font, theme.ink());
    let room = Align2::LEFT_TOP.anchor_size(at + vec2(14.0, 12.0), words.size());
    painter.rect_filled(room.expand2(vec2(6.0, 3.0)), 4.0, theme.floating());
    painter.galley(room.min, words, theme.ink());
}

/// Whether a position lies so close to a point of the map.
pub(super) fn is_at(viewport: &Viewport, p: LonLat, at_pt: [f32; 2], reach_pt: f32) -> bool {
    let [x, y] = viewport.to_pt(mercator::from_lon_lat(p));
    (x - at_pt[0]).hypot(y - at_pt[1]) <= reach_pt
}
