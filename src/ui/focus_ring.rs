//! The ring around what has the keyboard, for whoever goes through the window by keys.

use egui::{CornerRadius, Event, Id, Stroke, StrokeKind, Ui, accesskit};

use super::keys;
use crate::theme::{Theme, size};

/// Who moved the keyboard last, and what has to be scrolled into sight.
#[derive(Debug, Default)]
pub struct FocusRing {
    by_keys: bool,
    reveal: Option<Id>,
    focused: Option<Id>,
}

impl FocusRing {
    /// Before the window is drawn: asks the lists to scroll to what got the keyboard.
    pub fn begin(&mut self, ui: &Ui) {
        if keys::moves_focus(ui) {
            self.by_keys = true;
        } else if ui.input(|i| i.pointer.any_pressed()) {
            self.by_keys = false;
        }
        if let Some(id) = self.reveal.take() {
            let request = accesskit::ActionRequest {
                action: accesskit::Action::ScrollIntoView,
                target_tree: accesskit::TreeId::ROOT,
                target_node: id.accesskit_id(),
                data: None,
            };
            ui.input_mut(|i| i.events.push(Event::AccessKitActionRequest(request)));
        }
    }

    /// After it was drawn: paints the ring over everything in the layer of what has the keyboard.
    pub fn end(&mut self, ui: &Ui, theme: Theme) {
        const AROUND: f32 = 1.0;
        const WIDTH: f32 = 2.0;
        let focused = ui.ctx().memory(egui::Memory::focused);
        let is_new = std::mem::replace(&mut self.focused, focused) != focused;
        let Some(id) = focused.filter(|_| self.by_keys) else { return };
        let Some(response) = ui.ctx().read_response(id) else { return };
        let (whole, seen) = (response.rect, response.interact_rect);
        if is_new && !seen.expand(1.0).contains_rect(whole) {
            self.reveal = Some(id);
            ui.ctx().request_repaint();
        }
        if !seen.is_positive() {
            return;
        }
        let screen = ui.ctx().content_rect().shrink(WIDTH);
        let ring = seen.expand(AROUND).intersect(screen);
        ui.ctx().layer_painter(response.layer_id).rect_stroke(
            ring,
            CornerRadius::same(size::RADIUS),
            Stroke::new(WIDTH, theme.accent()),
            StrokeKind::Middle,
        );
    }
}
