//! Lines of text: glyphs at their places, that a reader can search and copy.

use pdf_writer::{Content, Str};

use super::{fonts::UNITS, pen_state::rounded, resources::Resources};
use crate::{
    font::{Fonts, Glyph, PlacedGlyph, TextLine},
    paper::{TextDrawing, TextStyle},
};

/// From here on a reader would take tracking for blanks.
const WIDE_EM: f32 = 0.09;

/// What a reader is to find and copy, where it would not see it from the glyphs: letters far apart,
/// lines that are one name.
pub fn as_told(text: &TextDrawing) -> Option<String> {
    let apart = text.style.tracking_em.abs() > WIDE_EM || text.text.contains('\n');
    apart.then(|| text.in_one_line())
}

/// Shows a line in the colour that is set. Boxes for missing glyphs are left to the caller.
pub fn show_line(
    line: &TextLine,
    style: &TextStyle,
    fonts: &Fonts,
    content: &mut Content,
    used: &mut Resources,
) {
    content.begin_text();
    for run in line.glyphs.chunk_by(joins) {
        show_run(run, line, style, fonts, content, used);
    }
    content.end_text();
}

/// Whether two glyphs can be shown by one command: of one font, at one height.
fn joins(a: &PlacedGlyph, b: &PlacedGlyph) -> bool {
    let same_font = match (a.glyph, b.glyph) {
        (Glyph::Of { bold: one, .. }, Glyph::Of { bold: other, .. }) => one == other,
        _ => false,
    };
    same_font && a.at_pt[1].total_cmp(&b.at_pt[1]).is_eq()
}

fn show_run(
    run: &[PlacedGlyph],
    line: &TextLine,
    style: &TextStyle,
    fonts: &Fonts,
    content: &mut Content,
    used: &mut Resources,
) {
    let Some(first) = run.first() else { return };
    let Glyph::Of { bold, .. } = first.glyph else { return };
    let [x, y] = [0, 1].map(|i: usize| rounded(line.from_pt[i] + first.at_pt[i]));
    content.set_font(Resources::font(bold).to_name(), rounded(style.size_pt));
    // The page is upside down: letters are not.
    content.set_text_matrix([1.0, 0.0, 0.0, -1.0, x, y]);
    let Some(font) = used.fonts.get_mut(usize::from(bold)) else { return };
    let mut show = content.show_positioned();
    let mut items = show.items();
    let mut codes: Vec<u8> = Vec::new();
    let mut pen_pt = first.at_pt[0];
    for placed in run {
        let Glyph::Of { id, .. } = placed.glyph else { continue };
        // In thousandths of an em, to the left.
        let back = ((pen_pt - placed.at_pt[0]) / style.size_pt * UNITS).round();
        if back != 0.0 && back.is_finite() {
            if !codes.is_empty() {
                items.show(Str(&codes));
                codes.clear();
            }
            items.adjust(back);
            pen_pt -= back / UNITS * style.size_pt;
        }
        let characters = line.text.get(placed.cluster.clone()).unwrap_or_default();
        codes.extend(font.number(id, characters).to_be_bytes());
        pen_pt += fonts.face(bold).advance_em(id) * style.size_pt;
    }
    if !codes.is_empty() {
        items.show(Str(&codes));
    }
}
