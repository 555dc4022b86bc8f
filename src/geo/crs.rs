//! Coordinate systems of files, by their EPSG numbers.

use super::{
    gauss_kruger::{PlanePosition, Zone},
    mercator,
};
use crate::units::{LonLat, Mercator};

/// How file coordinates become degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Crs {
    /// Degrees of WGS-84 or CGCS2000.
    Degrees,
    /// Web Mercator, metres.
    WebMercator,
    /// 3° Gauss–Krüger on CGCS2000, metres.
    Plane(Zone),
}

/// Half the circumference of Web Mercator's sphere, metres.
const HALF_WORLD_M: f64 = 20_037_508.342_789_244;

impl Crs {
    /// The system of an EPSG number; `None` for those that are not known here.
    pub fn of_epsg(code: i64) -> Option<Self> {
        let zone = |number: i64| u8::try_from(number).ok().and_then(Zone::new).map(Self::Plane);
        match code {
            4326 | 4490 | 4979 | 84 | 0 | -1 => Some(Self::Degrees),
            3857 | 900_913 | 3785 => Some(Self::WebMercator),
            // With the zone before the easting, and by the central meridian.
            4513..=4533 => zone(code - 4513 + 25),
            4534..=4554 => zone(code - 4534 + 25),
            _ => None,
        }
    }

    pub fn to_lon_lat(self, x: f64, y: f64) -> LonLat {
        match self {
            Self::Degrees => LonLat::new(x, y),
            Self::WebMercator => mercator::to_lon_lat(Mercator {
                x: x / HALF_WORLD_M / 2.0 + 0.5,
                y: 0.5 - y / HALF_WORLD_M / 2.0,
            }),
            Self::Plane(zone) => zone.unproject(PlanePosition { easting_m: x, northing_m: y }),
        }
    }
}
