//! The project table: follows every filter, sorts, shows totals, leads to the map.

use std::collections::{BTreeMap, BTreeSet};

use egui::{
    Align2, CornerRadius, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2,
    text::{LayoutJob, TextWrapping},
    vec2,
};

use super::{drawer, sheet, widgets};
use crate::{
    app::{Action, Column, FitTarget, Settings, State, command, text},
    map::hover,
    theme::{self, Theme, size},
    tr,
};

/// How high the table is with all of its rows, as far as it was drawn already.
pub fn whole_height(ctx: &egui::Context, state: &State) -> f32 {
    /// Title, heads and a rule, before they were measured.
    const ABOVE: f32 = 76.0;
    /// Where there are no rows: two lines and a button.
    const NOTHING: f32 = 118.0;
    let above = ctx.data(|d| d.get_temp::<f32>(above_id())).unwrap_or(ABOVE);
    let rows = state.rows.len() as f32 * size::ROW;
    if state.rows.is_empty() { above + NOTHING } else { above + rows + 4.0 }
}

fn above_id() -> egui::Id {
    egui::Id::unique("above-table-rows")
}

/// Least air between two heads, in points.
const HEAD_GAP: f32 = 6.0;

/// Draws the table.
pub fn show(ui: &mut Ui, state: &State, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let theme = Theme::of(state.settings.mode);
    let top = ui.cursor().top();
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        ui.add_space(16.0);
        drawer::name(ui, state, widgets::end_width(ui, "buttons"), actions);
        let totals = text::totals(&state.totals, language);
        let room = ui.available_width() - widgets::end_width(ui, "buttons") - 8.0;
        drawer::counts(ui, &totals, room, theme);
        widgets::at_end(ui, "buttons", |ui| {
            if ui.button(tr!(language, "table.export")).clicked() {
                actions.push(Action::OpenExport);
            }
            ui.menu_button(tr!(language, "table.columns"), |ui| columns(ui, state, actions));
            if command::is_possible("set-many", state)
                && ui.button(tr!(language, "set_many.open", n = state.selected.len())).clicked()
            {
                actions.extend(command::press("set-many", state).actions);
            }
            if sheet::close(ui, &tr!(language, "table.close")) {
                actions.push(Action::ToggleTable);
            }
            ui.add_space(12.0);
        });
    });
    if state.rows.is_empty() {
        empty(ui, state, theme, actions);
        return;
    }
    let left = ui.available_rect_before_wrap().left() + 16.0;
    let width = ui.available_width() - 32.0;
    head(ui, state, theme, left, width, actions);
    widgets::rule(ui, theme);
    let above = ui.cursor().top() - top;
    ui.data_mut(|d| d.insert_temp(above_id(), above));
    // The table follows the map, once for each selection.
    let follow = ui.scope_id().with("followed");
    let opens = widgets::opens(ui, ui.scope_id().with("opened"));
    let new = opens || ui.data(|d| d.get_temp::<Option<String>>(follow)).flatten() != state.focus;
    // Rows touch: else their places would be reckoned with gaps.
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut area = ScrollArea::vertical().id_salt("table").auto_shrink(false);
    let focused = state.focus.as_deref().and_then(|id| state.catalogue.position(id));
    let at = focused.and_then(|p| state.rows.iter().position(|row| row.project == p));
    if let Some(at) = at.filter(|_| new) {
        area = area.vertical_scroll_offset((at as f32 - 2.0).max(0.0) * size::ROW);
    }
    let mut hovered = None;
    area.show_rows(ui, size::ROW, state.rows.len(), |ui, range| {
        for row in state.rows.get(range).unwrap_or_default() {
            if row_of(ui, state, theme, row, left, width, actions) {
                hovered = state.catalogue.projects.get(row.project).map(|own| &own.id);
            }
        }
    });
    hover::light(ui, egui::Id::unique("lit-by-table"), hovered, state, actions);
    ui.data_mut(|d| d.insert_temp(follow, state.focus.clone()));
}

