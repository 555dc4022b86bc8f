//! The rows of a layer: shapes and attributes in one order.

use rusqlite::{Connection, types::ValueRef};

use super::contents::Features;
use crate::{
    layer::{
        CHUNK_ROWS, Cause, Chunk, ChunkBuilder, FIRST_CHUNK_ROWS, FieldKind, Table, TableBuilder,
        Value, wkb,
    },
    store::layers::Placed,
    units::LonLat,
};

/// What the rows tell.
#[expect(clippy::large_enum_variant, reason = "one at a time, for thousands of rows")]
pub enum Told {
    Shapes(Chunk),
    /// The attributes of the next chunk that has none.
    Table(Table),
    Count(Cause, String, usize),
    /// A field whose values are not what the file declares.
    Otherwise(usize),
}

/// The most that a layer may hold.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    pub rows: usize,
    /// Of geometries and values.
    pub bytes: usize,
}

/// How the rows are asked for.
#[derive(Debug)]
pub struct Plan {
    /// The geometries alone, where a table numbers its rows; else geometries and values together.
    shapes: Option<String>,
    /// The values in the same order.
    values: String,
}

/// Finds out how the rows can be asked for. An index that covers some columns gives them in an
/// order of its own: only the number of the row keeps two questions together.
///
/// # Errors
/// A view of what is not there, or a table that is damaged.
pub fn prepared(connection: &Connection, layer: &Features) -> rusqlite::Result<Plan> {
    let table = quoted(&layer.table);
    let geometry = quoted(&layer.column);
    let mut names: Vec<String> = layer.fields.iter().map(|field| quoted(&field.name)).collect();
    let is_field =
        |name: &&str| layer.fields.iter().any(|field| field.name.eq_ignore_ascii_case(name));
    let number = ["rowid", "_rowid_", "oid"].into_iter().find(|name| !is_field(name));
    if !layer.is_view
        && let Some(number) = number
    {
        let shapes = format!("SELECT {geometry} FROM {table} ORDER BY {number}");
        let values = format!("SELECT {} FROM {table} ORDER BY {number}", names.join(", "));
        // A table may be without numbers.
        if connection.prepare(&shapes).is_ok() {
            if !names.is_empty() {
                connection.prepare(&values)?;
            }
            return Ok(Plan { shapes: Some(shapes), values });
        }
    }
    names.push(geometry);
    let values = format!("SELECT {} FROM {table}", names.join(", "));
    connection.prepare(&values)?;
    Ok(Plan { shapes: None, values })
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// What is to be read, and how.
pub struct Order<'a> {
    pub layer: &'a Features,
    pub plan: &'a Plan,
    pub placed: Placed,
    pub bounds: Bounds,
}

/// Tells the rows of a layer; `beat` is called with every row.
///
/// # Errors
/// Why they end before they should; those before are told.
pub fn read(
    connection: &Connection,
    order: &Order<'_>,
    tell: &mut dyn FnMut(Told),
    beat: &dyn Fn(),
) -> Result<(), String> {
    let failed = |e: rusqlite::Error| e.to_string();
    let mut reading = Reading::new(order, beat);
    let values = &order.plan.values;
    let done = match &order.plan.shapes {
        None => reading.together(connection, values, tell),
        Some(shapes) => {
            let with_shapes = reading.shapes(connection, shapes, tell);
            let rest = reading.values(connection, values, tell).map_err(failed);
            with_shapes.and(rest)
        }
    };
    reading.tell_counts(order.layer, tell);
    done
}

struct Reading<'a> {
    placed: Placed,
    bounds: Bounds,
    beat: &'a dyn Fn(),
    kinds: Vec<Option<FieldKind>>,
    shapes: ChunkBuilder,
    table: TableBuilder,
    sizes: Vec<usize>,
    /// Values that are bytes, by field.
    blobs: Vec<usize>,
    /// Rows so far, and bytes of their geometries and texts.
    rows: usize,
    bytes: usize,
    bad_text: usize,
    lost: usize,
    broken: usize,
}

impl<'a> Reading<'a> {
    fn new(order: &Order<'_>, beat: &'a dyn Fn()) -> Self {
        let fields = &order.layer.fields;
        Self {
            placed: order.placed,
            bounds: order.bounds,
            beat,
            kinds: fields.iter().map(|field| field.declared).collect(),
            shapes: ChunkBuilder::default(),
            table: TableBuilder::new(fields.len()),
            sizes: Vec::new(),
            blobs: vec![0; fields.len()],
            rows: 0,
            bytes: 0,
            bad_text: 0,
            lost: 0,
            broken: 0,
        }
    }

    /// Counts one more row, unless there are more than the file can hold.
    fn count_row(&mut self) -> Result<(), String> {
        (self.beat)();
        if self.rows >= self.bounds.rows || self.bytes > self.bounds.bytes {
            return Err(format!("more than {} rows, which may not end", self.rows));
        }
        self.rows += 1;
        Ok(())
    }

