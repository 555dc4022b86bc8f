//! Drawing on the map by clicks.

use super::placing;
use crate::{
    app::{
        job::Order,
        sketch::{Purpose, Sketch, SketchStep},
        state::{Overlay, State},
    },
    catalogue::Outline,
};

/// Does one step. On a slide nothing is drawn.
pub fn step(state: &mut State, step: SketchStep) -> Vec<Order> {
    if state.tour.is_some() {
        return Vec::new();
    }
    if let SketchStep::Begin(purpose) = step {
        // What lies over the map would take its clicks.
        state.overlay = Overlay::None;
        state.hover = None;
        state.sketch = Some(Sketch::new(purpose));
        return Vec::new();
    }
    let Some(sketch) = &mut state.sketch else { return Vec::new() };
    // Once a place has ended, the end of it is that it is set.
    if sketch.is_changed() && step == SketchStep::End {
        return placing::set(state);
    }
    let ended = match step {
        SketchStep::Begin(_) => false,
        SketchStep::Leave => {
            state.sketch = None;
            return Vec::new();
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
        SketchStep::Snap(on) => {
            sketch.snaps = on;
            false
        }
        SketchStep::Move(..)
        | SketchStep::Insert(..)
        | SketchStep::Pick(_)
        | SketchStep::PickNext
        | SketchStep::Remove => {
            sketch.change(step);
            false
        }
    };
    if ended && sketch.purpose == Purpose::Place {
        placing::drawn(state);
        return Vec::new();
    }
    // An outline is a filter from now on; a measured figure stays until it is put away.
    if ended && sketch.purpose == Purpose::Filter {
        state.filter.polygon = Some(Outline::from(sketch.vertices().to_vec()));
        state.sketch = None;
    }
    Vec::new()
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
