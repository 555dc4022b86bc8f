//! Which cells of a frame have something already.

use super::frame::Frame;
use crate::{geo::clip::share_inside, units::Mercator};

/// Cells of the frame, each free or taken.
pub(super) struct Cells {
    taken: Vec<u64>,
    from: [f32; 2],
    columns: usize,
    rows: usize,
    per_pt: f32,
}

impl Cells {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "some thousands of points"
    )]
    pub fn new(frame: &Frame, cell_pt: f32) -> Self {
        const MOST: usize = 8192;
        let place = |p: Mercator| {
            [
                ((p.x - frame.center.x) * frame.scale) as f32 - 16.0,
                ((p.y - frame.center.y) * frame.scale) as f32 - 16.0,
            ]
        };
        let (from, to) = (place(frame.extent.min), place(frame.extent.max));
        let count =
            |i: usize| (((to[i] - from[i] + 32.0) / cell_pt).ceil() as usize).clamp(1, MOST);
        let (columns, rows) = (count(0), count(1));
        let taken = vec![0; (columns * rows).div_ceil(64)];
        Self { taken, from, columns, rows, per_pt: 1.0 / cell_pt }
    }

    /// Takes the cell of a position. Says whether it was free.
    pub fn take(&mut self, at: [f32; 2]) -> bool {
        let Some(cell) = self.cell(at) else { return false };
        let Some(word) = self.taken.get_mut(cell / 64) else { return false };
        let bit = 1 << (cell % 64);
        let free = *word & bit == 0;
        *word |= bit;
        free
    }

    /// Takes the cells along a segment. Says whether any was free.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded")]
    pub fn pass(&mut self, a: [f32; 2], b: [f32; 2]) -> bool {
        let Some((a, b)) = self.clipped(a, b) else { return false };
        let longer = (b[0] - a[0]).abs().max((b[1] - a[1]).abs()) * self.per_pt;
        let steps = (longer.ceil() as usize).clamp(1, 16_384);
        let mut any = false;
        for i in 0..=steps {
            let t = i as f32 / steps as f32;
            any |= self.take([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]);
        }
        any
    }

    pub fn sees(&self, a: [f32; 2], b: [f32; 2]) -> bool {
        self.clipped(a, b).is_some()
    }

    /// The part of a segment inside the frame.
    fn clipped(&self, a: [f32; 2], b: [f32; 2]) -> Option<([f32; 2], [f32; 2])> {
        let end = [
            self.from[0] + self.columns as f32 / self.per_pt,
            self.from[1] + self.rows as f32 / self.per_pt,
        ];
        let wide = |p: [f32; 2]| p.map(f64::from);
        let (from, to) = share_inside(wide(a), wide(b), wide(self.from), wide(end))?;
        #[expect(clippy::cast_possible_truncation, reason = "points are f32 by design")]
        let at = |t: f64| [0, 1].map(|i: usize| a[i] + (b[i] - a[i]) * t as f32);
        Some((at(from), at(to)))
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked")]
    fn cell(&self, at: [f32; 2]) -> Option<usize> {
        let (x, y) = ((at[0] - self.from[0]) * self.per_pt, (at[1] - self.from[1]) * self.per_pt);
        if x < 0.0 || y < 0.0 || x >= self.columns as f32 || y >= self.rows as f32 {
            return None;
        }
        Some(y as usize * self.columns + x as usize)
    }
}
