//! Rows of tables as a project keeps them.

use serde::{Deserialize, Serialize};

/// A row of a table that tells of a project: its words as they stand.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RowRecord {
    /// The name of the file, without its folder.
    pub file: String,
    /// SHA-256 of its bytes, which are kept under it.
    pub hash: String,
    pub sheet: String,
    /// From 1, as its program numbers it.
    pub row: u32,
    /// The groups that the table puts it in, the outermost first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
    pub cells: Vec<CellRecord>,
}

impl RowRecord {
    /// What a value rests on that the row tells beside what was stated: the source of its mark.
    pub fn ground(&self) -> String {
        let Self { file, sheet, row, .. } = self;
        let place = if sheet.is_empty() { String::new() } else { format!("（{sheet}）") };
        format!("表 {file}{place}，行 {row}")
    }
}

/// A cell of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CellRecord {
    /// The head of its column.
    pub head: String,
    pub words: String,
    /// Its place in the sheet, such as `F12`.
    pub cell: String,
}

impl RowRecord {
    /// Whether it is the same row of the same file.
    pub fn is_same_row(&self, hash: &str, sheet: &str, row: u32) -> bool {
        self.hash == hash && self.sheet == sheet && self.row == row
    }
}
