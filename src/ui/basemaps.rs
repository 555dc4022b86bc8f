//! The panel of the map itself: basemap, the user's own files, how the map is drawn.

use egui::{TextEdit, Ui, vec2};

use super::{
    keys, user_layers,
    widgets::{self, Row},
};
use crate::{
    app::{Action, CoordinateForm, FitTarget, Secret, State, basemaps::OFFLINE, command::Field},
    geo::{Datum, gauss_kruger::Zone, mercator},
    theme::{self, Theme, size},
    tile::{KeyKind, SupplyStatus, grid},
    tr,
};

/// What is being typed into the panel.
#[derive(Default)]
pub struct Typed {
    key: String,
    address: String,
    /// Datum of the address; `None` where the source says it.
    datum: Option<Datum>,
    pub path: String,
    /// A field of the panel that is to have the keyboard.
    pub wanted: Option<Field>,
}

impl Typed {
    /// Gives the keyboard to a field that was asked for.
    pub fn lend_keyboard(&mut self, field: Field, response: &egui::Response) {
        if self.wanted == Some(field) {
            self.wanted = None;
            response.request_focus();
            response.scroll_to_me(None);
        }
    }
}

/// Draws the panel.
pub fn show(
    ui: &mut Ui,
    state: &State,
    typed: &mut Typed,
    status: &SupplyStatus,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    widgets::heading(ui, &tr!(language, "basemap.title"), theme);
    for choice in &state.basemaps.choices {
        let needs_key = choice
            .sources
            .iter()
            .any(|s| s.key != KeyKind::None && !state.basemaps.keys.contains(&s.key));
        let datum = choice.sources.first().map_or(Datum::Wgs84, |source| source.datum);
        let value = match datum {
            _ if needs_key => tr!(language, "basemap.needs_key"),
            datum if datum.is_shifted() => tr!(language, format!("datum.{}", datum.key())),
            _ => String::new(),
        };
        let row = Row {
            name: choice.name.get(language),
            value: &value,
            indent: 0.0,
            active: state.basemaps.chosen.key == choice.key,
            bar: None,
            bold: false,
            ..Row::default()
        };
        if row.show(ui, theme).clicked() {
            actions.push(Action::ChooseBasemap(choice.key.clone()));
        }
    }
    let chosen = &state.basemaps.chosen;
    if !chosen.sources.is_empty() {
        supply(ui, state, status, theme, actions);
    }
    if let Some(kind) =
        chosen.sources.iter().map(|source| source.key).find(|kind| *kind != KeyKind::None)
    {
        key(ui, state, kind, typed, theme, actions);
    }
    address(ui, state, typed, theme, actions);
    user_layers::show(ui, state, typed, theme, actions);
    drawing(ui, state, theme, actions);
}

/// How the chosen basemap is doing, and what can be done about it.
fn supply(
    ui: &mut Ui,
    state: &State,
    status: &SupplyStatus,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    indented(ui, |ui| {
        let all = status.ready + status.pending + status.failed;
        let words = tr!(language, "basemap.tiles", ready = status.ready, all = all);
        ui.label(theme::text(words, size::SMALL, false).color(theme.muted()));
        if let Some(hint) = nothing_here(state, all) {
            ui.add(egui::Label::new(theme::text(hint, size::SMALL, true)).wrap());
            let first = state.basemaps.sources().first();
            if let Some(view) = first.and_then(|source| source.first_view())
                && widgets::link(ui, &tr!(language, "basemap.go"), theme).clicked()
            {
                actions.push(Action::Fit(FitTarget::Extent(view)));
            }
        }
        if let Some(failure) = &status.last_failure {
            let reason = tr!(language, format!("failure.{}", failure.key()));
            let words = tr!(language, "basemap.failed", n = status.failed, reason = reason);
            ui.label(theme::text(words, size::SMALL, false).color(theme.accent()));
        }
        ui.horizontal_wrapped(|ui| {
            if status.failed > 0
                && widgets::link(ui, &tr!(language, "basemap.retry"), theme).clicked()
            {
                actions.push(Action::RetryTiles);
            }
            if widgets::link(ui, &tr!(language, "basemap.package"), theme).clicked() {
                actions.push(Action::OpenPackage);
            }
            let chosen = &state.basemaps.chosen;
            let own = chosen.sources.first().is_some_and(|first| first.id == chosen.key);
            if own && widgets::link(ui, &tr!(language, "basemap.forget"), theme).clicked() {
                actions.push(Action::ForgetBasemap(chosen.key.clone()));
            }
        });
    });
}

/// Why a basemap has no tile for what is seen: its zooms, or its extent.
fn nothing_here(state: &State, tiles: usize) -> Option<String> {
    let language = state.settings.language;
    let first = state.basemaps.sources().first()?;
    let view = state.viewport.filter(|_| tiles == 0)?;
    if grid::zoom_of(first.tile_px, view.zoom) < i32::from(first.min_zoom) {
        return Some(tr!(language, "basemap.zoom_in", zoom = first.min_zoom));
    }
    let seen = mercator::extent_from_mercator(view.extent());
    let own = first.extent?;
    let apart = own.east_deg < seen.west_deg
        || seen.east_deg < own.west_deg
        || own.north_deg < seen.south_deg
        || seen.north_deg < own.south_deg;
    apart.then(|| tr!(language, "basemap.elsewhere"))
}

