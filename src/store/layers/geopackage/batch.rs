//! Rows on their way from the database to the layer: the one is read while the other is built.

use rusqlite::types::ValueRef;

/// What the rows tell, in order.
pub enum Told {
    /// Geometries alone.
    Shapes(Batch),
    /// Values alone, of the rows whose geometries were told, in the same order.
    Values(Batch),
    /// Values and geometries.
    Rows(Batch),
    EndOfShapes,
    /// `whole` where nothing ended the values early.
    EndOfValues {
        whole: bool,
    },
}

/// A value as the database has it; of texts and geometries where they end among the bytes.
#[derive(Debug, Clone, Copy)]
enum Cell {
    Null,
    Integer(i64),
    Real(f64),
    Text(usize),
    Blob(usize),
    /// Bytes of a field, which are not kept.
    Bytes,
}

/// Some rows, one after another.
#[derive(Debug, Default)]
pub struct Batch {
    cells: Vec<Cell>,
    bytes: Vec<u8>,
    /// Bytes that are not kept.
    passed: usize,
    rows: usize,
}

impl Batch {
    /// Enough that handing over costs nothing, and so few that memory does not count.
    const ROWS: usize = 1_024;
    const BYTES: usize = 1 << 20;

    /// Adds a value of the row.
    pub fn value(&mut self, value: ValueRef<'_>) {
        let cell = match value {
            ValueRef::Blob(blob) => {
                self.passed += blob.len();
                Cell::Bytes
            }
            other => self.cell(other),
        };
        self.cells.push(cell);
    }

    /// Adds the geometry of the row.
    pub fn shape(&mut self, value: ValueRef<'_>) {
        let cell = self.cell(value);
        self.cells.push(cell);
    }

    fn cell(&mut self, value: ValueRef<'_>) -> Cell {
        match value {
            ValueRef::Null => Cell::Null,
            ValueRef::Integer(n) => Cell::Integer(n),
            ValueRef::Real(n) => Cell::Real(n),
            ValueRef::Text(text) => {
                self.bytes.extend_from_slice(text);
                Cell::Text(self.bytes.len())
            }
            ValueRef::Blob(blob) => {
                self.bytes.extend_from_slice(blob);
                Cell::Blob(self.bytes.len())
            }
        }
    }

    pub const fn end_row(&mut self) {
        self.rows += 1;
    }

    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// Bytes of its texts and geometries.
    pub const fn bytes(&self) -> usize {
        self.bytes.len() + self.passed
    }

    pub const fn is_full(&self) -> bool {
        self.rows >= Self::ROWS || self.bytes.len() >= Self::BYTES
    }

    /// The cells of its rows, one after another; bytes of a field are an empty blob.
    pub fn cells(&self) -> impl Iterator<Item = ValueRef<'_>> {
        let mut from = 0;
        self.cells.iter().map(move |cell| match cell {
            Cell::Null => ValueRef::Null,
            Cell::Integer(n) => ValueRef::Integer(*n),
            Cell::Real(n) => ValueRef::Real(*n),
            Cell::Text(to) => {
                let from = std::mem::replace(&mut from, *to);
                ValueRef::Text(self.bytes.get(from..*to).unwrap_or_default())
            }
            Cell::Blob(to) => {
                let from = std::mem::replace(&mut from, *to);
                ValueRef::Blob(self.bytes.get(from..*to).unwrap_or_default())
            }
            Cell::Bytes => ValueRef::Blob(&[]),
        })
    }
}
