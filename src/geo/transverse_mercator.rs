//! Transverse Mercator with any central meridian: Gauss–Krüger of all Chinese systems, UTM, and the
//! planes of cities.

use super::{
    Datum,
    ellipsoid::{conformal_tangent, geographic_tangent, sine_series},
    finite::Finite,
};
use crate::units::LonLat;

/// How wide the zones are that a plane is one of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ZoneWidth {
    /// Zones 25 to 45; the central meridian is three times the number.
    Three,
    /// Zones 13 to 23; the central meridian is six times the number, less three.
    Six,
}

impl ZoneWidth {
    pub const fn first(self) -> u8 {
        match self {
            Self::Three => 25,
            Self::Six => 13,
        }
    }

    pub const fn last(self) -> u8 {
        match self {
            Self::Three => 45,
            Self::Six => 23,
        }
    }

    /// Central meridian of a zone in degrees east; `None` for a number that China does not have.
    pub fn meridian_deg(self, zone: u8) -> Option<f64> {
        let known = (self.first()..=self.last()).contains(&zone);
        known.then(|| match self {
            Self::Three => f64::from(zone) * 3.0,
            Self::Six => f64::from(zone) * 6.0 - 3.0,
        })
    }

    /// The zone of a central meridian.
    pub fn zone_of_meridian(self, lon_deg: f64) -> Option<u8> {
        let is_own = |zone: &u8| self.meridian_deg(*zone) == Some(lon_deg);
        (self.first()..=self.last()).find(is_own)
    }
}

/// What a plane is made of, as it is typed or read. Degrees and metres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlaneParameters {
    pub central_meridian_deg: f64,
    pub origin_lat_deg: f64,
    pub scale: f64,
    pub false_easting_m: f64,
    pub false_northing_m: f64,
    /// Height of the plane above the ellipsoid (投影面高程), metres: lengths are multiplied by
    /// (R + h) / R about the natural origin, with R = 6 371 008.771 m, the mean radius of GRS 80.
    pub height_m: f64,
}

impl Default for PlaneParameters {
    /// Greenwich, 500 km before the easting, no scale and no height.
    fn default() -> Self {
        Self {
            central_meridian_deg: 0.0,
            origin_lat_deg: 0.0,
            scale: 1.0,
            false_easting_m: FALSE_EASTING_M,
            false_northing_m: 0.0,
            height_m: 0.0,
        }
    }
}

/// A transverse Mercator plane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TransverseMercator {
    datum: Datum,
    central_meridian: Finite,
    origin_lat: Finite,
    scale: Finite,
    false_easting: Finite,
    false_northing: Finite,
    height: Finite,
    width: Option<ZoneWidth>,
}

pub(super) const FALSE_EASTING_M: f64 = 500_000.0;
/// What one zone number before an easting stands for.
pub(super) const PREFIX_M: f64 = 1_000_000.0;
/// (2 a + b) / 3 of GRS 80 (H. Moritz, “Geodetic Reference System 1980”, Journal of Geodesy 74, 2000).
const MEAN_RADIUS_M: f64 = 6_371_008.771_4;

impl TransverseMercator {
    /// A plane of its parameters; `None` where one is not finite, the scale is not positive or a
    /// degree is none. Where they are those of a 3° zone it is that zone.
    pub fn new(datum: Datum, p: PlaneParameters) -> Option<Self> {
        let sound = p.central_meridian_deg.abs() <= 360.0
            && p.origin_lat_deg.abs() <= 90.0
            && (0.1..10.0).contains(&p.scale)
            && p.height_m.abs() < 100_000.0;
        if !sound {
            return None;
        }
        let mut plane = Self {
            datum,
            central_meridian: Finite::new(p.central_meridian_deg)?,
            origin_lat: Finite::new(p.origin_lat_deg)?,
            scale: Finite::new(p.scale)?,
            false_easting: Finite::new(p.false_easting_m)?,
            false_northing: Finite::new(p.false_northing_m)?,
            height: Finite::new(p.height_m)?,
            width: None,
        };
        plane.width = [ZoneWidth::Three, ZoneWidth::Six].into_iter().find(|w| plane.fits(*w));
        Some(plane)
    }

    /// A zone of Gauss–Krüger, with its number before the easting or without.
    pub fn zone(datum: Datum, width: ZoneWidth, zone: u8, prefixed: bool) -> Option<Self> {
        width.meridian_deg(zone).map(|_| Self::numbered(datum, width, zone, prefixed))
    }

    /// The same for a number that is known to be a zone's.
    pub(super) fn numbered(datum: Datum, width: ZoneWidth, zone: u8, prefixed: bool) -> Self {
        let zone = i32::from(zone);
        let meridian = match width {
            ZoneWidth::Three => zone * 3,
            ZoneWidth::Six => zone * 6 - 3,
        };
        let before = if prefixed { zone * 1_000_000 } else { 0 };
        Self {
            datum,
            central_meridian: Finite::whole(meridian),
            origin_lat: Finite::whole(0),
            scale: Finite::whole(1),
            false_easting: Finite::whole(before + 500_000),
            false_northing: Finite::whole(0),
            height: Finite::whole(0),
            width: Some(width),
        }
    }

    /// A zone of UTM on WGS-84; 1 to 60.
    pub fn utm(zone: u8, is_south: bool) -> Option<Self> {
        let parameters = PlaneParameters {
            central_meridian_deg: f64::from(zone) * 6.0 - 183.0,
            scale: 0.9996,
            false_northing_m: if is_south { 10_000_000.0 } else { 0.0 },
            ..PlaneParameters::default()
        };
        (1..=60).contains(&zone).then(|| Self::new(Datum::Wgs84, parameters)).flatten()
    }

