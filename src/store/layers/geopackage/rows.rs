//! The rows of a layer: shapes and attributes in one order.

use rusqlite::Connection;

use super::{
    batch::{Batch, Told},
    contents::Features,
};

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

/// Tells the rows of a layer in batches; `beat` is called with every row.
///
/// # Errors
/// Why they end before they should; those before are told.
pub fn read(
    connection: &Connection,
    plan: &Plan,
    fields: usize,
    bounds: Bounds,
    tell: &mut dyn FnMut(Told),
    beat: &dyn Fn(),
) -> Result<(), String> {
    let mut reading = Reading { bounds, beat, tell, rows: 0, bytes: 0 };
    let Some(shapes) = &plan.shapes else {
        let done = reading.all(connection, &plan.values, fields, true, &Told::Rows);
        (reading.tell)(Told::EndOfShapes);
        return done;
    };
    let with_shapes = reading.all(connection, shapes, 0, true, &Told::Shapes);
    (reading.tell)(Told::EndOfShapes);
    if fields == 0 {
        return with_shapes;
    }
    reading.bounds.rows = reading.rows;
    let rest = reading.all(connection, &plan.values, fields, false, &Told::Values);
    (reading.tell)(Told::EndOfValues { whole: rest.is_ok() });
    with_shapes.and(rest)
}

struct Reading<'a> {
    bounds: Bounds,
    beat: &'a dyn Fn(),
    tell: &'a mut dyn FnMut(Told),
    /// Rows so far, and bytes of their geometries and texts.
    rows: usize,
    bytes: usize,
}

impl Reading<'_> {
    /// Tells the rows of a question: so many values, and behind them a geometry. Where geometries
    /// come, more rows than the file can hold are an error; values come for as many rows as those.
    fn all(
        &mut self,
        connection: &Connection,
        sql: &str,
        fields: usize,
        with_shapes: bool,
        told: &dyn Fn(Batch) -> Told,
    ) -> Result<(), String> {
        let failed = |e: rusqlite::Error| e.to_string();
        let mut ask = connection.prepare(sql).map_err(failed)?;
        let mut rows = ask.query([]).map_err(failed)?;
        let mut batch = Batch::default();
        self.rows = 0;
        let done = loop {
            (self.beat)();
            let is_full = self.rows >= self.bounds.rows;
            if is_full && !with_shapes {
                break Ok(());
            }
            let row = match rows.next() {
                Ok(Some(row)) => row,
                Ok(None) => break Ok(()),
                Err(e) => break Err(e.to_string()),
            };
            if is_full || with_shapes && self.bytes > self.bounds.bytes {
                break Err(format!("more than {} rows, which may not end", self.rows));
            }
            self.rows += 1;
            let before = batch.bytes();
            let taken = (0..fields)
                .try_for_each(|field| row.get_ref(field).map(|value| batch.value(value)))
                .and_then(|()| {
                    let shape = with_shapes.then(|| row.get_ref(fields)).transpose()?;
                    if let Some(shape) = shape {
                        batch.shape(shape);
                    }
                    Ok(())
                });
            if let Err(e) = taken {
                break Err(e.to_string());
            }
            batch.end_row();
            self.bytes += batch.bytes() - before;
            if batch.is_full() {
                (self.tell)(told(std::mem::take(&mut batch)));
            }
        };
        if batch.rows() > 0 {
            (self.tell)(told(batch));
        }
        done
    }
}
