//! The left panel: regions, tasks, targets, kinds.

use egui::{ScrollArea, Ui};

use super::{basemaps, facets, regions, tasks, widgets};
use crate::{
    app::{Action, State, Tab},
    theme::Theme,
    tile::SupplyStatus,
    tr,
};

/// Draws the panel.
pub fn show(
    ui: &mut Ui,
    state: &State,
    typed: &mut basemaps::Typed,
    status: &SupplyStatus,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let theme = Theme::of(state.settings.mode);
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.add_space(8.0);
        let tabs = [Tab::Regions, Tab::Tasks, Tab::Targets, Tab::Layers, Tab::Basemap];
        widgets::tabs(ui, &tr!(language, "command.left"), |ui| {
            // Five of them keep to the panel in the longer language too.
            ui.spacing_mut().item_spacing.x = 4.0;
            for tab in tabs {
                let active = state.left_tab == tab;
                if widgets::tab(ui, &tr!(language, tab.name()), active, theme).clicked() {
                    actions.push(Action::OpenTab(tab));
                }
            }
        });
    });
    widgets::rule(ui, theme);
    ScrollArea::vertical().id_salt(("left", state.left_tab)).auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        match state.left_tab {
            Tab::Tasks => tasks::show(ui, state, theme, actions),
            Tab::Targets => tasks::targets(ui, state, theme, actions),
            Tab::Layers => facets::show(ui, state, theme, actions),
            Tab::Basemap => basemaps::show(ui, state, typed, status, theme, actions),
            _ => regions::show(ui, state, theme, actions),
        }
        ui.add_space(16.0);
    });
}
