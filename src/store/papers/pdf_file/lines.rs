//! Glyphs of a page as lines, in the order in which they are read.

use super::{content::Glyph, radicals::without_radicals};
use crate::document::Rect;

/// A line of a page. Where the page's lines run another way than to the right, it is told as if they
/// did.
#[derive(Debug, Clone)]
pub struct Line {
    pub pieces: Vec<Piece>,
    pub left: f32,
    pub right: f32,
    pub baseline: f32,
    pub size: f32,
    turn: u8,
}

/// Some glyphs of a line.
#[derive(Debug, Clone)]
pub struct Piece {
    pub text: String,
    pub left: f32,
    pub right: f32,
    pub before: Gap,
}

/// What parts a piece from the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    None,
    Space,
    /// So much that it is another column.
    Tab,
}

/// Glyphs of a piece: so many share the width of the piece evenly.
const MOST_SIGNS: usize = 16;

impl Line {
    pub fn text(&self) -> String {
        let mut text = String::new();
        for piece in &self.pieces {
            text.push_str(piece.before.signs());
            text.push_str(&piece.text);
        }
        text
    }

    /// Whether it is a row of a table: more than one column.
    pub fn is_row(&self) -> bool {
        self.pieces.iter().any(|piece| piece.before == Gap::Tab)
    }

    /// Where a piece of it stands on the page.
    pub fn rect(&self, piece: &Piece) -> Rect {
        let (top, bottom) = (self.baseline - 0.88 * self.size, self.baseline + 0.12 * self.size);
        let (left_pt, top_pt, right_pt, bottom_pt) = match self.turn {
            1 => (-bottom, piece.left, -top, piece.right),
            2 => (-piece.right, -bottom, -piece.left, -top),
            3 => (top, -piece.right, bottom, -piece.left),
            _ => (piece.left, top, piece.right, bottom),
        };
        Rect { left_pt, top_pt, right_pt, bottom_pt }
    }

    /// Cuts it where another column begins.
    fn columns(self) -> Vec<Self> {
        let mut parts: Vec<Vec<Piece>> = Vec::new();
        for mut piece in self.pieces {
            match parts.last_mut() {
                Some(part) if piece.before != Gap::Tab => part.push(piece),
                _ => {
                    piece.before = Gap::None;
                    parts.push(vec![piece]);
                }
            }
        }
        let (baseline, size, turn) = (self.baseline, self.size, self.turn);
        let line = |pieces: Vec<Piece>| Self {
            left: pieces.first().map_or(0.0, |p| p.left),
            right: pieces.last().map_or(0.0, |p| p.right),
            pieces,
            baseline,
            size,
            turn,
        };
        parts.into_iter().map(line).collect()
    }
}

impl Gap {
    pub const fn signs(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Space => " ",
            Self::Tab => "\t",
        }
    }
}

/// The lines of a page from top to bottom, column by column; and how many glyphs run another way
/// than most and are left out.
pub fn lines(mut glyphs: Vec<Glyph>) -> (Vec<Line>, usize) {
    let mut by_turn = [0_usize; 4];
    for glyph in &glyphs {
        if let Some(count) = by_turn.get_mut(usize::from(glyph.turn)) {
            *count += 1;
        }
    }
    let most =
        (0..4_u8).max_by_key(|t| (by_turn.get(usize::from(*t)).copied(), 4 - *t)).unwrap_or(0);
    let all = glyphs.len();
    glyphs.retain(|glyph| glyph.turn == most);
    let left_out = all - glyphs.len();
    for glyph in &mut glyphs {
        (glyph.x, glyph.y) = match most {
            1 => (glyph.y, -glyph.x),
            2 => (-glyph.x, -glyph.y),
            3 => (-glyph.y, glyph.x),
            _ => (glyph.x, glyph.y),
        };
    }
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut() {
            Some(row)
                if row.first().is_some_and(|first| glyph.y - first.y <= 0.45 * first.size) =>
            {
                row.push(glyph);
            }
            _ => rows.push(vec![glyph]),
        }
    }
    let lines: Vec<Line> = rows.into_iter().filter_map(|row| line(row, most)).collect();
    (in_columns(lines), left_out)
}

fn line(mut row: Vec<Glyph>, turn: u8) -> Option<Line> {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let size = row.iter().map(|g| g.size).fold(0.0, f32::max);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut last: Option<Glyph> = None;
    for glyph in row {
        // Bold by drawing twice.
        let is_double = last.as_ref().is_some_and(|own| {
            own.text == glyph.text && (glyph.x - own.x).abs() < 0.2 * own.width.max(0.3 * own.size)
        });
        if is_double {
            continue;
        }
        let text = without_radicals(glyph.text.clone());
        let end = glyph.x + glyph.width;
        let gap = last.as_ref().map_or(0.0, |own| glyph.x - (own.x + own.width));
        let before = match gap {
            gap if gap > 1.2 * size => Gap::Tab,
            gap if gap > 0.2 * size => Gap::Space,
            _ => Gap::None,
        };
        match pieces.last_mut() {
            Some(piece) if before == Gap::None && piece.text.chars().count() < MOST_SIGNS => {
                piece.text.push_str(&text);
                piece.right = end;
            }
            _ => pieces.push(Piece { text, left: glyph.x, right: end, before }),
        }
        last = Some(glyph);
    }
    let baseline = last?.y;
    let (left, right) = (pieces.first()?.left, pieces.last()?.right);
    Some(Line { pieces, left, right, baseline, size, turn })
}

/// Puts the columns of a page one behind the other where its lines stand in two.
fn in_columns(lines: Vec<Line>) -> Vec<Line> {
    let Some(gutter) = gutter(&lines) else { return lines };
    let mut out = Vec::new();
    let mut right_column = Vec::new();
    for line in lines {
        if crosses(&line, gutter) {
            // What runs over both parts what stands above it from what stands below.
            out.append(&mut right_column);
            out.push(line);
            continue;
        }
        for part in line.columns() {
            if part.left < gutter { out.push(part) } else { right_column.push(part) }
        }
    }
    out.append(&mut right_column);
    out
}

fn crosses(line: &Line, gutter: f32) -> bool {
    let mut at = None;
    for piece in &line.pieces {
        let joined = at.filter(|_| piece.before != Gap::Tab).unwrap_or(piece.left);
        if joined < gutter && piece.right > gutter {
            return true;
        }
        at = Some(joined);
    }
    false
}

/// Where two columns of running text part, if they do: both are filled by most of their lines, as
/// those of a table are not.
fn gutter(lines: &[Line]) -> Option<f32> {
    /// Lines on each side.
    const LEAST: usize = 8;
    let left = lines.iter().map(|l| l.left).fold(f32::INFINITY, f32::min);
    let right = lines.iter().map(|l| l.right).fold(f32::NEG_INFINITY, f32::max);
    let width = right - left;
    // Columns of running text are equally wide.
    let middle = left + width / 2.0;
    let (mut both, mut full, mut over) = (0, 0, 0);
    for line in lines {
        if crosses(line, middle) {
            over += 1;
            continue;
        }
        let parts = line.clone().columns();
        if let [a, b] = parts.as_slice()
            && a.right <= middle
            && b.left >= middle
        {
            both += 1;
            let fills = |part: &Line| part.right - part.left > 0.36 * width;
            full += usize::from(fills(a) && fills(b));
        }
    }
    (both >= LEAST && full * 10 >= both * 6 && over * 2 < both).then_some(middle)
}
