//! An archive's tile at its place on the paper.

use std::sync::Arc;

use super::frame::Frame;
use crate::{
    basemap::{Cover, VectorTile, corners, tile::TileLine},
    geo::plane::{Point, Rect, clip_line, clip_ring},
    units::Mercator,
};

/// A decoded tile, where it lies, and which part of it is drawn.
pub struct PlacedTile<'a> {
    pub tile: Arc<VectorTile>,
    frame: &'a Frame,
    /// Its north-west corner and its side in unit Mercator. Neighbours share their edges to the last
    /// bit: the side is a power of two.
    corner: Mercator,
    side: f64,
    /// The part that is drawn, in the tile's own `[0, 1]²`.
    part: Rect,
    whole: bool,
}

impl<'a> PlacedTile<'a> {
    pub fn new(cover: Cover, frame: &'a Frame) -> Self {
        let (corner, end) = corners(cover.key);
        let (min, max) = corners(cover.part);
        let side = end.x - corner.x;
        let inside = |p: Mercator| [(p.x - corner.x) / side, (p.y - corner.y) / side];
        let whole = cover.key == cover.part;
        Self {
            tile: cover.tile,
            frame,
            corner,
            side,
            part: Rect::new(inside(min), inside(max)),
            whole,
        }
    }

    fn to_pt(&self, [x, y]: Point) -> Point {
        self.frame
            .to_pt(Mercator { x: self.corner.x + self.side * x, y: self.corner.y + self.side * y })
    }

    /// A ring of an area; of a part only what lies in it.
    pub fn ring(&self, ring: &TileLine) -> Vec<Point> {
        let points: Vec<Point> = ring.points.iter().map(|p| p.map(f64::from)).collect();
        let points = if self.whole { points } else { clip_ring(&points, &self.part) };
        points.into_iter().map(|p| self.to_pt(p)).collect()
    }

    /// Whether any of a line can be seen inside `reach`.
    pub fn is_near(&self, line: &TileLine, reach: &Rect) -> bool {
        let [min, max] = line.bounds.map(|corner| corner.map(f64::from));
        let on_paper = Rect::new(self.to_pt(min), self.to_pt(max));
        on_paper.overlaps(reach) && Rect::new(min, max).overlaps(&self.part)
    }

    /// The parts of a line inside this tile.
    pub fn pieces(&self, line: &TileLine, reach: &Rect) -> Vec<Vec<Point>> {
        if !self.is_near(line, reach) {
            return Vec::new();
        }
        let points: Vec<Point> = line.points.iter().map(|p| p.map(f64::from)).collect();
        let runs = clip_line(&points, &self.part);
        runs.into_iter()
            .map(|run| run.points.into_iter().map(|p| self.to_pt(p)).collect())
            .collect()
    }
}
