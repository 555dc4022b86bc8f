//! The filter made visible: one chip for each condition, each with its ×.

use egui::{Area, Id, Order, Rect, Ui, vec2};

use super::widgets;
use crate::{
    app::{Action, State, conditions},
    scene::Padding,
    theme::{self, Theme, size},
    tr,
};

/// Height of the strip at the top of the map.
pub const HEIGHT: f32 = 48.0;

/// Draws the strip over the map.
pub fn show(ui: &Ui, area: Rect, padding: Padding, state: &State, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let theme = Theme::of(state.settings.mode);
    let at = area.min + vec2(padding.left + 12.0, 9.0);
    let room = area.width() - padding.left - padding.right - 24.0;
    let strip = Area::new(Id::unique("chips")).order(Order::Middle).fade_in(false);
    strip.fixed_pos(at).show(ui.ctx(), |ui| {
        let frame = egui::Frame::new()
            .fill(theme.floating())
            .stroke(egui::Stroke::new(1.0, theme.hairline()))
            .corner_radius(egui::CornerRadius::same(16))
            .inner_margin(egui::Margin::symmetric(8, 3));
        frame.show(ui, |ui| {
            ui.set_max_width(room);
            ui.horizontal(|ui| {
                let conditions = conditions(&state.catalogue, &state.filter, language);
                let fit = ((room - 260.0) / 110.0).max(1.0);
                // A count of chips on a screen.
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                for (name, without) in conditions.into_iter().take(fit as usize) {
                    let hint = tr!(language, "filter.remove", name = name);
                    if widgets::removable(ui, &name, &hint, theme) {
                        actions.push(Action::SetFilter(Box::new(without)));
                    }
                }
                let (n, all) = (state.shown.len(), state.catalogue.projects.len());
                let key = if n == 0 {
                    tr!(language, "filter.none")
                } else {
                    tr!(language, "filter.shown", n = n, all = all)
                };
                ui.label(theme::text(key, size::SMALL, true));
                if widgets::link(ui, &tr!(language, "filter.clear"), theme).clicked() {
                    actions.push(Action::ClearFilter);
                }
            });
        });
    });
}
