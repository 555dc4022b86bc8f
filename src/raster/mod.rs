//! Painting without a GPU and without a toolkit: bytes in, pixels out.
//!
//! `jintu render` and exports paint whole pictures with it ([`Picture`]); the window reads the same
//! archive and the same styles. It must not know egui, languages or files.

mod archive;
pub mod basemap;
pub mod basemap_paint;
pub mod basemap_style;
mod clip;
mod coverage;
pub mod feature_layer;
mod fill;
pub mod font;
mod frame;
pub mod furniture;
pub mod legend;
mod line_names;
pub mod marks;
pub mod mvt;
pub mod panel;
mod pattern;
pub mod picture;
mod placed_tile;
mod point_marks;
pub mod scale_bar;
pub mod text;
mod tile_id;
pub mod vector_tile;

pub use archive::ArchiveBytes;
pub use basemap::{Basemap, BasemapError};
pub use basemap_paint::{paint_basemap, paint_ground, rasterise_tile};
pub use feature_layer::{FeatureLayer, paint_features};
pub use font::{Font, FontError, Fonts};
pub use furniture::{Corner, Furniture, Piece, Title, paint_furniture};
pub use legend::{Legend, LegendEntry, Sample};
pub use marks::{PaintStep, paint_shapes, paint_steps};
pub use picture::{MAX_PIXELS, MAX_SIDE_PX, Picture, PictureError, encode_png, new_pixmap};
pub use scale_bar::{ScaleBar, ScaleLength, scale_length};
pub use text::{Align, TextStyle, measure, measure_label, paint_label, paint_text};
pub use tile_id::tile_id;
pub use vector_tile::VectorTile;
// The pixel buffer that is painted on.
pub use tiny_skia::{Pixmap, PixmapMut};
