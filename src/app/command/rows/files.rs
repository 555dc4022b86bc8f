//! What goes in and out.

use std::path::PathBuf;

use crate::{
    app::{
        Action, State, Tab,
        command::{Choice, Chord, Command, Effect, Field, Key, Outcome, Scope},
    },
    language::Bilingual,
};

pub const ROWS: &[Command] = &[
    Command::new("open-file", "command.open_file", |_, _| Action::AskOpen.into())
        .keys(&[Scope::DeskAndText.on(Chord::ctrl(Key::Char('O')))]),
    Command::new("open-recent", "command.recent_files", |_, call| {
        Action::OpenFiles(vec![PathBuf::from(call.choice)]).into()
    })
    .when(|state| !state.settings.recent_files.is_empty())
    .each("command.recent_file", recent),
    Command::new("add-basemap", "command.add_basemap", |_, _| in_basemap_tab(Field::Basemap)),
    Command::new("export", "command.export", |_, _| Action::OpenExport.into())
        .keys(&[Scope::DeskAndText.on(Chord::ctrl(Key::Char('E')))]),
    Command::new("package", "command.package", |_, _| Action::OpenPackage.into())
        .when(|state| !state.basemaps.sources().is_empty()),
];

fn recent(state: &State) -> Vec<Choice> {
    let named = |path: &PathBuf| {
        let key = path.display().to_string();
        Choice { name: Bilingual::new(key.clone(), key.clone()), key, is_on: false }
    };
    state.settings.recent_files.iter().map(named).collect()
}

/// A field of the tab is there once the tab is open.
fn in_basemap_tab(field: Field) -> Outcome {
    Outcome { actions: vec![Action::OpenTab(Tab::Basemap)], effects: vec![Effect::Focus(field)] }
}
