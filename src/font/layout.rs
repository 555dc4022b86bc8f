//! Where the lines of a text stand.

use super::fonts::{Fonts, PlacedGlyph};
use crate::paper::{Align, LINE_HEIGHT_EM, TextDrawing, is_place};

/// A line at its place on the paper.
#[derive(Debug, Clone, PartialEq)]
pub struct TextLine<'a> {
    pub text: &'a str,
    /// Left end of its baseline, in points from the paper's top left corner.
    pub from_pt: [f32; 2],
    pub width_pt: f32,
    /// Placed from `from_pt`.
    pub glyphs: Vec<PlacedGlyph>,
}

impl Fonts {
    /// The lines of a text, from the top. None where the text cannot stand: where no paper
    /// is, or of no size.
    pub fn lines<'a>(&self, text: &'a TextDrawing) -> Vec<TextLine<'a>> {
        let style = &text.style;
        let [x, middle] = text.at_pt;
        let real = is_place(text.at_pt)
            && is_place([style.size_pt, style.tracking_em])
            && text.lines_at_pt.iter().all(|at| is_place(*at));
        if !real || style.size_pt <= 0.0 {
            return Vec::new();
        }
        let step = LINE_HEIGHT_EM * style.size_pt;
        let count = text.text.split('\n').count();
        let first = middle - step * (count as f32 - 1.0) / 2.0;
        let below = self.face(style.bold).cap_height_em * style.size_pt / 2.0;
        text.text
            .split('\n')
            .enumerate()
            .map(|(i, line)| {
                let usual = [x, first + step * i as f32];
                let [x, middle] = text.lines_at_pt.get(i).copied().unwrap_or(usual);
                let width_pt = self.measure(line, style)[0];
                let left = match text.align {
                    Align::Left => x,
                    Align::Center => x - width_pt / 2.0,
                    Align::Right => x - width_pt,
                };
                TextLine {
                    text: line,
                    from_pt: [left, middle + below],
                    width_pt,
                    glyphs: self.shape(line, style),
                }
            })
            .collect()
    }
}
