//! The status bar: where the pointer is, what the map rests on, how much is shown.

use egui::Ui;

use super::{basemaps, running, widgets};
use crate::{
    app::{Action, State, Tab, basemaps::OFFLINE, command, coordinate_words, sketch_words, text},
    diagnostics::Severity,
    theme::{self, Theme, size},
    tile::SupplyStatus,
    tr,
    units::LonLat,
};

/// From this width on, in points, there is room for what nobody has to press.
const ROOMY: f32 = 820.0;

/// Draws the bar.
pub fn show(
    ui: &mut Ui,
    state: &State,
    supply: &SupplyStatus,
    enlarged_from: Option<u8>,
    zoom: f64,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let theme = Theme::of(state.settings.mode);
    let quiet = |words: String| theme::text(words, size::SMALL, false).color(theme.muted());
    ui.horizontal_centered(|ui| {
        let whole = ui.available_width();
        // What is shown takes what the others leave.
        let (n, all) = (state.shown.len(), state.catalogue.projects.len());
        let shown = tr!(language, "filter.shown", n = n, all = all);
        let totals = text::totals(&state.totals, language);
        // While something is drawn, what clicks and keys do then.
        let hint = state.sketch.as_ref().map(|sketch| sketch_words::hint(sketch, language));
        let counted = match &hint {
            Some(hint) => theme::text(hint, size::SMALL, true).color(theme.ink()),
            None => quiet(format!("{shown} · {totals}")),
        };
        let room = (whole - widgets::end_width(ui, "status") - 8.0).max(0.0);
        ui.scope(|ui| {
            ui.set_max_width(room);
            ui.add(egui::Label::new(counted).truncate()).on_hover_text(hint.unwrap_or(totals));
        });
        widgets::at_end(ui, "status", |ui| {
            let errors = state.diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
            if errors > 0 {
                let words = tr!(language, "notice.data", n = errors);
                if widgets::link(ui, &words, theme).clicked() {
                    actions.push(Action::OpenHelp);
                }
            }
            let pointer = ui.data(|d| d.get_temp::<LonLat>(crate::map::pointer_id()));
            if let Some(p) = pointer.filter(|_| whole > ROOMY) {
                let form = state.settings.coordinates;
                let name = tr!(language, format!("coordinates.{}", form.key()));
                let words = coordinate_words(form, p, state.settings.zone());
                ui.label(quiet(format!("{name} {words}")));
            }
            running::show(ui, state, theme, actions);
            tiles(ui, state, supply, actions);
            if let Some(zoom) = enlarged_from.filter(|_| whole > ROOMY) {
                ui.label(quiet(tr!(language, "status.enlarged", zoom = zoom)));
            }
            if zoom >= THINS_FROM_ZOOM && state.basemaps.chosen.key == OFFLINE {
                let link = widgets::quiet_link(ui, &tr!(language, "status.thins"), theme);
                if link.on_hover_text(tr!(language, "status.thins_why")).clicked() {
                    actions.push(Action::OpenTab(Tab::Basemap));
                }
            }
            if !state.log.is_empty() {
                let words = tr!(language, "status.messages", n = state.log.len());
                let link = widgets::link(ui, &words, theme);
                if link.on_hover_text(command::hint("messages", language)).clicked() {
                    actions.extend(command::press("messages", state).actions);
                }
            }
            if widgets::quiet_link(ui, &basemaps::status_words(state), theme).clicked() {
                actions.push(Action::OpenTab(Tab::Basemap));
            }
            if whole > 1100.0 {
                let plan = state.catalogue.made_public.as_deref().and_then(|date| date.get(..4));
                let words = plan.map(|year| match state.catalogue.latest_report(&state.all) {
                    Some(day) => tr!(language, "status.asof", year = year, day = day),
                    None => tr!(language, "status.asof_plan", year = year),
                });
                if let Some(words) = words {
                    ui.label(quiet(words));
                }
            }
        });
    });
}

/// Closer than this the embedded basemap, whose tiles end at zoom 11, draws its lines only larger.
const THINS_FROM_ZOOM: f64 = 12.0;

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
