//! Lines to paragraphs, and paragraphs to the normalised text.

use super::characters::SourceChar;
use super::findings::Findings;
use super::fold::{Folded, fold, space_kept};
use super::furniture::{self, Furniture};
use super::lines::{Line, Setting};
use super::numbering::{Marker, lead_phrase};
use super::source::SourceIndex;
use super::text::{NormalisedText, TextBuilder};
use crate::diagnostics::Severity;
use crate::units::SourceSpan;

/// The text and what is known about its head.
pub(super) struct Assembled {
    pub text: NormalisedText,
    pub title: String,
    /// How many paragraphs at the start are the title.
    pub title_paragraphs: usize,
}

/// Joins lines to paragraphs, leaving page furniture out.
pub(super) fn assemble(
    chars: &[SourceChar],
    lines: &[Line],
    index: SourceIndex,
    findings: &mut Findings,
) -> Assembled {
    let left_out = furniture::find(lines);
    for (line, why) in lines.iter().zip(&left_out) {
        if let (Some(why), Some(span)) = (why, span_of(chars, line)) {
            report(findings, *why, span, &line.folded);
        }
    }
    let kept: Vec<&Line> = lines
        .iter()
        .zip(&left_out)
        .filter(|(_, why)| why.is_none())
        .map(|(line, _)| line)
        .collect();
    let title_lines = title_length(&kept);
    let setting = Setting::of(lines);
    let mut builder = TextBuilder::new(index);
    let mut state = State::default();
    let mut title = String::new();
    for (i, line) in kept.iter().enumerate() {
        let previous = i.checked_sub(1).and_then(|p| kept.get(p));
        let starts = match previous {
            None => true,
            Some(_) if i < title_lines => false,
            Some(_) if i == title_lines => true,
            Some(previous) => !setting.wrapped || state.breaks(&setting, previous, line),
        };
        if starts {
            builder.end_paragraph();
        }
        if i < title_lines {
            title.push_str(&line.folded);
        }
        state.take(line, starts);
        push_line(&mut builder, chars, line, starts);
    }
    Assembled { text: builder.finish(), title_paragraphs: usize::from(title_lines > 0), title }
}

fn span_of(chars: &[SourceChar], line: &Line) -> Option<SourceSpan> {
    let on_line = chars.get(line.chars.clone())?;
    Some(SourceSpan { start: on_line.first()?.start, end: on_line.last()?.end })
}

fn report(findings: &mut Findings, why: Furniture, span: SourceSpan, words: &str) {
    let (zh, en) = match why {
        Furniture::PageNumber => ("页码", "a page number"),
        Furniture::Contents => ("目录条目", "a line of the table of contents"),
        Furniture::Distribution => ("发送范围的残留", "a remnant of the distribution list"),
    };
    findings.at_source(
        Severity::Note,
        "page-furniture",
        span,
        format!("“{words}”是{zh}，未计入正文。"),
        format!("“{words}” is {en} and is left out of the text."),
    );
}

/// How many lines at the start are the title: without a mark or the end of a sentence, going on
/// until a line ends in a word for a kind of document.
fn title_length(lines: &[&Line]) -> usize {
    let plain = |line: &&&Line| {
        line.marker.is_none() && !line.has_stop() && !line.is_complete() && line.width_em <= 40.0
    };
    let head: Vec<&&Line> = lines.iter().take(3).take_while(plain).collect();
    let named = head.iter().position(|line| {
        ["规划", "纲要", "方案", "计划", "意见", "决定", "报告", "办法", "要点"]
            .iter()
            .any(|word| line.folded.ends_with(word))
    });
    match named {
        Some(at) => at + 1,
        // Without such a word one short line is the title, a full one the start of the text.
        None => usize::from(head.first().is_some_and(|l| l.width_em <= 24.0) && lines.len() > 1),
    }
}

/// What the lines so far say about the next one.
#[derive(Default)]
struct State {
    /// The paragraph so far is a heading: it has a mark and no end of a sentence.
    heading: bool,
    in_box: bool,
}

impl State {
    /// Whether `line` starts a new paragraph in a file whose lines are cut at the page's width.
    fn breaks(&self, setting: &Setting, previous: &Line, line: &Line) -> bool {
        let complete = previous.is_complete();
        if line.marker.is_some() && (complete || self.heading) {
            return true;
        }
        if line.indented || (setting.blank_lines_part && line.blank_before) {
            return true;
        }
        if self.heading {
            let full = match previous.marker {
                Some(Marker::Chapter(_) | Marker::Section(_)) => setting.full_em - 1.5,
                Some(Marker::Box(_)) => f64::INFINITY,
                // Lines of a box are set narrower than the page.
                _ => setting.full_em * 0.8,
            };
            return previous.width_em < full;
        }
        if is_aside(&previous.folded) {
            return true;
        }
        let short = previous.width_em < setting.full_em * 0.75;
        complete && (short || (!self.in_box && lead_phrase(&line.folded).is_some()))
    }

    fn take(&mut self, line: &Line, starts: bool) {
        if starts {
            self.heading = line.marker.is_some() && !line.has_stop();
            match line.marker {
                Some(Marker::Box(_)) => self.in_box = self.heading,
                Some(Marker::Chapter(_) | Marker::Section(_)) => self.in_box = false,
                _ => {}
            }
        } else if line.has_stop() {
            self.heading = false;
        }
    }
}

/// A line that stands alone though nothing ends on it: (征求意见稿), 前言.
fn is_aside(folded: &str) -> bool {
    matches!(folded, "前言" | "引言" | "序言" | "目录" | "序")
        || (folded.starts_with('(') && folded.ends_with(')') && folded.chars().count() <= 20)
}

fn push_line(builder: &mut TextBuilder, chars: &[SourceChar], line: &Line, starts: bool) {
    let mut space = (!starts)
        .then(|| {
            let end = line.chars.start;
            let gap = end.checked_sub(1).and_then(|i| chars.get(i))?;
            Some(SourceSpan { start: gap.start, end: gap.end })
        })
        .flatten();
    for c in chars.get(line.chars.clone()).unwrap_or_default() {
        let source = SourceSpan { start: c.start, end: c.end };
        match fold(c.ch) {
            Folded::Keep(ch) => {
                if let Some(gap) = space.take()
                    && space_kept(builder.last_char(), ch)
                {
                    builder.push(' ', gap);
                }
                builder.push(ch, source);
            }
            Folded::Space => space = Some(source),
            Folded::Drop => {}
        }
    }
}
