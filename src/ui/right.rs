//! The right panel: the selected project, or the plan's text.

use egui::{ScrollArea, Ui};

use super::{card, plan_text::PlanText, widgets};
use crate::{
    app::{Action, State, Tab},
    theme::Theme,
    tr,
};

/// Draws the panel.
pub fn show(ui: &mut Ui, state: &State, plan_text: &mut PlanText, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let theme = Theme::of(state.settings.mode);
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.add_space(12.0);
        for tab in [Tab::Card, Tab::Text] {
            if widgets::tab(ui, &tr!(language, tab.name()), state.right_tab == tab, theme).clicked()
            {
                actions.push(Action::OpenTab(tab));
            }
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add_space(8.0);
            let close = ui.add(egui::Button::new("×").frame(false));
            let name = tr!(language, "notice.close");
            close.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name.clone()));
            if close.clicked() {
                actions.push(Action::ToggleRight);
            }
        });
    });
    widgets::rule(ui, theme);
    if state.right_tab == Tab::Text {
        plan_text.show(ui, state, theme, actions);
        return;
    }
    ScrollArea::vertical().id_salt(("card", &state.focus)).auto_shrink(false).show(ui, |ui| {
        egui::Frame::new().inner_margin(egui::Margin::symmetric(20, 12)).show(ui, |ui| {
            card::show(ui, state, theme, actions);
            ui.add_space(20.0);
        });
    });
}
