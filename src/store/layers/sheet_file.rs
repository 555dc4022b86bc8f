//! Spreadsheets: each sheet with coordinates is a layer. XLSX is read here, cell by cell.

use std::io::{BufReader, Read, Seek};

use calamine::{
    Reader, SheetType, SheetVisible, Xlsx, XlsxCellReader, XlsxError, XlsxFormulaMetadata,
};

use super::plain_table::Plain;
use super::{
    Columns, Fault, LayerError, Sink, Source,
    sheet_cells::{Datum, SheetRow, datum_ref},
    sheet_size::check_xlsx,
    tabular::{Features, Look, look, no_columns, start_of},
};
use crate::layer::{Cause, FieldKind, Finding, SheetStart, TableStart, Value};

/// Cells that are not there, between those that are.
const MOST_GAPS: usize = 20_000_000;

/// Reads the sheets of an XLSX file, each as a stream of cells.
pub fn read_xlsx(source: &Source<'_>, sink: &mut Sink<'_>) -> Result<(), LayerError> {
    check_xlsx(source, sink)?;
    let file = BufReader::new(source.open()?);
    let mut book = Xlsx::new(file).map_err(|e| source.damaged("XLSX", e))?;
    let mut told = Told::default();
    for name in told.sheets(&book, sink) {
        if let Some(grids) = sink.grids.as_deref_mut() {
            // What cannot be told of merged cells leaves them as they are.
            let spans = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
            for own in spans {
                grids.span(own.start, own.end);
            }
        }
        let mut cells = match book.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            Err(e) => {
                told.broken.push(format!("{name} ({e})"));
                continue;
            }
        };
        let mut sheet = Sheet::new(&name, source);
        let mut row = SheetRow::default();
        let mut number = 0;
        let (mut count, mut wide) = (0_usize, 0_usize);
        let with_formulas = sink.grids.is_some();
        loop {
            let next = if with_formulas { next_with_formula(&mut cells) } else { next(&mut cells) };
            let ((at, column), datum) = match next {
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
            if at != number {
                wide += row.0.len();
                // Cells far to the right of nothing, row by row.
                if wide > MOST_GAPS + 64 * count {
                    told.broken.push(format!("{name} ({})", Fault::TooLarge));
                    break;
                }
                if !sheet.push(number + 1, std::mem::take(&mut row), sink)? {
                    break;
                }
                number = at;
            }
            row.put(column as usize, datum);
        }
        sheet.push(number + 1, row, sink)?;
        told.end(sheet, sink)?;
    }
    told.close(source, "XLSX", sink)
}

/// A cell with its row and column, from 0.
type Placed<'a> = Result<Option<((u32, u32), Datum<'a>)>, XlsxError>;

fn next<'a, R: Read + Seek>(cells: &mut XlsxCellReader<'a, R>) -> Placed<'a> {
    let cell = cells.next_cell()?;
    Ok(cell.map(|cell| (cell.get_position(), datum_ref(cell.get_value()))))
}

/// A formula stands for itself where the file does not keep what it comes to.
fn next_with_formula<'a, R: Read + Seek>(cells: &mut XlsxCellReader<'a, R>) -> Placed<'a> {
    use XlsxFormulaMetadata::{Normal, Shared};
    let Some(cell) = cells.next_cell_with_formula_metadata()? else { return Ok(None) };
    let datum = match (datum_ref(&cell.value), cell.formula) {
        (Datum::Missing, Some(Normal { formula } | Shared { formula, .. })) => {
            Datum::Text(format!("={formula}").into())
        }
        (Datum::Missing, Some(_)) => Datum::Text("=…".into()),
        (datum, _) => datum,
    };
    Ok(Some((cell.pos, datum)))
}

/// What a workbook had besides its layers.
#[derive(Default)]
pub struct Told {
    layers: usize,
    hidden: Vec<String>,
    /// Sheets that could not be read, or not to their end, and why.
    pub broken: Vec<String>,
    without: Vec<String>,
    /// All sheets of cells.
    names: Vec<String>,
    /// The names of the first sheet that may have been meant.
    columns: Vec<String>,
    /// What is shown of the sheets without.
    start: TableStart,
    /// A sheet has the columns that the user chose.
    has_chosen: bool,
}

impl Told {
    /// The names of the sheets to be read, in their order.
    fn sheets<R: Read + Seek, B: Reader<R>>(
        &mut self,
        book: &B,
        sink: &mut Sink<'_>,
    ) -> Vec<String> {
        let sheets = book.sheets_metadata();
        let known = sheets.iter().map(|sheet| {
            let kind = u8::from(sheet.typ != SheetType::WorkSheet);
            (sheet.name.as_str(), kind, sheet.visible != SheetVisible::Visible)
        });
        let wanted = self.wanted(known, sink);
        wanted.into_iter().filter_map(|i| Some(sheets.get(i)?.name.clone())).collect()
    }

