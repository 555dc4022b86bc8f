//! The rows of a layer counted through all its chunks, as a table shows them.

use std::sync::atomic::{AtomicBool, Ordering};

use super::{Bits, Condition, Layer, Selected, Value, grid::Boxes};
use crate::geo::MercatorExtent;

impl Layer {
    /// The chunk of a row, and its place in that.
    pub fn place_of(&self, row: u32) -> Option<(usize, usize)> {
        let mut rest = row as usize;
        for (i, chunk) in self.chunks.iter().enumerate() {
            let own = chunk.shapes.len();
            if rest < own {
                return Some((i, rest));
            }
            rest -= own;
        }
        None
    }

    /// The number of a row of a chunk; `None` where there is none, or more than 32 bits count.
    pub fn row_at(&self, chunk: usize, row: usize) -> Option<u32> {
        let own = self.chunks.get(chunk)?.shapes.len();
        let before: usize = self.chunks.iter().take(chunk).map(|chunk| chunk.shapes.len()).sum();
        (row < own).then_some(before + row).and_then(|row| u32::try_from(row).ok())
    }

    /// The value of a row; missing while it is not read yet.
    pub fn value(&self, row: u32, field: usize) -> Value<'_> {
        let place = self.place_of(row).and_then(|(i, row)| Some((self.tables.get(i)?, row)));
        place.map_or(Value::Missing, |(table, row)| table.value(row, field))
    }

    /// The box around a feature; `None` for one without a place.
    pub fn extent_of(&self, chunk: usize, row: usize) -> Option<MercatorExtent> {
        let shapes = &self.chunks.get(chunk)?.shapes;
        if row < shapes.len() { Boxes(shapes).of(row) } else { None }
    }

    /// The box around features. It looks at each of their corners, and stops when it is told to.
    pub fn extent_of_rows(&self, rows: &[Bits], stop: &AtomicBool) -> Option<MercatorExtent> {
        let mut all: Option<MercatorExtent> = None;
        for (chunk, bits) in self.chunks.iter().zip(rows) {
            if stop.load(Ordering::Relaxed) {
                return None;
            }
            let own = bits.rows().filter_map(|row| Boxes(&chunk.shapes).of(row));
            all = own.chain(all).reduce(MercatorExtent::union);
        }
        all
    }

    /// The features of which a condition holds.
    pub fn rows_where(&self, condition: &Condition) -> Selected {
        let chunks = self.chunks.iter().enumerate();
        chunks
            .map(|(i, chunk)| {
                let mut rows = Bits::none(chunk.shapes.len());
                (0..chunk.shapes.len())
                    .filter(|row| condition.holds(self, i, *row))
                    .for_each(|row| rows.insert(row));
                rows
            })
            .collect()
    }
}
