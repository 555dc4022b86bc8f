//! The condition of a layer, as it is typed.

use egui::{Button, Label, Role, TextEdit, Ui, WidgetInfo, vec2};

use super::Subject;
use crate::{
    app::{Action, Language, LayerKey, TableStep},
    theme::{self, Theme, size},
    tr,
    ui::{keys, widgets},
};

/// Text being typed into the field, of which layer, and what held when it was begun.
#[derive(Debug, Default)]
pub struct Typed {
    of: Option<LayerKey>,
    held: String,
    text: String,
}

impl Typed {
    /// Draws the field, and why what was typed last says nothing.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        subject: &Subject<'_>,
        language: Language,
        theme: Theme,
        actions: &mut Vec<Action>,
    ) {
        let table = &subject.layer.table;
        if self.of != Some(subject.key) || self.held != table.condition {
            self.of = Some(subject.key);
            self.held.clone_from(&table.condition);
            self.text.clone_from(&table.condition);
        }
        ui.horizontal(|ui| {
            ui.add_space(16.0);
            let room = ui.available_width() - 60.0;
            let name = tr!(language, "layer_table.where");
            let field = ui.add(
                TextEdit::singleline(&mut self.text)
                    .hint_text(tr!(language, "layer_table.where_hint"))
                    .desired_width(room.clamp(80.0, 560.0))
                    .id_salt("layer-condition"),
            );
            widgets::named(&field, &name);
            if keys::entered(ui, &field) {
                // Who applied it may want to type on.
                field.request_focus();
                actions.push(subject.step(TableStep::SetCondition(self.text.clone())));
            }
            let is_set = !self.text.is_empty() || !table.condition.is_empty();
            let cross = Button::new(theme::text("×", size::BODY, true).color(theme.muted()));
            let cross = ui.add_enabled(is_set, cross.frame(false).min_size(vec2(22.0, 22.0)));
            let told = tr!(language, "layer_table.where_clear");
            cross.widget_info(|| WidgetInfo::labeled(Role::Button, is_set, told.clone()));
            if cross.on_hover_text(&told).clicked() {
                self.text.clear();
                actions.push(subject.step(TableStep::SetCondition(String::new())));
            }
        });
        if self.text.trim() != table.condition && table.refused.is_none() {
            ui.horizontal(|ui| {
                ui.add_space(18.0);
                let words = tr!(language, "layer_table.where_enter");
                ui.label(theme::text(words, size::SMALL, false).color(theme.muted()));
            });
        }
        if let Some((_, reason)) = &table.refused {
            ui.horizontal(|ui| {
                ui.add_space(18.0);
                let words = reason.tell(language);
                let text = theme::text(&words, size::SMALL, false).color(theme.accent());
                ui.add(Label::new(text).truncate()).on_hover_text(words);
            });
        }
    }
}
