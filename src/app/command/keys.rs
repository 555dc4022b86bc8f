//! From a chord to the command it means.

use super::{Chord, Command, Scope, all};
use crate::app::State;

/// The command that a chord means where these scopes hold, with the key of the choice it stands for.
/// A key held down counts only for commands that go on.
pub fn pressed(
    chord: Chord,
    is_repeat: bool,
    scopes: &[Scope],
    state: &State,
) -> Option<(&'static Command, String)> {
    let (command, at) = scopes.iter().find_map(|scope| {
        all().find_map(|command| {
            let is_meant =
                |binding: &super::Binding| binding.scope == *scope && binding.chord == chord;
            Some((command, command.bindings.iter().position(is_meant)?))
        })
    })?;
    if is_repeat && !command.repeats || !command.is_enabled(state) {
        return None;
    }
    let choice = match command.choices {
        Some(choices) => (choices.list)(state).into_iter().nth(at)?.key,
        None => String::new(),
    };
    Some((command, choice))
}
