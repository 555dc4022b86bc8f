//! XLS (Excel 5 to 2003): cells one by one, whatever the file says of its size.

mod compound;
mod looks;
mod record;
mod words;

use std::{collections::BTreeMap, io::Read};

use calamine::{ExcelDateTime, ExcelDateTimeType};
use looks::Look;
use record::{Record, Records};
use words::{Shared, Spelling};

use super::{
    Fault, LayerError, Sink, Source,
    sheet_cells::{Datum, SheetRow},
    sheet_file::{Sheet, Told},
};

const NAME: &str = "XLS";
/// Sixty thousand rows of 256 columns are some 60 MB.
const MOST_BYTES: u64 = 256 << 20;
/// The last column of the format, IV.
const MOST_COLUMNS: u16 = 256;

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const NUMBER: u16 = 0x0203;
const RK: u16 = 0x027E;
const MANY_RK: u16 = 0x00BD;
const LABEL: u16 = 0x0204;
const RICH_LABEL: u16 = 0x00D6;
const SHARED_LABEL: u16 = 0x00FD;
const BOOL_OR_ERROR: u16 = 0x0205;
const FORMULA: u16 = 0x0006;
const STRING: u16 = 0x0207;
const MERGED: u16 = 0x00E5;

/// Reads the sheets of an XLS file.
pub fn read(source: &Source<'_>, sink: &mut Sink<'_>) -> Result<(), LayerError> {
    if source.len_bytes()? > MOST_BYTES {
        return Err(source.faulty(NAME, Fault::TooLarge));
    }
    let mut file = Vec::new();
    let mut from = source.open()?.take(MOST_BYTES);
    from.read_to_end(&mut file).map_err(|reason| source.unreadable(reason))?;
    let stream = compound::stream(&file, &["Workbook", "Book"]);
    let stream = stream.map_err(|fault| {
        // A password makes a compound file of newer ones, too.
        let is_newer = fault == Fault::Encrypted && source.ends_in(&["xlsx", "xlsm"]);
        source.faulty(if is_newer { "XLSX" } else { NAME }, fault)
    })?;
    drop(file);
    let book = Book::read(&stream.bytes).map_err(|fault| source.faulty(NAME, fault))?;
    let mut told = Told::default();
    let sheets = book.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.kind, sheet.is_hidden));
    let wanted = told.wanted(sheets, sink);
    // Several sheets at one place would be read over and over.
    let mut left = stream.bytes.len().saturating_mul(2);
    for index in wanted {
        let Some(own) = book.sheets.get(index) else { continue };
        let rest = stream.bytes.get(own.at..).unwrap_or_default();
        if rest.is_empty() || left == 0 {
            told.broken.push(format!("{} ({})", own.name, Fault::Truncated));
            continue;
        }
        let cells = Cells::find(&stream.bytes, own.at, &mut left, sink)?;
        let mut sheet = Sheet::new(&own.name, source);
        cells.tell(&stream.bytes, &book, &mut sheet, sink)?;
        if cells.is_cut || stream.is_cut {
            told.broken.push(format!("{} ({})", own.name, Fault::Truncated));
        }
        told.end(sheet, sink)?;
    }
    told.close(source, NAME, sink)
}

/// What stands before the sheets.
struct Book {
    spelling: Spelling,
    shared: Shared,
    /// What the numbers of cells are, by the cells' looks.
    looks: Vec<Look>,
    since_1904: bool,
    sheets: Vec<SheetPlace>,
}

struct SheetPlace {
    name: String,
    at: usize,
    /// 0 for a sheet of cells.
    kind: u8,
    is_hidden: bool,
}

