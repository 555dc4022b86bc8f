//! The map in the window: camera, meshes and what the pointer does.
//!
//! It draws from `&State` and answers with actions.

mod basemap;
mod camera;
pub mod coverage;
mod feature_pointer;
mod flight;
mod framing;
mod furniture;
mod gpu_parts;
mod graticule;
mod input;
mod labels;
mod layer;
mod menu;
mod mesh;
mod meshes;
mod names;
mod picture;
mod pointer;
pub mod tiles;
pub mod user_layers;
mod view;

pub use camera::Camera;
pub use furniture::credit_line;
pub use view::{MapFrame, MapView};

/// Where the map leaves the pointer's position for whoever wants to show it.
pub fn pointer_id() -> egui::Id {
    egui::Id::unique("pointer-lon-lat")
}

/// Where the map leaves its top left corner, for what opens at a point of it.
pub fn corner_id() -> egui::Id {
    egui::Id::unique("map-corner")
}
