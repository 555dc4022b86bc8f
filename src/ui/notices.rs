//! Notices at the bottom of the window: the newest few, each with its way out.

use egui::{
    Align, Align2, Area, Button, Frame, Id, Label, Layout, Margin, Order, ScrollArea, Ui, vec2,
};

use super::widgets;
use crate::{
    app::{Action, Notice, NoticeLevel, State, command},
    theme::{self, Theme, size},
    tr,
};

/// So many are shown at once, fewer in a low window; the others wait and are counted.
const SHOWN: usize = 3;
/// Room that one of them asks for: two lines of words and its frame.
const ROOM: f32 = 3.0 * size::ROW;

/// Room for the line that counts the others.
const MORE: f32 = 2.0 * size::ROW;

/// Draws them, the newest at the bottom.
pub fn show(ui: &Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    if state.notices.is_empty() {
        return;
    }
    let language = state.settings.language;
    // What the map leaves free: over its buttons, scale bar and credits nothing lies.
    let whole = ui.ctx().content_rect().shrink2(vec2(size::ROW, size::TOP_BAR + size::ROW));
    let free = ui.data(|d| d.get_temp::<egui::Rect>(crate::map::free_id()));
    // A strip of the map beside a panel is no room for words.
    let free = free.filter(|free| free.width() >= 220.0 && free.height() >= ROOM).unwrap_or(whole);
    let width = size::NOTICE.min(free.width());
    let room = free.height();
    let all = state.notices.len();
    let left = |n: usize| if all > n { room - MORE } else { room };
    let most = (1..=SHOWN).rev().find(|n| *n as f32 * ROOM <= left(*n)).unwrap_or(1);
    let hidden = state.notices.len().saturating_sub(most);
    let shown = state.notices.get(hidden..).unwrap_or_default();
    let each = (left(most) / shown.len().max(1) as f32 - size::ROW).max(size::ROW);
    let area = Area::new(Id::unique("notices")).order(Order::Middle).constrain_to(free);
    area.pivot(Align2::CENTER_BOTTOM).fixed_pos(free.center_bottom()).show(ui.ctx(), |ui| {
        ui.set_max_width(width);
        // Where even that has no room the status bar tells how many there are.
        if hidden > 0 && room >= ROOM + MORE {
            Frame::popup(ui.style()).inner_margin(Margin::symmetric(14, 4)).show(ui, |ui| {
                let words = tr!(language, "notice.more", n = hidden);
                if widgets::link(ui, &words, theme).clicked() {
                    actions.push(Action::OpenMessages);
                }
            });
        }
        for notice in shown {
            expire(ui, notice, actions);
            one(ui, state, notice, each, theme, actions);
        }
    });
}

fn one(
    ui: &mut Ui,
    state: &State,
    notice: &Notice,
    height: f32,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let ink = match notice.level {
        NoticeLevel::Done => theme.ink(),
        NoticeLevel::Problem => theme.accent(),
    };
    Frame::popup(ui.style()).inner_margin(Margin::symmetric(14, 10)).show(ui, |ui| {
        // The button takes its room first, the words wrap in what is left.
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            let close = Button::new(theme::text(tr!(language, "notice.close"), size::BODY, false));
            let hint = command::hint("escape", language);
            if ui.add(close).on_hover_text(hint).clicked() {
                actions.push(Action::DismissNotice(notice.id));
            }
            if let Some(id) = notice.offers {
                let face = theme::text(command::with_key(id, language), size::BODY, true);
                let button = Button::new(face.color(theme.on_accent())).fill(theme.accent());
                if ui.add(button).clicked() {
                    actions.push(Action::DismissNotice(notice.id));
                    actions.extend(command::press(id, state).actions);
                }
            }
            let words = theme::text(notice.message.tell(language), size::BODY, false).color(ink);
            ui.vertical(|ui| {
                let long = ScrollArea::vertical().id_salt(notice.id).max_height(height);
                long.show(ui, |ui| ui.add(Label::new(words).wrap()));
            });
        });
    });
}

/// Good news leaves by itself; a problem or an offer stays until it is closed.
fn expire(ui: &Ui, notice: &Notice, actions: &mut Vec<Action>) {
    const SHOWN_S: f64 = 6.0;
    if notice.level == NoticeLevel::Problem || notice.offers.is_some() {
        return;
    }
    let now = ui.input(|i| i.time);
    let id = Id::unique(("notice", notice.id));
    let since = ui.data_mut(|d| *d.get_temp_mut_or_insert_with(id, || now));
    let left = SHOWN_S - (now - since);
    if left <= 0.0 {
        actions.push(Action::DismissNotice(notice.id));
    } else {
        ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(left + 0.05));
    }
}
