//! What the rows tell becomes chunks and tables.

use std::collections::VecDeque;

use rusqlite::types::ValueRef;

use super::{
    super::{Placed, Sink},
    batch::Told,
    contents::Features,
};
use crate::{
    layer::{
        CHUNK_ROWS, Cause, ChunkBuilder, FIRST_CHUNK_ROWS, FieldKind, TableBuilder, Value, wkb,
    },
    units::LonLat,
};

/// A layer that is being built.
pub struct Taken<'a> {
    layer: &'a Features,
    placed: Placed,
    /// The number of the layer and how many there are.
    part: (f32, f32),
    kinds: Vec<Option<FieldKind>>,
    shapes: ChunkBuilder,
    table: TableBuilder,
    /// Rows of the table so far.
    in_table: usize,
    /// Rows of the chunks that have no table yet.
    sizes: VecDeque<usize>,
    is_first: bool,
    /// Values that are bytes, by field.
    blobs: Vec<usize>,
    bad_text: usize,
    lost: usize,
    broken: usize,
}

impl<'a> Taken<'a> {
    pub fn new(layer: &'a Features, placed: Placed, part: (f32, f32)) -> Self {
        let fields = &layer.fields;
        Self {
            layer,
            placed,
            part,
            kinds: fields.iter().map(|field| field.declared).collect(),
            shapes: ChunkBuilder::default(),
            table: TableBuilder::new(fields.len()),
            in_table: 0,
            sizes: VecDeque::new(),
            is_first: true,
            blobs: vec![0; fields.len()],
            bad_text: 0,
            lost: 0,
            broken: 0,
        }
    }

    /// Takes over what the rows tell.
    pub fn take(&mut self, told: &Told, sink: &mut Sink<'_>) {
        match told {
            Told::Shapes(batch) => {
                for raw in batch.cells() {
                    self.shape(raw);
                    if self.shapes.len() >= self.room() {
                        self.close_shapes(sink);
                    }
                }
            }
            Told::Values(batch) => {
                let mut cells = batch.cells();
                for _ in 0..batch.rows() {
                    self.row(&mut cells, sink);
                    if self.sizes.front().is_some_and(|size| self.in_table >= *size) {
                        self.close_table(sink);
                    }
                }
            }
            Told::Rows(batch) => {
                let mut cells = batch.cells();
                for _ in 0..batch.rows() {
                    self.row(&mut cells, sink);
                    self.shape(cells.next().unwrap_or(ValueRef::Null));
                    if self.shapes.len() >= self.room() {
                        self.close_shapes(sink);
                        self.close_table(sink);
                    }
                }
            }
            Told::EndOfShapes => {
                self.close_shapes(sink);
                // Only what came together has values already.
                if self.in_table > 0 {
                    self.close_table(sink);
                }
            }
            Told::EndOfValues { whole } => {
                // Rows whose values are not there any more have none.
                while let Some(size) = self.sizes.front() {
                    (self.in_table..*size).for_each(|_| self.table.end_row());
                    self.close_table(sink);
                    if !whole {
                        break;
                    }
                }
            }
        }
    }

    fn room(&self) -> usize {
        if self.is_first { FIRST_CHUNK_ROWS } else { CHUNK_ROWS }
    }

