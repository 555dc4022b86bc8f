//! The drawer under the map: the table of the projects, or of a layer.

use egui::{ComboBox, Role, Ui, WidgetInfo};

use super::{layer_table, table};
use crate::{
    app::{Action, LayerKey, State},
    theme::{self, Theme, size},
    tr,
};

/// Widest name of a table and narrowest, in points, and what stands around it.
const NAME: f32 = 220.0;
const LEAST: f32 = 40.0;
const AROUND: f32 = 40.0;

/// How high the drawer is with all of its rows.
pub fn whole_height(ctx: &egui::Context, state: &State) -> f32 {
    match state.table_layer() {
        Some((_, _, layer)) => layer_table::whole_height(ctx, layer),
        None => table::whole_height(ctx, state),
    }
}

/// Draws the table that is chosen.
pub fn show(ui: &mut Ui, state: &State, typed: &mut layer_table::Typed, actions: &mut Vec<Action>) {
    if state.table_layer().is_some() {
        layer_table::show(ui, state, typed, actions);
    } else {
        table::show(ui, state, actions);
    }
}

/// The name of the table that is shown; a choice of them as soon as there are layers. `end` is what
/// the end of the row needs, in points.
pub fn name(ui: &mut Ui, state: &State, end: f32, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let projects = tr!(language, "table.title");
    let layers: Vec<(LayerKey, &str)> = state
        .files
        .iter()
        .flat_map(|file| {
            let own = file.layers.iter().enumerate();
            own.map(|(i, layer)| ((file.id, i), layer.data.0.name.as_str()))
        })
        .collect();
    if layers.is_empty() {
        ui.label(theme::text(projects, size::HEADING, true));
        return;
    }
    let current = layers.iter().find(|(key, _)| Some(*key) == state.table_of);
    let shown = current.map_or(projects.as_str(), |(_, name)| name);
    let left = ui.available_width() - end;
    let room = (left - AROUND).min(ui.available_width() * 0.4).clamp(LEAST, NAME);
    // The width of a list is its least one: what bounds it is the room around it.
    let choice = ui.scope(|ui| {
        ui.set_max_width(room);
        let list = ComboBox::from_id_salt("drawer-table")
            .selected_text(theme::text(shown, size::BODY, true))
            .width(room)
            .truncate();
        list.show_ui(ui, |ui| {
            let mut row = |key: Option<LayerKey>, name: &str| {
                let is_shown = key == current.map(|(key, _)| *key);
                if ui.selectable_label(is_shown, name).clicked() && !is_shown {
                    actions.push(Action::OpenTable(key));
                }
            };
            row(None, &projects);
            for (key, name) in &layers {
                row(Some(*key), name);
            }
        })
    });
    let choice = choice.inner;
    let name = tr!(language, "drawer.table", name = shown);
    choice.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, name.clone()));
    choice.response.on_hover_text(shown);
}

/// How many features there are, how many pass, and how many of them are selected.
pub fn counts(ui: &mut Ui, words: &str, room: f32, theme: Theme) {
    ui.scope(|ui| {
        ui.set_max_width(room.max(0.0));
        let text = theme::text(words, size::SMALL, false).color(theme.muted());
        ui.add(egui::Label::new(text).truncate()).on_hover_text(words);
    });
}
