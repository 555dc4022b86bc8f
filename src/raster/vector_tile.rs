//! One tile of the basemap with its features typed.

use std::{collections::HashMap, sync::Arc};

use geo::Geometry;
use mvt_reader::{
    Reader,
    feature::{Feature, Value},
};

use super::{BasemapError, line_names::line_names};
use crate::{
    scene::{LineName, Place},
    units::Mercator,
};

/// A position inside a tile: `[0, 1]²` from its north-west corner, beyond that in its buffer.
pub type TilePoint = [f32; 2];

/// A line with the box around it.
#[derive(Debug, Clone, PartialEq)]
pub struct TileLine {
    pub points: Vec<TilePoint>,
    /// Smallest and largest x and y.
    pub bounds: [TilePoint; 2],
}

/// A polygon: the outer ring first, then its holes.
#[derive(Debug, Clone, PartialEq)]
pub struct TileArea {
    pub rings: Vec<TileLine>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct County {
    /// GB/T 2260.
    pub code: String,
    pub name: String,
    pub in_city: bool,
    pub areas: Vec<TileArea>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BorderLevel {
    County,
    Prefecture,
    Province,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Border {
    pub level: BorderLevel,
    pub lines: Vec<TileLine>,
}

/// A river, or the context network's road, railway or metro line.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedLines {
    pub name: String,
    pub name_en: String,
    /// Road number; empty for others.
    pub number: String,
    /// 1 is the most important. Only rivers carry it.
    pub rank: u8,
    /// Drawn through named points, not surveyed.
    pub schematic: bool,
    pub lines: Vec<TileLine>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct WaterArea {
    pub name: String,
    pub name_en: String,
    pub areas: Vec<TileArea>,
}

/// The decoded features of one tile, by layer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct VectorTile {
    pub counties: Vec<County>,
    pub borders: Vec<Border>,
    pub water_lines: Vec<NamedLines>,
    pub water_areas: Vec<WaterArea>,
    pub roads: Vec<NamedLines>,
    pub rails: Vec<NamedLines>,
    pub metros: Vec<NamedLines>,
    /// Places in the tile itself, without those in its buffer.
    pub places: Vec<Place>,
    /// Names of rivers, lakes and roads.
    pub names: Vec<Arc<LineName>>,
}

impl VectorTile {
    /// Decodes a Mapbox vector tile (version 2); `z`, `x`, `y` say where it lies.
    ///
    /// # Errors
    /// When the bytes are no vector tile or a feature has the wrong geometry or level.
    pub fn decode(bytes: Vec<u8>, z: u8, x: u32, y: u32) -> Result<Self, BasemapError> {
        let reader = Reader::new(bytes)?;
        let mut tile = Self::default();
        for layer in reader.get_layer_metadata()? {
            if layer.extent == 0 {
                return Err(BasemapError::Feature("a layer has no extent"));
            }
            let unit = 1.0 / layer.extent as f32;
            let features = reader.get_features(layer.layer_index)?;
            for feature in &features {
                tile.add(&layer.name, feature, unit, (z, x, y))?;
            }
        }
        tile.names = line_names(&tile, (z, x, y));
        Ok(tile)
    }

    fn add(
        &mut self,
        layer: &str,
        feature: &Feature,
        unit: f32,
        tile: (u8, u32, u32),
    ) -> Result<(), BasemapError> {
        let fields = Fields(feature.properties.as_ref());
        match layer {
            "county" => self.counties.push(County {
                code: fields.text("code"),
                name: fields.text("name"),
                in_city: fields.flag("in_city"),
                areas: areas(&feature.geometry, unit)?,
            }),
            "border" => self
                .borders
                .push(Border { level: fields.level()?, lines: lines(&feature.geometry, unit)? }),
            "water_area" => self.water_areas.push(WaterArea {
                name: fields.text("name"),
                name_en: fields.text("name_en"),
                areas: areas(&feature.geometry, unit)?,
            }),
            "place" => self.add_places(&fields, &feature.geometry, unit, tile)?,
            "water_line" => self.water_lines.push(fields.lines(&feature.geometry, unit)?),
            "context_road" => self.roads.push(fields.lines(&feature.geometry, unit)?),
            "context_rail" => self.rails.push(fields.lines(&feature.geometry, unit)?),
            "context_metro" => self.metros.push(fields.lines(&feature.geometry, unit)?),
            // A newer archive may hold more than this program paints.
            _ => {}
        }
        Ok(())
    }

    fn add_places(
        &mut self,
        fields: &Fields,
        geometry: &Geometry<f32>,
        unit: f32,
        (z, x, y): (u8, u32, u32),
    ) -> Result<(), BasemapError> {
        let points = match geometry {
            Geometry::Point(p) => vec![*p],
            Geometry::MultiPoint(points) => points.0.clone(),
            _ => return Err(BasemapError::Feature("a place is not a point")),
        };
        let tiles = f64::from(z).exp2();
        for point in points {
            let (px, py) = (point.x() * unit, point.y() * unit);
            if (0.0..1.0).contains(&px) && (0.0..1.0).contains(&py) {
                self.places.push(Place {
                    name: fields.text("name"),
                    name_en: fields.text("name_en"),
                    rank: fields.rank(),
                    at: Mercator {
                        x: (f64::from(x) + f64::from(px)) / tiles,
                        y: (f64::from(y) + f64::from(py)) / tiles,
                    },
                });
            }
        }
        Ok(())
    }
}

struct Fields<'a>(Option<&'a HashMap<String, Value>>);

impl Fields<'_> {
    fn get(&self, key: &str) -> Option<&Value> {
        self.0.and_then(|map| map.get(key))
    }

