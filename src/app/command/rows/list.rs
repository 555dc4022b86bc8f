//! In a list that lies over the window, and in text fields.

use super::in_both;
use crate::app::{
    Action, Overlay, State,
    command::{Call, Chord, Command, Key, Outcome, Scope, palette},
    search_box,
};

pub const ROWS: &[Command] = &[
    Command::new("list-move", "command.list_move", |_, call| {
        let step = STEPS.iter().find(|(key, _, _)| *key == call.choice);
        step.map(|(_, _, by)| Action::MoveInList(*by).into()).unwrap_or_default()
    })
    .keys(&[
        Scope::List.on(Chord::plain(Key::Up)),
        Scope::List.on(Chord::plain(Key::Down)),
        Scope::List.on(Chord::plain(Key::PageUp)),
        Scope::List.on(Chord::plain(Key::PageDown)),
    ])
    .repeating()
    .only_by_key()
    .each("command.list_move_to", |_| {
        STEPS.iter().map(|(key, name, _)| in_both(key, name, false)).collect()
    }),
    Command::new("list-choose", "command.list_choose", choose)
        .keys(&[Scope::List.on(Chord::plain(Key::Enter))])
        .only_by_key(),
    // The field itself hears the key: what it does differs from field to field.
    Command::new("enter-text", "command.enter_text", |_, _| Outcome::default())
        .keys(&[Scope::Field.on(Chord::plain(Key::Enter))])
        .only_by_key(),
];

/// Rows down the list, in the order of the keys.
const STEPS: [(&str, &str, isize); 4] = [
    ("up", "direction.up", -1),
    ("down", "direction.down", 1),
    ("page-up", "direction.page_up", -8),
    ("page-down", "direction.page_down", 8),
];

fn choose(state: &State, call: Call<'_>) -> Outcome {
    match &state.overlay {
        Overlay::PickList { ids, features, row, .. } => match ids.get(*row) {
            Some(id) => [Action::CloseOverlay, Action::Select(vec![id.clone()])].into(),
            None => match row.checked_sub(ids.len()).and_then(|at| features.get(at)) {
                Some(feature) => Action::OpenFeature(*feature).into(),
                None => Outcome::default(),
            },
        },
        Overlay::Palette(own) => match palette::find(state, &own.text).get(own.row) {
            Some(entry) => entry.choose(state, call.now_s),
            None => Outcome::default(),
        },
        Overlay::Browse(own) => Action::ChooseInBrowse(own.row).into(),
        Overlay::Search(own) => {
            let chosen = own.row.map(|row| search_box::choose(state, own, row, call.now_s));
            chosen.unwrap_or_default()
        }
        _ => Outcome::default(),
    }
}
