//! The window itself: language, look, size, help.

use super::set;
use crate::{
    app::{
        Action, Language, Overlay,
        command::{Chord, Command, Effect, Key, ScaleStep, Scope},
    },
    style::Mode,
};

pub const ROWS: &[Command] = &[
    Command::new("help", "command.help", |state, _| {
        let is_open = state.overlay == Overlay::Help;
        if is_open { Action::CloseOverlay } else { Action::OpenHelp }.into()
    })
    .keys(&[
        Scope::Desk.on(Chord::plain(Key::Char('?'))),
        Scope::Desk.alias(Chord::shift(Key::Char('?'))),
        Scope::Desk.alias(Chord::shift(Key::Char('/'))),
        Scope::Sheet.alias(Chord::plain(Key::Char('?'))),
        Scope::Sheet.alias(Chord::shift(Key::Char('?'))),
        Scope::Sheet.alias(Chord::shift(Key::Char('/'))),
    ]),
    Command::new("messages", "command.messages", |_, _| Action::OpenMessages.into()),
    Command::new("toggle-language", "command.language", |state, _| {
        set(state, |settings| {
            settings.language = match settings.language {
                Language::Chinese => Language::English,
                Language::English => Language::Chinese,
            };
        })
    }),
    Command::new("toggle-dark", "command.dark", |state, _| {
        set(state, |settings| {
            settings.mode = match settings.mode {
                Mode::Dark => Mode::Light,
                Mode::Light => Mode::Dark,
            };
        })
    })
    .switch(|state| state.settings.mode == Mode::Dark),
    Command::new("toggle-reduce-motion", "command.reduce_motion", |state, _| {
        set(state, |settings| settings.reduce_motion = !settings.reduce_motion)
    })
    .switch(|state| state.settings.reduce_motion),
    Command::new("larger", "command.larger", |_, _| Effect::Scale(ScaleStep::Up).into())
        .keys(&[
            Scope::Always.on(Chord::ctrl(Key::Char('+'))),
            Scope::Always.alias(Chord::ctrl(Key::Char('='))),
            Scope::Always.alias(Chord::ctrl_shift(Key::Char('+'))),
            Scope::Always.alias(Chord::ctrl_shift(Key::Char('='))),
        ])
        .repeating(),
    Command::new("smaller", "command.smaller", |_, _| Effect::Scale(ScaleStep::Down).into())
        .keys(&[
            Scope::Always.on(Chord::ctrl(Key::Char('-'))),
            Scope::Always.alias(Chord::ctrl_shift(Key::Char('-'))),
        ])
        .repeating(),
    Command::new("usual-size", "command.usual_size", |_, _| Effect::Scale(ScaleStep::Back).into())
        .keys(&[Scope::Always.on(Chord::ctrl(Key::Char('0')))]),
    Command::new("full-screen", "command.full_screen", |_, _| Effect::FullScreen.into())
        .keys(&[Scope::Always.on(Chord::plain(Key::Function(11)))]),
    Command::new("quit", "command.quit", |_, _| Effect::Quit.into())
        .keys(&[Scope::Dialog.on(Chord::ctrl(Key::Char('Q')))]),
];
