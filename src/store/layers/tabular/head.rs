//! Where a table's head is, which columns hold its coordinates, and how they are to be read: told by
//! its first rows.

use super::{
    columns::{Candidate, Place, candidates},
    degree_columns::{Finer, finer},
    figure::{Axis, Figure, compact, pair},
    names::Rank,
};
use crate::{
    geo::Crs,
    layer::{ChunkBuilder, Value, wkt},
    units::LonLat,
};

/// A table's head.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// How many rows stand before the first feature: itself, and what is above it.
    pub rows: usize,
    /// Its names, one a column; empty where a column has none.
    pub names: Vec<String>,
    pub place: Place,
    /// Minutes and seconds of both coordinates, where they have columns of their own.
    pub finer: Option<[Finer; 2]>,
    pub rank: Rank,
    /// What the names say that the coordinates refer to.
    pub stated: Result<Option<Crs>, &'static str>,
    /// North stands in the column that is called the east one, or first in a pair.
    pub is_turned: bool,
    /// Its numbers are metres: commas before three digits part thousands.
    pub metres: bool,
    /// West, south, east and north of the coordinates of the first rows as they stand.
    pub raw_extent: Option<[f64; 4]>,
}

/// The first rows of a table, each cell as a text or a number.
pub type Sample<'a> = [Vec<Value<'a>>];

/// A head is found among so many rows.
const DEEPEST: usize = 60;

/// Finds the head of a table by its first rows. `plane` tells whether the user says that its numbers
/// are metres (degrees).
pub fn find(sample: &Sample<'_>, plane: Option<bool>) -> Option<Head> {
    (0..sample.len().min(DEEPEST)).find_map(|row| at(sample, row, plane))
}

/// The names of the row that most looks like a head, to be told where no coordinates are found.
pub fn names_seen(sample: &Sample<'_>) -> Vec<String> {
    let row = best_row(sample).and_then(|row| sample.get(row)).map(Vec::as_slice);
    let names = row.unwrap_or_default().iter().map(name).filter(|name| !name.is_empty());
    names.take(24).collect()
}

