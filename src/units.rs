//! Small value types whose names carry their unit or axis order.

use serde::{Deserialize, Serialize};

/// A half-open byte range `[start, end)` in a file as it lies on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourceSpan {
    pub start: usize,
    pub end: usize,
}

/// A half-open byte range `[start, end)` in the normalised text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TextRange {
    pub start: usize,
    pub end: usize,
}

impl TextRange {
    /// Whether `other` lies wholly inside.
    ///
    /// ```
    /// use jintu::units::TextRange;
    ///
    /// let sentence = TextRange { start: 10, end: 40 };
    /// assert!(sentence.contains(TextRange { start: 10, end: 25 }));
    /// assert!(!sentence.contains(TextRange { start: 25, end: 41 }));
    /// ```
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    ///
    /// ```
    /// use jintu::units::TextRange;
    ///
    /// let sentence = TextRange { start: 10, end: 40 };
    /// assert!(sentence.overlaps(TextRange { start: 39, end: 50 }));
    /// // Half-open: what begins where another ends shares nothing with it.
    /// assert!(!sentence.overlaps(TextRange { start: 40, end: 50 }));
    /// ```
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// A geographic position in degrees, longitude first, WGS-84 (equal to CGCS2000 at our accuracy).
///
/// ```
/// use jintu::units::LonLat;
///
/// // Taiyuan. GeoJSON and the crate `geo` have longitude first too, as x.
/// let taiyuan = LonLat::new(112.55, 37.87);
/// assert_eq!(geo::Coord::from(taiyuan), geo::Coord { x: 112.55, y: 37.87 });
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LonLat {
    pub lon_deg: f64,
    pub lat_deg: f64,
}

impl LonLat {
    #[must_use]
    pub const fn new(lon_deg: f64, lat_deg: f64) -> Self {
        Self { lon_deg, lat_deg }
    }
}

impl From<LonLat> for geo::Coord<f64> {
    fn from(p: LonLat) -> Self {
        Self { x: p.lon_deg, y: p.lat_deg }
    }
}

impl From<geo::Coord<f64>> for LonLat {
    fn from(c: geo::Coord<f64>) -> Self {
        Self::new(c.x, c.y)
    }
}

/// Metres of a distance as it is typed: `800 m`, `800米`, `1.5 km`, `1.5公里`, `2千米`; a number alone is
/// kilometres. `None` where it is no distance, or none above 0.
///
/// ```
/// use jintu::units::read_distance_m;
///
/// assert_eq!(read_distance_m("800 m"), Some(800.0));
/// assert_eq!(read_distance_m("１．５公里"), Some(1500.0));
/// assert_eq!(read_distance_m("2"), Some(2000.0));
/// assert_eq!(read_distance_m("0"), None);
/// assert_eq!(read_distance_m("2 miles"), None);
/// ```
pub fn read_distance_m(text: &str) -> Option<f64> {
    let narrow = |c: char| match u32::from(c) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).map(narrow).collect();
    let plain = plain.to_lowercase();
    let (digits, per) =
        [("公里", 1000.0), ("千米", 1000.0), ("km", 1000.0), ("米", 1.0), ("m", 1.0)]
            .into_iter()
            .find_map(|(unit, per)| Some((plain.strip_suffix(unit)?, per)))
            .unwrap_or((&plain, 1000.0));
    let is_number = digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    let m = digits.parse::<f64>().ok().filter(|_| is_number)? * per;
    (m > 0.0 && m.is_finite()).then_some(m)
}

/// A position in unit Web Mercator: x grows east and y grows south, the world is `[0, 1]²`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Mercator {
    pub x: f64,
    pub y: f64,
}

/// An extent in degrees.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Extent {
    pub west_deg: f64,
    pub south_deg: f64,
    pub east_deg: f64,
    pub north_deg: f64,
}

impl Extent {
    /// Whether the position lies inside or on the edge.
    #[must_use]
    pub fn contains(&self, p: LonLat) -> bool {
        (self.west_deg..=self.east_deg).contains(&p.lon_deg)
            && (self.south_deg..=self.north_deg).contains(&p.lat_deg)
    }

    /// The smallest extent that holds both.
    ///
    /// ```
    /// use jintu::units::Extent;
    ///
    /// let west = Extent { west_deg: 111.5, south_deg: 37.5, east_deg: 112.0, north_deg: 38.0 };
    /// let east = Extent { west_deg: 112.5, south_deg: 37.4, east_deg: 113.2, north_deg: 37.9 };
    /// let both = west.union(east);
    /// assert_eq!((both.west_deg, both.south_deg), (111.5, 37.4));
    /// assert_eq!((both.east_deg, both.north_deg), (113.2, 38.0));
    /// ```
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            west_deg: self.west_deg.min(other.west_deg),
            south_deg: self.south_deg.min(other.south_deg),
            east_deg: self.east_deg.max(other.east_deg),
            north_deg: self.north_deg.max(other.north_deg),
        }
    }

    /// The smallest extent around some positions; `None` for none.
    ///
    /// ```
    /// use jintu::units::{Extent, LonLat};
    ///
    /// let stations = [LonLat::new(112.6, 37.8), LonLat::new(112.5, 37.9)];
    /// let extent = Extent::around(stations).unwrap();
    /// assert!(extent.contains(LonLat::new(112.55, 37.85)));
    /// assert!(extent.contains(stations[0]), "an edge belongs to it");
    /// assert_eq!(Extent::around([]), None);
    /// ```
    #[must_use]
    pub fn around(points: impl IntoIterator<Item = LonLat>) -> Option<Self> {
        points
            .into_iter()
            .map(|p| Self {
                west_deg: p.lon_deg,
                south_deg: p.lat_deg,
                east_deg: p.lon_deg,
                north_deg: p.lat_deg,
            })
            .reduce(Self::union)
    }

    /// Its corners from the south-west on, counter-clockwise; a polygon without its closing point.
    #[must_use]
    pub fn ring(self) -> Vec<LonLat> {
        let Self { west_deg: w, south_deg: s, east_deg: e, north_deg: n } = self;
        vec![LonLat::new(w, s), LonLat::new(e, s), LonLat::new(e, n), LonLat::new(w, n)]
    }
}
