//! The top bar: name, plan, search, modes.

use egui::{TextEdit, Ui, WidgetInfo, vec2};

use super::{keys, modes, widgets, workbook_menu};
use crate::{
    app::{Action, Overlay, State},
    theme::{self, Theme},
    tr,
};

/// Narrowest field with the air around it, in points.
const LEAST_FIELD: f32 = 180.0;

/// Text being typed into the search box.
#[derive(Debug, Default)]
pub struct Search {
    text: String,
    /// Ask for the keyboard at the next frame.
    pub wanted: bool,
    /// Its list was open in the last frame.
    was_open: bool,
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
            let room = (room - 440.0).clamp(120.0, 520.0);
            workbook_menu::show(ui, state, room, theme, actions);
        }
        field(ui, state, search, modes.width, actions);
        widgets::at_end(ui, "modes", |ui| modes.show(ui, state, theme, actions));
    });
}

fn field(ui: &mut Ui, state: &State, search: &mut Search, beside: f32, actions: &mut Vec<Action>) {
    let language = state.settings.language;
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
    ui.data_mut(|d| d.insert_temp(super::search::field_id(), response.rect));
    let is_open = matches!(state.overlay, Overlay::Search(_));
    if std::mem::take(&mut search.wanted) {
        response.request_focus();
        select_all(ui, response.id, &search.text);
    } else if search.was_open && !is_open {
        // What was found has been gone to: keys mean the map and the commands again.
        response.surrender_focus();
    }
    search.was_open = is_open;
    let asked_again = response.gained_focus() || keys::entered(ui, &response);
    if response.changed() || asked_again && !is_open && !search.text.trim().is_empty() {
        actions.push(Action::SetSearchText(search.text.clone()));
    }
}

/// What is typed next takes the place of what stood there.
pub fn select_all(ui: &Ui, id: egui::Id, text: &str) {
    let mut edit = egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let end = egui::text::CCursor::new(text.chars().count());
    let all = egui::text::CCursorRange::two(egui::text::CCursor::new(0), end);
    edit.cursor.set_char_range(Some(all));
    edit.store(ui.ctx(), id);
}
