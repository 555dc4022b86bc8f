//! The pointer on a slide: it points at nothing of the desk's. A click leads on, a drag and the wheel
//! explore.

use egui::Ui;

use super::{camera::Camera, input::Pointed};
use crate::app::{Action, State};

/// As long as egui takes a second click for a double click.
const DOUBLE_S: f64 = 0.3;

/// Turns what the pointer did into actions. `waiting` is since when a click waits for whether a
/// second one follows.
pub fn act(
    ui: &Ui,
    state: &State,
    camera: &mut Camera,
    pointed: &Pointed,
    waiting: &mut Option<f64>,
    actions: &mut Vec<Action>,
) {
    let now_s = ui.input(|i| i.time);
    // What was hovered at the desk is not meant here.
    if state.hover.is_some() {
        actions.push(Action::Hover(None));
    }
    if pointed.double_clicked {
        *waiting = None;
        if let Some(at) = pointed.at_pt {
            let out = ui.input(|i| i.modifiers.shift);
            camera.zoom_by(if out { -1.0 } else { 1.0 }, at);
            actions.push(Action::TourDetach);
            ui.ctx().request_repaint();
        }
    } else if pointed.clicked {
        *waiting = Some(now_s);
    }
    let Some(since_s) = *waiting else { return };
    let left_s = since_s + DOUBLE_S - now_s;
    if left_s > 0.0 {
        ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(left_s));
        return;
    }
    *waiting = None;
    if !state.settings.still_click {
        actions.push(Action::TourNext { now_s });
    }
}