    fn text(&self, key: &str) -> String {
        match self.get(key) {
            Some(Value::String(s)) => s.clone(),
            Some(Value::Int(i) | Value::SInt(i)) => i.to_string(),
            Some(Value::UInt(u)) => u.to_string(),
            _ => String::new(),
        }
    }

    fn flag(&self, key: &str) -> bool {
        match self.get(key) {
            Some(Value::Bool(b)) => *b,
            Some(Value::Int(i) | Value::SInt(i)) => *i != 0,
            Some(Value::UInt(u)) => *u != 0,
            _ => false,
        }
    }

    /// The lowest importance for features that tell none.
    fn rank(&self) -> u8 {
        let rank = match self.get("rank") {
            Some(Value::Int(i) | Value::SInt(i)) => u8::try_from(*i).ok(),
            Some(Value::UInt(u)) => u8::try_from(*u).ok(),
            _ => None,
        };
        rank.unwrap_or(4).clamp(1, 4)
    }

    fn level(&self) -> Result<BorderLevel, BasemapError> {
        match self.text("level").as_str() {
            "province" => Ok(BorderLevel::Province),
            "prefecture" => Ok(BorderLevel::Prefecture),
            "county" => Ok(BorderLevel::County),
            _ => Err(BasemapError::Feature("a border has no known level")),
        }
    }

    fn lines(&self, geometry: &Geometry<f32>, unit: f32) -> Result<NamedLines, BasemapError> {
        Ok(NamedLines {
            name: self.text("name"),
            name_en: self.text("name_en"),
            number: self.text("ref"),
            rank: self.rank(),
            schematic: self.flag("schematic"),
            lines: lines(geometry, unit)?,
        })
    }
}

fn lines(geometry: &Geometry<f32>, unit: f32) -> Result<Vec<TileLine>, BasemapError> {
    match geometry {
        Geometry::LineString(line) => Ok(vec![tile_line(line, unit)]),
        Geometry::MultiLineString(many) => Ok(many.iter().map(|l| tile_line(l, unit)).collect()),
        _ => Err(BasemapError::Feature("a line layer holds something else")),
    }
}

fn areas(geometry: &Geometry<f32>, unit: f32) -> Result<Vec<TileArea>, BasemapError> {
    let area = |polygon: &geo::Polygon<f32>| TileArea {
        rings: std::iter::once(polygon.exterior())
            .chain(polygon.interiors())
            .map(|ring| tile_line(ring, unit))
            .collect(),
    };
    match geometry {
        Geometry::Polygon(polygon) => Ok(vec![area(polygon)]),
        Geometry::MultiPolygon(many) => Ok(many.iter().map(area).collect()),
        _ => Err(BasemapError::Feature("an area layer holds something else")),
    }
}

fn tile_line(line: &geo::LineString<f32>, unit: f32) -> TileLine {
    let points: Vec<TilePoint> = line.coords().map(|c| [c.x * unit, c.y * unit]).collect();
    let start = [[f32::INFINITY; 2], [f32::NEG_INFINITY; 2]];
    let bounds = points.iter().fold(start, |[low, high], p| {
        [[low[0].min(p[0]), low[1].min(p[1])], [high[0].max(p[0]), high[1].max(p[1])]]
    });
    TileLine { points, bounds }
}
