//! The figures of a slide: their texts, where they are from, and those of the selected projects to
//! choose from.

use egui::{ScrollArea, Ui};

use super::{edit, field, small};
use crate::{
    app::{
        Action, Language, State, TextOf,
        slide_figures::{OfferedFigure, offered_figures},
        text,
    },
    book::{SlideFigureRecord, SlideRecord, Words},
    catalogue::edit::{DeckEdit, FigurePart, SlideEdit, SlidePart},
    theme::Theme,
    tr,
    ui::{card::section, widgets, workbook::moment},
};

/// More figures than a menu can list are scrolled.
const MENU_HEIGHT: f32 = 320.0;
/// Room for a project's name in the menu, in Latin letters.
const NAME: usize = 16;

/// Draws the figures.
pub fn show(
    ui: &mut Ui,
    state: &State,
    slide: &SlideRecord,
    can_edit: bool,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    section(ui, &tr!(language, "deck.figures"), theme);
    for (at, figure) in slide.figures.iter().enumerate() {
        ui.push_id(("figure", at), |ui| {
            ui.add_enabled_ui(can_edit, |ui| one(ui, state, slide, at, actions));
            provenance(ui, state, figure, theme, actions);
        });
    }
    ui.add_enabled_ui(can_edit, |ui| {
        ui.menu_button(tr!(language, "deck.add_figure"), |ui| {
            offers(ui, state, slide, theme, actions);
        });
    });
}

fn one(ui: &mut Ui, state: &State, slide: &SlideRecord, at: usize, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let of = |part| TextOf::Slide(slide.id.clone(), SlidePart::Figure(at, part));
    let (n, id) = (at + 1, slide.id.clone());
    let label = tr!(language, "deck.figure_label", n = n);
    field::line(ui, state, of(FigurePart::Label), &label, f32::INFINITY, actions);
    ui.horizontal(|ui| {
        let room = ui.available_width() - widgets::end_width(ui, "figure-end") - 24.0;
        let value = tr!(language, "deck.figure_value", n = n);
        field::line(ui, state, of(FigurePart::Value), &value, (room * 0.55).max(40.0), actions);
        let unit = tr!(language, "deck.figure_unit", n = n);
        field::line(ui, state, of(FigurePart::Unit), &unit, (room * 0.35).max(30.0), actions);
        widgets::at_end(ui, "figure-end", |ui| {
            let can_rise = at > 0;
            let up = ui.add_enabled(can_rise, egui::Button::new("↑"));
            named(&up, &tr!(language, "deck.figure_up", n = n));
            if up.clicked() {
                let edit = SlideEdit::MoveFigure { from: at, to: at.saturating_sub(1) };
                super::edit(actions, DeckEdit::Slide { id: id.clone(), edit });
            }
            let cross = ui.button("×");
            named(&cross, &tr!(language, "deck.figure_remove", n = n));
            if cross.clicked() {
                edit(actions, DeckEdit::Slide { id, edit: SlideEdit::RemoveFigure(at) });
            }
        });
    });
}

fn named(button: &egui::Response, name: &str) {
    let name = name.to_owned();
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
}

/// Where a figure is from: words of the plan, or somebody's hand.
fn provenance(
    ui: &mut Ui,
    state: &State,
    figure: &SlideFigureRecord,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    if let Some(mark) = &figure.by_hand {
        let key = if mark.source.is_empty() { "form.by_hand" } else { "form.by_hand_source" };
        let at = moment(&mark.at);
        small(ui, &tr!(language, key, who = mark.who, at = at, source = mark.source), theme);
    }
    let words = figure.span.and_then(|span| state.catalogue.plan.text.text_range(span));
    let Some(range) = words else { return };
    let said = text::shortened(state.catalogue.plan.text.slice(range), 40);
    let link = widgets::link(ui, &tr!(language, "deck.figure_words", words = said), theme);
    if link.clicked() {
        actions.push(Action::ShowWords(range));
    }
}

/// The figures of the selected projects; where none is selected, of those of the slide.
fn offers(
    ui: &mut Ui,
    state: &State,
    slide: &SlideRecord,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let ids = if state.selected.is_empty() { &slide.project_ids } else { &state.selected };
    let offered = offered_figures(&state.catalogue, ids);
    let add = |figure: SlideFigureRecord| DeckEdit::Slide {
        id: slide.id.clone(),
        edit: SlideEdit::AddFigure(Box::new(figure)),
    };
    ui.set_width(300.0);
    if offered.is_empty() {
        small(ui, &tr!(language, "deck.no_figures"), theme);
    }
    let several = ids.len() > 1;
    ScrollArea::vertical().max_height(MENU_HEIGHT).show(ui, |ui| {
        for one in offered {
            let words = offered_words(state, &one, several);
            let is_there = slide.figures.contains(&one.figure);
            if ui.add_enabled(!is_there, egui::Button::new(words).wrap()).clicked() {
                edit(actions, add(one.figure));
                ui.close();
            }
        }
    });
    ui.separator();
    if ui.button(tr!(language, "deck.own_figure")).clicked() {
        edit(actions, add(own_figure(language)));
        ui.close();
    }
}

fn offered_words(state: &State, one: &OfferedFigure, several: bool) -> String {
    let language = state.settings.language;
    let SlideFigureRecord { label, value, unit, .. } = &one.figure;
    let pick = |words: &Words| language.pick(&words.zh, &words.en).to_owned();
    let unit = match language {
        Language::Chinese => &unit.zh,
        Language::English => &unit.en,
    };
    let value = text::grouped(&pick(value));
    let words = format!("{} {value} {unit}", pick(label));
    let hand =
        if one.figure.span.is_none() { tr!(language, "deck.by_hand") } else { String::new() };
    let project = state.catalogue.project(&one.project).filter(|_| several);
    let name = project.map(|own| text::shortened(own.short_name.get(language), NAME));
    let parts = [Some(words), Some(hand), name].into_iter().flatten();
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// A figure that no project has: nobody has said it yet.
fn own_figure(language: Language) -> SlideFigureRecord {
    let label = tr!(language, "deck.own_label");
    SlideFigureRecord {
        label: Words { zh: label, en: String::new() },
        value: Words::default(),
        unit: Words::default(),
        approx: false,
        span: None,
        by_hand: None,
    }
}
