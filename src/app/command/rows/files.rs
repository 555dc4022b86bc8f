//! What goes in and out.

use crate::app::{
    Action, Tab,
    command::{Chord, Command, Effect, Field, Key, Outcome, Scope},
};

pub const ROWS: &[Command] = &[
    Command::new("open-file", "command.open_file", |_, _| in_basemap_tab(Field::File))
        .keys(&[Scope::DeskAndText.on(Chord::ctrl(Key::Char('O')))]),
    Command::new("add-basemap", "command.add_basemap", |_, _| in_basemap_tab(Field::Basemap)),
    Command::new("export", "command.export", |_, _| Action::OpenExport.into())
        .keys(&[Scope::DeskAndText.on(Chord::ctrl(Key::Char('E')))]),
    Command::new("package", "command.package", |_, _| Action::OpenPackage.into())
        .when(|state| !state.basemaps.sources().is_empty()),
];

/// A field of the tab is there once the tab is open.
fn in_basemap_tab(field: Field) -> Outcome {
    Outcome { actions: vec![Action::OpenTab(Tab::Basemap)], effects: vec![Effect::Focus(field)] }
}
