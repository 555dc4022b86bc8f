//! Filled polygons.

use super::frame::narrow;
use crate::{
    geo::plane::{Point, Rect, clip_ring},
    paper::{PathDrawing, Step},
    style::Rgba,
};

/// Rings of one or more polygons, filled at once: where they overlap or touch, no seam shows.
pub struct AreaBuilder {
    steps: Vec<Step>,
    clip: Rect,
}

impl AreaBuilder {
    /// For what can be seen inside `visible`.
    pub fn new(visible: Rect) -> Self {
        // Cut edges have to stay out of sight.
        Self { steps: Vec::new(), clip: visible.grown(8.0) }
    }

    /// Adds a ring; `hole` cuts it out of the polygon it lies in, whatever way round it runs.
    pub fn add_ring(&mut self, ring: &[Point], hole: bool) {
        let mut ring = clip_ring(ring, &self.clip);
        if ring.len() < 3 {
            return;
        }
        if (signed_area(&ring) < 0.0) != hole {
            ring.reverse();
        }
        for (i, p) in ring.iter().enumerate() {
            let at = narrow(*p);
            self.steps.push(if i == 0 { Step::Move(at) } else { Step::Line(at) });
        }
        self.steps.push(Step::Close);
    }

    /// Everything that was added, in a colour; `None` for nothing.
    pub fn finish(self, color: Rgba) -> Option<PathDrawing> {
        (!self.steps.is_empty()).then_some(PathDrawing::filled(self.steps, color))
    }
}

fn signed_area(ring: &[Point]) -> f64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum()
}
