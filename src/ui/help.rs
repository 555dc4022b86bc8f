//! The sheet of keys, from the table of commands.

use egui::{Align, Label, Layout, Ui, vec2};

use super::sheet::{Part, Place, Sheet};
use crate::{
    app::{
        Action, Language, State,
        command::sheet::{Section, keys_of, sections},
    },
    diagnostics::Severity,
    theme::{self, Theme, size},
    tr,
};

/// Below this width, in points, one column is all that can be read.
const TWO_COLUMNS_FROM: f32 = 640.0;

/// Draws the sheet: two columns of groups, one in a narrow window.
pub fn show(ui: &Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let title = tr!(language, "help.title");
    let place = Place::Middle;
    let sheet = Sheet { id: "help", title: &title, width: size::SHEET, place, is_modal: true };
    let closed = sheet.show(ui, language, theme, |ui, part| {
        if part == Part::Foot {
            return;
        }
        ui.spacing_mut().item_spacing.y = 3.0;
        if ui.available_width() < TWO_COLUMNS_FROM {
            mouse(ui, language, theme);
            for section in sections() {
                group(ui, state, &section, theme);
            }
        } else {
            let [first, second] = columns(sections());
            ui.columns_const(|[left, right]| {
                for section in first {
                    group(left, state, &section, theme);
                }
                for section in second {
                    group(right, state, &section, theme);
                }
                mouse(right, language, theme);
            });
        }
        findings(ui, state, theme);
    });
    if closed {
        actions.push(Action::CloseOverlay);
    }
}

/// The groups in their order, in two columns as even as can be.
fn columns(sections: Vec<Section>) -> [Vec<Section>; 2] {
    let height = |sections: &[Section]| -> usize {
        sections.iter().map(|section| section.commands.len() + 2).sum()
    };
    let taller = |at: &usize| {
        let (left, right) = sections.split_at(*at);
        height(left).max(height(right) + MOUSE.len() + 2)
    };
    let at = (0..=sections.len()).min_by_key(taller).unwrap_or_default();
    let mut left = sections;
    let right = left.split_off(at);
    [left, right]
}

fn group(ui: &mut Ui, state: &State, section: &Section, theme: Theme) {
    let language = state.settings.language;
    heading(ui, &tr!(language, section.group.heading()), theme);
    for command in &section.commands {
        row(ui, &keys_of(&command.chords()), &command.name(language), theme);
    }
}

/// What the mouse does: the hand's movement and what follows, both in the locale files.
const MOUSE: [&str; 12] = [
    "drag",
    "wheel",
    "right_drag",
    "shift_drag",
    "click",
    "ctrl_click",
    "double_click",
    "slide_click",
    "right_click",
    "hover",
    "drawing",
    "drop",
];

fn mouse(ui: &mut Ui, language: Language, theme: Theme) {
    heading(ui, &tr!(language, "mouse.title"), theme);
    for key in MOUSE {
        let hand = tr!(language, format!("mouse.{key}"));
        row(ui, &hand, &tr!(language, format!("mouse.{key}_does")), theme);
    }
}

fn heading(ui: &mut Ui, words: &str, theme: Theme) {
    ui.add_space(8.0);
    ui.label(theme::text(words, size::SMALL, true).color(theme.muted()));
}

/// What is pressed, and what it does beside it.
fn row(ui: &mut Ui, pressed: &str, does: &str, theme: Theme) {
    ui.horizontal_top(|ui| {
        let keys = theme::text(pressed, size::BODY, true);
        let column = vec2(size::KEYS, 0.0);
        ui.allocate_ui_with_layout(column, Layout::top_down(Align::Min), |ui| {
            ui.set_width(size::KEYS);
            ui.add(Label::new(keys.color(theme.accent())).wrap());
        });
        ui.add(Label::new(theme::text(does, size::BODY, false)).wrap());
    });
}

/// What is wrong with the data.
fn findings(ui: &mut Ui, state: &State, theme: Theme) {
    let language = state.settings.language;
    ui.add_space(8.0);
    for finding in state.diagnostics.iter().filter(|d| d.severity == Severity::Error) {
        let words = finding.message.get(language);
        ui.label(theme::text(words, size::SMALL, false).color(theme.accent()));
    }
}
