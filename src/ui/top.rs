//! The top bar: name, plan, search, modes.

use egui::{Align, Layout, Role, TextEdit, Ui, WidgetInfo, vec2};

use super::{keys, widgets};
use crate::{
    app::{Action, State, command},
    style::Mode,
    theme::{self, Theme, size},
    tr,
};

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
        let width = ui.available_width();
        if width > 1000.0 {
            let room = (width - 800.0).min(520.0);
            let title = theme::text(&state.catalogue.plan.title, size::BODY, false);
            ui.scope(|ui| {
                ui.set_max_width(room.max(120.0));
                ui.add(egui::Label::new(title).truncate());
            });
        }
        field(ui, state, search, actions);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            modes(ui, state, theme, actions);
        });
    });
}

fn field(ui: &mut Ui, state: &State, search: &mut Search, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    if search.seen != state.filter.text {
        search.seen.clone_from(&state.filter.text);
        search.text.clone_from(&state.filter.text);
    }
    let hint = tr!(language, "app.search");
    let width = (ui.available_width() - 470.0).clamp(180.0, 420.0);
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

fn modes(ui: &mut Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let mut press = |id: &str| actions.extend(command::press(id, state).actions);
    let switch = ui.button(tr!(language, "app.language"));
    let name = tr!(language, "app.language_name");
    switch.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.clone()));
    if switch.on_hover_text(&name).clicked() {
        press("toggle-language");
    }
    let dark = state.settings.mode == Mode::Dark;
    let key = if dark { "app.to_light" } else { "app.to_dark" };
    if ui.button(tr!(language, key)).clicked() {
        press("toggle-dark");
    }
    let words = theme::text(command::with_key("present", language), size::BODY, true);
    let present = egui::Button::new(words.color(theme.on_accent())).fill(theme.accent());
    if ui.add(present).clicked() {
        press("present");
    }
    if ui.button("?").on_hover_text(command::hint("help", language)).clicked() {
        press("help");
    }
    for (key, open, id) in [
        ("app.card", state.right_open, "toggle-right"),
        ("app.table", state.settings.table_open, "toggle-table"),
        ("app.panels", state.left_open, "toggle-left"),
    ] {
        let tab = widgets::tab(ui, &tr!(language, key), open, theme);
        if tab.on_hover_text(command::hint(id, language)).clicked() {
            press(id);
        }
    }
}
