//! When what is looked at is kept: once nothing has moved for a while, and never while it moves.

use std::time::Duration;

use egui::Ui;

use crate::app::{Action, State, ViewStep};

/// For so long nothing has to move, in seconds: who looks around writes nothing meanwhile. What is
/// looked at when the window closes is kept in any case.
const STILL_S: f64 = 10.0;

/// What was seen of the state's count, and since when.
#[derive(Debug, Default)]
pub struct Looked {
    seen: u64,
    since_s: f64,
    kept: u64,
}

impl Looked {
    /// Asks for keeping, once for each time that something has moved.
    pub fn follow(&mut self, ui: &Ui, state: &State) -> Option<Action> {
        let now_s = ui.input(|input| input.time);
        if state.looked != self.seen {
            (self.seen, self.since_s) = (state.looked, now_s);
        }
        if self.seen == self.kept {
            return None;
        }
        let left_s = self.since_s + STILL_S - now_s;
        if left_s > 0.0 {
            // The frame that comes then costs nothing while the window is looked at.
            ui.ctx().request_repaint_after(Duration::from_secs_f64(left_s));
            return None;
        }
        self.kept = self.seen;
        Some(Action::Views(ViewStep::Keep))
    }
}
