//! Spreadsheets: XLSX row by row, XLS and ODS sheet by sheet; each sheet with coordinates is a layer.

use std::{
    borrow::Cow,
    fs::File,
    io::{BufReader, Read, Seek},
};

use calamine::{Data, DataRef, ExcelDateTime, Ods, Reader, SheetType, SheetVisible, Xls, Xlsx};

use super::{
    LayerError, Sink, Source,
    sheet_size::{check_ods, check_xlsx},
    tabular::{Cells, Features, find, names_seen},
};
use crate::layer::{Cause, FieldKind, Finding, Value};

/// Reads the sheets of an XLSX file, each as a stream of cells.
pub fn read_xlsx(source: &Source<'_>, sink: &mut Sink<'_>) -> Result<(), LayerError> {
    check_xlsx(source, sink)?;
    let file = BufReader::new(source.open()?);
    let mut book = Xlsx::new(file).map_err(|e| source.damaged("XLSX", e))?;
    let mut told = Told::default();
    for name in told.sheets(&book, sink) {
        let mut cells = match book.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            Err(e) => {
                told.broken.push(format!("{name} ({e})"));
                continue;
            }
        };
        let mut sheet = Sheet::new(&name);
        let mut row = SheetRow::default();
        let mut number = 0;
        let mut count = 0_usize;
        loop {
            let cell = match cells.next_cell() {
                Ok(Some(cell)) => cell,
                Ok(None) => break,
                Err(e) => {
                    // What came before is there.
                    told.broken.push(format!("{name} ({e})"));
                    break;
                }
            };
            count += 1;
            if count.is_multiple_of(4096) {
                sink.check()?;
            }
            let (at, column) = cell.get_position();
            if at != number {
                if !sheet.push(std::mem::take(&mut row), sink)? {
                    break;
                }
                number = at;
            }
            row.put(column as usize, datum_ref(cell.get_value()));
        }
        sheet.push(row, sink)?;
        told.end(sheet, sink)?;
    }
    told.close(source, "XLSX", sink)
}

/// Reads the sheets of an XLS file.
pub fn read_xls(source: &Source<'_>, sink: &mut Sink<'_>) -> Result<(), LayerError> {
    let book = Xls::new(BufReader::new(source.open()?));
    read_ranges(source, "XLS", book.map_err(|e| source.damaged("XLS", e))?, sink)
}

/// Reads the sheets of an ODS file.
pub fn read_ods(source: &Source<'_>, sink: &mut Sink<'_>) -> Result<(), LayerError> {
    check_ods(source, sink)?;
    let book = Ods::new(BufReader::new(source.open()?));
    read_ranges(source, "ODS", book.map_err(|e| source.damaged("ODS", e))?, sink)
}

fn read_ranges<B: Reader<BufReader<File>>>(
    source: &Source<'_>,
    format: &'static str,
    mut book: B,
    sink: &mut Sink<'_>,
) -> Result<(), LayerError>
where
    B::Error: std::fmt::Display,
{
    let mut told = Told::default();
    for name in told.sheets(&book, sink) {
        let range = match book.worksheet_range(&name) {
            Ok(range) => range,
            Err(e) => {
                told.broken.push(format!("{name} ({e})"));
                continue;
            }
        };
        let mut sheet = Sheet::new(&name);
        for cells in range.rows() {
            let row = SheetRow(cells.iter().map(datum).collect());
            if !sheet.push(row, sink)? {
                break;
            }
        }
        told.end(sheet, sink)?;
    }
    told.close(source, format, sink)
}

/// What a workbook had besides its layers.
#[derive(Default)]
struct Told {
    layers: usize,
    hidden: Vec<String>,
    broken: Vec<String>,
    without: Vec<String>,
    /// The names of the first sheet that may have been meant.
    columns: Vec<String>,
}

impl Told {
    /// The names of the sheets to be read, in their order.
    fn sheets<R: Read + Seek, B: Reader<R>>(&mut self, book: &B, sink: &Sink<'_>) -> Vec<String> {
        let mut names = Vec::new();
        for sheet in book.sheets_metadata() {
            let is_asked = sink.options.layer.as_ref().map(|layer| *layer == sheet.name);
            match (sheet.typ, sheet.visible, is_asked) {
                (SheetType::WorkSheet, SheetVisible::Visible, None | Some(true))
                | (SheetType::WorkSheet, _, Some(true)) => names.push(sheet.name.clone()),
                (SheetType::WorkSheet, _, None) => self.hidden.push(sheet.name.clone()),
                _ => {}
            }
        }
        names
    }

    fn end(&mut self, mut sheet: Sheet<'_>, sink: &mut Sink<'_>) -> Result<(), LayerError> {
        sheet.decide(sink)?;
        if let Some(features) = sheet.features {
            for (column, dates) in sheet.dates.iter().enumerate() {
                if let (Dates::All(kind), Some(field)) = (dates, features.field_of(column)) {
                    sink.declare_kind(field, *kind);
                }
            }
            features.end(sink);
            sink.close(true);
            self.layers += 1;
        } else if !sheet.columns.is_empty() {
            if self.columns.is_empty() {
                self.columns = sheet.columns;
            }
            self.without.push(sheet.name);
        }
        Ok(())
    }

