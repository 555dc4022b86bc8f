//! The status bar: where the pointer is, what the map rests on, how much is shown.

use egui::{Align, Layout, Ui};

use crate::{
    app::{Action, State, text},
    diagnostics::Severity,
    theme::{self, Theme, size},
    tr,
};

/// Draws the bar.
pub fn show(ui: &mut Ui, state: &State, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let theme = Theme::of(state.settings.mode);
    let quiet = |words: String| theme::text(words, size::SMALL, false).color(theme.muted());
    ui.horizontal_centered(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.available_width() > 1100.0 {
                ui.label(quiet(tr!(language, "status.asof")));
            }
            ui.label(quiet(tr!(language, "status.offline")));
            if let Some(p) =
                ui.data(|d| d.get_temp::<crate::units::LonLat>(crate::map::pointer_id()))
            {
                let lon = format!("{:.4}", p.lon_deg);
                let lat = format!("{:.4}", p.lat_deg);
                ui.label(quiet(tr!(language, "map.coordinates", lon = lon, lat = lat)));
            }
            let errors = state.diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
            if errors > 0 {
                let words = tr!(language, "notice.data", n = errors);
                let link = super::widgets::link(ui, &words, theme);
                if link.clicked() {
                    actions.push(Action::OpenHelp);
                }
            }
            // What is shown takes what is left, from the left.
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let (n, all) = (state.shown.len(), state.catalogue.projects.len());
                let shown = tr!(language, "filter.shown", n = n, all = all);
                let totals = text::totals(&state.totals, language);
                let line = quiet(format!("{shown} · {totals}"));
                ui.add(egui::Label::new(line).truncate()).on_hover_text(totals);
            });
        });
    });
}