/// The row that most looks like a head.
pub fn best_row(sample: &Sample<'_>) -> Option<usize> {
    let words = |(_, row): &(usize, &Vec<Value<'_>>)| {
        row.iter()
            .filter(|cell| matches!(cell, Value::Text(text) if !text.trim().is_empty()))
            .count()
    };
    // The first of those with most words.
    let rows: Vec<(usize, &Vec<Value<'_>>)> = sample.iter().take(DEEPEST).enumerate().collect();
    rows.into_iter().rev().max_by_key(words).map(|(row, _)| row)
}

/// A cell of the head as a name.
pub fn name(cell: &Value<'_>) -> String {
    match cell {
        Value::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Missing => String::new(),
        other => other.to_string(),
    }
}

fn at(sample: &Sample<'_>, row: usize, plane: Option<bool>) -> Option<Head> {
    let own = sample.get(row)?;
    let names: Vec<String> = own.iter().map(name).collect();
    let found = candidates(&names);
    let metres = |candidate: &&Candidate| match (plane, candidate.rank) {
        (Some(plane), Rank::Plane | Rank::Xy) => !plane,
        (Some(plane), Rank::Hanzi | Rank::Letters) => plane,
        _ => false,
    };
    let mut ranked: Vec<&Candidate> = found.iter().collect();
    // What the user says of the figures goes before what the names say.
    ranked.sort_by_key(metres);
    let judged = ranked.iter().find_map(|candidate| {
        let finer = finer_of(candidate, &names, sample.get(row + 1));
        let rows = row + 1 + usize::from(finer.is_some_and(|(_, below)| below));
        let finer = finer.map(|(finer, _)| finer);
        let judged = judge(candidate, sample.get(rows..).unwrap_or_default(), finer)?;
        Some((*candidate, rows, finer, judged))
    });
    // A table without rows has its coordinates, too; but then its head is not to be doubted.
    let (candidate, rows, finer, judged) = if let Some(judged) = judged {
        judged
    } else {
        let sure = ranked.first().filter(|candidate| candidate.rank < Rank::Chosen)?;
        (*sure, row + 1, None, Judged::default())
    };
    Some(head_of(Some(row), rows, names, candidate, finer, &judged, sample))
}

fn finer_of(
    candidate: &Candidate,
    names: &[String],
    below: Option<&Vec<Value<'_>>>,
) -> Option<([Finer; 2], bool)> {
    match candidate.place {
        Place::Columns { east, north } if candidate.rank <= Rank::Letters => {
            finer(names, below, [east, north])
        }
        _ => None,
    }
}

/// The head with its own row, where there is one, and the number of rows before the first feature.
pub fn head_of(
    own: Option<usize>,
    rows: usize,
    mut names: Vec<String>,
    candidate: &Candidate,
    finer: Option<[Finer; 2]>,
    judged: &Judged,
    sample: &Sample<'_>,
) -> Head {
    let after = sample.get(rows..).unwrap_or_default();
    // Cells beyond the head may be the other halves of coordinates with a decimal comma; whole ones
    // have a fraction, or are metres.
    if judged.are_whole || finer.is_some() || rows == 0 {
        let widest = commonest_width(after);
        if widest > names.len() {
            names.resize(widest, String::new());
        }
    }
    // What stands over several rows is told by the first of them, and so is what stands under a name
    // that spans several columns. A title alone is none of a column.
    let has_names =
        |row: &&Vec<Value<'_>>| row.iter().filter(|v| **v != Value::Missing).count() > 1;
    let above = own.and_then(|row| row.checked_sub(1)).and_then(|row| sample.get(row));
    if let Some(above) = above.filter(has_names) {
        let last = above.iter().rposition(|cell| *cell != Value::Missing);
        // As far as there are cells under it.
        let width = last.map_or(0, |last| last + 1).min(commonest_width(after));
        names.resize(names.len().max(width), String::new());
        for (own, above) in names.iter_mut().zip(above) {
            if own.is_empty() {
                *own = name(above);
            }
        }
    }
    let below = rows.checked_sub(1).filter(|row| Some(*row) != own);
    if let Some(below) = below.and_then(|row| sample.get(row)) {
        let mut over = String::new();
        for (own, below) in names.iter_mut().zip(below) {
            if own.is_empty() && *below != Value::Missing {
                *own = format!("{over}{}", name(below));
            } else if !own.is_empty() {
                over.clone_from(own);
            }
        }
    }
    let stated = match judged.srid.and_then(Crs::from_epsg) {
        Some(crs) => Ok(Some(crs)),
        None if judged.metres => Ok(None),
        None => candidate.named.degrees(),
    };
    Head {
        rows,
        names,
        place: candidate.place,
        finer,
        rank: candidate.rank,
        stated,
        is_turned: judged.is_turned,
        metres: judged.metres,
        raw_extent: judged.extent,
    }
}

/// What the first rows say of columns that may hold coordinates.
#[derive(Debug, Default)]
pub struct Judged {
    is_turned: bool,
    metres: bool,
    /// None of the coordinates can be half of one.
    are_whole: bool,
    extent: Option<[f64; 4]>,
    srid: Option<i64>,
}

/// Reads the first rows so; `None` where none of them has coordinates there.
pub fn judge(
    candidate: &Candidate,
    rows: &Sample<'_>,
    finer: Option<[Finer; 2]>,
) -> Option<Judged> {
    let mut judged = Judged::default();
    let mut pairs: Vec<[f64; 2]> = Vec::new();
    if let Place::Shape { column } = candidate.place {
        let texts = rows.iter().filter_map(|row| match row.get(column) {
            Some(Value::Text(text)) if wkt::is_wkt(text) => Some(*text),
            _ => None,
        });
        for text in texts {
            judged.srid = judged.srid.or(wkt::srid(text).0);
            let seen = std::cell::RefCell::new(&mut pairs);
            let place = |x, y| {
                seen.borrow_mut().push([x, y]);
                LonLat::new(0.0, 0.0)
            };
            // What is broken is counted when it is read for good.
            let _ = wkt::read(text, &place, &mut ChunkBuilder::default());
        }
        judged.extent = extent(&pairs);
        return judged.extent.map(|_| judged);
    }
    for metres in [false, true] {
        let read = rows.iter().filter_map(|row| figures(candidate.place, finer, row, metres));
        pairs = read.filter(|pair| pair.iter().any(|v| *v != 0.0)).collect();
        // Thousands are parted only where there are thousands.
        let large = pairs.iter().filter(|pair| pair.iter().any(|v| v.abs() > 360.0)).count();
        let dms = candidate.rank <= Rank::Letters && pairs.iter().all(|pair| is_compact(*pair));
        judged.metres = large * 2 > pairs.len() && !dms;
        if !judged.metres {
            break;
        }
    }
    let free = match candidate.place {
        Place::Together { first, .. } => first.is_none() || judged.metres,
        _ => candidate.rank == Rank::Xy,
    };
    // What is called a latitude and is more than any can be is none.
    let sure = |pair: &[f64; 2]| {
        let beyond = if judged.metres {
            candidate.rank == Rank::Chosen && pair[1] >= 13e6
        } else {
            pair[1].abs() > 90.0
        };
        beyond && is_turned(*pair, judged.metres)
    };
    let is_other = |pair: &&[f64; 2]| {
        if free { is_turned(**pair, judged.metres) } else { sure(pair) }
    };
    let turned = pairs.iter().filter(is_other).count();
    judged.is_turned = turned * 2 > pairs.len();
    if let Place::Together { first: Some(Axis::North), .. } = candidate.place {
        judged.is_turned = true;
    }
    if judged.is_turned {
        for pair in &mut pairs {
            pair.swap(0, 1);
        }
    }
    // Degrees written as one number are told as degrees.
    if !judged.metres && candidate.rank <= Rank::Letters {
        for [east, north] in &mut pairs {
            let read = compact(*east, Axis::East).zip(compact(*north, Axis::North));
            (*east, *north) = read.unwrap_or((*east, *north));
        }
    }
    let has_fraction = |pair: &[f64; 2]| pair.iter().any(|v| v.fract() != 0.0);
    judged.are_whole = judged.metres || pairs.iter().any(has_fraction);
    // One row that cannot be meant does not decide where all of them lie.
    let fits = |[east, north]: &[f64; 2]| {
        if judged.metres {
            east.abs().max(north.abs()) > 360.0
        } else {
            east.abs() <= 360.0 && north.abs() <= 360.0
        }
    };
    pairs.retain(fits);
    judged.extent = extent(&pairs);
    judged.extent.map(|_| judged)
}

/// How many cells most rows have, without empty ones at their end.
fn commonest_width(rows: &Sample<'_>) -> usize {
    let mut widths = std::collections::BTreeMap::<usize, usize>::new();
    for row in rows {
        let last = row.iter().rposition(|cell| *cell != Value::Missing);
        *widths.entry(last.map_or(0, |last| last + 1)).or_default() += 1;
    }
    widths.into_iter().max_by_key(|(_, count)| *count).map_or(0, |(width, _)| width)
}

/// Whether both are degrees, minutes and seconds written as one number.
fn is_compact([east, north]: [f64; 2]) -> bool {
    compact(east, Axis::East).is_some() && compact(north, Axis::North).is_some()
}

/// Whether north stands first, by what is possible in China: degrees north are 3 to 54 and east 73
/// to 136; metres north are a million to six, and east below one, or with a zone before them.
fn is_turned([first, second]: [f64; 2], metres: bool) -> bool {
    if !metres {
        return (3.0..54.0).contains(&first) && (73.0..136.0).contains(&second);
    }
    let is_east = |v: f64| (1e5..1e6).contains(&v) || (13e6..46e6).contains(&v);
    (1e6..6.5e6).contains(&first) && is_east(second)
}

/// The coordinates of a row as they stand.
fn figures(
    place: Place,
    finer: Option<[Finer; 2]>,
    row: &[Value<'_>],
    metres: bool,
) -> Option<[f64; 2]> {
    let number = |figure| match figure {
        Figure::Number { value, .. } => Some(value),
        Figure::Missing | Figure::Unclear => None,
    };
    match place {
        Place::Columns { east, north } => {
            let cell = |column: usize| row.get(column).copied().unwrap_or(Value::Missing);
            let whole = |column: usize, i: usize| {
                let figure = Figure::of(cell(column), metres);
                number(finer.map_or(figure, |finer| finer[i].whole(figure, cell)))
            };
            whole(east, 0).zip(whole(north, 1)).map(|(e, n)| [e, n])
        }
        Place::Together { column, .. } => match row.get(column) {
            Some(Value::Text(text)) => {
                let [a, b] = pair(text, metres)?;
                number(a).zip(number(b)).map(|(a, b)| [a, b])
            }
            _ => None,
        },
        Place::Shape { .. } => None,
    }
}

fn extent(pairs: &[[f64; 2]]) -> Option<[f64; 4]> {
    pairs.iter().fold(None, |extent, [x, y]| {
        let [w, s, e, n] = extent.unwrap_or([*x, *y, *x, *y]);
        Some([w.min(*x), s.min(*y), e.max(*x), n.max(*y)])
    })
}
