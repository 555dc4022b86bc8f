//! The status bar: where the pointer is, what the map rests on, how much is shown.

use egui::{Align, Layout, Ui};

use super::{basemaps, running, widgets};
use crate::{
    app::{Action, State, Tab, command, coordinate_words, text},
    diagnostics::Severity,
    theme::{self, Theme, size},
    tile::SupplyStatus,
    tr,
};

/// Draws the bar.
pub fn show(
    ui: &mut Ui,
    state: &State,
    supply: &SupplyStatus,
    enlarged_from: Option<u8>,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let theme = Theme::of(state.settings.mode);
    let quiet = |words: String| theme::text(words, size::SMALL, false).color(theme.muted());
    ui.horizontal_centered(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.available_width() > 1100.0 {
                ui.label(quiet(tr!(language, "status.asof")));
            }
            if widgets::link(ui, &basemaps::status_words(state), theme).clicked() {
                actions.push(Action::OpenTab(Tab::Basemap));
            }
            if !state.log.is_empty() {
                let words = tr!(language, "status.messages", n = state.log.len());
                let link = widgets::link(ui, &words, theme);
                if link.on_hover_text(command::hint("messages", language)).clicked() {
                    actions.extend(command::press("messages", state).actions);
                }
            }
            if let Some(zoom) = enlarged_from {
                ui.label(quiet(tr!(language, "status.enlarged", zoom = zoom)));
            }
            tiles(ui, state, supply, actions);
            running::show(ui, state, theme, actions);
            if let Some(p) =
                ui.data(|d| d.get_temp::<crate::units::LonLat>(crate::map::pointer_id()))
            {
                let form = state.settings.coordinates;
                let name = tr!(language, format!("coordinates.{}", form.key()));
                ui.label(quiet(format!("{name} {}", coordinate_words(form, p))));
            }
            let errors = state.diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
            if errors > 0 {
                let words = tr!(language, "notice.data", n = errors);
                let link = widgets::link(ui, &words, theme);
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

/// How many tiles are on their way, once it takes long; and what failed.
fn tiles(ui: &mut Ui, state: &State, supply: &SupplyStatus, actions: &mut Vec<Action>) {
    /// What comes at once is not worth a word.
    const PATIENCE_S: f64 = 3.0;
    let language = state.settings.language;
    let theme = Theme::of(state.settings.mode);
    let since = egui::Id::unique("tiles-pending-since");
    let now = ui.input(|i| i.time);
    if supply.pending == 0 {
        ui.data_mut(|d| d.remove::<f64>(since));
    } else {
        let from = ui.data_mut(|d| *d.get_temp_mut_or_insert_with(since, || now));
        if now - from > PATIENCE_S {
            let all = supply.ready + supply.pending + supply.failed;
            let words = tr!(language, "basemap.tiles", ready = supply.ready, all = all);
            ui.label(theme::text(words, size::SMALL, false).color(theme.muted()));
        }
    }
    if let Some(failure) = supply.last_failure.as_ref().filter(|_| supply.failed > 0) {
        let reason = tr!(language, format!("failure.{}", failure.key()));
        let words = tr!(language, "basemap.failed", n = supply.failed, reason = reason);
        let link = widgets::link(ui, &words, theme);
        if link.on_hover_text(tr!(language, "basemap.retry")).clicked() {
            actions.push(Action::RetryTiles);
        }
    }
}
