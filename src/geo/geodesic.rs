//! Distances and areas on WGS-84, after C. F. F. Karney, "Algorithms for geodesics", J. Geod. 87
//! (2013), by way of `GeographicLib`. Accurate to nanometres for distances.
//!
//! The way between two vertices of a line is straight in longitude and latitude, as `GeoJSON` defines
//! it (RFC 7946 §3.1.1), and its length is that of the geodesic between them; at 38° N the two are
//! 1.5 m apart half-way along 10 km and differ by a millimetre in length.

use std::sync::OnceLock;

use ::geo::{LineString, MultiPolygon, Polygon};
use geographiclib_rs::{DirectGeodesic, Geodesic, InverseGeodesic, PolygonArea, Winding};

use super::local_scale::LocalScale;
use crate::units::LonLat;

/// Steps of at most this are measured in a plane, some 2 km.
const STEP_DEG: f64 = 0.02;

/// Length of the shortest way between two positions in metres. NaN when a position is not finite or
/// its latitude is beyond a pole.
///
/// Wellington to Salamanca, nearly half around the world, from the examples of `GeographicLib`:
///
/// ```
/// use jintu::{geo::geodesic, units::LonLat};
///
/// let wellington = LonLat::new(174.81, -41.32);
/// let salamanca = LonLat::new(-5.50, 40.96);
/// assert!((geodesic::distance_m(wellington, salamanca) - 19_959_679.267).abs() < 0.001);
/// assert!(geodesic::distance_m(wellington, LonLat::new(0.0, 91.0)).is_nan());
/// ```
pub fn distance_m(a: LonLat, b: LonLat) -> f64 {
    if !(is_on_earth(a) && is_on_earth(b)) {
        return f64::NAN;
    }
    wgs84().inverse(a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg)
}

/// Azimuth at `from` of the shortest way to `to`, in degrees clockwise from north, `[-180, 180]`. NaN
/// as in [`distance_m`].
///
/// ```
/// use jintu::{geo::geodesic, units::LonLat};
///
/// let here = LonLat::new(112.0, 37.0);
/// assert!((geodesic::azimuth_deg(here, LonLat::new(112.0, 38.0)) - 0.0).abs() < 1e-9);
/// // The shortest way to a place on the same parallel sets out a little north of east.
/// let east = geodesic::azimuth_deg(here, LonLat::new(113.0, 37.0));
/// assert!(89.6 < east && east < 90.0, "{east}");
/// ```
pub fn azimuth_deg(from: LonLat, to: LonLat) -> f64 {
    distance_and_azimuth(from, to).1
}

/// [`distance_m`] and [`azimuth_deg`] at once.
pub(super) fn distance_and_azimuth(from: LonLat, to: LonLat) -> (f64, f64) {
    if !(is_on_earth(from) && is_on_earth(to)) {
        return (f64::NAN, f64::NAN);
    }
    let (distance_m, azimuth_deg, _, _): (f64, f64, f64, f64) =
        wgs84().inverse(from.lat_deg, from.lon_deg, to.lat_deg, to.lon_deg);
    (distance_m, azimuth_deg)
}

/// Where one arrives from `start` after `distance_m` metres in a direction given in degrees
/// clockwise from north. `start` itself when an argument is not finite.
///
/// 20 000 km to the south-west of Perth, from the examples of `GeographicLib`:
///
/// ```
/// use jintu::{geo::geodesic, units::LonLat};
///
/// let end = geodesic::destination(LonLat::new(115.74, -32.06), 225.0, 20_000_000.0);
/// assert!((end.lat_deg - 32.111_955_29).abs() < 1e-8);
/// assert!((end.lon_deg - -63.959_252_78).abs() < 1e-8);
/// ```
pub fn destination(start: LonLat, azimuth_deg: f64, distance_m: f64) -> LonLat {
    if !(is_on_earth(start) && azimuth_deg.is_finite() && distance_m.is_finite()) {
        return start;
    }
    let (lat, lon): (f64, f64) =
        wgs84().direct(start.lat_deg, start.lon_deg, azimuth_deg, distance_m);
    LonLat::new(lon, lat)
}

