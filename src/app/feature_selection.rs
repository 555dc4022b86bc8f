//! Which features of a layer are selected.

use std::sync::Arc;

use super::layer_order::position_of;
use crate::layer::{Bits, Layer, Selected};

/// What a click on a row, or a step to one, does to the selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// This one only.
    Only,
    /// This one too, or no longer.
    Toggle,
    /// All from the one before up to this.
    Through,
}

/// Selected features: a bit for each row.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    rows: Arc<Selected>,
    count: usize,
    /// From where rows are selected up to another.
    anchor: Option<u32>,
    /// The row that the keys go on from.
    cursor: Option<u32>,
    /// Counts changes.
    revision: u64,
}

/// The rows of a table in its order: `None` for all as in the file.
pub type RowOrder = Option<Arc<Vec<u32>>>;

impl Selection {
    /// By chunk; a chunk that is not there has none.
    pub const fn rows(&self) -> &Arc<Selected> {
        &self.rows
    }

    pub const fn count(&self) -> usize {
        self.count
    }

    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub const fn cursor(&self) -> Option<u32> {
        self.cursor
    }

    /// Grows with each change.
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    pub fn contains(&self, chunk: usize, row: usize) -> bool {
        self.rows.get(chunk).is_some_and(|bits| bits.contains(row))
    }

    /// Picks a row of a layer whose table has this order.
    pub fn pick(&mut self, layer: &Layer, order: &RowOrder, row: u32, how: Pick) {
        let Some(place) = layer.place_of(row) else { return };
        match how {
            Pick::Only => {
                self.begin(layer);
                self.set(place, true);
                self.anchor = Some(row);
            }
            Pick::Toggle => {
                self.fit(layer);
                let is_in = self.contains(place.0, place.1);
                self.set(place, !is_in);
                self.anchor = Some(row);
            }
            Pick::Through => {
                let anchor = self.anchor.unwrap_or(row);
                self.through(layer, order, anchor, row);
                self.anchor = Some(anchor);
            }
        }
        self.cursor = Some(row);
        self.revision += 1;
    }

    /// Selects these rows, or all.
    pub fn all(&mut self, layer: &Layer, passed: Option<&Arc<Selected>>) {
        let every = || layer.chunks.iter().map(|chunk| Bits::all(chunk.shapes.len())).collect();
        self.rows = passed.cloned().unwrap_or_else(|| Arc::new(every()));
        self.recount();
    }

    /// Nothing is selected any more; the keys go on from where they were.
    pub fn clear(&mut self) {
        self.rows = Arc::default();
        self.anchor = None;
        self.recount();
    }

    /// What a filter hides is not selected any more.
    pub fn keep(&mut self, passed: &Selected) {
        if self.is_empty() {
            return;
        }
        let rows = Arc::make_mut(&mut self.rows);
        let none = Bits::default();
        for (i, own) in rows.iter_mut().enumerate() {
            own.intersect(passed.get(i).unwrap_or(&none));
        }
        self.recount();
    }

    /// From one row to another, as the table shows them.
    fn through(&mut self, layer: &Layer, order: &RowOrder, from: u32, to: u32) {
        let places = (position_of(order.as_ref(), from), position_of(order.as_ref(), to));
        let (first, last) = match places {
            (Some(from), Some(to)) => (from.min(to), from.max(to)),
            // The filter hides where it began.
            (None, Some(to)) => (to, to),
            (_, None) => return,
        };
        self.begin(layer);
        match order {
            None => {
                let rows = u32::try_from(first).ok().zip(u32::try_from(last).ok());
                for row in rows.into_iter().flat_map(|(a, b)| a..=b) {
                    self.add(layer, row);
                }
            }
            Some(order) => {
                let rows = order.get(first..=last).unwrap_or_default();
                for row in rows {
                    self.add(layer, *row);
                }
            }
        }
    }

    fn add(&mut self, layer: &Layer, row: u32) {
        if let Some(place) = layer.place_of(row) {
            self.set(place, true);
        }
    }

    fn begin(&mut self, layer: &Layer) {
        self.rows = Arc::default();
        self.count = 0;
        self.fit(layer);
    }

    /// Room for every row that has been read.
    fn fit(&mut self, layer: &Layer) {
        let rows = Arc::make_mut(&mut self.rows);
        let missing = layer.chunks.iter().skip(rows.len());
        rows.extend(missing.map(|chunk| Bits::none(chunk.shapes.len())));
    }

    fn set(&mut self, (chunk, row): (usize, usize), on: bool) {
        let Some(bits) = Arc::make_mut(&mut self.rows).get_mut(chunk) else { return };
        match (bits.contains(row), on) {
            (false, true) => {
                bits.insert(row);
                self.count += 1;
            }
            (true, false) => {
                bits.remove(row);
                self.count -= 1;
            }
            _ => {}
        }
    }

    fn recount(&mut self) {
        self.count = self.rows.iter().map(Bits::count).sum();
        self.revision += 1;
    }
}
