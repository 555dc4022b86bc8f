//! Kinds, status, accuracy and investment: the rest of the filter.

use egui::{DragValue, Ui, vec2};

use super::widgets::{self, Row};
use crate::{
    app::{Action, State, text},
    catalogue::{Accuracy, Status},
    scene::compose::kind_color,
    theme::{self, Theme, color, size},
    tr,
};

/// Draws the panel.
pub fn show(ui: &mut Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let catalogue = &state.catalogue;
    widgets::heading(ui, &tr!(language, "layers.kinds"), theme);
    for kind in &catalogue.kinds {
        let count = catalogue.projects.iter().filter(|p| p.kind == kind.key).count();
        let row = Row {
            name: language.pick(&kind.name, &kind.name_en),
            value: &count.to_string(),
            indent: 24.0,
            active: state.filter.kinds.contains(&kind.key),
            bar: None,
            bold: false,
        };
        let response = row.show(ui, theme);
        let center = response.rect.left_center() + vec2(20.0, 0.0);
        let fill = color(kind_color(catalogue, &kind.key, state.settings.mode));
        ui.painter().circle_filled(center, 9.0, fill);
        let font = theme::font(11.0, true);
        ui.painter().text(center, egui::Align2::CENTER_CENTER, kind.glyph, font, theme.panel());
        if response.clicked() {
            actions.push(Action::ToggleKind(kind.key.clone()));
        }
    }
    widgets::heading(ui, &tr!(language, "layers.status"), theme);
    for status in [Status::Planned, Status::Done] {
        let count = catalogue.projects.iter().filter(|p| p.status == status).count();
        let active = state.filter.status.contains(&status);
        if plain(ui, &text::status(status, language), count, active, theme) {
            actions.push(Action::ToggleStatus(status));
        }
    }
    widgets::heading(ui, &tr!(language, "layers.accuracy"), theme);
    for class in Accuracy::ALL {
        let count = catalogue.projects.iter().filter(|p| p.accuracy == class).count();
        let active = state.filter.accuracies.contains(&class);
        if count > 0 && plain(ui, &text::accuracy(class, language), count, active, theme) {
            actions.push(Action::ToggleAccuracy(class));
        }
    }
    widgets::heading(ui, &tr!(language, "layers.investment"), theme);
    investment(ui, state, theme, actions);
}

fn plain(ui: &mut Ui, name: &str, count: usize, active: bool, theme: Theme) -> bool {
    let value = count.to_string();
    Row { name, value: &value, indent: 0.0, active, bar: None, bold: false }
        .show(ui, theme)
        .clicked()
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
