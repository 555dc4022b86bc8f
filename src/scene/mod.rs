//! From the catalogue to a draw list: what the map shows, without saying how it is painted.
//!
//! The window and the off-screen renderer both paint this list, and picking reads it too, so what
//! is drawn and what can be picked are the same.

pub mod base_labels;
pub mod compose;
pub mod county_labels;
pub mod draw;
pub mod figure;
pub mod fit;
pub mod labels;
pub mod layer_labels;
pub mod legend;
pub mod letters;
pub mod line_grid;
pub mod lines;
pub mod network_labels;
pub mod paint_steps;
pub mod pick;
mod pin_places;
mod pins;
pub mod places;
pub mod prepared;
pub mod project_labels;
mod ring_places;
pub mod view;

pub use compose::compose;
pub use draw::{
    AreaGeometry, DrawList, LabelStyle, Mark, Pick, PlacedLabel, Plate, Shape, Stroke, Ticks,
    Viewport,
};
pub use fit::{MAX_ZOOM, MIN_ZOOM, Padding, fit, fit_close, fit_exact, free_part};
pub use network_labels::{BaseNames, LineName, NameOf};
pub use paint_steps::{PaintStep, paint_steps};
pub use places::{Place, max_place_rank};
pub use prepared::{AnchorGroup, Prepared};
pub use view::{NO_COUNTIES, View};
