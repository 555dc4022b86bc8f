//! The palette: every command by its name.

use egui::{Align2, Area, Frame, Id, Margin, Order, ScrollArea, TextEdit, Ui, vec2};

use super::{option_row::option_row, widgets};
use crate::{
    app::{
        Action, State,
        command::{
            Outcome,
            palette::{Entry, Palette, find},
        },
    },
    theme::{self, Theme, size},
    tr,
};

/// The field as egui knows it, so that it can have the keyboard before it is drawn.
pub fn field_id() -> Id {
    Id::unique("palette-field")
}

/// Draws the palette under the top bar and adds what was chosen by the pointer to `out`.
pub fn show(ui: &Ui, state: &State, palette: &Palette, theme: Theme, out: &mut Outcome) {
    let language = state.settings.language;
    let screen = ui.ctx().content_rect();
    let width = size::PALETTE.min(screen.width() - 4.0 * size::ROW);
    let top = size::TOP_BAR + size::ROW / 2.0;
    let area = Area::new(Id::unique("palette")).order(Order::Foreground).fade_in(false);
    let shown = area.anchor(Align2::CENTER_TOP, vec2(0.0, top)).show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).inner_margin(Margin::same(8)).show(ui, |ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = 0.0;
            let mut text = palette.text.clone();
            let hint = tr!(language, "palette.hint");
            let field = ui.add(
                TextEdit::singleline(&mut text)
                    .id(field_id())
                    .font(theme::font(size::HEADING, false))
                    .hint_text(theme::text(hint, size::HEADING, false))
                    .margin(vec2(10.0, 8.0))
                    .desired_width(f32::INFINITY),
            );
            widgets::named(&field, &tr!(language, "palette.name"));
            // There is nothing else to type into as long as it is open.
            if !field.has_focus() {
                field.request_focus();
            }
            if text != palette.text {
                out.actions.push(Action::SetPaletteText(text));
            }
            ui.add_space(6.0);
            let room = screen.bottom() - ui.cursor().top() - 2.0 * size::ROW;
            list(ui, state, palette, room, theme, out);
        });
    });
    let clicked_beside = ui.input(|i| i.pointer.any_pressed())
        && ui.input(|i| i.pointer.interact_pos()).is_some_and(|p| !shown.response.rect.contains(p));
    if clicked_beside {
        out.actions.push(Action::CloseOverlay);
    }
}

fn list(ui: &mut Ui, state: &State, palette: &Palette, room: f32, theme: Theme, out: &mut Outcome) {
    const MOST_ROWS: f32 = 12.0;
    let found = find(state, &palette.text);
    if found.is_empty() {
        let words = tr!(state.settings.language, "palette.none");
        widgets::heading(ui, &words, theme);
        return;
    }
    let height = room.clamp(2.0 * size::ROW, MOST_ROWS * size::ROW);
    let now_s = ui.input(|i| i.time);
    // The list follows the row when that moves, and is left where the wheel put it otherwise.
    let kept = Id::unique("palette-row");
    let is_new = ui.data(|d| d.get_temp::<Palette>(kept)).as_ref() != Some(palette);
    ui.data_mut(|d| d.insert_temp(kept, palette.clone()));
    let recent = if palette.text.trim().is_empty() { recent_among(&found, state) } else { 0 };
    let caption = |i: usize| match i {
        0 if recent > 0 => Some("palette.recent"),
        _ if i == recent && i > 0 => Some("palette.all"),
        _ => None,
    };
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        for (i, entry) in found.iter().enumerate() {
            if let Some(caption) = caption(i) {
                widgets::heading(ui, &tr!(state.settings.language, caption), theme);
            }
            let response = row(ui, state, entry, i == palette.row, theme);
            if is_new && i == palette.row {
                response.scroll_to_me(None);
            }
            if response.clicked() {
                let Outcome { actions, effects } = entry.choose(state, now_s);
                out.actions.extend(actions);
                out.effects.extend(effects);
            }
        }
    });
}

/// How many of the first rows were used last.
fn recent_among(found: &[Entry], state: &State) -> usize {
    let is_recent = |entry: &&Entry| {
        let id = entry.id();
        entry.is_enabled(state) && state.settings.recent_commands.contains(&id)
    };
    found.iter().take_while(is_recent).count()
}

/// The name at the left, its keys at the right.
fn row(ui: &mut Ui, state: &State, entry: &Entry, active: bool, theme: Theme) -> egui::Response {
    let language = state.settings.language;
    let enabled = entry.is_enabled(state);
    let mut name = entry.name(language);
    if entry.is_on(state) {
        name = tr!(language, "palette.on", name = name);
    }
    let keys = entry.keys();
    option_row(ui, &name, &keys, active, enabled, theme)
}