    /// Which of the sheets are to be read: by their names, kinds (0 holds cells) and whether they
    /// are hidden.
    pub fn wanted<'s>(
        &mut self,
        sheets: impl Iterator<Item = (&'s str, u8, bool)>,
        sink: &mut Sink<'_>,
    ) -> Vec<usize> {
        let mut wanted = Vec::new();
        for (index, (name, kind, is_hidden)) in sheets.enumerate() {
            if let Some(plain) = sink.plain.as_deref_mut()
                && kind == 0
                && !is_hidden
            {
                plain.sheets.push(name.to_owned());
            }
            let is_asked = sink.options.layer.as_ref().map(|layer| *layer == name);
            if kind == 0 {
                self.names.push(name.to_owned());
            }
            match (kind, is_hidden, is_asked) {
                (0, false, None) | (0, _, Some(true)) => wanted.push(index),
                (0, true, None) => self.hidden.push(name.to_owned()),
                _ => {}
            }
        }
        wanted
    }

    pub fn end(&mut self, mut sheet: Sheet<'_>, sink: &mut Sink<'_>) -> Result<(), LayerError> {
        if let Some(plain) = sink.plain.as_deref_mut() {
            return self.end_plain(&sheet, plain);
        }
        if let Some(grids) = sink.grids.as_deref_mut() {
            grids.end_sheet(&sheet.name);
            return Ok(());
        }
        sheet.decide(sink)?;
        self.has_chosen |= sheet.is_chosen;
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
            self.start.sheets.extend(sheet.start);
            self.without.push(sheet.name);
        }
        Ok(())
    }

    /// Half a table would be joined as if it were all of it: what is broken in the sheet is told at once.
    fn end_plain(&mut self, sheet: &Sheet<'_>, plain: &mut Plain) -> Result<(), LayerError> {
        let was_there = plain.is_complete();
        let is_broken = !was_there && !self.broken.is_empty();
        let why = self.broken.drain(..).next().filter(|_| is_broken);
        plain.end_sheet(&sheet.name);
        why.map_or(Ok(()), |why| Err(sheet.source.damaged("XLSX / XLS / ODS", why)))
    }

    /// Tells it; without a layer it is why there is none.
    pub fn close(
        self,
        source: &Source<'_>,
        format: &'static str,
        sink: &mut Sink<'_>,
    ) -> Result<(), LayerError> {
        if sink.plain.as_deref().is_some_and(Plain::is_complete) {
            return Ok(());
        }
        if let Some(grids) = sink.grids.as_deref_mut() {
            grids.hidden = self.hidden;
            grids.broken = self.broken;
            return Ok(());
        }
        let is_missed = matches!(source.options.columns, Columns::Chosen(_)) && !self.has_chosen;
        if self.layers == 0 || is_missed && self.broken.is_empty() {
            if let Some(why) = self.broken.into_iter().next() {
                return Err(source.damaged(format, why));
            }
            if let Some(name) = &source.options.layer
                && !self.names.is_empty()
                && !self.names.contains(name)
            {
                return Err(source.without_layer(name, self.names));
            }
            if self.columns.is_empty() && !is_missed {
                return Err(source.without_features(format));
            }
            return Err(no_columns(source, self.columns, self.start));
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
pub struct Sheet<'a> {
    source: &'a Source<'a>,
    name: String,
    /// Its first rows, until its head is found among them.
    first: Vec<SheetRow<'a>>,
    features: Option<Features>,
    /// It was looked for and not found.
    is_without: bool,
    columns: Vec<String>,
    start: Option<SheetStart>,
    /// It has the columns that the user chose.
    is_chosen: bool,
    /// What each column is, if it holds dates alone.
    dates: Vec<Dates>,
}

impl<'a> Sheet<'a> {
    pub fn new(name: &str, source: &'a Source<'a>) -> Self {
        Self {
            source,
            name: name.to_owned(),
            first: Vec::new(),
            features: None,
            is_without: false,
            columns: Vec::new(),
            start: None,
            is_chosen: false,
            dates: Vec::new(),
        }
    }

    /// Takes a row by its number, from 1; false where no more are wanted.
    pub fn push(
        &mut self,
        number: u32,
        row: SheetRow<'a>,
        sink: &mut Sink<'_>,
    ) -> Result<bool, LayerError> {
        const LOOK: usize = 300;
        if row.0.iter().all(|cell| cell.value() == Value::Missing) {
            return Ok(true);
        }
        if let Some(plain) = sink.plain.as_deref_mut() {
            return Ok(plain.push(row.0.iter().map(Datum::value)));
        }
        if let Some(grids) = sink.grids.as_deref_mut() {
            return Ok(grids.push(number, row.0.iter().map(Datum::value)));
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
        let asked = &sink.options.columns;
        let mut looked = look(&sample, asked, plane);
        self.is_chosen = matches!((asked, &looked), (Columns::Chosen(_), Look::Head(_)));
        // The choice is meant for one sheet; the others are read as without it.
        if let (Columns::Chosen(_), Look::Nothing(_)) = (asked, &looked) {
            looked = look(&sample, &Columns::Found, plane);
        }
        let head = match looked {
            Look::Head(head) => *head,
            Look::Nothing(columns) => {
                self.start = Some(start_of(&self.name, &sample));
                self.columns = columns;
                self.is_without = true;
                return Ok(());
            }
        };
        let skipped = head.rows;
        self.features = Some(Features::begin(&self.name, head, self.source, sink)?);
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
