//! Lists as a PDF: vector lines, real text with its font, images, and layers that a reader can
//! switch off. A document may have several pages.
//!
//! It must not know files, languages or clocks: the same lists give the same bytes.

mod canvas;
mod document;
mod fonts;
mod images;
mod pen_state;
mod resources;
mod text;

pub use document::{Meta, Pdf, PdfError};
