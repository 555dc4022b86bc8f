//! A list as an SVG file: vector lines, real text with its font, images, and groups that say what
//! they stand for. It opens in browsers and in Inkscape, where the groups are layers.
//!
//! It must not know files or languages.

mod canvas;
mod document;
mod markup;
mod names;
mod numbers;
mod xml;

pub use document::{Svg, SvgError};
