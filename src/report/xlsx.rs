//! Projects as a workbook: typed cells, a frozen head, what was filtered and when.

use rust_xlsxwriter::{Format, FormatAlign, Workbook, XlsxError};

use super::table::{COLUMNS, Cell, cells};
use crate::{
    app::{Language, text},
    catalogue::{Catalogue, Project, Totals},
    tr,
};

/// Widths of the columns, in characters of the usual font.
const WIDTHS: [f64; 20] = [
    8.0, 32.0, 18.0, 10.0, 10.0, 18.0, 14.0, 30.0, 12.0, 6.0, 12.0, 12.0, 12.0, 18.0, 60.0, 14.0,
    24.0, 24.0, 20.0, 30.0,
];

/// The workbook's bytes. `filter` is the filter in words.
///
/// # Errors
/// A text longer than Excel takes, or no memory.
pub fn xlsx(
    catalogue: &Catalogue,
    projects: &[&Project],
    filter: &str,
    totals: &Totals,
    language: Language,
) -> Result<Vec<u8>, XlsxError> {
    /// The last column.
    const LAST: u16 = 19;
    /// The row of the heads: over it stand title, filter and totals.
    const HEADS: u32 = 3;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(tr!(language, "xlsx.projects"))?;
    let title = Format::new().set_bold().set_font_size(14);
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Center);
    let words = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let amount = Format::new().set_num_format("#,##0.######").set_align(FormatAlign::Top);
    sheet.write_string_with_format(0, 0, catalogue.plan.title.as_str(), &title)?;
    sheet.write_string(1, 0, filter)?;
    sheet.write_string(2, 0, text::totals(totals, language))?;
    for (column, (key, width)) in (0_u16..).zip(COLUMNS.iter().zip(WIDTHS)) {
        let name = tr!(language, format!("csv.{key}"));
        sheet.write_string_with_format(HEADS, column, name, &head)?;
        sheet.set_column_width(column, width)?;
    }
    let mut row = HEADS;
    for project in projects {
        row += 1;
        for (column, cell) in (0_u16..).zip(cells(catalogue, project, language)) {
            match cell {
                Cell::Number(n) => sheet.write_number_with_format(row, column, n, &amount)?,
                Cell::Text(text) if text.is_empty() => continue,
                // A text cell is a text, whatever it begins with.
                Cell::Text(text) => sheet.write_string_with_format(row, column, text, &words)?,
            };
        }
    }
    sheet.set_freeze_panes(HEADS + 1, 2)?;
    sheet.autofilter(HEADS, 0, row.max(HEADS + 1), LAST)?;
    book.save_to_buffer()
}
