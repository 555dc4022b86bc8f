//! Files that are dragged over the window and let go.

use egui::Ui;

use crate::{
    app::{Action, State},
    theme::{self, Theme, size},
    tr,
};

/// Files dropped on the window are opened; as long as they are held over it, that is said.
pub fn show(ui: &Ui, state: &State, actions: &mut Vec<Action>) {
    hint(ui, state);
    let paths: Vec<_> =
        ui.input(|i| i.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
    if !paths.is_empty() {
        actions.push(Action::OpenFiles(paths));
    }
}

/// Says what becomes of files as long as they are held over the window.
fn hint(ui: &Ui, state: &State) {
    let count = ui.input(|i| i.raw.hovered_files.len());
    if count == 0 {
        return;
    }
    let theme = Theme::of(state.settings.mode);
    let words = tr!(state.settings.language, "files.drop", n = count);
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