impl Book {
    fn read(stream: &[u8]) -> Result<Self, Fault> {
        let mut records = Records::from(stream, 0);
        let first = records.next().filter(|first| first.kind == BOF).ok_or(Fault::BadHead)?;
        let version = first.half(0).unwrap_or(0);
        let mut own = Self {
            spelling: Spelling::of(version, None),
            shared: Shared::default(),
            looks: Vec::new(),
            since_1904: false,
            sheets: Vec::new(),
        };
        let (mut formats, mut of_cells) = (BTreeMap::new(), Vec::new());
        for record in records.by_ref() {
            match record.kind {
                // A password, or a method of hiding: 0 is one too, of old.
                0x002F => return Err(Fault::Encrypted),
                0x0042 => own.spelling = Spelling::of(version, record.half(0)),
                0x0022 => own.since_1904 = record.half(0) == Some(1),
                0x041E => {
                    let words = match own.spelling {
                        Spelling::Unicode => own.spelling.text(&record, 2),
                        Spelling::Page(_) => own.spelling.short_text(&record, 2),
                    };
                    formats.insert(record.half(0), Look::of_words(&words));
                }
                0x00E0 => of_cells.push(record.half(2)),
                0x0085 => own.sheets.extend(own.sheet(&record)),
                0x00FC => own.shared = Shared::read(&record),
                EOF => break,
                _ => {}
            }
        }
        let look = |number: Option<u16>| {
            let built_in = Look::built_in(number.unwrap_or(0));
            formats.get(&number).copied().unwrap_or(built_in)
        };
        own.looks = of_cells.into_iter().map(look).collect();
        if own.sheets.is_empty() && records.is_cut { Err(Fault::Truncated) } else { Ok(own) }
    }

    fn sheet(&self, record: &Record<'_>) -> Option<SheetPlace> {
        let at = usize::try_from(record.word(0)?).ok()?;
        let (hidden, kind) = (*record.data.get(4)?, *record.data.get(5)?);
        let name = self.spelling.short_text(record, 6);
        Some(SheetPlace { name, at, kind, is_hidden: hidden & 3 != 0 })
    }

    /// A number that looks as its cell says.
    fn number(&self, value: f64, look: Option<u16>) -> Datum<'static> {
        let look = look.and_then(|look| self.looks.get(usize::from(look)));
        let kind = match look {
            None | Some(Look::Number) => return Datum::number(value),
            Some(Look::Date) => ExcelDateTimeType::DateTime,
            Some(Look::Span) => ExcelDateTimeType::TimeDelta,
        };
        Datum::date(&ExcelDateTime::new(value, kind, self.since_1904))
    }
}

/// Where the cells of a sheet are.
struct Cells {
    /// Their rows and the places of their records.
    places: Vec<(u16, u32)>,
    /// Cells that were made one: first and last row, first and last column.
    spans: Vec<[u16; 4]>,
    is_cut: bool,
}

impl Cells {
    fn find(
        stream: &[u8],
        at: usize,
        left: &mut usize,
        sink: &Sink<'_>,
    ) -> Result<Self, LayerError> {
        let mut records = Records::from(stream, at);
        let (mut places, mut spans, mut depth) = (Vec::new(), Vec::new(), 0_usize);
        let mut has_ended = false;
        let mut last = at;
        for (count, record) in records.by_ref().enumerate() {
            if count.is_multiple_of(4096) {
                sink.check_stopped()?;
            }
            last = record.at;
            if record.at - at > *left {
                break;
            }
            match record.kind {
                BOF => depth += 1,
                EOF if depth <= 1 => {
                    has_ended = true;
                    break;
                }
                EOF => depth -= 1,
                // A chart in the sheet has cells of its own.
                _ if depth > 1 => {}
                NUMBER | RK | MANY_RK | LABEL | RICH_LABEL | SHARED_LABEL | BOOL_OR_ERROR
                | FORMULA => {
                    if let (Some(row), Ok(at)) = (record.half(0), u32::try_from(record.at)) {
                        places.push((row, at));
                    }
                }
                MERGED => {
                    let all = record.data.get(2..).unwrap_or_default().as_chunks::<8>().0;
                    for own in all {
                        let mut span = [0; 4];
                        for (to, from) in span.iter_mut().zip(own.as_chunks::<2>().0) {
                            *to = u16::from_le_bytes(*from);
                        }
                        spans.push(span);
                    }
                }
                _ => {}
            }
        }
        *left = left.saturating_sub(last - at + 1);
        if !places.is_sorted_by_key(|(row, _)| *row) {
            places.sort_by_key(|(row, _)| *row);
        }
        Ok(Self { places, spans, is_cut: !has_ended })
    }

