//! A tile's place in the grid, and in the order in which an archive keeps its tiles.

use crate::units::Mercator;

/// A tile by zoom, column from the west and row from the north (the XYZ order).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TileId {
    pub z: u8,
    pub x: u32,
    pub y: u32,
}

impl TileId {
    /// The tile at a position; the nearest one of the world.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    pub fn at(z: u8, place: Mercator) -> Self {
        let tiles = f64::from(z.min(MAX_ZOOM)).exp2();
        let cell = |v: f64| (v.clamp(0.0, 1.0) * tiles).floor().min(tiles - 1.0) as u32;
        Self { z, x: cell(place.x), y: cell(place.y) }
    }

    /// Its north-western corner.
    pub fn corner(self) -> Mercator {
        let tiles = f64::from(self.z).exp2();
        Mercator { x: f64::from(self.x) / tiles, y: f64::from(self.y) / tiles }
    }

    /// The four tiles below.
    #[must_use]
    pub fn children(self) -> [Self; 4] {
        [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(x, y)| Self {
            z: self.z.saturating_add(1),
            x: self.x.saturating_mul(2).saturating_add(x),
            y: self.y.saturating_mul(2).saturating_add(y),
        })
    }
}

/// Deep enough for any map and safe for the arithmetic of [`tile_id`].
pub const MAX_ZOOM: u8 = 24;

/// Position of a tile in the archive's order: all lower zooms, then along a Hilbert curve.
/// `None` where there is no such tile.
///
/// Curve after the `PMTiles` specification.
#[must_use]
pub fn tile_id(z: u8, x: u32, y: u32) -> Option<u64> {
    if z > MAX_ZOOM || x >= 1 << z || y >= 1 << z {
        return None;
    }
    let lower_zooms = ((1_u64 << (2 * u32::from(z))) - 1) / 3;
    let (mut x, mut y) = (u64::from(x), u64::from(y));
    let mut id = lower_zooms;
    for bit in (0..z).rev() {
        let side = 1_u64 << bit;
        let right = u64::from(x & side > 0);
        let below = u64::from(y & side > 0);
        id += side * side * ((3 * right) ^ below);
        if below == 0 {
            if right == 1 {
                x = (side - 1).wrapping_sub(x) & (side - 1);
                y = (side - 1).wrapping_sub(y) & (side - 1);
            }
            (x, y) = (y, x);
        }
    }
    Some(id)
}
