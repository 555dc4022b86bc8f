//! XLSX: a sheet for each layer, typed cells, a head that stays, and what is no number as text.

use std::{collections::BTreeSet, path::Path};

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::{
    Job, Left, Outgoing, WriteError,
    excel_time::{self, Moment},
    outgoing::Row,
    place_columns::{Columns, Place},
};
use crate::{
    geo::Crs,
    layer::{Cause, FieldKind, Finding, Value},
    store::layers::guarded::guarded,
};

/// The last row of a sheet and its last column, from 0.
const LAST_ROW: u32 = 1_048_575;
const MOST_COLUMNS: usize = 16_384;
/// Characters of a cell, in UTF-16.
const LONGEST_CELL: usize = 32_767;
/// Excel shows and keeps fifteen digits of a number.
const MOST_EXACT: u64 = 999_999_999_999_999;
const MOST_DIGITS: usize = 15;

/// Cells that are kept in memory until the workbook is put together; of more than these, they lie in a
/// file meanwhile.
const MOST_CELLS: usize = 2_000_000;

/// Writes every layer, row by row.
pub fn write(job: &Job<'_>, path: &Path) -> Result<Vec<Finding>, WriteError> {
    let mut left = Left::default();
    // The library breaks where its own file in between cannot be written, and says the system's reason.
    let made = guarded(|| book(job, path, &mut left)).map_err(|said| job.failed(said))?;
    made.map_err(|reason| match reason {
        XlsxError::IoError(reason) => job.unwritable(reason),
        other => job.failed(other),
    })?;
    Ok(left.told())
}

fn book(job: &Job<'_>, path: &Path, left: &mut Left) -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    if let Some(folder) = path.parent() {
        book.set_tempdir(folder)?;
    }
    let formats = Formats::new();
    let mut taken = BTreeSet::new();
    for own in job.layers {
        let mut rows = own.rows().peekable();
        let columns = Columns::of(own, job.crs(), left);
        let zones: Vec<Option<&str>> =
            columns.fields.iter().map(|(field, _)| excel_time::zone_of(own, *field)).collect();
        for (zone, (_, name)) in zones.iter().zip(&columns.fields) {
            if let Some(zone) = zone.filter(|zone| !zone.is_empty()) {
                left.name(Cause::ZoneOfTimeLeftOut, &format!("{name} ({zone})"));
            }
        }
        let figures = own.layer.figures_in_words();
        let cells = own.layer.len().saturating_mul(columns.names().count());
        let mut names = Vec::new();
        loop {
            let name = sheet_name(&own.layer.name, &mut taken);
            let mut sheet = Sheet {
                own,
                columns: &columns,
                zones: &zones,
                figures: &figures,
                crs: job.crs(),
                formats: &formats,
                left,
                rows: if cells > MOST_CELLS {
                    book.add_worksheet_with_constant_memory()?
                } else {
                    book.add_worksheet()
                },
            };
            sheet.head(&name, names.is_empty())?;
            names.push(name);
            let mut last = 0;
            while last < LAST_ROW
                && let Some(at) = rows.next()
            {
                last += 1;
                sheet.row(last, at)?;
            }
            let width = u16::try_from(columns.names().count().min(MOST_COLUMNS)).unwrap_or(1);
            if let Some(column) = width.checked_sub(1) {
                sheet.rows.autofilter(0, 0, last.max(1), column)?;
            }
            if rows.peek().is_none() {
                break;
            }
        }
        if names.len() > 1 {
            left.count(Cause::SheetsSplit, &names.join(", "));
        }
    }
    book.save(path)
}

/// How cells look.
struct Formats {
    head: Format,
    day: Format,
    moment: Format,
    fraction: Format,
    text: Format,
    /// Numbers with one place behind the point, with two, and so on.
    decimals: Vec<Format>,
}

impl Formats {
    fn new() -> Self {
        Self {
            head: Format::new().set_bold(),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            moment: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
            fraction: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss.000"),
            // Edited, a code stays a text.
            text: Format::new().set_num_format("@"),
            decimals: (1..MOST_DIGITS)
                .map(|places| Format::new().set_num_format(format!("0.{:0<places$}", "")))
                .collect(),
        }
    }
}

/// A name that Excel takes: 31 units of UTF-16, without some signs, each once.
fn sheet_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    const LONGEST: usize = 31;
    let kept = |c: char| !c.is_control() && !"[]:*?/\\".contains(c);
    let plain: String = name.chars().map(|c| if kept(c) { c } else { '_' }).collect();
    let plain = plain.trim().trim_matches('\'');
    // The name of a sheet that Excel makes itself.
    let plain = if plain.is_empty() || plain.eq_ignore_ascii_case("history") {
        format!("{plain}_")
    } else {
        plain.to_owned()
    };
    let mut told = cut(&plain, LONGEST).to_owned();
    let mut number = 2;
    while !taken.insert(told.to_lowercase()) {
        let end = format!(" ({number})");
        told = format!("{}{end}", cut(&plain, LONGEST - end.len()));
        number += 1;
    }
    told
}

/// The beginning of a text, no longer than so many units of UTF-16.
fn cut(text: &str, most: usize) -> &str {
    let mut units = 0;
    let end = text.char_indices().find_map(|(at, c)| {
        units += c.len_utf16();
        (units > most).then_some(at)
    });
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// A sheet that is being written.
struct Sheet<'a> {
    own: &'a Outgoing<'a>,
    columns: &'a Columns,
    /// Of each field that is written the zone of its moments; `None` where they have several.
    zones: &'a [Option<&'a str>],
    /// Of each field of the layer whether its words all say figures.
    figures: &'a [bool],
    crs: Crs,
    formats: &'a Formats,
    left: &'a mut Left,
    rows: &'a mut Worksheet,
}

