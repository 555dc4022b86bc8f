//! The place that was drawn for a project: how exact it is and what it rests on belong to it.

use egui::{Button, Label, TextEdit, Ui};

use super::{
    sheet::{Part, Place, Sheet},
    widgets,
};
use crate::{
    app::{Action, BookStep, DrawnPlace, State, text},
    catalogue::Accuracy,
    theme::{self, Theme, size},
    tr,
};

/// Draws the question.
pub fn show(ui: &Ui, state: &State, drawn: &DrawnPlace, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let title = tr!(language, "place.title");
    let place = Place::TopRight;
    let sheet = Sheet { id: "place", title: &title, width: 380.0, place, is_modal: false };
    let closed = sheet.show(ui, language, theme, |ui, part| match part {
        Part::Body => {
            let name = state.catalogue.project(&drawn.id).map(|p| p.name.get(language).to_owned());
            let name = format!("{} {}", drawn.id, name.unwrap_or_default());
            ui.add(Label::new(theme::text(name, size::BODY, true)).wrap());
            small(ui, &tr!(language, "place.accuracy"), theme);
            for accuracy in Accuracy::ALL.into_iter().filter(|own| *own != Accuracy::None) {
                let is_chosen = drawn.accuracy == accuracy;
                let words = text::accuracy_sentence(accuracy, language);
                if ui.radio(is_chosen, words).clicked() {
                    actions.push(Action::Workbook(BookStep::SetPlaceAccuracy(accuracy)));
                }
            }
            small(ui, &tr!(language, "form.grounds"), theme);
            let mut source = state.workbook.source.clone();
            let hint = tr!(language, "form.grounds_hint");
            let edit = TextEdit::singleline(&mut source).hint_text(&hint);
            let response = ui.add(edit.desired_width(f32::INFINITY));
            widgets::named(&response, &tr!(language, "form.grounds"));
            if response.changed() {
                actions.push(Action::Workbook(BookStep::SetSource(source)));
            }
        }
        Part::Foot => {
            ui.add_space(8.0);
            ui.horizontal_wrapped(|ui| {
                let words = theme::text(tr!(language, "place.set"), size::BODY, true);
                let words = words.color(theme.on_accent());
                if ui.add(Button::new(words).fill(theme.accent())).clicked() {
                    actions.push(Action::Workbook(BookStep::SetPlace));
                }
                if ui.button(tr!(language, "export.cancel")).clicked() {
                    actions.push(Action::CloseOverlay);
                }
            });
        }
    });
    if closed {
        actions.push(Action::CloseOverlay);
    }
}

fn small(ui: &mut Ui, words: &str, theme: Theme) {
    ui.add(Label::new(theme::text(words, size::SMALL, false).color(theme.muted())).wrap());
}
