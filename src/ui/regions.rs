//! Cooperation regions and counties with what they hold.

use egui::Ui;

use super::widgets::{self, Row};
use crate::{
    app::{Action, Language, State, text},
    catalogue::{County, Facet, Totals},
    theme::{self, Theme, size},
    tr,
};

/// Draws both families.
pub fn show(ui: &mut Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let catalogue = &state.catalogue;
    let head = tr!(language, "regions.head");
    widgets::heading_with(ui, &tr!(language, "regions.cooperation"), theme, |ui| {
        ui.label(theme::text(head, size::SMALL, false).color(theme.muted()));
    });
    let counted = state.facets.values(Facet::Region);
    let largest = counted.iter().map(|v| v.left.investment_yi).fold(1.0, f64::max);
    for (region, counted) in catalogue.regions.iter().zip(counted) {
        let row = Row {
            name: region.name.get(language),
            value: &value(&counted.left, language),
            indent: 0.0,
            active: state.filter.wants(Facet::Region, &region.key),
            bar: Some(share(&counted.left, largest)),
            bold: false,
        };
        if row.show(ui, theme).clicked() {
            actions.push(Action::Toggle(Facet::Region, region.key.clone()));
        }
    }

    let ends_only = state.filter.ends_only;
    widgets::heading_with(ui, &tr!(language, "regions.counties"), theme, |ui| {
        let chip = widgets::chip(ui, &tr!(language, "regions.ends_only"), ends_only, theme);
        if chip.on_hover_text(tr!(language, "regions.ends_hint")).clicked() {
            actions.push(Action::SetEndsOnly(!ends_only));
        }
    });
    counties(ui, state, theme, true, actions);
    widgets::heading(ui, &tr!(language, "regions.outside"), theme);
    counties(ui, state, theme, false, actions);
    ui.add_space(8.0);
    ui.horizontal_wrapped(|ui| {
        ui.add_space(12.0);
        let note = tr!(language, "regions.once");
        ui.label(theme::text(note, size::SMALL, false).color(theme.muted()));
    });
}

fn counties(ui: &mut Ui, state: &State, theme: Theme, in_city: bool, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let rows: Vec<(&County, &Totals)> = state
        .catalogue
        .counties
        .iter()
        .zip(state.facets.values(Facet::County))
        .filter(|(county, counted)| county.in_city == in_city && (in_city || counted.held_by > 0))
        .map(|(county, counted)| (county, &counted.left))
        .collect();
    let largest = rows.iter().map(|(_, t)| t.investment_yi).fold(1.0, f64::max);
    for (county, totals) in rows {
        let row = Row {
            name: county.name.get(language),
            value: &value(totals, language),
            indent: 0.0,
            active: state.filter.wants(Facet::County, &county.code),
            bar: in_city.then(|| share(totals, largest)),
            bold: false,
        };
        if row.show(ui, theme).on_hover_text(&county.code).clicked() {
            actions.push(Action::Toggle(Facet::County, county.code.clone()));
        }
    }
}

/// `18 · 约 1438.7 亿元`.
fn value(totals: &Totals, language: Language) -> String {
    let sum = if totals.investment_yi > 0.0 {
        text::amount(totals.investment_yi, totals.approx, language)
    } else {
        "—".to_owned()
    };
    format!("{} · {sum}", totals.works)
}

#[expect(clippy::cast_possible_truncation, reason = "a share")]
fn share(totals: &Totals, largest: f64) -> f32 {
    (totals.investment_yi / largest) as f32
}
