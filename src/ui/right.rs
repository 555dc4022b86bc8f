//! The right panel: the selected project, the plan's text, or the slides.

use egui::{ScrollArea, Ui};

use super::{card, deck, plan_marks::Marks, plan_text::PlanText, sheet, widgets};
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
        widgets::tabs(ui, &tr!(language, "command.right"), |ui| {
            for tab in [Tab::Card, Tab::Text, Tab::Slides] {
                let active = state.right_tab == tab;
                if widgets::tab(ui, &tr!(language, tab.name()), active, theme).clicked() {
                    actions.push(Action::OpenTab(tab));
                }
            }
        });
        widgets::at_end(ui, "close", |ui| {
            if sheet::close(ui, &tr!(language, "notice.close")) {
                actions.push(Action::ToggleRight);
            }
            ui.add_space(8.0);
        });
    });
    widgets::rule(ui, theme);
    if state.right_tab == Tab::Text {
        plan_text.show(ui, state, &Marks::default(), theme, actions);
        return;
    }
    if state.right_tab == Tab::Slides {
        deck::show(ui, state, theme, actions);
        return;
    }
    ScrollArea::vertical().id_salt(("card", &state.focus)).auto_shrink(false).show(ui, |ui| {
        egui::Frame::new().inner_margin(egui::Margin::symmetric(20, 12)).show(ui, |ui| {
            card::show(ui, state, theme, actions);
            ui.add_space(20.0);
        });
    });
}
