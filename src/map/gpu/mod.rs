//! Drawing the map with pipelines of our own: what is drawn and when is decided outside.

mod layers;
mod meshes;
mod painter;
mod parts;
mod picture;
mod tiles;

pub use layers::LayerCallback;
pub use meshes::Meshed;
pub use painter::MapPainter;
pub use picture::{Content, PictureCallback};
pub use tiles::TilePiece;
