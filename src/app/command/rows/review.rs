//! Reviewing what was recognised in a plan.

use super::in_both;
use crate::app::{
    Action, ReviewStep, State,
    command::{Call, Chord, Command, Key, Outcome, Scope},
    review::Stage,
};

pub const ROWS: &[Command] = &[
    Command::new("review", "command.review", |state, _| {
        step(if state.review.is_some() { ReviewStep::Close } else { ReviewStep::Open })
    })
    .keys(&[Scope::DeskAndText.on(Chord::plain(Key::Function(4)))])
    .when(|state| state.workbook.shown.read_only.is_none())
    .switch(|state| state.review.is_some()),
    Command::new("review-move", "command.review_move", |_, call: Call<'_>| {
        let found = STEPS.iter().find(|(key, _, _)| *key == call.choice);
        found.map(|(_, _, by)| step(ReviewStep::Move(*by))).unwrap_or_default()
    })
    .keys(&[
        Scope::Review.on(Chord::plain(Key::Up)),
        Scope::Review.on(Chord::plain(Key::Down)),
        Scope::Review.on(Chord::plain(Key::PageUp)),
        Scope::Review.on(Chord::plain(Key::PageDown)),
    ])
    .repeating()
    .only_by_key()
    .when(|state| state.review.is_some())
    .each("command.review_move_to", |_| {
        STEPS.iter().map(|(key, name, _)| in_both(key, name, false)).collect()
    }),
    Command::new("review-accept", "command.review_accept", |_, _| step(ReviewStep::Accept))
        .keys(&[Scope::Review.on(Chord::plain(Key::Enter))])
        .when(looks_at_one),
    Command::new("review-skip", "command.review_skip", |_, _| step(ReviewStep::Skip))
        .keys(&[Scope::Review.on(Chord::plain(Key::Delete))])
        .when(looks_at_one),
    Command::new("review-accept-all", "command.review_accept_all", |_, _| {
        step(ReviewStep::AcceptAll)
    })
    .when(|state| {
        let rows = state.review.iter().flat_map(|review| review.rows.iter());
        rows.into_iter().any(|row| row.stage == Stage::Waiting)
    }),
];

/// Rows down the list, in the order of the keys.
const STEPS: [(&str, &str, isize); 4] = [
    ("up", "direction.up", -1),
    ("down", "direction.down", 1),
    ("page-up", "direction.page_up", -8),
    ("page-down", "direction.page_down", 8),
];

fn step(step: ReviewStep) -> Outcome {
    Action::Review(step).into()
}

fn looks_at_one(state: &State) -> bool {
    state.review.as_ref().is_some_and(|review| review.row().is_some())
}
