//! The head of a table whose columns the user chose.

use super::{
    columns::{Candidate, Place},
    head::{Head, Sample, find, head_of, judge, name, names_seen},
    names::{Meaning, Named, Rank, meaning},
};
use crate::{
    layer::{ChosenColumns, ChosenHead, ChosenPlace, SheetStart, TableStart, Value},
    store::layers::{Columns, LayerError, Source},
};

/// What the first rows of a table come to.
#[derive(Debug)]
pub enum Look {
    Head(Box<Head>),
    /// No columns of coordinates; the names that were seen.
    Nothing(Vec<String>),
}

/// Looks for the head of a table by its first rows, as the user says where they say it. `plane`
/// tells whether the user says that its numbers are metres (degrees).
pub fn look(sample: &Sample<'_>, columns: &Columns, plane: Option<bool>) -> Look {
    let head = match columns {
        Columns::Found => find(sample, plane),
        Columns::Chosen(chosen) => find_chosen(sample, chosen),
        Columns::Shown => None,
    };
    head.map_or_else(|| Look::Nothing(names_seen(sample)), |head| Look::Head(Box::new(head)))
}

/// The error of tables without columns of coordinates, or without those that were chosen.
pub fn no_columns(source: &Source<'_>, columns: Vec<String>, start: TableStart) -> LayerError {
    let (path, start) = (source.path.to_owned(), Box::new(start));
    match &source.options.columns {
        Columns::Chosen(chosen) => {
            LayerError::NotThere { path, chosen: Box::new(chosen.clone()), columns, start }
        }
        Columns::Found | Columns::Shown => LayerError::NoCoordinates { path, columns, start },
    }
}

/// What is shown of a table so that the user can choose.
pub fn start_of(name: &str, sample: &Sample<'_>) -> SheetStart {
    let text = |cell: &Value<'_>| match cell {
        Value::Missing => String::new(),
        value => value.to_string().chars().take(SheetStart::LONGEST).collect(),
    };
    let rows = sample.iter().take(SheetStart::ROWS);
    let rows = rows.map(|row| row.iter().take(SheetStart::COLUMNS).map(text).collect()).collect();
    let head = find(sample, None).and_then(|head| head.rows.checked_sub(1));
    let head = head.or_else(|| super::head::best_row(sample));
    SheetStart { name: name.to_owned(), rows, head: head.filter(|row| *row < SheetStart::ROWS) }
}

/// The head that has the chosen columns; `None` where there is none, or no coordinates stand there.
fn find_chosen(sample: &Sample<'_>, chosen: &ChosenColumns) -> Option<Head> {
    /// A head is looked for among so many rows.
    const DEEPEST: usize = 60;
    let at = |rows: usize| {
        let names: Vec<String> = match rows.checked_sub(1) {
            Some(row) => sample.get(row)?.iter().map(name).collect(),
            None => Vec::new(),
        };
        let candidate = candidate(&names, chosen)?;
        let after = sample.get(rows..)?;
        let judged = judge(&candidate, after, None)?;
        // A head by number alone may be any row: the first row that has coordinates is none.
        let above = rows.checked_sub(1).and_then(|row| sample.get(row..rows));
        let is_feature = chosen.head == ChosenHead::Found
            && above.is_some_and(|row| judge(&candidate, row, None).is_some());
        (!is_feature)
            .then(|| head_of(rows.checked_sub(1), rows, names, &candidate, None, &judged, sample))
    };
    match chosen.head {
        ChosenHead::Row(row) => at(row + 1),
        ChosenHead::Nowhere => at(0),
        ChosenHead::Found => (1..=sample.len().min(DEEPEST)).find_map(at).or_else(|| at(0)),
    }
}

/// The chosen columns among these.
fn candidate(head: &[String], chosen: &ChosenColumns) -> Option<Candidate> {
    let by_number = |name: &str| name.strip_prefix('#')?.parse::<usize>().ok()?.checked_sub(1);
    let same = |a: &str, b: &str| {
        a.split_whitespace().map(str::to_lowercase).eq(b.split_whitespace().map(str::to_lowercase))
    };
    let column = |wanted: &str| {
        let exact = head.iter().position(|own| own == wanted);
        let alike = || head.iter().position(|own| same(own, wanted));
        exact.or_else(alike).or_else(|| by_number(wanted))
    };
    let said = |column: usize| head.get(column).map_or(Meaning::Other, |name| meaning(name));
    let (place, named) = match &chosen.place {
        ChosenPlace::Two { east, north } => {
            let (east, north) = (column(east)?, column(north)?);
            let named = match (said(east), said(north)) {
                (Meaning::One { named, .. }, Meaning::One { named: other, .. })
                    if named == other =>
                {
                    named
                }
                _ => Named::Nothing,
            };
            (Place::Columns { east, north }, named)
        }
        ChosenPlace::Pair(name) => {
            let column = column(name)?;
            let (first, named) = match said(column) {
                Meaning::Both { first, named } => (first, named),
                _ => (None, Named::Nothing),
            };
            (Place::Together { column, first }, named)
        }
        ChosenPlace::Shape(name) => (Place::Shape { column: column(name)? }, Named::Nothing),
    };
    let rank = match &place {
        Place::Columns { .. } => Rank::Chosen,
        Place::Together { .. } => Rank::Together,
        Place::Shape { .. } => Rank::Shape,
    };
    Some(Candidate { place, rank, named })
}
