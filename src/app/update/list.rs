//! Lists that lie over the window: the palette, and what lies under the pointer.

use super::{panels::save, search};
use crate::app::{
    Overlay, State,
    command::palette::{self, MOST_RECENT, Palette},
    job::Order,
    search_box,
};

/// Another text finds other commands, the best in the first row.
pub fn set_palette_text(state: &mut State, text: String) {
    if let Overlay::Palette(own) = &mut state.overlay {
        *own = Palette { text, row: 0 };
    }
}

/// Marks the row so many further down; the ends hold.
pub fn move_in_list(state: &mut State, by: isize) {
    let rows = match &state.overlay {
        Overlay::PickList { ids, features, .. } => ids.len() + features.len(),
        Overlay::Palette(own) => palette::find(state, &own.text).len(),
        Overlay::Browse(own) => own.rows().len(),
        Overlay::Search(own) => search_box::rows(state, own).len(),
        _ => return,
    };
    let moved = |row: usize| row.saturating_add_signed(by).min(rows.saturating_sub(1));
    match &mut state.overlay {
        Overlay::PickList { ids, row, .. } => {
            *row = moved(*row);
            state.hover = ids.get(*row).cloned();
        }
        Overlay::Palette(own) => own.row = moved(own.row),
        Overlay::Browse(own) => own.row = (rows > 0).then(|| own.row.map_or(0, moved)),
        Overlay::Search(own) => {
            own.row = (rows > 0).then(|| own.row.map_or(0, moved));
            search::preview(state);
        }
        _ => {}
    }
}

/// The palette shows it first from now on, also after the next start.
pub fn command_used(state: &mut State, id: String) -> Vec<Order> {
    let recent = &mut state.settings.recent_commands;
    recent.retain(|used| *used != id);
    recent.insert(0, id);
    recent.truncate(MOST_RECENT);
    vec![save(state)]
}
