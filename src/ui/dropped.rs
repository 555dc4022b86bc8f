//! Files that are dragged over the window and let go.

use std::path::PathBuf;

use egui::Ui;

use crate::{
    app::{Action, BookEdit, BookStep, State},
    theme::{self, Theme, size},
    tr,
};

/// The project that dropped files belong to: while its card is a form. Window systems do not say where
/// on a window files are let go, so the whole window means the card then.
fn attached_to(state: &State) -> Option<&str> {
    let is_free = state.shows_form() && !state.overlay.is_modal();
    state.focus.as_deref().filter(|_| is_free)
}

/// Files dropped on the window are opened, or attached to the project whose card is a form; as long as
/// they are held over it, that is said.
pub fn show(ui: &Ui, state: &State, actions: &mut Vec<Action>) {
    hint(ui, state);
    let paths: Vec<_> =
        ui.input(|i| i.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
    if paths.is_empty() {
        return;
    }
    let is_book = |path: &PathBuf| path.extension().is_some_and(|own| own == "jintu");
    match attached_to(state).filter(|_| !paths.iter().any(is_book)) {
        Some(id) => {
            let edit = BookEdit::Attach { id: id.to_owned(), paths };
            actions.push(Action::Workbook(BookStep::Edit(edit)));
        }
        None => actions.push(Action::OpenFiles(paths)),
    }
}

/// Says what becomes of files as long as they are held over the window.
fn hint(ui: &Ui, state: &State) {
    let count = ui.input(|i| i.raw.hovered_files.len());
    if count == 0 {
        return;
    }
    let theme = Theme::of(state.settings.mode);
    let language = state.settings.language;
    let words = match attached_to(state) {
        Some(id) => tr!(language, "attachment.drop", n = count, id = id),
        None => tr!(language, "files.drop", n = count),
    };
    let screen = ui.ctx().content_rect();
    egui::Area::new(egui::Id::unique("drop-hint"))
        .order(egui::Order::Tooltip)
        .fade_in(false)
        .interactable(false)
        .fixed_pos(screen.min)
        .show(ui.ctx(), |ui| {
            let painter = ui.painter();
            painter.rect_filled(screen, 0.0, theme.shade());
            let edge = egui::Stroke::new(3.0, theme.accent());
            painter.rect_stroke(screen.shrink(6.0), 8.0, edge, egui::StrokeKind::Inside);
            let place = egui::Rect::from_center_size(screen.center(), egui::vec2(420.0, 72.0));
            ui.scope_builder(egui::UiBuilder::new().max_rect(place), |ui| {
                egui::Frame::popup(ui.style()).inner_margin(18.0).show(ui, |ui| {
                    ui.vertical_centered(|ui| ui.label(theme::text(words, size::HEADING, true)));
                });
            });
        });
}
