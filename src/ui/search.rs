//! What answers to the search box, in groups, under it.

use egui::{Area, Frame, Id, Margin, Order, Rect, ScrollArea, Ui, pos2, vec2};

use super::{option_row::option_row, widgets};
use crate::{
    app::{
        Action, State,
        command::{Outcome, palette::Entry},
        search_box::{self, SearchBox, SearchRow},
    },
    theme::{Theme, size},
    tr,
};

/// Where the bar leaves the field's rectangle for the list.
pub fn field_id() -> Id {
    Id::unique("search-field-rect")
}

/// Draws the list and adds what was chosen by the pointer to `out`.
pub fn show(ui: &Ui, state: &State, own: &SearchBox, theme: Theme, out: &mut Outcome) {
    let Some(field) = ui.data(|d| d.get_temp::<Rect>(field_id())) else { return };
    let screen = ui.ctx().content_rect();
    let width = size::PALETTE.min(screen.width() - size::ROW);
    let at =
        pos2(field.left().min(screen.right() - width - 16.0).max(screen.left()), field.bottom());
    let area = Area::new(Id::unique("search-list")).order(Order::Foreground).fade_in(false);
    let shown = area.fixed_pos(at + vec2(0.0, 4.0)).show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).inner_margin(Margin::same(8)).show(ui, |ui| {
            ui.set_width(width - 18.0);
            ui.spacing_mut().item_spacing.y = 0.0;
            let room = screen.bottom() - ui.cursor().top() - 2.0 * size::ROW;
            list(ui, state, own, room, theme, out);
        });
    });
    let beside = |p| !shown.response.rect.contains(p) && !field.contains(p);
    let clicked_beside = ui.input(|i| i.pointer.any_pressed())
        && ui.input(|i| i.pointer.interact_pos()).is_some_and(beside);
    if clicked_beside {
        out.actions.push(Action::CloseOverlay);
    }
}

fn list(ui: &mut Ui, state: &State, own: &SearchBox, room: f32, theme: Theme, out: &mut Outcome) {
    const MOST_ROWS: f32 = 16.0;
    let language = state.settings.language;
    let rows = search_box::rows(state, own);
    let height = room.clamp(2.0 * size::ROW, MOST_ROWS * size::ROW);
    let now_s = ui.input(|i| i.time);
    // The list follows the row when that moves, and is left where the wheel put it otherwise.
    let kept = Id::unique("search-row");
    let mark = (own.text.clone(), own.row);
    let is_new = ui.data(|d| d.get_temp::<(String, Option<usize>)>(kept)).as_ref() != Some(&mark);
    ui.data_mut(|d| d.insert_temp(kept, mark));
    if own.found.groups.is_empty() && own.view.is_none() {
        widgets::heading(ui, &tr!(language, "search.none"), theme);
    }
    let choose = |i: usize, out: &mut Outcome| {
        let Outcome { actions, effects } = search_box::choose(state, own, i, now_s);
        out.actions.extend(actions);
        out.effects.extend(effects);
    };
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        let mut heads = own.found.groups.iter();
        let mut left = 0;
        let mut had_commands = false;
        for (i, row) in rows.iter().enumerate() {
            let words = match row {
                SearchRow::View(view) => search_box::view_words(&state.catalogue, view, language),
                SearchRow::Hit(hit) => {
                    if left == 0
                        && let Some(group) = heads.next()
                    {
                        left = group.hits.len();
                        let name = tr!(language, format!("search.{}", group.group.key()));
                        let head = tr!(language, "search.head", name = name, n = group.count);
                        widgets::heading(ui, &head, theme);
                    }
                    left = left.saturating_sub(1);
                    search_box::words(&state.catalogue, hit, language)
                }
                SearchRow::Command(entry) => {
                    if !std::mem::replace(&mut had_commands, true) {
                        widgets::heading(ui, &tr!(language, "search.command"), theme);
                    }
                    (entry.name(language), entry.keys())
                }
                // It stands below the list, always in sight.
                SearchRow::FilterByWords => continue,
            };
            let enabled = match row {
                SearchRow::Command(entry) => Entry::is_enabled(entry, state),
                SearchRow::View(view) => view.is_ok(),
                _ => true,
            };
            let response = {
                let (name, detail) = &words;
                option_row(ui, name, detail, own.row == Some(i), enabled, theme)
            };
            if is_new && own.row == Some(i) {
                response.scroll_to_me(None);
            }
            if response.clicked() {
                choose(i, out);
            }
        }
    });
    if matches!(rows.last(), Some(SearchRow::FilterByWords)) {
        widgets::rule(ui, theme);
        let last = rows.len().saturating_sub(1);
        let words = tr!(language, "search.filter", text = own.text.trim());
        if option_row(ui, &words, "", own.row == Some(last), true, theme).clicked() {
            choose(last, out);
        }
    }
}
