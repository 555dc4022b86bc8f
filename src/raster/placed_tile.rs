//! An archive's tile at its place in a picture.

use std::sync::Arc;

use super::{
    clip::{Rect, Run, clip_line, clip_ring},
    coverage::Px,
    frame::Frame,
};
use crate::basemap::{Cover, VectorTile, corners, tile::TileLine};

/// A decoded tile, where it lies, and which part of it is drawn.
pub struct PlacedTile {
    pub tile: Arc<VectorTile>,
    /// Where it lies in the picture; neighbours share their edges to the last bit.
    rect: Rect,
    /// The part that is drawn.
    part: Rect,
    whole: bool,
}

impl PlacedTile {
    pub fn new(cover: Cover, frame: &Frame) -> Self {
        let placed = |key| {
            let (min, max) = corners(key);
            Rect::new(frame.to_px(min), frame.to_px(max))
        };
        let whole = cover.key == cover.part;
        Self { rect: placed(cover.key), part: placed(cover.part), whole, tile: cover.tile }
    }

    fn to_px(&self, p: [f32; 2]) -> Px {
        let Rect { min, max } = self.rect;
        [0, 1].map(|i: usize| min[i] + (max[i] - min[i]) * f64::from(p[i]))
    }

    fn points(&self, line: &TileLine) -> Vec<Px> {
        line.points.iter().map(|p| self.to_px(*p)).collect()
    }

    /// A ring of an area; of a part only what lies in it.
    pub fn ring(&self, ring: &TileLine) -> Vec<Px> {
        let points = self.points(ring);
        if self.whole { points } else { clip_ring(&points, &self.part) }
    }

    pub fn is_near(&self, line: &TileLine, reach: &Rect) -> bool {
        let [min, max] = line.bounds;
        let bounds = Rect::new(self.to_px(min), self.to_px(max));
        bounds.overlaps(reach) && bounds.overlaps(&self.part)
    }

    /// The parts of a line inside this tile.
    pub fn pieces(&self, line: &TileLine, reach: &Rect) -> Vec<Run> {
        if self.is_near(line, reach) { clip_line(&self.points(line), &self.part) } else { vec![] }
    }
}
