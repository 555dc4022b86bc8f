//! Kinds, status, accuracy and investment: the rest of the filter.

use egui::{DragValue, Ui, vec2};

use super::{
    counted, views,
    widgets::{self, Row},
};
use crate::{
    app::{Action, State, ViewStep, command, facet_value},
    catalogue::Facet,
    scene::view::kind_color,
    theme::{self, Theme, color, size},
    tr,
};

/// Draws the panel.
pub fn show(ui: &mut Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let catalogue = &state.catalogue;
    saved(ui, state, theme, actions);
    widgets::heading_with(ui, &tr!(language, "layers.kinds"), theme, |ui| {
        let head = tr!(language, "regions.head");
        ui.label(theme::text(head, size::SMALL, false).color(theme.muted()));
    });
    for (kind, own) in catalogue.kinds.iter().zip(state.facets.values(Facet::Kind)) {
        let row = Row { name: kind.name.get(language), indent: 24.0, ..Row::default() };
        let response = counted::show(ui, state, Facet::Kind, own, row, theme, actions);
        let center = response.rect.left_center() + vec2(20.0, 0.0);
        let fill = color(kind_color(catalogue, &kind.key, state.settings.mode));
        ui.painter().circle_filled(center, 9.0, fill);
        let font = theme::font(11.0, true);
        ui.painter().text(center, egui::Align2::CENTER_CENTER, kind.glyph, font, theme.panel());
    }
    for (facet, heading) in [(Facet::Status, "layers.status"), (Facet::Accuracy, "layers.accuracy")]
    {
        widgets::heading(ui, &tr!(language, heading), theme);
        for own in state.facets.values(facet) {
            let name = facet_value(catalogue, facet, &own.value, language);
            let row = Row { name: &name, ..Row::default() };
            let response = counted::show(ui, state, facet, own, row, theme, actions);
            if facet == Facet::Status {
                // A work listed twice may be planned in one place and built in the other.
                response.on_hover_text(tr!(language, "layers.status_hint"));
            }
        }
    }
    widgets::heading(ui, &tr!(language, "layers.investment"), theme);
    investment(ui, state, theme, actions);
    counted::foot(ui, state, theme, actions);
}

/// Saved filters, and the way to save the one that is asked.
fn saved(ui: &mut Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let filters = &state.workbook.shown.filters;
    let can_save = command::is_possible("save-filter", state);
    if filters.is_empty() && !can_save {
        return;
    }
    widgets::heading_with(ui, &tr!(language, "view.filters"), theme, |ui| {
        let links = [("save-filter", "view.save_filter", can_save), ("views", "view.manage", true)];
        for (id, words, is_shown) in links {
            let hint = command::hint(id, language);
            if is_shown
                && widgets::link(ui, &tr!(language, words), theme).on_hover_text(hint).clicked()
            {
                actions.extend(command::press(id, state).actions);
            }
        }
    });
    for own in filters.iter() {
        let active = views::is_asked(state, &own.id);
        let row = Row { name: &own.name, active, ..Row::default() };
        if row.show(ui, theme).clicked() {
            actions.push(if active {
                Action::ClearFilter
            } else {
                Action::Views(ViewStep::UseFilter(own.id.clone()))
            });
        }
    }
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