/// Length of a line in metres, to 1e-8 of it. Positions that are not on the globe are passed over.
///
/// From the equator to the pole in steps of a hundredth of a degree: the quarter meridian of WGS-84,
/// 10 001 965.729 m.
///
/// ```
/// use jintu::geo::geodesic;
///
/// let meridian: geo::LineString<f64> =
///     (0..=9000).map(|i| geo::Coord { x: 112.5, y: f64::from(i) / 100.0 }).collect();
/// assert!((geodesic::length_m(&meridian) - 10_001_965.729).abs() < 0.1);
/// ```
pub fn length_m(line: &LineString<f64>) -> f64 {
    let positions = finite_positions(line);
    positions.windows(2).map(|w| if let [a, b] = w { step_m(*a, *b) } else { 0.0 }).sum()
}

/// [`distance_m`] at a fraction of its cost for the short steps of a line: in the plane true to
/// scale at their mean latitude (Gauss), within 1e-8 for steps of up to [`STEP_DEG`].
pub(super) fn step_m(a: LonLat, b: LonLat) -> f64 {
    let (dlon_deg, dlat_deg) = (b.lon_deg - a.lon_deg, b.lat_deg - a.lat_deg);
    let is_short = dlon_deg.abs() <= STEP_DEG && dlat_deg.abs() <= STEP_DEG;
    // Near a pole the parallels bend within the step.
    if !is_short || a.lat_deg.abs() > 60.0 {
        return distance_m(a, b);
    }
    LocalScale::at(f64::midpoint(a.lat_deg, b.lat_deg)).length_m(dlon_deg, dlat_deg)
}

/// Area of a polygon in square metres, holes taken off, whatever way its rings wind. Rings of fewer
/// than three positions count as nothing.
///
/// The square degree north-east of the origin, 12 308 778 361.469 m² by `GeographicLib`'s Planimeter:
///
/// ```
/// use jintu::geo::geodesic;
///
/// let square = geo::Rect::new((0.0, 0.0), (1.0, 1.0)).to_polygon();
/// assert!((geodesic::area_m2(&square) - 12_308_778_361.469).abs() < 0.001);
/// ```
pub fn area_m2(area: &Polygon<f64>) -> f64 {
    let holes: f64 = area.interiors().iter().map(ring_area_m2).sum();
    (ring_area_m2(area.exterior()) - holes).max(0.0)
}

/// Sum of the areas of the parts in square metres. Parts must not overlap.
pub fn multi_area_m2(area: &MultiPolygon<f64>) -> f64 {
    area.0.iter().map(area_m2).sum()
}

/// The positions of a line that are on the globe.
pub(super) fn finite_positions(line: &LineString<f64>) -> Vec<LonLat> {
    line.coords().map(|c| LonLat::from(*c)).filter(|p| is_on_earth(*p)).collect()
}

/// Whether both coordinates are finite and the latitude is not beyond a pole.
pub(super) fn is_on_earth(p: LonLat) -> bool {
    p.lon_deg.is_finite() && p.lat_deg.is_finite() && p.lat_deg.abs() <= 90.0
}

fn ring_area_m2(ring: &LineString<f64>) -> f64 {
    let mut positions = finite_positions(ring);
    if positions.first() == positions.last() {
        positions.pop();
    }
    if positions.len() < 3 {
        return 0.0;
    }
    let mut sum = PolygonArea::new(wgs84(), Winding::CounterClockwise);
    for p in positions {
        sum.add_point(p.lat_deg, p.lon_deg);
    }
    let (_, area, _) = sum.compute(true);
    area.abs()
}

fn wgs84() -> &'static Geodesic {
    static WGS84: OnceLock<Geodesic> = OnceLock::new();
    WGS84.get_or_init(Geodesic::wgs84)
}
