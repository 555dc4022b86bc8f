//! A project that no plan states: its name is all that is needed to begin with.

use egui::{Button, TextEdit, Ui};

use super::{
    keys,
    sheet::{Part, Place, Sheet},
    widgets,
};
use crate::{
    app::{Action, BookEdit, BookStep, State},
    theme::{self, Theme, size},
    tr,
};

/// Draws the question.
pub fn show(ui: &Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let title = tr!(language, "command.add_project");
    let place = Place::Middle;
    let sheet = Sheet { id: "add-project", title: &title, width: 420.0, place, is_modal: true };
    let kept = egui::Id::unique("add-project-name");
    let mut name: String = ui.data(|d| d.get_temp(kept)).unwrap_or_default();
    let mut is_done = false;
    let mut is_left = sheet.show(ui, language, theme, |ui, part| match part {
        Part::Body => {
            let hint = tr!(language, "form.add_hint");
            let edit = TextEdit::singleline(&mut name).hint_text(&hint);
            let field = ui.add(edit.desired_width(f32::INFINITY));
            widgets::named(&field, &tr!(language, "card.name"));
            is_done |= keys::entered(ui, &field);
            if !is_done {
                widgets::focus_on_opening(ui, &field);
            }
        }
        Part::Foot => {
            ui.add_space(8.0);
            let words = theme::text(tr!(language, "form.add"), size::BODY, true);
            let words = words.color(theme.on_accent());
            let is_named = !name.trim().is_empty();
            let button = Button::new(words).fill(theme.accent());
            is_done |= ui.add_enabled(is_named, button).clicked();
        }
    });
    if is_done && !name.trim().is_empty() {
        let edit = BookEdit::Add { name: name.trim().to_owned() };
        actions.push(Action::CloseOverlay);
        actions.push(Action::Workbook(BookStep::Edit(edit)));
        is_left = false;
        name.clear();
    }
    if is_left {
        actions.push(Action::CloseOverlay);
        name.clear();
    }
    ui.data_mut(|d| d.insert_temp(kept, name));
}
