//! Sheets of workbooks.

use std::{fs::File, io::BufReader};

use calamine::{Ods, Reader, SheetType, SheetVisible, Xls, Xlsx};

use super::Rows;
use crate::store::layers::{
    LayerError, Sink, Source,
    sheet_cells::{Datum, datum},
    sheet_size::{check_ods, check_xlsx},
};

/// Reads a sheet.
pub fn read(source: &Source<'_>, sink: &Sink<'_>, rows: &mut Rows) -> Result<(), LayerError> {
    let file = || Ok::<_, LayerError>(BufReader::new(source.open()?));
    if source.ends_in(&["ods"]) {
        check_ods(source, sink)?;
        return book("ODS", Ods::new(file()?), source, sink, rows);
    }
    if source.starts_with(b"PK") {
        check_xlsx(source, sink)?;
        return book("XLSX", Xlsx::new(file()?), source, sink, rows);
    }
    book("XLS", Xls::new(file()?), source, sink, rows)
}

fn book<B: Reader<BufReader<File>>>(
    format: &'static str,
    book: Result<B, B::Error>,
    source: &Source<'_>,
    sink: &Sink<'_>,
    rows: &mut Rows,
) -> Result<(), LayerError>
where
    B::Error: std::fmt::Display,
{
    let mut book = book.map_err(|e| source.damaged(format, e))?;
    let asked = source.options.layer.as_deref();
    let is_wanted = |sheet: &&calamine::Sheet| match asked {
        Some(name) => sheet.name == name,
        None => sheet.visible == SheetVisible::Visible,
    };
    let sheets = book.sheets_metadata().iter();
    let sheets = sheets.filter(|sheet| sheet.typ == SheetType::WorkSheet).filter(is_wanted);
    let names: Vec<String> = sheets.map(|sheet| sheet.name.clone()).collect();
    for name in names {
        let range = book.worksheet_range(&name).map_err(|e| source.damaged(format, e))?;
        if range.is_empty() {
            continue;
        }
        for (i, cells) in range.rows().enumerate() {
            let cells: Vec<Datum<'_>> = cells.iter().map(datum).collect();
            rows.push(cells.iter().map(Datum::value));
            if i.is_multiple_of(4096) {
                sink.check_stopped()?;
            }
        }
        return Ok(());
    }
    Ok(())
}
