//! One decoder for all text: whatever a file is written in, readers get UTF-8, block by block.

use std::{
    cell::Cell,
    io::{self, Read},
    rc::Rc,
};

use encoding_rs::{Decoder, DecoderResult};

use super::charset::Script;

/// What has been met while a text was read; a reader that is lent out is asked through this.
#[derive(Debug, Default)]
pub struct TextCounts {
    bytes: Cell<u64>,
    bad: Cell<usize>,
}

impl TextCounts {
    /// Bytes of the file so far.
    pub fn bytes(&self) -> u64 {
        self.bytes.get()
    }

    /// Places that are no text in its encoding, and are now U+FFFD.
    pub fn bad(&self) -> usize {
        self.bad.get()
    }
}

/// A text as UTF-8, without the mark at its beginning.
pub struct TextReader<R> {
    inner: R,
    script: Script,
    decoder: Decoder,
    raw: Vec<u8>,
    /// The part of `raw` that is not decoded yet.
    pending: std::ops::Range<usize>,
    /// The bytes have ended.
    is_dry: bool,
    /// The last of them have been decoded.
    is_done: bool,
    /// What was decoded and not yet read, for those who read bytes.
    ready: String,
    ready_at: usize,
    counts: Rc<TextCounts>,
}

const BLOCK: usize = 1 << 17;

impl<R: Read> TextReader<R> {
    /// Reads text that is written so. A mark at its beginning goes before.
    pub fn new(inner: R, script: Script) -> Self {
        Self {
            inner,
            script,
            decoder: script.encoding.new_decoder(),
            raw: vec![0; BLOCK],
            pending: 0..0,
            is_dry: false,
            is_done: false,
            ready: String::new(),
            ready_at: 0,
            counts: Rc::default(),
        }
    }

    pub const fn script(&self) -> Script {
        self.script
    }

    pub fn counts(&self) -> Rc<TextCounts> {
        self.counts.clone()
    }

    /// Appends the next block to a text. False where there is no more.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn fill(&mut self, into: &mut String) -> io::Result<bool> {
        if self.is_done {
            return Ok(false);
        }
        if self.pending.is_empty() && !self.is_dry {
            let read = loop {
                match self.inner.read(&mut self.raw) {
                    Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                    other => break other?,
                }
            };
            self.is_dry = read == 0;
            self.pending = 0..read;
            self.counts.bytes.set(self.counts.bytes.get() + read as u64);
        }
        loop {
            let bytes = self.raw.get(self.pending.clone()).unwrap_or_default();
            let most = self.decoder.max_utf8_buffer_length_without_replacement(bytes.len());
            into.reserve(most.unwrap_or(BLOCK).max(16));
            let (end, read) =
                self.decoder.decode_to_string_without_replacement(bytes, into, self.is_dry);
            self.pending.start += read;
            match end {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => {
                    into.push('\u{FFFD}');
                    self.counts.bad.set(self.counts.bad.get() + 1);
                }
            }
        }
        self.is_done = self.is_dry;
        Ok(true)
    }
}

impl<R: Read> Read for TextReader<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.ready_at == self.ready.len() {
            let mut ready = std::mem::take(&mut self.ready);
            ready.clear();
            self.ready_at = 0;
            let more = self.fill(&mut ready);
            self.ready = ready;
            if !more? {
                return Ok(0);
            }
        }
        let rest = self.ready.as_bytes().get(self.ready_at..).unwrap_or_default();
        let count = rest.len().min(out.len());
        if let (Some(to), Some(from)) = (out.get_mut(..count), rest.get(..count)) {
            to.copy_from_slice(from);
        }
        self.ready_at += count;
        Ok(count)
    }
}
