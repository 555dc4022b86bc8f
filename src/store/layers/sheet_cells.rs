//! Cells of spreadsheets, and what they say.

use std::borrow::Cow;

use calamine::{DataRef, ExcelDateTime};

use super::tabular::Cells;
use crate::layer::Value;

/// A cell.
#[derive(Debug, Clone)]
pub enum Datum<'a> {
    Missing,
    Bool(bool),
    Number(f64),
    Integer(i64),
    Text(Cow<'a, str>),
    Day(String),
    Moment(String),
}

impl Datum<'_> {
    pub fn value(&self) -> Value<'_> {
        match self {
            Self::Missing => Value::Missing,
            Self::Bool(b) => Value::Bool(*b),
            Self::Number(n) => Value::Number(*n),
            Self::Integer(n) => Value::Integer(*n),
            Self::Text(text) if text.is_empty() => Value::Missing,
            Self::Text(text) => Value::Text(text),
            Self::Day(text) | Self::Moment(text) => Value::Text(text),
        }
    }

    /// Spreadsheets know one kind of number; whole ones are kept as such as far as they are exact.
    pub fn number(n: f64) -> Self {
        const MOST_EXACT: f64 = 9_007_199_254_740_992.0;
        #[expect(clippy::cast_possible_truncation, reason = "whole, and within the exact ones")]
        if n.fract() == 0.0 && n.abs() <= MOST_EXACT && !(n == 0.0 && n.is_sign_negative()) {
            return Self::Integer(n as i64);
        }
        if n.is_finite() { Self::Number(n) } else { Self::Missing }
    }

    /// A day or a moment as ISO 8601 writes it; what is only a time of day is a text.
    pub fn date(date: &ExcelDateTime) -> Self {
        let value = date.as_f64();
        if !value.is_finite() || !(0.0..2_958_466.0).contains(&value) {
            return Self::number(value);
        }
        let (year, month, day, hour, minute, second, milli) = date.to_ymd_hms_milli();
        let fraction = if milli == 0 { String::new() } else { format!(".{milli:03}") };
        let time = format!("{hour:02}:{minute:02}:{second:02}{fraction}");
        if date.is_duration() || value < 1.0 {
            let hours = (value * 24.0).floor();
            let time = if value < 1.0 { time } else { format!("{hours}:{minute:02}:{second:02}") };
            return Self::Text(time.into());
        }
        let day = format!("{year:04}-{month:02}-{day:02}");
        if (hour, minute, second, milli) == (0, 0, 0, 0) {
            Self::Day(day)
        } else {
            Self::Moment(format!("{day}T{time}"))
        }
    }

    /// What ISO 8601 writes already.
    pub fn iso(text: String) -> Self {
        match text.split_once('T') {
            Some((day, "00:00:00")) => Self::Day(day.to_owned()),
            Some(_) => Self::Moment(text),
            None => Self::Day(text),
        }
    }
}

pub fn datum_ref<'a>(value: &DataRef<'a>) -> Datum<'a> {
    match value {
        DataRef::Int(n) => Datum::Integer(*n),
        DataRef::Float(n) => Datum::number(*n),
        DataRef::SharedString(text) => Datum::Text(Cow::Borrowed(text)),
        DataRef::String(text) | DataRef::DurationIso(text) => Datum::Text(text.clone().into()),
        DataRef::Bool(b) => Datum::Bool(*b),
        DataRef::DateTime(date) => Datum::date(date),
        DataRef::DateTimeIso(text) => Datum::iso(text.clone()),
        DataRef::Error(error) => Datum::Text(error.to_string().into()),
        DataRef::Empty => Datum::Missing,
    }
}

/// A row of a sheet.
#[derive(Debug, Clone, Default)]
pub struct SheetRow<'a>(pub Vec<Datum<'a>>);

impl<'a> SheetRow<'a> {
    /// Behind Excel's last column, XFD.
    pub const MOST: usize = 16_384;

    /// Puts what a cell says into its place.
    pub fn put(&mut self, column: usize, datum: Datum<'a>) {
        if column >= Self::MOST || matches!(datum, Datum::Missing) {
            return;
        }
        if self.0.len() <= column {
            self.0.resize_with(column + 1, || Datum::Missing);
        }
        if let Some(place) = self.0.get_mut(column) {
            *place = datum;
        }
    }
}

impl Cells for SheetRow<'_> {
    fn width(&self) -> usize {
        self.0.len()
    }

    fn cell(&self, column: usize) -> Value<'_> {
        self.0.get(column).map_or(Value::Missing, Datum::value)
    }
}
