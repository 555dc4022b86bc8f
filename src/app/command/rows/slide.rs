//! What a clicker and a keyboard do while a slide is shown.

use crate::{
    app::{
        Action, State,
        command::{Choice, Chord, Command, Key, Scope},
    },
    language::Bilingual,
};

pub const ROWS: &[Command] = &[
    Command::new("next-slide", "command.next_slide", |_, call| {
        Action::TourNext { now_s: call.now_s }.into()
    })
    .keys(&[
        Scope::Slide.on(Chord::plain(Key::PageDown)),
        Scope::Slide.on(Chord::plain(Key::Right)),
        Scope::Slide.on(Chord::plain(Key::Down)),
        Scope::Slide.on(Chord::plain(Key::Space)),
        Scope::Slide.on(Chord::plain(Key::Char('N'))),
    ])
    .only_by_key(),
    Command::new("slide-number", "command.slide_number", |_, call| {
        let digit = call.choice.parse().ok();
        digit.map(|digit| Action::TourDigit { digit, now_s: call.now_s }.into()).unwrap_or_default()
    })
    .keys(&[
        Scope::Slide.on(Chord::plain(Key::Char('0'))),
        Scope::Slide.on(Chord::plain(Key::Char('1'))),
        Scope::Slide.on(Chord::plain(Key::Char('2'))),
        Scope::Slide.on(Chord::plain(Key::Char('3'))),
        Scope::Slide.on(Chord::plain(Key::Char('4'))),
        Scope::Slide.on(Chord::plain(Key::Char('5'))),
        Scope::Slide.on(Chord::plain(Key::Char('6'))),
        Scope::Slide.on(Chord::plain(Key::Char('7'))),
        Scope::Slide.on(Chord::plain(Key::Char('8'))),
        Scope::Slide.on(Chord::plain(Key::Char('9'))),
    ])
    .each("command.digit", digits)
    .only_by_key(),
    Command::new("typed-slide", "command.typed_slide", |_, call| {
        Action::TourEnter { now_s: call.now_s }.into()
    })
    .keys(&[Scope::Slide.on(Chord::plain(Key::Enter))])
    .only_by_key(),
    Command::new("previous-slide", "command.previous_slide", |_, call| {
        Action::TourPrevious { now_s: call.now_s }.into()
    })
    .keys(&[
        Scope::Slide.on(Chord::plain(Key::PageUp)),
        Scope::Slide.on(Chord::plain(Key::Left)),
        Scope::Slide.on(Chord::plain(Key::Up)),
        Scope::Slide.on(Chord::plain(Key::Backspace)),
        Scope::Slide.on(Chord::plain(Key::Char('P'))),
    ])
    .only_by_key(),
    Command::new("first-slide", "command.first_slide", |_, _| Action::TourGo(0).into())
        .keys(&[Scope::Slide.on(Chord::plain(Key::Home))])
        .only_by_key(),
    Command::new("last-slide", "command.last_slide", |state, _| {
        Action::TourGo(state.decks.shown.len().saturating_sub(1)).into()
    })
    .keys(&[Scope::Slide.on(Chord::plain(Key::End))])
    .only_by_key(),
    Command::new("black-screen", "command.black_screen", |_, _| {
        Action::TourBlank { white: false }.into()
    })
    .keys(&[
        Scope::Slide.on(Chord::plain(Key::Char('.'))),
        Scope::Slide.on(Chord::plain(Key::Char('B'))),
    ])
    .only_by_key(),
    Command::new("white-screen", "command.white_screen", |_, _| {
        Action::TourBlank { white: true }.into()
    })
    .keys(&[Scope::Slide.on(Chord::plain(Key::Char('W')))])
    .only_by_key(),
    Command::new("return-to-slide", "command.return_to_slide", |_, _| Action::TourReturn.into())
        .keys(&[Scope::Slide.on(Chord::plain(Key::Char('R')))])
        .when(is_detached)
        .only_by_key(),
    Command::new("leave-tour", "command.leave_tour", |_, call| {
        Action::TourLeave { now_s: call.now_s }.into()
    })
    .keys(&[
        Scope::Slide.on(Chord::plain(Key::Escape)),
        Scope::Slide.on(Chord::plain(Key::Function(5))),
    ])
    .only_by_key(),
];

fn digits(_: &State) -> Vec<Choice> {
    (0..=9)
        .map(|digit| {
            let digit = digit.to_string();
            let name = Bilingual::new(digit.clone(), digit.clone());
            Choice { key: digit, name, is_on: false }
        })
        .collect()
}

fn is_detached(state: &State) -> bool {
    state.tour.is_some_and(|tour| tour.detached)
}
