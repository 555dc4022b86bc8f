//! One decoder for all text: whatever a file is written in, readers get UTF-8, block by block.

use std::{
    cell::Cell,
    io::{self, Read},
    rc::Rc,
};

use encoding_rs::{Decoder, DecoderResult, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// What a text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Script {
    pub encoding: &'static Encoding,
    /// Neither a mark nor the text itself says so beyond doubt.
    pub is_guessed: bool,
}

impl Script {
    /// The name of its encoding for people.
    pub fn name(self) -> &'static str {
        if self.encoding == GB18030 { "GB 18030" } else { self.encoding.name() }
    }
}

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

/// What a text is written in. It is read as far as it takes to know: to the end only where nothing
/// but ASCII comes.
///
/// # Errors
/// It cannot be read.
pub fn script_of(text: &mut impl Read) -> io::Result<Script> {
    let mut block = vec![0; BLOCK];
    let mut length = read_block(text, &mut block)?;
    let start = block.get(..length).unwrap_or_default();
    if let Some((encoding, _)) = Encoding::for_bom(start) {
        return Ok(Script { encoding, is_guessed: false });
    }
    if let Some(encoding) = wide(start) {
        return Ok(Script { encoding, is_guessed: true });
    }
    let declared = declared(start);
    let mut tally = Tally::default();
    while length > 0 && tally.seen() < Tally::ENOUGH {
        tally.add(block.get(..length).unwrap_or_default());
        length = read_block(text, &mut block)?;
    }
    tally.bad += usize::from(!tally.cut.is_empty());
    let other = declared.unwrap_or(GB18030);
    // Foreign text read as UTF-8 is mostly faults; UTF-8 with a fault is mostly text.
    let doubts = tally.bad + 4 * tally.odd;
    let is_utf8 = doubts == 0 || tally.good > doubts;
    Ok(Script {
        encoding: if is_utf8 { UTF_8 } else { other },
        is_guessed: !is_utf8 && declared.is_none(),
    })
}

fn read_block(text: &mut impl Read, block: &mut [u8]) -> io::Result<usize> {
    loop {
        match text.read(block) {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

/// Whether bytes may be text: no zero byte but in UTF-16.
pub fn may_be_text(start: &[u8]) -> bool {
    let marked = Encoding::for_bom(start).is_some_and(|(encoding, _)| encoding != UTF_8);
    !start.is_empty() && (marked || !start.contains(&0) || wide(start).is_some())
}

/// UTF-16 without a mark: every other byte of its signs is zero, as most separators are.
fn wide(start: &[u8]) -> Option<&'static Encoding> {
    let sample = start.get(..start.len().min(4096) & !1)?;
    if sample.len() < 8 {
        return None;
    }
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let (encoding, plain) = if odd > even { (UTF_16LE, odd) } else { (UTF_16BE, even) };
    if even.min(odd) > 0 || plain * 16 < sample.len() {
        return None;
    }
    // Numbers of a binary file are no text.
    let mut text = String::with_capacity(sample.len() * 2);
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let (_, _, faults) = decoder.decode_to_string(sample, &mut text, false);
    let odd_sign = |c: char| c.is_control() && !matches!(c, '\t' | '\r' | '\n');
    (!faults && !text.contains(odd_sign)).then_some(encoding)
}

/// What an XML text says that it is written in.
fn declared(start: &[u8]) -> Option<&'static Encoding> {
    let head = start.get(..start.len().min(200))?;
    let head = String::from_utf8_lossy(head.strip_prefix(b"<?xml")?).into_owned();
    let head = head.split("?>").next()?;
    let value = head.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let label = value.get(1..)?.split(quote).next()?;
    Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != UTF_8)
}

/// What of a text is UTF-8 beyond ASCII, and what is not.
#[derive(Default)]
struct Tally {
    good: usize,
    bad: usize,
    /// Signs that nobody here writes: 太原 in GB 18030 happens to be two of them in UTF-8.
    odd: usize,
    /// A character whose end is in the next block.
    cut: Vec<u8>,
}

impl Tally {
    const ENOUGH: usize = 20_000;

    const fn seen(&self) -> usize {
        self.good + self.bad
    }

    fn add(&mut self, block: &[u8]) {
        if !self.cut.is_empty() {
            let mut joined = std::mem::take(&mut self.cut);
            joined.extend_from_slice(block);
            self.add_joined(&joined);
        } else if !block.is_ascii() {
            self.add_joined(block);
        }
    }

    fn add_joined(&mut self, mut rest: &[u8]) {
        while !rest.is_empty() {
            let (valid, after) = match std::str::from_utf8(rest) {
                Ok(valid) => (valid, None),
                Err(e) => {
                    let (valid, after) = rest.split_at(e.valid_up_to());
                    (std::str::from_utf8(valid).unwrap_or_default(), Some((after, e.error_len())))
                }
            };
            for c in valid.chars().filter(|c| !c.is_ascii()) {
                self.good += 1;
                self.odd += usize::from(matches!(c, '\u{250}'..='\u{36F}' | '\u{500}'..='\u{7FF}'));
            }
            match after {
                None => return,
                Some((cut, None)) => {
                    self.cut = cut.to_vec();
                    return;
                }
                Some((after, Some(length))) => {
                    self.bad += 1;
                    rest = after.get(length..).unwrap_or_default();
                }
            }
            if self.seen() > Self::ENOUGH {
                return;
            }
        }
    }
}
