//! Small pieces that every panel uses.

use egui::{Align2, CornerRadius, Response, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use crate::{
    paper::TextStyle,
    sheet::wrapped,
    theme::{self, Theme, paper_fonts, size},
};

/// A row of a list: a name at the left, something quiet at the right, a bar when it is active.
#[derive(Debug, Clone, Copy, Default)]
pub struct Row<'a> {
    pub name: &'a str,
    pub value: &'a str,
    pub indent: f32,
    pub active: bool,
    /// Drawn under the row, as a share of its width.
    pub bar: Option<f32>,
    pub bold: bool,
    /// Nothing is left of it: its name is grey.
    pub quiet: bool,
}

impl Row<'_> {
    /// Draws the row over the whole width and says what happened to it.
    pub fn show(self, ui: &mut Ui, theme: Theme) -> Response {
        let width = ui.available_width();
        let (rect, response) = ui.allocate_exact_size(vec2(width, size::ROW), Sense::click());
        let label = if self.value.is_empty() {
            self.name.to_owned()
        } else {
            format!("{} {}", self.name, self.value)
        };
        response
            .widget_info(|| WidgetInfo::selected(Role::Button, true, self.active, label.clone()));
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let painter = ui.painter_at(rect);
        let radius = CornerRadius::same(4);
        if self.active {
            painter.rect_filled(rect, radius, theme.selection());
            let bar = egui::Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
            painter.rect_filled(bar, CornerRadius::same(1), theme.accent());
        } else if response.hovered() || response.has_focus() {
            painter.rect_filled(rect, radius, theme.chip());
        }
        let value = painter.layout_no_wrap(
            self.value.to_owned(),
            theme::font(size::SMALL + 1.0, false),
            theme.muted(),
        );
        let right = rect.right() - 10.0;
        let value_at = Align2::RIGHT_CENTER.anchor_size(pos2(right, rect.center().y), value.size());
        let room = value_at.left() - rect.left() - 22.0 - self.indent;
        let name = elided(&painter, self.name, room, self.bold, theme);
        let left = rect.left() + 12.0 + self.indent;
        let name_at = Align2::LEFT_CENTER.anchor_size(pos2(left, rect.center().y), name.size());
        let ink = if self.quiet && !self.active { theme.muted() } else { theme.ink() };
        painter.galley_with_override_text_color(name_at.min, name, ink);
        painter.galley(value_at.min, value, theme.muted());
        if let Some(share) = self.bar.filter(|share| *share > 0.0) {
            let from = pos2(left, rect.bottom() - 2.0);
            let length = (rect.width() - 24.0 - self.indent) * share.clamp(0.0, 1.0);
            painter.line_segment(
                [from, from + vec2(length.max(2.0), 0.0)],
                egui::Stroke::new(1.5, theme.accent().gamma_multiply(0.65)),
            );
        }
        response
    }
}

/// One line of text cut with … where there is no room.
pub fn elided(
    painter: &egui::Painter,
    text: &str,
    room: f32,
    bold: bool,
    theme: Theme,
) -> std::sync::Arc<egui::Galley> {
    let mut job = egui::text::LayoutJob::simple_singleline(
        text.to_owned(),
        theme::font(size::BODY, bold),
        theme.ink(),
    );
    job.wrap = egui::text::TextWrapping::truncate_at_width(room.max(20.0));
    painter.layout_job(job)
}

/// A small heading above a group.
pub fn heading(ui: &mut Ui, words: &str, theme: Theme) {
    ui.add_space(10.0);
    ui.horizontal(|ui| {
        ui.add_space(12.0);
        ui.label(theme::text(words, size::SMALL, true).color(theme.muted()));
    });
    ui.add_space(2.0);
}

/// A heading with something at its right end.
pub fn heading_with(ui: &mut Ui, words: &str, theme: Theme, right: impl FnOnce(&mut Ui)) {
    ui.add_space(10.0);
    ui.horizontal(|ui| {
        ui.add_space(12.0);
        ui.label(theme::text(words, size::SMALL, true).color(theme.muted()));
        at_end(ui, words, |ui| {
            right(ui);
            ui.add_space(10.0);
        });
    });
    ui.add_space(2.0);
}

/// The end of a row that is off by more than this, in points, is not shown so even once.
const MUCH: f32 = 24.0;

/// Puts content at the right end of a row, itself from left to right: so the keyboard goes.
pub fn at_end(ui: &mut Ui, salt: &str, content: impl FnOnce(&mut Ui)) {
    let known = end_width(ui, salt);
    let id = end_id(ui, salt);
    ui.add_space((ui.available_width() - known).max(0.0));
    // The row may have no room for it yet: what it needs is told by where it ends.
    let measured = |ui: &mut Ui| {
        let left = ui.cursor().left();
        content(ui);
        ui.cursor().left() - left
    };
    let used = ui.horizontal(measured).inner;
    if (known - used).abs() > 0.5 {
        ui.data_mut(|d| d.insert_temp(id, used));
        // A digit more or less is put right by the next frame: laying this one out again would cost
        // as much as the frame. That frame is asked for anyhow: a frame that was laid out again
        // already is shown as it is, and nothing might move afterwards.
        if (known - used).abs() > MUCH || known <= 0.0 {
            ui.ctx().request_discard("the end of a row");
        }
        ui.ctx().request_repaint();
    }
}

/// The width that [`at_end`] needs in this row.
pub fn end_width(ui: &Ui, salt: &str) -> f32 {
    ui.data(|d| d.get_temp(end_id(ui, salt))).unwrap_or_default()
}

fn end_id(ui: &Ui, salt: &str) -> egui::Id {
    ui.scope_id().with(("end", salt))
}

