//! Bytes of a file to characters that remember their bytes.

use super::characters::{SourceChar, characters, unit};
use super::encoding::Encoding;
use super::findings::Findings;
use crate::diagnostics::Severity;
use crate::units::SourceSpan;

/// A file as characters.
pub(super) struct Decoded {
    pub encoding: Encoding,
    pub chars: Vec<SourceChar>,
}

/// Finds the encoding and decodes. Broken sequences become U+FFFD and a finding each.
pub(super) fn decode(bytes: &[u8], findings: &mut Findings) -> Decoded {
    if bytes.is_empty() {
        refuse(findings, "plan-empty", 0, 0, "文件是空的。", "The file is empty.");
        return nothing();
    }
    if let Some((zh, en)) = known_format(bytes) {
        refuse(
            findings,
            "plan-binary",
            0,
            bytes.len().min(4),
            &format!("这是{zh}，不是纯文本；请先另存为文本文件。"),
            &format!("This is {en}, not plain text; save it as a text file first."),
        );
        return nothing();
    }
    let encoding = detect(bytes);
    if matches!(encoding, Encoding::Unknown) {
        let at = bytes.iter().position(|b| is_control(*b)).unwrap_or(0);
        refuse(
            findings,
            "plan-binary",
            at,
            at + 1,
            "文件含有大量控制字节，不是文本。",
            "The file is full of control bytes and is no text.",
        );
        return nothing();
    }
    let chars = characters(bytes, encoding);
    for c in chars.iter().filter(|c| is_broken(c, bytes)) {
        findings.at_source(
            Severity::Warning,
            "bad-bytes",
            SourceSpan { start: c.start, end: c.end },
            format!("第 {} 字节起的 {} 个字节无法解码。", c.start, c.end - c.start),
            format!("{} bytes at byte {} cannot be decoded.", c.end - c.start, c.start),
        );
    }
    Decoded { encoding, chars }
}

fn refuse(
    findings: &mut Findings,
    code: &'static str,
    start: usize,
    end: usize,
    zh: &str,
    en: &str,
) {
    findings.at_source(Severity::Error, code, SourceSpan { start, end }, zh, en);
}

fn nothing() -> Decoded {
    Decoded { encoding: Encoding::Unknown, chars: Vec::new() }
}

/// File formats that users take for text, by their first bytes.
fn known_format(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let known: [(&[u8], &str, &str); 6] = [
        (b"SQLite format 3\0", "数据库（如工作簿）", "a database such as a workbook"),
        (b"%PDF-", " PDF 文件", "a PDF file"),
        (b"PK\x03\x04", "压缩文件（如 docx、xlsx）", "a zip file such as docx or xlsx"),
        (
            b"\xD0\xCF\x11\xE0",
            "旧式 Office 文件（如 doc、wps）",
            "an old Office file such as doc or wps",
        ),
        (b"\x89PNG", "图片", "an image"),
        (b"\xFF\xD8\xFF", "图片", "an image"),
    ];
    known.into_iter().find(|(magic, ..)| bytes.starts_with(magic)).map(|(_, zh, en)| (zh, en))
}

fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C)
}

/// A replacement character that the file itself does not hold.
fn is_broken(c: &SourceChar, bytes: &[u8]) -> bool {
    c.ch == char::REPLACEMENT_CHARACTER
        && !matches!(bytes.get(c.start..c.end), Some(b"\xEF\xBF\xBD" | b"\xFF\xFD" | b"\xFD\xFF"))
}

fn detect(bytes: &[u8]) -> Encoding {
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        return Encoding::Utf8Bom;
    }
    if bytes.starts_with(b"\xFF\xFE") {
        return Encoding::Utf16Le;
    }
    if bytes.starts_with(b"\xFE\xFF") {
        return Encoding::Utf16Be;
    }
    let controls = bytes.iter().filter(|b| is_control(**b)).count();
    let valid = std::str::from_utf8(bytes).is_ok();
    if valid && controls == 0 {
        return Encoding::Utf8;
    }
    for encoding in [Encoding::Utf16Le, Encoding::Utf16Be] {
        if looks_like_utf16(bytes, encoding) {
            return encoding;
        }
    }
    // More than one control byte in fifty is no text.
    if controls * 50 > bytes.len() {
        return Encoding::Unknown;
    }
    if valid {
        return Encoding::Utf8;
    }
    let utf8_errors = error_count(&characters(bytes, Encoding::Utf8), bytes);
    let gb_errors = error_count(&characters(bytes, Encoding::Gb18030), bytes);
    // A damaged UTF-8 file has few errors among many good characters; GBK read as UTF-8 is the reverse.
    let good = bytes.utf8_chunks().map(|c| multibyte(c.valid())).sum::<usize>();
    if utf8_errors * 4 > good && gb_errors < utf8_errors {
        Encoding::Gb18030
    } else {
        Encoding::Utf8
    }
}

fn multibyte(text: &str) -> usize {
    text.chars().filter(|c| !c.is_ascii()).count()
}

fn error_count(chars: &[SourceChar], bytes: &[u8]) -> usize {
    chars.iter().filter(|c| is_broken(c, bytes)).count()
}

/// UTF-16 without a mark: nearly all units are what Chinese text is made of.
fn looks_like_utf16(bytes: &[u8], encoding: Encoding) -> bool {
    let units = bytes.as_chunks::<2>().0;
    if units.len() < 2 || !bytes.len().is_multiple_of(2) {
        return false;
    }
    let usual = units
        .iter()
        .filter(|pair| {
            matches!(unit(**pair, encoding),
                0x09 | 0x0A | 0x0D | 0x20..=0x7E | 0x2010..=0x2026
                | 0x3000..=0x303F | 0x4E00..=0x9FFF | 0xFF00..=0xFFEF)
        })
        .count();
    usual * 10 > units.len() * 9
}
