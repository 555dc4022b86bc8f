//! Paper space: what is drawn on a sheet, a strip, a slide or over the map, in points of 1/96 inch.
//!
//! A list of [`Item`]s says what is drawn, without saying how; each output is a [`Canvas`] that
//! paints the list. It must not know files, languages or toolkits.

mod box_pt;
mod canvas;
mod item;
mod path;
mod placing;
mod text;

pub use box_pt::{BoxPt, is_length, is_place};
pub use canvas::{Canvas, paint};
pub use item::{Drawing, ImageDrawing, Item, NameOf, Pixels, Subject};
pub use path::{
    Corners, DotsDrawing, Ends, PathDrawing, Pen, RectDrawing, Step, circle, is_drawable, line,
};
pub use placing::Placing;
pub use text::{Align, LINE_HEIGHT_EM, TextDrawing, TextStyle, needs_blank};

/// Points in a millimetre.
pub const PT_PER_MM: f32 = 96.0 / 25.4;
