//! A plane that is true to scale around a latitude.

use ::geo::Coord;

use super::mercator::{ECCENTRICITY_SQUARED, EQUATORIAL_RADIUS_M};
use crate::units::LonLat;

/// Degrees to metres around a latitude.
#[derive(Debug, Clone, Copy)]
pub struct LocalScale {
    pub metres_per_lon_deg: f64,
    pub metres_per_lat_deg: f64,
}

impl LocalScale {
    /// From the radii of curvature of WGS-84 in the prime vertical and the meridian.
    pub fn at(lat_deg: f64) -> Self {
        let (sin, cos) = lat_deg.to_radians().sin_cos();
        let w2 = 1.0 - ECCENTRICITY_SQUARED * sin * sin;
        let prime_vertical_m = EQUATORIAL_RADIUS_M / w2.sqrt();
        let meridian_m = prime_vertical_m * (1.0 - ECCENTRICITY_SQUARED) / w2;
        Self {
            metres_per_lon_deg: (prime_vertical_m * cos).abs().to_radians(),
            metres_per_lat_deg: meridian_m.to_radians(),
        }
    }

    /// Metres east and north from one position to another near it.
    pub fn offset_m(self, from: LonLat, to: LonLat) -> Coord<f64> {
        Coord {
            x: (to.lon_deg - from.lon_deg) * self.metres_per_lon_deg,
            y: (to.lat_deg - from.lat_deg) * self.metres_per_lat_deg,
        }
    }

    /// Length of a small step given in degrees.
    pub fn length_m(self, dlon_deg: f64, dlat_deg: f64) -> f64 {
        (dlon_deg * self.metres_per_lon_deg).hypot(dlat_deg * self.metres_per_lat_deg)
    }
}
