//! Panels, tabs and the table.

use super::{in_both, set};
use crate::{
    app::{
        Action, Column, Message, News, NoticeLevel, State, Tab,
        command::{Choice, Chord, Command, Effect, Key, Outcome, Scope},
        counts,
    },
    catalogue::{CountyMoney, Facet},
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
        .switch(State::left_seen),
    Command::new("toggle-right", "command.right", |_, _| Action::ToggleRight.into())
        .switch(State::right_seen),
    Command::new("sort-by", "command.sorts", |_, call| {
        let column = Column::ALL.into_iter().find(|column| column.heading() == call.choice);
        column.map(|column| Action::SortBy(column).into()).unwrap_or_default()
    })
    .each("command.sort", columns),
    Command::new("copy-counts", "command.copy_counts", |state, _| copy_counts(state)),
    Command::new("county-money", "command.county_money", |state, _| {
        set(state, |settings| {
            settings.county_money = match settings.county_money {
                CountyMoney::Whole => CountyMoney::ByLength,
                CountyMoney::ByLength => CountyMoney::Whole,
            };
        })
    })
    .switch(|state| state.settings.county_money == CountyMoney::ByLength),
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

/// The counts of the open tab; of all where it has none.
fn copy_counts(state: &State) -> Outcome {
    let facets: &[Facet] = match state.left_tab {
        Tab::Regions => &[Facet::Region, Facet::County],
        Tab::Tasks => &[Facet::Task],
        Tab::Layers => &[Facet::Kind, Facet::Status, Facet::Accuracy],
        _ => &Facet::ALL,
    };
    let settings = &state.settings;
    let table = counts::tsv(
        &state.catalogue,
        &state.facets,
        facets,
        settings.county_money,
        settings.language,
    );
    let rows = table.lines().count().saturating_sub(1);
    let told = Action::Notify(NoticeLevel::Done, Message::from(News::CopiedRows(rows)));
    Outcome { actions: vec![told], effects: vec![Effect::Copy(table)] }
}
