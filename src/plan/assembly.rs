//! Lines to paragraphs, and paragraphs to the normalised text.

use super::box_fields::is_field;
use super::characters::SourceChar;
use super::decimals;
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
    /// For each paragraph the mark it starts with and the mark's length in bytes.
    pub marks: Vec<Option<(Marker, usize)>>,
}

/// Joins lines to paragraphs, leaving page furniture out.
pub(super) fn assemble(
    chars: &[SourceChar],
    mut lines: Vec<Line>,
    index: SourceIndex,
    findings: &mut Findings,
) -> Assembled {
    let left_out = furniture::find(&lines);
    decimals::mark(&mut lines, &left_out);
    let lines = lines.as_slice();
    for (line, why) in lines.iter().zip(&left_out) {
        if let (Some(why), Some(span)) = (why, span_of(chars, line)) {
            report(findings, *why, span, &line.folded);
        }
    }
    let mut kept: Vec<&Line> = Vec::with_capacity(lines.len());
    // Whether something was left out right before a line that is kept.
    let mut after_furniture = Vec::with_capacity(lines.len());
    let mut left = false;
    for (line, why) in lines.iter().zip(&left_out) {
        if why.is_none() {
            kept.push(line);
            after_furniture.push(left);
        }
        left = why.is_some();
    }
    let title_lines = title_length(&kept);
    let setting = Setting::of(lines);
    let mut builder = TextBuilder::new(index);
    let mut state = State::default();
    let mut title = String::new();
    let mut marks = Vec::new();
    for (i, line) in kept.iter().enumerate() {
        let previous = i.checked_sub(1).and_then(|p| kept.get(p));
        let starts = match previous {
            None => true,
            Some(_) if i < title_lines => false,
            Some(_) if i == title_lines => true,
            Some(previous) => {
                let page = after_furniture.get(i).copied().unwrap_or(false);
                !setting.wrapped || state.breaks(&setting, previous, line, page)
            }
        };
        if starts {
            builder.end_paragraph();
            marks.push(line.marker.map(|mark| (mark, line.marker_len)));
        }
        if i < title_lines {
            title.push_str(&line.folded);
        }
        state.take(line, starts);
        push_line(&mut builder, chars, line, starts);
    }
    Assembled {
        text: builder.finish(),
        title_paragraphs: usize::from(title_lines > 0),
        title,
        marks,
    }
}

fn span_of(chars: &[SourceChar], line: &Line) -> Option<SourceSpan> {
    let on_line = chars.get(line.chars.clone())?;
    Some(SourceSpan { start: on_line.first()?.start, end: on_line.last()?.end })
}

fn report(findings: &mut Findings, why: Furniture, span: SourceSpan, words: &str) {
    let (zh, en) = match why {
        Furniture::PageNumber => ("页码", "a page number"),
        Furniture::RunningHead => ("页眉", "a running head"),
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
            .any(|word| without_remark(&line.folded).ends_with(word))
    });
    match named {
        Some(at) => at + 1,
        // Without such a word one short line is the title, a full one the start of the text.
        None => usize::from(head.first().is_some_and(|l| l.width_em <= 24.0) && lines.len() > 1),
    }
}

/// A title without what stands in brackets at its end: （草案）, （2021—2025年）.
fn without_remark(title: &str) -> &str {
    let title = title.trim_end();
    let remark = title.ends_with([')', '）']).then(|| title.rfind(['(', '（']));
    remark.flatten().and_then(|at| title.get(..at)).map_or(title, str::trim_end)
}

/// What the lines so far say about the next one.
#[derive(Default)]
struct State {
    /// The paragraph so far is a heading: it has a mark and no end of a sentence.
    heading: bool,
    in_box: bool,
    /// The marks that started paragraphs under the last heading, newest last.
    marks: Vec<Marker>,
}

impl State {
    /// Whether `line` starts a new paragraph in a file whose lines are cut at the page's width.
    fn breaks(&self, setting: &Setting, previous: &Line, line: &Line, after_page: bool) -> bool {
        let complete = previous.is_complete();
        if line.marker.is_some_and(|mark| complete || self.heading || self.goes_on(mark)) {
            return true;
        }
        let blank = setting.blank_lines_part && line.blank_before;
        // A page's foot and head part no paragraph.
        if line.indented || (blank && (complete || !after_page)) {
            return true;
        }
        if is_field(&line.folded) || is_field(&previous.folded) && complete {
            return true;
        }
        // A short line without a stop is no end of a paragraph, so it is a heading.
        let width = line.width_em / setting.full_em.max(1.0);
        if complete && width < 0.6 && !line.has_stop() && !line.is_complete() {
            return true;
        }
        // A line far from full ends its paragraph; a mark says so sooner.
        let width = previous.width_em / setting.full_em.max(1.0);
        if width < 0.5 || (width < 0.8 && line.marker.is_some()) {
            return true;
        }
        if self.heading {
            let full = match previous.marker {
                Some(Marker::Chapter(_) | Marker::Section(_)) => setting.full_em - 1.5,
                Some(Marker::Box(..)) => f64::INFINITY,
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

    /// Whether a mark is the next of those that came before.
    fn goes_on(&self, mark: Marker) -> bool {
        self.marks.iter().rev().any(|before| match (*before, mark) {
            (Marker::Item(a), Marker::Item(b))
            | (Marker::Paren(a), Marker::Paren(b))
            | (Marker::Half(a), Marker::Half(b))
            | (Marker::Circled(a), Marker::Circled(b))
            | (Marker::Letter(a), Marker::Letter(b))
            | (Marker::Named(a), Marker::Named(b)) => b == a + 1,
            (Marker::Bullet, Marker::Bullet) => true,
            _ => false,
        })
    }

    fn take(&mut self, line: &Line, starts: bool) {
        if starts {
            match line.marker {
                Some(Marker::Chapter(_) | Marker::Section(_) | Marker::Box(..)) => {
                    self.marks.clear();
                }
                Some(mark) => {
                    self.marks
                        .retain(|own| std::mem::discriminant(own) != std::mem::discriminant(&mark));
                    self.marks.push(mark);
                }
                None => {}
            }
            self.heading = line.marker.is_some() && !line.has_stop();
            match line.marker {
                Some(Marker::Box(..)) => self.in_box = self.heading,
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
    let mut joint = !starts;
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
                let gap = space.take();
                // A figure that a line's end cuts is one figure.
                let cut = joint && ch.is_ascii_digit();
                if let Some(gap) = gap
                    && !cut
                    && space_kept(builder.last_char(), ch)
                {
                    builder.push(' ', gap);
                }
                // Beside figures and Latin letters a space is typography.
                let columns = !ch.is_ascii() && builder.last_char().is_some_and(|b| !b.is_ascii());
                builder.push_after(ch, source, gap.is_some() && !joint && columns);
                joint = false;
            }
            Folded::Space => space = Some(source),
            Folded::Drop => {}
        }
    }
}
