//! Tiles of a basemap: where they come from, what they are, and why one is missing.
//!
//! Pure: no network, no files, no clock. `store::tiles` fetches, `map::tiles` draws.

mod coded;
mod cover;
mod failure;
mod health;
mod http_date;
mod judge;
pub mod known;
mod lookups;
mod memory;
pub mod package;
mod placeholder;
pub mod pmtiles;
mod preset;
mod redact;
mod schedule;
mod source;
mod supply;
pub mod template;
pub mod tilejson;
pub mod wmts;
mod wmts_matrix;
mod xml_depth;

pub use failure::Failure;
pub use http_date::seconds_from_http_date;
pub use judge::{MAX_BODY_BYTES, TileBody, judge};
pub use lookups::{Found, Lookups};
pub use memory::Memory;
pub use package::PackageArea;
pub use preset::{Preset, preset, presets};
pub use redact::redact;
pub use schedule::{Outcome, Schedule, Ticket};
pub use source::{Access, CacheTerms, Content, KeyKind, Scheme, TileSource};
pub use supply::{Seen, SupplyStatus, TileLook, TileSupply};
pub use template::{TemplateError, TileUrl};

use crate::units::Mercator;

/// A tile by zoom, column from the west and row from the north (the XYZ order).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TileId {
    pub z: u8,
    pub x: u32,
    pub y: u32,
}

/// Decoded pixels: rows from the north, four bytes each, red, green, blue, alpha, not premultiplied.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TilePicture {
    pub width_px: u32,
    pub height_px: u32,
    pub rgba: Vec<u8>,
    /// Names in a vector tile: they are placed among all labels, and not part of the pixels.
    pub names: Vec<TileName>,
}

/// A name of a basemap from outside.
#[derive(Debug, Clone, PartialEq)]
pub struct TileName {
    pub text: String,
    /// Empty where the tile has none.
    pub text_en: String,
    pub at: Mercator,
    /// 1 is the most important, 9 the least.
    pub rank: u8,
    pub kind: TileNameKind,
}

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TileNameKind {
    Place,
    Water,
    Road,
    Other,
}
