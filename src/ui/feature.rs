//! The attributes of a feature of the user's layers.

use egui::{Align2, Grid, ScrollArea, Ui, Window, vec2};

use crate::{
    app::{Action, FeatureRef, State},
    theme::{self, Theme, size},
    tr,
};

/// Draws the sheet.
pub fn show(ui: &Ui, state: &State, feature: FeatureRef, theme: Theme, actions: &mut Vec<Action>) {
    let Some((layer, values)) = state.feature(feature) else {
        actions.push(Action::CloseOverlay);
        return;
    };
    let mut open = true;
    Window::new(theme::text(layer.name.as_str(), size::HEADING, true))
        .id(egui::Id::unique("feature"))
        .anchor(Align2::RIGHT_BOTTOM, vec2(-64.0, -48.0))
        .resizable(false)
        .collapsible(false)
        .open(&mut open)
        .show(ui.ctx(), |ui| {
            ui.set_width(320.0);
            ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
                Grid::new("values").num_columns(2).spacing(vec2(16.0, 4.0)).show(ui, |ui| {
                    for (name, value) in values {
                        let name = theme::text(name, size::SMALL, false).color(theme.muted());
                        ui.label(name);
                        ui.add(egui::Label::new(theme::text(value, size::BODY, false)).wrap());
                        ui.end_row();
                    }
                });
            });
            if layer.fields.is_empty() {
                ui.label(theme::text(
                    tr!(state.settings.language, "files.bare"),
                    size::BODY,
                    false,
                ));
            }
        });
    if !open {
        actions.push(Action::CloseOverlay);
    }
}
