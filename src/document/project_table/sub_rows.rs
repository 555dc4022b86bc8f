//! Rows that go on within the number of the row above them: 1.1 and （1） below 1. Their money is in
//! that of the row above; counted twice, the table would come to more than it says.

use super::{
    Meaning, MoneyUnit,
    head::Head,
    money,
    numbering::{self, Style},
    row_parts::Parts,
    signs::{is_count, is_note, is_total, unit_of},
    words::plain,
};
use crate::document::{Grid, GridRow, grid::Covered};

/// Parts of a number that are looked at: each looks at all rows below it.
const DEEPEST: usize = 5;

/// What a numbered row with rows below it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outer {
    /// A project; so many rows right below it are parts of it.
    Project { rows: usize },
    /// A group of the rows below it, which are projects.
    Group(OuterSum),
}

/// The money of a row that is a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OuterSum {
    None,
    /// What the rows below it come to.
    Same,
    Other,
}

/// What the row at an index is to the rows below it; `None` where none goes on within its number, or
/// where it has no money of its own but is a project all the same.
pub fn outer(grid: &Grid, covered: &Covered, head: &Head, index: usize) -> Option<Outer> {
    let row = grid.rows.get(index)?;
    let parts = Parts::of(row, head, covered);
    numbering::of(parts.number).filter(|(style, _)| *style >= Style::Arabic)?;
    if shape(parts.number).1 > DEEPEST {
        return None;
    }
    let below = Below::of(grid, covered, head, index, parts.number)?;
    let own = sum(row, head);
    match own {
        None if parts.has_details => None,
        None => Some(Outer::Group(OuterSum::None)),
        Some(_) if parts.has_details => Some(Outer::Project { rows: below.rows }),
        // Rounded, part by part.
        Some(own) if below.sum > 0.0 && (own - below.sum).abs() <= own * 1e-3 => {
            Some(Outer::Group(OuterSum::Same))
        }
        Some(_) if below.are_detailed || is_count(parts.name) => {
            Some(Outer::Group(OuterSum::Other))
        }
        Some(_) => Some(Outer::Project { rows: below.rows }),
    }
}

/// The rows below.
struct Below {
    rows: usize,
    /// Those right below its number, together.
    sum: f64,
    /// They have what only projects have.
    are_detailed: bool,
}

impl Below {
    fn of(grid: &Grid, covered: &Covered, head: &Head, index: usize, number: &str) -> Option<Self> {
        let mut own = Self { rows: 0, sum: 0.0, are_detailed: false };
        let mut first = None;
        for row in grid.rows.iter().skip(index + 1) {
            let parts = Parts::of(row, head, covered);
            if parts.number.is_empty() {
                let words = row.filled().next().map_or("", |(_, words)| words);
                let goes_on = parts.name.is_empty() || plain(parts.name).starts_with("其中");
                if own.rows == 0 || !goes_on || is_note(words) || unit_of(row).is_some() {
                    break;
                }
            } else if !numbering::is_below(parts.number, number)
                || is_total(parts.number, parts.name, "")
            {
                break;
            } else {
                let shape = shape(parts.number);
                if *first.get_or_insert(shape) == shape {
                    own.sum += sum(row, head).unwrap_or(0.0);
                    own.are_detailed |= parts.has_details;
                }
            }
            own.rows += 1;
        }
        (own.rows > 0).then_some(own)
    }
}

/// How a number is written: 1.1 and 1.2 alike, and not as 1.1.1.
fn shape(number: &str) -> (Option<Style>, usize) {
    let own = plain(number);
    let parts = own.trim_end_matches('.').split(['.', '-']).count();
    (numbering::of(&own).map(|(style, _)| style), parts)
}

/// The money of a row as it compares to that of others of its table.
fn sum(row: &GridRow, head: &Head) -> Option<f64> {
    let own = head.columns.iter().find(|own| own.meaning == Some(Meaning::Investment))?;
    let unit = own.unit.unwrap_or(MoneyUnit::YUAN);
    money::read(row.cell(own.column), Some(unit)).ok().flatten().map(|sum| sum.yi)
}
