//! The log of messages.

use egui::{Label, Ui};

use super::{
    sheet::{Part, Place, Sheet},
    widgets,
};
use crate::{
    app::{Action, Logged, NoticeLevel, State},
    theme::{self, Theme, size},
    tr,
};

/// Draws the log, the newest first.
pub fn show(ui: &Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let title = tr!(language, "messages.title");
    let place = Place::Middle;
    let sheet = Sheet { id: "messages", title: &title, width: size::NOTICE, place, is_modal: true };
    let closed = sheet.show(ui, language, theme, |ui, part| match part {
        Part::Body if state.log.is_empty() => {
            let words = tr!(language, "messages.none");
            ui.label(theme::text(words, size::BODY, false).color(theme.muted()));
        }
        Part::Body => {
            for logged in state.log.iter().rev() {
                one(ui, state, logged, theme);
            }
        }
        Part::Foot if state.log.is_empty() => {}
        Part::Foot => {
            widgets::rule(ui, theme);
            ui.horizontal(|ui| {
                let words = tr!(language, "messages.count", n = state.log.len());
                ui.label(theme::text(words, size::SMALL, false).color(theme.muted()));
                widgets::at_end(ui, "copy", |ui| {
                    if ui.button(tr!(language, "messages.copy")).clicked() {
                        ui.ctx().copy_text(state.log.text(language));
                    }
                });
            });
        }
    });
    if closed {
        actions.push(Action::CloseOverlay);
    }
}

fn one(ui: &mut Ui, state: &State, logged: &Logged, theme: Theme) {
    let ink = match logged.notice.level {
        NoticeLevel::Done => theme.ink(),
        NoticeLevel::Problem => theme.accent(),
    };
    ui.add_space(4.0);
    ui.horizontal_top(|ui| {
        let at = logged.at.map(|at| at.time()).unwrap_or_default();
        let time = ui.label(theme::text(at, size::BODY, false).color(theme.muted()));
        if let Some(at) = logged.at {
            time.on_hover_text(at.to_string());
        }
        let words = logged.notice.message.tell(state.settings.language);
        ui.add(Label::new(theme::text(words, size::BODY, false).color(ink)).wrap());
    });
}
