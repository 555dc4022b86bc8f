//! Into the tour.

use super::set;
use crate::{
    app::{
        Action, State,
        command::{Choice, Chord, Command, Key, Scope},
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
        let slide = state.catalogue.slides.iter().position(|slide| slide.id == call.choice);
        slide.map(|slide| Action::StartTour { slide }.into()).unwrap_or_default()
    })
    .when(can_begin)
    .each("command.slide", slides),
];

fn can_begin(state: &State) -> bool {
    // Without slides it says so, instead of nothing.
    state.tour.is_none()
}

/// The first slide that shows the project in the card, else the first of all.
fn slide_of_focus(state: &State) -> usize {
    let shows = |id: &String| {
        state.catalogue.slides.iter().position(|slide| slide.project_ids.contains(id))
    };
    state.focus.as_ref().and_then(shows).unwrap_or(0)
}

fn slides(state: &State) -> Vec<Choice> {
    let slides = state.catalogue.slides.iter().enumerate();
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