/// Small quiet text whose lines end where Chinese and Latin ones may: egui itself breaks within a
/// word rather than after `、`, and begins a line with it.
pub fn small_print(ui: &mut Ui, words: &str, theme: Theme) {
    let style = TextStyle::plain(size::SMALL, theme.map.muted);
    let lines = paper_fonts().map(|fonts| wrapped(words, ui.available_width(), &style, fonts));
    let set = lines.map_or_else(|| words.to_owned(), |lines| lines.join("\n"));
    ui.label(theme::text(set, size::SMALL, false).color(theme.muted()));
}

/// Words that lead somewhere, in the accent.
pub fn link(ui: &mut Ui, words: &str, theme: Theme) -> Response {
    let text = theme::text(words, size::SMALL, true).color(theme.accent());
    let response = ui.add(egui::Button::new(text).frame(false).small());
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// A word that can be clicked and says nothing that matters now.
pub fn quiet_link(ui: &mut Ui, words: &str, theme: Theme) -> Response {
    let text = theme::text(words, size::SMALL, false).color(theme.ink()).underline();
    let response = ui.add(egui::Button::new(text).frame(false).small());
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// A rounded chip; pressed or not.
pub fn chip(ui: &mut Ui, words: &str, active: bool, theme: Theme) -> Response {
    let ink = if active { theme.on_accent() } else { theme.ink() };
    let fill = if active { theme.accent() } else { theme.chip() };
    let button = egui::Button::new(theme::text(words, size::SMALL, false).color(ink))
        .fill(fill)
        .corner_radius(CornerRadius::same(12))
        .min_size(vec2(0.0, 24.0));
    let response = ui.add(button);
    let name = words.to_owned();
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, active, name.clone()));
    response
}

/// A chip of which only the × is a button; whether that was clicked.
pub fn removable(ui: &mut Ui, words: &str, hint: &str, theme: Theme) -> bool {
    let frame = egui::Frame::new()
        .fill(theme.chip())
        .corner_radius(CornerRadius::same(12))
        .inner_margin(egui::Margin { left: 8, right: 2, top: 0, bottom: 0 });
    let shown = frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.label(theme::text(words, size::SMALL, false).color(theme.ink()));
        let text = theme::text("×", size::BODY, true).color(theme.muted());
        let cross = ui.add(egui::Button::new(text).frame(false).min_size(vec2(22.0, 24.0)));
        let name = format!("{words} ×");
        cross.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.clone()));
        cross.on_hover_text(hint).clicked()
    });
    shown.inner
}

/// A tab of a [`tabs`] row; the active one is underlined.
pub fn tab(ui: &mut Ui, words: &str, active: bool, theme: Theme) -> Response {
    let response = underlined(ui, words, active, theme);
    let name = words.to_owned();
    response.widget_info(|| WidgetInfo::labeled(Role::Tab, true, name.clone()));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_selected(active));
    response
}

/// A row of tabs.
pub fn tabs(ui: &mut Ui, name: &str, content: impl FnOnce(&mut Ui)) {
    let row = UiBuilder::new().accessibility_role(Role::TabList).accessibility_label(name);
    ui.scope_builder(row, content);
}

/// A switch that looks like a tab: underlined while what it shows is seen.
pub fn switch(ui: &mut Ui, words: &str, active: bool, theme: Theme) -> Response {
    let response = underlined(ui, words, active, theme);
    let name = words.to_owned();
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, active, name.clone()));
    response
}

fn underlined(ui: &mut Ui, words: &str, active: bool, theme: Theme) -> Response {
    let ink = if active { theme.ink() } else { theme.muted() };
    let text = theme::text(words, size::BODY, active).color(ink);
    let response = ui.add(egui::Button::new(text).frame(false).min_size(vec2(0.0, 34.0)));
    if active {
        let rect = response.rect;
        let line = egui::Rect::from_min_max(
            pos2(rect.left(), rect.bottom() - 2.5),
            pos2(rect.right(), rect.bottom()),
        );
        ui.painter().rect_filled(line, CornerRadius::same(1), theme.accent());
    }
    response
}

/// A hairline over the whole width.
pub fn rule(ui: &mut Ui, theme: Theme) {
    let width = ui.available_width();
    let (rect, _) = ui.allocate_exact_size(vec2(width, 1.0), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, egui::Stroke::new(1.0, theme.hairline()));
}

/// Gives a field the keyboard when what it stands in opens: each time, and only then, so that Tab may
/// take it elsewhere.
pub fn focus_on_opening(ui: &Ui, field: &Response) {
    let kept = field.id.with("opened");
    let pass = ui.ctx().cumulative_pass_nr();
    let (last, had) = ui.data(|d| d.get_temp::<(u64, bool)>(kept)).unwrap_or_default();
    let had = had && last + 1 >= pass || field.has_focus();
    if !had {
        field.request_focus();
    }
    ui.data_mut(|d| d.insert_temp(kept, (pass, had)));
}

/// Whether what has this id was not drawn in the pass before.
pub fn opens(ui: &Ui, id: egui::Id) -> bool {
    let pass = ui.ctx().cumulative_pass_nr();
    let last = ui.data_mut(|d| std::mem::replace(d.get_temp_mut_or_default::<u64>(id), pass));
    last + 1 < pass
}

/// Gives a text field its name.
pub fn named(field: &Response, name: &str) {
    let name = name.to_owned();
    field.widget_info(|| {
        let mut info = WidgetInfo::new(Role::TextInput);
        info.label = Some(name.clone());
        info
    });
}

/// Gives a box to check without words its name.
pub fn named_check(field: &Response, is_checked: bool, name: &str) {
    let name = name.to_owned();
    field.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_checked, &name));
}
