//! The heads of the columns: a click sorts, an edge is dragged to another width, a head to another
//! place.

use egui::{
    Align2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2,
    text::{LayoutJob, TextWrapping},
};

use super::{Subject, fields};
use crate::{
    app::{Action, FieldSort, State, TableStep, field_columns::TableColumn},
    theme::{self, Theme, size},
    tr,
};

pub const HEIGHT: f32 = 24.0;
/// Air at the sides of a cell, in points.
pub const AIR: f32 = 6.0;

/// Draws them.
pub fn show(
    ui: &Ui,
    rect: Rect,
    state: &State,
    subject: &Subject<'_>,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    for (at, column, left, right) in subject.shown() {
        let cell = Rect::from_min_max(
            pos2(rect.left() + left, rect.top()),
            pos2(rect.left() + right, rect.bottom()),
        );
        // What is out of sight costs nothing.
        if !ui.clip_rect().expand(AIR).intersects(cell) {
            continue;
        }
        one(ui, cell, rect, state, (at, column), subject, theme, actions);
    }
}

#[expect(clippy::too_many_arguments, reason = "what a head is drawn from")]
fn one(
    ui: &Ui,
    cell: Rect,
    heads: Rect,
    state: &State,
    (at, column): (usize, &TableColumn),
    subject: &Subject<'_>,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let field = column.field;
    let name = subject.data().fields.get(field).map_or("", |own| own.name.as_str());
    let sort = subject.layer.table.sort.filter(|sort| sort.field == field);
    let sign = match sort {
        Some(FieldSort { descending: true, .. }) => " ↓",
        Some(_) => " ↑",
        None => "",
    };
    let id = ui.scope_id().with(("field", field));
    let response = ui.interact(cell, id, Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, name));
    let active = sort.is_some();
    let ink = if active || response.hovered() { theme.ink() } else { theme.muted() };
    let mut job = LayoutJob::simple_singleline(
        format!("{name}{sign}"),
        theme::font(size::SMALL, active),
        ink,
    );
    job.wrap = TextWrapping::truncate_at_width((cell.width() - 2.0 * AIR).max(1.0));
    let words = ui.painter().layout_job(job);
    let is_cut = words.elided;
    let (anchor, place) = aligned(column, cell);
    ui.painter().galley(anchor.anchor_size(place, words.size()).min, words, ink);
    if response.clicked() {
        actions.push(subject.step(TableStep::SortBy(field)));
    }
    if response.dragged() || response.drag_stopped() {
        moved(ui, &response, heads, at, subject, theme, actions);
    }
    response.context_menu(|ui| fields::one(ui, at, subject, language, actions));
    let told = tr!(language, "layer_table.head", name = name);
    response.on_hover_text(if is_cut { format!("{name}\n{told}") } else { told });
    width(ui, cell, at, subject, theme, actions);
}

/// Numbers stand at the right.
pub fn aligned(column: &TableColumn, cell: Rect) -> (Align2, egui::Pos2) {
    if column.is_number {
        (Align2::RIGHT_CENTER, pos2(cell.right() - AIR, cell.center().y))
    } else {
        (Align2::LEFT_CENTER, pos2(cell.left() + AIR, cell.center().y))
    }
}

/// A head that is dragged goes before the column over whose first half it is let go.
fn moved(
    ui: &Ui,
    response: &egui::Response,
    heads: Rect,
    from: usize,
    subject: &Subject<'_>,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let Some(pos) = response.interact_pointer_pos() else { return };
    let x = pos.x - heads.left();
    let before = subject.shown().find(|(_, _, left, right)| x < f32::midpoint(*left, *right));
    let (to, edge) = if let Some((at, _, left, _)) = before {
        (at, left)
    } else {
        let end = subject.shown().map(|(_, _, _, right)| right).last().unwrap_or_default();
        (subject.columns.len(), end)
    };
    ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
    let stroke = Stroke::new(2.0, theme.accent());
    ui.painter().vline(heads.left() + edge, heads.y_range(), stroke);
    if response.drag_stopped() {
        actions.extend(fields::placed(subject, from, to));
    }
}

/// The right edge of a head is dragged to another width, which is kept when it is let go.
fn width(
    ui: &Ui,
    cell: Rect,
    at: usize,
    subject: &Subject<'_>,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let edge = Rect::from_x_y_ranges(cell.right() - 7.0..=cell.right(), cell.y_range());
    let field = subject.columns.get(at).map(|column| column.field);
    let id = ui.scope_id().with(("field-width", field));
    let response = ui.interact(edge, id, Sense::DRAG);
    if response.hovered() || response.dragged() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::ResizeHorizontal);
        let held = response.interact_pointer_pos().filter(|_| response.dragged());
        let x = held.map_or(edge.right(), |pos| pos.x);
        ui.painter().vline(x, cell.y_range(), Stroke::new(1.5, theme.accent()));
    }
    if response.drag_stopped()
        && let Some(pos) = response.interact_pointer_pos()
    {
        actions.push(fields::changed(subject, |columns| {
            if let Some(own) = columns.get_mut(at) {
                own.width_pt = pos.x - cell.left();
            }
        }));
    }
}
