//! A file of JSON as a stream: value by value, never the whole in memory.

use std::{
    fs::File,
    io::{Read, Result},
    ops::Range,
};

use encoding_rs::{Decoder, Encoding, UTF_8};

use super::scan::{Scan, comment, is_blank};
use crate::store::layers::charset::script_of_start;

/// What is read and not yet taken, and the rest of the file.
pub struct Stream<'a> {
    input: Box<dyn Read + 'a>,
    buffer: Vec<u8>,
    at: usize,
    ended: bool,
    /// Bytes taken from the input.
    pub read: u64,
}

/// A value that was looked for.
pub enum Found {
    /// Where it lies in [`Stream::bytes`].
    Whole(Range<usize>),
    /// It is longer than it may be, and has been passed.
    TooLong,
    /// The file ends within it.
    Cut,
}

const STEP: usize = 1 << 18;

impl<'a> Stream<'a> {
    pub fn new(input: Box<dyn Read + 'a>) -> Self {
        Self { input, buffer: Vec::new(), at: 0, ended: false, read: 0 }
    }

    /// Reads on; what is taken is forgotten. Says whether there was more.
    fn fill(&mut self) -> Result<bool> {
        if self.ended {
            return Ok(false);
        }
        self.buffer.drain(..self.at);
        self.at = 0;
        // A long value is not moved again and again for little.
        let step = STEP.max(self.buffer.len());
        let mut part = self.input.by_ref().take(step as u64);
        let count = part.read_to_end(&mut self.buffer)?;
        self.read += count as u64;
        self.ended = count == 0;
        Ok(count > 0)
    }

    /// The first byte of what comes next; `None` at the end.
    pub fn peek(&mut self) -> Result<Option<u8>> {
        loop {
            let rest = self.buffer.get(self.at..).unwrap_or_default();
            let passed = match rest {
                [] => 0,
                [byte, ..] if is_blank(*byte) => 1,
                // The mark of the encoding.
                [0xEF, 0xBB, 0xBF, ..] => 3,
                [b'/', ..] => match comment(rest) {
                    // It may go on where the buffer ends.
                    Some(end) if end < rest.len() || self.ended => end,
                    None if rest.len() > 1 || self.ended => return Ok(Some(b'/')),
                    _ => 0,
                },
                [byte, ..] => return Ok(Some(*byte)),
            };
            self.at += passed;
            if passed == 0 && !self.fill()? && self.at == self.buffer.len() {
                return Ok(None);
            }
        }
    }

    /// Passes a byte.
    pub const fn pass(&mut self) {
        self.at += 1;
    }

    /// The next value, of so many bytes at most.
    pub fn value(&mut self, most: usize) -> Result<Found> {
        self.peek()?;
        let mut scan = Scan::default();
        let mut looked = 0;
        let mut is_long = false;
        loop {
            let rest = self.buffer.get(self.at + looked..).unwrap_or_default();
            if let Some(end) = scan.advance(rest) {
                let from = self.at;
                // Whatever it is, it goes on.
                self.at = (from + looked + end).max(from + 1);
                return Ok(if is_long { Found::TooLong } else { Found::Whole(from..self.at) });
            }
            looked += rest.len();
            if looked > most {
                is_long = true;
                self.at = self.buffer.len();
                looked = 0;
            }
            if !self.fill()? {
                let from = std::mem::replace(&mut self.at, self.buffer.len());
                let is_whole = scan.may_end() && !is_long;
                return Ok(if is_whole { Found::Whole(from..self.at) } else { Found::Cut });
            }
        }
    }

    /// The bytes of a value that was found last.
    pub fn bytes(&self, found: Range<usize>) -> &[u8] {
        self.buffer.get(found).unwrap_or_default()
    }
}

/// A file in another encoding, read as UTF-8.
pub struct Decoded {
    file: File,
    decoder: Decoder,
    raw: Vec<u8>,
    text: Vec<u8>,
    taken: usize,
    ended: bool,
}

impl Decoded {
    pub fn new(file: File, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        Self { file, decoder, raw: vec![0; 1 << 16], text: Vec::new(), taken: 0, ended: false }
    }
}

impl Read for Decoded {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        while self.taken == self.text.len() && !self.ended {
            let count = self.file.read(&mut self.raw)?;
            self.ended = count == 0;
            let raw = self.raw.get(..count).unwrap_or_default();
            let room = self.decoder.max_utf8_buffer_length(count).unwrap_or(4 * count + 16);
            self.text.resize(room, 0);
            let (_, _, written, _) = self.decoder.decode_to_utf8(raw, &mut self.text, self.ended);
            self.text.truncate(written);
            self.taken = 0;
        }
        let rest = self.text.get(self.taken..).unwrap_or_default();
        let count = rest.len().min(into.len());
        if let (Some(into), Some(rest)) = (into.get_mut(..count), rest.get(..count)) {
            into.copy_from_slice(rest);
        }
        self.taken += count;
        Ok(count)
    }
}

/// The encoding by how a file begins, and whether that is but a guess. JSON is UTF-8; what is none
/// and no UTF-16 either comes from a Chinese Windows.
pub fn encoding_of(start: &[u8]) -> (&'static Encoding, Guess) {
    if let Some((encoding, _)) = Encoding::for_bom(start) {
        return (encoding, Guess::Sure);
    }
    // A zero beside the first bracket is the other half of it.
    match start {
        [b'{' | b'[', 0, ..] => return (encoding_rs::UTF_16LE, Guess::Sure),
        [0, b'{' | b'[', ..] => return (encoding_rs::UTF_16BE, Guess::Sure),
        _ => {}
    }
    let script = script_of_start(start);
    match script.is_guessed {
        _ if start.is_ascii() => (UTF_8, Guess::Open),
        true => (script.encoding, Guess::Guessed),
        false => (script.encoding, Guess::Sure),
    }
}

/// How an encoding is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guess {
    Sure,
    Guessed,
    /// Nothing but ASCII was seen.
    Open,
}
