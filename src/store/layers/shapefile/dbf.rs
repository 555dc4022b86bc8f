//! dBASE tables: fields and rows, in file order, read as a stream.

use std::io::{BufReader, Read};

use encoding_rs::{Encoding, UTF_8};

use super::{
    bytes::{read_up_to, u16_at, u32_at},
    cell,
};
use crate::{
    layer::{Cause, Field, FieldKind, Value},
    store::layers::{Sink, charset::Charset},
};

/// What a table says before its rows.
#[derive(Debug)]
pub struct Head {
    pub rows: u64,
    pub columns: Vec<Column>,
    row_bytes: usize,
    /// The number that stands for the encoding.
    pub language: u8,
}

/// A field as the table declares it.
#[derive(Debug)]
pub struct Column {
    pub raw_name: Vec<u8>,
    pub kind: u8,
    from: usize,
    length: usize,
    pub decimals: usize,
}

impl Column {
    /// What its values are, where every cell is sure to be that.
    fn declared(&self) -> Option<FieldKind> {
        match (self.kind, self.decimals) {
            (b'C', _) => Some(FieldKind::Text),
            (b'L', _) => Some(FieldKind::Bool),
            (b'D', _) => Some(FieldKind::Date),
            (b'T' | b'@', _) => Some(FieldKind::DateTime),
            (b'I' | b'+', _) => Some(FieldKind::Integer),
            (b'N', 0) if self.length <= 18 => Some(FieldKind::Integer),
            (b'N' | b'F', 1..) if self.length <= 16 => Some(FieldKind::Number),
            (b'O' | b'B' | b'Y', _) => Some(FieldKind::Number),
            _ => None,
        }
    }

    /// Whether its values stand in another file, or are no words.
    fn is_elsewhere(&self) -> bool {
        match self.kind {
            b'C' | b'N' | b'F' | b'L' | b'D' | b'T' | b'@' | b'I' | b'+' | b'O' | b'Y' => false,
            // Numbers of eight bytes, or the place of bytes in another file.
            b'B' => self.length != 8,
            _ => true,
        }
    }
}

/// The bytes of a table.
pub struct Rows {
    from: BufReader<Box<dyn Read>>,
    pub head: Head,
    row: Vec<u8>,
}

/// A row of the table.
#[derive(Debug, PartialEq, Eq)]
pub enum Row {
    Kept,
    /// Marked as deleted; its cells are still there.
    Deleted,
    /// There is no more.
    End,
}

impl Rows {
    /// Reads the head; `None` where it is none.
    pub fn new(from: Box<dyn Read>) -> Option<Self> {
        let mut from = BufReader::with_capacity(1 << 18, from);
        let mut start = [0; 32];
        from.read_exact(&mut start).ok()?;
        let head_bytes = u64::from(u16_at(&start, 8)?);
        let row_bytes = usize::from(u16_at(&start, 10)?);
        let mut rest = Vec::new();
        from.by_ref().take(head_bytes.checked_sub(32)?).read_to_end(&mut rest).ok()?;
        let columns = columns(&rest, row_bytes);
        if columns.is_empty() || row_bytes < 2 {
            return None;
        }
        let rows = u64::from(u32_at(&start, 4)?);
        let head = Head { rows, columns, row_bytes, language: start[29] };
        Some(Self { from, head, row: Vec::with_capacity(row_bytes) })
    }

    /// Goes to the next row.
    pub fn next(&mut self) -> Row {
        self.row.clear();
        let whole = self.head.row_bytes as u64;
        match read_up_to(&mut self.from, &mut self.row, whole) {
            // A last row may lack its last blanks; the mark of the end is no row.
            Ok(1..) if self.row.first() != Some(&0x1A) => {}
            _ => return Row::End,
        }
        if self.row.first() == Some(&b'*') { Row::Deleted } else { Row::Kept }
    }

    /// The bytes of a cell of the row.
    pub fn cell(&self, column: &Column) -> &[u8] {
        let to = column.from + column.length;
        self.row.get(column.from..to.min(self.row.len())).unwrap_or_default()
    }

    /// Tells the values of the row. Words are looked at for the first time where nothing has been
    /// beyond ASCII before.
    pub fn tell(&self, words: &mut Words, sink: &mut Sink<'_>) {
        for (place, column) in words.places.iter().zip(&self.head.columns) {
            let Some(place) = *place else { continue };
            let raw = self.cell(column);
            let mut room = words.room.take().unwrap_or_default();
            let value = match column.kind {
                b'C' => words.charset.text(raw, &mut room, &mut words.bad),
                _ => cell::value(column.kind, column.decimals, raw, &mut room),
            };
            if value != Value::Missing {
                sink.value(place, value);
            }
            words.room = Some(room);
        }
    }
}

/// How the words of a table are read, and where its fields are among those of the layer.
pub struct Words {
    charset: Decoder,
    places: Vec<Option<usize>>,
    room: Option<String>,
    pub bad: usize,
}

impl Words {
    pub fn new(charset: Charset, places: Vec<Option<usize>>) -> Self {
        Self { charset: Decoder { charset, found: charset.found() }, places, room: None, bad: 0 }
    }

