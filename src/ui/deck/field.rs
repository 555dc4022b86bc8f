//! A text of a slide, changed in place. It is meant when its field is left; Esc takes it back.

use egui::{TextEdit, Ui};

use crate::{
    app::{Action, DeckStep, State, TextOf},
    ui::{keys, widgets},
};

/// A field of one line.
pub fn line(
    ui: &mut Ui,
    state: &State,
    of: TextOf,
    name: &str,
    width: f32,
    actions: &mut Vec<Action>,
) {
    show(ui, state, of, name, Shape::Line(width), actions);
}

/// A field of several lines, over the whole width.
pub fn lines(
    ui: &mut Ui,
    state: &State,
    of: TextOf,
    name: &str,
    rows: usize,
    actions: &mut Vec<Action>,
) {
    show(ui, state, of, name, Shape::Lines(rows), actions);
}

/// How large a field is.
#[derive(Debug, Clone, Copy)]
enum Shape {
    /// One line, so wide.
    Line(f32),
    Lines(usize),
}

fn show(
    ui: &mut Ui,
    state: &State,
    of: TextOf,
    name: &str,
    shape: Shape,
    actions: &mut Vec<Action>,
) {
    let mut text = state.decks.text(&of, state.settings.language).to_owned();
    let id = egui::Id::unique(("deck-field", &of));
    let edit = match shape {
        Shape::Line(width) => TextEdit::singleline(&mut text).desired_width(width),
        Shape::Lines(rows) => {
            TextEdit::multiline(&mut text).desired_rows(rows).desired_width(f32::INFINITY)
        }
    };
    let response = ui.add(edit.id(id));
    widgets::named(&response, name);
    if response.changed() {
        actions.push(Action::Deck(DeckStep::Type { of, text }));
    }
    if keys::escaped(ui, &response) {
        actions.push(Action::Deck(DeckStep::TakeBack));
    } else if response.lost_focus() {
        actions.push(Action::Deck(DeckStep::Settle));
    }
}
