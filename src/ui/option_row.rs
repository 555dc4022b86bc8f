//! A row of a list that lies over the window and is chosen from, as in the palette.

use egui::{Align, Align2, CornerRadius, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::widgets;
use crate::theme::{self, Theme, size};

/// Draws it: the name at the left, what it is or its keys at the right.
pub fn option_row(
    ui: &mut Ui,
    name: &str,
    detail: &str,
    active: bool,
    enabled: bool,
    theme: Theme,
) -> Response {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), size::ROW), Sense::click());
    let label = if detail.is_empty() { name.to_owned() } else { format!("{name} {detail}") };
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
        painter.layout_no_wrap(detail.to_owned(), theme::font(size::SMALL, false), theme.muted());
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
