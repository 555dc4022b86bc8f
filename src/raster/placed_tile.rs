//! An archive's tile at its place in a picture.

use std::sync::Arc;

use super::{
    clip::{Rect, Run, clip_line},
    coverage::Px,
    frame::Frame,
    vector_tile::{TileLine, VectorTile},
};
use crate::units::Mercator;

/// A decoded tile and where it lies.
pub struct PlacedTile {
    pub tile: Arc<VectorTile>,
    /// Where it lies in the picture; neighbours share their edges to the last bit.
    rect: Rect,
}

impl PlacedTile {
    pub fn new(tile: Arc<VectorTile>, z: u8, x: u32, y: u32, frame: &Frame) -> Self {
        let tiles = f64::from(z).exp2();
        let corner = |x: u32, y: u32| {
            frame.to_px(Mercator { x: f64::from(x) / tiles, y: f64::from(y) / tiles })
        };
        let rect = Rect::new(corner(x, y), corner(x + 1, y + 1));
        Self { tile, rect }
    }

    pub fn to_px(&self, p: [f32; 2]) -> Px {
        let Rect { min, max } = self.rect;
        [0, 1].map(|i: usize| min[i] + (max[i] - min[i]) * f64::from(p[i]))
    }

    pub fn points(&self, line: &TileLine) -> Vec<Px> {
        line.points.iter().map(|p| self.to_px(*p)).collect()
    }

    pub fn is_near(&self, line: &TileLine, reach: &Rect) -> bool {
        let [min, max] = line.bounds;
        Rect::new(self.to_px(min), self.to_px(max)).overlaps(reach)
    }

    /// The parts of a line inside this tile.
    pub fn pieces(&self, line: &TileLine, reach: &Rect) -> Vec<Run> {
        if self.is_near(line, reach) { clip_line(&self.points(line), &self.rect) } else { vec![] }
    }
}
