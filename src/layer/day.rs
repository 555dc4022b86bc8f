//! Days and moments in words: which a text says, so that it finds its place among others.

use super::{Column, FieldKind, Table};

/// A moment: the day, in an order in which later days are larger, and the milliseconds of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    pub day: u32,
    pub millis: u32,
}

/// The moment that a text says, as `2024-05-01`, `2024/5/1`, `2024.5.1` or `2024年5月1日`, each
/// with or without a time such as `10:20` or `10:20:30.5` behind a blank or a T. Zones are none of it.
pub fn moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    // Most words are no days: they cost one look.
    if !text.as_bytes().get(..4)?.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let (year, rest) = figure(text, 4)?;
    let sign = rest.chars().next()?;
    let between = match sign {
        '-' | '/' | '.' => sign,
        '年' => '月',
        _ => return None,
    };
    let (month, rest) = figure(rest.strip_prefix(sign)?, 2)?;
    let (day, rest) = figure(rest.strip_prefix(between)?, 2)?;
    let rest = if sign == '年' { rest.strip_prefix(['日', '号'])? } else { rest };
    if !(1..=12).contains(&month) || day == 0 || day > days_of(year, month) {
        return None;
    }
    Some(Moment { day: (year * 13 + month) * 32 + day, millis: clock(rest)? })
}

/// The milliseconds of a day's time; of none the first.
fn clock(rest: &str) -> Option<u32> {
    let Some(rest) = rest.strip_prefix(['T', ' ']).map(str::trim_start) else {
        return rest.is_empty().then_some(0);
    };
    let (hour, rest) = figure(rest, 2)?;
    let (minute, rest) = figure(rest.strip_prefix(':')?, 2)?;
    let (seconds, rest) = match rest.strip_prefix(':') {
        Some(rest) => figure(rest, 2)?,
        None => (0, rest),
    };
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(rest) => {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            rest.split_at_checked(end)?
        }
        None => ("", rest),
    };
    let millis: u32 = format!("{fraction:0<3.3}").parse().ok()?;
    let sound = hour < 24 && minute < 60 && seconds < 60;
    let ends = rest.is_empty() || rest == "Z";
    (sound && ends).then_some(((hour * 60 + minute) * 60 + seconds) * 1000 + millis)
}

/// So many digits at most, and what follows them.
fn figure(text: &str, most: usize) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    if digits.is_empty() || digits.len() > most {
        return None;
    }
    Some((digits.parse().ok()?, rest))
}

const fn days_of(year: u32, month: u32) -> u32 {
    let is_leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// What the texts of a field all are, where they are days as `2026-11-26` or moments as
/// `2026-11-26T08:00:00`, which every format writes as they stand.
pub fn kind_of_texts<'a>(
    tables: impl Iterator<Item = &'a Table>,
    field: usize,
) -> Option<FieldKind> {
    let mut kind = None;
    for column in tables.filter_map(|table| table.columns.get(field)) {
        if !of_column(column, &mut |text| {
            let own = iso(text);
            kind =
                own.map(
                    |own| if kind == Some(FieldKind::DateTime) { FieldKind::DateTime } else { own },
                );
            own.is_some()
        }) {
            return None;
        }
    }
    kind
}

/// Whether it holds for all texts of a column; never where it holds anything else.
fn of_column(column: &Column, holds: &mut dyn FnMut(&str) -> bool) -> bool {
    match column {
        Column::Empty => true,
        Column::Bools(_) | Column::Integers(_) | Column::Numbers(_) => false,
        Column::Words { words, .. } => words.iter().all(|word| holds(word)),
        Column::Texts { text, ends, missing } => {
            let mut from = 0;
            (0_u32..).zip(ends).all(|(row, end)| {
                let own = text.get(from..*end as usize).unwrap_or_default();
                from = *end as usize;
                own.is_empty() && missing.binary_search(&row).is_ok() || holds(own)
            })
        }
        Column::Sparse { values, .. } => of_column(values, holds),
    }
}

fn iso(text: &str) -> Option<FieldKind> {
    let shaped = |shape: &str| {
        text.len() == shape.len()
            && text.bytes().zip(shape.bytes()).all(|(own, sign)| match sign {
                b'0' => own.is_ascii_digit(),
                sign => own == sign,
            })
    };
    let kind = match text.len() {
        10 if shaped("0000-00-00") => FieldKind::Date,
        19 if shaped("0000-00-00T00:00:00") => FieldKind::DateTime,
        _ => return None,
    };
    moment(text).map(|_| kind)
}
