//! What an expression is asked about.

use std::cell::Cell;

use super::tile::Feature;

/// Steps for all expressions of one tile: real tiles and styles need a hundredth of it.
const MOST_STEPS: usize = 100_000_000;

/// What an expression is asked about.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub zoom: f64,
    /// None for what does not depend on features.
    pub feature: Option<Feature<'a>>,
    /// Zoom level, column and row of the tile that the feature lies in.
    pub tile: (u8, u32, u32),
    pub steps: &'a Steps,
}

/// How many steps may still be taken, so that no style takes forever with a tile.
pub struct Steps(Cell<usize>);

impl Default for Steps {
    fn default() -> Self {
        Self(Cell::new(MOST_STEPS))
    }
}

impl Steps {
    /// Takes so many steps; `None` when they are too many. Then there are none left.
    pub fn take(&self, steps: usize) -> Option<()> {
        let left = self.0.get().checked_sub(steps);
        self.0.set(left.unwrap_or(0));
        left.map(|_| ())
    }

    /// Whether all are taken.
    pub fn are_used_up(&self) -> bool {
        self.0.get() == 0
    }
}
