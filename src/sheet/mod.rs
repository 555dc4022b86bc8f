//! What stands around a map, once for every output: legend, scale bar, north arrow, credits, title,
//! graticule; and the map sheet that puts them on paper around their map.
//!
//! Functions from plain data and fonts to items of paper space. All words come from the caller: it
//! must not know languages, projects or files.

mod arrangement;
mod block;
mod content;
pub mod graticule;
pub mod legend;
mod letters;
mod map_sheet;
mod north_arrow;
mod notes;
mod overlay;
mod page;
mod sample;
pub mod scale;
pub mod scale_bar;
pub mod slide;
pub mod slide_legend;
pub mod title;
mod wrap;

pub use arrangement::PanelSide;
pub use block::{Block, Ground};
pub use content::{SheetContent, SheetLook};
pub use legend::{Legend, LegendEntry, LegendGroup, LegendLook};
pub use letters::Letters;
pub use map_sheet::{MapSheet, SheetError, SheetMap};
pub use north_arrow::north_arrow;
pub use overlay::{Corner, Overlay, OverlayContent, over_picture};
pub use page::{Orientation, Page, Paper};
pub use sample::{EntrySample, sample};
pub use wrap::{balanced, fitted, wrapped};
