//! Which columns of a table hold its coordinates, as the user says, and what is shown of a table so
//! that the user can say it.

use serde::{Deserialize, Serialize};

/// The user's choice for a table. Columns go by their names in its head, or by `#N`, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChosenColumns {
    pub place: ChosenPlace,
    #[serde(default)]
    pub head: ChosenHead,
}

/// Where the coordinates stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChosenPlace {
    /// East, or the longitude, in one column, and north, or the latitude, in another.
    Two { east: String, north: String },
    /// Both in one column.
    Pair(String),
    /// A geometry in words (WKT).
    Shape(String),
}

/// Which row is the head.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChosenHead {
    /// The one that has the chosen names.
    #[default]
    Found,
    /// This one, from 0, of those that are not blank.
    Row(usize),
    /// There is none: the first row is a feature.
    Nowhere,
}

impl ChosenColumns {
    /// The columns by name.
    pub fn names(&self) -> Vec<&str> {
        match &self.place {
            ChosenPlace::Two { east, north } => vec![east, north],
            ChosenPlace::Pair(column) | ChosenPlace::Shape(column) => vec![column],
        }
    }
}

/// The first rows of a file's tables, as texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableStart {
    pub sheets: Vec<SheetStart>,
}

/// The first rows of a table that are not blank.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetStart {
    pub name: String,
    pub rows: Vec<Vec<String>>,
    /// The row that looks like the head, if any does.
    pub head: Option<usize>,
}

impl SheetStart {
    /// How many rows are kept.
    pub const ROWS: usize = 12;
    /// How many columns of each.
    pub const COLUMNS: usize = 64;
    /// How much of a cell, in characters.
    pub const LONGEST: usize = 40;

    /// The names of the columns under a head: the cells of its row, or `#N` where there is none or
    /// the name says nothing, or says what another one says, too.
    pub fn columns(&self, head: ChosenHead) -> Vec<String> {
        let width = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let row = match head {
            ChosenHead::Found => self.head,
            ChosenHead::Row(row) => Some(row),
            ChosenHead::Nowhere => None,
        };
        let named = row.and_then(|row| self.rows.get(row)).map_or(&[][..], Vec::as_slice);
        let name = |column: usize| {
            let own = named.get(column).map(|name| name.trim()).filter(|name| !name.is_empty());
            let is_first = |own: &&str| {
                named.get(..column).unwrap_or_default().iter().all(|other| other.trim() != *own)
            };
            own.filter(is_first).map_or_else(|| format!("#{}", column + 1), str::to_owned)
        };
        (0..width).map(name).collect()
    }
}
