//! An arrow to the north, which is up: the drawing is in Mercator.

use super::block::Block;
use crate::{
    paper::{PathDrawing, Pen, TextDrawing, TextStyle},
    style::Rgba,
};

/// The arrow with its letter above it, in a block as wide as `width_pt` and 1.5 times as high.
pub fn north_arrow(label: &str, width_pt: f32, ink: Rgba, east: Rgba) -> Block {
    let at = |x: f32, y: f32| [x * width_pt, y * width_pt];
    let style = TextStyle::plain(width_pt * 0.3, ink).bold();
    let (tip, notch) = (at(0.5, 0.42), at(0.5, 1.25));
    let (west_foot, east_foot) = (at(0.26, 1.42), at(0.74, 1.42));
    let items = vec![
        TextDrawing::centered(label, at(0.5, 0.18), style).into(),
        PathDrawing::polygon(&[tip, west_foot, notch], ink).into(),
        PathDrawing::polygon(&[tip, east_foot, notch], east).into(),
        PathDrawing::line(&[tip, east_foot, notch], Pen::solid(width_pt * 0.016, ink)).into(),
    ];
    Block { name: "north-arrow", size_pt: [width_pt, width_pt * 1.5], items }
}
