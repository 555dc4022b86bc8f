//! A source of tiles, as plain data.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::TileId;
use crate::{
    geo::{
        Datum,
        mercator::{self, MercatorExtent},
    },
    language::Bilingual,
    units::{Extent, Mercator},
};

/// Where tiles of one kind come from, and what its owner asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TileSource {
    /// Stable and fit for a file's name: names the cache's folder. Never holds a key.
    pub id: String,
    #[serde(flatten, with = "SavedName")]
    pub name: Bilingual,
    pub access: Access,
    pub content: Content,
    /// The datum whose Web Mercator its tiles are cut in.
    pub datum: Datum,
    pub min_zoom: u8,
    /// Beyond it the tiles of this zoom are enlarged.
    pub max_zoom: u8,
    /// Edge of a tile in pixels: 256 or 512.
    pub tile_px: u16,
    /// What the source covers; `None` for the world.
    pub extent: Option<Extent>,
    /// Whom its tiles have to name; empty where nothing is known.
    #[serde(flatten, with = "SavedCredit")]
    pub credit: Bilingual,
    /// 审图号
    pub review_number: Option<String>,
    pub cache: CacheTerms,
    pub key: KeyKind,
    /// The text of a `MapLibre` style for vector tiles; `None` for the program's own look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<String>,
}

/// The two keys of a name in the settings.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Bilingual")]
struct SavedName {
    #[serde(rename = "name_zh")]
    zh: String,
    #[serde(rename = "name_en")]
    en: String,
}

/// The two keys of a credit in the settings.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Bilingual")]
struct SavedCredit {
    #[serde(rename = "credit_zh")]
    zh: String,
    #[serde(rename = "credit_en")]
    en: String,
}

impl TileSource {
    /// The highest zoom that is shown. Vector tiles are painted anew for the zooms beyond their
    /// own, pictures are enlarged.
    pub fn shown_max_zoom(&self) -> u8 {
        /// What an old tile knows is too coarse beyond that.
        const BEYOND: u8 = 6;
        match self.content {
            Content::Raster => self.max_zoom,
            Content::Vector => self.max_zoom.saturating_add(BEYOND).min(22).max(self.max_zoom),
        }
    }

    /// Where a view shows tiles of the lowest zoom there is: all of the source, or as much of its
    /// middle as one such tile covers. `None` where nothing says what it covers.
    pub fn first_view(&self) -> Option<Extent> {
        let all = mercator::extent_to_mercator(self.extent?);
        let half = (-f64::from(self.min_zoom)).exp2() / 2.0;
        let middle = |low: f64, high: f64| f64::midpoint(low, high);
        let (x, y) = (middle(all.min.x, all.max.x), middle(all.min.y, all.max.y));
        let around = MercatorExtent {
            min: Mercator { x: all.min.x.max(x - half), y: all.min.y.max(y - half) },
            max: Mercator { x: all.max.x.min(x + half), y: all.max.y.min(y + half) },
        };
        Some(mercator::extent_from_mercator(around))
    }

    /// The tile whose bytes a shown tile is made from.
    pub fn data_tile(&self, tile: TileId) -> TileId {
        let up = tile.z.saturating_sub(self.max_zoom);
        if self.content == Content::Raster || up == 0 {
            return tile;
        }
        let shifted = |v: u32| v.checked_shr(u32::from(up)).unwrap_or(0);
        TileId { z: self.max_zoom, x: shifted(tile.x), y: shifted(tile.y) }
    }
}

/// How a tile is reached.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Access {
    /// An address with `{z}`, `{x}`, `{y}` (also `{-y}`, `{s}`, `{q}` for a quadkey, `{key}`).
    Template { url: String, subdomains: Vec<String>, scheme: Scheme },
    /// An `MBTiles` file.
    Mbtiles(PathBuf),
    /// A `PMTiles` file.
    Pmtiles(PathBuf),
    /// A `PMTiles` archive behind HTTP range requests.
    PmtilesHttp(String),
    /// A folder of `z/x/y.png` (or jpg, webp, mvt, pbf) files.
    Folder(PathBuf, Scheme),
}

/// Which way rows are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Scheme {
    /// From the north.
    #[default]
    Xyz,
    /// From the south.
    Tms,
}

/// What a tile's bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// PNG, JPEG or WebP.
    Raster,
    /// Mapbox vector tiles.
    Vector,
}

/// What the owner allows to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CacheTerms {
    /// Nothing on disk.
    Forbidden,
    /// What was looked at may be kept; fetching ahead or in bulk is not allowed.
    SeenOnly,
    /// Packages for use without a network are allowed too.
    Packages,
}

/// Whose key an address needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum KeyKind {
    None,
    /// 天地图's `tk`.
    Tianditu,
    /// A key of the user's for a template of the user's.
    Custom,
}