    /// Takes the values of a row.
    fn row<'b>(&mut self, cells: &mut impl Iterator<Item = ValueRef<'b>>, sink: &mut Sink<'_>) {
        for (field, raw) in (0..self.kinds.len()).zip(cells) {
            self.value(field, raw, sink);
        }
        self.table.end_row();
        self.in_table += 1;
    }

    fn value(&mut self, field: usize, raw: ValueRef<'_>, sink: &mut Sink<'_>) {
        let Some(kind) = self.kinds.get_mut(field) else { return };
        let lossy;
        let value = match raw {
            ValueRef::Null => return,
            ValueRef::Blob(_) => {
                if let Some(count) = self.blobs.get_mut(field) {
                    *count += 1;
                }
                return;
            }
            ValueRef::Integer(n) => match (*kind, n) {
                (Some(FieldKind::Bool), 0 | 1) => Value::Bool(n == 1),
                _ => Value::Integer(n),
            },
            ValueRef::Real(n) => Value::Number(n),
            ValueRef::Text(text) => {
                if let Ok(text) = std::str::from_utf8(text) {
                    Value::Text(text)
                } else {
                    self.bad_text += 1;
                    lossy = String::from_utf8_lossy(text);
                    Value::Text(&lossy)
                }
            }
        };
        if kind.is_some_and(|kind| !fits(kind, value)) {
            *kind = None;
            sink.undeclare(field);
        }
        self.table.push(field, value);
    }

    fn shape(&mut self, raw: ValueRef<'_>) {
        let placed = self.placed;
        let place = |x, y| placed.at(x, y);
        let read = match raw {
            // No value is no geometry, and nothing broken.
            ValueRef::Null => Ok(()),
            ValueRef::Blob(blob) => blob_shape(blob, &place, &mut self.shapes),
            _ => Err(wkb::Broken),
        };
        self.broken += usize::from(read.is_err());
        // What is broken is counted as that alone.
        let has_place = self.shapes.has_nowhere() | self.shapes.end();
        self.lost += usize::from(!has_place && read.is_ok());
    }

    fn close_shapes(&mut self, sink: &mut Sink<'_>) {
        if self.shapes.is_empty() {
            return;
        }
        self.is_first = false;
        self.sizes.push_back(self.shapes.len());
        self.set_share(0.6 * self.share_of(sink.told()), sink);
        sink.add_chunk(self.shapes.finish());
    }

    fn close_table(&mut self, sink: &mut Sink<'_>) {
        self.sizes.pop_front();
        self.in_table = 0;
        sink.add_table(self.table.finish());
        self.set_share(0.6 + 0.35 * self.share_of(sink.told_in_tables()), sink);
    }

    /// A count by triggers may be off; it only moves the bar.
    fn share_of(&self, rows: usize) -> f32 {
        (rows as f32 / self.layer.count.max(1) as f32).min(1.0)
    }

    fn set_share(&self, within: f32, sink: &mut Sink<'_>) {
        let (number, count) = self.part;
        sink.set_share((number + within) / count);
    }

    /// Tells what was met.
    pub fn tell_counts(&self, sink: &mut Sink<'_>) {
        sink.count(Cause::WithoutPlace, self.lost);
        sink.count(Cause::BrokenGeometry, self.broken);
        sink.count(Cause::BadText, self.bad_text);
        for (field, count) in self.layer.fields.iter().zip(&self.blobs) {
            if *count > 0 {
                sink.count_of(Cause::BytesField, &field.name, *count);
            }
        }
    }
}

/// Whether a value is of the kind that the file declares: `SQLite` keeps what it is given.
const fn fits(kind: FieldKind, value: Value<'_>) -> bool {
    matches!(
        (kind, value),
        (FieldKind::Bool, Value::Bool(_))
            | (FieldKind::Integer, Value::Integer(_))
            | (FieldKind::Number, Value::Integer(_) | Value::Number(_))
            | (FieldKind::Text | FieldKind::Date | FieldKind::DateTime, Value::Text(_))
    )
}

/// A geometry with its `GeoPackage` header.
fn blob_shape(
    blob: &[u8],
    place: &dyn Fn(f64, f64) -> LonLat,
    into: &mut ChunkBuilder,
) -> Result<(), wkb::Broken> {
    if blob.is_empty() {
        return Ok(());
    }
    let Some([b'G', b'P', _, flags]) = blob.first_chunk::<4>().copied() else {
        return Err(wkb::Broken);
    };
    // Bytes of the envelope by its kind, clause 2.1.3.1.1.
    let envelope = match flags >> 1 & 7 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        _ => return Err(wkb::Broken),
    };
    wkb::read(blob.get(8 + envelope..).ok_or(wkb::Broken)?, place, into)
}