fn empty(ui: &mut Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    ui.add_space(20.0);
    ui.vertical_centered(|ui| {
        if state.filter.is_empty() {
            let none = tr!(language, "table.no_projects");
            ui.label(theme::text(none, size::HEADING, true));
            let hint = tr!(language, "table.no_projects_hint");
            ui.label(theme::text(hint, size::BODY, false).color(theme.muted()));
            return;
        }
        ui.label(theme::text(tr!(language, "filter.none"), size::HEADING, true));
        let hint = tr!(language, "filter.none_hint");
        ui.label(theme::text(hint, size::BODY, false).color(theme.muted()));
        if ui.button(tr!(language, "filter.clear")).clicked() {
            actions.push(Action::ClearFilter);
        }
    });
}

fn head(
    ui: &mut Ui,
    state: &State,
    theme: Theme,
    left: f32,
    width: f32,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
    let mut x = left;
    let shown = state.settings.shown_columns(state.filter.looks_around());
    let last = shown.len().saturating_sub(1);
    for (i, (column, share)) in shown.into_iter().enumerate() {
        let cell =
            egui::Rect::from_min_size(pos2(x, rect.top()), vec2(width * share, rect.height()));
        x += width * share;
        let active = state.sort.column == column;
        let sign = match (active, state.sort.descending) {
            (true, true) => " ↓",
            (true, false) => " ↑",
            _ => "",
        };
        let name = tr!(language, column.heading());
        let response = ui.interact(cell, ui.scope_id().with(("head", column)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.clone()));
        let ink = if active || response.hovered() { theme.ink() } else { theme.muted() };
        let (anchor, at) = aligned(column, cell);
        let font = theme::font(size::SMALL, active);
        // No head runs into the next one, however narrow its column: it ends in … instead, and over a
        // number it takes the air beside it first.
        let mut job = LayoutJob::simple_singleline(format!("{name}{sign}"), font, ink);
        job.wrap = TextWrapping::truncate_at_width((cell.width() - HEAD_GAP).max(1.0));
        let words = ui.painter().layout_job(job);
        let is_cut = words.elided;
        let whole = anchor.anchor_size(at, words.size());
        let left = whole.min.x.max(cell.left());
        ui.painter().galley(pos2(left, whole.min.y), words, ink);
        if response.clicked() {
            actions.push(Action::SortBy(column));
        }
        if is_cut {
            response.on_hover_text(name);
        }
        if i < last {
            drag_width(ui, state, column, cell, width, theme, actions);
        }
    }
}

/// The right edge of a head is dragged to another width, which is kept when it is let go.
fn drag_width(
    ui: &Ui,
    state: &State,
    column: Column,
    cell: egui::Rect,
    width: f32,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let edge = egui::Rect::from_x_y_ranges(cell.right() - 8.0..=cell.right(), cell.y_range());
    let response = ui.interact(edge, ui.scope_id().with(("width", column)), Sense::drag());
    if response.hovered() || response.dragged() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::ResizeHorizontal);
        let x = if response.dragged() {
            response.interact_pointer_pos().map_or(edge.center().x, |pos| pos.x)
        } else {
            edge.center().x
        };
        ui.painter().vline(x, cell.y_range(), egui::Stroke::new(1.5, theme.accent()));
    }
    if response.drag_stopped()
        && let Some(pos) = response.interact_pointer_pos()
    {
        let mut settings = state.settings.clone();
        // All columns are kept as they are seen, so that only this one grows or shrinks.
        let shown = settings.shown_columns(state.filter.looks_around());
        settings.column_shares.extend(shown);
        settings.column_shares.insert(column, ((pos.x - cell.left()) / width).clamp(0.03, 0.8));
        actions.push(Action::SetSettings(Box::new(settings)));
    }
}

