//! Views and filters that are saved in the workbook.

use crate::{
    app::{
        Action, News, NoticeLevel, Overlay, State, ViewStep,
        command::{Binding, Choice, Chord, Command, Effect, Key, Outcome, Scope},
        views::view_text,
    },
    language::Bilingual,
};

pub const ROWS: &[Command] = &[
    Command::new("save-view", "command.save_view", |_, _| step(ViewStep::Save(String::new())))
        .keys(&[Scope::DeskAndText.on(Chord::ctrl(Key::Char('D')))])
        .when(|state| can_save(state) && state.viewport.is_some()),
    Command::new("views", "command.views", |_, _| step(ViewStep::ToggleList))
        .keys(&[Scope::Desk.on(Chord::plain(Key::Char('V')))])
        .when(|state| state.tour.is_none())
        .switch(|state| state.overlay == Overlay::Views),
    Command::new("go-view", "command.go_views", |_, call| {
        step(ViewStep::Go(call.choice.to_owned()))
    })
    .keys(&DIGITS)
    .when(|state| state.tour.is_none() && !state.workbook.shown.views.is_empty())
    .each("command.go_view", views),
    Command::new("copy-view", "command.copy_view", |state, _| copy(state))
        .when(|state| state.tour.is_none() && state.viewport.is_some()),
    Command::new("save-filter", "command.save_filter", |_, _| {
        step(ViewStep::SaveFilter(String::new()))
    })
    .when(|state| can_save(state) && !state.filter.is_empty()),
    Command::new("use-filter", "command.use_filters", |_, call| {
        step(ViewStep::UseFilter(call.choice.to_owned()))
    })
    .when(|state| state.tour.is_none() && !state.workbook.shown.filters.is_empty())
    .each("command.use_filter", filters),
];

/// The first nine views.
const DIGITS: [Binding; 9] = Scope::DeskAndText.digits(Chord::alt(Key::Char('1')));

fn step(step: ViewStep) -> Outcome {
    Action::Views(step).into()
}

/// Of the plan that comes with the program a copy is offered first.
fn can_save(state: &State) -> bool {
    state.tour.is_none() && state.workbook.shown.read_only.is_none()
}

fn views(state: &State) -> Vec<Choice> {
    let views = state.workbook.shown.views.iter();
    views.map(|own| choice(&own.id, &own.name, false)).collect()
}

fn filters(state: &State) -> Vec<Choice> {
    let asked = state.filter.to_json();
    let filters = state.workbook.shown.filters.iter();
    filters.map(|own| choice(&own.id, &own.name, own.filter == asked)).collect()
}

fn choice(id: &str, name: &str, is_on: bool) -> Choice {
    Choice { key: id.to_owned(), name: Bilingual::new(name.to_owned(), name.to_owned()), is_on }
}

fn copy(state: &State) -> Outcome {
    let told = Action::Notify(NoticeLevel::Done, News::CopiedView.into());
    Outcome { actions: vec![told], effects: vec![Effect::Copy(view_text(state).write())] }
}
