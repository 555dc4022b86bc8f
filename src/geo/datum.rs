//! Datums of Chinese maps: GCJ-02 and BD-09 against WGS-84, and the systems of older surveys.
//!
//! GCJ-02 (高德, 腾讯) is a published map's offset by a state algorithm that has never been
//! published itself. The polynomial below is the reverse-engineered one that circulates since 2010
//! (“eviltransform” and its many descendants); it agrees with the services to a few metres. It is
//! for laying data over such tiles, not for surveying.
//!
//! Beijing 1954, Xi'an 1980 and “new Beijing” are not shifted at all: between them and CGCS2000 only
//! local parameters hold, which are not public. [`Datum::warning`] says what that means.

use std::f64::consts::PI;

use serde::{Deserialize, Serialize};

use super::{ellipsoid::Ellipsoid, mercator};
use crate::units::{LonLat, Mercator};

/// What a pair of degrees refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Datum {
    #[default]
    Wgs84,
    /// The national frame. It differs from WGS-84 by less than the exactness of any map here.
    Cgcs2000,
    /// “Mars coordinates” of Chinese web maps.
    Gcj02,
    /// Baidu's, on top of GCJ-02.
    Bd09,
    /// 1954北京坐标系, on Krasovsky's ellipsoid.
    Beijing1954,
    /// 1980西安坐标系, on IAG 1975.
    Xian1980,
    /// 新1954北京坐标系: the net of 1980 on Krasovsky's ellipsoid.
    NewBeijing,
}

/// What holds for positions of a datum that is shown without a shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DatumWarning {
    /// EPSG's register (11.022) has six transforms for parts of the country. The nearest to Shanxi,
    /// EPSG:15918 for the Ordos basin (107° to 110° E, 35° to 39° N), moves Taiyuan by
    /// [`Self::ORDOS_AT_TAIYUAN_M`] to the north-east.
    Beijing1954,
    /// The register has none, so that the size is not known here.
    NoTransform(Datum),
}

impl DatumWarning {
    /// What EPSG:15918 would move 112.5489° E 37.8706° N by, as PROJ 9.5.1 has it, in whole metres.
    pub const ORDOS_AT_TAIYUAN_M: u32 = 56;
}

impl Datum {
    pub const ALL: [Self; 7] = [
        Self::Wgs84,
        Self::Cgcs2000,
        Self::Gcj02,
        Self::Bd09,
        Self::Beijing1954,
        Self::Xian1980,
        Self::NewBeijing,
    ];
    /// Those that tiles are cut in.
    pub const OF_TILES: [Self; 4] = [Self::Wgs84, Self::Cgcs2000, Self::Gcj02, Self::Bd09];

    /// Its name in options, files and locale entries.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Wgs84 => "wgs84",
            Self::Cgcs2000 => "cgcs2000",
            Self::Gcj02 => "gcj02",
            Self::Bd09 => "bd09",
            Self::Beijing1954 => "beijing1954",
            Self::Xian1980 => "xian1980",
            Self::NewBeijing => "newbeijing",
        }
    }

    /// The ellipsoid that its degrees are counted on.
    pub const fn ellipsoid(self) -> Ellipsoid {
        match self {
            // The web maps take true positions for WGS-84.
            Self::Wgs84 | Self::Gcj02 | Self::Bd09 => Ellipsoid::Wgs84,
            Self::Cgcs2000 => Ellipsoid::Cgcs2000,
            Self::Xian1980 => Ellipsoid::Iag1975,
            Self::Beijing1954 | Self::NewBeijing => Ellipsoid::Krasovsky,
        }
    }

    /// What has to be told wherever its positions are shown as if they were true ones.
    pub const fn warning(self) -> Option<DatumWarning> {
        match self {
            Self::Beijing1954 => Some(DatumWarning::Beijing1954),
            Self::Xian1980 | Self::NewBeijing => Some(DatumWarning::NoTransform(self)),
            Self::Wgs84 | Self::Cgcs2000 | Self::Gcj02 | Self::Bd09 => None,
        }
    }

    /// The inverse of [`Self::key`], in any case and with the usual hyphens.
    ///
    /// ```
    /// use jintu::geo::Datum;
    ///
    /// assert_eq!(Datum::from_key("GCJ-02"), Some(Datum::Gcj02));
    /// assert_eq!(Datum::from_key("wgs84"), Some(Datum::Wgs84));
    /// assert_eq!(Datum::from_key("nad27"), None);
    /// ```
    pub fn from_key(key: &str) -> Option<Self> {
        let plain: String =
            key.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
        Self::ALL.into_iter().find(|datum| datum.key() == plain)
    }

    /// Whether positions are shifted against WGS-84, as those of Chinese web maps are.
    pub const fn is_shifted(self) -> bool {
        matches!(self, Self::Gcj02 | Self::Bd09)
    }

    /// A true position as this datum has it.
    ///
    /// Taiyuan, as the Python package eviltransform 0.1.1 has it on 高德's map:
    ///
    /// ```
    /// use jintu::{geo::Datum, units::LonLat};
    ///
    /// let there = Datum::Gcj02.from_wgs84(LonLat::new(112.5489, 37.8706));
    /// assert!((there.lon_deg - 112.555_199_433).abs() < 5e-7, "5e-7° are 5 cm");
    /// assert!((there.lat_deg - 37.871_125_158).abs() < 5e-7);
    /// // Abroad nothing is shifted.
    /// let paris = LonLat::new(2.35, 48.85);
    /// assert_eq!(Datum::Bd09.from_wgs84(paris), paris);
    /// ```
    pub fn from_wgs84(self, p: LonLat) -> LonLat {
        match self {
            Self::Gcj02 => gcj02_from_wgs84(p),
            Self::Bd09 => bd09_from_gcj02(gcj02_from_wgs84(p)),
            _ => p,
        }
    }

    /// The true position of what this datum has at `p`.
    ///
    /// ```
    /// use jintu::{geo::Datum, units::LonLat};
    ///
    /// let taiyuan = LonLat::new(112.5489, 37.8706);
    /// let back = Datum::Bd09.to_wgs84(Datum::Bd09.from_wgs84(taiyuan));
    /// assert!((back.lon_deg - taiyuan.lon_deg).abs() < 1e-9, "1e-9° are a tenth of a millimetre");
    /// assert!((back.lat_deg - taiyuan.lat_deg).abs() < 1e-9);
    /// ```
    pub fn to_wgs84(self, p: LonLat) -> LonLat {
        if self.is_shifted() { self.inverse(p) } else { p }
    }

    /// Fixed-point iteration: the offset changes by a thousandth of the distance, so that each
    /// round gains three digits.
    fn inverse(self, p: LonLat) -> LonLat {
        /// A hundredth of a millimetre.
        const ENOUGH_DEG: f64 = 1e-10;
        let mut guess = p;
        for _ in 0..30 {
            let there = self.from_wgs84(guess);
            let (dx, dy) = (p.lon_deg - there.lon_deg, p.lat_deg - there.lat_deg);
            guess = LonLat::new(guess.lon_deg + dx, guess.lat_deg + dy);
            if dx.abs() < ENOUGH_DEG && dy.abs() < ENOUGH_DEG {
                return guess;
            }
        }
        // It does not settle only astride the edge of the box outside which nothing is shifted.
        p
    }
}

