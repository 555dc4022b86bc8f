//! ODS (`OpenDocument` 1.2 part 1, section 9): sheets as a stream of elements, cells as they come.
//!
//! Rows and cells that repeat are counted before they are written out.

use std::{
    collections::HashSet,
    io::{BufReader, Read},
};

use super::{
    Fault, LayerError, Sink, Source,
    archive::Archive,
    markup::{Mark, Markup},
    sheet_cells::{Datum, SheetRow},
    sheet_file::{Sheet, Told},
};

const NAME: &str = "ODS";
/// More cells than that are no list of places; a row that repeats counts as often.
const MOST_CELLS: usize = 20_000_000;
/// Elements within each other.
const MOST_OPEN: usize = 256;
/// Signs of a cell; a text that says it is longer is cut.
const MOST_SIGNS: usize = 1 << 20;

/// Reads the sheets of an ODS file.
pub fn read(source: &Source<'_>, sink: &mut Sink<'_>) -> Result<(), LayerError> {
    let faulty = |fault: Fault| source.faulty(NAME, fault);
    let archive = Archive::open(source.path).map_err(|reason| faulty(of_archive(reason)))?;
    let files = archive.ending(&["xml"]);
    let file = |name: &str| files.iter().find(|own| own.name == name);
    if let Some(manifest) = file("META-INF/manifest.xml") {
        let mut start = Vec::new();
        let stream = archive.stream(manifest).map_err(|reason| faulty(reason.into()))?;
        // What cannot be read does not say that it is encrypted.
        let _ = stream.take(1 << 20).read_to_end(&mut start);
        if start.windows(15).any(|own| own == b"encryption-data") {
            return Err(faulty(Fault::Encrypted));
        }
    }
    let content = file("content.xml").ok_or_else(|| faulty(Fault::OtherContent))?;
    let stream = archive.stream(content).map_err(|reason| faulty(reason.into()))?;
    let mut stream = BufReader::with_capacity(1 << 16, stream);
    let mut start = Vec::new();
    let begun = (&mut stream).take(1 << 12).read_to_end(&mut start);
    begun.map_err(|reason| faulty(reason.into()))?;
    let whole = start.as_slice().chain(stream);
    let book = Book {
        text: Markup::new(whole, &start),
        bytes: content.len_bytes.max(1),
        source,
        told: Told::default(),
        path: Vec::new(),
        hidden: HashSet::new(),
        style: String::new(),
        cells: 0,
        row: 0,
    };
    book.read(sink)
}

fn of_archive(reason: std::io::Error) -> Fault {
    // What a ZIP file holds is told at its end: one without it was cut.
    match reason.kind() {
        std::io::ErrorKind::InvalidData => Fault::Truncated,
        _ => reason.into(),
    }
}

/// A workbook while it is read.
struct Book<'a, R: Read> {
    text: Markup<R>,
    bytes: u64,
    source: &'a Source<'a>,
    told: Told,
    /// The elements that are open.
    path: Vec<String>,
    /// Styles of tables that are not shown, and the style that is being read.
    hidden: HashSet<String>,
    style: String,
    /// Cells so far, with those that repeat.
    cells: usize,
    /// Rows of the sheet so far, with those that repeat.
    row: u32,
}

/// A row while it is read.
struct Row {
    cells: SheetRow<'static>,
    width: usize,
    repeats: usize,
    /// The value of the open cell, how often it repeats, and its text so far.
    datum: Option<Datum<'static>>,
    cell_repeats: usize,
    words: String,
    has_words: bool,
    /// Cells over several rows or columns: their columns, and how many of both.
    spans: Vec<(usize, [usize; 2])>,
}

