//! The user's layers on the map: chosen outside the UI thread, drawn from buffers of our own.

mod gpu;
mod mesh;
mod picture;
mod view;

pub use gpu::LayerPainter;
pub use picture::{Content, Meshed, PictureCallback};
pub use view::{DrawQueue, DrawRequest, Drawn, LayerKey, UserLayers, sizes};
