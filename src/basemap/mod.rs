//! The embedded basemap: an archive of vector tiles, decoded when they are needed, and its look.
//!
//! What is drawn of it, in which order and how, stands once ([`layers`]); the window, the
//! off-screen picture and the paper all read that table. It paints nothing itself.

mod archive;
pub mod edge;
mod error;
pub mod layers;
mod line_names;
mod relief;
pub mod style;
pub mod tile;
mod tile_names;
mod tiles;

pub use archive::ArchiveBytes;
pub use error::BasemapError;
pub use relief::{Relief, ReliefGrid};
pub use tile::VectorTile;
pub use tile_names::tile_names;
pub use tiles::{Basemap, Cover, corners};
