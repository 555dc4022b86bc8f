//! The review of what was recognised in a plan: the text with its marks at the left, the map beside or
//! under it, at the right the list and the one that is looked at.

mod chosen;
mod detail;
mod list;

use std::sync::Arc;

use egui::{Rect, Ui, vec2};

use super::{plan_marks::Marks, plan_text::PlanText, shell::fill, widgets};
use crate::{
    app::{
        Action, State,
        review::{Review, ReviewRow},
    },
    map::{MapFrame, MapView},
    theme::Theme,
};

/// The list is never narrower, and never wider.
const LIST: [f32; 2] = [292.0, 460.0];
/// From this width on the map stands beside the text.
const BESIDE_FROM: f32 = 720.0;
/// Below this height of list and details together everything scrolls.
const LOW: f32 = 300.0;
/// A map under the text needs so much height of both.
const UNDER_FROM: f32 = 400.0;

/// What the review keeps between frames.
#[derive(Default)]
pub struct View {
    marks: Marks,
    /// The rows that they are of.
    of: Arc<[ReviewRow]>,
    list: list::List,
}

/// Draws the review into all of the ui.
pub fn show(
    ui: &mut Ui,
    state: &State,
    review: &Review,
    view: &mut View,
    (text, map): (&mut PlanText, &mut MapView),
    actions: &mut Vec<Action>,
) {
    let theme = Theme::of(state.settings.mode);
    if !Arc::ptr_eq(&view.of, &review.rows) {
        view.marks = Marks::of(&review.rows);
        view.of = review.rows.clone();
    }
    let whole = ui.available_rect_before_wrap();
    let width = (whole.width() * 0.33).clamp(LIST[0], LIST[1]);
    let (left, right) = whole.split_left_right_at_x(whole.right() - width);
    let rooms = Rooms::of(left, state);
    if let Some(room) = rooms.text {
        ui.painter().rect_filled(room, 0.0, theme.panel());
        let line = egui::Stroke::new(1.0, theme.hairline());
        ui.painter().rect_stroke(room, 0.0, line, egui::StrokeKind::Outside);
        fill(ui, "review-text", room, |ui| {
            let foot = chosen::height(text);
            let (body, foot) = room.split_top_bottom_at_y(room.bottom() - foot);
            fill(ui, "words", body, |ui| text.show(ui, state, &view.marks, theme, actions));
            if foot.height() > 1.0 {
                fill(ui, "chosen", foot, |ui| chosen::show(ui, state, review, text, actions));
            }
        });
    }
    if let Some(room) = rooms.map {
        fill(ui, "review-map", room, |ui| {
            actions.extend(map.show(ui, state, MapFrame::default()));
        });
    }
    ui.painter().rect_filled(right, 0.0, theme.panel());
    ui.painter().vline(right.left(), right.y_range(), egui::Stroke::new(1.0, theme.hairline()));
    fill(ui, "review-list", right.with_min_x(right.left() + 1.0), |ui| {
        list::head(ui, review, state, actions);
        widgets::rule(ui, theme);
        let rest = ui.available_rect_before_wrap();
        let is_low = rest.height() < LOW;
        let share = match review.row() {
            None => 0.0,
            Some(_) if is_low => 0.62,
            Some(_) => 0.54,
        };
        let (rows, one) = rest.split_top_bottom_at_fraction(1.0 - share);
        fill(ui, "rows", rows, |ui| view.list.show(ui, state, review, theme, actions));
        if let Some(row) = review.row() {
            ui.painter().hline(one.x_range(), one.top(), egui::Stroke::new(1.0, theme.hairline()));
            let inside = one.shrink2(vec2(0.0, 1.0));
            fill(ui, "one", inside, |ui| {
                detail::show(ui, (state, review), row, is_low, actions);
            });
        }
    });
}

/// What stands in the room left of the list.
struct Rooms {
    text: Option<Rect>,
    map: Option<Rect>,
}

impl Rooms {
    fn of(left: Rect, state: &State) -> Self {
        // A place is being chosen or drawn: that needs the map.
        if state.sketch.is_some() || state.placing.is_some() {
            return Self { text: None, map: Some(left) };
        }
        if left.width() >= BESIDE_FROM {
            let width = (left.width() * 0.5).clamp(340.0, 660.0);
            let (text, map) = left.split_left_right_at_x(left.left() + width);
            return Self { text: Some(text), map: Some(map) };
        }
        if left.height() >= UNDER_FROM {
            let (text, map) = left.split_top_bottom_at_fraction(0.58);
            return Self { text: Some(text), map: Some(map) };
        }
        Self { text: Some(left), map: None }
    }
}
