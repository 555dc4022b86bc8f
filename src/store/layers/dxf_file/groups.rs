//! The groups of a DXF file: a code and a value, each on a line of its own.

use std::io::{BufRead, BufReader, Read};

/// Reads groups one after another.
pub struct Groups<R> {
    from: BufReader<R>,
    line: Vec<u8>,
    /// The value of the last group, without blanks around.
    pub value: Vec<u8>,
    pub read_bytes: u64,
}

/// What is wrong with what stands where a code should.
#[derive(Debug)]
pub struct NoCode;

/// No value of a drawing is longer.
const LONGEST_LINE: u64 = 4 << 20;

impl<R: Read> Groups<R> {
    pub fn new(from: R) -> Self {
        Self {
            from: BufReader::with_capacity(1 << 18, from),
            line: Vec::new(),
            value: Vec::new(),
            read_bytes: 0,
        }
    }

    /// The code of the next group; `None` at the end of the file.
    ///
    /// # Errors
    /// What stands there is no code, or the file cannot be read.
    pub fn next(&mut self) -> Result<Option<i32>, NoCode> {
        loop {
            self.line.clear();
            if !read_line(&mut self.from, &mut self.line, &mut self.read_bytes)? {
                return Ok(None);
            }
            let code = self.line.trim_ascii();
            let code = code.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(code);
            let code = std::str::from_utf8(code).ok().and_then(|code| code.parse().ok());
            let code: i32 = code.ok_or(NoCode)?;
            self.value.clear();
            if !read_line(&mut self.from, &mut self.value, &mut self.read_bytes)? {
                return Ok(None);
            }
            // A comment.
            if code != 999 {
                return Ok(Some(code));
            }
        }
    }
}

/// Reads a line without its end.
fn read_line(
    from: &mut impl BufRead,
    into: &mut Vec<u8>,
    read_bytes: &mut u64,
) -> Result<bool, NoCode> {
    let count = from.by_ref().take(LONGEST_LINE).read_until(b'\n', into).map_err(|_| NoCode)?;
    *read_bytes += count as u64;
    while matches!(into.last(), Some(b'\n' | b'\r')) {
        into.pop();
    }
    Ok(count > 0)
}

/// An object of the file: its type and its groups, in order.
#[derive(Debug, Clone, Default)]
pub struct Entity {
    pub kind: String,
    groups: Vec<(i32, std::ops::Range<usize>)>,
    bytes: Vec<u8>,
}

impl Entity {
    /// Begins it anew.
    pub fn begin(&mut self, kind: &[u8]) {
        self.kind.clear();
        self.kind.push_str(&String::from_utf8_lossy(kind.trim_ascii()));
        self.groups.clear();
        self.bytes.clear();
    }

    pub fn push(&mut self, code: i32, value: &[u8]) {
        let from = self.bytes.len();
        self.bytes.extend_from_slice(value);
        self.groups.push((code, from..self.bytes.len()));
    }

    /// How many groups it has.
    pub const fn len(&self) -> usize {
        self.groups.len()
    }

    /// Its groups as they stand.
    pub fn groups(&self) -> impl Iterator<Item = (i32, &[u8])> {
        let value = |range: &std::ops::Range<usize>| self.bytes.get(range.clone());
        self.groups.iter().map(move |(code, range)| (*code, value(range).unwrap_or_default()))
    }

    /// The first value of a code.
    pub fn raw(&self, code: i32) -> Option<&[u8]> {
        self.groups().find(|(own, _)| *own == code).map(|(_, value)| value)
    }

    /// The first number of a code.
    pub fn number(&self, code: i32) -> Option<f64> {
        self.raw(code).and_then(number)
    }

    /// The first whole number of a code; 0 where there is none.
    pub fn flags(&self, code: i32) -> i64 {
        self.raw(code).and_then(whole).unwrap_or(0)
    }

    /// The position whose x has a code: y is ten, z twenty more.
    pub fn position(&self, code: i32) -> Option<[f64; 3]> {
        let z = self.number(code + 20).unwrap_or(0.0);
        Some([self.number(code)?, self.number(code + 10)?, z])
    }
}

/// A finite number.
pub fn number(value: &[u8]) -> Option<f64> {
    let text = std::str::from_utf8(value.trim_ascii()).ok()?;
    text.parse::<f64>().ok().filter(|n| n.is_finite())
}

pub fn whole(value: &[u8]) -> Option<i64> {
    std::str::from_utf8(value.trim_ascii()).ok()?.parse().ok()
}