impl<'a, R: Read> Book<'a, R> {
    fn read(mut self, sink: &mut Sink<'_>) -> Result<(), LayerError> {
        loop {
            match self.text.next() {
                Ok(Mark::Open(name)) if name == "table" && self.path.len() < MOST_OPEN => {
                    self.table(sink)?;
                }
                Ok(Mark::Open(name)) => {
                    if self.path.len() >= MOST_OPEN {
                        break;
                    }
                    let attribute = |name| self.text.attribute(name).unwrap_or_default().to_owned();
                    match name.as_str() {
                        "style" => self.style = attribute("name"),
                        "table-properties" if attribute("display") == "false" => {
                            self.hidden.insert(std::mem::take(&mut self.style));
                        }
                        _ => {}
                    }
                    self.path.push(name);
                }
                Ok(Mark::Close(name)) => self.shut(&name),
                Ok(Mark::End) => break,
                Err(reason) => {
                    self.told.broken.push(format!("content.xml ({})", Fault::from(reason)));
                    break;
                }
            }
        }
        self.told.close(self.source, NAME, sink)
    }

    fn shut(&mut self, name: &str) {
        // What was never closed ends with what it lies in.
        if let Some(at) = self.path.iter().rposition(|own| own == name) {
            self.path.truncate(at);
        }
    }

    /// A sheet, from its opening to its end.
    fn table(&mut self, sink: &mut Sink<'_>) -> Result<(), LayerError> {
        let name = self.text.attribute("name").unwrap_or_default().to_owned();
        let style = self.text.attribute("style-name").unwrap_or_default();
        let is_hidden = self.hidden.contains(style);
        let wanted = self.told.wanted([(name.as_str(), 0, is_hidden)].into_iter(), sink);
        let mut sheet = (!wanted.is_empty()).then(|| Sheet::new(&name, self.source));
        let outside = self.path.len();
        self.path.push("table".to_owned());
        self.row = 0;
        let mut row: Option<Row> = None;
        let ended = loop {
            let mark = match self.text.next() {
                Ok(mark) => mark,
                Err(reason) => break Some(Fault::from(reason)),
            };
            match mark {
                Mark::End => break Some(Fault::Truncated),
                Mark::Open(_) if self.path.len() >= MOST_OPEN => break Some(Fault::TooLarge),
                Mark::Open(name) => {
                    self.open(&name, &mut row);
                    self.path.push(name);
                }
                Mark::Close(name) => {
                    if name == "table-row"
                        && let Some(done) = row.take()
                        && !self.tell(done, sheet.as_mut(), sink)?
                    {
                        // Nothing more of it is wanted; its end is still looked for.
                        sheet = self.leave(sheet.take(), sink)?;
                    }
                    self.close(&name, row.as_mut());
                    self.shut(&name);
                    if self.path.len() <= outside {
                        break None;
                    }
                }
            }
        };
        if let Some(fault) = ended {
            self.told.broken.push(format!("{name} ({fault})"));
        }
        self.leave(sheet, sink).map(|_| ())
    }

