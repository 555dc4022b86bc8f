//! The way into another datum's plane, fast enough for every vertex of a map.

use super::{
    datum::{Datum, mercator_from_wgs84, mercator_to_wgs84},
    mercator::MercatorExtent,
};
use crate::units::Mercator;

/// Nodes along each side at the most: what is wider than a city is exact to metres, which at such
/// scales is less than a pixel.
const MOST_NODES: usize = 192;
/// Edge of a cell, unit Mercator: 0.003° of longitude. The shortest wave of all is BD-09's, 0.12° long
/// and 39 m high: halfway between two nodes a straight line misses it by `39 m · (2π · 0.003 / 0.12)²
/// / 8` = 0.12 m. GCJ-02's are longer and lower: 0.02 m.
const CELL_UNITS: f64 = 0.003 / 360.0;

/// From true positions in unit Mercator to the plane of a datum's tiles.
///
/// ```
/// use jintu::{
///     geo::{Datum, MercatorExtent, Shift, geodesic, mercator},
///     units::LonLat,
/// };
///
/// let plane = |lon, lat| mercator::from_lon_lat(LonLat::new(lon, lat));
/// let view = MercatorExtent { min: plane(112.3, 38.0), max: plane(112.8, 37.7) };
/// let shift = Shift::new(Datum::Gcj02, &view);
/// let p = LonLat::new(112.5489, 37.8706);
/// let fast = mercator::to_lon_lat(shift.forward(mercator::from_lon_lat(p)));
/// assert!(geodesic::distance_m(fast, Datum::Gcj02.from_wgs84(p)) < 0.15);
/// ```
#[derive(Debug, Clone)]
pub struct Shift {
    datum: Datum,
    grid: Option<Grid>,
}

#[derive(Debug, Clone)]
struct Grid {
    min: Mercator,
    per_unit: f64,
    columns: usize,
    rows: usize,
    /// What is added at each node, row by row.
    offsets: Vec<[f64; 2]>,
}

impl Shift {
    /// Exact at the nodes of a grid over the extent and linear between; exact outside it.
    pub fn new(datum: Datum, extent: &MercatorExtent) -> Self {
        let grid = datum.is_shifted().then(|| Grid::new(datum, extent)).flatten();
        Self { datum, grid }
    }

    /// A true position in the datum's plane.
    pub fn forward(&self, p: Mercator) -> Mercator {
        match &self.grid {
            Some(grid) => match grid.offset(p) {
                Some([x, y]) => Mercator { x: p.x + x, y: p.y + y },
                None => mercator_from_wgs84(self.datum, p),
            },
            None => mercator_from_wgs84(self.datum, p),
        }
    }

    /// The true position of a place in the datum's plane. Exact.
    pub fn inverse(&self, p: Mercator) -> Mercator {
        mercator_to_wgs84(self.datum, p)
    }
}

impl Grid {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "bounded by MOST_NODES"
    )]
    fn new(datum: Datum, extent: &MercatorExtent) -> Option<Self> {
        let (width, height) = (extent.max.x - extent.min.x, extent.max.y - extent.min.y);
        let longer = width.max(height);
        if !longer.is_finite() || width <= 0.0 || height <= 0.0 {
            return None;
        }
        let cell = CELL_UNITS.max(longer / (MOST_NODES - 2) as f64);
        let nodes = |length: f64| ((length / cell).ceil() as usize + 1).clamp(2, MOST_NODES);
        let (columns, rows) = (nodes(width), nodes(height));
        let mut offsets = Vec::with_capacity(columns * rows);
        for row in 0..rows {
            for column in 0..columns {
                let p = Mercator {
                    x: extent.min.x + column as f64 * cell,
                    y: extent.min.y + row as f64 * cell,
                };
                let q = mercator_from_wgs84(datum, p);
                offsets.push([q.x - p.x, q.y - p.y]);
            }
        }
        Some(Self { min: extent.min, per_unit: 1.0 / cell, columns, rows, offsets })
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked against the grid"
    )]
    #[expect(clippy::many_single_char_names, reason = "the four corners of a cell")]
    fn offset(&self, p: Mercator) -> Option<[f64; 2]> {
        let (x, y) = ((p.x - self.min.x) * self.per_unit, (p.y - self.min.y) * self.per_unit);
        let inside =
            x >= 0.0 && y >= 0.0 && x < (self.columns - 1) as f64 && y < (self.rows - 1) as f64;
        if !inside {
            return None;
        }
        let (column, row) = (x as usize, y as usize);
        let (s, t) = (x - column as f64, y - row as f64);
        let first = row * self.columns + column;
        let [a, b] = [self.offsets.get(first)?, self.offsets.get(first + 1)?];
        let below = first + self.columns;
        let [c, d] = [self.offsets.get(below)?, self.offsets.get(below + 1)?];
        let mix = |i: usize| {
            (a[i] * (1.0 - s) + b[i] * s) * (1.0 - t) + (c[i] * (1.0 - s) + d[i] * s) * t
        };
        Some([mix(0), mix(1)])
    }
}
