//! What an offline package covers, and why one is refused.

use crate::units::{Extent, LonLat};

/// What a package covers.
#[derive(Debug, Clone, PartialEq)]
pub enum PackageArea {
    Extent(Extent),
    /// Rings of a county; holes do not matter for tiles.
    Rings(Vec<Vec<LonLat>>),
    /// Along lines, to both sides.
    Corridor {
        lines: Vec<Vec<LonLat>>,
        buffer_km: f64,
    },
}

/// Why no package is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the owner of this basemap does not allow its tiles to be kept")]
    Forbidden,
    #[error(
        "the owner of this basemap allows only what is looked at to be kept, not fetching in bulk"
    )]
    SeenOnly,
    #[error("too many tiles: take fewer zooms or a smaller area")]
    TooMany,
    #[error("the area or the zooms are empty")]
    Empty,
}

impl Refusal {
    /// Its name in locale entries.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Forbidden => "forbidden",
            Self::SeenOnly => "seen_only",
            Self::TooMany => "too_many",
            Self::Empty => "empty",
        }
    }
}
