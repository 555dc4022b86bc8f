//! What is told of a figure while it is drawn and after: a panel at the top left of what is free.

use egui::{Area, Id, Label, Order, Rect, ScrollArea, Ui, vec2};

use super::{panel::panel, sketch::Drawing};
use crate::{
    app::{
        Action, Purpose, SketchStep, State,
        command::{self, Effect},
        measure::{self, Measured},
    },
    theme::{self, Theme, size},
    tr,
    units::LonLat,
};

/// Widest, in points.
const WIDE: f32 = 296.0;
/// The head of the legend stands beside it.
const BESIDE: f32 = 132.0;
const EDGE: f32 = 12.0;

/// Shows it and says where it stands.
pub fn show(
    ui: &Ui,
    free: Rect,
    state: &State,
    drawing: &Drawing<'_>,
    actions: &mut Vec<Action>,
) -> Rect {
    let theme = Theme::of(state.settings.mode);
    let area = Area::new(Id::unique("map-sketch")).order(Order::Middle).fade_in(false);
    let wide = WIDE.min(free.width() - BESIDE - 2.0 * EDGE);
    let shown = area.fixed_pos(free.min + vec2(EDGE, EDGE)).show(ui.ctx(), |ui| {
        panel(theme).show(ui, |ui| {
            ui.set_width(wide - 28.0);
            ui.spacing_mut().item_spacing = vec2(6.0, 3.0);
            // Rows of words are no taller than these.
            ui.spacing_mut().interact_size.y = 0.0;
            let title = match drawing.sketch.purpose {
                Purpose::Measure => "measure.title",
                Purpose::Filter => "sketch.filter_title",
                Purpose::Place => "place.title",
            };
            ui.label(theme::text(tr!(state.settings.language, title), size::BODY, true));
            // Above what comes and goes with the pointer: they stay where they are.
            ui.horizontal_wrapped(|ui| buttons(ui, state, drawing, actions));
            ui.add_space(3.0);
            let room = (free.bottom() - ui.cursor().top() - 2.0 * EDGE).max(size::ROW);
            let rows = ScrollArea::vertical().max_height(room).min_scrolled_height(room);
            rows.show(ui, |ui| content(ui, state, drawing, theme));
        });
    });
    shown.response.rect
}

fn content(ui: &mut Ui, state: &State, drawing: &Drawing<'_>, theme: Theme) {
    let language = state.settings.language;
    let Drawing { sketch, pointer, near, .. } = drawing;
    let measures = sketch.purpose == Purpose::Measure;
    if measures {
        let pointer = pointer.filter(|_| sketch.is_drawing());
        let path: Vec<LonLat> = sketch.vertices().iter().copied().chain(pointer).collect();
        for (name, value) in measure::rows(&Measured::of(&path), sketch.stage, language) {
            row(ui, &name, &value, theme);
        }
        if let Some((_, near)) = near {
            let name = near.project.short_name.get(language);
            let name = tr!(language, "measure.to_line", name = name);
            row(ui, &name, &measure::near_words(near, language), theme);
        }
        note(ui, tr!(language, "measure.note"), theme);
    } else {
        let name = tr!(language, "measure.vertices");
        row(ui, &name, &sketch.vertices().len().to_string(), theme);
    }
    if sketch.is_full() {
        let most = crate::app::sketch::MOST_VERTICES;
        note(ui, tr!(language, "sketch.full", n = most), theme);
    }
}

fn row(ui: &mut Ui, name: &str, value: &str, theme: Theme) {
    ui.horizontal_wrapped(|ui| {
        ui.label(theme::text(name, size::SMALL, false).color(theme.muted()));
        ui.add(Label::new(theme::text(value, size::BODY, true)).wrap());
    });
}

fn note(ui: &mut Ui, words: String, theme: Theme) {
    ui.add(Label::new(theme::text(words, size::SMALL, false).color(theme.muted())).wrap());
}

fn buttons(ui: &mut Ui, state: &State, drawing: &Drawing<'_>, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let measures = drawing.sketch.purpose == Purpose::Measure;
    let is_place = drawing.sketch.purpose == Purpose::Place;
    let is_changed = drawing.sketch.is_changed();
    let offered = [
        ("sketch.end", "end-sketch", true),
        ("sketch.back", "vertex-back", true),
        ("sketch.again", "vertex-again", is_changed),
        ("sketch.next", "vertex-next", is_changed),
        ("sketch.remove", "vertex-remove", is_changed),
        ("sketch.copy", "copy-measure", measures),
    ];
    for (name, id, _) in offered.into_iter().filter(|(_, _, fits)| *fits) {
        let is_enabled = command::named(id).is_some_and(|command| command.is_enabled(state));
        let pressed = button(ui, &tr!(language, name), &command::hint(id, language), is_enabled);
        if pressed {
            let asked = command::press(id, state);
            actions.extend(asked.actions);
            for effect in asked.effects {
                if let Effect::Copy(words) = effect {
                    ui.ctx().copy_text(words);
                }
            }
        }
    }
    if is_place {
        let name = format!("{} (S)", tr!(language, "sketch.snap"));
        let hint = command::hint("snap", language);
        let snaps = drawing.sketch.snaps;
        let label = theme::text(&name, size::SMALL, false);
        if ui.selectable_label(snaps, label).on_hover_text(hint).clicked() {
            actions.push(Action::Sketch(SketchStep::Snap(!snaps)));
        }
    }
    let own = match drawing.sketch.purpose {
        Purpose::Measure => "measure",
        Purpose::Filter => "draw-filter",
        Purpose::Place => "escape",
    };
    if button(ui, &tr!(language, "sketch.leave"), &command::hint(own, language), true) {
        actions.push(Action::Sketch(SketchStep::Leave));
    }
}

fn button(ui: &mut Ui, name: &str, hint: &str, is_enabled: bool) -> bool {
    let button = egui::Button::new(theme::text(name, size::SMALL, false));
    ui.add_enabled(is_enabled, button).on_hover_text(hint).clicked()
}
