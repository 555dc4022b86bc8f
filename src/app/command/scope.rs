//! Where a chord holds, and which of several it means.

use super::{Chord, Key};
use crate::app::{Overlay, State};

/// Where a chord holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// On a slide and at the desk, also while a text is being typed.
    Always,
    /// On a slide, and only there.
    Slide,
    /// While a list lies over the window.
    List,
    /// While something is drawn on the map, unless a widget has the keyboard.
    Sketch,
    /// At the desk while the rows of a layer's table have the keyboard.
    Table,
    /// At the desk while the map has the keyboard.
    Map,
    /// In the review of what was recognised, unless a text is being typed or a widget has the
    /// keyboard.
    Review,
    /// At the desk unless a text is being typed.
    Desk,
    /// At the desk, also while a text is being typed.
    DeskAndText,
    /// The same, and over a dialog for which the window waits.
    Dialog,
    /// Over a dialog in which nothing is typed.
    Sheet,
    /// In a text field, which reads it by itself.
    Field,
}

/// One chord of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Binding {
    pub scope: Scope,
    pub chord: Chord,
    /// Another way of typing the same, as on other keyboards: it works and is not told.
    pub is_alias: bool,
}

impl Scope {
    pub const fn on(self, chord: Chord) -> Binding {
        Binding { scope: self, chord, is_alias: false }
    }

    pub const fn alias(self, chord: Chord) -> Binding {
        Binding { scope: self, chord, is_alias: true }
    }

    /// The digits 1 to 9, each with what is held down in `like`.
    pub const fn digits(self, like: Chord) -> [Binding; 9] {
        [
            self.on(like.with(Key::Char('1'))),
            self.on(like.with(Key::Char('2'))),
            self.on(like.with(Key::Char('3'))),
            self.on(like.with(Key::Char('4'))),
            self.on(like.with(Key::Char('5'))),
            self.on(like.with(Key::Char('6'))),
            self.on(like.with(Key::Char('7'))),
            self.on(like.with(Key::Char('8'))),
            self.on(like.with(Key::Char('9'))),
        ]
    }
}

/// Who has the keyboard.
#[expect(clippy::struct_excessive_bools, reason = "each by itself")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Keyboard {
    /// A text is being typed.
    pub in_text: bool,
    /// The map was clicked last.
    pub on_map: bool,
    /// The rows of a layer's table were clicked last.
    pub on_table: bool,
    /// A button or a row has it: Enter is meant for that.
    pub on_widget: bool,
}

/// Whether a chord is typed rather than pressed: the card is a form, nothing of it has the keyboard at
/// this moment, and a letter means a field that was not hit. With the keyboard on the map or on a
/// table letters are keys, as without a form.
pub fn is_typed(chord: Chord, state: &State, keyboard: Keyboard) -> bool {
    let is_letter = matches!(chord.key, Key::Char(_)) && !chord.ctrl && !chord.alt;
    is_letter && state.shows_form() && !keyboard.on_map && !keyboard.on_table
}

/// The scopes that hold now. Of two commands of one chord the first scope's is meant.
pub fn scopes(state: &State, keyboard: Keyboard) -> Vec<Scope> {
    if state.tour.is_some() {
        return vec![Scope::Slide, Scope::Always];
    }
    let has_palette = matches!(state.overlay, Overlay::Palette(_));
    let has_browse = matches!(state.overlay, Overlay::Browse(_));
    // The dialog of files has buttons, too: only its field shares the keyboard with its list.
    let has_list = has_palette
        || matches!(state.overlay, Overlay::PickList { .. } | Overlay::Search(_))
        || has_browse && keyboard.in_text;
    // Nothing behind a dialog hears a key.
    let waits = state.overlay.is_modal();
    let in_text = keyboard.in_text || has_palette || waits;
    let reviews = state.review.is_some() && state.overlay == Overlay::None;
    let draws = state.sketch.is_some() && state.overlay == Overlay::None;
    [
        (Scope::List, has_list),
        (Scope::Sketch, draws && !in_text && !keyboard.on_widget),
        (Scope::Table, keyboard.on_table && !in_text && !has_list && state.review.is_none()),
        (Scope::Map, keyboard.on_map && !in_text),
        (Scope::Review, reviews && !draws && !in_text && !keyboard.on_widget),
        (Scope::Desk, !in_text),
        (Scope::DeskAndText, !waits),
        (Scope::Dialog, true),
        (Scope::Sheet, matches!(state.overlay, Overlay::Help | Overlay::Messages)),
        (Scope::Always, true),
    ]
    .into_iter()
    .filter_map(|(scope, holds)| holds.then_some(scope))
    .collect()
}
