//! The band around a project, to be drawn.

use geo::{Buffer as _, MapCoords as _, MultiPolygon};

use super::{Along, Catalogue, Role, Shape};
use crate::{
    geo::mercator,
    units::{LonLat, Mercator},
};

/// Around the equator, in metres: what Mercator's unit is.
const EQUATOR_M: f64 = 40_075_016.685_578_49;

impl Catalogue {
    /// Outlines in degrees of what lies within a distance of a project's main geometry. Empty where
    /// the project has none.
    ///
    /// It is for the eye: over a feature that spans a degree of latitude the distance drawn is off by
    /// up to a hundredth of itself. What lies within is told by [`super::Filter`], to the metre.
    pub fn reach(&self, along: &Along) -> Vec<MultiPolygon<f64>> {
        let Some(project) = self.project(&along.project) else { return Vec::new() };
        if !along.km.is_finite() || along.km <= 0.0 {
            return Vec::new();
        }
        let features = self.features_of(project, Role::Main);
        features.filter_map(|(_, feature)| around(&feature.shape, along.km * 1000.0)).collect()
    }
}

fn around(shape: &Shape, m: f64) -> Option<MultiPolygon<f64>> {
    let extent = shape.extent()?;
    let middle_deg = f64::midpoint(extent.south_deg, extent.north_deg);
    // Mercator stretches by this.
    let reach = m / middle_deg.to_radians().cos().max(0.01);
    let to_plane = |c: geo::Coord<f64>| {
        let Mercator { x, y } = mercator::from_lon_lat(c.into());
        geo::Coord { x: x * EQUATOR_M, y: y * EQUATOR_M }
    };
    let to_degrees = |c: geo::Coord<f64>| {
        let LonLat { lon_deg, lat_deg } =
            mercator::to_lon_lat(Mercator { x: c.x / EQUATOR_M, y: c.y / EQUATOR_M });
        geo::Coord { x: lon_deg, y: lat_deg }
    };
    let band = match shape {
        Shape::Point(at) => geo::Point(to_plane((*at).into())).buffer(reach),
        Shape::Line(line) => line.map_coords(to_plane).buffer(reach),
        Shape::Area(area) => area.map_coords(to_plane).buffer(reach),
    };
    Some(band.map_coords(to_degrees))
}
