//! Where in the rows the table stands. It is counted in rows: in points a million of them would lie
//! two points apart at the end, for so coarse is an f32 there.

use egui::{Id, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::Subject;
use crate::{
    app::{Language, layer_table::Reveal},
    theme::{Theme, size},
    tr,
};

/// Width of the bar, in points.
pub const WIDTH: f32 = 12.0;
const LEAST_THUMB: f32 = 28.0;

/// The rows that are seen.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The row at the upper edge, with the share of it that is above.
    pub top: f64,
    /// Rows that there is room for.
    pub page: f64,
    pub rows: usize,
}

impl Place {
    /// After the wheel, and where the state asks for a row.
    pub fn of(ui: &Ui, subject: &Subject<'_>, seen: Rect) -> Self {
        let id = id(subject);
        let rows = subject.layer.table_rows();
        let page = f64::from(seen.height() / size::ROW);
        let mut top = ui.data(|d| d.get_temp::<f64>(id)).unwrap_or_default();
        if ui.rect_contains_pointer(seen) {
            let delta = ui.input(|i| i.smooth_scroll_delta().y);
            top -= f64::from(delta / size::ROW);
        }
        let told = id.with("told");
        let known = ui.data(|d| d.get_temp::<u64>(told)).unwrap_or_default();
        if let Some(Reveal { number, position }) = subject.layer.table.reveal
            && number != known
        {
            ui.data_mut(|d| d.insert_temp(told, number));
            let at = position as f64;
            // One that is far off is shown with those around it.
            if at < top - page || at > top + 2.0 * page {
                top = at - (page / 3.0).floor();
            }
            top = top.min(at).max(at + 1.0 - page);
        }
        let place = Self { top: 0.0, page, rows };
        let place = Self { top: top.clamp(0.0, place.last_top()), ..place };
        ui.data_mut(|d| d.insert_temp(id, place.top));
        place
    }

    /// Rows that are seen whole.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some hundreds")]
    pub fn whole_rows(self) -> usize {
        (self.page.floor() as usize).max(1)
    }

    /// The rows that are seen, and where the first of them begins above the upper edge, in points.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "rows, then points"
    )]
    pub fn seen(self) -> (std::ops::Range<usize>, f32) {
        let first = self.top.floor();
        let above = (self.top - first) as f32 * size::ROW;
        let last = (self.top + self.page).ceil() as usize;
        (first as usize..last.min(self.rows), above)
    }

    fn last_top(self) -> f64 {
        (self.rows as f64 - self.page).max(0.0)
    }
}

/// The bar at the right: dragged to any row, a click goes there.
pub fn bar(ui: &Ui, track: Rect, subject: &Subject<'_>, language: Language, theme: Theme) {
    let id = id(subject);
    let rows = subject.layer.table_rows();
    let page = f64::from(track.height() / size::ROW);
    let top = ui.data(|d| d.get_temp::<f64>(id)).unwrap_or_default();
    let last_top = Place { top, page, rows }.last_top();
    if last_top <= 0.0 {
        return;
    }
    #[expect(clippy::cast_possible_truncation, reason = "shares")]
    let (share, at) = ((page / rows as f64) as f32, (top / last_top) as f32);
    let long = (track.height() * share).max(LEAST_THUMB).min(track.height());
    let room = track.height() - long;
    let from = pos2(track.left() + 3.0, track.top() + room * at);
    let thumb = Rect::from_min_size(from, vec2(WIDTH - 6.0, long));
    let response = ui.interact(track, id.with("bar"), Sense::CLICK | Sense::DRAG);
    let name = tr!(language, "layer_table.scroll");
    response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, name.clone()));
    let grip = id.with("grip");
    if let Some(pos) = response.interact_pointer_pos() {
        if response.drag_started() || response.clicked() {
            let held =
                if thumb.expand(3.0).contains(pos) { pos.y - thumb.top() } else { long / 2.0 };
            ui.data_mut(|d| d.insert_temp(grip, held));
        }
        let held = ui.data(|d| d.get_temp::<f32>(grip)).unwrap_or(long / 2.0);
        if (response.dragged() || response.clicked()) && room > 0.0 {
            let at = f64::from((pos.y - held - track.top()) / room).clamp(0.0, 1.0);
            ui.data_mut(|d| d.insert_temp(id, at * last_top));
            ui.ctx().request_repaint();
        }
    }
    let is_held = response.hovered() || response.dragged();
    let ink = if is_held { theme.muted() } else { theme.muted().gamma_multiply(0.55) };
    ui.painter().rect_filled(thumb, 3.0, ink);
}

fn id(subject: &Subject<'_>) -> Id {
    Id::unique(("layer-table-top", subject.key))
}
