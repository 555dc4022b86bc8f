//! What is asked of the painter, and why it cannot be had.

use super::tile::TileError;

/// What to paint of which tile.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Request {
    /// Zoom level, column and row of the tile whose bytes these are.
    pub data: (u8, u32, u32),
    /// The tile that is painted: the same one or a part of it, where the server has none so deep.
    pub shown: (u8, u32, u32),
    /// Width and height of the picture in pixels, 1..=4096.
    pub size_px: u32,
    /// The zoom level of the style, which is that of `shown` for tiles 512 points wide.
    pub zoom: f64,
    /// Pixels to a point.
    pub px_per_pt: f32,
}

/// Why a tile cannot be painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PaintError {
    #[error("the vector tile is damaged: {0}")]
    Damaged(&'static str),
    #[error("the vector tile holds more than can be painted")]
    TooLarge,
    #[error("the vector tile cannot be painted like this: {0}")]
    Request(&'static str),
}

impl From<TileError> for PaintError {
    fn from(error: TileError) -> Self {
        match error {
            TileError::Broken => Self::Damaged("its bytes break off or make no sense"),
            TileError::NoExtent => Self::Damaged("a layer has no extent"),
            TileError::Version => Self::Damaged("a layer has an unknown version"),
            TileError::TooLarge => Self::TooLarge,
        }
    }
}
