//! The table of a Shapefile: dBASE III, names of ten bytes, texts of 254.

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use super::super::{Encoding, Left, Outgoing, gbk, outgoing::Row};
use crate::{
    layer::{Cause, FieldKind, Value},
    store::clock,
};

/// What a column holds, and how wide it is in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Logical,
    Number {
        width: u8,
        decimals: u8,
    },
    /// Numbers too large or too small for digits alone, as GDAL writes fractions: each as it is
    /// shortest, with an exponent where that is so.
    Shortest,
    Date,
    Text {
        width: u8,
    },
}

/// The longest text that a column takes.
const MOST_TEXT: usize = 254;
/// Digits of a number with a fraction; whole numbers that are longer others read as fractions, and
/// round them.
const MOST_DIGITS: usize = 20;
const MOST_WHOLE_DIGITS: usize = 18;
/// GDAL's column of fractions. The longest number with an exponent has 24 signs.
const SHORTEST: (u8, u8) = (24, 15);
/// Whole numbers up to here are exact among fractions.
const MOST_EXACT: u64 = 1 << 53;

/// Writes the values of the rows.
///
/// # Errors
/// The file cannot be written.
pub fn write(
    own: &Outgoing<'_>,
    rows: &[Row],
    encoding: Encoding,
    mut out: impl Write,
    left: &mut Left,
) -> io::Result<()> {
    let mut taken = BTreeSet::new();
    let mut columns: Vec<(Vec<u8>, Column)> = Vec::new();
    for (i, field) in own.layer.fields.iter().enumerate() {
        let name = free_name(&field.name, encoding, &mut taken);
        if name != bytes(&field.name, encoding) {
            let (short, _) = encoding.decoder().decode_without_bom_handling(&name);
            left.count(Cause::FieldRenamed, &format!("{} → {short}", field.name));
        }
        let told = column(own, rows, i, encoding);
        if matches!(told, Column::Text { .. }) {
            let is_number = |v: &Value<'_>| matches!(v, Value::Integer(_) | Value::Number(_));
            let numbers = rows.iter().filter(|at| is_number(&own.value(**at, i))).count();
            if numbers > 0 {
                left.count_more(Cause::NumberAsText, &field.name, numbers);
            }
        }
        columns.push((name, told));
    }
    if columns.is_empty() {
        // A table without a column is none to other programs.
        columns.push((b"ID".to_vec(), Column::Number { width: 10, decimals: 0 }));
    }
    let width: usize = 1 + columns.iter().map(|(_, column)| column.width()).sum::<usize>();
    let (Ok(record), Ok(head)) = (u16::try_from(width), u16::try_from(33 + 32 * columns.len()))
    else {
        return Err(io::Error::from(io::ErrorKind::FileTooLarge));
    };
    let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    out.write_all(&[0x03])?;
    out.write_all(&today())?;
    out.write_all(&count.to_le_bytes())?;
    out.write_all(&head.to_le_bytes())?;
    out.write_all(&record.to_le_bytes())?;
    out.write_all(&[0; 20])?;
    for (name, column) in &columns {
        let mut told = [0_u8; 32];
        told.iter_mut().zip(name).for_each(|(to, from)| *to = *from);
        told[11] = column.letter();
        told[16] = u8::try_from(column.width()).unwrap_or(u8::MAX);
        told[17] = column.decimals();
        out.write_all(&told)?;
    }
    out.write_all(&[0x0D])?;
    for (number, at) in rows.iter().enumerate() {
        out.write_all(b" ")?;
        for (i, (_, column)) in columns.iter().enumerate() {
            let value = if own.layer.fields.is_empty() {
                Value::Integer(i64::try_from(number + 1).unwrap_or(i64::MAX))
            } else {
                own.value(*at, i)
            };
            out.write_all(&cell(value, *column, encoding, left))?;
        }
    }
    out.write_all(&[0x1A])?;
    out.flush()
}

impl Column {
    const fn width(self) -> usize {
        match self {
            Self::Logical => 1,
            Self::Date => 8,
            Self::Shortest => SHORTEST.0 as usize,
            Self::Number { width, .. } | Self::Text { width } => width as usize,
        }
    }

    const fn letter(self) -> u8 {
        match self {
            Self::Logical => b'L',
            Self::Number { .. } | Self::Shortest => b'N',
            Self::Date => b'D',
            Self::Text { .. } => b'C',
        }
    }

    const fn decimals(self) -> u8 {
        match self {
            Self::Number { decimals, .. } => decimals,
            Self::Shortest => SHORTEST.1,
            _ => 0,
        }
    }
}

impl Encoding {
    const fn decoder(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Gbk => encoding_rs::GBK,
        }
    }
}

fn bytes(text: &str, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Gbk => gbk::encode(text).0,
    }
}

/// As many whole characters as fit.
fn cut(text: &str, most: usize, encoding: Encoding) -> Vec<u8> {
    let mut kept = Vec::new();
    for c in text.chars() {
        let next = bytes(c.encode_utf8(&mut [0; 4]), encoding);
        if kept.len() + next.len() > most {
            break;
        }
        kept.extend(next);
    }
    kept
}

