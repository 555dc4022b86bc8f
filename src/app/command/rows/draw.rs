//! Measuring, and drawing the outline of a filter: clicks set vertices, keys do the rest.

use crate::app::{
    Action, News, NoticeLevel, Purpose, SketchStep, State,
    command::{Chord, Command, Effect, Key, Outcome, Scope},
    measure,
    sketch::Sketch,
};

pub const ROWS: &[Command] = &[
    Command::new("measure", "command.measure", |state, _| begin(state, Purpose::Measure))
        .keys(&[Scope::Desk.on(Chord::plain(Key::Char('M')))])
        .when(|state| state.tour.is_none())
        .switch(|state| is_drawn(state, Purpose::Measure)),
    Command::new("draw-filter", "command.draw_filter", |state, _| begin(state, Purpose::Filter))
        .keys(&[Scope::Desk.on(Chord::plain(Key::Char('P')))])
        .when(|state| state.tour.is_none())
        .switch(|state| is_drawn(state, Purpose::Filter)),
    Command::new("end-sketch", "command.end_sketch", |_, _| step(SketchStep::End))
        .keys(&[Scope::Sketch.on(Chord::plain(Key::Enter))])
        .when(|state| has(state, |sketch| sketch.can_end() || sketch.is_changed())),
    Command::new("vertex-back", "command.vertex_back", |_, _| step(SketchStep::TakeBack))
        .keys(&[
            Scope::Sketch.on(Chord::plain(Key::Backspace)),
            Scope::Sketch.on(Chord::ctrl(Key::Char('Z'))),
        ])
        .repeating()
        .when(|state| has(state, Sketch::can_take_back)),
    Command::new("vertex-again", "command.vertex_again", |_, _| step(SketchStep::SetAgain))
        .keys(&[
            Scope::Sketch.on(Chord::ctrl(Key::Char('Y'))),
            Scope::Sketch.alias(Chord::ctrl_shift(Key::Char('Z'))),
        ])
        .when(|state| has(state, Sketch::can_set_again)),
    Command::new("vertex-next", "command.vertex_next", |_, _| step(SketchStep::PickNext))
        .keys(&[Scope::Sketch.on(Chord::plain(Key::Char('N')))])
        .repeating()
        .when(|state| has(state, Sketch::is_changed)),
    Command::new("vertex-remove", "command.vertex_remove", |_, _| step(SketchStep::Remove))
        .keys(&[Scope::Sketch.on(Chord::plain(Key::Delete))])
        .when(|state| has(state, Sketch::can_remove)),
    Command::new("snap", "command.snap", |state, _| {
        step(SketchStep::Snap(!has(state, |sketch| sketch.snaps)))
    })
    .keys(&[Scope::Sketch.on(Chord::plain(Key::Char('S')))])
    .when(|state| has(state, |sketch| sketch.purpose == Purpose::Place))
    .switch(|state| has(state, |sketch| sketch.snaps)),
    Command::new("copy-measure", "command.copy_measure", |state, _| copy(state)).when(can_copy),
];

fn step(step: SketchStep) -> Outcome {
    Action::Sketch(step).into()
}

/// Once more, and it ends.
fn begin(state: &State, purpose: Purpose) -> Outcome {
    step(if is_drawn(state, purpose) { SketchStep::Leave } else { SketchStep::Begin(purpose) })
}

fn is_drawn(state: &State, purpose: Purpose) -> bool {
    has(state, |sketch| sketch.purpose == purpose)
}

fn has(state: &State, is: impl FnOnce(&Sketch) -> bool) -> bool {
    state.tour.is_none() && state.sketch.as_ref().is_some_and(is)
}

fn can_copy(state: &State) -> bool {
    has(state, |sketch| sketch.purpose == Purpose::Measure && sketch.vertices().len() >= 2)
}

/// The values of what is set, without the pointer.
fn copy(state: &State) -> Outcome {
    let Some(sketch) = &state.sketch else { return Outcome::default() };
    let near = sketch.vertices().last().and_then(|last| measure::near_line(state, *last));
    let words = measure::report(sketch, near.as_ref(), state.settings.language);
    let told = Action::Notify(NoticeLevel::Done, News::CopiedMeasure.into());
    Outcome { actions: vec![told], effects: vec![Effect::Copy(words)] }
}
