//! The list of what lies under the pointer.

use egui::{Area, Id, Order, Ui, vec2};

use super::widgets::{self, Row};
use crate::{
    app::{Action, FeatureRef, State},
    map::feature_pointer,
    theme::{self, Theme, size},
    tr,
};

/// What is listed: projects, then features of the user's layers; and the row that Enter means.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'a> {
    pub ids: &'a [String],
    pub features: &'a [FeatureRef],
    pub row: usize,
}

/// Draws the list beside the place that was clicked.
pub fn show(
    ui: &Ui,
    state: &State,
    listed: Listed<'_>,
    at_pt: [f32; 2],
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let Listed { ids, features, row } = listed;
    let n = ids.len() + features.len();
    let language = state.settings.language;
    let at = ui.data(|d| d.get_temp::<egui::Pos2>(crate::map::corner_id())).unwrap_or_default();
    let at = at + vec2(at_pt[0] + 8.0, at_pt[1] + 8.0);
    let area =
        Area::new(Id::unique("pick-list")).order(Order::Foreground).fixed_pos(at).constrain(true);
    let shown = area.show(ui.ctx(), |ui| {
        egui::Frame::popup(ui.style()).inner_margin(egui::Margin::same(6)).show(ui, |ui| {
            ui.set_width(330.0);
            ui.spacing_mut().item_spacing.y = 0.0;
            widgets::heading(ui, &tr!(language, "pick.title", n = n), theme);
            let rows = n as f32 * size::ROW;
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
                        ..Row::default()
                    };
                    let response = line.show(ui, theme);
                    if response.hovered() && state.hover.as_ref() != Some(id) {
                        actions.push(Action::Hover(Some(id.clone())));
                    }
                    if response.clicked() {
                        actions.push(Action::CloseOverlay);
                        actions.push(Action::Select(vec![id.clone()]));
                    }
                }
                features_of(ui, state, ids.len(), features, row, theme, actions);
            });
            if features.len() >= feature_pointer::MOST {
                let words = tr!(language, "pick.most", n = feature_pointer::MOST);
                ui.label(theme::text(words, size::SMALL, false).color(theme.muted()));
            }
        });
    });
    let clicked_beside = ui.input(|i| i.pointer.any_pressed())
        && ui.input(|i| i.pointer.interact_pos()).is_some_and(|p| !shown.response.rect.contains(p));
    if clicked_beside {
        actions.push(Action::CloseOverlay);
    }
}

/// The features, of which only those are laid out that are seen.
fn features_of(
    ui: &mut Ui,
    state: &State,
    before: usize,
    features: &[FeatureRef],
    row: usize,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let top = ui.cursor().top();
    let seen = ui.clip_rect();
    let room = egui::vec2(ui.available_width(), features.len() as f32 * size::ROW);
    let (whole, _) = ui.allocate_exact_size(room, egui::Sense::hover());
    for (i, feature) in features.iter().enumerate() {
        let from = top + i as f32 * size::ROW;
        let own = egui::Rect::from_x_y_ranges(whole.x_range(), from..=from + size::ROW);
        let active = before + i == row;
        if active && !seen.contains_rect(own) {
            // The arrows lead beyond what is seen.
            let id = ui.scope_id().with("shown-row");
            if ui.data(|d| d.get_temp::<usize>(id)) != Some(row) {
                ui.data_mut(|d| d.insert_temp(id, row));
                ui.scroll_to_rect(own, None);
            }
        }
        if !seen.intersects(own) {
            continue;
        }
        let Some((name, layer)) = state.feature_name(*feature) else { continue };
        let line = Row { name: &name, value: &layer, active, ..Row::default() };
        let place = egui::UiBuilder::new().id_salt(("feature", i)).max_rect(own);
        if ui.scope_builder(place, |ui| line.show(ui, theme)).inner.clicked() {
            actions.push(Action::OpenFeature(*feature));
        }
    }
}
