//! One tile of the basemap with its features typed.

use std::sync::Arc;

use super::{
    error::BasemapError,
    line_names::{courses, line_names},
};
use crate::{
    language::Bilingual,
    mvt::{Feature, GeometryKind, Shape, Tile, Value, doubled_area, shape::Point},
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
    pub name: Bilingual,
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
    pub name: Bilingual,
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
    /// Where rivers, roads, railways and metro lines run.
    pub courses: Arc<[Vec<Mercator>]>,
}

impl VectorTile {
    /// Decodes a Mapbox vector tile (version 2); `z`, `x`, `y` say where it lies.
    ///
    /// # Errors
    /// When the bytes are no vector tile or a feature has the wrong geometry or level.
    pub fn decode(bytes: &[u8], z: u8, x: u32, y: u32) -> Result<Self, BasemapError> {
        /// More vertices than any tile of the basemap has.
        const MOST_VERTICES: usize = 1_000_000;
        let mut left = MOST_VERTICES;
        let mut shape = Shape::default();
        let mut tile = Self::default();
        for layer in &Tile::read(bytes)?.layers {
            let unit = 1.0 / layer.extent as f32;
            for feature in layer.features() {
                shape.read(&feature, &mut left)?;
                let geometry = InTile { kind: feature.kind(), shape: &shape, unit };
                tile.add(&layer.name, &Fields(feature), geometry, (z, x, y))?;
            }
        }
        tile.names = line_names(&tile, (z, x, y));
        tile.courses = courses(&tile, (z, x, y));
        Ok(tile)
    }

    fn add(
        &mut self,
        layer: &str,
        fields: &Fields,
        geometry: InTile,
        tile: (u8, u32, u32),
    ) -> Result<(), BasemapError> {
        match layer {
            "county" => self.counties.push(County {
                code: fields.text("code"),
                name: fields.text("name"),
                in_city: fields.flag("in_city"),
                areas: geometry.areas()?,
            }),
            "border" => {
                self.borders.push(Border { level: fields.level()?, lines: geometry.lines()? });
            }
            "water_area" => {
                self.water_areas.push(WaterArea { name: fields.name(), areas: geometry.areas()? });
            }
            "place" => self.add_places(fields, geometry, tile)?,
            "water_line" => self.water_lines.push(fields.lines(geometry)?),
            "context_road" => self.roads.push(fields.lines(geometry)?),
            "context_rail" => self.rails.push(fields.lines(geometry)?),
            "context_metro" => self.metros.push(fields.lines(geometry)?),
            // A newer archive may hold more than this program paints.
            _ => {}
        }
        Ok(())
    }

    fn add_places(
        &mut self,
        fields: &Fields,
        geometry: InTile,
        (z, x, y): (u8, u32, u32),
    ) -> Result<(), BasemapError> {
        let tiles = f64::from(z).exp2();
        for [px, py] in geometry.points()? {
            if (0.0..1.0).contains(&px) && (0.0..1.0).contains(&py) {
                self.places.push(Place {
                    name: fields.name(),
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

/// What a feature says of itself.
struct Fields<'a>(Feature<'a>);

impl Fields<'_> {
    fn text(&self, key: &str) -> String {
        self.0.text(key)
    }

    fn name(&self) -> Bilingual {
        Bilingual::new(self.text("name"), self.text("name_en"))
    }

    fn flag(&self, key: &str) -> bool {
        match self.0.get(key) {
            Some(Value::Bool(set)) => set,
            Some(Value::Number(number)) => number != 0.0,
            _ => false,
        }
    }

    /// The lowest importance for features that tell none.
    fn rank(&self) -> u8 {
        let number = self.0.get("rank").and_then(|rank| rank.number());
        // Saturating is right here.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let rank = number.map_or(4, |rank| rank as u8);
        rank.clamp(1, 4)
    }

    fn level(&self) -> Result<BorderLevel, BasemapError> {
        match self.text("level").as_str() {
            "province" => Ok(BorderLevel::Province),
            "prefecture" => Ok(BorderLevel::Prefecture),
            "county" => Ok(BorderLevel::County),
            _ => Err(BasemapError::Feature("a border has no known level")),
        }
    }

    fn lines(&self, geometry: InTile) -> Result<NamedLines, BasemapError> {
        Ok(NamedLines {
            name: self.name(),
            number: self.text("ref"),
            rank: self.rank(),
            schematic: self.flag("schematic"),
            lines: geometry.lines()?,
        })
    }
}

/// A feature's geometry; `unit` is what one unit of the tile is of its edge.
#[derive(Clone, Copy)]
struct InTile<'a> {
    kind: GeometryKind,
    shape: &'a Shape,
    unit: f32,
}

impl InTile<'_> {
    fn points(self) -> Result<Vec<TilePoint>, BasemapError> {
        if self.kind != GeometryKind::Point {
            return Err(BasemapError::Feature("a place is not a point"));
        }
        Ok(self.shape.parts().flatten().map(|p| self.point(p)).collect())
    }

    fn lines(self) -> Result<Vec<TileLine>, BasemapError> {
        if self.kind != GeometryKind::Line {
            return Err(BasemapError::Feature("a line layer holds something else"));
        }
        Ok(self.shape.parts().map(|part| self.line(part, false)).collect())
    }

    /// Outer rings run clockwise as seen; holes follow the ring they lie in.
    fn areas(self) -> Result<Vec<TileArea>, BasemapError> {
        if self.kind != GeometryKind::Polygon {
            return Err(BasemapError::Feature("an area layer holds something else"));
        }
        let mut areas: Vec<TileArea> = Vec::new();
        for part in self.shape.parts() {
            let ring = self.line(part, true);
            match areas.last_mut() {
                Some(area) if doubled_area(part) < 0.0 => area.rings.push(ring),
                _ => areas.push(TileArea { rings: vec![ring] }),
            }
        }
        Ok(areas)
    }

    // Units of a tile are small whole numbers.
    #[allow(clippy::cast_possible_truncation)]
    fn point(self, p: &Point) -> TilePoint {
        p.map(|v| v as f32 * self.unit)
    }

    /// A path with its box; a ring ends where it begins.
    fn line(self, part: &[Point], closed: bool) -> TileLine {
        let ends = part.first().filter(|first| closed && part.last() != Some(first));
        let points: Vec<TilePoint> = part.iter().chain(ends).map(|p| self.point(p)).collect();
        let start = [[f32::INFINITY; 2], [f32::NEG_INFINITY; 2]];
        let bounds = points.iter().fold(start, |[low, high], p| {
            [[low[0].min(p[0]), low[1].min(p[1])], [high[0].max(p[0]), high[1].max(p[1])]]
        });
        TileLine { points, bounds }
    }
}
