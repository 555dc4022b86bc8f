//! Text of any encoding as a stream of UTF-8.

use std::{cell::Cell, io::Read, rc::Rc};

use encoding_rs::{Decoder, Encoding, GB18030, UTF_8};

use super::charset::{Charset, of_label};

/// Decodes what it reads; what is no text comes as U+FFFD.
pub struct Utf8<R> {
    from: R,
    decoder: Decoder,
    raw: Vec<u8>,
    /// What of `raw` has been read and not been decoded.
    rest: std::ops::Range<usize>,
    ended: bool,
    /// Bytes read so far.
    read: Rc<Cell<u64>>,
}

impl<R: Read> Utf8<R> {
    pub fn new(from: R, encoding: &'static Encoding, read: Rc<Cell<u64>>) -> Self {
        let raw = vec![0; 1 << 16];
        let decoder = encoding.new_decoder_with_bom_removal();
        Self { from, decoder, raw, rest: 0..0, ended: false, read }
    }
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        // A decoder wants room for a whole character.
        if into.len() < 4 {
            return Ok(0);
        }
        loop {
            if self.rest.is_empty() && !self.ended {
                let count = self.from.read(&mut self.raw)?;
                self.read.set(self.read.get() + count as u64);
                self.ended = count == 0;
                self.rest = 0..count;
            }
            let raw = self.raw.get(self.rest.clone()).unwrap_or_default();
            let (result, used, written, _) = self.decoder.decode_to_utf8(raw, into, self.ended);
            self.rest.start += used;
            let finished = result == encoding_rs::CoderResult::InputEmpty && self.ended;
            if written > 0 || finished {
                if finished {
                    // A decoder is used up by its last call.
                    self.decoder = UTF_8.new_decoder_without_bom_handling();
                    self.rest = 0..0;
                }
                return Ok(written);
            }
        }
    }
}

/// The encoding of a marked-up text by its first bytes: its mark, what it declares, else what is
/// valid. Says also whether it is guessed against what is declared.
pub fn encoding_of(start: &[u8]) -> (&'static Encoding, bool) {
    if let Some((encoding, _)) = Encoding::for_bom(start) {
        return (encoding, false);
    }
    let head = start.get(..start.len().min(256)).unwrap_or_default();
    let head = String::from_utf8_lossy(head);
    let declared = head
        .split_once("encoding=")
        .filter(|(before, _)| before.trim_start().starts_with("<?xml") && !before.contains('>'))
        .and_then(|(_, after)| after.split(['"', '\'']).nth(1))
        .and_then(of_label);
    let mut charset = Charset::new(Some(declared.unwrap_or(UTF_8)));
    // Only the first bytes are here: the last line may be cut.
    for line in start.split_inclusive(|byte| *byte == b'\n') {
        charset.look(line, !line.ends_with(b"\n"));
    }
    match charset.found() {
        Some((encoding, guessed)) if encoding == GB18030 && guessed => (GB18030, true),
        _ => (declared.unwrap_or(UTF_8), false),
    }
}
