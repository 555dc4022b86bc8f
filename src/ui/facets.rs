//! Kinds, status, accuracy and investment: the rest of the filter.

use egui::{DragValue, Ui, vec2};

use super::widgets::{self, Row};
use crate::{
    app::{Action, State, text},
    catalogue::Facet,
    scene::compose::kind_color,
    theme::{self, Theme, color, size},
    tr,
};

/// Draws the panel.
pub fn show(ui: &mut Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let catalogue = &state.catalogue;
    widgets::heading(ui, &tr!(language, "layers.kinds"), theme);
    for (kind, counted) in catalogue.kinds.iter().zip(state.facets.values(Facet::Kind)) {
        let count = counted.left.entries.to_string();
        let active = state.filter.wants(Facet::Kind, &kind.key);
        let name = kind.name.get(language);
        let response = Row { indent: 24.0, active, ..row(name, &count) }.show(ui, theme);
        let center = response.rect.left_center() + vec2(20.0, 0.0);
        let fill = color(kind_color(catalogue, &kind.key, state.settings.mode));
        ui.painter().circle_filled(center, 9.0, fill);
        let font = theme::font(11.0, true);
        ui.painter().text(center, egui::Align2::CENTER_CENTER, kind.glyph, font, theme.panel());
        if response.clicked() {
            actions.push(Action::Toggle(Facet::Kind, kind.key.clone()));
        }
    }
    for (facet, heading) in [(Facet::Status, "layers.status"), (Facet::Accuracy, "layers.accuracy")]
    {
        widgets::heading(ui, &tr!(language, heading), theme);
        for counted in state.facets.values(facet).iter().filter(|value| value.held_by > 0) {
            let name = text::facet_value(catalogue, facet, &counted.value, language);
            let count = counted.left.entries.to_string();
            let active = state.filter.wants(facet, &counted.value);
            if (Row { active, ..row(&name, &count) }).show(ui, theme).clicked() {
                actions.push(Action::Toggle(facet, counted.value.clone()));
            }
        }
    }
    widgets::heading(ui, &tr!(language, "layers.investment"), theme);
    investment(ui, state, theme, actions);
}

const fn row<'a>(name: &'a str, value: &'a str) -> Row<'a> {
    Row { name, value, indent: 0.0, active: false, bar: None, bold: false }
}

fn investment(ui: &mut Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let (mut min, mut max) = (
        state.filter.min_investment_yi.unwrap_or(0.0),
        state.filter.max_investment_yi.unwrap_or(1000.0),
    );
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.add_space(12.0);
        let mut changed = false;
        for (key, value) in [("layers.min", &mut min), ("layers.max", &mut max)] {
            let name = tr!(language, key);
            ui.label(theme::text(&name, size::SMALL, false).color(theme.muted()));
            let field =
                ui.add(DragValue::new(value).range(0.0..=1000.0).speed(2.0).max_decimals(1));
            field.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::SpinButton, true, name.clone())
            });
            changed |= field.changed();
        }
        if changed {
            actions.push(Action::SetInvestment {
                min_yi: (min > 0.0).then_some(min),
                max_yi: (max < 1000.0).then_some(max),
            });
        }
    });
}
