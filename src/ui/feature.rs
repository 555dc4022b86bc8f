//! The attributes of a feature of the user's layers.

use egui::{Grid, Ui, vec2};

use super::sheet::{Part, Place, Sheet};
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
    let language = state.settings.language;
    let title = layer.name.as_str();
    let place = Place::BottomRight;
    let sheet = Sheet { id: "feature", title, width: 320.0, place, is_modal: false };
    let closed = sheet.show(ui, language, theme, |ui, part| {
        if part == Part::Foot {
            return;
        }
        Grid::new("values").num_columns(2).spacing(vec2(16.0, 4.0)).show(ui, |ui| {
            for (name, value) in &values {
                let name = theme::text(name, size::SMALL, false).color(theme.muted());
                ui.label(name);
                ui.add(egui::Label::new(theme::text(value, size::BODY, false)).wrap());
                ui.end_row();
            }
        });
        if layer.fields.is_empty() {
            ui.label(theme::text(tr!(language, "files.bare"), size::BODY, false));
        }
    });
    if closed {
        actions.push(Action::CloseOverlay);
    }
}
