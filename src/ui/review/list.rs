//! The list of the review: how far it is, what is shown, a row for each project, and at the end what
//! was not understood.

use egui::{
    Align2, Button, CornerRadius, Label, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2,
};

use super::super::{plan_marks::tone, sheet, widgets};
use crate::{
    app::{
        Action, Language, ReviewStep, State, command,
        review::{Finding, Review, ReviewRow, Showing, Stage},
    },
    theme::{self, Theme, size},
    tr,
};

/// Height of a row: a name and what is known of it.
const ROW: f32 = 44.0;

/// Title, progress, choices of what is shown, and the button that accepts everything.
pub fn head(ui: &mut Ui, review: &Review, state: &State, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let theme = Theme::of(state.settings.mode);
    let (done, all) = (review.reviewed(), review.rows.len());
    egui::Frame::new().inner_margin(egui::Margin { left: 12, right: 8, top: 4, bottom: 4 }).show(
        ui,
        |ui| {
            ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
            ui.horizontal(|ui| {
                let title = tr!(language, "review.title");
                ui.label(theme::text(title, size::HEADING, true));
                widgets::at_end(ui, "close", |ui| {
                    if sheet::close(ui, &tr!(language, "review.close")) {
                        actions.push(Action::Review(ReviewStep::Close));
                    }
                });
            });
            ui.horizontal_wrapped(|ui| {
                let progress = tr!(language, "review.progress", done = done, all = all);
                ui.label(theme::text(progress, size::SMALL, false).color(theme.muted()));
                if done < all {
                    let words = tr!(language, "review.accept_all", n = all - done);
                    let link = widgets::link(ui, &words, theme);
                    let hint = tr!(language, "review.accept_all_hint");
                    if link.on_hover_text(hint).clicked() {
                        actions.push(Action::Review(ReviewStep::AcceptAll));
                    }
                }
            });
            bar(ui, done as f32 / all.max(1) as f32, theme);
            ui.horizontal_wrapped(|ui| {
                for showing in Showing::ALL {
                    let count = review.count(showing);
                    let words = format!("{} {count}", tr!(language, showing.name()));
                    let is_on = review.showing == showing;
                    if widgets::chip(ui, &words, is_on, theme).clicked() {
                        actions.push(Action::Review(ReviewStep::Show(showing)));
                    }
                }
            });
        },
    );
}

/// How much of it is done.
fn bar(ui: &mut Ui, share: f32, theme: Theme) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 3.0), Sense::hover());
    ui.painter().rect_filled(rect, CornerRadius::same(1), theme.chip());
    let done = Rect::from_min_size(rect.min, vec2(rect.width() * share, rect.height()));
    ui.painter().rect_filled(done, CornerRadius::same(1), theme.accent());
}

/// Where the list stands.
#[derive(Default)]
pub struct List {
    /// The row that was looked at in the frame before.
    at: Option<String>,
    /// The top of what is seen, and its height.
    seen: [f32; 2],
}

impl List {
    /// Draws the rows that are seen.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        state: &State,
        review: &Review,
        theme: Theme,
        actions: &mut Vec<Action>,
    ) {
        let language = state.settings.language;
        ui.spacing_mut().item_spacing.y = 0.0;
        let rows = review.shown();
        let findings = review.findings_shown();
        let all = rows.len() + findings.len();
        if all == 0 {
            empty(ui, review, language, theme);
            return;
        }
        let mut area = ScrollArea::vertical().id_salt(("review", review.showing));
        if self.at != review.at {
            self.at.clone_from(&review.at);
            let is_at = |i: &usize| review.rows.get(*i).map(|row| &row.id) == review.at.as_ref();
            if let Some(place) = rows.iter().position(is_at) {
                area = match self.brought_in(place as f32 * ROW) {
                    Some(top) => area.vertical_scroll_offset(top),
                    None => area,
                };
            }
        }
        let shown = area.auto_shrink(false).show_rows(ui, ROW, all, |ui, seen| {
            for i in seen {
                if let Some(row) = rows.get(i).and_then(|i| review.rows.get(*i)) {
                    let is_at = review.at.as_ref() == Some(&row.id);
                    if project(ui, row, is_at, language, theme).clicked() {
                        actions.push(Action::Review(ReviewStep::Go(row.id.clone())));
                    }
                } else if let Some(own) = findings.get(i - rows.len())
                    && finding(ui, own, language, theme).clicked()
                    && let Some((range, _)) = own.at
                {
                    actions.push(Action::Review(ReviewStep::LookAt(range)));
                }
            }
        });
        self.seen = [shown.state.clamped_offset().y, shown.inner_rect.height()];
    }

    /// Where the list has to be scrolled to for a row to be seen; `None` where it is.
    fn brought_in(&self, top: f32) -> Option<f32> {
        let [from, height] = self.seen;
        if height <= 0.0 {
            // Nothing was drawn yet.
            Some((top - ROW).max(0.0))
        } else if top < from {
            Some(top)
        } else if top + ROW > from + height {
            Some((top + ROW - height).max(0.0))
        } else {
            None
        }
    }
}

