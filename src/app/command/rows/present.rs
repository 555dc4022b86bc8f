//! Into the tour, and what is done with its slides.

use super::set;
use crate::{
    app::{
        Action, DeckStep, State, Tab,
        command::{Choice, Chord, Command, Key, Outcome, Scope},
    },
    language::Bilingual,
};

pub const ROWS: &[Command] = &[
    Command::new("present", "command.present", |_, _| Action::StartTour { slide: 0 }.into())
        .keys(&[Scope::DeskAndText.on(Chord::plain(Key::Function(5)))])
        .when(can_begin),
    Command::new("present-here", "command.present_here", |state, _| {
        Action::StartTour { slide: slide_of_focus(state) }.into()
    })
    .keys(&[Scope::DeskAndText.on(Chord::shift(Key::Function(5)))])
    .when(can_begin),
    Command::new("toggle-click-on-slide", "command.click_on_slide", |state, _| {
        set(state, |settings| settings.still_click = !settings.still_click)
    })
    .switch(|state| !state.settings.still_click),
    Command::new("present-slide", "command.slides", |state, call| {
        let slide = state.decks.shown.iter().position(|slide| slide.id == call.choice);
        slide.map(|slide| Action::StartTour { slide }.into()).unwrap_or_default()
    })
    .when(can_begin)
    .each("command.slide", slides),
    Command::new("add-slide", "command.add_slide", |_, _| add_slide())
        .keys(&[Scope::DeskAndText.on(Chord::ctrl(Key::Char('M')))])
        .when(can_edit),
    Command::new("take-view", "command.take_view", |_, _| Action::Deck(DeckStep::TakeView).into())
        .when(has_slide),
    Command::new("slide-up", "command.slide_up", |_, _| {
        Action::Deck(DeckStep::MoveSlide(-1)).into()
    })
    .keys(&[Scope::Desk.on(Chord::alt(Key::Up))])
    .when(has_slide),
    Command::new("slide-down", "command.slide_down", |_, _| {
        Action::Deck(DeckStep::MoveSlide(1)).into()
    })
    .keys(&[Scope::Desk.on(Chord::alt(Key::Down))])
    .when(has_slide),
];

fn can_begin(state: &State) -> bool {
    // Without slides it says so, instead of nothing.
    state.tour.is_none()
}

/// The slide in the editor, where that is seen; else the first that shows the project in the card,
/// else the first of all.
fn slide_of_focus(state: &State) -> usize {
    let open = state.decks.slide.as_ref().filter(|_| has_editor(state));
    let place = |id: &String| state.decks.shown.iter().position(|slide| slide.id == *id);
    if let Some(place) = open.and_then(place) {
        return place;
    }
    let shows =
        |id: &String| state.decks.shown.iter().position(|slide| slide.project_ids.contains(id));
    state.focus.as_ref().and_then(shows).unwrap_or(0)
}

/// Whether the deck editor is seen.
fn has_editor(state: &State) -> bool {
    state.right_seen() && state.right_tab == Tab::Slides
}

fn can_edit(state: &State) -> bool {
    can_begin(state) && state.workbook.shown.read_only.is_none()
}

fn has_slide(state: &State) -> bool {
    can_edit(state) && has_editor(state) && state.decks.slide().is_some()
}

/// Makes a slide, and shows it in the editor.
fn add_slide() -> Outcome {
    [Action::OpenTab(Tab::Slides), Action::Deck(DeckStep::AddSlide)].into()
}

fn slides(state: &State) -> Vec<Choice> {
    let slides = state.decks.shown.iter().enumerate();
    // The lines of a title are set apart by nothing in Chinese.
    let name =
        |i: usize, title: &str, gap: &str| format!("{} · {}", i + 1, title.replace('\n', gap));
    slides
        .map(|(i, slide)| Choice {
            key: slide.id.clone(),
            name: Bilingual::new(name(i, &slide.title.zh, ""), name(i, &slide.title.en, " ")),
            is_on: false,
        })
        .collect()
}
