//! CSV that Excel opens: UTF-8 with its mark, coordinates of points in two columns, other shapes as
//! well-known text in one. TSV where the name says so.

use std::{
    fs::File,
    io::{self, BufWriter},
    path::Path,
};

use super::{
    Job, Left, Outgoing, WriteError,
    place_columns::{Columns, Place},
};
use crate::{
    geo::Crs,
    layer::{Cause, Finding, Value, formula},
};

/// Writes one layer, row by row.
pub fn write(job: &Job<'_>, path: &Path) -> Result<Vec<Finding>, WriteError> {
    let own = job.only_layer()?;
    let file = File::create(path).map_err(|reason| job.unwritable(reason))?;
    let mut left = Left::default();
    let tabs = path.extension().is_some_and(|own| own.eq_ignore_ascii_case("tsv"));
    let delimiter = if tabs { b'\t' } else { b',' };
    rows(own, job.crs(), delimiter, BufWriter::with_capacity(1 << 18, file), &mut left)
        .map_err(|reason| job.unwritable(reason))?;
    Ok(left.told())
}

fn rows(
    own: &Outgoing<'_>,
    crs: Crs,
    delimiter: u8,
    mut out: impl io::Write,
    left: &mut Left,
) -> io::Result<()> {
    out.write_all(b"\xEF\xBB\xBF")?;
    let mut table = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .terminator(csv::Terminator::CRLF)
        .from_writer(&mut out);
    let columns = Columns::of(own, crs, left);
    table.write_record(columns.names())?;
    let mut cells: Vec<String> = Vec::new();
    for at in own.rows() {
        cells.clear();
        for (field, _) in &columns.fields {
            cells.push(match own.value(at, *field) {
                Value::Missing => String::new(),
                Value::Text(text) => {
                    let cell = formula::neutral(text);
                    if cell != text {
                        left.count(Cause::FormulaNeutralised, "");
                    }
                    cell.into_owned()
                }
                other => other.to_string(),
            });
        }
        match columns.place(own, at, crs, left) {
            Place::At(at) => cells.extend(at.map(|v| v.to_string())),
            Place::Text(text) => cells.push(text),
            Place::Nowhere => cells.extend(columns.place.iter().map(|_| String::new())),
        }
        table.write_record(&cells)?;
    }
    table.flush()
}
