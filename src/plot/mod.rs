//! The map as items on paper: ground, basemap, tiles from outside, the user's layers, the draw list
//! and its labels. Every output paints this one list; it must not know how.

mod areas;
mod basemap;
mod feature_layer;
mod figure;
mod frame;
mod labels;
mod map;
mod marks;
mod placed_tile;
mod point_marks;
mod relief;
mod strokes;

pub use basemap::{basemap, basemap_line, ground};
pub use feature_layer::{FeatureLayer, feature_layer, polygon};
pub use figure::{FIGURE, figure};
pub use frame::Frame;
pub use labels::{HALO_PT, labels, text_style};
pub use map::Map;
pub use marks::shapes;
pub use point_marks::{PIN_STEM_RADII, point_mark};
pub use strokes::stroke;
