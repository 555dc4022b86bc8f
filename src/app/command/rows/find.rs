//! Searching, selecting, filtering, and taking it back.

use crate::{
    app::{
        Action, FitTarget, Language, State, Tab,
        command::{Binding, Choice, Chord, Command, Effect, Field, Key, Outcome, Scope, palette},
        filter_words,
    },
    catalogue::Facet,
    language::Bilingual,
};

pub const ROWS: &[Command] = &[
    Command::new("search", "command.search", |_, _| Effect::Focus(Field::Search).into()).keys(&[
        Scope::Desk.on(Chord::plain(Key::Char('/'))),
        Scope::DeskAndText.on(Chord::ctrl(Key::Char('L'))),
    ]),
    Command::new("find-in-text", "command.find_in_text", |state, _| Outcome {
        // The review shows the text already.
        actions: match state.review {
            Some(_) => Vec::new(),
            None => vec![Action::OpenTab(Tab::Text)],
        },
        effects: vec![Effect::Focus(Field::PlanText)],
    })
    .keys(&[Scope::DeskAndText.on(Chord::ctrl(Key::Char('F')))]),
    Command::new("palette", "command.palette", |state, _| {
        if palette::is_open(state) { Action::CloseOverlay } else { Action::OpenPalette }.into()
    })
    .keys(&[Scope::Dialog.on(Chord::ctrl(Key::Char('K')))])
    .only_by_key(),
    Command::new("fit-selection", "command.fit_selection", |state, _| {
        // What lies near a project is looked at with nothing selected: then it is the card's.
        let target = match &state.focus {
            Some(id) if state.selected.is_empty() => FitTarget::Projects(vec![id.clone()]),
            _ => FitTarget::Selection,
        };
        Action::Fit(target).into()
    })
    .keys(&[Scope::Desk.on(Chord::plain(Key::Char('F')))])
    .when(|state| !state.selected.is_empty() || state.focus.is_some()),
    Command::new("clear-selection", "command.clear_selection", |_, _| {
        Action::ClearSelection.into()
    })
    .when(|state| !state.selected.is_empty()),
    Command::new("clear-filter", "command.clear_filter", |_, _| Action::ClearFilter.into())
        .when(|state| !state.filter.is_empty()),
    Command::new("toggle-kind", "command.kinds", |_, call| toggle(Facet::Kind, call.choice))
        .keys(&DIGITS)
        .each("command.kind", |state| values(state, Facet::Kind)),
    Command::new("toggle-county", "command.counties", |_, call| toggle(Facet::County, call.choice))
        .each("command.county", |state| values(state, Facet::County)),
    Command::new("toggle-region", "command.regions", |_, call| toggle(Facet::Region, call.choice))
        .each("command.region", |state| values(state, Facet::Region)),
    Command::new("toggle-task", "command.tasks", |_, call| toggle(Facet::Task, call.choice))
        .each("command.task", |state| values(state, Facet::Task)),
    Command::new("toggle-status", "command.statuses", |_, call| toggle(Facet::Status, call.choice))
        .each("command.status", |state| values(state, Facet::Status)),
    Command::new("toggle-accuracy", "command.accuracies", |_, call| {
        toggle(Facet::Accuracy, call.choice)
    })
    .each("command.accuracy", |state| values(state, Facet::Accuracy)),
    Command::new("toggle-ends-only", "command.ends_only", |state, _| {
        Action::SetEndsOnly(!state.filter.ends_only).into()
    })
    .switch(|state| state.filter.ends_only),
    Command::new("undo", "command.undo", |_, _| Action::Undo.into())
        .keys(&[Scope::Desk.on(Chord::ctrl(Key::Char('Z')))])
        .when(|state| state.history.can_undo() || state.workbook.can_travel(true)),
    Command::new("redo", "command.redo", |_, _| Action::Redo.into())
        .keys(&[
            Scope::Desk.on(Chord::ctrl(Key::Char('Y'))),
            Scope::Desk.alias(Chord::ctrl_shift(Key::Char('Z'))),
        ])
        .when(|state| state.history.can_redo() || state.workbook.can_travel(false)),
    Command::new("escape", "command.escape", |_, _| Action::Escape.into())
        .keys(&[Scope::Dialog.on(Chord::plain(Key::Escape))])
        .only_by_key(),
];

const DIGITS: [Binding; 9] = Scope::Desk.digits(Chord::plain(Key::Char('1')));

fn toggle(facet: Facet, value: &str) -> Outcome {
    Action::Toggle(facet, value.to_owned()).into()
}

/// Those that some project has; of the kinds all, for the digits count them.
fn values(state: &State, facet: Facet) -> Vec<Choice> {
    let name =
        |value: &str, language| filter_words::facet_value(&state.catalogue, facet, value, language);
    let all = state.facets.values(facet).iter();
    all.filter(|own| own.held_by > 0 || facet == Facet::Kind)
        .map(|own| Choice {
            key: own.value.clone(),
            name: Bilingual::new(
                name(&own.value, Language::Chinese),
                name(&own.value, Language::English),
            ),
            is_on: state.filter.wants(facet, &own.value),
        })
        .collect()
}
