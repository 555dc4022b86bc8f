//! In which encoding the words of a file stand: as it says, else by what is valid.

use encoding_rs::{BIG5, Encoding, GB18030, GBK, SHIFT_JIS, UTF_8, WINDOWS_1252};

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
