//! What the map shows and how.

use super::{in_both, set};
use crate::{
    app::{
        Action, FitTarget, State,
        command::{Choice, Chord, Command, Effect, Key, Outcome, Scope},
    },
    geo::CoordinateForm,
};

pub const ROWS: &[Command] = &[
    Command::new("pan", "command.pan", |_, call| pan(call.choice))
        .keys(&[
            Scope::Map.on(Chord::plain(Key::Left)),
            Scope::Map.on(Chord::plain(Key::Up)),
            Scope::Map.on(Chord::plain(Key::Right)),
            Scope::Map.on(Chord::plain(Key::Down)),
        ])
        .repeating()
        .each("command.pan_to", directions),
    Command::new("zoom-in", "command.zoom_in", |state, _| zoom(state, 1.0))
        .keys(&[
            Scope::Map.on(Chord::plain(Key::Char('+'))),
            Scope::Map.alias(Chord::plain(Key::Char('='))),
            Scope::Map.alias(Chord::shift(Key::Char('+'))),
            Scope::Slide.on(Chord::plain(Key::Char('+'))),
            Scope::Slide.alias(Chord::plain(Key::Char('='))),
            Scope::Slide.alias(Chord::shift(Key::Char('+'))),
        ])
        .repeating(),
    Command::new("zoom-out", "command.zoom_out", |state, _| zoom(state, -1.0))
        .keys(&[
            Scope::Map.on(Chord::plain(Key::Char('-'))),
            Scope::Slide.on(Chord::plain(Key::Char('-'))),
        ])
        .repeating(),
    Command::new("fit-city", "command.fit_city", |_, _| Action::Fit(FitTarget::City).into())
        .keys(&[Scope::Desk.on(Chord::plain(Key::Home))]),
    Command::new("fit-shown", "command.fit_shown", |_, _| Action::Fit(FitTarget::Shown).into())
        .when(|state| !state.shown.is_empty()),
    Command::new("view-back", "command.view_back", |_, _| Action::ViewBack.into())
        .keys(&[
            Scope::Desk.on(Chord::plain(Key::Backspace)),
            Scope::DeskAndText.on(Chord::alt(Key::Left)),
        ])
        .repeating()
        .when(|state| state.views.can_go_back()),
    Command::new("view-forward", "command.view_forward", |_, _| Action::ViewForward.into())
        .keys(&[Scope::DeskAndText.on(Chord::alt(Key::Right))])
        .repeating()
        .when(|state| state.views.can_go_forward()),
    Command::new("toggle-legend", "command.legend", |_, _| Effect::ToggleLegend.into())
        .keys(&[Scope::Desk.on(Chord::plain(Key::Char('L')))]),
    Command::new("choose-basemap", "command.basemaps", |_, call| {
        Action::ChooseBasemap(call.choice.to_owned()).into()
    })
    .each("command.basemap", basemaps),
    Command::new("retry-tiles", "command.retry_tiles", |_, _| Action::RetryTiles.into())
        .when(|state| !state.basemaps.sources().is_empty()),
    Command::new("toggle-graticule", "command.graticule", |state, _| {
        set(state, |settings| settings.graticule = !settings.graticule)
    })
    .switch(|state| state.settings.graticule),
    Command::new("toggle-relief", "command.relief", |state, _| {
        set(state, |settings| settings.flat_ground = !settings.flat_ground)
    })
    .switch(|state| !state.settings.flat_ground),
    Command::new("toggle-fine-tiles", "command.fine_tiles", |state, _| {
        set(state, |settings| settings.fine_tiles = !settings.fine_tiles)
    })
    .switch(|state| state.settings.fine_tiles),
    Command::new("choose-coordinates", "command.coordinate_forms", |state, call| {
        let form = CoordinateForm::ALL.into_iter().find(|form| form.key() == call.choice);
        form.map(|form| set(state, |settings| settings.coordinates = form)).unwrap_or_default()
    })
    .each("command.coordinates", coordinates),
];

/// A slide whose map was zoomed is no longer shown as it was meant.
fn zoom(state: &State, levels: f64) -> Outcome {
    let moved = state.tour.map(|_| Action::TourDetach);
    Outcome { actions: moved.into_iter().collect(), effects: vec![Effect::Zoom(levels)] }
}

/// By a quarter of the window: the picture goes the other way.
fn pan(direction: &str) -> Outcome {
    let by = match direction {
        "left" => [0.25, 0.0],
        "up" => [0.0, 0.25],
        "right" => [-0.25, 0.0],
        "down" => [0.0, -0.25],
        _ => return Outcome::default(),
    };
    Effect::Pan(by).into()
}

fn directions(_: &State) -> Vec<Choice> {
    [
        ("left", "direction.left"),
        ("up", "direction.up"),
        ("right", "direction.right"),
        ("down", "direction.down"),
    ]
    .into_iter()
    .map(|(key, name)| in_both(key, name, false))
    .collect()
}

fn basemaps(state: &State) -> Vec<Choice> {
    let choices = state.basemaps.choices.iter();
    choices
        .map(|choice| Choice {
            key: choice.key.clone(),
            name: choice.name.clone(),
            is_on: state.basemaps.chosen.key == choice.key,
        })
        .collect()
}

fn coordinates(state: &State) -> Vec<Choice> {
    let chosen = state.settings.coordinates;
    let forms = CoordinateForm::ALL.into_iter();
    forms
        .map(|form| in_both(form.key(), &format!("coordinates.{}", form.key()), form == chosen))
        .collect()
}
