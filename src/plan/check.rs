//! What a whole plan should have, and what its paragraphs should close.

use super::encoding::Encoding;
use super::findings::Findings;
use super::outline::NodeKind;
use super::reader::Read;
use super::text::NormalisedText;
use crate::diagnostics::Severity;
use crate::units::{SourceSpan, TextRange};

/// Looks at the finished document.
pub(super) fn check(
    text: &NormalisedText,
    encoding: Encoding,
    read: &Read,
    findings: &mut Findings,
) {
    if encoding == Encoding::Unknown {
        return;
    }
    if text.is_empty() {
        findings.at_source(
            Severity::Error,
            "plan-empty",
            SourceSpan { start: 0, end: text.source_len() },
            "文件里没有文字。",
            "The file holds no text.",
        );
        return;
    }
    if encoding != Encoding::Utf8 {
        let name = match encoding {
            Encoding::Utf8Bom => "UTF-8 (BOM)",
            Encoding::Gb18030 => "GB 18030 (GBK)",
            Encoding::Utf16Le => "UTF-16 LE",
            Encoding::Utf16Be => "UTF-16 BE",
            Encoding::Utf8 | Encoding::Unknown => "",
        };
        findings.at_source(
            Severity::Note,
            "plan-encoding",
            SourceSpan { start: 0, end: 0 },
            format!("文件按 {name} 编码读取。"),
            format!("The file is read as {name}."),
        );
    }
    let headed =
        read.outline.nodes().iter().any(|n| {
            matches!(n.kind, NodeKind::Chapter | NodeKind::Section) && !n.title.is_empty()
        });
    if !headed {
        findings.at_text(
            Severity::Warning,
            "outline-missing",
            TextRange { start: 0, end: 0 },
            "没有找到“一、”“(一)”一类的标题，这份文本可能不是规划。",
            "No heading such as 一、 or (一) was found; this may not be a plan.",
        );
    }
    for plan_box in &read.boxes {
        if plan_box.items.is_empty() {
            let number = plan_box.number;
            findings.at_text(
                Severity::Warning,
                "box-empty",
                plan_box.range,
                format!("专栏{number} 没有项目。"),
                format!("Box {number} has no items."),
            );
        }
    }
    for paragraph in text.paragraphs() {
        pairs(text.slice(*paragraph), *paragraph, findings);
    }
}

const PAIRS: [(char, char); 4] = [('(', ')'), ('“', '”'), ('《', '》'), ('[', ']')];

/// Reports brackets and quotation marks that stand alone in their paragraph.
fn pairs(paragraph: &str, range: TextRange, findings: &mut Findings) {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut alone: Vec<(usize, char)> = Vec::new();
    for (at, ch) in paragraph.char_indices() {
        if PAIRS.iter().any(|(left, _)| *left == ch) {
            open.push((at, ch));
        } else if let Some((left, _)) = PAIRS.iter().find(|(_, right)| *right == ch) {
            match open.iter().rposition(|(_, c)| c == left) {
                Some(i) => alone.extend(open.drain(i..).skip(1)),
                None => alone.push((at, ch)),
            }
        }
    }
    alone.extend(open);
    for (at, ch) in alone {
        let start = range.start + at;
        findings.at_text(
            Severity::Warning,
            "bracket-unclosed",
            TextRange { start, end: start + ch.len_utf8() },
            format!("“{ch}”没有配对。"),
            format!("The sign {ch} has no partner in its paragraph."),
        );
    }
}