fn empty(ui: &mut Ui, review: &Review, language: Language, theme: Theme) {
    let key = match review.showing {
        Showing::NotUnderstood => tr!(language, "review.all_understood"),
        Showing::Unsure => tr!(language, "review.none_unsure"),
        Showing::All | Showing::Waiting => tr!(language, "review.none_waiting"),
    };
    egui::Frame::new().inner_margin(egui::Margin::same(16)).show(ui, |ui| {
        ui.add(Label::new(theme::text(key, size::BODY, false).color(theme.muted())).wrap());
    });
}

/// What was decided, in a word.
pub fn stage(stage: &Stage, language: Language) -> String {
    match stage {
        Stage::Waiting => tr!(language, "stage.waiting"),
        Stage::Accepted(_) => tr!(language, "stage.accepted"),
        Stage::Skipped(_) => tr!(language, "stage.skipped"),
        Stage::Merged { into, .. } => tr!(language, "stage.merged", into = into),
        Stage::ByHand(_) => tr!(language, "stage.by_hand"),
    }
}

fn project(
    ui: &mut Ui,
    row: &ReviewRow,
    is_at: bool,
    language: Language,
    theme: Theme,
) -> egui::Response {
    let (decided, told) = (stage(&row.stage, language), tr!(language, row.told.name()));
    let label = format!("{} · {} · {told} · {decided}", row.id, row.name);
    let waits = row.stage == Stage::Waiting;
    let name = &row.name;
    let about = format!("{} · {told}", row.id);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_at, label.clone()));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    ground(ui, rect, &response, is_at, theme);
    let painter = ui.painter_at(rect);
    let mark = Rect::from_min_size(rect.min + vec2(8.0, 9.0), vec2(4.0, ROW - 18.0));
    painter.rect_filled(mark, CornerRadius::same(2), theme.tone(tone(row)));
    let (left, right) = (rect.left() + 20.0, rect.right() - 12.0);
    let font = theme::font(size::SMALL, waits);
    let ink = if waits { theme.accent() } else { theme.muted() };
    let decided = painter.layout_no_wrap(decided, font, ink);
    let room = right - left;
    let about_room = room - decided.size().x - 8.0;
    let line = |y: f32, height: f32| pos2(left, rect.top() + y - height / 2.0);
    let title = widgets::elided(&painter, name, room, waits, theme);
    let ink = if row.stage == Stage::Waiting { theme.ink() } else { theme.muted() };
    let size = title.size();
    painter.galley_with_override_text_color(line(14.0, size.y), title, ink);
    let about = small(&painter, &about, about_room, theme);
    painter.galley(line(32.0, about.size().y), about, theme.muted());
    let at = Align2::RIGHT_CENTER.anchor_size(pos2(right, rect.top() + 32.0), decided.size());
    painter.galley(at.min, decided, theme.muted());
    response
}

fn finding(ui: &mut Ui, own: &Finding, language: Language, theme: Theme) -> egui::Response {
    let words = own.what.get(language);
    let about = match own.at {
        Some((_, line)) => tr!(language, "review.line", line = line),
        None => tr!(language, "review.whole"),
    };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let label = format!("{} · {words} · {about}", tr!(language, "review.not_understood"));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, label.clone()));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    ground(ui, rect, &response, false, theme);
    let painter = ui.painter_at(rect);
    let left = rect.left() + 20.0;
    let sign = pos2(rect.left() + 10.0, rect.top() + 14.0);
    let font = theme::font(size::BODY, true);
    painter.text(sign, Align2::CENTER_CENTER, "?", font, theme.accent());
    let room = rect.right() - 12.0 - left;
    let title = widgets::elided(&painter, words, room, false, theme);
    let size = title.size();
    painter.galley(pos2(left, rect.top() + 14.0 - size.y / 2.0), title, theme.ink());
    let about = small(&painter, &about, room, theme);
    painter.galley(pos2(left, rect.top() + 32.0 - about.size().y / 2.0), about, theme.muted());
    response.on_hover_text(words)
}

/// One quiet line, cut where there is no room.
fn small(
    painter: &egui::Painter,
    words: &str,
    room: f32,
    theme: Theme,
) -> std::sync::Arc<egui::Galley> {
    let font = theme::font(size::SMALL, false);
    let mut job = egui::text::LayoutJob::simple_singleline(words.to_owned(), font, theme.muted());
    job.wrap = egui::text::TextWrapping::truncate_at_width(room.max(20.0));
    painter.layout_job(job)
}

fn ground(ui: &Ui, rect: Rect, response: &egui::Response, is_at: bool, theme: Theme) {
    let painter = ui.painter_at(rect);
    if is_at {
        painter.rect_filled(rect, CornerRadius::ZERO, theme.selection());
    } else if response.hovered() || response.has_focus() {
        painter.rect_filled(rect, CornerRadius::ZERO, theme.chip());
    }
    painter.hline(rect.x_range(), rect.bottom(), egui::Stroke::new(0.5, theme.hairline()));
}

/// The button of a command, with its key.
pub fn button(ui: &mut Ui, id: &str, state: &State, theme: Theme, is_main: bool) -> bool {
    let face = command::with_key(id, state.settings.language);
    let button = if is_main {
        let words = theme::text(face, size::BODY, true).color(theme.on_accent());
        Button::new(words).fill(theme.accent())
    } else {
        Button::new(face)
    };
    ui.add(button).clicked()
}
