//! What the index holds: a shape with an id, in degrees and in the plane.

use ::geo::{Coord, LineString, MultiPolygon, Polygon};

use super::{
    geodesic,
    mercator::{self, MercatorExtent},
    nearest, polygon,
};
use crate::units::{LonLat, Mercator};

/// The id of an indexed shape; several shapes may carry the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeatureId(pub u32);

/// A shape in degrees, longitude first.
#[derive(Debug, Clone, PartialEq)]
pub enum Geometry {
    Point(LonLat),
    Line(LineString<f64>),
    Area(MultiPolygon<f64>),
}

/// A shape ready to be asked: its finite part in degrees and projected, with its box.
#[derive(Debug, Clone)]
pub(super) struct Feature {
    pub id: FeatureId,
    pub extent: MercatorExtent,
    degrees: Shape,
    plane: Shape,
}

/// A shape in whatever plane; what asks it knows which.
#[derive(Debug, Clone)]
enum Shape {
    /// A point is a chain of one position.
    Chain(Vec<Coord<f64>>),
    Area(MultiPolygon<f64>),
}

impl Feature {
    /// `None` when nothing of the shape is finite.
    pub fn new(id: FeatureId, geometry: Geometry) -> Option<Self> {
        let degrees = match geometry {
            Geometry::Point(p) => Shape::Chain(on_earth(&[p.into()])),
            Geometry::Line(line) => Shape::Chain(on_earth(&line.0)),
            Geometry::Area(area) => Shape::Area(map_area(&area, &on_earth)),
        };
        let plane = match &degrees {
            Shape::Chain(chain) => Shape::Chain(project(chain)),
            Shape::Area(area) => Shape::Area(map_area(area, &project)),
        };
        let extent = MercatorExtent::around(plane.positions().map(to_mercator))?;
        Some(Self { id, extent, degrees, plane })
    }

    /// Whether anything of it lies in the box or on its edge.
    pub fn meets_extent(&self, extent: &MercatorExtent) -> bool {
        let (min, max) = (from_mercator(extent.min), from_mercator(extent.max));
        let meets = |a, b| polygon::segment_meets_box(a, b, min, max);
        match &self.plane {
            Shape::Chain(chain) => polygon::chain_edges(chain).any(|(a, b)| meets(a, b)),
            Shape::Area(area) => {
                polygon::rings(area).flat_map(polygon::ring_edges).any(|(a, b)| meets(a, b))
                    || polygon::multi_contains(area, min)
            }
        }
    }

    /// Whether anything of it lies in the polygon (in the plane) or on its edge.
    pub fn meets_polygon(&self, drawn: &Polygon<f64>) -> bool {
        match &self.plane {
            Shape::Chain(chain) => polygon::chain_meets_polygon(chain, drawn),
            Shape::Area(area) => area.0.iter().any(|part| polygon::polygons_meet(part, drawn)),
        }
    }

    /// Geodesic distance from a position to the nearest point of it, zero inside an area.
    pub fn distance_to_point_m(&self, p: LonLat) -> f64 {
        match &self.degrees {
            Shape::Chain(chain) => {
                nearest::point_to_path(p, &lon_lats(chain)).map_or(f64::INFINITY, |n| n.distance_m)
            }
            Shape::Area(area) => nearest::point_to_area_m(p, area),
        }
    }

    /// Geodesic distance to the nearest point of a path, zero where they cross or it enters an area.
    pub fn distance_to_path_m(&self, path: &[LonLat]) -> f64 {
        let coords: Vec<Coord<f64>> = path.iter().map(|p| (*p).into()).collect();
        match &self.degrees {
            Shape::Chain(chain) => chains_distance_m(chain, &coords, path),
            Shape::Area(area) => {
                if path.iter().any(|p| polygon::multi_contains(area, (*p).into())) {
                    return 0.0;
                }
                polygon::rings(area)
                    .map(|ring| chains_distance_m(&ring.0, &coords, path))
                    .fold(f64::INFINITY, f64::min)
            }
        }
    }

    /// Distance in units of Mercator from a position in the plane, zero inside an area.
    pub fn distance_units(&self, at: Mercator) -> f64 {
        let p = from_mercator(at);
        let to_edge = |(a, b)| polygon::nearest_on_segment(p, a, b).1;
        match &self.plane {
            Shape::Chain(chain) => {
                polygon::chain_edges(chain).map(to_edge).fold(f64::INFINITY, f64::min)
            }
            Shape::Area(area) if polygon::multi_contains(area, p) => 0.0,
            Shape::Area(area) => polygon::rings(area)
                .flat_map(polygon::ring_edges)
                .map(to_edge)
                .fold(f64::INFINITY, f64::min),
        }
    }
}

impl Shape {
    fn positions(&self) -> Box<dyn Iterator<Item = Coord<f64>> + '_> {
        match self {
            Self::Chain(chain) => Box::new(chain.iter().copied()),
            Self::Area(area) => {
                Box::new(polygon::rings(area).flat_map(|ring| ring.0.iter().copied()))
            }
        }
    }
}

/// A polygon in degrees as it is drawn: with straight edges in the plane.
pub(super) fn polygon_to_plane(area: &Polygon<f64>) -> Polygon<f64> {
    map_polygon(area, &|ring: &[Coord<f64>]| project(&on_earth(ring)))
}

fn chains_distance_m(chain: &[Coord<f64>], coords: &[Coord<f64>], path: &[LonLat]) -> f64 {
    if polygon::chains_meet(chain, coords) {
        return 0.0;
    }
    nearest::path_to_path_m(&lon_lats(chain), path)
}

fn map_area(
    area: &MultiPolygon<f64>,
    map: &impl Fn(&[Coord<f64>]) -> Vec<Coord<f64>>,
) -> MultiPolygon<f64> {
    MultiPolygon::new(area.0.iter().map(|part| map_polygon(part, map)).collect())
}

fn map_polygon(
    area: &Polygon<f64>,
    map: &impl Fn(&[Coord<f64>]) -> Vec<Coord<f64>>,
) -> Polygon<f64> {
    Polygon::new(
        LineString::new(map(&area.exterior().0)),
        area.interiors().iter().map(|hole| LineString::new(map(&hole.0))).collect(),
    )
}

fn on_earth(chain: &[Coord<f64>]) -> Vec<Coord<f64>> {
    chain.iter().copied().filter(|c| geodesic::is_on_earth((*c).into())).collect()
}

fn project(chain: &[Coord<f64>]) -> Vec<Coord<f64>> {
    chain.iter().map(|c| from_mercator(mercator::from_lon_lat((*c).into()))).collect()
}

fn lon_lats(chain: &[Coord<f64>]) -> Vec<LonLat> {
    chain.iter().map(|c| (*c).into()).collect()
}

fn to_mercator(c: Coord<f64>) -> Mercator {
    Mercator { x: c.x, y: c.y }
}

fn from_mercator(m: Mercator) -> Coord<f64> {
    Coord { x: m.x, y: m.y }
}
