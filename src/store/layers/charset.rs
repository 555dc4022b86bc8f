//! In which encoding the words of a file stand: as it says, else by what is valid. A text is judged
//! by its characters as they run ([`script_of`]), the words of a table or a drawing one by one
//! ([`Charset`]).

use std::io::{self, Read};

use encoding_rs::{
    BIG5, Encoding, GB18030, GBK, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252,
};

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

/// Finds the encoding of a file out of samples of its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charset {
    /// What the file says; `None` where it says nothing or what everybody says.
    stated: Option<&'static Encoding>,
    /// What is taken where no other is valid.
    least: &'static Encoding,
    /// Words beyond ASCII that have been seen, and those that are no UTF-8, no GB 18030.
    seen: usize,
    not_utf8: usize,
    not_gb: usize,
    /// Words that are both by accident, and more likely Chinese in two bytes each.
    doubtful: usize,
}

impl Charset {
    pub const fn new(stated: Option<&'static Encoding>) -> Self {
        Self { stated, least: GB18030, seen: 0, not_utf8: 0, not_gb: 0, doubtful: 0 }
    }

    /// What is taken where neither UTF-8 nor GB 18030 fits.
    #[must_use]
    pub const fn or_else(self, least: &'static Encoding) -> Self {
        Self { least, ..self }
    }

    /// Looks at a word; one that fills its field may have lost a part of its last character.
    pub fn look(&mut self, word: &[u8], may_be_cut: bool) {
        if word.is_ascii() {
            return;
        }
        self.seen += 1;
        match std::str::from_utf8(word) {
            Ok(_) => self.doubtful += usize::from(is_chinese_pairs(word)),
            Err(e) => self.not_utf8 += usize::from(!(may_be_cut && e.error_len().is_none())),
        }
        let wrong = |word| GB18030.decode_without_bom_handling(word).1;
        let cut = word.split_last().map_or(word, |(_, before)| before);
        self.not_gb += usize::from(wrong(word) && (!may_be_cut || wrong(cut)));
    }

    /// Whether so many words have been seen that more would say the same.
    pub const fn is_sure(&self) -> bool {
        const ENOUGH: usize = 20_000;
        self.seen - self.doubtful > ENOUGH
    }

    /// The encoding, and whether it is guessed; `None` while nothing says anything.
    pub fn found(&self) -> Option<(&'static Encoding, bool)> {
        if let Some(stated) = self.stated {
            // Programs that name UTF-8 and write words of a Chinese Windows: few are valid.
            let wrong = stated == UTF_8 && self.not_utf8 * 2 > self.seen;
            return Some(if wrong && self.not_gb == 0 { (GB18030, true) } else { (stated, false) });
        }
        if self.seen == 0 {
            return None;
        }
        Some(if self.not_utf8 == 0 && !(self.doubtful == self.seen && self.not_gb == 0) {
            (UTF_8, true)
        } else if self.not_gb == 0 {
            (GB18030, true)
        } else {
            // Some words are damaged: what spoils fewer, and else what the file may say.
            match (self.not_utf8 * 10 < self.seen, self.not_gb * 10 < self.seen) {
                (true, _) => (UTF_8, true),
                (_, true) => (GB18030, true),
                _ => (self.least, true),
            }
        })
    }
}

/// Whether all bytes beyond ASCII come in pairs as in GB 2312, which hardly any word of the West
/// has, and are not likely to be meant as UTF-8.
pub fn is_chinese_pairs(word: &[u8]) -> bool {
    let pairs = word.split(u8::is_ascii).all(|run| {
        run.len().is_multiple_of(2) && run.iter().all(|byte| (0xA1..=0xFE).contains(byte))
    });
    pairs && !std::str::from_utf8(word).is_ok_and(is_likely)
}

/// Whether a text that is UTF-8 is likely meant as that: it has a character of three bytes, or
/// Latin letters among others. 太原站 in two bytes each is UTF-8 too, of Armenian and accents.
fn is_likely(text: &str) -> bool {
    let mut beyond = text.chars().filter(|c| !c.is_ascii());
    let latin = text.bytes().any(|byte| byte.is_ascii_alphabetic());
    text.chars().any(|c| c >= '\u{800}') || latin && beyond.all(|c| c < '\u{250}')
}

/// The encoding of a name or number as `.cpg` files and drawings have it: `UTF-8`, `65001`, `936`,
/// `ANSI_936`, `OEM 936`, `GBK`, `ISO 88591`.
pub fn of_label(label: &str) -> Option<&'static Encoding> {
    let label = label.trim_matches(|c: char| c.is_whitespace() || c == '\0' || c == '\u{feff}');
    if let Some(encoding) = Encoding::for_label(label.as_bytes()) {
        return Some(encoding);
    }
    let digits: String = label.chars().filter(char::is_ascii_digit).collect();
    let named = |name: String| Encoding::for_label(name.as_bytes());
    match digits.as_str() {
        "65001" => Some(UTF_8),
        "936" | "1386" => Some(GBK),
        "54936" => Some(GB18030),
        "950" => Some(BIG5),
        "932" => Some(SHIFT_JIS),
        "949" => named("euc-kr".to_owned()),
        "88591" => Some(WINDOWS_1252),
        number if number.len() == 4 && number.starts_with("125") => {
            named(format!("windows-{number}"))
        }
        number if number.starts_with("8859") && number.len() > 4 => {
            named(format!("iso-8859-{}", number.get(4..).unwrap_or_default()))
        }
        _ => None,
    }
}

/// What a text is written in. It is read as far as it takes to know: to the end only where nothing
/// but ASCII comes.
///
/// # Errors
/// It cannot be read.
pub fn script_of(text: &mut impl Read) -> io::Result<Script> {
    const BLOCK: usize = 1 << 17;
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
    let is_utf8 = tally.is_utf8();
    Ok(Script {
        encoding: if is_utf8 { UTF_8 } else { other },
        is_guessed: !is_utf8 && declared.is_none(),
    })
}

/// The same by the first bytes of a text alone.
pub fn script_of_start(start: &[u8]) -> Script {
    /// What is shorter is the whole text; of what is longer the last character may be cut.
    const WHOLE: usize = 1 << 16;
    let cut = start.iter().rev().take(3).take_while(|b| **b >= 0x80 && start.len() >= WHOLE);
    let end = start.len() - cut.count();
    // Bytes can be read.
    let script = script_of(&mut start.get(..end).unwrap_or(start));
    script.unwrap_or(Script { encoding: UTF_8, is_guessed: false })
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
    of_label(label).filter(|encoding| *encoding != UTF_8)
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

    /// Foreign text read as UTF-8 is mostly faults; UTF-8 with a fault is mostly text.
    const fn is_utf8(&self) -> bool {
        let doubts = self.bad + 4 * self.odd;
        doubts == 0 || self.good > doubts
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
