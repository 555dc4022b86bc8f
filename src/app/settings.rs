//! What the user chose and finds again at the next start.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::{
    catalogue::CountyMoney,
    geo::{CoordinateForm, gauss_kruger::Zone},
    language::Language,
    style::Mode,
    tile::TileSource,
};

/// Settings as saved. Fields that a newer version wrote are kept.
#[expect(clippy::struct_excessive_bools, reason = "switches, each of its own")]
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub language: Language,
    pub mode: Mode,
    /// 减少动画: the camera jumps instead of flying.
    pub reduce_motion: bool,
    /// A click on a slide does nothing, instead of leading to the next.
    pub still_click: bool,
    pub table_open: bool,
    /// Key of the basemap; empty for the embedded one.
    pub basemap: String,
    /// Tiles at half their size on dense screens: sharp, with small letters.
    pub fine_tiles: bool,
    pub graticule: bool,
    /// The ground without its shaded relief.
    pub flat_ground: bool,
    /// How the position under the pointer is told.
    pub coordinates: CoordinateForm,
    /// What of a corridor's money counts for a county.
    pub county_money: CountyMoney,
    /// The Gauss–Krüger zone that positions are told in; zero for the one around each position.
    pub plane_zone: u8,
    /// Ids of the commands that were chosen last in the palette, the newest first.
    pub recent_commands: Vec<String>,
    /// Files of layers that were opened last, the newest first.
    pub recent_files: Vec<PathBuf>,
    /// Basemaps that the user opened.
    pub basemaps: Vec<Vec<TileSource>>,
    #[serde(flatten)]
    pub unknown: serde_json::Map<String, serde_json::Value>,
}

impl Settings {
    /// The Gauss–Krüger zone that the user fixed.
    pub fn zone(&self) -> Option<Zone> {
        Zone::new(self.plane_zone)
    }
}
