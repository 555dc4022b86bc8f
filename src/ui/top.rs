//! The top bar: name, plan, search, modes.

use egui::{TextEdit, Ui, WidgetInfo, vec2};

use super::{keys, modes, widgets};
use crate::{
    app::{Action, State},
    theme::{self, Theme, size},
    tr,
};

/// Narrowest field with the air around it, in points.
const LEAST_FIELD: f32 = 180.0;

/// Text being typed, until it becomes the filter.
#[derive(Debug, Default)]
pub struct Search {
    text: String,
    /// What the state had when it was last copied.
    seen: String,
    /// Ask for the keyboard at the next frame.
    pub wanted: bool,
}

/// Draws the bar.
pub fn show(ui: &mut Ui, state: &State, search: &mut Search, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let theme = Theme::of(state.settings.mode);
    ui.horizontal_centered(|ui| {
        let name = tr!(language, "app.name");
        ui.label(theme::text(name, 22.0, true).color(theme.accent()));
        let modes = modes::fitting(ui, state, ui.available_width() - LEAST_FIELD);
        let room = ui.available_width() - modes.width;
        if room > LEAST_FIELD + 340.0 {
            let title = theme::text(&state.catalogue.plan.title, size::BODY, false);
            ui.scope(|ui| {
                ui.set_max_width((room - 440.0).clamp(120.0, 520.0));
                ui.add(egui::Label::new(title).truncate());
            });
        }
        field(ui, state, search, modes.width, actions);
        widgets::at_end(ui, "modes", |ui| modes.show(ui, state, theme, actions));
    });
}

fn field(ui: &mut Ui, state: &State, search: &mut Search, beside: f32, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    if search.seen != state.filter.text {
        search.seen.clone_from(&state.filter.text);
        search.text.clone_from(&state.filter.text);
    }
    let hint = tr!(language, "app.search");
    let width = (ui.available_width() - beside - 40.0).clamp(100.0, 420.0);
    let edit = TextEdit::singleline(&mut search.text)
        .hint_text(hint)
        .desired_width(width)
        .margin(vec2(12.0, 6.0))
        .id_salt("search");
    let response = ui.add(edit);
    let label = tr!(language, "app.search_name");
    let value = search.text.clone();
    response.widget_info(|| {
        let mut info = WidgetInfo::text_edit(true, value.clone(), value.clone(), "");
        info.label = Some(label.clone());
        info
    });
    if std::mem::take(&mut search.wanted) {
        response.request_focus();
    }
    if response.changed() {
        search.seen.clone_from(&search.text);
        actions.push(Action::SetText(search.text.clone()));
    }
    let entered = keys::entered(ui, &response);
    let first = state.rows.first().and_then(|row| state.catalogue.projects.get(row.project));
    if let Some(project) = first.filter(|_| entered && !search.text.trim().is_empty()) {
        actions.push(Action::Select(vec![project.id.clone()]));
        actions.push(Action::Fit(crate::app::FitTarget::Selection));
    }
}
