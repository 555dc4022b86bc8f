//! The question whether an export may replace the file that is there.

use std::path::Path;

use egui::{Button, Label, Ui};

use super::sheet::{Part, Place, Sheet};
use crate::{
    app::{Action, State},
    theme::{self, Theme, size},
    tr,
};

/// Draws the question; `rename` brings back the sheet where another name can be typed.
pub fn show(
    ui: &Ui,
    state: &State,
    path: &Path,
    rename: &Action,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let title = tr!(language, "replace.title");
    let place = Place::Middle;
    let asked = Sheet { id: "replace", title: &title, width: 460.0, place, is_modal: true };
    let closed = asked.show(ui, language, theme, |ui, part| match part {
        Part::Body => {
            let path = path.display().to_string();
            ui.add(Label::new(theme::text(path, size::BODY, false)).wrap());
            let words = tr!(language, "replace.hint");
            ui.add(Label::new(theme::text(words, size::SMALL, false).color(theme.muted())).wrap());
        }
        Part::Foot => {
            ui.add_space(8.0);
            ui.horizontal_wrapped(|ui| {
                let words = theme::text(tr!(language, "replace.rename"), size::BODY, true)
                    .color(theme.on_accent());
                if ui.add(Button::new(words).fill(theme.accent())).clicked() {
                    actions.push(rename.clone());
                }
                if ui.button(tr!(language, "replace.replace")).clicked() {
                    actions.push(Action::ReplaceFile);
                }
                // Back to what was chosen: nothing of it is lost by having second thoughts.
                if ui.button(tr!(language, "export.cancel")).clicked() {
                    actions.push(Action::OpenExport);
                }
            });
        }
    });
    if closed {
        actions.push(rename.clone());
    }
}
