//! Areas that a style asks features to lie in.

use std::{f64::consts::PI, sync::Arc};

use serde_json::Value as Json;

use super::{
    context::Context,
    fault::Fault,
    shape::{Point, Shape},
    tile::GeometryKind,
};

/// Nested collections deeper than this are no `GeoJSON`.
const DEEPEST: usize = 4;
/// More corners than any style has.
const MOST_CORNERS: usize = 100_000;

/// Polygons, each of an outer ring and its holes.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// In unit Mercator.
    polygons: Arc<[Vec<Vec<Point>>]>,
    /// The least and the greatest x.
    span: [f64; 2],
    corners: usize,
}

impl Area {
    /// Reads polygons of a `GeoJSON` geometry, a feature or a collection of features.
    ///
    /// # Errors
    /// When it has none.
    pub fn read(json: &Json) -> Result<Self, Fault> {
        let mut polygons = Vec::new();
        collect(json, 0, &mut polygons);
        let points = || polygons.iter().flatten().flatten();
        let corners = points().count();
        if corners == 0 || corners > MOST_CORNERS {
            return Err("\"within\" without polygons".to_owned());
        }
        let span = points().fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], point| {
            [low.min(point[0]), high.max(point[0])]
        });
        Ok(Self { polygons: polygons.into(), span, corners })
    }

    /// Whether the points or lines of the feature lie in one of the polygons, and not on its edge.
    /// An area never does. `None` when telling so takes too long.
    pub fn holds(&self, at: &Context<'_>) -> Option<bool> {
        let Some(feature) = at.feature else { return Some(false) };
        if feature.kind() == GeometryKind::Polygon {
            return Some(false);
        }
        let mut shape = Shape::default();
        let mut left = feature.geometry().len();
        shape.read(&feature, &mut left).ok()?;
        let vertices: usize = shape.parts().map(<[Point]>::len).sum();
        at.steps.take(vertices.checked_mul(self.corners)?)?;
        let (z, x, y) = at.tile;
        let extent = f64::from(feature.layer().extent);
        let grid = Grid { size: extent * f64::from(z).exp2(), span: self.span };
        let place =
            |point: &Point| [point[0] + f64::from(x) * extent, point[1] + f64::from(y) * extent];
        // What is wider than half the world lies on no side of the meridian.
        let span = shape
            .parts()
            .flatten()
            .fold([f64::INFINITY, f64::NEG_INFINITY], |s, p| [s[0].min(p[0]), s[1].max(p[0])]);
        let wide = feature.kind() == GeometryKind::Line && span[1] - span[0] > grid.size / 2.0;
        let place = |point: &Point| if wide { place(point) } else { grid.near(place(point)) };
        let mut parts = shape.parts().filter(|part| !part.is_empty()).peekable();
        if parts.peek().is_none() {
            return Some(false);
        }
        Some(parts.all(|part| {
            let part: Vec<Point> = part.iter().map(place).collect();
            if feature.kind() == GeometryKind::Point {
                part.iter().all(|p| self.polygons.iter().any(|rings| inside(p, rings, &grid)))
            } else {
                self.polygons.iter().any(|rings| line_inside(&part, rings, &grid))
            }
        }))
    }
}

/// The whole numbers that a tile's coordinates are counted in, around the world.
struct Grid {
    size: f64,
    span: [f64; 2],
}

impl Grid {
    /// A corner of an area.
    fn corner(&self, point: &Point) -> Point {
        point.map(|v| (v * self.size).round())
    }

    /// The same place of the world on this side of the 180th meridian.
    fn near(&self, [x, y]: Point) -> Point {
        let [low, high] = self.span.map(|v| v * self.size);
        if (low..=high).contains(&x) {
            return [x, y];
        }
        let middle = f64::midpoint(low, high);
        let turns = ((middle - x) / self.size).round();
        [x + turns * self.size, y]
    }

