//! Sheets: what lies over the window until it is closed. Title, way out and foot stay in sight
//! whatever the window's size; what stands between them scrolls.

use egui::{
    Align2, Area, Button, Frame, Id, Label, Margin, Order, Rect, Role, ScrollArea, Sense, Ui,
    WidgetInfo, vec2,
};

use super::widgets;
use crate::{
    app::Language,
    theme::{self, Theme, size},
    tr,
};

/// Where a sheet stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Place {
    Middle,
    /// Beside the middle of the map, for what is told of the map.
    TopRight,
    BottomRight,
    /// At the left of what is free, so far from the window's edge: legend and tools stay in sight.
    Beside(f32),
}

/// A part of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What scrolls where there is no room for all of it.
    Body,
    /// What stays under it, such as the buttons.
    Foot,
}

/// How a sheet is shown.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    pub id: &'static str,
    pub title: &'a str,
    /// Widest content, in points.
    pub width: f32,
    pub place: Place,
    /// Whether the window behind it waits until it is closed.
    pub is_modal: bool,
}

/// Least air between a sheet and the window's edge.
const AIR: f32 = 8.0;
const MARGIN: i8 = 16;
const HEAD: f32 = 28.0;
const GAP: f32 = 8.0;

impl Sheet<'_> {
    /// Draws the sheet part by part and says whether it was closed.
    pub fn show(
        self,
        ui: &Ui,
        language: Language,
        theme: Theme,
        mut content: impl FnMut(&mut Ui, Part),
    ) -> bool {
        let id = Id::unique(("sheet", self.id));
        let screen = ui.ctx().content_rect().shrink(AIR);
        let (align, offset) = match self.place {
            Place::Middle => (Align2::CENTER_CENTER, vec2(0.0, 0.0)),
            Place::TopRight => (Align2::RIGHT_TOP, vec2(-AIR, size::TOP_BAR)),
            Place::Beside(left) => (Align2::LEFT_TOP, vec2(left, size::TOP_BAR)),
            Place::BottomRight => (Align2::RIGHT_BOTTOM, vec2(-56.0, -size::STATUS_BAR)),
        };
        let around = 2.0 * f32::from(MARGIN) + 2.0;
        let width = self.width.min(screen.width() - offset.x.abs() - around);
        let height = screen.height() - offset.y.abs() - around;
        let area = Area::new(id)
            .order(Order::Foreground)
            .role(Role::Dialog)
            .accessible_name(self.title)
            .anchor(align, offset)
            .constrain_to(screen)
            .fade_in(false);
        let mut is_closed = false;
        let layer = area.layer();
        area.show(ui.ctx(), |ui| {
            if self.is_modal {
                wait_for(ui, layer, id, theme);
            }
            Frame::window(ui.style()).inner_margin(Margin::same(MARGIN)).show(ui, |ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.y = 0.0;
                is_closed = head(ui, self.title, language);
                ui.add_space(GAP);
                let kept = id.with("foot");
                let foot = ui.data(|d| d.get_temp::<f32>(kept)).unwrap_or_default();
                let room = (height - HEAD - GAP - foot).max(2.0 * size::ROW);
                let scroll = ScrollArea::vertical().max_height(room).auto_shrink([false, true]);
                scroll.min_scrolled_height(room).show(ui, |ui| {
                    ui.set_max_width(width - 6.0);
                    ui.spacing_mut().item_spacing.y = 6.0;
                    content(ui, Part::Body);
                });
                let below = ui.cursor().top();
                ui.spacing_mut().item_spacing.y = 6.0;
                content(ui, Part::Foot);
                let real = ui.min_rect().bottom() - below;
                if (real - foot).abs() > 0.5 {
                    ui.data_mut(|d| d.insert_temp(kept, real));
                    ui.ctx().request_discard("the foot of a sheet");
                }
            });
        });
        is_closed
    }
}

/// Darkens the window, and keeps keyboard and pointer within the sheet.
fn wait_for(ui: &mut Ui, layer: egui::LayerId, id: Id, theme: Theme) {
    let whole = ui.ctx().content_rect();
    // A modal layer keeps the keyboard; the pointer would go through where the sheet is not.
    let mut behind = ui.new_child(egui::UiBuilder::new().max_rect(whole));
    behind.set_clip_rect(whole);
    behind.interact(whole, id.with("behind"), Sense::CLICK | Sense::DRAG);
    ui.ctx().layer_painter(layer).rect_filled(whole, 0.0, theme.shade());
    ui.ctx().memory_mut(|memory| memory.set_modal_layer(layer));
}

/// The title, and the way out at its right.
fn head(ui: &mut Ui, title: &str, language: Language) -> bool {
    let row = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), HEAD));
    let mut is_closed = false;
    ui.scope_builder(egui::UiBuilder::new().max_rect(row), |ui| {
        ui.horizontal_centered(|ui| {
            let room = ui.available_width() - widgets::end_width(ui, "close") - GAP;
            ui.scope(|ui| {
                ui.set_max_width(room);
                ui.add(Label::new(theme::text(title, size::HEADING, true)).truncate());
            });
            widgets::at_end(ui, "close", |ui| is_closed = close(ui, &tr!(language, "sheet.close")));
        });
    });
    is_closed
}

/// A cross that closes; `name` is what screen readers say.
pub fn close(ui: &mut Ui, name: &str) -> bool {
    let cross = Button::new(theme::text("×", size::HEADING, false)).frame(false);
    let button = ui.add(cross.min_size(vec2(HEAD, HEAD)));
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    button.on_hover_text(name).clicked()
}