    /// The encoding, if it was guessed.
    pub fn guessed(&self) -> Option<&'static str> {
        self.charset.found.filter(|(_, guessed)| *guessed).map(|(encoding, _)| encoding.name())
    }

    /// The name of a column.
    pub fn name(&mut self, column: &Column) -> String {
        let mut room = String::new();
        match self.charset.text(&column.raw_name, &mut room, &mut self.bad) {
            Value::Text(text) => text.to_owned(),
            _ => String::new(),
        }
    }

    /// Puts the fields of a table into a list, and remembers their places. Fields of bytes are
    /// counted.
    pub fn fields(&mut self, head: &Head) -> (Vec<Field>, Vec<String>) {
        let (mut fields, mut elsewhere) = (Vec::<Field>::new(), Vec::new());
        self.places = Vec::new();
        for (i, column) in head.columns.iter().enumerate() {
            let mut name = self.name(column);
            if column.kind == b'0' {
                self.places.push(None);
                continue;
            }
            if column.is_elsewhere() {
                elsewhere.push(name);
                self.places.push(None);
                continue;
            }
            // Ten bytes cut long names, and some are cut alike.
            if name.is_empty() || fields.iter().any(|field| field.name == name) {
                name = format!("{name}_{}", i + 1);
            }
            self.places.push(Some(fields.len()));
            fields.push(Field { name, declared: column.declared() });
        }
        (fields, elsewhere)
    }
}

/// Decodes words; which encoding, the first word beyond ASCII decides where the samples had none.
struct Decoder {
    charset: Charset,
    found: Option<(&'static Encoding, bool)>,
}

impl Decoder {
    fn text<'a>(&mut self, raw: &'a [u8], room: &'a mut String, bad: &mut usize) -> Value<'a> {
        let whole = raw.len();
        let raw = cell::trimmed_end(raw);
        let full = raw.len() == whole;
        if raw.is_empty() {
            return Value::Missing;
        }
        if raw.is_ascii() {
            return std::str::from_utf8(raw).map_or(Value::Missing, Value::Text);
        }
        if self.found.is_none() {
            self.charset.look(raw, full);
            self.found = self.charset.found();
        }
        let Some((encoding, _)) = self.found else { return Value::Missing };
        if encoding == UTF_8
            && let Ok(text) = std::str::from_utf8(raw)
        {
            return Value::Text(text);
        }
        let mut decoder = encoding.new_decoder_without_bom_handling();
        room.clear();
        room.reserve(decoder.max_utf8_buffer_length(raw.len()).unwrap_or(0));
        let (_, _, wrong) = decoder.decode_to_string(raw, room, true);
        *bad += usize::from(wrong);
        Value::Text(room)
    }
}

/// The fields: 32 bytes each, up to the mark of their end.
fn columns(head: &[u8], row_bytes: usize) -> Vec<Column> {
    let declared = head.chunks_exact(32).take_while(|raw| !matches!(raw.first(), Some(0x0D | 0)));
    // Long texts keep the upper byte of their length where numbers have their decimals.
    let lengths = |long: bool| {
        let length = |raw: &[u8]| {
            let plain = usize::from(raw.get(16).copied().unwrap_or(0));
            let upper = usize::from(raw.get(17).copied().unwrap_or(0));
            if long && raw.get(11) == Some(&b'C') { plain + upper * 256 } else { plain }
        };
        declared.clone().map(length).collect::<Vec<usize>>()
    };
    let long = lengths(true);
    let fits = long.iter().sum::<usize>() < row_bytes;
    let lengths = if fits { long } else { lengths(false) };
    let mut from = 1;
    let mut columns = Vec::new();
    for (raw, length) in declared.zip(lengths) {
        let name = raw.get(..11).unwrap_or_default();
        columns.push(Column {
            raw_name: name.split(|byte| *byte == 0).next().unwrap_or_default().to_vec(),
            kind: raw.get(11).copied().unwrap_or(b'C').to_ascii_uppercase(),
            from,
            length,
            decimals: usize::from(raw.get(17).copied().unwrap_or(0)),
        });
        from += length;
    }
    columns
}

/// Looks at the words of the first rows, and of the names.
pub fn sample(rows: &mut Rows, charset: &mut Charset) {
    /// Enough to meet words beyond ASCII, and read in some hundredths of a second.
    const SAMPLE_BYTES: usize = 16 << 20;
    for column in &rows.head.columns {
        // Ten bytes are all that a name has.
        charset.look(&column.raw_name, column.raw_name.len() >= 10);
    }
    let mut read = 0;
    while read < SAMPLE_BYTES && !charset.is_sure() && rows.next() != Row::End {
        read += rows.head.row_bytes;
        if rows.row.is_ascii() {
            continue;
        }
        for column in rows.head.columns.iter().filter(|column| column.kind == b'C') {
            let raw = rows.cell(column);
            let word = cell::trimmed_end(raw);
            charset.look(word, word.len() == raw.len());
        }
    }
}

/// Counts what a table has that is not taken over.
pub fn count(elsewhere: &[String], sink: &mut Sink<'_>) {
    for name in elsewhere {
        sink.count_of(Cause::BytesField, name, 1);
    }
}