/// A name of at most ten bytes that no other column has, in any case.
fn free_name(name: &str, encoding: Encoding, taken: &mut BTreeSet<Vec<u8>>) -> Vec<u8> {
    let plain: String = name.chars().filter(|c| !c.is_control()).collect();
    let plain = if plain.trim().is_empty() { "FIELD".to_owned() } else { plain };
    let mut free = cut(&plain, 10, encoding);
    let mut number = 1;
    while !taken.insert(free.to_ascii_uppercase()) {
        let tail = format!("_{number}");
        free = cut(&plain, 10 - tail.len(), encoding);
        free.extend(tail.bytes());
        number += 1;
    }
    free
}

/// What holds every value of a field without changing it.
fn column(own: &Outgoing<'_>, rows: &[Row], field: usize, encoding: Encoding) -> Column {
    let values = || rows.iter().map(|at| own.value(*at, field)).filter(|v| *v != Value::Missing);
    let kind = own.layer.kind_of(field);
    let text = || {
        let widest = values().map(|value| match value {
            Value::Text(text) => bytes(text, encoding).len(),
            other => other.shortest().len(),
        });
        let width = widest.max().unwrap_or(1).clamp(1, MOST_TEXT);
        Column::Text { width: u8::try_from(width).unwrap_or(u8::MAX) }
    };
    match kind {
        FieldKind::Bool if values().all(|v| matches!(v, Value::Bool(_))) => Column::Logical,
        FieldKind::Date if values().all(|v| day(v).is_some()) => Column::Date,
        FieldKind::Integer | FieldKind::Number => numbers(values).unwrap_or_else(text),
        _ => text(),
    }
}

/// A column of numbers; `None` where none holds them all as they are.
fn numbers<'a, I: Iterator<Item = Value<'a>>>(values: impl Fn() -> I) -> Option<Column> {
    let is_sound = |v: Value<'_>| match v {
        Value::Integer(_) => true,
        Value::Number(n) => n.is_finite(),
        _ => false,
    };
    if !values().all(is_sound) {
        return None;
    }
    let decimals = values().map(|v| digits_after(&v.to_string())).max().unwrap_or(0);
    let widest = values().map(|v| number(v, decimals).len()).max().unwrap_or(1);
    let most = if decimals == 0 { MOST_WHOLE_DIGITS } else { MOST_DIGITS };
    // Others read a column with a fraction as numbers of 53 bits.
    let is_exact = |v| !matches!(v, Value::Integer(n) if n.unsigned_abs() > MOST_EXACT);
    let are_exact = decimals == 0 || values().all(is_exact);
    match (u8::try_from(widest), u8::try_from(decimals)) {
        (Ok(width), Ok(decimals)) if widest <= most && are_exact => {
            Some(Column::Number { width, decimals })
        }
        _ => values().all(is_exact).then_some(Column::Shortest),
    }
}

/// The day of writing: years from 1900, month, day.
fn today() -> [u8; 3] {
    let now = clock::now();
    [u8::try_from(i32::from(now.year) - 1900).unwrap_or_default(), now.month, now.day]
}

fn digits_after(text: &str) -> usize {
    text.split_once('.').map_or(0, |(_, digits)| digits.len())
}

fn number(value: Value<'_>, decimals: usize) -> String {
    match value {
        Value::Number(n) => format!("{n:.decimals$}"),
        Value::Integer(n) if decimals == 0 => n.to_string(),
        Value::Integer(n) => format!("{n}.{}", "0".repeat(decimals)),
        _ => String::new(),
    }
}

/// The eight digits of a day such as `2026-11-26`; of no other writing, which would not come back.
fn day(value: Value<'_>) -> Option<String> {
    let Value::Text(text) = value else { return None };
    let shaped = text.len() == 10
        && text.bytes().zip(*b"0000-00-00").all(|(own, sign)| match sign {
            b'0' => own.is_ascii_digit(),
            sign => own == sign,
        });
    shaped.then(|| text.replace('-', ""))
}

fn cell(value: Value<'_>, column: Column, encoding: Encoding, left: &mut Left) -> Vec<u8> {
    let mut cell = match (column, value) {
        (Column::Logical, Value::Bool(true)) => b"T".to_vec(),
        (Column::Logical, Value::Bool(false)) => b"F".to_vec(),
        (Column::Logical, _) => b"?".to_vec(),
        (_, Value::Missing) => Vec::new(),
        (Column::Number { decimals, width }, value) => {
            let text = number(value, usize::from(decimals));
            format!("{text:>width$}", width = usize::from(width)).into_bytes()
        }
        (Column::Shortest, value) => {
            let text = value.shortest();
            format!("{text:>width$}", width = usize::from(SHORTEST.0)).into_bytes()
        }
        (Column::Date, value) => day(value).unwrap_or_default().into_bytes(),
        (Column::Text { width }, value) => {
            let text = value.shortest();
            if encoding == Encoding::Gbk && gbk::encode(&text).1 {
                left.count(Cause::SignsReplaced, "GBK");
            }
            let whole = bytes(&text, encoding).len();
            if whole > usize::from(width) {
                left.count(Cause::TextCut, "");
            }
            cut(&text, usize::from(width), encoding)
        }
    };
    cell.resize(column.width(), b' ');
    cell
}
