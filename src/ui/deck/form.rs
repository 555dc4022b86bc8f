//! The texts of the slide that is open, and what its map shows.

use egui::Ui;

use super::{field, figures, small};
use crate::{
    app::{Action, DeckStep, Language, State, TextOf, command, filter_words},
    book::{SlideRecord, Words},
    catalogue::{Filter, edit::SlidePart},
    theme::{self, Theme, size},
    tr,
    ui::{card::section, widgets},
};

/// Draws the form.
pub fn show(
    ui: &mut Ui,
    state: &State,
    slide: &SlideRecord,
    can_edit: bool,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let of = |part| TextOf::Slide(slide.id.clone(), part);
    view(ui, state, slide, can_edit, theme, actions);
    ui.add_enabled_ui(can_edit, |ui| {
        let kicker = tr!(language, "deck.kicker");
        section(ui, &kicker, theme);
        field::line(ui, state, of(SlidePart::Kicker), &kicker, f32::INFINITY, actions);
        other(ui, &slide.kicker, language, theme);
        let title = tr!(language, "deck.title");
        section(ui, &title, theme);
        field::lines(ui, state, of(SlidePart::Title), &title, 2, actions);
        other(ui, &slide.title, language, theme);
        let caption = tr!(language, "deck.caption");
        section(ui, &caption, theme);
        field::lines(ui, state, of(SlidePart::Caption), &caption, 3, actions);
        other(ui, &slide.caption, language, theme);
    });
    let words = slide.span.and_then(|span| state.catalogue.plan.text.text_range(span));
    if let Some(range) = words
        && widgets::link(ui, &tr!(language, "deck.words"), theme).clicked()
    {
        actions.push(Action::ShowWords(range));
    }
    figures::show(ui, state, slide, can_edit, theme, actions);
    ui.add_enabled_ui(can_edit, |ui| {
        let notes = tr!(language, "deck.notes");
        section(ui, &notes, theme);
        field::lines(ui, state, of(SlidePart::Notes), &notes, 3, actions);
    });
    small(ui, &tr!(language, "deck.notes_hint"), theme);
}

/// What it says in the other language: that stays as it is, and is shown so that nobody forgets it.
fn other(ui: &mut Ui, own: &Words, language: Language, theme: Theme) {
    let words = match language {
        Language::Chinese => &own.en,
        Language::English => &own.zh,
    };
    if own.en.is_empty() || words.is_empty() || own.zh == own.en {
        return;
    }
    let line = tr!(language, "deck.other_language", words = words.replace('\n', " "));
    let text = theme::text(&line, size::SMALL, false).color(theme.muted());
    ui.add(egui::Label::new(text).truncate()).on_hover_text(words);
}

/// What the map shows, in words, and the way to another view.
fn view(
    ui: &mut Ui,
    state: &State,
    slide: &SlideRecord,
    can_edit: bool,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let mut said = vec![match slide.extent {
        Some([west, south, east, north]) => tr!(
            language,
            "deck.extent",
            west = format!("{west:.2}"),
            east = format!("{east:.2}"),
            south = format!("{south:.2}"),
            north = format!("{north:.2}")
        ),
        None => tr!(language, "deck.fits", n = slide.fit.len()),
    }];
    if let Ok(filter) = serde_json::from_value::<Filter>(slide.filter.clone()) {
        said.extend(filter_words(&state.catalogue, &filter, language));
        said.push(tr!(language, "deck.layers", n = slide.layers.len()));
    }
    if !slide.project_ids.is_empty() {
        said.push(tr!(language, "deck.selected", n = slide.project_ids.len()));
    }
    small(ui, &said.join(" · "), theme);
    let button = ui.add_enabled(can_edit, egui::Button::new(tr!(language, "deck.take_view")));
    if button.on_hover_text(command::hint("take-view", language)).clicked() {
        actions.push(Action::Deck(DeckStep::TakeView));
    }
}
