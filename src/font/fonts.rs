//! Two weights of a font, and text set with them.

use std::{
    collections::HashMap,
    ops::Range,
    sync::{Arc, OnceLock, PoisonError, RwLock},
};

use super::{
    face::Font,
    outline::Outline,
    runs::{Setter, is_mark, missing_advance_em, runs},
};
use crate::paper::{LINE_HEIGHT_EM, TextStyle};

/// Regular and bold. Safe to share between threads; what has been set once is kept, up to a bound.
#[derive(Debug)]
pub struct Fonts {
    pub regular: Font,
    pub bold: Font,
    lines: RwLock<HashMap<LineKey, Arc<[LineGlyph]>>>,
}

/// Weight and characters.
type LineKey = (bool, Box<str>);

/// What is drawn for a character or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Glyph {
    /// Of one of the two fonts, by its number there.
    Of {
        bold: bool,
        id: u16,
    },
    /// An empty box, half as wide as a Hanzi or as wide: no font has the character.
    HalfBox,
    WholeBox,
    /// Nothing, but it takes room.
    Blank,
}

/// A glyph at its place in a line.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedGlyph {
    pub glyph: Glyph,
    /// From the line's left end on the baseline to the glyph's origin, y down, in points.
    pub at_pt: [f32; 2],
    /// From its pen position to the next, without tracking.
    pub advance_pt: f32,
    /// The bytes of the text that it stands for; glyphs that stand for the same share them.
    pub cluster: Range<usize>,
}

/// The same for text one em high.
#[derive(Debug)]
struct LineGlyph {
    glyph: Glyph,
    /// Where the pen stands, without tracking.
    pen_em: f32,
    offset_em: [f32; 2],
    advance_em: f32,
    cluster: Range<usize>,
    /// How many clusters stand before.
    before: usize,
}

/// Lines that are kept.
const MOST_LINES: usize = 4096;
/// Longer lines are set anew each time.
const LONGEST_KEPT_BYTES: usize = 256;

impl Fonts {
    pub fn new(regular: Font, bold: Font) -> Self {
        Self { regular, bold, lines: RwLock::default() }
    }

    pub fn face(&self, bold: bool) -> &Font {
        if bold { &self.bold } else { &self.regular }
    }

    /// The glyphs of one line of text, from left to right. The last character's tracking does not
    /// count.
    pub fn shape(&self, line: &str, style: &TextStyle) -> Vec<PlacedGlyph> {
        let size = style.size_pt;
        let place = |g: &LineGlyph| {
            let x = g.pen_em + g.before as f32 * style.tracking_em + g.offset_em[0];
            PlacedGlyph {
                glyph: g.glyph,
                at_pt: [x * size, g.offset_em[1] * size],
                advance_pt: g.advance_em * size,
                cluster: g.cluster.clone(),
            }
        };
        self.line(line, style.bold).iter().map(place).collect()
    }

    /// Width and height of text in points: that of its longest line, and of all of them.
    pub fn measure(&self, text: &str, style: &TextStyle) -> [f32; 2] {
        let mut size_em = [0.0_f32, 0.0];
        for line in text.split('\n') {
            size_em[0] = size_em[0].max(self.width_em(line, style));
            size_em[1] += LINE_HEIGHT_EM;
        }
        size_em.map(|em| em * style.size_pt)
    }

    fn width_em(&self, line: &str, style: &TextStyle) -> f32 {
        self.line(line, style.bold).last().map_or(0.0, |last| {
            (last.pen_em + last.advance_em + last.before as f32 * style.tracking_em).max(0.0)
        })
    }

    /// The outline of a glyph, in ems.
    pub fn outline(&self, glyph: Glyph) -> Arc<Outline> {
        static BOXES: OnceLock<[Arc<Outline>; 3]> = OnceLock::new();
        let [half, whole, blank] = BOXES.get_or_init(|| {
            let boxed = |c| Outline::hollow_box(missing_advance_em(c));
            [boxed('a'), boxed('一'), Outline::default()].map(Arc::new)
        });
        match glyph {
            Glyph::Of { bold, id } => self.face(bold).outline(id),
            Glyph::HalfBox => half.clone(),
            Glyph::WholeBox => whole.clone(),
            Glyph::Blank => blank.clone(),
        }
    }

    fn line(&self, line: &str, bold: bool) -> Arc<[LineGlyph]> {
        if line.len() > LONGEST_KEPT_BYTES {
            return self.set(line, bold).into();
        }
        let key = (bold, line.into());
        let known = self.lines.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        known.unwrap_or_else(|| {
            let glyphs: Arc<[LineGlyph]> = self.set(line, bold).into();
            let mut lines = self.lines.write().unwrap_or_else(PoisonError::into_inner);
            if lines.len() >= MOST_LINES {
                lines.clear();
            }
            lines.insert(key, glyphs.clone());
            glyphs
        })
    }

    fn set(&self, line: &str, bold: bool) -> Vec<LineGlyph> {
        let mut glyphs: Vec<LineGlyph> = Vec::new();
        let mut pen_em = 0.0;
        let mut put = |glyph, cluster: usize, offset_em, advance_em| {
            let before = glyphs
                .last()
                .map_or(0, |last| last.before + usize::from(last.cluster.start != cluster));
            // Ends are found when the next ones are known.
            let cluster = cluster..line.len();
            glyphs.push(LineGlyph { glyph, pen_em, offset_em, advance_em, cluster, before });
            pen_em += advance_em;
        };
        for run in runs(line, self.face(bold), self.face(!bold)) {
            let setter = match run.setter {
                Setter::Own => bold,
                Setter::Other => !bold,
                Setter::Nobody => {
                    for (at, c) in run.characters {
                        let glyph = match c {
                            _ if c.is_whitespace() || is_mark(c) => Glyph::Blank,
                            _ if c.is_ascii() => Glyph::HalfBox,
                            _ => Glyph::WholeBox,
                        };
                        put(glyph, at, [0.0; 2], missing_advance_em(c));
                    }
                    continue;
                }
            };
            for shaped in self.face(setter).shape(&run.characters) {
                let glyph = Glyph::Of { bold: setter, id: shaped.id };
                put(glyph, shaped.cluster, shaped.offset_em, shaped.advance_em);
            }
        }
        let mut end = line.len();
        let mut start = end;
        for glyph in glyphs.iter_mut().rev() {
            if glyph.cluster.start != start {
                (end, start) = (start, glyph.cluster.start);
            }
            glyph.cluster.end = end.max(glyph.cluster.start);
        }
        glyphs
    }
}
