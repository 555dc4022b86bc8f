//! Words of the text that were chosen, and what can be made of them.

use egui::{Button, Label, Ui};

use super::super::{plan_text::PlanText, widgets};
use crate::{
    app::{Action, ReviewStep, State, review::Review},
    theme::{self, Theme, size},
    tr,
};

/// Room for the words about it and for the buttons under them.
const HEIGHT: f32 = 72.0;

/// The height of the bar; 0 where nothing is chosen.
pub fn height(text: &PlanText) -> f32 {
    if text.chosen().is_some() { HEIGHT } else { 0.0 }
}

/// Draws the bar.
pub fn show(
    ui: &mut Ui,
    state: &State,
    review: &Review,
    text: &mut PlanText,
    actions: &mut Vec<Action>,
) {
    let Some(range) = text.chosen() else { return };
    let language = state.settings.language;
    let theme = Theme::of(state.settings.mode);
    let plan = &state.catalogue.plan;
    let words = plan.text.slice(range);
    let figures = plan.figures.iter().filter(|figure| range.contains(figure.value_range)).count();
    let step = |step| Action::Review(step);
    let mut is_done = false;
    widgets::rule(ui, theme);
    egui::Frame::new().inner_margin(egui::Margin::symmetric(12, 4)).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        let n = words.chars().count();
        let told = tr!(language, "review.chosen", n = n, figures = figures, words = words);
        ui.add(Label::new(theme::text(told, size::SMALL, false).color(theme.muted())).truncate());
        ui.horizontal(|ui| {
            let face = theme::text(tr!(language, "review.mark"), size::BODY, true);
            let button = Button::new(face.color(theme.on_accent())).fill(theme.accent());
            if ui.add(button).clicked() {
                actions.push(step(ReviewStep::Mark(range)));
                is_done = true;
            }
            if let Some(row) = review.row().filter(|row| state.catalogue.project(&row.id).is_some())
            {
                let face = tr!(language, "review.add_to", id = row.id);
                let hint = tr!(language, "review.add_to_hint", name = row.name);
                if ui.button(face).on_hover_text(hint).clicked() {
                    actions.push(step(ReviewStep::AddTo(row.id.clone(), range)));
                    is_done = true;
                }
            }
            if ui.button(tr!(language, "export.cancel")).clicked() {
                is_done = true;
            }
        });
    });
    if is_done {
        text.choose_nothing();
    }
}