/// A true position in unit Mercator, in the plane of a datum's tiles.
pub fn mercator_from_wgs84(datum: Datum, p: Mercator) -> Mercator {
    if !datum.is_shifted() {
        return p;
    }
    mercator::from_lon_lat(datum.from_wgs84(mercator::to_lon_lat(p)))
}

/// The inverse of [`mercator_from_wgs84`].
pub fn mercator_to_wgs84(datum: Datum, p: Mercator) -> Mercator {
    if !datum.is_shifted() {
        return p;
    }
    mercator::from_lon_lat(datum.to_wgs84(mercator::to_lon_lat(p)))
}

/// Semi-major axis of Krasovsky's ellipsoid of 1940, metres.
const A_M: f64 = 6_378_245.0;
/// Its first eccentricity squared, with the digits of the circulating code.
const EE: f64 = 0.006_693_421_622_965_943;

/// The box within which positions are shifted.
fn in_china(p: LonLat) -> bool {
    (72.004..=137.8347).contains(&p.lon_deg) && (0.8293..=55.8271).contains(&p.lat_deg)
}

fn gcj02_from_wgs84(p: LonLat) -> LonLat {
    if !in_china(p) {
        return p;
    }
    let (x, y) = (p.lon_deg - 105.0, p.lat_deg - 35.0);
    let wave = |factor: f64, v: f64, period: f64| factor * (v * PI / period).sin();
    let both = (wave(20.0, x, 1.0 / 6.0) + wave(20.0, x, 0.5)) * 2.0 / 3.0;
    let root = x.abs().sqrt();
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * root
        + both
        + (wave(20.0, y, 1.0) + wave(40.0, y, 3.0)) * 2.0 / 3.0
        + (wave(160.0, y, 12.0) + wave(320.0, y, 30.0)) * 2.0 / 3.0;
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * root
        + both
        + (wave(20.0, x, 1.0) + wave(40.0, x, 3.0)) * 2.0 / 3.0
        + (wave(150.0, x, 12.0) + wave(300.0, x, 30.0)) * 2.0 / 3.0;
    let lat = p.lat_deg.to_radians();
    let magic = 1.0 - EE * lat.sin().powi(2);
    let meridian = A_M * (1.0 - EE) / (magic * magic.sqrt());
    let parallel = A_M / magic.sqrt() * lat.cos();
    LonLat::new(
        p.lon_deg + (east / parallel).to_degrees(),
        p.lat_deg + (north / meridian).to_degrees(),
    )
}

/// Baidu's constant: 3000 / 180, in its odd unit.
const X_PI: f64 = PI * 3000.0 / 180.0;

fn bd09_from_gcj02(p: LonLat) -> LonLat {
    if !in_china(p) {
        return p;
    }
    let (x, y) = (p.lon_deg, p.lat_deg);
    let z = x.hypot(y) + 0.000_02 * (y * X_PI).sin();
    let theta = y.atan2(x) + 0.000_003 * (x * X_PI).cos();
    LonLat::new(z * theta.cos() + 0.0065, z * theta.sin() + 0.006)
}
