//! What lies over everything: the list of things under the pointer, sheets, notices.

use egui::{Align2, Area, Id, Key, Order, Ui, vec2};

use super::{
    export, feature, help, package,
    widgets::{self, Row},
};
use crate::{
    app::{Action, Notice, NoticeLevel, Overlay, State},
    theme::{self, Theme, size},
    tr,
};

/// Draws whatever is open.
pub fn show(
    ui: &Ui,
    state: &State,
    sheet: &mut export::Sheet,
    package: &mut package::Sheet,
    actions: &mut Vec<Action>,
) {
    let theme = Theme::of(state.settings.mode);
    match &state.overlay {
        Overlay::None => {
            sheet.closed();
            package.closed();
        }
        Overlay::PickList { ids, at_pt } => pick_list(ui, state, ids, *at_pt, theme, actions),
        Overlay::Help => help::show(ui, state, theme, actions),
        Overlay::Export => sheet.show(ui, state, theme, actions),
        Overlay::Feature(feature) => feature::show(ui, state, *feature, theme, actions),
        Overlay::Package => package.show(ui, state, theme, actions),
    }
    notices(ui, state, theme, actions);
}

fn pick_list(
    ui: &Ui,
    state: &State,
    ids: &[String],
    at_pt: [f32; 2],
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let at = ui.data(|d| d.get_temp::<egui::Pos2>(crate::map::corner_id())).unwrap_or_default();
    let at = at + vec2(at_pt[0] + 8.0, at_pt[1] + 8.0);
    let marked = Id::unique("pick-list-row");
    let mut row =
        ui.data(|d| d.get_temp::<usize>(marked)).unwrap_or(0).min(ids.len().saturating_sub(1));
    let (up, down, enter) = ui.input(|i| {
        (i.key_pressed(Key::ArrowUp), i.key_pressed(Key::ArrowDown), i.key_pressed(Key::Enter))
    });
    let before = row;
    row = if down {
        (row + 1).min(ids.len().saturating_sub(1))
    } else {
        row.saturating_sub(usize::from(up))
    };
    if row != before {
        actions.push(Action::Hover(ids.get(row).cloned()));
    }
    ui.data_mut(|d| d.insert_temp(marked, row));
    let choose = |id: &String, actions: &mut Vec<Action>| {
        actions.push(Action::CloseOverlay);
        actions.push(Action::Select(vec![id.clone()]));
    };
    if let Some(id) = ids.get(row).filter(|_| enter) {
        choose(id, actions);
    }
    let area =
        Area::new(Id::unique("pick-list")).order(Order::Foreground).fixed_pos(at).constrain(true);
    let shown = area.show(ui.ctx(), |ui| {
        egui::Frame::popup(ui.style()).inner_margin(egui::Margin::same(6)).show(ui, |ui| {
            ui.set_width(330.0);
            ui.spacing_mut().item_spacing.y = 0.0;
            widgets::heading(ui, &tr!(language, "pick.title", n = ids.len()), theme);
            let rows = ids.len() as f32 * size::ROW;
            let height = rows.min(10.0 * size::ROW);
            let list = egui::ScrollArea::vertical().max_height(height).min_scrolled_height(height);
            list.show(ui, |ui| {
                for (i, id) in ids.iter().enumerate() {
                    let Some(project) = state.catalogue.project(id) else { continue };
                    let kind = state.catalogue.kind(&project.kind);
                    let kind = kind.map_or("", |k| k.name.get(language));
                    let line = Row {
                        name: project.short_name.get(language),
                        value: &format!("{kind} · {id}"),
                        indent: 0.0,
                        active: i == row,
                        bar: None,
                        bold: false,
                    };
                    let response = line.show(ui, theme);
                    if response.hovered() && state.hover.as_ref() != Some(id) {
                        actions.push(Action::Hover(Some(id.clone())));
                    }
                    if response.clicked() {
                        choose(id, actions);
                    }
                }
            });
        });
    });
    let clicked_beside = ui.input(|i| i.pointer.any_pressed())
        && ui.input(|i| i.pointer.interact_pos()).is_some_and(|p| !shown.response.rect.contains(p));
    if clicked_beside {
        actions.push(Action::CloseOverlay);
    }
}

fn notices(ui: &Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    if state.notices.is_empty() {
        return;
    }
    let language = state.settings.language;
    let area = Area::new(Id::unique("notices")).order(Order::Foreground);
    area.anchor(Align2::CENTER_BOTTOM, vec2(0.0, -40.0)).show(ui.ctx(), |ui| {
        for notice in &state.notices {
            expire(ui, notice, actions);
            let ink = match notice.level {
                NoticeLevel::Done => theme.ink(),
                NoticeLevel::Problem => theme.accent(),
            };
            egui::Frame::popup(ui.style()).inner_margin(egui::Margin::symmetric(14, 10)).show(
                ui,
                |ui| {
                    ui.horizontal(|ui| {
                        ui.scope(|ui| {
                            // The button has its own room beside the words.
                            ui.set_max_width(560.0);
                            ui.label(
                                theme::text(notice.message.tell(language), size::BODY, false)
                                    .color(ink),
                            );
                        });
                        if ui.button(tr!(language, "notice.close")).clicked() {
                            actions.push(Action::DismissNotice(notice.id));
                        }
                    });
                },
            );
        }
    });
}

/// Good news leaves by itself; a problem stays until it is closed.
fn expire(ui: &Ui, notice: &Notice, actions: &mut Vec<Action>) {
    const SHOWN_S: f64 = 6.0;
    if notice.level == NoticeLevel::Problem {
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
