//! Finding words in the plan's text, and selecting some to copy.

use egui::{Role, TextEdit, Ui, WidgetInfo, vec2};

use super::{keys, widgets};
use crate::{
    app::State,
    search,
    theme::{self, Theme, size},
    tr,
    units::TextRange,
};

/// What is looked for, and where it stands.
#[derive(Debug, Default)]
pub struct Find {
    text: String,
    places: Vec<TextRange>,
    at: usize,
    /// Ask for the keyboard at the next frame.
    pub wanted: bool,
    is_open: bool,
    /// Something of the bar had the keyboard when it was drawn last.
    is_held: bool,
}

impl Find {
    /// The place that is shown, and all of them.
    pub fn places(&self) -> (Option<TextRange>, &[TextRange]) {
        if self.is_open { (self.places.get(self.at).copied(), &self.places) } else { (None, &[]) }
    }

    pub const fn close(&mut self) {
        self.is_open = false;
    }

    /// Whether Esc means the bar.
    pub const fn takes_escape(&self) -> bool {
        self.is_open && self.is_held
    }

    /// Draws the bar where it is open; where a place is to be scrolled to, says which.
    pub fn show(&mut self, ui: &mut Ui, state: &State, theme: Theme) -> Option<TextRange> {
        let language = state.settings.language;
        self.is_open |= self.wanted;
        if !self.is_open {
            return None;
        }
        let mut moved = false;
        self.is_held = false;
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            ui.add_space(12.0);
            let edit = TextEdit::singleline(&mut self.text).id_salt("plan-find");
            let room = (ui.available_width() - 170.0).clamp(90.0, 260.0);
            let hint = tr!(language, "text.find");
            let field = ui.add(edit.hint_text(&hint).desired_width(room).margin(vec2(8.0, 4.0)));
            widgets::named(&field, &hint);
            if std::mem::take(&mut self.wanted) {
                field.request_focus();
                super::top::select_all(ui, field.id, &self.text);
            }
            if field.changed() {
                self.places = search::in_text(&state.catalogue.plan, &self.text);
                self.at = 0;
                moved = true;
            }
            let mut parts = vec![field.clone()];
            let entered = keys::entered(ui, &field);
            let back = ui.input(|i| i.modifiers.shift);
            let count = match self.places.len() {
                0 if self.text.trim().is_empty() => String::new(),
                0 => tr!(language, "text.not_found"),
                n => tr!(language, "text.found", i = self.at + 1, n = n),
            };
            ui.label(theme::text(count, size::SMALL, false).color(theme.muted()));
            for (sign, key, is_back) in [("↑", "text.previous", true), ("↓", "text.next", false)]
            {
                let name = tr!(language, key);
                let button = ui.add_enabled(!self.places.is_empty(), egui::Button::new(sign));
                button.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.clone()));
                parts.push(button.clone());
                if button.on_hover_text(name).clicked() || entered && back == is_back {
                    self.step(is_back);
                    moved = true;
                }
            }
            if entered {
                // The next Enter goes on.
                field.request_focus();
            }
            let close = ui.add(egui::Button::new("×").frame(false));
            let name = tr!(language, "notice.close");
            close.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.clone()));
            parts.push(close.clone());
            self.is_held = parts.iter().any(egui::Response::has_focus);
            if close.clicked() || parts.iter().any(|part| keys::escaped(ui, part)) {
                self.is_open = false;
            }
        });
        ui.add_space(2.0);
        moved.then(|| self.places.get(self.at).copied()).flatten()
    }

    fn step(&mut self, back: bool) {
        let n = self.places.len().max(1);
        self.at = if back { (self.at + n - 1) % n } else { (self.at + 1) % n };
    }
}

/// Words that are being selected by dragging, from where to where in the text.
#[derive(Debug, Default)]
pub struct Marking {
    from: usize,
    to: usize,
    on: bool,
    /// The pointer is still down.
    held: bool,
}

impl Marking {
    /// The selected words; `None` without any.
    pub fn range(&self) -> Option<TextRange> {
        let (start, end) = (self.from.min(self.to), self.from.max(self.to));
        (self.on && end > start).then_some(TextRange { start, end })
    }

    pub const fn begin(&mut self, at: usize) {
        *self = Self { from: at, to: at, on: true, held: true };
    }

    /// Whether words are being selected now.
    pub const fn is_held(&self) -> bool {
        self.held
    }

    /// Whether the drag that began in the text goes on.
    pub const fn is_going_on(&mut self, dragging: bool) -> bool {
        self.held = self.held && dragging;
        self.held
    }

    pub const fn go_on(&mut self, at: usize) {
        self.to = at;
    }

    pub const fn clear(&mut self) {
        self.on = false;
    }

    /// Puts the selected words on the clipboard when they are asked for and no field is meant.
    pub fn copy(&self, ui: &Ui, state: &State) {
        let Some(range) = self.range() else { return };
        if ui.ctx().text_edit_focused() {
            return;
        }
        if ui.input(|i| i.events.iter().any(|event| matches!(event, egui::Event::Copy))) {
            ui.ctx().copy_text(state.catalogue.plan.text.slice(range).to_owned());
        }
    }
}
