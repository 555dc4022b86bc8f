//! Coordinate reference systems: one for layers, the read-out, the command line and exports.

use super::{
    Datum,
    conic::Conic,
    datum::DatumWarning,
    gauss_kruger::Zone,
    mercator,
    transverse_mercator::{TransverseMercator, ZoneWidth},
};
use crate::units::{LonLat, Mercator};

/// What a pair of numbers means. Small, compared and hashed by what it is defined by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Crs {
    /// Longitude and latitude in degrees.
    Degrees(Datum),
    /// Web Mercator on WGS-84, easting and northing in metres.
    WebMercator,
    /// Gauss–Krüger, UTM, the plane of a city: easting and northing in metres.
    TransverseMercator(TransverseMercator),
    /// The plane of a map of the whole country.
    Conic(Conic),
}

/// Half the circumference of Web Mercator's sphere, metres.
const HALF_WORLD_M: f64 = 20_037_508.342_789_244;

impl Crs {
    /// What files mean that say nothing else.
    pub const WGS84: Self = Self::Degrees(Datum::Wgs84);
    pub const CGCS2000: Self = Self::Degrees(Datum::Cgcs2000);
    pub const GCJ02: Self = Self::Degrees(Datum::Gcj02);
    pub const BD09: Self = Self::Degrees(Datum::Bd09);

    /// Up to here from its central meridian a plane serves: the series is exact to a millimetre, and
    /// a zone itself reaches 1.5° or 3°.
    pub const FARTHEST_DEG: f64 = 6.0;

    /// 3° Gauss–Krüger on CGCS2000, without the number of the zone before the easting.
    pub fn gauss_kruger(zone: Zone) -> Self {
        Self::TransverseMercator(zone.into())
    }

    /// The zone where it is 3° Gauss–Krüger on CGCS2000, whether or not its number is before the
    /// easting.
    pub fn zone(self) -> Option<Zone> {
        match self {
            Self::TransverseMercator(plane) if plane.datum() == Datum::Cgcs2000 => {
                match plane.gauss_kruger()? {
                    (ZoneWidth::Three, zone) => Zone::new(zone),
                    (ZoneWidth::Six, _) => None,
                }
            }
            _ => None,
        }
    }

    /// What its degrees, or those under its plane, refer to.
    pub const fn datum(self) -> Datum {
        match self {
            Self::Degrees(datum) => datum,
            Self::WebMercator => Datum::Wgs84,
            Self::TransverseMercator(plane) => plane.datum(),
            Self::Conic(plane) => plane.datum(),
        }
    }

    /// What has to be told with every use: positions of Beijing 1954 and Xi'an 1980 are shown where
    /// CGCS2000 would have them, because no transform is public that holds.
    ///
    /// ```
    /// use jintu::geo::Crs;
    ///
    /// assert!(Crs::from_epsg(4547).unwrap().warning().is_none());
    /// assert!(Crs::from_epsg(2383).unwrap().warning().is_some(), "Xi'an 1980");
    /// ```
    pub const fn warning(self) -> Option<DatumWarning> {
        self.datum().warning()
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
            Self::TransverseMercator(plane) => plane.datum().to_wgs84(plane.unproject([x, y])),
            Self::Conic(plane) => plane.datum().to_wgs84(plane.unproject([x, y])),
        }
    }

    /// The inverse of [`Self::to_wgs84`]; eastings with the number of the zone where the system has
    /// it.
    ///
    /// ```
    /// use jintu::{geo::Crs, units::LonLat};
    ///
    /// let p = LonLat::new(112.5489, 37.8706);
    /// let easting_m = |code| Crs::from_epsg(code).unwrap().from_wgs84(p)[0];
    /// assert!((easting_m(4547) - 372_319.2908).abs() < 0.001);
    /// assert!((easting_m(4526) - 38_372_319.2908).abs() < 0.001);
    /// ```
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
            Self::TransverseMercator(plane) => plane.project(plane.datum().from_wgs84(p)),
            Self::Conic(plane) => plane.project(plane.datum().from_wgs84(p)),
        }
    }

    /// Whether a true position can be told in it: a zone serves only what lies near it.
    pub fn reaches(self, p: LonLat) -> bool {
        match self {
            Self::TransverseMercator(plane) => {
                let meridian = plane.parameters().central_meridian_deg;
                (p.lon_deg - meridian).abs() <= Self::FARTHEST_DEG
            }
            Self::Degrees(_) | Self::WebMercator | Self::Conic(_) => true,
        }
    }
}
