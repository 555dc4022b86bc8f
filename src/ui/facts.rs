//! The figures of a card.

use egui::{Align, Layout, Ui, vec2};

use super::{card::section, widgets};
use crate::{
    app::{Action, Language, State, text},
    catalogue::{Fact, Project},
    plan::Quantity,
    theme::{self, Theme, size},
    tr,
    units::TextRange,
};

/// Room for the mark at the end of a line.
const WORDS_LINK: f32 = 64.0;
/// Room for what a figure measures.
const SHORT_NAME: f32 = 76.0;
const LONG_NAME: f32 = 132.0;

/// Investment, lengths and every other figure, each with the mark that leads to its words.
pub fn show(
    ui: &mut Ui,
    state: &State,
    project: &Project,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    if let Some(fact) = project.facts.iter().find(|f| f.quantity == Quantity::Investment) {
        figure(ui, &tr!(language, "card.investment"), fact, language, theme, actions);
    } else {
        let none = tr!(language, "card.not_stated");
        line(ui, &tr!(language, "card.investment"), &none, "", None, language, theme, actions);
    }
    for fact in project.facts.iter().filter(|f| f.quantity != Quantity::Investment) {
        let name = text::fact_name(fact, &project.facts, language);
        figure(ui, &name, fact, language, theme, actions);
    }
    if let Some(km) = project.length_km {
        let value = format!("{km:.1}");
        let unit = tr!(language, "unit.km_drawn");
        line(ui, &tr!(language, "card.length"), &value, &unit, None, language, theme, actions);
    }
    if !project.organisations.is_empty() {
        section(ui, &tr!(language, "card.organisations"), theme);
        ui.label(theme::text(project.organisations.join("、"), size::BODY, false));
    }
}

fn figure(
    ui: &mut Ui,
    name: &str,
    fact: &Fact,
    language: Language,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let (value, unit) = text::figure(fact, language);
    line(ui, name, &value, &unit, Some((fact.range, &fact.text)), language, theme, actions);
}

#[expect(clippy::too_many_arguments, reason = "one line of a card has this many parts")]
fn line(
    ui: &mut Ui,
    name: &str,
    value: &str,
    unit: &str,
    words: Option<(TextRange, &str)>,
    language: Language,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    ui.horizontal(|ui| {
        let label = theme::text(name, size::SMALL, false).color(theme.muted());
        // The words of a sentence are longer than the name of a quantity.
        let wide = if name.chars().count() > 6 { LONG_NAME } else { SHORT_NAME };
        ui.allocate_ui_with_layout(vec2(wide, 26.0), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_width(wide);
            ui.add(egui::Label::new(label).truncate()).on_hover_text(name);
        });
        let big = value.chars().count() <= 9;
        let points = if big { size::TITLE } else { size::HEADING };
        ui.label(theme::text(value, points, true));
        let link = if words.is_some() { WORDS_LINK } else { 0.0 };
        let room = (ui.available_width() - link).max(0.0);
        ui.scope(|ui| {
            ui.set_max_width(room);
            let unit = theme::text(unit, size::SMALL, false).color(theme.muted());
            ui.add(egui::Label::new(unit).truncate());
        });
        if let Some((range, phrase)) = words {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let link = widgets::link(ui, &tr!(language, "card.see_words"), theme);
                if link.on_hover_text(phrase).clicked() {
                    actions.push(Action::ShowWords(range));
                }
            });
        }
    });
}
