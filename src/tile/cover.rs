//! Which tiles an area touches, row by row, without making a list of them.

use geo::Coord;

use super::{PackageArea, Refusal, TileSource};
use crate::{
    geo::{
        Datum,
        datum::mercator_from_wgs84,
        mercator::{from_lon_lat, metres_per_unit, to_lon_lat},
    },
    units::{LonLat, Mercator},
};

/// More rows than this are more than anybody should fetch, however narrow they are.
const MOST_ROWS: u64 = 1 << 20;
/// The same for the work of looking: edges times the rows that they cross.
const MOST_STEPS: f64 = 2.0e7;
/// A tile of which only so much is touched is left out: the edge of an area that ends where a tile
/// ends is rounded. In tiles.
const HAIR: f64 = 1e-9;
/// A unit of Mercator is up to this much shorter along the meridian than along the parallel.
const MERIDIAN: f64 = 1.0068;

/// Tiles of one row: its number from the north, and first and last columns, apart and in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub y: u32,
    pub spans: Vec<(u32, u32)>,
}

impl Row {
    /// How many tiles it has.
    pub fn count(&self) -> u64 {
        self.spans.iter().map(|(first, last)| u64::from(last - first) + 1).sum()
    }
}

/// An area in unit Mercator of a source's datum.
pub struct Cover {
    /// For an extent: its north-west and south-east corners.
    extent: Option<[Coord<f64>; 2]>,
    rings: Vec<Vec<Coord<f64>>>,
    lines: Vec<Vec<Coord<f64>>>,
    buffer_m: f64,
}

impl Cover {
    pub fn new(source: &TileSource, area: &PackageArea) -> Self {
        let datum = source.datum;
        let paths = |lines: &[Vec<LonLat>]| lines.iter().map(|l| path(datum, l)).collect();
        let none = || Self { extent: None, rings: vec![], lines: vec![], buffer_m: 0.0 };
        match area {
            PackageArea::Extent(e) => {
                let corners =
                    [LonLat::new(e.west_deg, e.north_deg), LonLat::new(e.east_deg, e.south_deg)];
                let corners = <[_; 2]>::try_from(path(datum, &corners)).ok();
                let sound = |c: &[Coord<f64>; 2]| c[0].x <= c[1].x && c[0].y <= c[1].y;
                Self { extent: corners.filter(sound), ..none() }
            }
            PackageArea::Rings(rings) => Self { rings: paths(rings), ..none() },
            PackageArea::Corridor { lines, buffer_km } => {
                let buffer_m =
                    if buffer_km.is_finite() { buffer_km.max(0.0) * 1000.0 } else { 0.0 };
                Self { lines: paths(lines), buffer_m, ..none() }
            }
        }
    }

    /// The rows of a zoom that have tiles, from the north.
    ///
    /// # Errors
    /// [`Refusal::TooMany`] where even looking would take too long.
    pub fn rows(&self, z: u8) -> Result<Vec<Row>, Refusal> {
        let mut grid = Grid { count: f64::from(z.min(24)).exp2(), spans: Vec::new(), steps: 0.0 };
        if let Some([nw, se]) = self.extent {
            let Some((first, last)) = grid.cells(nw.y, se.y) else { return Ok(Vec::new()) };
            if u64::from(last - first) >= MOST_ROWS {
                return Err(Refusal::TooMany);
            }
            for y in first..=last {
                grid.add(y, nw.x, se.x);
            }
        }
        for ring in &self.rings {
            for (a, b) in edges(ring, true) {
                grid.sweep(a, b, 0.0)?;
            }
            grid.fill(ring);
        }
        for line in &self.lines {
            for (a, b) in edges(line, false) {
                grid.sweep(a, b, self.reach(a).max(self.reach(b)))?;
            }
        }
        Ok(grid.rows())
    }

    /// The buffer in units, for the latitude of a position. Farther from the equator there is less
    /// ground in a unit, so the end nearer to the pole counts, with the buffer itself added.
    fn reach(&self, p: Coord<f64>) -> f64 {
        if self.buffer_m <= 0.0 {
            return 0.0;
        }
        let lat = to_lon_lat(Mercator { x: p.x, y: p.y }).lat_deg.abs();
        let farthest = (lat + self.buffer_m / 110_000.0).min(85.0);
        MERIDIAN * self.buffer_m / metres_per_unit(farthest).max(1.0)
    }
}

fn path(datum: Datum, line: &[LonLat]) -> Vec<Coord<f64>> {
    let place = |p: &LonLat| mercator_from_wgs84(datum, from_lon_lat(*p));
    let finite = |c: &Coord<f64>| c.x.is_finite() && c.y.is_finite();
    line.iter().map(place).map(|m| Coord { x: m.x, y: m.y }).filter(finite).collect()
}

