//! The question which columns of a table hold its coordinates, asked where their names leave it
//! open, and where the user says that it is other ones.

use std::path::PathBuf;

use super::message::Message;
use crate::{
    layer::{ChosenColumns, ChosenHead, ChosenPlace, SheetStart, TableStart},
    units::Extent,
};

/// The question for one file.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnQuestion {
    pub file: u64,
    pub path: PathBuf,
    pub start: TableStart,
    /// The sheet that is looked at.
    pub sheet: usize,
    pub chosen: ChosenColumns,
    /// Where the table would lie so.
    pub landing: Landing,
    /// Counts what was tried; an answer to an older try is none.
    pub request: u64,
}

/// Where a table would lie.
#[derive(Debug, Clone, PartialEq)]
pub enum Landing {
    /// It is being read.
    Trying,
    /// So many of its first features, there.
    At {
        lands: Extent,
        features: usize,
    },
    /// Metres that may lie here, among other places: which is asked next.
    Perhaps(Extent),
    /// The columns hold no coordinates.
    Nowhere,
    Failed(Message),
}

impl Landing {
    /// The place, as far as there is one.
    pub const fn lands(&self) -> Option<Extent> {
        match self {
            Self::At { lands, .. } | Self::Perhaps(lands) => Some(*lands),
            Self::Trying | Self::Nowhere | Self::Failed(_) => None,
        }
    }
}

impl ColumnQuestion {
    /// The sheet that is looked at.
    pub fn sheet(&self) -> Option<&SheetStart> {
        self.start.sheets.get(self.sheet)
    }

    /// Whether the file may be opened so.
    pub const fn is_answered(&self) -> bool {
        self.landing.lands().is_some()
    }
}

/// What is chosen at first: two columns with fractions, degrees in China the right way round.
pub fn first_choice(sheet: &SheetStart) -> ChosenColumns {
    let head = ChosenHead::Found;
    let names = sheet.columns(head);
    let rows = sheet.rows.get(sheet.head.map_or(0, |row| row + 1)..).unwrap_or_default();
    let figure = |row: &Vec<String>, column: usize| {
        row.get(column)?.trim().parse::<f64>().ok().filter(|value| value.is_finite())
    };
    let count = |column: &usize, fraction: bool| {
        let is_one = |value: &f64| !fraction || value.fract() != 0.0;
        rows.iter().filter_map(|row| figure(row, *column)).filter(is_one).count()
    };
    let mut columns: Vec<usize> = (0..names.len()).collect();
    columns.sort_by_key(|column| std::cmp::Reverse((count(column, true), count(column, false))));
    let mut two: Vec<usize> = columns.into_iter().take(2).collect();
    two.sort_unstable();
    let mean = |column: usize| {
        let figures: Vec<f64> = rows.iter().filter_map(|row| figure(row, column)).collect();
        #[expect(clippy::cast_precision_loss, reason = "a few rows")]
        let count = figures.len().max(1) as f64;
        figures.iter().sum::<f64>() / count
    };
    if let [first, second] = two[..]
        && (3.0..54.0).contains(&mean(first))
        && (73.0..136.0).contains(&mean(second))
    {
        two.reverse();
    }
    let name = |i: usize| {
        let column = two.get(i).or_else(|| two.first()).copied().unwrap_or(0);
        names.get(column).cloned().unwrap_or_else(|| "#1".to_owned())
    };
    ChosenColumns { place: ChosenPlace::Two { east: name(0), north: name(1) }, head }
}
