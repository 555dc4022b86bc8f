//! The foot of a sheet that asks something about a file: open it as is said, or leave.

use egui::Ui;

use super::widgets;
use crate::{
    app::{Action, Language},
    theme::{self, Theme, size},
    tr,
};

/// Draws it. `leave` is the key of the words for leaving.
pub fn show(
    ui: &mut Ui,
    language: Language,
    theme: Theme,
    (is_answered, leave): (bool, &str),
    (answer, dropped): (Action, Action),
    actions: &mut Vec<Action>,
) {
    ui.horizontal(|ui| {
        let words = theme::text(tr!(language, "ask_crs.open"), size::BODY, true);
        if ui.add_enabled(is_answered, egui::Button::new(words)).clicked() {
            actions.push(answer);
        }
        if widgets::link(ui, &tr!(language, leave), theme).clicked() {
            actions.push(dropped);
        }
    });
}
