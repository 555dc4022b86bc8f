//! Painting without a GPU and without a toolkit: bytes in, pixels out.
//!
//! `jintu render` and exports paint whole pictures with it ([`Picture`]); the window draws from the
//! same tables. It must not know egui, languages or files.

pub mod basemap_paint;
mod clip;
mod coverage;
pub mod feature_layer;
mod fill;
pub mod font;
mod frame;
pub mod furniture;
pub mod legend;
pub mod marks;
pub mod panel;
mod pattern;
pub mod picture;
pub mod pixmap;
mod placed_tile;
mod point_marks;
pub mod scale_bar;
pub mod text;

pub use basemap_paint::{paint_basemap, paint_ground, rasterise_tile};
pub use feature_layer::{FeatureLayer, paint_features};
pub use font::{Font, FontError, Fonts};
pub use furniture::{Corner, Furniture, Piece, Title, paint_furniture};
pub use legend::{Legend, LegendEntry, Sample};
pub use marks::{PaintStep, paint_shapes, paint_steps};
pub use picture::{Picture, encode_png};
pub use pixmap::{MAX_PIXELS, MAX_SIDE_PX, PictureError, new_pixmap};
pub use scale_bar::{ScaleBar, ScaleLength, scale_length};
pub use text::{Align, TextStyle, measure, measure_label, paint_label, paint_text};
// The pixel buffer that is painted on.
pub use tiny_skia::{Pixmap, PixmapMut};
