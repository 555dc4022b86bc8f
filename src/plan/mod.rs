//! A Chinese plan's text becomes a document: normalised text, outline, boxes, sentences and figures.
//!
//! Everything is found by pattern, so that another city's plan is read the same way. Reading never
//! fails: [`parse`] answers with a document, however empty, and with positioned findings. Nothing
//! here touches a file, and every position leads back to bytes of the original file.

mod assembly;
mod block;
mod box_fields;
mod box_style;
mod box_title;
mod box_walk;
mod boxes;
mod characters;
mod check;
mod contents;
mod decimals;
mod decode;
mod encoding;
mod figure;
mod figures;
mod findings;
mod fold;
mod furniture;
mod headings;
mod levels;
mod lines;
mod measures;
mod numbering;
mod outline;
mod parts;
mod periods;
mod phrases;
mod quantities;
mod reader;
mod scan;
mod sentences;
mod source;
mod text;
mod unit_table;
mod work;
mod work_clause;
mod work_leaf;
mod work_name;
mod work_nouns;
mod work_words;
mod works;
mod years;

pub use boxes::{BoxGroup, BoxItem, PlanBox};
pub use encoding::Encoding;
pub use figure::{Bound, Figure};
pub use fold::fold_text;
pub use outline::{NodeKind, Outline, OutlineNode};
pub use periods::{building_years, is_period};
pub use quantities::Quantity;
pub use sentences::Sentence;
pub use text::NormalisedText;
pub use work::{Certainty, Ground, Work};

use crate::diagnostics::Diagnostic;
use crate::units::TextRange;

/// What [`parse`] answers: a document for any input, and what was found wrong with it.
#[derive(Debug, Clone)]
pub struct Parsed {
    pub plan: Plan,
    /// In the order of their places in the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// A plan as data. All [`TextRange`]s are byte ranges of [`Plan::text`].
#[derive(Debug, Clone)]
pub struct Plan {
    /// The document's own title; empty where it has none.
    pub title: String,
    pub text: NormalisedText,
    pub outline: Outline,
    /// The boxes (专栏) in document order.
    pub boxes: Vec<PlanBox>,
    /// Works that the running text names, in document order: proposals.
    pub works: Vec<Work>,
    /// Every stated figure in document order.
    pub figures: Vec<Figure>,
    /// Every sentence in document order, headings included (their ids end in `-s0`).
    pub sentences: Vec<Sentence>,
    /// How the file's bytes were read.
    pub encoding: Encoding,
}

impl Plan {
    /// Where the normalised text holds `anchor` for the `occurrence`-th time, counted from 0.
    ///
    /// The anchor is folded like the text first, so `４１０ 亿元` finds `410亿元`.
    pub fn find(&self, anchor: &str, occurrence: usize) -> Option<TextRange> {
        self.text.find(anchor, occurrence)
    }

    /// The sentence that holds a byte of the normalised text, as an index into [`Plan::sentences`].
    pub fn sentence_at(&self, offset: usize) -> Option<usize> {
        let after = self.sentences.partition_point(|s| s.range.start <= offset);
        let index = after.checked_sub(1)?;
        (offset < self.sentences.get(index)?.range.end).then_some(index)
    }

    /// The box item with an id such as `B1-02`.
    pub fn box_item(&self, id: &str) -> Option<&BoxItem> {
        self.boxes.iter().flat_map(|b| &b.items).find(|item| item.id == id)
    }
}

/// Reads the bytes of a plan's file. Never fails and never panics.
pub fn parse(bytes: &[u8]) -> Parsed {
    let mut findings = findings::Findings::default();
    let decoded = decode::decode(bytes, &mut findings);
    let index = source::SourceIndex::new(&decoded.chars, bytes.len());
    let lines = lines::split(&decoded.chars);
    let assembled = assembly::assemble(&decoded.chars, lines, index, &mut findings);
    let read = reader::read(&assembled, &mut findings);
    let figures = figures::find_all(&assembled.text, &read.sentences, &mut findings);
    let works = works::find_all(&assembled.text, &read.outline, &figures, &mut findings);
    check::check(&assembled.text, decoded.encoding, &read, &mut findings);
    let diagnostics = findings.finish(&assembled.text);
    Parsed {
        plan: Plan {
            title: assembled.title,
            text: assembled.text,
            outline: read.outline,
            boxes: read.boxes,
            works,
            figures,
            sentences: read.sentences.into_iter().map(|s| s.sentence).collect(),
            encoding: decoded.encoding,
        },
        diagnostics,
    }
}
