//! The attributes of a feature of the user's layers, and the way to the others at its place.

use egui::{Button, Grid, Role, Ui, WidgetInfo, vec2};

use super::sheet::{Part, Place, Sheet};
use crate::{
    app::{Action, FeatureRef, FoundFeatures, Language, PlaceStep, State},
    theme::{self, Theme, size},
    tr,
};

/// Draws the sheet.
pub fn show(
    ui: &Ui,
    state: &State,
    found: &FoundFeatures,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let told = found.shown().and_then(|feature| Some((feature, state.feature(feature)?)));
    let Some((feature, (layer, values))) = told else {
        actions.push(Action::CloseOverlay);
        return;
    };
    let language = state.settings.language;
    let title = layer.name.as_str();
    let place = Place::BottomRight;
    let sheet = Sheet { id: "feature", title, width: 320.0, place, is_modal: false };
    let closed = sheet.show(ui, language, theme, |ui, part| {
        if part == Part::Foot {
            foot(ui, state, found, feature, actions);
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

fn foot(
    ui: &mut Ui,
    state: &State,
    found: &FoundFeatures,
    feature: FeatureRef,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        let all = found.features.len();
        if all > 1 {
            step(ui, "‹", "feature.before", -1, language, actions);
            let words = tr!(language, "feature.of", n = found.at + 1, all = all);
            ui.label(theme::text(words, size::SMALL, false));
            step(ui, "›", "feature.next", 1, language, actions);
        }
        if ui.button(tr!(language, "feature.zoom")).clicked() {
            actions.push(Action::ZoomToFeature(feature));
        }
        if ui.button(tr!(language, "feature.table")).clicked() {
            actions.push(Action::FindInTable(feature));
        }
        // The project that is asked about, else the one whose form is open.
        let in_form = state.focus.as_ref().filter(|_| state.workbook.editing);
        let id = state.placing.as_ref().map(|own| &own.id).or(in_form);
        if let Some(id) = id.filter(|_| state.workbook.is_writable())
            && ui.button(tr!(language, "feature.as_place", id = id)).clicked()
        {
            actions.push(Action::Place(PlaceStep::Feature(feature)));
        }
    });
}

fn step(
    ui: &mut Ui,
    sign: &str,
    name: &str,
    by: isize,
    language: Language,
    actions: &mut Vec<Action>,
) {
    let name = tr!(language, name);
    let button = ui.add(Button::new(sign));
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.clone()));
    if button.on_hover_text(&name).clicked() {
        actions.push(Action::StepFeature(by));
    }
}
