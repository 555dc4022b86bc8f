//! Paper space: what is drawn on a sheet, a strip, a slide or over the map, in points.
//!
//! A list of [`Item`]s says what is drawn, without saying how; each output is a [`Canvas`] that
//! paints the list. It must not know files, languages or toolkits.

mod canvas;
mod item;

pub use canvas::{Canvas, paint};
pub use item::{
    Align, BoxPt, Drawing, ImageDrawing, Item, PathDrawing, Pen, Pixels, RectDrawing, Step,
    Subject, TextDrawing, TextStyle,
};