    pub const fn datum(self) -> Datum {
        self.datum
    }

    pub const fn parameters(self) -> PlaneParameters {
        PlaneParameters {
            central_meridian_deg: self.central_meridian.get(),
            origin_lat_deg: self.origin_lat.get(),
            scale: self.scale.get(),
            false_easting_m: self.false_easting.get(),
            false_northing_m: self.false_northing.get(),
            height_m: self.height.get(),
        }
    }

    /// Width and number of the zone of Gauss–Krüger that it is.
    pub fn gauss_kruger(self) -> Option<(ZoneWidth, u8)> {
        let width = self.width?;
        Some((width, width.zone_of_meridian(self.central_meridian.get())?))
    }

    /// Whether eastings begin with the number of the zone.
    pub fn is_prefixed(self) -> bool {
        self.width.is_some() && self.false_easting.get() > PREFIX_M
    }

    /// Number and hemisphere (whether south) of the zone of UTM that it is.
    pub fn utm_zone(self) -> Option<(u8, bool)> {
        (1..=60)
            .flat_map(|zone| [(zone, false), (zone, true)])
            .find(|(zone, is_south)| Self::utm(*zone, *is_south) == Some(self))
    }

    /// What lengths are multiplied by on the central meridian: the scale, and the height of the plane.
    pub const fn length_factor(self) -> f64 {
        self.scale.get() * ((MEAN_RADIUS_M + self.height.get()) / MEAN_RADIUS_M)
    }

    /// Easting and northing in metres of a position in the plane's own datum; not numbers where the
    /// series does not hold, far from the central meridian.
    pub fn project(self, p: LonLat) -> [f64; 2] {
        let series = self.datum.ellipsoid().series();
        let radius_m = series.radius_m * self.length_factor();
        let [x, y] = self.rectified(p.lon_deg - self.central_meridian.get(), p.lat_deg);
        [
            self.false_easting.get() + radius_m * x,
            self.false_northing.get() + radius_m * (y - self.origin()),
        ]
    }

    /// The position, in the plane's own datum, of an easting and a northing. The number of a zone
    /// before the easting is understood whether or not the plane has one.
    pub fn unproject(self, [easting_m, northing_m]: [f64; 2]) -> LonLat {
        let series = self.datum.ellipsoid().series();
        let radius_m = series.radius_m * self.length_factor();
        let xi = (northing_m - self.false_northing.get()) / radius_m + self.origin();
        let eta = self.less_false_easting(easting_m) / radius_m;
        let [less_x, less_y] = sine_series(&series.beta, [xi, eta]);
        let (x, y) = (xi - less_x, eta - less_y);
        let conformal = x.sin() / y.sinh().hypot(x.cos());
        let lambda = y.sinh().atan2(x.cos());
        LonLat::new(
            self.central_meridian.get() + lambda.to_degrees(),
            geographic_tangent(series.e, conformal).atan().to_degrees(),
        )
    }

    /// Easting less the false one, whichever way the number of the zone stands.
    fn less_false_easting(self, easting_m: f64) -> f64 {
        let told = easting_m - self.false_easting.get();
        if self.width.is_none() || told.abs() < PREFIX_M / 2.0 {
            return told;
        }
        // One meridian may be that of a 3° and of a 6° zone, and the number that of either.
        let meridian = self.central_meridian.get();
        let prefixes = [ZoneWidth::Three, ZoneWidth::Six]
            .into_iter()
            .filter_map(|width| width.zone_of_meridian(meridian))
            .map(|zone| f64::from(zone) * PREFIX_M);
        std::iter::once(0.0)
            .chain(prefixes)
            .map(|prefix| easting_m - prefix - FALSE_EASTING_M)
            .find(|m| (-FALSE_EASTING_M..PREFIX_M - FALSE_EASTING_M).contains(m))
            .unwrap_or(told)
    }

    /// What the origin's latitude is north of the equator, on the rectifying sphere.
    fn origin(self) -> f64 {
        let lat = self.origin_lat.get();
        if lat == 0.0 { 0.0 } else { self.rectified(0.0, lat)[1] }
    }

    /// East and north on the rectifying sphere of radius 1.
    fn rectified(self, lambda_deg: f64, lat_deg: f64) -> [f64; 2] {
        let series = self.datum.ellipsoid().series();
        let lambda = lambda_deg.to_radians();
        let tau = conformal_tangent(series.e, lat_deg.to_radians().tan());
        let xi = tau.atan2(lambda.cos());
        let eta = (lambda.sin() / tau.hypot(lambda.cos())).asinh();
        let [north, east] = sine_series(&series.alpha, [xi, eta]);
        [eta + east, xi + north]
    }

    /// Whether it is a zone of that width: nothing added but 500 km and perhaps the zone's number.
    fn fits(self, width: ZoneWidth) -> bool {
        let p = self.parameters();
        let Some(zone) = width.zone_of_meridian(p.central_meridian_deg) else { return false };
        let prefix = f64::from(zone) * PREFIX_M;
        (p.scale, p.origin_lat_deg, p.false_northing_m) == (1.0, 0.0, 0.0)
            && [FALSE_EASTING_M, prefix + FALSE_EASTING_M].contains(&p.false_easting_m)
    }
}
