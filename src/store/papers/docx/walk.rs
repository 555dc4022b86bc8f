//! Walks through the elements of a document's text.

use std::sync::atomic::AtomicBool;

use super::{
    PaperFault,
    block::{Block, Cell, Paragraph, Row, Table},
    check,
    numbering::Numbering,
    open_paragraph::{Field, OpenParagraph},
    rooms::{Room, Rooms},
    styles::Styles,
};
use crate::{
    document::{FindingCounts, PaperCause},
    store::layers::markup::{Mark, Markup},
};

/// Elements within each other; Word writes some thirty.
const MOST_DEEP: usize = 512;
/// Paragraphs of a document.
const MOST_PARAGRAPHS: u32 = 5_000_000;

/// A walk through the parts of one document; numbers count on from part to part.
pub struct Walk<'f> {
    styles: Styles,
    numbering: Numbering,
    findings: &'f mut FindingCounts,
    path: Vec<String>,
    rooms: Rooms,
    paragraphs: Vec<OpenParagraph>,
    fields: Vec<Field>,
    /// Words of a paragraph whose end was deleted.
    joined: String,
    /// How deep the element lies that is being left out.
    skipped: Option<usize>,
    /// Alternatives that are open: whether one has been taken.
    choices: Vec<bool>,
    notes: Vec<Vec<Block>>,
    number: u32,
    tracked: bool,
}

impl<'f> Walk<'f> {
    pub fn new(styles: Styles, numbering: Numbering, findings: &'f mut FindingCounts) -> Self {
        Self {
            styles,
            numbering,
            findings,
            path: Vec::new(),
            rooms: Rooms::default(),
            paragraphs: Vec::new(),
            fields: Vec::new(),
            joined: String::new(),
            skipped: None,
            choices: Vec::new(),
            notes: Vec::new(),
            number: 0,
            tracked: false,
        }
    }

    /// Reads a part; true where it is damaged. What stands before the damage has been read.
    pub fn read(&mut self, part: &[u8], cancel: &AtomicBool) -> Result<bool, PaperFault> {
        let mut text = Markup::new(part, part);
        let mut count = 0_usize;
        let is_damaged = loop {
            count += 1;
            if count % 4096 == 1 {
                check(cancel)?;
            }
            match text.next() {
                Ok(Mark::Open(name)) => {
                    if self.path.len() >= MOST_DEEP || self.number >= MOST_PARAGRAPHS {
                        return Err(PaperFault::TooLarge);
                    }
                    if self.skipped.is_none() {
                        self.open(&name, &text);
                    }
                    self.path.push(name);
                }
                Ok(Mark::Close(name)) => {
                    // An end without a beginning is no end.
                    if self.path.last() != Some(&name) {
                        continue;
                    }
                    self.path.pop();
                    match self.skipped {
                        Some(depth) if depth == self.path.len() => self.skipped = None,
                        Some(_) => {}
                        None => self.close(&name, &text.text),
                    }
                }
                Ok(Mark::End) => break !self.path.is_empty(),
                Err(_) => break true,
            }
        };
        self.close_all();
        Ok(is_damaged)
    }

    /// What has been read of the text.
    pub fn take_blocks(&mut self) -> Vec<Block> {
        self.rooms.take_body()
    }

    pub fn take_notes(&mut self) -> Vec<Vec<Block>> {
        std::mem::take(&mut self.notes)
    }

    /// Ends the walk.
    pub fn end(self) {
        if self.tracked {
            self.findings.count(PaperCause::TrackedChanges);
        }
    }

    fn parent(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }

    fn skip(&mut self) {
        self.skipped = Some(self.path.len());
    }

    fn open(&mut self, name: &str, text: &Markup<&[u8]>) {
        let value = text.attribute("val");
        let is_on = !matches!(value, Some("0" | "false" | "off"));

        match name {
            "p" => self.paragraphs.push(OpenParagraph {
                text: std::mem::take(&mut self.joined),
                ..OpenParagraph::default()
            }),
            "tbl" => self.rooms.open(Room::Table(Table::default())),
            "tr" => self.rooms.open(Room::Row(Row::default())),
            "tc" => self.rooms.open(Room::Cell(Cell::default())),
            "txbxContent" => self.rooms.open(Room::TextBox(Vec::new())),
            "footnote" | "endnote" => {
                // Lines that part notes from the text are notes, too.
                if text.attribute("type").is_some_and(|own| own != "normal") {
                    self.skip();
                } else {
                    self.rooms.open(Room::Note(Vec::new()));
                }
            }
            "AlternateContent" => self.choices.push(false),
            "Choice" | "Fallback" => {
                let taken =
                    self.choices.last_mut().is_some_and(|taken| std::mem::replace(taken, true));
                if taken {
                    self.skip();
                }
            }
            "del" | "moveFrom" => {
                self.tracked = true;
                match self.parent() {
                    "rPr" => {
                        if let Some(own) = self.paragraphs.last_mut() {
                            own.is_joined = true;
                        }
                    }
                    "trPr" => {
                        if let Some(row) = self.rooms.row() {
                            row.is_deleted = true;
                        }
                    }
                    _ => self.skip(),
                }
            }
            "ins" | "moveTo" => self.tracked = true,
            // How it was before a change; how Chinese is read aloud.
            "pPrChange" | "rPrChange" | "sectPrChange" | "tblPrChange" | "tcPrChange" | "rt" => {
                self.skip();
            }
            "altChunk" => self.findings.count(PaperCause::EmbeddedParts),
            "gridSpan" => {
                if let Some(cell) = self.rooms.cell() {
                    cell.span = value.and_then(|v| v.parse().ok()).unwrap_or(1).clamp(1, 64);
                }
            }
            "vMerge" => {
                if let Some(cell) = self.rooms.cell() {
                    cell.is_continued = value != Some("restart");
                }
            }
            "fldChar" => self.field(text.attribute("fldCharType").unwrap_or_default()),
            "fldSimple" => {
                let code = text.attribute("instr").unwrap_or_default().to_owned();
                self.fields.push(Field { code });
                self.note_contents();
            }
            _ => self.in_paragraph(name, value, is_on),
        }
    }

