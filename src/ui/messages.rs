//! The log of messages.

use egui::{Align, Align2, Label, Layout, ScrollArea, Ui, Window, vec2};

use super::widgets;
use crate::{
    app::{Action, Logged, NoticeLevel, State},
    theme::{self, Theme, size},
    tr,
};

/// Draws the log, the newest first.
pub fn show(ui: &Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let screen = ui.ctx().content_rect().size();
    let mut open = true;
    Window::new(theme::text(tr!(language, "messages.title"), size::HEADING, true))
        .anchor(Align2::CENTER_CENTER, vec2(0.0, 0.0))
        .resizable(false)
        .collapsible(false)
        .open(&mut open)
        .show(ui.ctx(), |ui| {
            ui.set_width((screen.x - 3.0 * size::ROW).min(size::NOTICE));
            if state.log.is_empty() {
                let words = tr!(language, "messages.none");
                ui.label(theme::text(words, size::BODY, false).color(theme.muted()));
                return;
            }
            ui.horizontal(|ui| {
                let words = tr!(language, "messages.count", n = state.log.len());
                ui.label(theme::text(words, size::SMALL, false).color(theme.muted()));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if ui.button(tr!(language, "messages.copy")).clicked() {
                        ui.ctx().copy_text(state.log.text(language));
                    }
                });
            });
            widgets::rule(ui, theme);
            let room = (screen.y - size::TOP_BAR - 6.0 * size::ROW).max(2.0 * size::ROW);
            ScrollArea::vertical()
                .max_height(room)
                .min_scrolled_height(room)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    for logged in state.log.iter().rev() {
                        one(ui, state, logged, theme);
                    }
                });
        });
    if !open {
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
