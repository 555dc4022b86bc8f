//! Records of delimited text, read in blocks.
//!
//! Lines end as on any system; cells may be quoted. A quote that is never closed would swallow the
//! rest of the file: then it is a sign like others, and counted.

use std::io::{self, Read};

use super::super::{TextCounts, TextReader};

/// What stands between cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delimiter {
    Comma,
    Semicolon,
    Tab,
    Bar,
    /// The full-width comma; who types it types the other one too.
    WideComma,
}

impl Delimiter {
    pub const ALL: [Self; 5] =
        [Self::Comma, Self::Tab, Self::Semicolon, Self::Bar, Self::WideComma];

    /// The one that a line `sep=` names.
    pub fn named(sign: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|delimiter| delimiter.sign() == sign)
    }

    const fn sign(self) -> &'static str {
        match self {
            Self::Comma => ",",
            Self::Semicolon => ";",
            Self::Tab => "\t",
            Self::Bar => "|",
            Self::WideComma => "，",
        }
    }

    /// How long the delimiter at the beginning of this is; 0 where there is none.
    fn at(self, bytes: &[u8]) -> usize {
        match self.sign().as_bytes() {
            [sign] => usize::from(bytes.first() == Some(sign)),
            sign if bytes.starts_with(sign) => sign.len(),
            _ => usize::from(bytes.first() == Some(&b',')),
        }
    }

    /// The bytes that may end a cell. Every byte of a file is looked up here.
    const fn ends(self) -> &'static [bool; 256] {
        const COMMA: [bool; 256] = ends_with(b',');
        const SEMICOLON: [bool; 256] = ends_with(b';');
        const TAB: [bool; 256] = ends_with(b'\t');
        const BAR: [bool; 256] = ends_with(b'|');
        const WIDE_COMMA: [bool; 256] = {
            let mut ends = ends_with("，".as_bytes()[0]);
            ends[b',' as usize] = true;
            ends
        };
        match self {
            Self::Comma => &COMMA,
            Self::Semicolon => &SEMICOLON,
            Self::Tab => &TAB,
            Self::Bar => &BAR,
            Self::WideComma => &WIDE_COMMA,
        }
    }
}

/// The ends of lines, and a byte.
const fn ends_with(byte: u8) -> [bool; 256] {
    let mut ends = [false; 256];
    ends[b'\n' as usize] = true;
    ends[b'\r' as usize] = true;
    ends[byte as usize] = true;
    ends
}

/// No more columns of a table are read: no program that writes tables has more.
pub const MOST_COLUMNS: usize = 1 << 16;
/// A record is no longer, bytes: longer ones are no records.
const LONGEST: usize = 1 << 25;

/// The cells of a record.
#[derive(Debug, Default, Clone)]
pub struct Row {
    text: String,
    ends: Vec<usize>,
}

impl Row {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// A cell as it stands; empty beyond the last.
    pub fn get(&self, column: usize) -> &str {
        let from = column.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let range = from.zip(self.ends.get(column).copied());
        range.and_then(|(from, to)| self.text.get(from..to)).unwrap_or_default()
    }

    /// Whether all its cells are empty.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    fn close(&mut self) {
        if self.ends.len() < MOST_COLUMNS {
            self.ends.push(self.text.len());
        } else {
            self.text.truncate(self.ends.last().copied().unwrap_or(0));
        }
    }
}

/// How the reading of a record ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// So many bytes are read.
    At(usize),
    /// More text is needed.
    Cut,
    /// A quote is not closed.
    OpenQuote,
}

/// Reads the first record of a text; `is_all` where no more text follows, `quotes` where quotes
/// mean something.
pub fn record(text: &str, delimiter: Delimiter, quotes: bool, is_all: bool, row: &mut Row) -> End {
    row.clear();
    let bytes = text.as_bytes();
    let ends = delimiter.ends();
    let mut at = 0;
    loop {
        let is_quoted = quotes && bytes.get(at) == Some(&b'"');
        if is_quoted {
            match quoted_cell(text, at + 1, delimiter, is_all, row) {
                End::At(end) => at = end,
                other => return other,
            }
        }
        // The cell, or what stands behind its closing quote.
        let from = at;
        let width = loop {
            let rest = bytes.get(at..).unwrap_or_default();
            let Some(next) = rest.iter().position(|b| ends[usize::from(*b)]) else {
                at = bytes.len();
                break 0;
            };
            at += next;
            let rest = bytes.get(at..).unwrap_or_default();
            let width = delimiter.at(rest);
            if width > 0 || matches!(rest.first(), Some(b'\n' | b'\r')) {
                break width;
            }
            at += 1;
        };
        if !is_quoted {
            row.text.push_str(text.get(from..at).unwrap_or_default());
        }
        match bytes.get(at) {
            None if !is_all => return End::Cut,
            None => {
                row.close();
                return End::At(at);
            }
            Some(b'\r') if bytes.get(at + 1).is_none() && !is_all => return End::Cut,
            Some(b'\n' | b'\r') if width == 0 => {
                row.close();
                let pair = bytes.get(at..at + 2) == Some(b"\r\n");
                return End::At(at + 1 + usize::from(pair));
            }
            Some(_) => {
                row.close();
                at += width;
            }
        }
    }
}

