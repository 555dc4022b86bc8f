//! The head of a table: one row to three, found by what its cells mean.

use std::collections::BTreeSet;

use super::{
    FoundColumn, Meaning, MoneyUnit,
    columns::meaning,
    signs::unit_of,
    words::{is_number, plain},
};
use crate::document::{Grid, GridRow, grid::Covered};

/// A head.
#[derive(Debug, Clone)]
pub struct Head {
    /// Its first row among those of the grid.
    pub first: usize,
    /// How many rows it has.
    pub rows: usize,
    pub columns: Vec<FoundColumn>,
    /// The columns whose own words name the unit.
    with_unit: BTreeSet<usize>,
}

impl Head {
    /// The column of a meaning.
    pub fn column(&self, wanted: Meaning) -> Option<usize> {
        let own = self.columns.iter().find(|own| own.meaning == Some(wanted));
        own.map(|own| own.column)
    }

    /// Takes a unit that a line below the head names, where the head itself names none.
    pub fn set_unit(&mut self, unit: MoneyUnit) {
        for own in self.columns.iter_mut().filter(|own| !self.with_unit.contains(&own.column)) {
            own.unit = Some(unit);
        }
    }

    /// Takes the units that a row names in columns of money, and nothing else; whether it does.
    pub fn take_units(&mut self, row: &GridRow) -> bool {
        let told = |(column, words): (usize, &str)| {
            let own = self.columns.iter().find(|own| own.column == column)?;
            own.meaning.filter(|own| own.is_money())?;
            Some((column, MoneyUnit::alone(words)?))
        };
        let Some(told) = row.filled().map(told).collect::<Option<Vec<_>>>() else { return false };
        for (column, unit) in &told {
            for own in self.columns.iter_mut().filter(|own| own.column == *column) {
                own.unit = Some(*unit);
            }
        }
        self.with_unit.extend(told.into_iter().map(|(column, _)| column));
        true
    }

    /// How many columns say what only projects have.
    pub fn details(&self) -> usize {
        self.columns.iter().filter(|own| own.meaning.is_some_and(Meaning::is_detail)).count()
    }

    /// Whether the same head stands in a row once more.
    pub fn is_repeated_in(&self, row: &GridRow) -> bool {
        let same = |(column, words): (usize, &str)| {
            let own = self.columns.iter().find(|own| own.column == column);
            own.is_some_and(|own| plain(&own.head).contains(&plain(words)))
        };
        row.filled().count() >= 2 && row.filled().all(same)
    }
}

/// The head that a row begins, if it is one: it names the column of names and another.
pub fn at(grid: &Grid, covered: &Covered, index: usize, unit: Option<MoneyUnit>) -> Option<Head> {
    let row = grid.rows.get(index)?;
    let names = row.filled().find(|(_, words)| meaning(words) == Some(Meaning::Name))?.0;
    let found: BTreeSet<Meaning> = row.filled().filter_map(|(_, words)| meaning(words)).collect();
    if found.len() < 2 || row.filled().any(|(_, words)| is_number(words)) {
        return None;
    }
    let first = match index.checked_sub(1).and_then(|above| grid.rows.get(above)) {
        Some(above) if is_above(above, row, covered) => index - 1,
        _ => index,
    };
    let mut last = index;
    while let Some(next) = grid.rows.get(last + 1).filter(|_| last < index + 2) {
        if !is_below(next, row, names, covered) {
            break;
        }
        last += 1;
    }
    let block = grid.rows.get(first..=last)?;
    let (columns, with_unit) = columns(grid, block, covered, unit);
    columns.iter().any(|own| own.meaning == Some(Meaning::Name)).then_some(Head {
        first,
        rows: last + 1 - first,
        columns,
        with_unit,
    })
}

/// Whether a row parts the columns of the head below it into groups.
fn is_above(above: &GridRow, head: &GridRow, covered: &Covered) -> bool {
    let count = above.filled().count();
    let is_next = above.number + 1 == head.number;
    let is_short = |(_, words): (usize, &str)| words.chars().count() <= 12 && !is_number(words);
    let names = head.filled().any(|(column, _)| {
        let anchor = covered.get(&(above.number, column));
        anchor.is_some_and(|(row, _)| *row == above.number)
    });
    let unit = unit_of(above).is_some()
        || above.filled().any(|(_, words)| MoneyUnit::of_line(words).is_some());
    is_next && !unit && above.filled().all(is_short) && (count >= 3 || count >= 2 && names)
}

