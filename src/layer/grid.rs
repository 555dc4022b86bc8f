//! Which rows of a chunk lie where: a grid of cells over the boxes' centres.
//!
//! A row is in the cell of its box's centre, and a search is widened by half the largest box: a
//! “loose” grid. It is built in two passes without sorting, takes two bytes a row, and a search
//! tests the boxes, so that it is exact. Packed R-trees were measured to build ten times slower
//! for the same answers at these sizes.

use super::{Kind, Shapes};
use crate::{geo::MercatorExtent, units::Mercator};

/// The cells of a chunk.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    extent: MercatorExtent,
    side: usize,
    per_x: f64,
    per_y: f64,
    /// Half the largest box.
    reach: [f64; 2],
    starts: Vec<u32>,
    rows: Vec<u16>,
}

impl Grid {
    /// Indexes the features that have a place; `None` where none has.
    #[expect(clippy::cast_possible_truncation, reason = "a chunk has at most 65 536 rows")]
    pub fn build(shapes: &Shapes) -> Option<Self> {
        let boxes = Boxes(shapes);
        let mut around: Option<MercatorExtent> = None;
        let mut reach = [0.0_f64; 2];
        for row in 0..shapes.len() {
            let Some(own) = boxes.of(row) else { continue };
            reach = [
                reach[0].max((own.max.x - own.min.x) / 2.0),
                reach[1].max((own.max.y - own.min.y) / 2.0),
            ];
            around = Some(around.map_or(own, |all| all.union(own)));
        }
        let extent = around?;
        // About sixteen rows a cell.
        #[allow(clippy::cast_sign_loss)]
        let side = ((shapes.len() as f64 / 16.0).sqrt().ceil() as usize).clamp(1, 128);
        let per = |from: f64, to: f64| if to > from { side as f64 / (to - from) } else { 0.0 };
        let mut grid = Self {
            extent,
            side,
            per_x: per(extent.min.x, extent.max.x),
            per_y: per(extent.min.y, extent.max.y),
            reach,
            starts: vec![0; side * side + 1],
            rows: Vec::new(),
        };
        let cells: Vec<u16> = (0..shapes.len())
            .map(|row| boxes.of(row).map_or(u16::MAX, |own| grid.cell_of(center(&own)) as u16))
            .collect();
        for cell in cells.iter().filter(|cell| **cell != u16::MAX) {
            if let Some(count) = grid.starts.get_mut(usize::from(*cell) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut grid.starts {
            sum += *start;
            *start = sum;
        }
        let mut next = grid.starts.clone();
        grid.rows = vec![0; sum as usize];
        for (row, cell) in cells.iter().enumerate().filter(|(_, cell)| **cell != u16::MAX) {
            if let Some(at) = next.get_mut(usize::from(*cell)) {
                if let Some(slot) = grid.rows.get_mut(*at as usize) {
                    *slot = row as u16;
                }
                *at += 1;
            }
        }
        Some(grid)
    }

    /// What all rows lie in.
    pub const fn extent(&self) -> &MercatorExtent {
        &self.extent
    }

    /// Calls with each row whose box meets the extent.
    pub fn in_extent(
        &self,
        shapes: &Shapes,
        wanted: &MercatorExtent,
        found: &mut dyn FnMut(usize),
    ) {
        let boxes = Boxes(shapes);
        self.cells(wanted, &mut |_, rows| {
            for row in rows {
                let row = usize::from(*row);
                if boxes.of(row).is_some_and(|own| own.intersects(wanted)) {
                    found(row);
                }
            }
        });
    }

    /// Calls with the box and the rows of each cell that may have something of the extent. The box
    /// holds the centres of the rows.
    pub fn cells(&self, wanted: &MercatorExtent, found: &mut dyn FnMut(&MercatorExtent, &[u16])) {
        let [rx, ry] = self.reach;
        let misses = wanted.max.x + rx < self.extent.min.x
            || wanted.min.x - rx > self.extent.max.x
            || wanted.max.y + ry < self.extent.min.y
            || wanted.min.y - ry > self.extent.max.y;
        if misses {
            return;
        }
        let (x0, y0) = self.column_row(Mercator { x: wanted.min.x - rx, y: wanted.min.y - ry });
        let (x1, y1) = self.column_row(Mercator { x: wanted.max.x + rx, y: wanted.max.y + ry });
        for y in y0..=y1 {
            for x in x0..=x1 {
                let cell = y * self.side + x;
                let (Some(from), Some(to)) = (self.starts.get(cell), self.starts.get(cell + 1))
                else {
                    continue;
                };
                let rows = self.rows.get(*from as usize..*to as usize).unwrap_or_default();
                if !rows.is_empty() {
                    found(&self.cell_box(x, y), rows);
                }
            }
        }
    }

    fn cell_box(&self, x: usize, y: usize) -> MercatorExtent {
        let at = |i: usize, from: f64, to: f64| from + (to - from) * i as f64 / self.side as f64;
        let MercatorExtent { min, max } = self.extent;
        // A little more, so that rounding loses no centre at the edge.
        let slack = ((max.x - min.x) + (max.y - min.y)) * 1e-9;
        MercatorExtent {
            min: Mercator { x: at(x, min.x, max.x) - slack, y: at(y, min.y, max.y) - slack },
            max: Mercator {
                x: at(x + 1, min.x, max.x) + slack,
                y: at(y + 1, min.y, max.y) + slack,
            },
        }
    }

    fn cell_of(&self, p: Mercator) -> usize {
        let (x, y) = self.column_row(p);
        y * self.side + x
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the grid"
    )]
    fn column_row(&self, p: Mercator) -> (usize, usize) {
        let last = (self.side - 1) as f64;
        let x = ((p.x - self.extent.min.x) * self.per_x).clamp(0.0, last) as usize;
        let y = ((p.y - self.extent.min.y) * self.per_y).clamp(0.0, last) as usize;
        (x, y)
    }
}

fn center(own: &MercatorExtent) -> Mercator {
    Mercator { x: f64::midpoint(own.min.x, own.max.x), y: f64::midpoint(own.min.y, own.max.y) }
}

/// The boxes of a chunk's features.
pub(super) struct Boxes<'a>(pub &'a Shapes);

impl Boxes<'_> {
    /// `None` for what has no place.
    pub fn of(&self, row: usize) -> Option<MercatorExtent> {
        let shapes = self.0;
        if shapes.kind(row) == Kind::None {
            return None;
        }
        if shapes.only_points() {
            let p = *shapes.positions.get(row)?;
            return Some(MercatorExtent { min: p, max: p });
        }
        let mut around: Option<MercatorExtent> = None;
        for part in shapes.parts_of(row) {
            for p in shapes.part(part) {
                let own = MercatorExtent { min: *p, max: *p };
                around = Some(around.map_or(own, |all| all.union(own)));
            }
        }
        around
    }
}