fn key(
    ui: &mut Ui,
    state: &State,
    kind: KeyKind,
    typed: &mut Typed,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    indented(ui, |ui| {
        if state.basemaps.keys.contains(&kind) {
            ui.horizontal_wrapped(|ui| {
                let words = tr!(language, "key.saved");
                ui.label(theme::text(words, size::SMALL, false).color(theme.muted()));
                if widgets::link(ui, &tr!(language, "key.test"), theme).clicked() {
                    actions.push(Action::TestKey);
                }
                if widgets::link(ui, &tr!(language, "key.remove"), theme).clicked() {
                    actions.push(Action::RemoveKey(kind));
                }
            });
            return;
        }
        let hint = match kind {
            KeyKind::Tianditu => "key.tianditu",
            KeyKind::Custom | KeyKind::None => "key.custom",
        };
        ui.label(theme::text(tr!(language, hint), size::SMALL, false).color(theme.muted()));
        let name = tr!(language, "key.name");
        let field = ui.add(
            TextEdit::singleline(&mut typed.key)
                .password(true)
                .hint_text(&name)
                .desired_width(f32::INFINITY),
        );
        widgets::named(&field, &name);
        let entered = keys::entered(ui, &field);
        let ready = !typed.key.trim().is_empty();
        let save = egui::Button::new(tr!(language, "key.save"));
        if ready && entered || ui.add_enabled(ready, save).clicked() {
            let key = Secret(std::mem::take(&mut typed.key).trim().to_owned());
            actions.push(Action::SaveKey { kind, key });
        }
    });
}

/// Opens another basemap.
fn address(ui: &mut Ui, state: &State, typed: &mut Typed, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    widgets::heading(ui, &tr!(language, "basemap.add"), theme);
    indented(ui, |ui| {
        let name = tr!(language, "basemap.address");
        let field = ui.add(
            TextEdit::singleline(&mut typed.address).hint_text(&name).desired_width(f32::INFINITY),
        );
        widgets::named(&field, &name);
        typed.lend_keyboard(Field::Basemap, &field);
        let entered = keys::entered(ui, &field);
        ui.horizontal_wrapped(|ui| {
            for datum in [None, Some(Datum::Gcj02), Some(Datum::Bd09)] {
                let words = datum.map_or_else(
                    || tr!(language, "datum.wgs84"),
                    |datum| tr!(language, format!("datum.{}", datum.key())),
                );
                if widgets::chip(ui, &words, typed.datum == datum, theme).clicked() {
                    typed.datum = datum;
                }
            }
            let ready = !typed.address.trim().is_empty();
            let open = egui::Button::new(tr!(language, "basemap.open"));
            if ready && entered || ui.add_enabled(ready, open).clicked() {
                let text = std::mem::take(&mut typed.address).trim().to_owned();
                actions.push(Action::OpenBasemap { text, datum: typed.datum });
            }
        });
    });
}

/// How the map is drawn.
fn drawing(ui: &mut Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    widgets::heading(ui, &tr!(language, "drawing.title"), theme);
    let mut settings = state.settings.clone();
    indented(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            let relief = tr!(language, "command.relief");
            if widgets::chip(ui, &relief, !settings.flat_ground, theme).clicked() {
                settings.flat_ground = !settings.flat_ground;
            }
            for (key, on) in [
                ("drawing.graticule", &mut settings.graticule),
                ("drawing.reduce_motion", &mut settings.reduce_motion),
                ("drawing.fine_tiles", &mut settings.fine_tiles),
            ] {
                if widgets::chip(ui, &tr!(language, key), *on, theme).clicked() {
                    *on = !*on;
                }
            }
        });
        let words = tr!(language, "drawing.coordinates");
        ui.add_space(6.0);
        ui.label(theme::text(words, size::SMALL, false).color(theme.muted()));
        ui.horizontal_wrapped(|ui| {
            for form in CoordinateForm::ALL {
                let words = tr!(language, format!("coordinates.{}", form.key()));
                if widgets::chip(ui, &words, settings.coordinates == form, theme).clicked() {
                    settings.coordinates = form;
                }
            }
        });
        ui.add_space(6.0);
        let words = tr!(language, "drawing.zone");
        ui.label(theme::text(words, size::SMALL, false).color(theme.muted()));
        ui.horizontal_wrapped(|ui| {
            for number in zones(state) {
                let words = Zone::new(number).map_or_else(
                    || tr!(language, "drawing.zone_auto"),
                    |zone| {
                        let meridian = zone.central_meridian_deg();
                        tr!(language, "drawing.zone_number", n = number, meridian = meridian)
                    },
                );
                if widgets::chip(ui, &words, settings.plane_zone == number, theme).clicked() {
                    settings.plane_zone = number;
                }
            }
        });
    });
    if settings != state.settings {
        actions.push(Action::SetSettings(Box::new(settings)));
    }
}

/// The name of the basemap for the status bar, with its datum where that is not the usual one.
pub fn status_words(state: &State) -> String {
    let language = state.settings.language;
    let chosen = &state.basemaps.chosen;
    let datum = match state.basemaps.datum() {
        _ if chosen.key == OFFLINE => return tr!(language, "status.offline"),
        datum if !datum.is_shifted() => return chosen.name.get(language).to_owned(),
        datum => tr!(language, format!("datum.{}", datum.key())),
    };
    format!("{} · {datum}", chosen.name.get(language))
}

/// The zone around each position, as 0, and the zones that the city lies in.
fn zones(state: &State) -> Vec<u8> {
    let mut numbers = vec![0];
    if let Some(city) = state.catalogue.city_extent() {
        numbers.extend(Zone::of(city.west_deg).number()..=Zone::of(city.east_deg).number());
    }
    if !numbers.contains(&state.settings.plane_zone) {
        numbers.push(state.settings.plane_zone);
    }
    numbers
}

fn indented(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.add_space(12.0);
        ui.vertical(|ui| {
            ui.set_width((ui.available_width() - 12.0).max(80.0));
            ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
            content(ui);
        });
    });
}
