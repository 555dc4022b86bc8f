//! Records of a workbook stream ([MS-XLS] 2.1.4): a kind, a length, and what goes on in the next.

/// A record with its continuations.
#[derive(Debug, Clone)]
pub struct Record<'a> {
    pub kind: u16,
    /// Where it begins in the stream.
    pub at: usize,
    pub data: &'a [u8],
    /// The stream behind it, where its continuations stand.
    after: &'a [u8],
}

const CONTINUE: u16 = 0x003C;

impl<'a> Record<'a> {
    pub fn half(&self, at: usize) -> Option<u16> {
        self.data.get(at..)?.first_chunk().copied().map(u16::from_le_bytes)
    }

    pub fn word(&self, at: usize) -> Option<u32> {
        self.data.get(at..)?.first_chunk().copied().map(u32::from_le_bytes)
    }

    pub fn real(&self, at: usize) -> Option<f64> {
        self.data.get(at..)?.first_chunk().copied().map(f64::from_le_bytes)
    }

    /// Its bytes from a place on, and those of its continuations.
    pub fn pieces(&self, at: usize) -> Pieces<'a> {
        Pieces { now: self.data.get(at..).unwrap_or_default(), after: self.after }
    }
}

/// The records of a stream, from a place on.
pub struct Records<'a> {
    stream: &'a [u8],
    at: usize,
    /// The last record is longer than the stream.
    pub is_cut: bool,
}

impl<'a> Records<'a> {
    pub const fn from(stream: &'a [u8], at: usize) -> Self {
        Self { stream, at, is_cut: false }
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        loop {
            let rest = self.stream.get(self.at..).filter(|rest| !rest.is_empty())?;
            let Some((kind, data, after)) = split(rest) else {
                self.is_cut = true;
                self.at = self.stream.len();
                return None;
            };
            let at = self.at;
            self.at = self.stream.len() - after.len();
            // Those were told with the record that they continue.
            if kind != CONTINUE {
                return Some(Record { kind, at, data, after });
            }
        }
    }
}

fn split(stream: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let (kind, rest) = stream.split_first_chunk()?;
    let (length, rest) = rest.split_first_chunk()?;
    let (data, after) = rest.split_at_checked(usize::from(u16::from_le_bytes(*length)))?;
    Some((u16::from_le_bytes(*kind), data, after))
}

/// Bytes that go on from a record to its continuations.
pub struct Pieces<'a> {
    now: &'a [u8],
    after: &'a [u8],
}

impl Pieces<'_> {
    /// Goes on to the next continuation; false where there is none.
    fn turn(&mut self) -> bool {
        match split(self.after) {
            Some((CONTINUE, data, after)) => {
                (self.now, self.after) = (data, after);
                true
            }
            _ => false,
        }
    }

    fn byte(&mut self) -> Option<u8> {
        while self.now.is_empty() {
            if !self.turn() {
                return None;
            }
        }
        let (first, rest) = self.now.split_first()?;
        self.now = rest;
        Some(*first)
    }

    fn number<const N: usize>(&mut self) -> Option<[u8; N]> {
        let mut out = [0; N];
        for byte in &mut out {
            *byte = self.byte()?;
        }
        Some(out)
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            if self.now.is_empty() && !self.turn() {
                return None;
            }
            let own = count.min(self.now.len());
            self.now = self.now.get(own..).unwrap_or_default();
            count -= own;
        }
        Some(())
    }

    /// Appends a text with its length of two bytes and its marks ([MS-XLS] 2.5.293 and 2.5.294).
    /// `None` where the bytes end within it; what there is of it is there.
    pub fn text(&mut self, into: &mut String) -> Option<()> {
        let count = u16::from_le_bytes(self.number()?);
        let marks = self.byte()?;
        let runs = if marks & 8 != 0 { u16::from_le_bytes(self.number()?) } else { 0 };
        let more = if marks & 4 != 0 { u32::from_le_bytes(self.number()?) } else { 0 };
        self.signs(usize::from(count), marks & 1 != 0, into)?;
        self.skip(usize::from(runs) * 4)?;
        self.skip(usize::try_from(more).ok()?)
    }

    /// So many signs, of two bytes or of one; a continuation says anew of how many.
    pub fn signs(&mut self, mut count: usize, mut wide: bool, into: &mut String) -> Option<()> {
        let mut half = None;
        while count > 0 {
            if self.now.is_empty() {
                if !self.turn() {
                    return None;
                }
                wide = self.byte()? & 1 != 0;
                continue;
            }
            let size = if wide { 2 } else { 1 };
            let own = count.min(self.now.len() / size);
            let (signs, rest) = self.now.split_at_checked(own * size)?;
            // An odd byte at the end of a piece is lost with it.
            self.now = if own == 0 { &[] } else { rest };
            count -= own;
            let units = signs.chunks(size).map(|raw| match raw {
                [low, high] => u16::from_le_bytes([*low, *high]),
                raw => raw.first().copied().map_or(0, u16::from),
            });
            for sign in char::decode_utf16(half.take().into_iter().chain(units)) {
                match sign {
                    Ok(sign) => into.push(sign),
                    // The other half of a sign may stand in the next piece.
                    Err(e) if (0xD800..0xDC00).contains(&e.unpaired_surrogate()) && count > 0 => {
                        half = Some(e.unpaired_surrogate());
                    }
                    Err(_) => into.push('\u{FFFD}'),
                }
            }
        }
        Some(())
    }
}