/// Which columns there are.
fn columns(ui: &mut Ui, state: &State, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let shown: BTreeSet<Column> =
        state.settings.shown_columns(false).into_iter().map(|(column, _)| column).collect();
    for column in Column::ALL {
        // By the number a project is known, and the distance comes and goes with the filter.
        if matches!(column, Column::Id | Column::Distance) {
            continue;
        }
        let mut on = shown.contains(&column);
        if ui.checkbox(&mut on, tr!(language, column.heading())).changed() {
            let mut columns = shown.clone();
            if on {
                columns.insert(column)
            } else {
                columns.remove(&column)
            };
            let settings = Settings { columns, ..state.settings.clone() };
            actions.push(Action::SetSettings(Box::new(settings)));
        }
    }
    if ui.button(tr!(language, "table.usual")).clicked() {
        let settings = Settings {
            columns: BTreeSet::new(),
            column_shares: BTreeMap::new(),
            ..state.settings.clone()
        };
        actions.push(Action::SetSettings(Box::new(settings)));
        ui.close();
    }
}

fn aligned(column: Column, cell: egui::Rect) -> (Align2, egui::Pos2) {
    if column.is_number() {
        (Align2::RIGHT_CENTER, pos2(cell.right() - 22.0, cell.center().y))
    } else {
        (Align2::LEFT_CENTER, cell.left_center())
    }
}

/// Draws a row; says whether the pointer is on it.
fn row_of(
    ui: &mut Ui,
    state: &State,
    theme: Theme,
    row: &crate::app::Row,
    left: f32,
    width: f32,
    actions: &mut Vec<Action>,
) -> bool {
    let Some(project) = state.catalogue.projects.get(row.project) else { return false };
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), size::ROW), Sense::click());
    let [id, name, ..] = &row.cells;
    let label = tr!(state.settings.language, "table.row", id = id, name = name);
    let selected = state.is_selected(&project.id);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, label.clone()));
    let painter = ui.painter_at(rect);
    let ground = egui::Rect::from_min_max(
        pos2(left - 8.0, rect.top()),
        pos2(left + width + 8.0, rect.bottom()),
    );
    if selected {
        painter.rect_filled(ground, CornerRadius::same(4), theme.selection());
        let bar = egui::Rect::from_min_size(ground.min, vec2(3.0, ground.height()));
        painter.rect_filled(bar, CornerRadius::same(1), theme.accent());
    } else if response.hovered() {
        painter.rect_filled(ground, CornerRadius::same(4), theme.chip());
    }
    let mut x = left;
    for (column, share) in state.settings.shown_columns(state.filter.looks_around()) {
        let cell = row.cell(column);
        let place =
            egui::Rect::from_min_size(pos2(x, rect.top()), vec2(width * share, rect.height()));
        x += width * share;
        let bold = selected && column == Column::Name;
        let galley = widgets::elided(&painter, cell, place.width() - 14.0, bold, theme);
        let (anchor, at) = aligned(column, place);
        let at = anchor.anchor_size(at, galley.size());
        painter.galley(at.min, galley, theme.ink());
    }
    if response.clicked() {
        let modifiers = ui.input(|i| i.modifiers);
        if modifiers.shift {
            actions.push(Action::Select(up_to(state, row)));
        } else if modifiers.command {
            actions.push(Action::ToggleSelected(project.id.clone()));
        } else {
            actions.push(Action::Select(vec![project.id.clone()]));
            actions.push(Action::Fit(FitTarget::Selection));
        }
    }
    response.hovered()
}

/// The projects from the one in the card to a row, in the order of the table; the one in the card
/// stays there.
fn up_to(state: &State, row: &crate::app::Row) -> Vec<String> {
    let focused = state.focus.as_deref().and_then(|id| state.catalogue.position(id));
    let at = |project: usize| state.rows.iter().position(|own| own.project == project);
    let to = at(row.project).unwrap_or_default();
    let from = focused.and_then(at).unwrap_or(to);
    let rows = state.rows.get(from.min(to)..=from.max(to)).unwrap_or_default();
    let mut ids: Vec<String> = rows
        .iter()
        .filter_map(|own| state.catalogue.projects.get(own.project))
        .map(|project| project.id.clone())
        .collect();
    if from > to {
        ids.reverse();
    }
    ids
}
