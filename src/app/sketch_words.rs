//! What clicks and keys do while something is drawn.

use super::{
    Language, command,
    sketch::{Purpose, Sketch},
};
use crate::tr;

/// One line for the status bar.
pub fn hint(sketch: &Sketch, language: Language) -> String {
    let key = match (sketch.purpose, sketch.is_drawing(), sketch.vertices().is_empty()) {
        (Purpose::Measure, true, true) => "sketch.measure_first",
        (Purpose::Measure, true, false) => "sketch.measure_next",
        (Purpose::Measure, false, _) => "sketch.measure_ended",
        (Purpose::Filter, _, true) => "sketch.filter_first",
        (Purpose::Place, false, _) => "sketch.place_change",
        (Purpose::Place, _, true) => "sketch.place_first",
        (Purpose::Place, _, false) => "sketch.place_next",
        (Purpose::Filter, _, false) => "sketch.filter_next",
    };
    let [end, back, esc] = ["end-sketch", "vertex-back", "escape"].map(command::first_key);
    let [next, remove] = ["vertex-next", "vertex-remove"].map(command::first_key);
    let snap = command::first_key("snap");
    tr!(language, key, end = end, back = back, esc = esc, next = next, remove = remove, snap = snap)
}
