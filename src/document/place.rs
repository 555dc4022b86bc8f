//! Where in a plan's file a piece of its text stands.

use std::ops::Range;

/// A place in a plan's file. Everything counts from 1, as people do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Place {
    /// A paragraph of a document, those of tables, text boxes and notes among them.
    Paragraph { number: u32 },
    /// Words on a page.
    Page { page: u32, rect: Rect },
    /// A cell of a sheet, or of a table of a document; `table` counts them.
    Cell { table: u32, row: u32, column: u32 },
}

/// A rectangle on a page, in points from its left upper corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    pub left_pt: f32,
    pub top_pt: f32,
    pub right_pt: f32,
    pub bottom_pt: f32,
}

/// From bytes of a text to the places they come from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SourceMap {
    /// In the order of the text, none within another.
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq)]
struct Piece {
    start: usize,
    end: usize,
    place: Place,
}

impl SourceMap {
    /// Adds a piece behind all others; one that is empty or lies before their end is no piece.
    pub(super) fn push(&mut self, bytes: Range<usize>, place: Place) {
        if bytes.is_empty() || self.pieces.last().is_some_and(|last| last.end > bytes.start) {
            return;
        }
        self.pieces.push(Piece { start: bytes.start, end: bytes.end, place });
    }

    /// Where a byte of the text comes from; nothing for what stands in no place, such as a break.
    pub fn place_at(&self, byte: usize) -> Option<Place> {
        self.places(byte..byte + 1).next()
    }

    /// Where the words of a range come from, in their order. On a page, a piece that lies in the
    /// range with a part only gives the same part of its width: a line of Chinese is evenly set.
    pub fn places(&self, bytes: Range<usize>) -> impl Iterator<Item = Place> {
        let first = self.pieces.partition_point(|piece| piece.end <= bytes.start);
        let behind = self.pieces.iter().skip(first);
        let within = behind.take_while({
            let end = bytes.end;
            move |piece| piece.start < end
        });
        within.map(move |piece| piece.part(&bytes))
    }

    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }
}

impl Piece {
    fn part(&self, bytes: &Range<usize>) -> Place {
        let Place::Page { page, rect } = self.place else { return self.place };
        let len = (self.end - self.start) as f32;
        let at = |byte: usize| {
            let share = (byte.clamp(self.start, self.end) - self.start) as f32 / len;
            rect.left_pt + (rect.right_pt - rect.left_pt) * share
        };
        let rect = Rect { left_pt: at(bytes.start), right_pt: at(bytes.end), ..rect };
        Place::Page { page, rect }
    }
}
