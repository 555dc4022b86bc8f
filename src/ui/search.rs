//! What answers to the search box, in groups, under it.

use egui::{
    Align, Align2, Area, CornerRadius, Frame, Id, Margin, Order, Rect, Role, ScrollArea, Sense, Ui,
    WidgetInfo, pos2, vec2,
};

use super::widgets;
use crate::{
    app::{
        Action, State,
        command::{Outcome, palette::Entry},
        search_box::{self, SearchBox, SearchRow},
    },
    theme::{self, Theme, size},
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
    let is_new = ui.data(|d| d.get_temp::<(String, usize)>(kept)).as_ref() != Some(&mark);
    ui.data_mut(|d| d.insert_temp(kept, mark));
    if own.found.groups.is_empty() {
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
            let enabled = if let SearchRow::Command(entry) = row {
                Entry::is_enabled(entry, state)
            } else {
                true
            };
            let response = row_of(ui, &words, i == own.row, enabled, theme);
            if is_new && i == own.row {
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
        if row_of(ui, &(words, String::new()), own.row == last, true, theme).clicked() {
            choose(last, out);
        }
    }
}

/// The name at the left, what it is at the right.
fn row_of(
    ui: &mut Ui,
    (name, detail): &(String, String),
    active: bool,
    enabled: bool,
    theme: Theme,
) -> egui::Response {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), size::ROW), Sense::click());
    let label = if detail.is_empty() { name.clone() } else { format!("{name} {detail}") };
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, enabled, active, &label));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let painter = ui.painter_at(rect);
    if active {
        painter.rect_filled(rect, CornerRadius::same(4), theme.selection());
        let bar = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
        painter.rect_filled(bar, CornerRadius::same(1), theme.accent());
    } else if response.hovered() && enabled {
        painter.rect_filled(rect, CornerRadius::same(4), theme.chip());
    }
    let middle = rect.center().y;
    let detail =
        painter.layout_no_wrap(detail.clone(), theme::font(size::SMALL, false), theme.muted());
    let detail_at = Align2([Align::Max, Align::Center])
        .anchor_size(pos2(rect.right() - 10.0, middle), detail.size());
    let room = detail_at.left() - rect.left() - 26.0;
    let name = widgets::elided(&painter, name, room, active, theme);
    let name_at = Align2([Align::Min, Align::Center])
        .anchor_size(pos2(rect.left() + 12.0, middle), name.size());
    let ink = if enabled { theme.ink() } else { theme.muted() };
    painter.galley_with_override_text_color(name_at.min, name, ink);
    painter.galley(detail_at.min, detail, theme.muted());
    response
}