impl Sheet<'_> {
    fn head(&mut self, name: &str, is_first: bool) -> Result<(), XlsxError> {
        self.rows.set_name(name)?;
        self.rows.set_freeze_panes(1, 0)?;
        // Excel has no more columns; the place comes before the last fields.
        let room = MOST_COLUMNS.saturating_sub(self.columns.place.len());
        for (column, name) in (0_u16..).zip(self.columns.names().take(MOST_COLUMNS)) {
            let letters: usize = name.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
            self.rows.set_column_width(column, letters.clamp(8, 40) as f64 + 2.0)?;
        }
        for (column, (_, name)) in (0_u16..).zip(self.columns.fields.iter().take(room)) {
            let name = cut(name, LONGEST_CELL);
            self.rows.write_string_with_format(0, column, name, &self.formats.head)?;
        }
        for (column, name) in (self.place_column()..).zip(self.columns.place) {
            self.rows.write_string_with_format(0, column, *name, &self.formats.head)?;
        }
        for (_, name) in self.columns.fields.iter().skip(room).filter(|_| is_first) {
            self.left.name(Cause::ColumnsNotWritten, name);
        }
        Ok(())
    }

    /// The first column of the place.
    fn place_column(&self) -> u16 {
        let room = MOST_COLUMNS.saturating_sub(self.columns.place.len());
        u16::try_from(self.columns.fields.len().min(room)).unwrap_or(u16::MAX)
    }

    fn row(&mut self, row: u32, at: Row) -> Result<(), XlsxError> {
        let place = self.place_column();
        for ((column, (field, name)), zone) in (0..place).zip(&self.columns.fields).zip(self.zones)
        {
            self.cell(row, column, at, (*field, name, zone.is_some()))?;
        }
        match self.columns.place(self.own, at, self.crs, self.left) {
            Place::Nowhere => {}
            Place::At(position) => {
                for (column, v) in (place..).zip(position) {
                    self.rows.write_number(row, column, v)?;
                }
            }
            // Half a geometry is none.
            Place::Text(text) if text.len() > LONGEST_CELL => {
                self.left.count(Cause::GeometryTooLong, "");
            }
            Place::Text(text) if text.is_empty() => {}
            Place::Text(text) => {
                self.rows.write_string(row, place, text)?;
            }
        }
        Ok(())
    }

    fn cell(
        &mut self,
        row: u32,
        column: u16,
        at: Row,
        (field, name, has_one_zone): (usize, &str, bool),
    ) -> Result<(), XlsxError> {
        match self.own.value(at, field) {
            Value::Missing => {}
            Value::Bool(b) => {
                self.rows.write_boolean(row, column, b)?;
            }
            #[expect(clippy::cast_precision_loss, reason = "few enough digits")]
            Value::Integer(n) if n.unsigned_abs() <= MOST_EXACT => {
                self.rows.write_number(row, column, n as f64)?;
            }
            Value::Number(n) if n.is_finite() => {
                self.rows.write_number(row, column, n)?;
            }
            n @ (Value::Integer(_) | Value::Number(_)) => {
                self.left.count(Cause::NumberAsText, name);
                let text = n.to_string();
                self.rows.write_string_with_format(row, column, text, &self.formats.text)?;
            }
            Value::Text(text) => {
                let kind = self.own.layer.kind_of(field);
                let fits = |own: &Moment<'_>| match kind {
                    FieldKind::Date => own.is_day,
                    FieldKind::DateTime => has_one_zone,
                    _ => false,
                };
                let is_time = matches!(kind, FieldKind::Date | FieldKind::DateTime);
                let moment = if is_time { excel_time::read(text).filter(fits) } else { None };
                if let Some(Moment { date, is_day, has_fraction, .. }) = moment {
                    let format = match (is_day, has_fraction) {
                        (true, _) => &self.formats.day,
                        (false, true) => &self.formats.fraction,
                        (false, false) => &self.formats.moment,
                    };
                    self.rows.write_datetime_with_format(row, column, &date, format)?;
                } else if let Some((n, format)) = self.decimal(field, text) {
                    self.rows.write_number_with_format(row, column, n, format)?;
                } else {
                    let kept = cut(text, LONGEST_CELL);
                    if kept.len() < text.len() {
                        self.left.count(Cause::TextCut, name);
                    }
                    // A text cell is a text, whatever it begins with.
                    self.rows.write_string_with_format(row, column, kept, &self.formats.text)?;
                }
            }
        }
        Ok(())
    }
}

impl<'a> Sheet<'a> {
    /// A number that a text says with its places behind the point, such as `14.430`, and how it looks
    /// so. A field that holds anything else, or is declared to be text, holds codes.
    fn decimal(&self, field: usize, text: &str) -> Option<(f64, &'a Format)> {
        let declared = self.own.layer.fields.get(field)?.declared;
        if declared == Some(FieldKind::Text) || self.figures.get(field) != Some(&true) {
            return None;
        }
        let (whole, fraction) = text.strip_prefix('-').unwrap_or(text).split_once('.')?;
        let all = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let is_code = whole.len() > 1 && whole.starts_with('0');
        let is_exact = whole.len() + fraction.len() <= MOST_DIGITS;
        if !all(whole) || !all(fraction) || is_code || !is_exact {
            return None;
        }
        let format = self.formats.decimals.get(fraction.len().checked_sub(1)?)?;
        Some((text.parse().ok()?, format))
    }
}
