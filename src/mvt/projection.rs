//! From the units of a tile to pixels of the tile shown, and to the world.

use super::shape::Point;

/// The deepest zoom level whose tile numbers fit.
pub const DEEPEST: u8 = 30;

/// Where the data of a tile comes to lie on a picture of it or of a part of it.
#[derive(Debug, Clone, Copy)]
pub struct Projection {
    data: (u8, u32, u32),
    shown: (u8, u32, u32),
    size: f64,
}

impl Projection {
    /// `None` when a tile does not exist, or the shown one is no part of the data's.
    pub fn new(data: (u8, u32, u32), shown: (u8, u32, u32), size_px: u32) -> Option<Self> {
        let exists = |(z, x, y): (u8, u32, u32)| z <= DEEPEST && x < (1 << z) && y < (1 << z);
        if !exists(data) || !exists(shown) {
            return None;
        }
        let deeper = shown.0.checked_sub(data.0)?;
        let part = shown.1 >> deeper == data.1 && shown.2 >> deeper == data.2;
        part.then_some(Self { data, shown, size: f64::from(size_px) })
    }

    /// Pixels from the north-west corner of the tile shown.
    pub fn pixels(&self, point: &Point, extent: u32) -> Point {
        let deeper = self.shown.0 - self.data.0;
        let scale = f64::from(1_u32 << deeper);
        let first = [self.data.1 << deeper, self.data.2 << deeper];
        let at = |v: f64, shown: u32, first: u32| {
            (v / f64::from(extent) * scale - f64::from(shown - first)) * self.size
        };
        [at(point[0], self.shown.1, first[0]), at(point[1], self.shown.2, first[1])]
    }

    /// A position in the world, 0..1 from west to east and from north to south; `None` for one
    /// outside the tile shown, which its neighbour has as well.
    pub fn world(&self, point: &Point, extent: u32) -> Option<Point> {
        let inside = |v: &f64| (0.0..self.size).contains(v);
        if !self.pixels(point, extent).iter().all(inside) {
            return None;
        }
        let tiles = f64::from(1_u32 << self.data.0);
        let at = |v: f64, tile: u32| (f64::from(tile) + v / f64::from(extent)) / tiles;
        Some([at(point[0], self.data.1), at(point[1], self.data.2)])
    }
}
