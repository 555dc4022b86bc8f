//! What of the basemap is drawn, from the ground up: which features, how, in which colour.

use super::{
    style::{self, LineStyle},
    tile::{BorderLevel, NamedLines, TileArea, TileLine, VectorTile},
};
use crate::style::{MapPalette, Rgba};

/// One layer of the basemap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BaseLayer {
    /// Land of the city's own counties.
    City,
    Border(BorderLevel),
    WaterArea,
    /// Rivers of an importance from 1 to 4.
    River(u8),
    Rail,
    Road,
    Metro,
}

/// All layers, in the order in which they are painted.
pub const LAYERS: [BaseLayer; 12] = [
    BaseLayer::City,
    BaseLayer::Border(BorderLevel::County),
    BaseLayer::Border(BorderLevel::Prefecture),
    BaseLayer::Border(BorderLevel::Province),
    BaseLayer::WaterArea,
    BaseLayer::River(4),
    BaseLayer::River(3),
    BaseLayer::River(2),
    BaseLayer::River(1),
    BaseLayer::Rail,
    BaseLayer::Road,
    BaseLayer::Metro,
];

impl BaseLayer {
    /// What it is called where names are for machines: in an SVG or a PDF.
    pub const fn name(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::Border(BorderLevel::County) => "county-borders",
            Self::Border(BorderLevel::Prefecture) => "prefecture-borders",
            Self::Border(BorderLevel::Province) => "province-borders",
            Self::WaterArea => "lakes",
            Self::River(_) => "rivers",
            Self::Rail => "railways",
            Self::Road => "roads",
            Self::Metro => "metro",
        }
    }

    /// Its colour.
    pub const fn ink(self, palette: &MapPalette) -> Rgba {
        match self {
            Self::City => palette.city,
            Self::Border(BorderLevel::County) => palette.border_county,
            Self::Border(BorderLevel::Prefecture) => palette.border_prefecture,
            Self::Border(BorderLevel::Province) => palette.border_province,
            Self::WaterArea => palette.water_fill,
            Self::River(_) => palette.water_line,
            Self::Rail => palette.context_rail,
            Self::Road => palette.context_road,
            Self::Metro => palette.context_metro,
        }
    }

    /// How its lines look; `None` for areas.
    pub const fn line_style(self) -> Option<LineStyle> {
        match self {
            Self::City | Self::WaterArea => None,
            Self::Border(level) => Some(style::border(level)),
            Self::River(rank) => Some(style::river(rank)),
            Self::Rail => Some(style::RAIL),
            Self::Road => Some(style::ROAD),
            Self::Metro => Some(style::METRO),
        }
    }

    /// Its lines in a tile.
    pub fn lines(self, tile: &VectorTile) -> Vec<&TileLine> {
        match self {
            Self::City | Self::WaterArea => Vec::new(),
            Self::Border(level) => {
                let borders = tile.borders.iter().filter(|border| border.level == level);
                borders.flat_map(|border| &border.lines).collect()
            }
            Self::River(rank) => {
                lines_of(tile.water_lines.iter().filter(|river| river.rank == rank))
            }
            Self::Rail => lines_of(&tile.rails),
            Self::Road => lines_of(&tile.roads),
            Self::Metro => lines_of(&tile.metros),
        }
    }

    /// Its areas in a tile.
    pub fn areas(self, tile: &VectorTile) -> Vec<&TileArea> {
        match self {
            Self::City => {
                let city = tile.counties.iter().filter(|county| county.in_city);
                city.flat_map(|county| &county.areas).collect()
            }
            Self::WaterArea => tile.water_areas.iter().flat_map(|water| &water.areas).collect(),
            _ => Vec::new(),
        }
    }
}

fn lines_of<'a>(features: impl IntoIterator<Item = &'a NamedLines>) -> Vec<&'a TileLine> {
    features.into_iter().flat_map(|feature| &feature.lines).collect()
}