    /// Ends a sheet; there is none then.
    fn leave(
        &mut self,
        sheet: Option<Sheet<'a>>,
        sink: &mut Sink<'_>,
    ) -> Result<Option<Sheet<'a>>, LayerError> {
        if let Some(sheet) = sheet {
            self.told.end(sheet, sink)?;
        }
        Ok(None)
    }

    fn open(&self, name: &str, row: &mut Option<Row>) {
        let attribute = |name| self.text.attribute(name);
        let repeats = |name| attribute(name).and_then(|n| n.parse().ok()).unwrap_or(1_usize);
        match (name, row) {
            ("table-row", row) => {
                *row = Some(Row {
                    cells: SheetRow::default(),
                    width: 0,
                    repeats: repeats("number-rows-repeated"),
                    datum: None,
                    cell_repeats: 1,
                    words: String::new(),
                    has_words: false,
                    spans: Vec::new(),
                });
            }
            ("table-cell" | "covered-table-cell", Some(row)) => {
                row.cell_repeats = repeats("number-columns-repeated");
                let span = [repeats("number-rows-spanned"), repeats("number-columns-spanned")];
                if span.iter().any(|own| *own > 1) {
                    row.spans.push((row.width, span));
                }
                row.datum = self.value();
                row.words.clear();
                row.has_words = false;
            }
            // Notes are no part of the value.
            (_, Some(row)) if row.words.len() < MOST_SIGNS && !self.is_in_note() => match name {
                "p" if row.has_words => row.words.push('\n'),
                "p" => row.has_words = true,
                "s" => {
                    row.words.push_str(&self.text.before);
                    let count = attribute("c").and_then(|n| n.parse().ok()).unwrap_or(1_usize);
                    row.words.extend(std::iter::repeat_n(' ', count.min(1000)));
                }
                "tab" | "line-break" | "span" | "a" | "ruby-base" => {
                    row.words.push_str(&self.text.before);
                    match name {
                        "tab" => row.words.push('\t'),
                        "line-break" => row.words.push('\n'),
                        _ => {}
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }

    fn is_in_note(&self) -> bool {
        self.path.iter().any(|own| own == "annotation")
    }

    fn close(&mut self, name: &str, row: Option<&mut Row>) {
        let in_note = self.is_in_note();
        let Some(row) = row else { return };
        match name {
            "table-cell" | "covered-table-cell" => {
                let words = std::mem::take(&mut row.words);
                let datum = match row.datum.take() {
                    Some(datum) => datum,
                    None if words.is_empty() => Datum::Missing,
                    None => Datum::Text(words.into()),
                };
                if !matches!(datum, Datum::Missing) {
                    let end = row.width.saturating_add(row.cell_repeats).min(SheetRow::MOST);
                    for column in row.width..end {
                        row.cells.put(column, datum.clone());
                    }
                }
                row.width = row.width.saturating_add(row.cell_repeats);
            }
            "p" | "s" | "tab" | "line-break" | "span" | "a" | "ruby-base" if !in_note => {
                if row.words.len() < MOST_SIGNS {
                    row.words.push_str(&self.text.text);
                }
                self.text.text.clear();
            }
            _ => {}
        }
    }

    /// What the attributes of a cell say; `None` where its words do.
    fn value(&self) -> Option<Datum<'static>> {
        let attribute = |name: &str| self.text.attribute(name);
        match attribute("value-type")? {
            "float" | "currency" | "percentage" => {
                let number = attribute("value").and_then(|n| n.trim().parse().ok());
                number.map(Datum::number)
            }
            "date" => attribute("date-value").map(|date| Datum::iso(date.to_owned())),
            "time" => attribute("time-value").map(|time| Datum::Text(time.to_owned().into())),
            "boolean" => attribute("boolean-value").map(|value| Datum::Bool(value == "true")),
            _ => attribute("string-value").map(|text| Datum::Text(text.to_owned().into())),
        }
    }

    /// Tells a row as often as it repeats; false where no more are wanted.
    fn tell(
        &mut self,
        row: Row,
        sheet: Option<&mut Sheet<'a>>,
        sink: &mut Sink<'_>,
    ) -> Result<bool, LayerError> {
        let Some(sheet) = sheet else { return Ok(true) };
        let first = self.row.saturating_add(1);
        self.row = self.row.saturating_add(u32::try_from(row.repeats).unwrap_or(u32::MAX));
        if let Some(grids) = sink.grids.as_deref_mut() {
            for (column, [rows, columns]) in &row.spans {
                let whole = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                let (top, left) = (first - 1, whole(*column));
                let bottom = top.saturating_add(whole(*rows).saturating_sub(1));
                let right = left.saturating_add(whole(*columns).saturating_sub(1));
                grids.span((top, left), (bottom, right));
            }
        }
        let own = row.cells.0.len();
        if own == 0 {
            return Ok(true);
        }
        self.cells = self.cells.saturating_add(own.saturating_mul(row.repeats));
        if self.cells > MOST_CELLS {
            return Err(self.source.faulty(NAME, Fault::TooLarge));
        }
        #[expect(clippy::cast_possible_truncation, reason = "a share")]
        sink.set_share((self.text.read_bytes() as f64 / self.bytes as f64 * 0.95) as f32);
        for (_, number) in (1..row.repeats).zip(first..) {
            if !sheet.push(number, row.cells.clone(), sink)? {
                return Ok(false);
            }
        }
        sheet.push(self.row, row.cells, sink)
    }
}