/// Whether a row goes on with the head above it: names and numbers stand in neither, and what there
/// is are words of heads.
fn is_below(row: &GridRow, head: &GridRow, names: usize, covered: &Covered) -> bool {
    if !row.cell(names).is_empty()
        || row.number > head.number + 2
        || row.filled().count() == 0
        || unit_of(row).is_some()
    {
        return false;
    }
    let is_covered =
        covered.get(&(row.number, names)).is_some_and(|anchor| *anchor == (head.number, names));
    let is_head = |words: &str| {
        let own = plain(words);
        own.chars().count() <= 16 && !is_number(words)
    };
    let telling = ["其中", "资金", "投资", "计划", "年", "小计", "预算", "贷款", "自筹", "债"];
    let tells = |(_, words): (usize, &str)| {
        meaning(words).is_some() || telling.iter().any(|word| words.contains(word))
    };
    // Where a head parts nothing, nothing can stand below it.
    let parts = row.filled().all(|(column, words)| head.cell(column) != words);
    row.filled().all(|(_, words)| is_head(words))
        && parts
        && (is_covered || row.filled().any(tells) && row.filled().all(|(_, w)| w.len() <= 48))
}

fn columns(
    grid: &Grid,
    block: &[GridRow],
    covered: &Covered,
    unit: Option<MoneyUnit>,
) -> (Vec<FoundColumn>, BTreeSet<usize>) {
    let mut with_unit = BTreeSet::new();
    let width = block.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut found: Vec<FoundColumn> = Vec::new();
    let mut taken = BTreeSet::new();
    for column in 0..width {
        let parts = parts(grid, block, covered, column);
        if parts.is_empty() {
            continue;
        }
        let head = parts.iter().map(|part| part.words.as_str()).collect::<Vec<_>>().join(" ");
        let mut meaning = meaning_of(&parts);
        if meaning.is_some_and(|own| own.is_single() && !taken.insert(own)) {
            meaning = None;
        }
        let own = parts.iter().rev().find_map(|part| MoneyUnit::named(&part.words));
        with_unit.extend(own.map(|_| column));
        found.push(FoundColumn { column, head, meaning, unit: own.or(unit) });
    }
    (found, with_unit)
}

/// The words of a column in one row of the head.
struct Part {
    words: String,
    /// They stand over several columns.
    is_shared: bool,
}

/// From above; the same words once.
fn parts(grid: &Grid, block: &[GridRow], covered: &Covered, column: usize) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (at, row) in block.iter().enumerate() {
        let mut own = row.cell(column).to_owned();
        let below =
            |column: usize| block.iter().skip(at + 1).any(|row| !row.cell(column).is_empty());
        let mut is_shared = false;
        if own.is_empty() {
            if let Some((from_row, from_column)) = covered.get(&(row.number, column)) {
                grid.words(*from_row, *from_column).clone_into(&mut own);
                is_shared = *from_column != column;
            } else if grid.spans.is_empty() && below(column) {
                // Without spans, words stand over what is empty to their right and filled below.
                let left = (0..column).rev().take_while(|left| below(*left));
                let left = left.map(|left| row.cell(left)).find(|words| !words.is_empty());
                left.unwrap_or_default().clone_into(&mut own);
                is_shared = !own.is_empty();
            }
        } else {
            let right = (row.number, column + 1);
            is_shared = covered.get(&right) == Some(&(row.number, column))
                || grid.spans.is_empty()
                    && row.cell(column + 1).is_empty()
                    && below(column)
                    && below(column + 1);
        }
        if !own.is_empty() && parts.last().is_none_or(|last| last.words != own) {
            parts.push(Part { words: own, is_shared });
        }
    }
    parts
}

/// What the lowest words mean; where they say nothing, what those above them do, unless these stand
/// over other columns, too.
fn meaning_of(parts: &[Part]) -> Option<Meaning> {
    let (last, above) = parts.split_last()?;
    let over = above.iter().rev().find_map(|part| Some((meaning(&part.words)?, part.is_shared)));
    let own = plain(&last.words);
    if let Some((over, true)) = over {
        // The first columns under 投资 and 年度计划.
        let is_sum =
            ["小计", "合计", "总额", "总计", "计", "金额", "总投资"].contains(&own.as_str());
        if is_sum {
            return Some(over);
        }
        let is_year = own.ends_with('年') && own.chars().next().is_some_and(|c| c.is_ascii_digit());
        if is_year && matches!(over, Meaning::Investment | Meaning::YearInvestment) {
            return Some(Meaning::YearInvestment);
        }
    }
    meaning(&last.words).or(match over {
        Some((over, false)) => Some(over),
        _ => None,
    })
}
