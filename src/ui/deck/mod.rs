//! The deck editor: which deck, its slides in order, and the texts of the one that is open. The map
//! beside it shows what the slide shows.

mod field;
mod figures;
mod form;
mod list;

use egui::{
    Button, ComboBox, Label, Margin, PopupCloseBehavior, Role, ScrollArea, Ui, WidgetInfo,
    containers::menu::{MenuButton, MenuConfig},
};

use super::widgets;
use crate::{
    app::{Action, DeckStep, Language, State, TextOf, command},
    book::DeckRecord,
    catalogue::edit::DeckEdit,
    theme::{self, Theme, size},
    tr,
};

/// Air at the sides of the panel.
const SIDE: i8 = 16;

/// In less height than this list and texts scroll together: apart, neither would have any room.
const LOW: f32 = 480.0;

/// Draws the editor.
pub fn show(ui: &mut Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    if ui.available_height() < LOW {
        ScrollArea::vertical().id_salt("deck").auto_shrink(false).show(ui, |ui| {
            slides(ui, state, theme, actions);
            texts(ui, state, theme, actions);
        });
        return;
    }
    slides(ui, state, theme, actions);
    let Some(slide) = state.decks.slide() else { return };
    ScrollArea::vertical().id_salt(("slide", &slide.id)).auto_shrink(false).show(ui, |ui| {
        texts(ui, state, theme, actions);
    });
}

/// Which deck, and its slides.
fn slides(ui: &mut Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let can_edit = state.workbook.shown.read_only.is_none();
    let frame = egui::Frame::new().inner_margin(Margin::symmetric(SIDE, 8));
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        if state.decks.all.is_empty() {
            without_decks(ui, state, can_edit, theme, actions);
            return;
        }
        head(ui, state, can_edit, theme, actions);
        list::show(ui, state, can_edit, theme, actions);
    });
    if state.decks.slide().is_some() {
        widgets::rule(ui, theme);
    }
}

/// The slide that is open.
fn texts(ui: &mut Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let can_edit = state.workbook.shown.read_only.is_none();
    let Some(slide) = state.decks.slide() else { return };
    let frame = egui::Frame::new().inner_margin(Margin::symmetric(SIDE, 8));
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        form::show(ui, state, slide, can_edit, theme, actions);
        ui.add_space(20.0);
    });
}

/// What to begin with.
fn without_decks(
    ui: &mut Ui,
    state: &State,
    can_edit: bool,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    ui.add_space(12.0);
    ui.label(theme::text(tr!(language, "deck.none"), size::HEADING, true));
    small(ui, &tr!(language, "deck.none_hint"), theme);
    ui.add_enabled_ui(can_edit, |ui| {
        ui.horizontal_wrapped(|ui| {
            if main(ui, &tr!(language, "deck.make"), theme) {
                actions.push(Action::Deck(DeckStep::MakeDeck));
            }
            add_button(ui, language, actions);
        });
    });
}

/// Which deck, what can be done with it, and the ways to a new slide and onto the wall.
fn head(ui: &mut Ui, state: &State, can_edit: bool, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let decks = &state.decks;
    let name = |deck: &DeckRecord| language.pick(&deck.name.zh, &deck.name.en).to_owned();
    ui.horizontal(|ui| {
        let shown = decks.deck().map(name).unwrap_or_default();
        let room = (ui.available_width() - widgets::end_width(ui, "deck-menu") - 24.0).max(80.0);
        let chosen = ui.scope(|ui| {
            ui.set_max_width(room);
            let list = ComboBox::from_id_salt("deck").selected_text(&shown).width(room).truncate();
            list.show_ui(ui, |ui| {
                for deck in &*decks.all {
                    let is_open = decks.open.as_ref() == Some(&deck.id);
                    let is_presented = decks.presented.as_ref() == Some(&deck.id);
                    let mut words = name(deck);
                    if is_presented {
                        words = tr!(language, "deck.presented", name = words);
                    }
                    if ui.selectable_label(is_open, words).clicked() && !is_open {
                        actions.push(Action::Deck(DeckStep::OpenDeck(deck.id.clone())));
                    }
                }
            })
        });
        let label = tr!(language, "deck.which");
        chosen.inner.response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::ComboBox, true, &label);
            info.current_text_value = Some(shown.clone());
            info
        });
        widgets::at_end(ui, "deck-menu", |ui| {
            // A name is typed in it: only a choice and a click elsewhere close it.
            let elsewhere = PopupCloseBehavior::CloseOnClickOutside;
            MenuButton::new(tr!(language, "deck.menu"))
                .config(MenuConfig::new().close_behavior(elsewhere))
                .ui(ui, |ui| menu(ui, state, can_edit, theme, actions));
        });
    });
    ui.horizontal_wrapped(|ui| {
        ui.add_enabled_ui(can_edit, |ui| add_button(ui, language, actions));
        let words = tr!(language, "deck.present_here");
        if ui.button(words).on_hover_text(command::hint("present-here", language)).clicked() {
            actions.extend(command::press("present-here", state).actions);
        }
    });
    if !can_edit {
        small(ui, &tr!(language, "deck.read_only"), theme);
    }
}

/// What is done with the deck as a whole.
fn menu(ui: &mut Ui, state: &State, can_edit: bool, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    ui.set_width(220.0);
    if !can_edit {
        small(ui, &tr!(language, "deck.read_only"), theme);
        return;
    }
    if let Some(deck) = state.decks.deck() {
        let label = tr!(language, "deck.name");
        ui.label(theme::text(&label, size::SMALL, true).color(theme.muted()));
        field::line(ui, state, TextOf::Deck(deck.id.clone()), &label, 200.0, actions);
        let mut is_presented = state.decks.presented.as_ref() == Some(&deck.id);
        let check = ui.checkbox(&mut is_presented, tr!(language, "deck.present_this"));
        if check.changed() && is_presented {
            edit(actions, DeckEdit::Present { deck: deck.id.clone() });
        }
        ui.separator();
        if ui.button(tr!(language, "deck.remove")).clicked() {
            edit(actions, DeckEdit::Remove { deck: deck.id.clone() });
            ui.close();
        }
    }
    if ui.button(tr!(language, "deck.add")).clicked() {
        actions.push(Action::Deck(DeckStep::AddDeck));
        ui.close();
    }
    if ui.button(tr!(language, "deck.make")).clicked() {
        actions.push(Action::Deck(DeckStep::MakeDeck));
        ui.close();
    }
}

fn add_button(ui: &mut Ui, language: Language, actions: &mut Vec<Action>) {
    let button = ui.button(tr!(language, "deck.add_slide"));
    if button.on_hover_text(command::hint("add-slide", language)).clicked() {
        actions.push(Action::Deck(DeckStep::AddSlide));
    }
}

fn edit(actions: &mut Vec<Action>, edit: DeckEdit) {
    actions.push(Action::Deck(DeckStep::Edit(edit)));
}

fn small(ui: &mut Ui, words: &str, theme: Theme) {
    ui.add(Label::new(theme::text(words, size::SMALL, false).color(theme.muted())).wrap());
}

/// The button that is meant.
fn main(ui: &mut Ui, words: &str, theme: Theme) -> bool {
    let words = theme::text(words, size::BODY, true).color(theme.on_accent());
    ui.add(Button::new(words).fill(theme.accent())).clicked()
}
