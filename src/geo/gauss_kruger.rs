//! 3° Gauss–Krüger on CGCS2000: the plane coordinates of Chinese surveys.

use super::{
    Datum,
    transverse_mercator::{TransverseMercator, ZoneWidth},
};
use crate::units::LonLat;

/// A zone of 3° by its number: the central meridian is three times it. China has 25 to 45.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Zone(u8);

/// A position in a zone's plane, metres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlanePosition {
    /// With 500 km added, without the zone's number before it.
    pub easting_m: f64,
    pub northing_m: f64,
}

impl Zone {
    pub const FIRST: u8 = 25;
    pub const LAST: u8 = 45;

    pub fn new(number: u8) -> Option<Self> {
        (Self::FIRST..=Self::LAST).contains(&number).then_some(Self(number))
    }

    /// The zone that a longitude lies in; the nearest one outside China.
    ///
    /// ```
    /// use jintu::geo::gauss_kruger::Zone;
    ///
    /// let zone = Zone::of(112.5489);
    /// assert_eq!((zone.number(), zone.central_meridian_deg()), (38, 114.0));
    /// assert_eq!(Zone::of(112.49).number(), 37, "111° is nearer");
    /// ```
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    pub fn of(lon_deg: f64) -> Self {
        let number = (lon_deg / 3.0).round().clamp(f64::from(Self::FIRST), f64::from(Self::LAST));
        Self(number as u8)
    }

    pub const fn number(self) -> u8 {
        self.0
    }

    pub fn central_meridian_deg(self) -> f64 {
        f64::from(self.0) * 3.0
    }

    /// A position in the zone's plane; not a number where the series does not hold, far from it.
    ///
    /// As PROJ has it for EPSG:4547, CGCS2000 / 3-degree Gauss–Krüger with the central meridian 114° E:
    ///
    /// ```
    /// use jintu::{geo::gauss_kruger::Zone, units::LonLat};
    ///
    /// let plane = Zone::of(114.0).project(LonLat::new(112.5489, 37.8706));
    /// assert!((plane.easting_m - 372_319.2908).abs() < 0.001);
    /// assert!((plane.northing_m - 4_194_127.9063).abs() < 0.001);
    /// ```
    pub fn project(self, p: LonLat) -> PlanePosition {
        let [easting_m, northing_m] = self.plane().project(p);
        PlanePosition { easting_m, northing_m }
    }

    /// The position of a place in the zone's plane. A number of the zone before the easting, as
    /// in 38 500 000, is taken off.
    ///
    /// ```
    /// use jintu::geo::gauss_kruger::{PlanePosition, Zone};
    ///
    /// let zone = Zone::new(38).unwrap();
    /// let northing_m = 4_194_127.9063;
    /// for easting_m in [372_319.2908, 38_372_319.2908] {
    ///     let p = zone.unproject(PlanePosition { easting_m, northing_m });
    ///     assert!((p.lon_deg - 112.5489).abs() < 1e-8 && (p.lat_deg - 37.8706).abs() < 1e-8);
    /// }
    /// ```
    pub fn unproject(self, p: PlanePosition) -> LonLat {
        self.plane().unproject([p.easting_m, p.northing_m])
    }

    /// Its plane, without its number before the eastings.
    fn plane(self) -> TransverseMercator {
        TransverseMercator::numbered(Datum::Cgcs2000, ZoneWidth::Three, self.0, false)
    }
}

impl From<Zone> for TransverseMercator {
    fn from(zone: Zone) -> Self {
        zone.plane()
    }
}
