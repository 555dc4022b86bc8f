//! Drawing on the map by clicks.

use super::workbook;
use crate::{
    app::{
        sketch::{Purpose, Sketch, SketchStep},
        state::{Overlay, State},
    },
    catalogue::Outline,
};

/// Does one step. On a slide nothing is drawn.
pub fn step(state: &mut State, step: SketchStep) {
    if state.tour.is_some() {
        return;
    }
    if let SketchStep::Begin(purpose) = step {
        // What lies over the map would take its clicks.
        state.overlay = Overlay::None;
        state.hover = None;
        state.sketch = Some(Sketch::new(purpose));
        return;
    }
    let Some(sketch) = &mut state.sketch else { return };
    let ended = match step {
        SketchStep::Begin(_) => false,
        SketchStep::Leave => {
            state.sketch = None;
            return;
        }
        SketchStep::Add(p) => {
            sketch.add(p);
            false
        }
        SketchStep::TakeBack => {
            sketch.take_back();
            false
        }
        SketchStep::SetAgain => {
            sketch.set_again();
            false
        }
        SketchStep::Clear => {
            sketch.clear();
            false
        }
        SketchStep::End => sketch.end(false),
        SketchStep::Close => sketch.end(true),
    };
    if ended && sketch.purpose == Purpose::Place {
        let figure = (sketch.stage, sketch.vertices().to_vec());
        state.sketch = None;
        return workbook::place_drawn(state, figure.0, &figure.1);
    }
    // An outline is a filter from now on; a measured figure stays until it is put away.
    if ended && sketch.purpose == Purpose::Filter {
        state.filter.polygon = Some(Outline::from(sketch.vertices().to_vec()));
        state.sketch = None;
    }
}

/// One step back: first what is drawn goes, then the drawing ends. Says whether there was any.
pub fn escape(state: &mut State) -> bool {
    let Some(sketch) = &mut state.sketch else { return false };
    if sketch.vertices().is_empty() {
        state.sketch = None;
    } else {
        sketch.clear();
    }
    true
}