    fn shapes(
        &mut self,
        connection: &Connection,
        sql: &str,
        tell: &mut dyn FnMut(Told),
    ) -> Result<(), String> {
        let failed = |e: rusqlite::Error| e.to_string();
        let mut ask = connection.prepare(sql).map_err(failed)?;
        let mut rows = ask.query([]).map_err(failed)?;
        let done = loop {
            match rows.next() {
                Ok(Some(row)) => {
                    if let Err(reason) = self.count_row() {
                        break Err(reason);
                    }
                    self.shape(row.get_ref(0).map_err(failed)?);
                }
                Ok(None) => break Ok(()),
                Err(e) => break Err(e.to_string()),
            }
            if self.shapes.len() >= self.room() {
                self.close_shapes(tell);
            }
        };
        self.close_shapes(tell);
        done
    }

    fn room(&self) -> usize {
        if self.sizes.is_empty() { FIRST_CHUNK_ROWS } else { CHUNK_ROWS }
    }

    fn close_shapes(&mut self, tell: &mut dyn FnMut(Told)) {
        if !self.shapes.is_empty() {
            self.sizes.push(self.shapes.len());
            tell(Told::Shapes(self.shapes.finish()));
        }
    }

    fn shape(&mut self, raw: ValueRef<'_>) {
        let placed = self.placed;
        let place = |x, y| placed.at(x, y);
        let read = match raw {
            // No value is no geometry, and nothing broken.
            ValueRef::Null => Ok(()),
            ValueRef::Blob(blob) => {
                self.bytes += blob.len();
                blob_shape(blob, &place, &mut self.shapes)
            }
            _ => Err(wkb::Broken),
        };
        self.broken += usize::from(read.is_err());
        // What is broken is counted as that alone.
        let has_place = self.shapes.has_nowhere() | self.shapes.end();
        self.lost += usize::from(!has_place && read.is_ok());
    }

    /// The values of the chunks that are told.
    fn values(
        &mut self,
        connection: &Connection,
        sql: &str,
        tell: &mut dyn FnMut(Told),
    ) -> rusqlite::Result<()> {
        if self.kinds.is_empty() {
            return Ok(());
        }
        let mut ask = connection.prepare(sql)?;
        let mut rows = ask.query([])?;
        for size in std::mem::take(&mut self.sizes) {
            let mut done = Ok(());
            for _ in 0..size {
                (self.beat)();
                done = rows.next().and_then(|row| match row {
                    Some(row) => self.row(row, tell),
                    None => Ok(()),
                });
                if done.is_err() {
                    break;
                }
                self.table.end_row();
            }
            tell(Told::Table(self.table.finish()));
            done?;
        }
        Ok(())
    }

    /// Geometries and values of one question.
    fn together(
        &mut self,
        connection: &Connection,
        sql: &str,
        tell: &mut dyn FnMut(Told),
    ) -> Result<(), String> {
        let failed = |e: rusqlite::Error| e.to_string();
        let mut ask = connection.prepare(sql).map_err(failed)?;
        let mut rows = ask.query([]).map_err(failed)?;
        let done = loop {
            let row = match rows.next() {
                Ok(Some(row)) => row,
                Ok(None) => break Ok(()),
                Err(e) => break Err(e.to_string()),
            };
            if let Err(reason) = self.count_row() {
                break Err(reason);
            }
            self.row(row, tell).map_err(failed)?;
            self.table.end_row();
            self.shape(row.get_ref(self.kinds.len()).map_err(failed)?);
            if self.shapes.len() >= self.room() {
                self.close_shapes(tell);
                tell(Told::Table(self.table.finish()));
            }
        };
        if !self.shapes.is_empty() {
            self.close_shapes(tell);
            tell(Told::Table(self.table.finish()));
        }
        done
    }

    /// Takes the values of a row.
    fn row(&mut self, row: &rusqlite::Row<'_>, tell: &mut dyn FnMut(Told)) -> rusqlite::Result<()> {
        for (field, kind) in self.kinds.iter_mut().enumerate() {
            let lossy;
            let value = match row.get_ref(field)? {
                ValueRef::Null => continue,
                ValueRef::Blob(blob) => {
                    self.bytes += blob.len();
                    if let Some(count) = self.blobs.get_mut(field) {
                        *count += 1;
                    }
                    continue;
                }
                ValueRef::Integer(n) => match (*kind, n) {
                    (Some(FieldKind::Bool), 0 | 1) => Value::Bool(n == 1),
                    _ => Value::Integer(n),
                },
                ValueRef::Real(n) => Value::Number(n),
                ValueRef::Text(text) => {
                    self.bytes += text.len();
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
                tell(Told::Otherwise(field));
            }
            self.table.push(field, value);
        }
        Ok(())
    }

    fn tell_counts(&self, layer: &Features, tell: &mut dyn FnMut(Told)) {
        tell(Told::Count(Cause::WithoutPlace, String::new(), self.lost));
        tell(Told::Count(Cause::BrokenGeometry, String::new(), self.broken));
        tell(Told::Count(Cause::BadText, String::new(), self.bad_text));
        for (field, count) in layer.fields.iter().zip(&self.blobs) {
            if *count > 0 {
                tell(Told::Count(Cause::BytesField, field.name.clone(), *count));
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
