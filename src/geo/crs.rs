//! Coordinate reference systems: one for layers, the read-out, the command line and exports.

use super::{
    Datum,
    gauss_kruger::{PlanePosition, Zone},
    mercator,
};
use crate::units::{LonLat, Mercator};

/// What a pair of numbers means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crs {
    /// Longitude and latitude in degrees.
    Degrees(Datum),
    /// Web Mercator, easting and northing in metres.
    WebMercator,
    /// 3° Gauss–Krüger on CGCS2000, easting and northing in metres; with or without the number of
    /// the zone in front of the easting.
    GaussKruger(Zone),
}

/// Half the circumference of Web Mercator's sphere, metres.
const HALF_WORLD_M: f64 = 20_037_508.342_789_244;

impl Crs {
    /// What files mean that say nothing else.
    pub const WGS84: Self = Self::Degrees(Datum::Wgs84);
    /// What the keys of [`Self::from_key`] look like.
    pub const KEYS: &str = "wgs84, cgcs2000, gcj02, bd09, webmercator or gk3:ZONE";

    /// Up to here from its central meridian the plane of a zone is exact to a millimetre; a zone
    /// itself reaches 1.5°.
    pub const FARTHEST_DEG: f64 = 6.0;

    /// The system of an EPSG number; `None` for those that are not known here.
    ///
    /// ```
    /// use jintu::geo::{Crs, Datum, gauss_kruger::Zone};
    ///
    /// assert_eq!(Crs::from_epsg(4490), Some(Crs::Degrees(Datum::Cgcs2000)));
    /// // CGCS2000 / 3-degree Gauss-Kruger zone 38 and CM 114E: the same plane.
    /// assert_eq!(Crs::from_epsg(4526), Zone::new(38).map(Crs::GaussKruger));
    /// assert_eq!(Crs::from_epsg(4547), Crs::from_epsg(4526));
    /// assert_eq!(Crs::from_epsg(32649), None);
    /// ```
    pub fn from_epsg(code: i64) -> Option<Self> {
        let zone =
            |number: i64| u8::try_from(number).ok().and_then(Zone::new).map(Self::GaussKruger);
        match code {
            4326 | 4979 | 84 | 0 | -1 => Some(Self::WGS84),
            4490 => Some(Self::Degrees(Datum::Cgcs2000)),
            3857 | 900_913 | 3785 => Some(Self::WebMercator),
            // With the zone before the easting, and by the central meridian.
            4513..=4533 => zone(code - 4513 + 25),
            4534..=4554 => zone(code - 4534 + 25),
            _ => None,
        }
    }

    /// The system of a name as arguments give it: a datum, `webmercator`, or `gk3:` and a zone.
    ///
    /// ```
    /// use jintu::geo::{Crs, Datum};
    ///
    /// assert_eq!(Crs::from_key("GCJ-02"), Some(Crs::Degrees(Datum::Gcj02)));
    /// assert_eq!(Crs::from_key("gk3:38"), Crs::from_epsg(4526));
    /// assert_eq!(Crs::from_key("gk3:99"), None);
    /// ```
    pub fn from_key(key: &str) -> Option<Self> {
        if let Some(datum) = Datum::from_key(key) {
            return Some(Self::Degrees(datum));
        }
        let key = key.to_lowercase();
        if key == "webmercator" {
            return Some(Self::WebMercator);
        }
        let zone = key.strip_prefix("gk3:")?.parse().ok().and_then(Zone::new);
        zone.map(Self::GaussKruger)
    }

    /// Whether its numbers are metres, not degrees.
    pub const fn is_plane(self) -> bool {
        !matches!(self, Self::Degrees(_))
    }

    /// The true position (WGS-84) of a pair of numbers: longitude and latitude, or easting and
    /// northing.
    ///
    /// ```
    /// use jintu::{geo::Crs, units::LonLat};
    ///
    /// // The end of Web Mercator's world.
    /// let p = Crs::WebMercator.to_wgs84([20_037_508.342_789_244, 0.0]);
    /// assert!((p.lon_deg - 180.0).abs() < 1e-9 && p.lat_deg.abs() < 1e-9);
    /// // There and back again.
    /// let there = Crs::from_key("gk3:38").unwrap();
    /// let p = there.to_wgs84(there.from_wgs84(LonLat::new(112.5489, 37.8706)));
    /// assert!((p.lon_deg - 112.5489).abs() < 1e-9 && (p.lat_deg - 37.8706).abs() < 1e-9);
    /// ```
    pub fn to_wgs84(self, [x, y]: [f64; 2]) -> LonLat {
        match self {
            Self::Degrees(datum) => datum.to_wgs84(LonLat::new(x, y)),
            Self::WebMercator => mercator::to_lon_lat(Mercator {
                x: x / HALF_WORLD_M / 2.0 + 0.5,
                y: 0.5 - y / HALF_WORLD_M / 2.0,
            }),
            Self::GaussKruger(zone) => {
                zone.unproject(PlanePosition { easting_m: x, northing_m: y })
            }
        }
    }

    /// The inverse of [`Self::to_wgs84`]; eastings without the number of the zone.
    pub fn from_wgs84(self, p: LonLat) -> [f64; 2] {
        match self {
            Self::Degrees(datum) => {
                let p = datum.from_wgs84(p);
                [p.lon_deg, p.lat_deg]
            }
            Self::WebMercator => {
                let Mercator { x, y } = mercator::from_lon_lat(p);
                [(x - 0.5) * 2.0 * HALF_WORLD_M, (0.5 - y) * 2.0 * HALF_WORLD_M]
            }
            Self::GaussKruger(zone) => {
                let PlanePosition { easting_m, northing_m } = zone.project(p);
                [easting_m, northing_m]
            }
        }
    }

    /// Whether a true position can be told in it: a zone serves only what lies near it.
    pub fn reaches(self, p: LonLat) -> bool {
        match self {
            Self::GaussKruger(zone) => {
                (p.lon_deg - zone.central_meridian_deg()).abs() <= Self::FARTHEST_DEG
            }
            Self::Degrees(_) | Self::WebMercator => true,
        }
    }
}