    /// Tells it; without a layer it is why there is none.
    fn close(
        self,
        source: &Source<'_>,
        format: &'static str,
        sink: &mut Sink<'_>,
    ) -> Result<(), LayerError> {
        if self.layers == 0 {
            if let Some(why) = self.broken.into_iter().next() {
                return Err(source.damaged(format, why));
            }
            if self.columns.is_empty() {
                return Err(source.without_features(format));
            }
            let path = source.path.to_owned();
            return Err(LayerError::NoCoordinates { path, columns: self.columns });
        }
        let mut tell = |cause, names: Vec<String>| {
            if !names.is_empty() {
                sink.find(Finding { cause, count: names.len(), detail: names.join(", ") });
            }
        };
        tell(Cause::LayerLeftOut, self.broken);
        tell(Cause::HiddenSheet, self.hidden);
        tell(Cause::SheetWithoutPlaces, self.without);
        sink.close(true);
        Ok(())
    }
}

/// Whether a column holds dates and nothing else.
#[derive(Debug, Clone, Copy)]
enum Dates {
    /// It is empty so far.
    Unknown,
    All(FieldKind),
    None,
}

/// A sheet that is being read.
struct Sheet<'a> {
    name: String,
    /// Its first rows, until its head is found among them.
    first: Vec<SheetRow<'a>>,
    features: Option<Features>,
    /// It was looked for and not found.
    is_without: bool,
    columns: Vec<String>,
    /// What each column is, if it holds dates alone.
    dates: Vec<Dates>,
}

impl<'a> Sheet<'a> {
    fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            first: Vec::new(),
            features: None,
            is_without: false,
            columns: Vec::new(),
            dates: Vec::new(),
        }
    }

    /// Takes a row; false where no more are wanted.
    fn push(&mut self, row: SheetRow<'a>, sink: &mut Sink<'_>) -> Result<bool, LayerError> {
        const LOOK: usize = 300;
        if row.0.iter().all(|cell| cell.value() == Value::Missing) {
            return Ok(true);
        }
        if self.features.is_some() {
            self.tell(&row, sink)?;
        } else {
            self.first.push(row);
            if self.first.len() >= LOOK {
                self.decide(sink)?;
            }
        }
        Ok(!self.is_without)
    }

    /// Finds the head among the first rows, and tells those behind it.
    fn decide(&mut self, sink: &mut Sink<'_>) -> Result<(), LayerError> {
        if self.features.is_some() || self.is_without {
            return Ok(());
        }
        let first = std::mem::take(&mut self.first);
        let sample: Vec<Vec<Value<'_>>> =
            first.iter().map(|row| row.0.iter().map(Datum::value).collect()).collect();
        let plane = sink.options.crs.map(crate::geo::Crs::is_plane);
        let Some(head) = find(&sample, plane) else {
            self.columns = names_seen(&sample);
            self.is_without = true;
            return Ok(());
        };
        let skipped = head.row + 1;
        self.features = Some(Features::begin(&self.name, head, sink));
        for row in first.iter().skip(skipped) {
            self.tell(row, sink)?;
        }
        Ok(())
    }

    fn tell(&mut self, row: &SheetRow<'a>, sink: &mut Sink<'_>) -> Result<(), LayerError> {
        if self.dates.len() < row.0.len() {
            self.dates.resize(row.0.len(), Dates::Unknown);
        }
        for (known, cell) in self.dates.iter_mut().zip(&row.0) {
            *known = match (*known, cell) {
                (_, Datum::Missing) => continue,
                (Dates::Unknown | Dates::All(FieldKind::Date), Datum::Day(_)) => {
                    Dates::All(FieldKind::Date)
                }
                // Days among moments are moments that tell no time.
                (Dates::Unknown | Dates::All(_), Datum::Day(_) | Datum::Moment(_)) => {
                    Dates::All(FieldKind::DateTime)
                }
                _ => Dates::None,
            };
        }
        match &mut self.features {
            Some(features) => features.row(row, sink),
            None => Ok(()),
        }
    }
}

/// A cell.
enum Datum<'a> {
    Missing,
    Bool(bool),
    Number(f64),
    Integer(i64),
    Text(Cow<'a, str>),
    Day(String),
    Moment(String),
}

impl Datum<'_> {
    fn value(&self) -> Value<'_> {
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
    fn number(n: f64) -> Self {
        const MOST_EXACT: f64 = 9_007_199_254_740_992.0;
        #[expect(clippy::cast_possible_truncation, reason = "whole, and within the exact ones")]
        if n.fract() == 0.0 && n.abs() <= MOST_EXACT && !(n == 0.0 && n.is_sign_negative()) {
            return Self::Integer(n as i64);
        }
        if n.is_finite() { Self::Number(n) } else { Self::Missing }
    }

    /// A day or a moment as ISO 8601 writes it; what is only a time of day is a text.
    fn date(date: &ExcelDateTime) -> Self {
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

    fn iso(text: String) -> Self {
        match text.split_once('T') {
            Some((day, "00:00:00")) => Self::Day(day.to_owned()),
            Some(_) => Self::Moment(text),
            None => Self::Day(text),
        }
    }
}

fn datum(cell: &Data) -> Datum<'_> {
    match cell {
        Data::Int(n) => Datum::Integer(*n),
        Data::Float(n) => Datum::number(*n),
        Data::String(text) | Data::DurationIso(text) => Datum::Text(text.as_str().into()),
        Data::Bool(b) => Datum::Bool(*b),
        Data::DateTime(date) => Datum::date(date),
        Data::DateTimeIso(text) => Datum::iso(text.clone()),
        Data::Error(error) => Datum::Text(error.to_string().into()),
        Data::Empty => Datum::Missing,
    }
}

fn datum_ref<'a>(value: &DataRef<'a>) -> Datum<'a> {
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
#[derive(Default)]
struct SheetRow<'a>(Vec<Datum<'a>>);

impl<'a> SheetRow<'a> {
    fn put(&mut self, column: usize, datum: Datum<'a>) {
        /// Excel's last column, XFD.
        const MOST: usize = 16_384;
        if column >= MOST || matches!(datum, Datum::Missing) {
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
