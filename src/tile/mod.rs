//! Tiles of a basemap: where they come from, what they are, and why one is missing.
//!
//! Pure: no network, no files, no clock. `store::tiles` fetches, `map::tiles` draws.

mod coded;
mod cover;
mod failure;
pub mod grid;
mod health;
mod http_date;
mod json_kind;
mod judge;
pub mod known;
mod lookups;
mod memory;
pub mod package;
mod package_area;
mod picture;
mod placeholder;
pub mod pmtiles;
mod preset;
mod redact;
mod schedule;
mod source;
mod supply;
pub mod template;
mod tile_id;
pub mod tilejson;
pub mod wmts;
mod wmts_matrix;
mod xml;

pub use failure::Failure;
pub use http_date::seconds_from_http_date;
pub use json_kind::{JsonKind, json_kind};
pub use judge::{MAX_BODY_BYTES, TileBody, content_of, judge};
pub use lookups::{Found, Lookups};
pub use memory::Memory;
pub use package_area::{PackageArea, Refusal};
pub use picture::{TileName, TileNameKind, TilePicture};
pub use preset::{Preset, preset, presets};
pub use redact::redact;
pub use schedule::{Outcome, Schedule, Ticket};
pub use source::{Access, CacheTerms, Content, KeyKind, Scheme, TileSource};
pub use supply::{Seen, SupplyStatus, TileLook, TileSupply};
pub use template::{TemplateError, TileUrl};
pub use tile_id::{TileId, tile_id};
