//! Keys: one table for the desk, one for presenting; the help sheet is made from them.

use egui::{Key, Modifiers, Ui};

use super::top::Search;
use crate::{
    app::{Action, FitTarget, Overlay, State},
    catalogue::Facet,
};

/// What a key means, for the help sheet.
pub const HELP: [(&str, &str); 17] = [
    ("/  Ctrl+F", "help.search"),
    ("← ↑ → ↓", "help.pan"),
    ("+  −", "help.zoom"),
    ("Home", "help.home"),
    ("Alt+←  Alt+→", "help.views"),
    ("F", "help.fit"),
    ("1–9", "help.kind"),
    ("T", "help.table"),
    ("H", "help.panels"),
    ("Ctrl+E", "help.export"),
    ("Ctrl+Z  Ctrl+Y", "help.undo"),
    ("Esc", "help.escape"),
    ("F11", "help.full"),
    ("F5  Shift+F5", "help.present"),
    ("PageDown  PageUp", "help.clicker"),
    (".  W", "help.black"),
    ("Esc  Esc", "help.leave"),
];

/// Reads the keys of this frame.
pub fn actions(ui: &Ui, state: &State, search: &mut Search) -> Vec<Action> {
    let mut out = Vec::new();
    if ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::F11)) {
        let full = ui.input(|i| i.viewport().fullscreen.unwrap_or(false));
        ui.ctx().send_viewport_cmd(egui::ViewportCommand::Fullscreen(!full));
    }
    if state.tour.is_some() {
        presenting(ui, state, &mut out);
    } else {
        desk(ui, state, search, &mut out);
    }
    out
}

/// Whether a key went down now; a key held down does not count again.
fn pressed(ui: &Ui, key: Key, modifiers: Modifiers) -> bool {
    ui.input(|i| {
        i.events.iter().any(|event| {
            matches!(event, egui::Event::Key { key: k, pressed: true, repeat: false, modifiers: m, .. }
                if *k == key && m.shift == modifiers.shift && m.command == modifiers.command && !m.alt)
        })
    })
}

fn presenting(ui: &Ui, state: &State, out: &mut Vec<Action>) {
    let now_s = ui.input(|i| i.time);
    let any = |keys: &[Key]| keys.iter().any(|key| pressed(ui, *key, Modifiers::NONE));
    let Some(tour) = state.tour else { return };
    if any(&[Key::Escape, Key::F5]) {
        out.push(Action::TourLeave { now_s });
    } else if any(&[Key::PageDown, Key::ArrowRight, Key::ArrowDown, Key::Space, Key::Enter, Key::N])
    {
        out.push(Action::TourNext { now_s });
    } else if any(&[Key::PageUp, Key::ArrowLeft, Key::ArrowUp, Key::Backspace, Key::P]) {
        out.push(Action::TourPrevious { now_s });
    } else if any(&[Key::Home]) {
        out.push(Action::TourGo(0));
    } else if any(&[Key::End]) {
        out.push(Action::TourGo(state.catalogue.slides.len().saturating_sub(1)));
    } else if any(&[Key::Period, Key::B]) {
        out.push(Action::TourBlank { white: false });
    } else if any(&[Key::W]) {
        out.push(Action::TourBlank { white: true });
    } else if any(&[Key::R, Key::Num0]) && tour.detached {
        out.push(Action::TourReturn);
    }
}

fn desk(ui: &Ui, state: &State, search: &mut Search, out: &mut Vec<Action>) {
    let command = Modifiers::COMMAND;
    let none = Modifiers::NONE;
    if pressed(ui, Key::F5, Modifiers::SHIFT) {
        let slide = state.focus.as_ref().and_then(|id| {
            state.catalogue.slides.iter().position(|slide| slide.project_ids.contains(id))
        });
        out.push(Action::StartTour { slide: slide.unwrap_or(0) });
    } else if pressed(ui, Key::F5, none) {
        out.push(Action::StartTour { slide: 0 });
    }
    if pressed(ui, Key::F, command) {
        search.wanted = true;
    }
    if pressed(ui, Key::E, command) {
        out.push(Action::OpenExport);
    }
    let alt = |key| ui.input(|i| i.modifiers.alt && i.key_pressed(key));
    if alt(Key::ArrowLeft) {
        out.push(Action::ViewBack);
    } else if alt(Key::ArrowRight) {
        out.push(Action::ViewForward);
    }
    // A text field undoes its own typing and keeps its own letters.
    if ui.ctx().text_edit_focused() {
        if pressed(ui, Key::Escape, none) {
            ui.ctx().memory_mut(egui::Memory::stop_text_input);
        }
        return;
    }
    if pressed(ui, Key::Z, command) {
        out.push(Action::Undo);
    }
    if pressed(ui, Key::Y, command) || pressed(ui, Key::Z, command | Modifiers::SHIFT) {
        out.push(Action::Redo);
    }
    if pressed(ui, Key::Slash, none) {
        search.wanted = true;
    }
    if pressed(ui, Key::Questionmark, none)
        || pressed(ui, Key::Slash, Modifiers::SHIFT)
        || pressed(ui, Key::Questionmark, Modifiers::SHIFT)
    {
        out.push(if state.overlay == Overlay::Help {
            Action::CloseOverlay
        } else {
            Action::OpenHelp
        });
    }
    for (key, action) in [
        (Key::Escape, Action::Escape),
        (Key::Home, Action::Fit(FitTarget::City)),
        (Key::Backspace, Action::ViewBack),
        (Key::F, Action::Fit(FitTarget::Selection)),
        (Key::T, Action::ToggleTable),
    ] {
        if pressed(ui, key, none) {
            out.push(action);
        }
    }
    if pressed(ui, Key::H, none) {
        out.extend([Action::ToggleLeft, Action::ToggleRight]);
    }
    let digits = [
        Key::Num1,
        Key::Num2,
        Key::Num3,
        Key::Num4,
        Key::Num5,
        Key::Num6,
        Key::Num7,
        Key::Num8,
        Key::Num9,
    ];
    for (key, kind) in digits.into_iter().zip(&state.catalogue.kinds) {
        if pressed(ui, key, none) {
            out.push(Action::Toggle(Facet::Kind, kind.key.clone()));
        }
    }
}
