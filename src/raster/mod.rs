//! Painting without a GPU and without a toolkit: a list in, pixels out.
//!
//! `jintu render` and exports paint whole pictures with it. It must not know egui, languages or
//! files.

mod canvas;
mod clips;
mod coverage;
mod images;
mod paths;
mod pattern;
mod pixmap;
mod png;
mod render;
mod stamps;

pub use canvas::PixelCanvas;
pub use pixmap::{MAX_PIXELS, MAX_SIDE_PX, PictureError, new_pixmap};
pub use png::encode_png;
pub use render::render;
// The pixel buffer that is painted on.
pub use tiny_skia::{Pixmap, PixmapMut};
