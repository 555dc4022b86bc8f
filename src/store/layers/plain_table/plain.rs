//! The sheet of a workbook that becomes a table, and the names of the others.

use super::Rows;
use crate::layer::{Value, join::PlainTable};

/// Takes the rows of the first sheet that has any.
#[derive(Default)]
pub struct Plain {
    rows: Rows,
    /// The sheet that was taken.
    sheet: Option<String>,
    has_rows: bool,
    /// Those that can be seen and hold cells, in the order of the workbook.
    pub sheets: Vec<String>,
}

impl Plain {
    /// Takes a row; false where no more are wanted.
    pub fn push<'a>(&mut self, cells: impl Iterator<Item = Value<'a>>) -> bool {
        if self.is_complete() {
            return false;
        }
        self.has_rows = true;
        self.rows.push(cells);
        true
    }

    /// A sheet has ended; the first with any row is the table.
    pub fn end_sheet(&mut self, name: &str) {
        if self.has_rows && self.sheet.is_none() {
            self.sheet = Some(name.to_owned());
        }
    }

    /// Whether there is a table.
    pub const fn is_complete(&self) -> bool {
        self.sheet.is_some()
    }

    /// The table; `None` where no sheet has any row.
    pub fn finish(self) -> Option<PlainTable> {
        let (sheet, sheets) = (self.sheet?, self.sheets);
        let table = self.rows.finish()?;
        Some(PlainTable { sheet: Some(sheet), sheets, ..table })
    }
}
