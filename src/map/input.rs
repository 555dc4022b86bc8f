//! What the pointer and the wheel do to the camera.

use egui::{PointerButton, Pos2, Rect, Response, Ui};

use super::camera::Camera;
use crate::theme::Theme;

/// What the pointer did that is not the camera's business.
#[expect(clippy::struct_excessive_bools, reason = "each happens or not by itself")]
#[derive(Debug, Default, Clone, Copy)]
pub struct Pointed {
    /// Where the pointer is, in points from the map's corner.
    pub at_pt: Option<[f32; 2]>,
    pub clicked: bool,
    pub double_clicked: bool,
    /// A click that came at once after another; egui counts one elsewhere, too.
    pub clicked_again: bool,
    /// A box is being drawn, from here to the pointer.
    pub box_from: Option<Pos2>,
    /// A box was finished.
    pub box_done: Option<(Rect, BoxUse)>,
    /// The camera was moved by hand.
    pub moved_by_hand: bool,
}

/// What a drawn box is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoxUse {
    /// Drawn with the right button: the view.
    Zoom,
    /// Drawn with Shift: the filter.
    Filter,
}

/// Drag pans unless it holds something on the map, the wheel zooms at the pointer, Shift+drag and
/// right-drag draw a box.
pub fn handle(
    ui: &Ui,
    response: &Response,
    camera: &mut Camera,
    box_from: &mut Option<Pos2>,
    holds: bool,
) -> Pointed {
    let rect = response.rect;
    let local = |p: Pos2| [p.x - rect.min.x, p.y - rect.min.y];
    let hover = response.hover_pos();
    let mut pointed = Pointed { at_pt: hover.map(local), ..Pointed::default() };
    let shift = ui.input(|i| i.modifiers.shift);

    let box_button = response.dragged_by(PointerButton::Secondary)
        || (response.dragged_by(PointerButton::Primary) && (shift || box_from.is_some()));
    if response.drag_started() && (shift || response.drag_started_by(PointerButton::Secondary)) {
        *box_from = ui.input(|i| i.pointer.press_origin());
    }
    if box_button && box_from.is_some() {
        pointed.box_from = *box_from;
    } else if response.dragged() && box_from.is_none() && !holds {
        let delta = response.drag_delta();
        camera.drag([delta.x, delta.y]);
        pointed.moved_by_hand = delta.length() > 0.0;
    }
    if response.drag_stopped() {
        if let (Some(from), Some(to)) = (box_from.take(), response.interact_pointer_pos()) {
            let drawn = Rect::from_two_pos(from, to);
            let right = response.drag_stopped_by(PointerButton::Secondary);
            let for_what = if right { BoxUse::Zoom } else { BoxUse::Filter };
            let large = drawn.width() > 8.0 && drawn.height() > 8.0;
            pointed.box_done = large.then_some((drawn, for_what));
        } else if !holds {
            let speed = ui.input(|i| i.pointer.velocity());
            camera.release([speed.x, speed.y]);
        }
    }
    if let Some(at) = hover.filter(|_| response.contains_pointer()) {
        let (scrolled, pinch) = ui.input(|i| (wheel_points(i), i.zoom_delta()));
        if (pinch - 1.0).abs() > 1e-4 {
            camera.pinch(pinch, local(at));
            pointed.moved_by_hand = true;
        } else if scrolled != 0.0 {
            camera.wheel(scrolled, local(at));
            pointed.moved_by_hand = true;
        }
    }
    pointed.clicked = response.clicked();
    pointed.double_clicked = response.double_clicked();
    pointed.clicked_again = pointed.double_clicked || response.triple_clicked();
    if response.is_pointer_button_down_on() && !response.dragged() {
        camera.stop();
    }
    pointed
}

/// Notches as they came, in points: egui's smoothing would make the speed depend on the frame
/// rate, the camera smooths by itself.
fn wheel_points(input: &egui::InputState) -> f32 {
    const LINE_PT: f32 = 40.0;
    input
        .events
        .iter()
        .filter_map(|event| match event {
            egui::Event::MouseWheel { unit, delta, modifiers, .. } if !modifiers.ctrl => {
                let along = delta.y + if modifiers.shift { delta.x } else { 0.0 };
                Some(match unit {
                    egui::MouseWheelUnit::Point => along,
                    egui::MouseWheelUnit::Line => along * LINE_PT,
                    egui::MouseWheelUnit::Page => along * LINE_PT * 8.0,
                })
            }
            _ => None,
        })
        .sum()
}

/// The box that is being drawn.
pub fn paint_box(ui: &Ui, pointed: &Pointed, theme: Theme) {
    let Some((from, to)) = pointed.box_from.zip(ui.input(|i| i.pointer.latest_pos())) else {
        return;
    };
    let drawn = Rect::from_two_pos(from, to);
    let fill = theme.accent().gamma_multiply(0.10);
    ui.painter().rect(
        drawn,
        2.0,
        fill,
        egui::Stroke::new(1.5, theme.accent()),
        egui::StrokeKind::Inside,
    );
}
