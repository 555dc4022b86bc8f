//! Paragraphs to outline, boxes and sentences.

use super::assembly::Assembled;
use super::block::Block;
use super::box_title;
use super::boxes::{self, PlanBox};
use super::findings::Findings;
use super::headings::{Heading, heading, lead_heading};
use super::levels;
use super::numbering::Marker;
use super::outline::{Outline, OutlineBuilder};
use super::sentences::{Home, Placed, SentenceList};
use crate::units::TextRange;

/// The parts of a plan that its paragraphs show.
pub(super) struct Read {
    pub outline: Outline,
    pub boxes: Vec<PlanBox>,
    pub sentences: Vec<Placed>,
}

/// What is needed to build the document.
pub(super) struct Reader<'f> {
    pub outline: OutlineBuilder,
    pub sentences: SentenceList,
    pub findings: &'f mut Findings,
}

/// A name at the start of a paragraph ends within so many bytes.
const NAME_BYTES: usize = 200;

/// Reads all paragraphs.
pub(super) fn read(assembled: &Assembled, findings: &mut Findings) -> Read {
    let mut blocks: Vec<Block> = assembled
        .text
        .paragraphs()
        .iter()
        .zip(&assembled.marks)
        .skip(assembled.title_paragraphs)
        .map(|(range, mark)| {
            let text = assembled.text.slice(*range);
            let marker_len = mark.map_or(0, |(_, len)| len);
            // The end of a name is near; a paragraph without a space is not searched to its end.
            let near = TextRange { end: range.end.min(range.start + NAME_BYTES), ..*range };
            let gap = assembled.text.gap(near, marker_len).map(|at| at - range.start);
            Block { text, range: *range, marker: mark.map(|(mark, _)| mark), marker_len, gap }
        })
        .collect();
    levels::settle(&mut blocks);
    let mut reader =
        Reader { outline: OutlineBuilder::default(), sentences: SentenceList::default(), findings };
    let mut read_boxes: Vec<PlanBox> = Vec::new();
    let mut numbers = boxes::Numbers::default();
    let mut at = 0;
    while let Some(block) = blocks.get(at) {
        if box_title::is_title(block) {
            let (plan_box, end) = boxes::read(&mut reader, &blocks, at, &mut numbers);
            read_boxes.push(plan_box);
            at = end.max(at + 1);
        } else {
            reader.paragraph(block);
            at += 1;
        }
    }
    Read { outline: reader.outline.finish(), boxes: read_boxes, sentences: reader.sentences.list }
}

impl Reader<'_> {
    fn paragraph(&mut self, block: &Block) {
        match block.marker {
            Some(mark @ (Marker::Chapter(_) | Marker::Section(_) | Marker::Item(_))) => {
                self.headed(block, mark);
            }
            Some(mark) if mark.listed().is_some() => self.lead(block, Some(heading(block))),
            _ => self.lead(block, lead_heading(block)),
        }
    }

    /// A numbered heading, with or without running text after it.
    fn headed(&mut self, block: &Block, mark: Marker) {
        let split = heading(block);
        let shown = block.part(0, split.end);
        let title = split.title(block);
        let Some(node) = self.outline.open(mark, title, shown, self.findings) else {
            return;
        };
        self.outline.extend(node, block.range.end);
        if split.whole_sentence {
            let id = self.outline.id(node).to_owned();
            let home = Home { id: &id, node, item: None };
            self.sentences.heading(&home, block.part(0, split.after));
        }
        let body_start = if split.whole_sentence { split.after } else { 0 };
        let body = block.part(body_start, block.text.len());
        if body.start < body.end {
            let paragraph = self.outline.paragraph(body, None);
            self.body(block, paragraph, body);
        }
    }

    /// A paragraph, with a lead phrase where it has one.
    fn lead(&mut self, block: &Block, split: Option<Heading>) {
        let Some(split) = split.filter(|s| s.whole_sentence) else {
            let node = self.outline.paragraph(block.range, None);
            self.body(block, node, block.range);
            return;
        };
        let shown = block.part(0, split.end);
        let title = split.title(block);
        let node = self.outline.paragraph(block.range, Some((title, shown)));
        let id = self.outline.id(node).to_owned();
        let home = Home { id: &id, node, item: None };
        self.sentences.heading(&home, block.part(0, split.after));
        self.body(block, node, block.part(split.after, block.text.len()));
    }

    fn body(&mut self, block: &Block, node: usize, range: TextRange) {
        let id = self.outline.id(node).to_owned();
        let from = range.start - block.range.start;
        let text = block.text.get(from..).unwrap_or_default();
        let home = Home { id: &id, node, item: None };
        self.sentences.body(&home, text, range);
    }
}
