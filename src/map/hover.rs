//! The project that is lit because the pointer is on it, in the map or in a list beside it.

use egui::{Id, Ui};

use crate::app::{Action, State};

/// Lights what a part of the window points at. When the pointer leaves that part its light goes out; what
/// another part has lit meanwhile stays.
pub fn light(
    ui: &Ui,
    part: Id,
    hovered: Option<&String>,
    state: &State,
    actions: &mut Vec<Action>,
) {
    let own = ui.data(|d| d.get_temp::<String>(part));
    if own.as_ref() != hovered {
        ui.data_mut(|d| {
            d.remove::<String>(part);
            if let Some(id) = hovered {
                d.insert_temp(part, id.clone());
            }
        });
    }
    let goes_out = hovered.is_none() && own.is_some() && state.hover == own;
    let comes_on = hovered.is_some() && state.hover.as_ref() != hovered;
    if goes_out || comes_on {
        actions.push(Action::Hover(hovered.cloned()));
        ui.ctx().request_repaint();
    }
}