    /// The edges of a ring.
    fn edges<'a>(&'a self, ring: &'a [Point]) -> impl Iterator<Item = (Point, Point)> + 'a {
        let next = ring.iter().cycle().skip(1);
        ring.iter().zip(next).map(|(a, b)| (self.corner(a), self.corner(b)))
    }
}

/// The polygons of a value; what is none is passed over.
fn collect(json: &Json, depth: usize, polygons: &mut Vec<Vec<Vec<Point>>>) {
    let coordinates = || json.get("coordinates").and_then(Json::as_array);
    match json.get("type").and_then(Json::as_str) {
        Some("FeatureCollection") if depth < DEEPEST => {
            for feature in json.get("features").and_then(Json::as_array).into_iter().flatten() {
                collect(feature, depth + 1, polygons);
            }
        }
        Some("Feature") if depth < DEEPEST => {
            if let Some(geometry) = json.get("geometry") {
                collect(geometry, depth + 1, polygons);
            }
        }
        Some("Polygon") => polygons.extend(coordinates().map(|rings| polygon(rings))),
        Some("MultiPolygon") => {
            let all = coordinates().into_iter().flatten().filter_map(Json::as_array);
            polygons.extend(all.map(|rings| polygon(rings)));
        }
        _ => {}
    }
}

fn polygon(rings: &[Json]) -> Vec<Vec<Point>> {
    let ring = |ring: &Json| -> Vec<Point> {
        ring.as_array().into_iter().flatten().filter_map(mercator).collect()
    };
    rings.iter().map(ring).collect()
}

/// Longitude and latitude in degrees to unit Mercator.
fn mercator(position: &Json) -> Option<Point> {
    let (lon, lat) = (position.get(0)?.as_f64()?, position.get(1)?.as_f64()?);
    let x = lon / 360.0 + 0.5;
    let y = 0.5 - (PI / 4.0 + lat.to_radians() / 2.0).tan().ln() / (2.0 * PI);
    (x.is_finite() && y.is_finite()).then_some([x, y])
}

fn line_inside(line: &[Point], rings: &[Vec<Point>], grid: &Grid) -> bool {
    let crosses = |(a, b): (&Point, &Point)| {
        rings.iter().flat_map(|ring| grid.edges(ring)).any(|(c, d)| cross(*a, *b, c, d))
    };
    line.iter().all(|point| inside(point, rings, grid))
        && !line.iter().zip(line.iter().skip(1)).any(crosses)
}

/// Whether a point lies in a polygon, by the edges to one side of it; on an edge it does not.
fn inside(point: &Point, rings: &[Vec<Point>], grid: &Grid) -> bool {
    let mut inside = false;
    for (a, b) in rings.iter().flat_map(|ring| grid.edges(ring)) {
        if side(a, b, *point) == 0.0 && between(a, b, *point) {
            return false;
        }
        if (a[1] > point[1]) != (b[1] > point[1])
            && point[0] < (b[0] - a[0]) * (point[1] - a[1]) / (b[1] - a[1]) + a[0]
        {
            inside = !inside;
        }
    }
    inside
}

/// Whether two segments cross, each with its ends on both sides of the other.
fn cross(a: Point, b: Point, c: Point, d: Point) -> bool {
    let apart = |one: f64, two: f64| (one > 0.0 && two < 0.0) || (one < 0.0 && two > 0.0);
    apart(side(a, b, c), side(a, b, d)) && apart(side(c, d, a), side(c, d, b))
}

/// On which side of a line a point lies: by the sign.
fn side(a: Point, b: Point, point: Point) -> f64 {
    (b[0] - a[0]) * (point[1] - a[1]) - (point[0] - a[0]) * (b[1] - a[1])
}

/// Whether a point of the line lies between its ends.
fn between(a: Point, b: Point, [x, y]: Point) -> bool {
    (a[0].min(b[0])..=a[0].max(b[0])).contains(&x) && (a[1].min(b[1])..=a[1].max(b[1])).contains(&y)
}
