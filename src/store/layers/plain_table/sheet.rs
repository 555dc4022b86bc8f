//! Sheets of workbooks: XLSX, cell by cell.

use std::io::BufReader;

use calamine::{Reader, SheetType, SheetVisible, Xlsx};

use super::Rows;
use crate::store::layers::{
    LayerError, Sink, Source,
    sheet_cells::{Datum, SheetRow, datum_ref},
    sheet_size::check_xlsx,
};

/// Reads the sheet that the options name, else the first that can be seen and is not empty.
pub fn read(source: &Source<'_>, sink: &Sink<'_>, rows: &mut Rows) -> Result<(), LayerError> {
    check_xlsx(source, sink)?;
    let damaged = |reason: &dyn std::fmt::Display| source.damaged("XLSX", reason);
    let mut book = Xlsx::new(BufReader::new(source.open()?)).map_err(|e| damaged(&e))?;
    let asked = source.options.layer.as_deref();
    let is_wanted = |sheet: &&calamine::Sheet| match asked {
        Some(name) => sheet.name == name,
        None => sheet.visible == SheetVisible::Visible,
    };
    let sheets = book.sheets_metadata().iter();
    let sheets = sheets.filter(|sheet| sheet.typ == SheetType::WorkSheet).filter(is_wanted);
    let names: Vec<String> = sheets.map(|sheet| sheet.name.clone()).collect();
    for name in names {
        let mut cells = book.worksheet_cells_reader(&name).map_err(|e| damaged(&e))?;
        let mut row = SheetRow::default();
        let (mut number, mut count) = (0, 0_usize);
        while let Some(cell) = cells.next_cell().map_err(|e| damaged(&e))? {
            count += 1;
            if count.is_multiple_of(4096) {
                sink.check_stopped()?;
            }
            let (at, column) = cell.get_position();
            if at != number {
                rows.push(std::mem::take(&mut row).0.iter().map(Datum::value));
                number = at;
            }
            row.put(column as usize, datum_ref(cell.get_value()));
        }
        rows.push(row.0.iter().map(Datum::value));
        if count > 0 {
            break;
        }
    }
    Ok(())
}
