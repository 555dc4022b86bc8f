//! The attribute tables of layers.

use super::in_both;
use crate::{
    app::{
        Action, LayerKey, State,
        command::{Choice, Chord, Command, Key, Outcome, Scope},
        layer_table::TableStep,
    },
    language::Bilingual,
};

pub const ROWS: &[Command] = &[
    Command::new("open-layer-table", "command.layer_tables", |_, call| {
        Action::OpenTable(key_of(call.choice)).into()
    })
    .when(|state| state.files.iter().any(|file| !file.layers.is_empty()))
    .each("command.layer_table", layers),
    Command::new("table-move", "command.table_move", |state, call| {
        moved(state, call.choice, false)
    })
    .keys(&[
        Scope::Table.on(Chord::plain(Key::Up)),
        Scope::Table.on(Chord::plain(Key::Down)),
        Scope::Table.on(Chord::plain(Key::PageUp)),
        Scope::Table.on(Chord::plain(Key::PageDown)),
        Scope::Table.on(Chord::plain(Key::Home)),
        Scope::Table.on(Chord::plain(Key::End)),
    ])
    .repeating()
    .only_by_key()
    .when(has_table)
    .each("command.table_move_to", |_| directions()),
    Command::new("table-extend", "command.table_extend", |state, call| {
        moved(state, call.choice, true)
    })
    .keys(&[
        Scope::Table.on(Chord::shift(Key::Up)),
        Scope::Table.on(Chord::shift(Key::Down)),
        Scope::Table.on(Chord::shift(Key::PageUp)),
        Scope::Table.on(Chord::shift(Key::PageDown)),
        Scope::Table.on(Chord::shift(Key::Home)),
        Scope::Table.on(Chord::shift(Key::End)),
    ])
    .repeating()
    .only_by_key()
    .when(has_table)
    .each("command.table_extend_to", |_| directions()),
    Command::new("select-all-features", "command.select_all_features", |state, _| {
        step(state, TableStep::SelectAll)
    })
    .keys(&[Scope::Table.on(Chord::ctrl(Key::Char('A')))])
    .when(has_table),
    Command::new("clear-features", "command.clear_features", |state, _| {
        step(state, TableStep::ClearSelection)
    })
    .when(has_selection),
    Command::new("zoom-to-features", "command.zoom_to_features", |state, _| {
        step(state, TableStep::ZoomToSelection)
    })
    .keys(&[
        Scope::Table.on(Chord::plain(Key::Enter)),
        Scope::Table.on(Chord::plain(Key::Char('F'))),
    ])
    .when(has_selection),
    Command::new("copy-features", "command.copy_features", |state, _| step(state, TableStep::Copy))
        .keys(&[Scope::Table.on(Chord::ctrl(Key::Char('C')))])
        .when(has_selection),
];

/// Directions, and the rows that each goes down; pages by what the table has room for.
const STEPS: [(&str, &str); 6] = [
    ("up", "direction.up"),
    ("down", "direction.down"),
    ("page-up", "direction.page_up"),
    ("page-down", "direction.page_down"),
    ("home", "direction.first"),
    ("end", "direction.last"),
];

fn directions() -> Vec<Choice> {
    STEPS.iter().map(|(key, name)| in_both(key, name, false)).collect()
}

fn moved(state: &State, direction: &str, extends: bool) -> Outcome {
    let page = isize::try_from(state.table_page).unwrap_or(1);
    let by = match direction {
        "up" => -1,
        "down" => 1,
        "page-up" => -page,
        "page-down" => page,
        "home" => isize::MIN,
        _ => isize::MAX,
    };
    step(state, TableStep::Move(by, extends))
}

fn step(state: &State, step: TableStep) -> Outcome {
    state.table_layer().map(|(of, _, _)| Action::LayerTable { of, step }.into()).unwrap_or_default()
}

fn has_table(state: &State) -> bool {
    state.settings.table_open && state.table_layer().is_some()
}

fn has_selection(state: &State) -> bool {
    has_table(state)
        && state.table_layer().is_some_and(|(_, _, layer)| !layer.table.selection.is_empty())
}

fn layers(state: &State) -> Vec<Choice> {
    let open = state.table_of.filter(|_| state.settings.table_open);
    let mut all: Vec<Choice> = Vec::new();
    for file in &state.files {
        for (i, layer) in file.layers.iter().enumerate() {
            let name = layer.data.0.name.clone();
            // Of layers of one name the palette tells the file's place in the list, too.
            let twins = all.iter().filter(|own| own.name.zh == name).count();
            let name = if twins > 0 { format!("{name} ({}-{})", file.id, i + 1) } else { name };
            all.push(Choice {
                key: format!("{}-{i}", file.id),
                name: Bilingual::new(name.clone(), name),
                is_on: open == Some((file.id, i)),
            });
        }
    }
    all
}

/// The layer of a choice; that of the projects for anything else.
fn key_of(choice: &str) -> Option<LayerKey> {
    let (file, layer) = choice.split_once('-')?;
    Some((file.parse().ok()?, layer.parse().ok()?))
}
