//! What a sheet says about itself in small letters.

use super::{block::Block, wrap::wrapped};
use crate::{
    font::Fonts,
    paper::{Align, Item, TextDrawing, TextStyle},
    style::Rgba,
};

/// Height of a line, in ems.
const LINE_EM: f32 = 1.5;

/// Notes under each other, each from a line of its own. They take all of the width where they begin
/// at the left, else as much as they need.
pub fn notes(
    name: &'static str,
    notes: &[String],
    width_pt: f32,
    align: Align,
    letters_pt: f32,
    ink: Rgba,
    fonts: &Fonts,
) -> Block {
    let line = letters_pt * LINE_EM;
    let style = TextStyle::plain(letters_pt, ink);
    let lines: Vec<String> =
        notes.iter().flat_map(|note| wrapped(note, width_pt, &style, fonts)).collect();
    let width = lines.iter().map(|text| fonts.measure(text, &style)[0]).fold(0.0, f32::max);
    let x = match align {
        Align::Left => 0.0,
        Align::Center => width / 2.0,
        Align::Right => width,
    };
    let mut items = Vec::<Item>::new();
    let mut height = 0.0;
    for text in lines {
        let at_pt = [x, height + line / 2.0];
        items.push(TextDrawing::new(text, at_pt, align, style).into());
        height += line;
    }
    Block { name, size_pt: [width, height], items }
}