    fn tell<'a>(
        &self,
        stream: &[u8],
        book: &'a Book,
        sheet: &mut Sheet<'a>,
        sink: &mut Sink<'_>,
    ) -> Result<(), LayerError> {
        let mut row = SheetRow::default();
        let mut number = None;
        for (count, (own, at)) in self.places.iter().enumerate() {
            if count.is_multiple_of(4096) {
                sink.check()?;
            }
            if let Some(before) = number.replace(*own).filter(|before| before != own)
                && !sheet.push(u32::from(before) + 1, std::mem::take(&mut row), sink)?
            {
                return Ok(());
            }
            let at = usize::try_from(*at).unwrap_or(usize::MAX);
            let mut records = Records::from(stream, at);
            if let Some(record) = records.next() {
                cell(&record, &mut records, book, &mut row);
            }
        }
        if let Some(grids) = sink.grids.as_deref_mut() {
            for [top, bottom, left, right] in self.spans.iter().map(|own| own.map(u32::from)) {
                grids.span((top, left), (bottom, right));
            }
        }
        sheet.push(number.map_or(1, |own| u32::from(own) + 1), row, sink).map(|_| ())
    }
}

/// Puts what a record says into its row; a record that is too short says nothing.
fn cell<'a>(record: &Record<'_>, after: &mut Records<'_>, book: &'a Book, row: &mut SheetRow<'a>) {
    let Some(column) = record.half(2).filter(|column| *column < MOST_COLUMNS) else { return };
    let look = record.half(4);
    let datum = match record.kind {
        NUMBER => record.real(6).map(|value| book.number(value, look)),
        RK => record.word(6).map(|raw| book.number(short_number(raw), look)),
        MANY_RK => {
            let pairs = record.data.get(4..).unwrap_or_default().as_chunks::<6>().0;
            for (pair, column) in pairs.iter().zip(column..MOST_COLUMNS) {
                let [low, high, raw @ ..] = *pair;
                let look = Some(u16::from_le_bytes([low, high]));
                let value = short_number(u32::from_le_bytes(raw));
                row.put(usize::from(column), book.number(value, look));
            }
            return;
        }
        SHARED_LABEL => {
            record.word(6).and_then(|index| book.shared.get(index)).map(|t| Datum::Text(t.into()))
        }
        LABEL | RICH_LABEL => Some(Datum::Text(book.spelling.text(record, 6).into())),
        BOOL_OR_ERROR => match (record.data.get(6), record.data.get(7)) {
            (Some(value), Some(0)) => Some(Datum::Bool(*value != 0)),
            (Some(code), Some(_)) => Some(Datum::Text(error_words(*code).into())),
            _ => None,
        },
        FORMULA => formula(record, after, book),
        _ => None,
    };
    if let Some(datum) = datum {
        row.put(usize::from(column), datum);
    }
}

/// What a formula has yielded.
fn formula(record: &Record<'_>, after: &mut Records<'_>, book: &Book) -> Option<Datum<'static>> {
    if record.half(12)? != 0xFFFF {
        return Some(book.number(record.real(6)?, record.half(4)));
    }
    match (record.data.get(6)?, record.data.get(8)?) {
        (0, _) => {
            // The text follows, behind what formulas of several cells share.
            let text = after.take(3).find(|next| next.kind == STRING)?;
            Some(Datum::Text(book.spelling.text(&text, 0).into()))
        }
        (1, value) => Some(Datum::Bool(*value != 0)),
        (2, code) => Some(Datum::Text(error_words(*code).into())),
        _ => None,
    }
}

/// A number in four bytes ([MS-XLS] 2.5.218): a whole one, or the upper half of one; perhaps a
/// hundredth of it.
fn short_number(raw: u32) -> f64 {
    let value = if raw & 2 != 0 {
        f64::from(raw.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(raw & !3) << 32)
    };
    if raw & 1 != 0 { value / 100.0 } else { value }
}

const fn error_words(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}
