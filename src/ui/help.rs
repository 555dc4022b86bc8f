//! The sheet of keys.

use egui::{Align2, Grid, Ui, Window, vec2};

use super::keys;
use crate::{
    app::{Action, State},
    diagnostics::Severity,
    theme::{self, Theme, size},
    tr,
};

/// Draws the sheet.
pub fn show(ui: &Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let mut open = true;
    Window::new(theme::text(tr!(language, "help.title"), size::HEADING, true))
        .anchor(Align2::CENTER_CENTER, vec2(0.0, 0.0))
        .resizable(false)
        .collapsible(false)
        .open(&mut open)
        .show(ui.ctx(), |ui| {
            Grid::new("keys").num_columns(2).spacing(vec2(28.0, 8.0)).show(ui, |ui| {
                for (keys, meaning) in keys::HELP {
                    ui.label(theme::text(keys, size::BODY, true).color(theme.accent()));
                    ui.label(theme::text(tr!(language, meaning), size::BODY, false));
                    ui.end_row();
                }
            });
            ui.add_space(6.0);
            let hint = tr!(language, "map.hint");
            ui.label(theme::text(hint, size::SMALL, false).color(theme.muted()));
            for finding in state.diagnostics.iter().filter(|d| d.severity == Severity::Error) {
                let words = finding.message.get(language);
                ui.label(theme::text(words, size::SMALL, false).color(theme.accent()));
            }
        });
    if !open {
        actions.push(Action::CloseOverlay);
    }
}