/// Reads a quoted cell from behind its quote to behind the closing one.
fn quoted_cell(
    text: &str,
    mut at: usize,
    delimiter: Delimiter,
    is_all: bool,
    row: &mut Row,
) -> End {
    let bytes = text.as_bytes();
    let (mut lines, mut strays) = (false, false);
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(next) = rest.iter().position(|b| *b == b'"') else {
            return if is_all || rest.len() > LONGEST { End::OpenQuote } else { End::Cut };
        };
        let inner = text.get(at..at + next).unwrap_or_default();
        row.text.push_str(inner);
        lines |= inner.contains('\n');
        at += next + 1;
        let after = bytes.get(at..).unwrap_or_default();
        match after.first() {
            Some(b'"') => {
                row.text.push('"');
                at += 1;
            }
            None if !is_all => return End::Cut,
            None => return End::At(at),
            _ => {
                let blanks = after.iter().take_while(|b| **b == b' ').count();
                let after = after.get(blanks..).unwrap_or_default();
                let closes = after.is_empty()
                    || matches!(after.first(), Some(b'\n' | b'\r'))
                    || delimiter.at(after) > 0;
                if closes {
                    return End::At(at);
                }
                // A quote within a quoted cell of several lines: the first was never closed.
                row.text.push('"');
                strays = true;
            }
        }
        if lines && strays {
            return End::OpenQuote;
        }
    }
}

/// The records of a text, one after another.
pub struct Records<R> {
    text: TextReader<R>,
    buffer: String,
    /// Where the next record begins.
    at: usize,
    is_all: bool,
    delimiter: Delimiter,
    row: Row,
    open_quotes: usize,
}

impl<R: Read> Records<R> {
    pub fn new(text: TextReader<R>) -> Self {
        Self {
            text,
            buffer: String::new(),
            at: 0,
            is_all: false,
            delimiter: Delimiter::Comma,
            row: Row::default(),
            open_quotes: 0,
        }
    }

    /// What follows, at least so many bytes where there are, and whether it is all.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn look(&mut self, bytes: usize) -> io::Result<(&str, bool)> {
        while self.buffer.len() - self.at < bytes && !self.is_all {
            self.is_all = !self.text.fill(&mut self.buffer)?;
        }
        Ok((self.buffer.get(self.at..).unwrap_or_default(), self.is_all))
    }

    /// Leaves out so many bytes of what was looked at, and goes on with this delimiter.
    pub fn skip(&mut self, bytes: usize, delimiter: Delimiter) {
        self.at = (self.at + bytes).min(self.buffer.len());
        self.delimiter = delimiter;
    }

    /// Reads the next record; false where there is none.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn advance(&mut self) -> io::Result<bool> {
        loop {
            let rest = self.buffer.get(self.at..).unwrap_or_default();
            if rest.is_empty() && self.is_all {
                return Ok(false);
            }
            let too_long = rest.len() > LONGEST;
            let is_all = self.is_all || too_long;
            match record(rest, self.delimiter, true, is_all, &mut self.row) {
                End::At(bytes) => {
                    self.at += bytes;
                    return Ok(true);
                }
                End::OpenQuote => {
                    if let End::At(bytes) =
                        record(rest, self.delimiter, false, is_all, &mut self.row)
                    {
                        self.at += bytes;
                        self.open_quotes += 1;
                        return Ok(true);
                    }
                }
                End::Cut => {}
            }
            self.buffer.drain(..self.at);
            self.at = 0;
            // Twice as much each time, so that a long record costs no more than its length.
            let wanted = self.buffer.len() * 2 + 1;
            self.look(wanted)?;
        }
    }

    pub const fn row(&self) -> &Row {
        &self.row
    }

    /// Quotes that were never closed.
    pub const fn open_quotes(&self) -> usize {
        self.open_quotes
    }

    pub fn counts(&self) -> std::rc::Rc<TextCounts> {
        self.text.counts()
    }

    pub fn script(&self) -> super::super::Script {
        self.text.script()
    }
}
