//! The sheet of keys, from the table of commands.

use egui::{Align, Align2, Label, Layout, ScrollArea, Ui, Window, vec2};

use crate::{
    app::{
        Action, State,
        command::sheet::{Section, keys_of, sections},
    },
    diagnostics::Severity,
    theme::{self, Theme, size},
    tr,
};

/// Draws the sheet: two columns of groups, as high as the window allows.
pub fn show(ui: &Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let screen = ui.ctx().content_rect().size();
    let mut open = true;
    Window::new(theme::text(tr!(language, "help.title"), size::HEADING, true))
        .anchor(Align2::CENTER_CENTER, vec2(0.0, 0.0))
        .resizable(false)
        .collapsible(false)
        .open(&mut open)
        .show(ui.ctx(), |ui| {
            let room = screen.y - size::TOP_BAR - 4.0 * size::ROW;
            let width = (screen.x - 2.0 * size::ROW).min(size::SHEET);
            ui.set_width(width);
            ScrollArea::vertical().max_height(room).min_scrolled_height(room).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 3.0;
                let [first, second] = columns(sections());
                ui.columns_const(|[left, right]| {
                    for (ui, column) in [(left, first), (right, second)] {
                        for section in column {
                            group(ui, state, &section, theme);
                        }
                    }
                });
                findings(ui, state, theme);
            });
        });
    if !open {
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
        height(left).max(height(right))
    };
    let at = (0..=sections.len()).min_by_key(taller).unwrap_or_default();
    let mut left = sections;
    let right = left.split_off(at);
    [left, right]
}

fn group(ui: &mut Ui, state: &State, section: &Section, theme: Theme) {
    let language = state.settings.language;
    let heading = tr!(language, section.group.heading());
    ui.add_space(8.0);
    ui.label(theme::text(heading, size::SMALL, true).color(theme.muted()));
    for command in &section.commands {
        ui.horizontal_top(|ui| {
            let keys = theme::text(keys_of(&command.chords()), size::BODY, true);
            let column = vec2(size::KEYS, 0.0);
            ui.allocate_ui_with_layout(column, Layout::top_down(Align::Min), |ui| {
                ui.set_width(size::KEYS);
                ui.add(Label::new(keys.color(theme.accent())).wrap());
            });
            let name = theme::text(command.name(language), size::BODY, false);
            ui.add(Label::new(name).wrap());
        });
    }
}

/// What the mouse does, and what is wrong with the data.
fn findings(ui: &mut Ui, state: &State, theme: Theme) {
    let language = state.settings.language;
    ui.add_space(8.0);
    let hint = tr!(language, "map.hint");
    ui.label(theme::text(hint, size::SMALL, false).color(theme.muted()));
    for finding in state.diagnostics.iter().filter(|d| d.severity == Severity::Error) {
        let words = finding.message.get(language);
        ui.label(theme::text(words, size::SMALL, false).color(theme.accent()));
    }
}