fn edges(path: &[Coord<f64>], closed: bool) -> impl Iterator<Item = (Coord<f64>, Coord<f64>)> + '_ {
    let back = if closed || path.len() == 1 { path.last().zip(path.first()) } else { None };
    path.iter().zip(path.iter().skip(1)).chain(back).map(|(a, b)| (*a, *b))
}

/// Spans being gathered, by row.
struct Grid {
    /// Tiles along an edge of the world.
    count: f64,
    spans: Vec<(u32, (u32, u32))>,
    steps: f64,
}

impl Grid {
    /// The numbers of the tiles between two places of one axis; `None` outside of the world.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held on the grid")]
    fn cells(&self, from: f64, to: f64) -> Option<(u32, u32)> {
        if !(from < 1.0 && to >= 0.0 && from <= to) {
            return None;
        }
        let on_grid = |cell: f64| cell.clamp(0.0, self.count - 1.0) as u32;
        let first = on_grid((from * self.count + HAIR).floor());
        let last = on_grid((to * self.count - HAIR).ceil() - 1.0);
        Some((first, last.max(first)))
    }

    fn add(&mut self, y: u32, west: f64, east: f64) {
        if let Some(span) = self.cells(west, east) {
            self.spans.push((y, span));
        }
    }

    /// All that lies within `reach` of a segment.
    fn sweep(&mut self, a: Coord<f64>, b: Coord<f64>, reach: f64) -> Result<(), Refusal> {
        let Some((first, last)) = self.cells(a.y.min(b.y) - reach, a.y.max(b.y) + reach) else {
            return Ok(());
        };
        self.steps += f64::from(last - first) + 1.0;
        if self.steps > MOST_STEPS {
            return Err(Refusal::TooMany);
        }
        let mirrored = |c: Coord<f64>| Coord { x: -c.x, y: c.y };
        for y in first..=last {
            let band = (f64::from(y) / self.count, (f64::from(y) + 1.0) / self.count);
            let east = eastmost(a, b, reach, band);
            let west = -eastmost(mirrored(a), mirrored(b), reach, band);
            self.add(y, west, east);
        }
        Ok(())
    }

    /// What a ring encloses, by the even-odd rule along the middle of each row. Where an edge
    /// crosses a row elsewhere, the sweep has the tiles.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held on the grid")]
    fn fill(&mut self, ring: &[Coord<f64>]) {
        let mut crossings: Vec<(u32, f64)> = Vec::new();
        for (a, b) in edges(ring, true) {
            let (north, south) = if a.y < b.y { (a, b) } else { (b, a) };
            // Rows whose middle is in [north, south).
            let row = |y: f64| (y * self.count - 0.5).ceil().clamp(0.0, self.count) as u32;
            for y in row(north.y)..row(south.y) {
                let share = ((f64::from(y) + 0.5) / self.count - north.y) / (south.y - north.y);
                crossings.push((y, north.x + share * (south.x - north.x)));
            }
        }
        crossings.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        for pair in crossings.chunks_exact(2) {
            if let [(y, west), (also, east)] = pair
                && y == also
            {
                self.add(*y, *west, *east);
            }
        }
    }

    /// Spans that meet become one.
    fn rows(mut self) -> Vec<Row> {
        self.spans.sort_unstable();
        let mut rows: Vec<Row> = Vec::new();
        for (y, (first, last)) in self.spans {
            match rows.last_mut().filter(|row| row.y == y) {
                None => rows.push(Row { y, spans: vec![(first, last)] }),
                Some(row) => {
                    match row.spans.last_mut().filter(|s| first <= s.1.saturating_add(1)) {
                        Some(before) => before.1 = before.1.max(last),
                        None => row.spans.push((first, last)),
                    }
                }
            }
        }
        rows
    }
}

/// The largest x of what lies within `reach` of a segment and in a band of y.
///
/// That shape is convex, so its eastern edge is a concave function of y: it is largest in the band at
/// the place nearest to where it is largest of all, the segment's eastern end.
fn eastmost(a: Coord<f64>, b: Coord<f64>, reach: f64, (north, south): (f64, f64)) -> f64 {
    let low = north.max(a.y.min(b.y) - reach);
    let high = south.min(a.y.max(b.y) + reach);
    let peak = if a.x > b.x { a.y } else { b.y };
    let y = peak.max(low).min(high);
    let mut east = f64::NEG_INFINITY;
    for end in [a, b] {
        let half = (reach * reach - (y - end.y) * (y - end.y)).max(0.0).sqrt();
        if (y - end.y).abs() <= reach {
            east = east.max(end.x + half);
        }
    }
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length = dx.hypot(dy);
    if length > 0.0 && dy != 0.0 {
        // The side of the strip that looks east: moved along the normal.
        let (nx, ny) = (dy.abs() / length * reach, -dx * dy.signum() / length * reach);
        let share = (y - a.y - ny) / dy;
        if (0.0..=1.0).contains(&share) {
            east = east.max(a.x + nx + share * dx);
        }
    }
    if east.is_finite() { east } else { a.x.max(b.x) + reach }
}
