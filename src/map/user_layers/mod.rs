//! The user's layers on the map: chosen outside the UI thread, drawn by `map::gpu` or as triangles.

mod mesh;
mod view;

pub use mesh::{fan, round, segment};
pub use view::UserLayers;
