//! A feature as one geometry in degrees, for whoever keeps it.

use geo::{Coord, Geometry, GeometryCollection, LineString, Point, Polygon};

use super::{Part, Shapes};
use crate::{geo::mercator, units::Mercator};

/// The shapes of a feature, in degrees, WGS-84, holes within their areas. None where it has no
/// position.
pub fn shapes_of(shapes: &Shapes, row: usize) -> Vec<Geometry<f64>> {
    let mut found: Vec<Geometry<f64>> = Vec::new();
    for part in shapes.parts_of(row) {
        let path: Vec<Coord<f64>> = shapes.part(part).iter().map(position).collect();
        match shapes.role(row, part) {
            Part::Point => found.extend(path.into_iter().map(|at| Point(at).into())),
            Part::Line => found.push(LineString(path).into()),
            Part::Ring => found.push(Polygon::new(LineString(path), Vec::new()).into()),
            Part::Hole => {
                if let Some(Geometry::Polygon(area)) = found.last_mut() {
                    area.interiors_push(LineString(path));
                }
            }
        }
    }
    found
}

/// Shapes as one geometry; `None` for none.
pub fn joined(mut shapes: Vec<Geometry<f64>>) -> Option<Geometry<f64>> {
    match shapes.len() {
        0 => None,
        1 => shapes.pop(),
        _ => Some(Geometry::GeometryCollection(GeometryCollection::from(shapes))),
    }
}

/// To the tenth of a millimetre, as Mercator in memory keeps it.
fn position(at: &Mercator) -> Coord<f64> {
    let at = mercator::to_lon_lat(*at);
    let rounded = |deg: f64| (deg * 1e9).round() / 1e9;
    Coord { x: rounded(at.lon_deg), y: rounded(at.lat_deg) }
}
