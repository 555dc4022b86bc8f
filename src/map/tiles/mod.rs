//! Tiles from outside on the map: textures, stand-ins, and what is asked for next.
//!
//! Below the tiles the embedded basemap is drawn, so that a missing one is never a hole.

mod layer;
mod pieces;
mod place;
mod projection;
mod textures;
mod view;

pub use pieces::TilePieces;
pub use projection::DatumProjection;
pub use view::TileView;
