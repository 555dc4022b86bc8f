//! Unit Web Mercator (EPSG:3857 scaled to `[0, 1]²`, y growing south) from and to degrees.

use std::f64::consts::{PI, TAU};

use ::geo::LineString;

use crate::units::{Extent, LonLat, Mercator};

/// Latitude of the square's upper and lower edge: `atan(sinh(π))`.
pub const MAX_LAT_DEG: f64 = 85.051_128_779_806_59;

/// Equatorial radius of WGS-84 (NIMA TR8350.2).
pub const EQUATORIAL_RADIUS_M: f64 = 6_378_137.0;

/// First eccentricity of WGS-84 squared, `f (2 − f)` with `f = 1 / 298.257223563`.
pub const ECCENTRICITY_SQUARED: f64 = 6.694_379_990_141_316e-3;

/// Projects a position. Latitudes beyond [`MAX_LAT_DEG`] are held at the edge; NaN stays NaN.
///
/// The example of EPSG guidance note 7-2 for the Popular Visualisation Pseudo-Mercator, 100°20′W
/// 24°22′54.433″N at E −11 169 055.58 m, N 2 800 000.00 m:
///
/// ```
/// use jintu::{geo::mercator, units::LonLat};
///
/// let p = LonLat::new(-(100.0 + 20.0 / 60.0), 24.0 + 22.0 / 60.0 + 54.433 / 3600.0);
/// let unit = mercator::from_lon_lat(p);
/// // EPSG counts metres at the equator from the middle, y to the north.
/// let world_m = std::f64::consts::TAU * mercator::EQUATORIAL_RADIUS_M;
/// assert!(((unit.x - 0.5) * world_m - -11_169_055.58).abs() < 0.01);
/// assert!(((0.5 - unit.y) * world_m - 2_800_000.00).abs() < 0.01);
/// ```
pub fn from_lon_lat(p: LonLat) -> Mercator {
    let lat = p.lat_deg.clamp(-MAX_LAT_DEG, MAX_LAT_DEG).to_radians();
    Mercator { x: p.lon_deg / 360.0 + 0.5, y: 0.5 - lat.tan().asinh() / TAU }
}

/// The inverse of [`from_lon_lat`].
///
/// Tile 232798/103246 of zoom 18 holds Shibuya, 139.7006793° E 35.6590699° N, as `OpenStreetMap`'s
/// wiki has it (“Slippy map tilenames”):
///
/// ```
/// use jintu::{geo::mercator, units::Mercator};
///
/// let tiles = f64::from(1 << 18);
/// let corner = |x: f64, y: f64| mercator::to_lon_lat(Mercator { x: x / tiles, y: y / tiles });
/// let (north_west, south_east) = (corner(232_798.0, 103_246.0), corner(232_799.0, 103_247.0));
/// assert!(north_west.lon_deg < 139.700_679_3 && 139.700_679_3 < south_east.lon_deg);
/// assert!(south_east.lat_deg < 35.659_069_9 && 35.659_069_9 < north_west.lat_deg);
/// ```
pub fn to_lon_lat(m: Mercator) -> LonLat {
    LonLat::new((m.x - 0.5) * 360.0, (PI * (1.0 - 2.0 * m.y)).sinh().atan().to_degrees())
}

/// Ground metres per unit of Mercator along the parallel of a latitude on WGS-84, as a scale bar
/// needs it. Along the meridian a unit is up to 0.7 % shorter.
///
/// A unit is the way around the world. At the equator that is 40 075 016.686 m; at 60° the parallel
/// is a little longer than half of it, because the ellipsoid is flattened:
///
/// ```
/// use jintu::geo::mercator::metres_per_unit;
///
/// assert!((metres_per_unit(0.0) - 40_075_016.686).abs() < 0.001);
/// let share = metres_per_unit(60.0) / metres_per_unit(0.0);
/// assert!((0.501..0.502).contains(&share));
/// ```
pub fn metres_per_unit(lat_deg: f64) -> f64 {
    let (sin, cos) = lat_deg.to_radians().sin_cos();
    TAU * EQUATORIAL_RADIUS_M * cos.abs() / (1.0 - ECCENTRICITY_SQUARED * sin * sin).sqrt()
}

/// The box in the plane that shows an extent.
///
/// ```
/// use jintu::{geo::mercator, units::Extent};
///
/// let city = Extent { west_deg: 111.5, south_deg: 37.4, east_deg: 113.2, north_deg: 38.5 };
/// let plane = mercator::extent_to_mercator(city);
/// assert!(plane.min.y < plane.max.y, "y grows south: `min` is the north-west corner");
/// assert!((mercator::extent_from_mercator(plane).north_deg - 38.5).abs() < 1e-9);
/// ```
pub fn extent_to_mercator(extent: Extent) -> MercatorExtent {
    let north_west = from_lon_lat(LonLat::new(extent.west_deg, extent.north_deg));
    let south_east = from_lon_lat(LonLat::new(extent.east_deg, extent.south_deg));
    MercatorExtent { min: north_west, max: south_east }
}

/// The extent in degrees that a box in the plane shows.
pub fn extent_from_mercator(extent: MercatorExtent) -> Extent {
    let north_west = to_lon_lat(extent.min);
    let south_east = to_lon_lat(extent.max);
    Extent {
        west_deg: north_west.lon_deg,
        south_deg: south_east.lat_deg,
        east_deg: south_east.lon_deg,
        north_deg: north_west.lat_deg,
    }
}

/// The vertices of a line, projected. Positions that are not finite are left out.
pub fn path_from_line(line: &LineString<f64>) -> Vec<Mercator> {
    line.coords()
        .filter(|c| c.x.is_finite() && c.y.is_finite())
        .map(|c| from_lon_lat(LonLat::from(*c)))
        .collect()
}

/// A box in the plane: `min` is its north-west corner, `max` its south-east corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MercatorExtent {
    pub min: Mercator,
    pub max: Mercator,
}

impl MercatorExtent {
    /// The smallest box around some finite positions; `None` for none.
    pub fn around(points: impl IntoIterator<Item = Mercator>) -> Option<Self> {
        points
            .into_iter()
            .filter(|p| p.x.is_finite() && p.y.is_finite())
            .map(|p| Self { min: p, max: p })
            .reduce(Self::union)
    }

    /// The smallest box that holds both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            min: Mercator { x: self.min.x.min(other.min.x), y: self.min.y.min(other.min.y) },
            max: Mercator { x: self.max.x.max(other.max.x), y: self.max.y.max(other.max.y) },
        }
    }

    /// The same box with every side moved outwards.
    #[must_use]
    pub fn grown(self, by_units: f64) -> Self {
        Self {
            min: Mercator { x: self.min.x - by_units, y: self.min.y - by_units },
            max: Mercator { x: self.max.x + by_units, y: self.max.y + by_units },
        }
    }

    /// Whether the position lies inside or on the edge.
    pub fn contains(&self, p: Mercator) -> bool {
        (self.min.x..=self.max.x).contains(&p.x) && (self.min.y..=self.max.y).contains(&p.y)
    }

    /// Whether the two share at least a point.
    pub fn intersects(&self, other: &Self) -> bool {
        self.min.x <= other.max.x
            && other.min.x <= self.max.x
            && self.min.y <= other.max.y
            && other.min.y <= self.max.y
    }
}
