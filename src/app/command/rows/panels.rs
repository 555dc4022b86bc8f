//! Panels, tabs and the table.

use super::in_both;
use crate::app::{
    Action, Column, State, Tab,
    command::{Choice, Chord, Command, Key, Outcome, Scope},
};

pub const ROWS: &[Command] = &[
    Command::new("open-tab", "command.tabs", |_, call| {
        let tab = Tab::ALL.into_iter().find(|tab| tab.name() == call.choice);
        tab.map(|tab| Action::OpenTab(tab).into()).unwrap_or_default()
    })
    .each("command.tab", tabs),
    Command::new("toggle-table", "command.table", |_, _| Action::ToggleTable.into())
        .keys(&[Scope::Desk.on(Chord::plain(Key::Char('T')))])
        .switch(|state| state.settings.table_open),
    Command::new("toggle-panels", "command.panels", |state, _| toggle_panels(state))
        .keys(&[Scope::Desk.on(Chord::plain(Key::Char('H')))]),
    Command::new("toggle-left", "command.left", |_, _| Action::ToggleLeft.into())
        .switch(|state| state.left_seen()),
    Command::new("toggle-right", "command.right", |_, _| Action::ToggleRight.into())
        .switch(|state| state.right_seen()),
    Command::new("sort-by", "command.sorts", |_, call| {
        let column = Column::ALL.into_iter().find(|column| column.heading() == call.choice);
        column.map(|column| Action::SortBy(column).into()).unwrap_or_default()
    })
    .each("command.sort", columns),
];

/// Closes what is open, or opens both. One that is behind the other is seen once that is closed.
fn toggle_panels(state: &State) -> Outcome {
    let actions = match (state.left_open, state.right_open) {
        (true, false) => vec![Action::ToggleLeft],
        (false, true) => vec![Action::ToggleRight],
        (true, true) if !state.left_seen() => vec![Action::ToggleRight, Action::ToggleLeft],
        _ => vec![Action::ToggleLeft, Action::ToggleRight],
    };
    Outcome { actions, effects: Vec::new() }
}

fn tabs(state: &State) -> Vec<Choice> {
    let is_open = |tab: Tab| {
        state.left_seen() && state.left_tab == tab || state.right_seen() && state.right_tab == tab
    };
    Tab::ALL.into_iter().map(|tab| in_both(tab.name(), tab.name(), is_open(tab))).collect()
}

fn columns(state: &State) -> Vec<Choice> {
    let columns = Column::ALL.into_iter();
    columns
        .map(|column| in_both(column.heading(), column.heading(), state.sort.column == column))
        .collect()
}