    /// What only paragraphs hold.
    fn in_paragraph(&mut self, name: &str, value: Option<&str>, is_on: bool) {
        let is_of_run = self.parent() == "r";
        let Some(own) = self.paragraphs.last_mut() else { return };
        match name {
            "pStyle" => own.style = value.map(str::to_owned),
            "numId" => own.list = value.map(str::to_owned),
            "ilvl" => own.level = value.and_then(|v| v.parse().ok()),
            "r" => own.is_hidden = false,
            "vanish" => own.is_hidden = is_on,
            // A stop of a tab in the paragraph's settings is no tab.
            "tab" | "ptab" if is_of_run => own.text.push('\t'),
            "br" | "cr" if is_of_run => own.text.push('\n'),
            "noBreakHyphen" if is_of_run => own.text.push('-'),
            _ => {}
        }
    }

    fn field(&mut self, kind: &str) {
        match kind {
            "begin" => self.fields.push(Field::default()),
            "separate" => self.note_contents(),
            "end" => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    /// Notes on the paragraph that a table of contents is open.
    fn note_contents(&mut self) {
        let is_contents = self.fields.iter().any(Field::is_contents);
        if let Some(own) = self.paragraphs.last_mut() {
            own.is_contents |= is_contents;
        }
    }

    fn close(&mut self, name: &str, words: &str) {
        match name {
            "t" => {
                let Some(own) = self.paragraphs.last_mut() else { return };
                if own.is_hidden {
                    self.findings.count(PaperCause::HiddenText);
                } else {
                    own.text.push_str(words);
                }
            }
            "instrText" => {
                if let Some(field) = self.fields.last_mut()
                    && field.code.len() < 256
                {
                    field.code.push_str(words);
                }
            }
            // A mark of the paragraph may be hidden while its words are not.
            "pPr" => {
                if let Some(own) = self.paragraphs.last_mut() {
                    own.is_hidden = false;
                }
            }
            "p" => self.end_paragraph(),
            "fldSimple" => {
                self.fields.pop();
            }
            "AlternateContent" => {
                self.choices.pop();
            }
            "txbxContent" | "tc" | "tr" | "tbl" | "footnote" | "endnote" => self.end_room(),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        self.note_contents();
        let Some(own) = self.paragraphs.pop() else { return };
        self.number += 1;
        if own.is_joined {
            self.joined = own.text;
            self.rooms.place_all(own.boxes);
            return;
        }
        let style = own.style.as_deref();
        let by_style = self.styles.list(style);
        let mark = match (own.list.as_deref(), by_style) {
            (Some("0"), _) | (None, None) => String::new(),
            (Some(list), _) => self.numbering.next(list, own.level, style),
            (None, Some((list, level))) => {
                let list = list.to_owned();
                self.numbering.next(&list, own.level.or(level), style)
            }
        };
        let is_contents = self.styles.is_contents(style)
            || own.is_contents && (own.ends_in_page() || is_title_of_contents(&own.text));
        if is_contents && !own.text.trim().is_empty() {
            self.findings.count(PaperCause::Contents);
            self.drop_title_of_contents();
        } else {
            let text =
                if own.text.trim().is_empty() { own.text } else { mark + own.text.trim_start() };
            self.rooms.place(Block::Paragraph(Paragraph { number: self.number, text }));
        }
        self.rooms.place_all(own.boxes);
    }

    /// The words 目录 above the lines of a table of contents belong to it.
    fn drop_title_of_contents(&mut self) {
        let Some(blocks) = self.rooms.blocks() else { return };
        let is_title = |block: &Block| match block {
            Block::Paragraph(own) => is_title_of_contents(&own.text),
            Block::Table(_) => false,
        };
        if blocks.pop_if(|block| is_title(block)).is_some() {
            self.findings.count(PaperCause::Contents);
        }
    }

    fn end_room(&mut self) {
        match self.rooms.close() {
            Some(Room::TextBox(blocks)) => match self.paragraphs.last_mut() {
                Some(own) => own.boxes.extend(blocks),
                None => self.rooms.place_all(blocks),
            },
            Some(Room::Note(blocks)) => self.notes.push(blocks),
            _ => {}
        }
    }

    /// Closes what damage has left open, innermost first.
    fn close_all(&mut self) {
        self.skipped = None;
        while let Some(name) = self.path.pop() {
            if matches!(
                name.as_str(),
                "p" | "txbxContent" | "tc" | "tr" | "tbl" | "footnote" | "endnote"
            ) {
                self.close(&name, "");
            }
        }
        if !self.joined.is_empty() {
            let text = std::mem::take(&mut self.joined);
            self.rooms.place(Block::Paragraph(Paragraph { number: self.number, text }));
        }
        self.fields.clear();
        self.choices.clear();
        self.paragraphs.clear();
        self.rooms.close_all();
    }
}

fn is_title_of_contents(text: &str) -> bool {
    text.chars().filter(|c| !c.is_whitespace()).eq("目录".chars())
}
