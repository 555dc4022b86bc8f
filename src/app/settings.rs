//! What the user chose and finds again at the next start.

use serde::{Deserialize, Serialize};

use crate::{geo::CoordinateForm, style::Mode, tile::TileSource};

/// Language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Language {
    #[default]
    #[serde(rename = "zh-CN")]
    Chinese,
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// The name of its locale file.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }

    pub const fn is_english(self) -> bool {
        matches!(self, Self::English)
    }

    /// The one of the two strings that is in this language.
    pub const fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::English if !en.is_empty() => en,
            _ => zh,
        }
    }
}

/// Settings as saved. Fields that a newer version wrote are kept.
#[allow(clippy::struct_excessive_bools)] // switches, each of its own
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub language: Language,
    pub mode: Mode,
    /// 减少动画: the camera jumps instead of flying.
    pub reduce_motion: bool,
    pub table_open: bool,
    /// Key of the basemap; empty for the embedded one.
    pub basemap: String,
    /// Tiles at half their size on dense screens: sharp, with small letters.
    pub fine_tiles: bool,
    pub graticule: bool,
    /// How the position under the pointer is told.
    pub coordinates: CoordinateForm,
    /// Basemaps that the user opened.
    pub basemaps: Vec<Vec<TileSource>>,
    #[serde(flatten)]
    pub unknown: serde_json::Map<String, serde_json::Value>,
}
