//! How far a project is from where the filter looks.

use geo::{Distance as _, Euclidean, Geometry, Intersects as _, MapCoords as _};

use super::{Catalogue, Filter, Project, Role, Shape};
use crate::{
    geo::{Alignment, geodesic},
    units::{Extent, LonLat},
};

impl Catalogue {
    /// Kilometres from the filter's point or project to the nearest part of a project; `None` where it
    /// looks around nothing, or the project has no place. 0 where they meet.
    ///
    /// From a point it is geodesic; between two shapes it is taken in a plane around them, which is
    /// off by some metres in ten kilometres.
    pub fn distance_km(&self, filter: &Filter, project: &Project) -> Option<f64> {
        let own = || self.features_of(project, Role::Main).map(|(_, feature)| &feature.shape);
        let least = |distances: &mut dyn Iterator<Item = f64>| distances.reduce(f64::min);
        if let Some(near) = &filter.near {
            return least(&mut own().map(|shape| from_point_km(near.at, shape)));
        }
        let from = self.project(&filter.along.as_ref()?.project)?;
        if from.id == project.id {
            return Some(0.0);
        }
        let others = || self.features_of(from, Role::Main).map(|(_, feature)| &feature.shape);
        least(&mut own().flat_map(|a| others().filter_map(move |b| between_km(a, b))))
    }
}

fn from_point_km(at: LonLat, shape: &Shape) -> f64 {
    let m = match shape {
        Shape::Point(own) => geodesic::distance_m(at, *own),
        Shape::Line(line) => Alignment::new(line).locate(at).offset_m,
        Shape::Area(area) if area.intersects(&geo::Point(at.into())) => 0.0,
        Shape::Area(area) => Alignment::new(area.exterior()).locate(at).offset_m,
    };
    m / 1000.0
}

fn between_km(a: &Shape, b: &Shape) -> Option<f64> {
    let (a_extent, b_extent) = (a.extent()?, b.extent()?);
    let origin = middle(a_extent, b_extent);
    let north_m = geodesic::distance_m(origin, LonLat::new(origin.lon_deg, origin.lat_deg + 0.1));
    let east_m = geodesic::distance_m(origin, LonLat::new(origin.lon_deg + 0.1, origin.lat_deg));
    let plane = |shape: &Shape| {
        let geometry: Geometry<f64> = match shape {
            Shape::Point(p) => geo::Point((*p).into()).into(),
            Shape::Line(line) => line.clone().into(),
            Shape::Area(area) => area.clone().into(),
        };
        geometry.map_coords(|c| geo::Coord {
            x: (c.x - origin.lon_deg) * 10.0 * east_m,
            y: (c.y - origin.lat_deg) * 10.0 * north_m,
        })
    };
    Some(Euclidean.distance(&plane(a), &plane(b)) / 1000.0)
}

/// The middle of what two extents share, or of the gap between them: there they are nearest.
fn middle(a: Extent, b: Extent) -> LonLat {
    LonLat::new(
        f64::midpoint(a.west_deg.max(b.west_deg), a.east_deg.min(b.east_deg)),
        f64::midpoint(a.south_deg.max(b.south_deg), a.north_deg.min(b.north_deg)),
    )
}
