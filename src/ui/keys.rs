//! The keyboard: what egui hears becomes chords of the table of commands. Nothing else reads a key.

use egui::{Context, Event, Response, Ui};

use super::layer_table;
use crate::app::{
    State,
    command::{self, Call, Chord, Command, Key, Keyboard, Outcome},
};

/// Leaves every key to the table of commands: egui has some of its own.
pub fn take_over(ctx: &Context) {
    ctx.options_mut(|options| {
        options.zoom_with_keyboard = false;
        options.quit_shortcuts.clear();
    });
}

/// What the keys of this frame ask for. A key that means a command is taken, so that no widget hears
/// it too; all but Esc, by which egui's own menus close, and a bar that has the keyboard (`in_bar`),
/// which then is the only thing that Esc means.
pub fn outcome(ui: &Ui, state: &State, on_map: bool, in_bar: bool) -> Outcome {
    let in_text = ui.ctx().text_edit_focused();
    let on_table = layer_table::has_keyboard(ui.ctx());
    let on_widget = !on_map && !in_text && ui.memory(|memory| memory.focused().is_some());
    let keyboard = Keyboard { in_text, on_map, on_table, on_widget };
    let scopes = command::scopes(state, keyboard);
    let mut meant: Vec<(&'static Command, String)> = Vec::new();
    let now_s = ui.input_mut(|input| {
        input.events.retain(|event| {
            let Some((chord, is_repeat)) = heard(event) else { return true };
            if in_bar && chord.key == Key::Escape {
                return true;
            }
            // What is typed after it is meant for the palette.
            if meant.iter().any(|(command, _)| command.id == "palette") {
                return true;
            }
            let Some(one) = command::pressed(chord, is_repeat, &scopes, state) else { return true };
            // Twice within a frame is a contact that bounces.
            if !meant.iter().any(|(command, choice)| command.id == one.0.id && *choice == one.1) {
                meant.push(one);
            }
            chord.key == Key::Escape
        });
        input.time
    });
    let mut outcome = Outcome::default();
    for (command, choice) in meant {
        let Outcome { actions, effects } = command.run(state, Call { now_s, choice: &choice });
        outcome.actions.extend(actions);
        outcome.effects.extend(effects);
    }
    outcome
}

/// Whether a text field was left by the key that takes its text.
pub fn entered(ui: &Ui, field: &Response) -> bool {
    let takes = command::named("enter-text").map(Command::chords).unwrap_or_default();
    let is_down = |event: &Event| heard(event).is_some_and(|(chord, _)| takes.contains(&chord));
    field.lost_focus() && ui.input(|i| i.events.iter().any(is_down))
}

/// Whether a key moves the keyboard from one widget to another: Tab, and the arrows that no command
/// has taken.
pub fn moves_focus(ui: &Ui) -> bool {
    let moves = |event: &Event| match event {
        Event::Key { key, pressed: true, .. } => matches!(
            key,
            egui::Key::Tab
                | egui::Key::ArrowLeft
                | egui::Key::ArrowRight
                | egui::Key::ArrowUp
                | egui::Key::ArrowDown
        ),
        _ => false,
    };
    !ui.ctx().text_edit_focused() && ui.input(|i| i.events.iter().any(moves))
        || ui.input(|i| i.key_pressed(egui::Key::Tab))
}

/// Whether a text field was left by the key that takes a step back.
pub fn escaped(ui: &Ui, field: &Response) -> bool {
    let is_down = |event: &Event| heard(event).is_some_and(|(chord, _)| chord.key == Key::Escape);
    field.lost_focus() && ui.input(|i| i.events.iter().any(is_down))
}

/// The chord of a key that went down, and whether it is only held.
fn heard(event: &Event) -> Option<(Chord, bool)> {
    // The window system tells what is copied by a word of its own, not by its keys.
    if matches!(event, Event::Copy) {
        return Some((Chord::ctrl(Key::Char('C')), false));
    }
    let Event::Key { key, pressed: true, repeat, modifiers, .. } = event else { return None };
    let (ctrl, alt, shift) = (modifiers.command, modifiers.alt, modifiers.shift);
    Some((Chord { key: named(*key)?, ctrl, alt, shift }, *repeat))
}

fn named(key: egui::Key) -> Option<Key> {
    Some(match key {
        egui::Key::ArrowLeft => Key::Left,
        egui::Key::ArrowRight => Key::Right,
        egui::Key::ArrowUp => Key::Up,
        egui::Key::ArrowDown => Key::Down,
        egui::Key::Home => Key::Home,
        egui::Key::End => Key::End,
        egui::Key::PageUp => Key::PageUp,
        egui::Key::PageDown => Key::PageDown,
        egui::Key::Enter => Key::Enter,
        egui::Key::Space => Key::Space,
        egui::Key::Backspace => Key::Backspace,
        egui::Key::Delete => Key::Delete,
        egui::Key::Escape => Key::Escape,
        egui::Key::Plus => Key::Char('+'),
        egui::Key::Minus => Key::Char('-'),
        egui::Key::Equals => Key::Char('='),
        egui::Key::Slash => Key::Char('/'),
        egui::Key::Period => Key::Char('.'),
        egui::Key::Questionmark => Key::Char('?'),
        // Letters and digits are called what they are, function keys F1 and so on.
        other => {
            let name = other.name();
            let mut rest = name.chars();
            let first = rest.next()?;
            match (first, rest.as_str()) {
                (c, "") => Key::Char(c),
                ('F', digits) => Key::Function(digits.parse().ok()?),
                _ => return None,
            }
        }
    })
}
