//! A value of a facet with what would remain of it: the same row in every panel.

use egui::{Response, Ui};

use super::widgets::{self, Row};
use crate::{
    app::{Action, Language, State, command, text},
    catalogue::{Facet, FacetValue, Totals},
    theme::{self, Theme, size},
    tr,
};

/// Draws the row: works and money, grey where nothing would remain. A click wants this value only,
/// with Ctrl besides the others.
pub fn show(
    ui: &mut Ui,
    state: &State,
    facet: Facet,
    own: &FacetValue,
    row: Row<'_>,
    theme: Theme,
    actions: &mut Vec<Action>,
) -> Response {
    let language = state.settings.language;
    let row = Row {
        value: &value(&own.left, language),
        active: state.filter.wants(facet, &own.value),
        quiet: own.left.entries == 0,
        ..row
    };
    let response = row.show(ui, theme).on_hover_ui(|ui| {
        let words = |line: String| theme::text(line, size::SMALL, false);
        ui.label(words(text::totals(&own.left, language)));
        ui.label(words(tr!(language, "counts.click")).color(theme.muted()));
    });
    if response.clicked() {
        actions.push(chosen(ui, facet, &own.value));
    }
    response
}

/// What a click on a value means.
pub fn chosen(ui: &Ui, facet: Facet, value: &str) -> Action {
    if ui.input(|i| i.modifiers.command) {
        Action::Toggle(facet, value.to_owned())
    } else {
        Action::Isolate(facet, value.to_owned())
    }
}

/// What the numbers are, and the way to have them as a table.
pub fn foot(ui: &mut Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    ui.add_space(8.0);
    ui.horizontal_wrapped(|ui| {
        ui.add_space(12.0);
        let note = tr!(language, "regions.once");
        ui.label(theme::text(note, size::SMALL, false).color(theme.muted()));
    });
    ui.horizontal(|ui| {
        ui.add_space(12.0);
        if widgets::link(ui, &command::name("copy-counts", language), theme).clicked() {
            let command::Outcome { actions: told, effects } = command::press("copy-counts", state);
            for effect in effects {
                if let command::Effect::Copy(table) = effect {
                    ui.ctx().copy_text(table);
                }
            }
            actions.extend(told);
        }
    });
}

/// `18 · 约 1,438.7 亿元`.
fn value(totals: &Totals, language: Language) -> String {
    let sum = if totals.investment_yi > 0.0 {
        text::amount(totals.investment_yi, totals.approx, language)
    } else {
        "—".to_owned()
    };
    format!("{} · {sum}", totals.works)
}
