//! The counties of a layer's features, found once when it is read.

use std::collections::BTreeSet;

use super::{Chunk, Part, PreparedPolygon, codes::Codes, prepared_polygon::meets};
use crate::{geo::MercatorExtent, units::Mercator};

/// No county.
const NONE: u16 = u16::MAX;
/// In the grid: a border passes.
const MIXED: u16 = u16::MAX - 1;

/// Counties by number, ready to say where a position lies.
#[derive(Debug)]
pub struct CountyCodes {
    pub codes: Vec<String>,
    areas: Vec<PreparedPolygon>,
    grid: Option<CodeGrid>,
}

/// Each cell that no border passes has one county for all of it.
#[derive(Debug)]
struct CodeGrid {
    extent: MercatorExtent,
    side: usize,
    cells: Vec<u16>,
}

impl CountyCodes {
    /// Counties with their rings in unit Mercator. Where two overlap, the first has it.
    pub fn new(counties: impl IntoIterator<Item = (String, Vec<Vec<Mercator>>)>) -> Self {
        let (mut codes, mut areas) = (Vec::new(), Vec::new());
        for (code, rings) in counties {
            codes.push(code);
            areas.push(PreparedPolygon::new(rings.iter().map(Vec::as_slice)));
        }
        let mut all = Self { codes, areas, grid: None };
        all.grid = all.paint();
        all
    }

    /// The number of the county that a position lies in.
    pub fn at(&self, p: Mercator) -> Option<u16> {
        let code = match self.grid.as_ref().and_then(|grid| grid.cell(p)) {
            Some(MIXED) => self.exact(p),
            Some(code) => code,
            None => NONE,
        };
        (code != NONE).then_some(code)
    }

    /// The counties of a chunk: of a point the one it lies in, of a line or an area all that it has
    /// a position in, read every few hundred metres along its edges.
    pub fn of(&self, chunk: &Chunk) -> Codes {
        let shapes = &chunk.shapes;
        if shapes.only_points() {
            return Codes::One(
                shapes.positions.iter().map(|p| self.at(*p).unwrap_or(NONE)).collect(),
            );
        }
        let (mut starts, mut codes) = (vec![0], Vec::new());
        let mut own = BTreeSet::new();
        for row in 0..shapes.len() {
            own.clear();
            for part in shapes.parts_of(row) {
                own.extend(shapes.part(part).iter().take(1).filter_map(|p| self.at(*p)));
                if shapes.role(row, part) == Part::Point {
                    own.extend(shapes.part(part).iter().filter_map(|p| self.at(*p)));
                }
                self.along(shapes.edges(row, part), &mut own);
            }
            codes.extend(own.iter().copied());
            starts.push(u32::try_from(codes.len()).unwrap_or(u32::MAX));
        }
        Codes::Several { starts, codes }
    }

    fn along(&self, edges: impl Iterator<Item = (Mercator, Mercator)>, own: &mut BTreeSet<u16>) {
        let step = self.grid.as_ref().map_or(1.0, CodeGrid::step) / 2.0;
        for (a, b) in edges {
            let length = (b.x - a.x).hypot(b.y - a.y);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
            let pieces = (length / step).ceil().clamp(1.0, 4096.0) as u32;
            for i in 1..=pieces {
                let t = f64::from(i) / f64::from(pieces);
                let p = Mercator { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t };
                own.extend(self.at(p));
            }
        }
    }

    fn exact(&self, p: Mercator) -> u16 {
        let found = self.areas.iter().position(|area| area.contains(p));
        found.and_then(|i| u16::try_from(i).ok()).unwrap_or(NONE)
    }

    fn paint(&self) -> Option<CodeGrid> {
        const SIDE: usize = 384;
        let extent =
            self.areas.iter().filter_map(PreparedPolygon::extent).reduce(MercatorExtent::union)?;
        let mut grid = CodeGrid { extent, side: SIDE, cells: vec![NONE; SIDE * SIDE] };
        for area in &self.areas {
            area.each_edge(&mut |a, b| grid.mark(a, b));
        }
        for y in 0..SIDE {
            // Between two marked cells of a row nothing changes.
            let mut known = None;
            for x in 0..SIDE {
                let at = y * SIDE + x;
                if grid.cells.get(at) == Some(&MIXED) {
                    known = None;
                    continue;
                }
                let code = *known.get_or_insert_with(|| self.exact(grid.middle(x, y)));
                if let Some(cell) = grid.cells.get_mut(at) {
                    *cell = code;
                }
            }
        }
        Some(grid)
    }
}

impl CodeGrid {
    fn step(&self) -> f64 {
        (self.extent.max.x - self.extent.min.x) / self.side as f64
    }

    fn cell(&self, p: Mercator) -> Option<u16> {
        if !self.extent.contains(p) {
            return None;
        }
        let (x, y) = self.column_row(p);
        self.cells.get(y * self.side + x).copied()
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the grid"
    )]
    fn column_row(&self, p: Mercator) -> (usize, usize) {
        let MercatorExtent { min, max } = self.extent;
        let last = (self.side - 1) as f64;
        let share = |v: f64, from: f64, to: f64| (v - from) / (to - from) * self.side as f64;
        (
            share(p.x, min.x, max.x).clamp(0.0, last) as usize,
            share(p.y, min.y, max.y).clamp(0.0, last) as usize,
        )
    }

    fn middle(&self, x: usize, y: usize) -> Mercator {
        let cell = self.cell_box(x, y);
        Mercator {
            x: f64::midpoint(cell.min.x, cell.max.x),
            y: f64::midpoint(cell.min.y, cell.max.y),
        }
    }

    fn cell_box(&self, x: usize, y: usize) -> MercatorExtent {
        let MercatorExtent { min, max } = self.extent;
        let at = |i: usize, from: f64, to: f64| from + (to - from) * i as f64 / self.side as f64;
        // Grown a little, so that an edge that runs along a side marks both of its cells.
        let slack = (max.x - min.x) * 1e-9;
        MercatorExtent {
            min: Mercator { x: at(x, min.x, max.x) - slack, y: at(y, min.y, max.y) - slack },
            max: Mercator {
                x: at(x + 1, min.x, max.x) + slack,
                y: at(y + 1, min.y, max.y) + slack,
            },
        }
    }

    /// Marks every cell that an edge touches.
    fn mark(&mut self, a: Mercator, b: Mercator) {
        let (x0, y0) = self.column_row(Mercator { x: a.x.min(b.x), y: a.y.min(b.y) });
        let (x1, y1) = self.column_row(Mercator { x: a.x.max(b.x), y: a.y.max(b.y) });
        for y in y0.saturating_sub(1)..=(y1 + 1).min(self.side - 1) {
            for x in x0.saturating_sub(1)..=(x1 + 1).min(self.side - 1) {
                if meets(a, b, &self.cell_box(x, y))
                    && let Some(cell) = self.cells.get_mut(y * self.side + x)
                {
                    *cell = MIXED;
                }
            }
        }
    }
}
