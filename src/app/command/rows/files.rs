//! What goes in and out.

use std::path::PathBuf;

use crate::{
    app::{
        Action, BookStep, ProjectTableStep, State, Tab,
        command::{Choice, Chord, Command, Effect, Field, Key, Outcome, Scope},
    },
    language::Bilingual,
};

pub const ROWS: &[Command] = &[
    Command::new("open-file", "command.open_file", |_, _| Action::AskOpen.into())
        .keys(&[Scope::DeskAndText.on(Chord::ctrl(Key::Char('O')))]),
    Command::new("new-workbook", "command.new_workbook", |_, _| step(BookStep::AskPlan))
        .keys(&[Scope::DeskAndText.on(Chord::ctrl(Key::Char('N')))]),
    Command::new("save-book-copy", "command.save_book_copy", |_, _| Action::AskBookCopy.into())
        .keys(&[Scope::DeskAndText.on(Chord::ctrl_shift(Key::Char('S')))]),
    Command::new("open-book", "command.recent_books", |_, call| {
        step(BookStep::Open(PathBuf::from(call.choice)))
    })
    .when(|state| !state.settings.recent_books.is_empty())
    .each("command.recent_book", |state| choices(&state.settings.recent_books)),
    Command::new("built-in-plan", "command.built_in_plan", |_, _| step(BookStep::OpenBuiltIn))
        .when(|state| state.workbook.path.is_some()),
    Command::new("edit-card", "command.edit_card", |state, _| {
        step(BookStep::SetEditing(!state.workbook.editing))
    })
    .keys(&[Scope::Desk.on(Chord::plain(Key::Function(2)))])
    .when(|state| state.focus.is_some() && state.workbook.shown.read_only.is_none())
    .switch(|state| state.workbook.editing),
    Command::new("add-project", "command.add_project", |_, _| step(BookStep::AskAdd))
        .when(|state| state.workbook.shown.read_only.is_none()),
    Command::new("add-table", "command.add_table", |_, _| {
        step(BookStep::ProjectTable(ProjectTableStep::Ask))
    })
    .when(|state| state.workbook.shown.read_only.is_none()),
    Command::new("set-many", "command.set_many", |_, _| step(BookStep::AskSetMany))
        .when(|state| state.selected.len() > 1 && state.workbook.shown.read_only.is_none()),
    Command::new("book-log", "command.book_log", |_, _| step(BookStep::OpenLog))
        .when(|state| state.workbook.path.is_some()),
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

fn step(step: BookStep) -> Outcome {
    Action::Workbook(step).into()
}

fn recent(state: &State) -> Vec<Choice> {
    choices(&state.settings.recent_files)
}

fn choices(paths: &[PathBuf]) -> Vec<Choice> {
    let named = |path: &PathBuf| {
        let key = path.display().to_string();
        Choice { name: Bilingual::new(key.clone(), key.clone()), key, is_on: false }
    };
    paths.iter().map(named).collect()
}

/// A field of the tab is there once the tab is open.
fn in_basemap_tab(field: Field) -> Outcome {
    Outcome { actions: vec![Action::OpenTab(Tab::Basemap)], effects: vec![Effect::Focus(field)] }
}
