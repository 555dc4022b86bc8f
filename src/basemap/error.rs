//! Why the basemap cannot be read.

use crate::{mvt::TileError, tile::pmtiles::PmtilesError};

/// Why a basemap, or a tile of it, could not be read.
#[derive(Debug, thiserror::Error)]
pub enum BasemapError {
    #[error("the basemap cannot be opened: {0}")]
    Archive(#[from] PmtilesError),
    #[error("the basemap's tiles are no vector tiles")]
    NotVector,
    #[error("the basemap is cut off: a part of it lies beyond its end")]
    Truncated,
    #[error("the basemap's extent is impossible")]
    Extent,
    #[error("the basemap's directory is wrong: {0}")]
    Directory(&'static str),
    #[error("the basemap's metadata cannot be read: {0}")]
    Metadata(#[source] serde_json::Error),
    #[error("a tile of the basemap cannot be decoded: {0}")]
    Tile(#[from] TileError),
    #[error("the relief is wrong: {0}")]
    Relief(&'static str),
    #[error("the relief is no picture: {0}")]
    ReliefPicture(#[from] png::DecodingError),
    #[error("a tile of the basemap holds a wrong feature: {0}")]
    Feature(&'static str),
}
