//! The map in the window: camera, meshes and what the pointer does.
//!
//! It draws from `&State` and answers with actions.

mod accessible_names;
mod asked;
mod basemap;
mod cached_mesh;
mod camera;
mod drawn;
pub mod feature_pointer;
mod flight;
mod frame;
mod framing;
mod furniture;
pub mod gpu;
pub mod hover;
mod input;
mod kept;
mod labels;
mod legend;
mod menu;
mod mesh;
mod meshes;
pub mod package_tiles;
mod panel;
mod paper_canvas;
mod part_mark;
mod picked_feature;
mod picture;
mod pointer;
mod reach;
mod selected_features;
mod sketch;
mod sketch_edit;
mod sketch_panel;
mod slide_pointer;
pub mod tiles;
mod tool_signs;
pub mod user_layers;
mod view;

pub use camera::Camera;
pub use frame::MapFrame;
pub use furniture::{credit_line, slide_credits};
pub use kept::kept;
pub use legend::own_layers;
pub use paper_canvas::PaperCanvas;
pub use view::MapView;

/// Where the map leaves the pointer's position for whoever wants to show it.
pub fn pointer_id() -> egui::Id {
    egui::Id::unique("pointer-lon-lat")
}

/// Where the map leaves the rectangle that nothing has to stay out of: inside its buttons, above scale
/// bar and credits.
pub fn free_id() -> egui::Id {
    egui::Id::unique("map-free")
}

/// Where the map leaves its top left corner, for what opens at a point of it.
pub fn corner_id() -> egui::Id {
    egui::Id::unique("map-corner")
}
