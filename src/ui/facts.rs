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

/// Room for what a figure measures, at least and at most: the same on all lines of a card.
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
    let lines = lines(state, project, language);
    let small = theme::font(size::SMALL, false);
    let wide = |own: &Line<'_>| {
        let name = ui.painter().layout_no_wrap(own.name.clone(), small.clone(), theme.muted());
        name.size().x + 8.0
    };
    let widest = lines.iter().map(wide).fold(SHORT_NAME, f32::max).min(LONG_NAME);
    for own in &lines {
        line(ui, own, widest, language, theme, actions);
    }
    if !project.organisations.is_empty() {
        section(ui, &tr!(language, "card.organisations"), theme);
        ui.label(theme::text(project.organisations.join("、"), size::BODY, false));
    }
}

/// A figure as it stands in a card.
struct Line<'a> {
    name: String,
    value: String,
    unit: String,
    /// Where the plan says it, and how.
    words: Option<(TextRange, &'a str)>,
}

fn lines<'a>(state: &State, project: &'a Project, language: Language) -> Vec<Line<'a>> {
    let stated = |name: String, fact: &'_ Fact| {
        let (value, mut unit) = text::figure(fact, language);
        if fact.by_hand.is_some() {
            unit = format!("{unit} · {}", tr!(language, "card.by_hand"));
        }
        (name, value, unit, fact.range)
    };
    let is_money = |fact: &&Fact| fact.quantity == Quantity::Investment;
    let money = project.facts.iter().find(is_money);
    let named = |fact: &Fact| text::fact_name(fact, &project.facts, language);
    let set = set_sum(state, project, money.is_some(), language);
    let first_name = if set.is_some() { "card.stated_investment" } else { "card.investment" };
    let first = money.map(|fact| (tr!(language, first_name), fact));
    let others =
        project.facts.iter().filter(|fact| !is_money(fact)).map(|fact| (named(fact), fact));
    let mut lines: Vec<Line<'_>> = Vec::new();
    let is_set = set.is_some();
    lines.extend(set);
    if first.is_none() && !is_set {
        lines.push(Line {
            name: tr!(language, "card.investment"),
            value: tr!(language, "card.not_stated"),
            unit: String::new(),
            words: None,
        });
    }
    lines.extend(first.into_iter().chain(others).map(|(name, fact)| {
        let (name, value, unit, range) = stated(name, fact);
        Line { name, value, unit, words: Some((range, &fact.text)) }
    }));
    lines.extend(project.length_km.map(|km| Line {
        name: tr!(language, "card.length"),
        value: format!("{km:.1}"),
        unit: tr!(language, "unit.km_drawn"),
        words: None,
    }));
    lines
}

/// The sum that is in effect, where the plan's figures do not say it: it was set later, or a table
/// told it.
fn set_sum<'a>(
    state: &State,
    project: &Project,
    is_stated: bool,
    language: Language,
) -> Option<Line<'a>> {
    let sum = project.investment?;
    let record = state.workbook.record(&project.id);
    let later = record.as_ref().and_then(|own| own.fields.get("investment_yi")?.later.as_ref());
    if later.is_none() && is_stated {
        return None;
    }
    let (value, mut unit) = text::investment_parts(sum, language);
    if let Some(set) = later {
        let by_hand = || tr!(language, "card.by_hand");
        let source = Some(set.mark.source.clone()).filter(|source| !source.is_empty());
        unit = format!("{unit} · {}", source.unwrap_or_else(by_hand));
    }
    Some(Line { name: tr!(language, "card.investment"), value, unit, words: None })
}

/// A line of the card: the unit, which a number is nothing without, goes under the number where it has
/// no room beside it, and the number is set smaller before that.
fn line(
    ui: &mut Ui,
    own: &Line<'_>,
    wide: f32,
    language: Language,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let Line { name, value, unit, words } = own;
    let gap = ui.spacing().item_spacing.x;
    let link = tr!(language, "card.see_words");
    let width = |text: &str, points: f32, bold: bool| {
        let font = theme::font(points, bold);
        ui.painter().layout_no_wrap(text.to_owned(), font, theme.ink()).size().x
    };
    let for_link = if words.is_some() {
        width(&link, size::SMALL, true) + 2.0 * ui.spacing().button_padding.x + gap
    } else {
        0.0
    };
    let room = ui.available_width() - wide - gap - for_link;
    let for_unit = if unit.is_empty() { 0.0 } else { gap + width(unit, size::SMALL, false) };
    let sizes = [size::TITLE, size::HEADING];
    let largest = usize::from(value.chars().count() > 9);
    let sizes = sizes.get(largest..).unwrap_or_default();
    let beside = sizes.iter().find(|points| width(value, **points, true) + for_unit <= room);
    let small = |words: &str| theme::text(words, size::SMALL, false).color(theme.muted());
    ui.horizontal(|ui| {
        ui.allocate_ui_with_layout(vec2(wide, 26.0), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_width(wide);
            ui.add(egui::Label::new(small(name)).truncate()).on_hover_text(name);
        });
        let points = beside.or(sizes.last()).copied().unwrap_or(size::HEADING);
        ui.scope(|ui| {
            ui.set_max_width(room.max(0.0));
            ui.add(egui::Label::new(theme::text(value, points, true)).wrap());
        });
        if beside.is_some() && !unit.is_empty() {
            ui.label(small(unit));
        }
        if let Some((range, phrase)) = words {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if widgets::link(ui, &link, theme).on_hover_text(*phrase).clicked() {
                    actions.push(Action::ShowWords(*range));
                }
            });
        }
    });
    if beside.is_none() && !unit.is_empty() {
        ui.horizontal(|ui| {
            ui.add_space(wide + gap);
            ui.add(egui::Label::new(small(unit)).wrap());
        });
    }
}
