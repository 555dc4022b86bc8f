//! 3° Gauss–Krüger on CGCS2000: the plane coordinates of Chinese surveys.
//!
//! Krüger's series in the third flattening to the sixth order, with the coefficients of C. F. F.
//! Karney, “Transverse Mercator with an accuracy of a few nanometers”, Journal of Geodesy 85 (2011),
//! equations 35 and 36.

use std::sync::OnceLock;

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
        let series = Series::get();
        let lambda = (p.lon_deg - self.central_meridian_deg()).to_radians();
        let tau = p.lat_deg.to_radians().tan();
        // Conformal latitude (Karney 7 to 9).
        let sigma = (E * (E * tau / tau.hypot(1.0)).atanh()).sinh();
        let tau = tau * sigma.hypot(1.0) - sigma * tau.hypot(1.0);
        let xi = tau.atan2(lambda.cos());
        let eta = (lambda.sin() / tau.hypot(lambda.cos())).asinh();
        let (mut x, mut y) = (xi, eta);
        for (j, alpha) in series.alpha.iter().enumerate() {
            let k = 2.0 * (j + 1) as f64;
            x += alpha * (k * xi).sin() * (k * eta).cosh();
            y += alpha * (k * xi).cos() * (k * eta).sinh();
        }
        PlanePosition {
            easting_m: FALSE_EASTING_M + series.radius_m * y,
            northing_m: series.radius_m * x,
        }
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
        let series = Series::get();
        let prefix = f64::from(self.0) * PREFIX_M;
        let prefixed = p.easting_m >= prefix && p.easting_m < prefix + PREFIX_M;
        let easting_m = if prefixed { p.easting_m - prefix } else { p.easting_m };
        let (xi, eta) =
            (p.northing_m / series.radius_m, (easting_m - FALSE_EASTING_M) / series.radius_m);
        let (mut x, mut y) = (xi, eta);
        for (j, beta) in series.beta.iter().enumerate() {
            let k = 2.0 * (j + 1) as f64;
            x -= beta * (k * xi).sin() * (k * eta).cosh();
            y -= beta * (k * xi).cos() * (k * eta).sinh();
        }
        let conformal = x.sin() / y.sinh().hypot(x.cos());
        let lambda = y.sinh().atan2(x.cos());
        LonLat::new(
            self.central_meridian_deg() + lambda.to_degrees(),
            geographic_tangent(conformal).atan().to_degrees(),
        )
    }
}

/// CGCS2000: semi-major axis in metres, flattening (GB 22021-2008).
const A_M: f64 = 6_378_137.0;
const F: f64 = 1.0 / 298.257_222_101;
const FALSE_EASTING_M: f64 = 500_000.0;
/// What one zone number before an easting stands for.
const PREFIX_M: f64 = 1_000_000.0;
/// First eccentricity, √(f (2 − f)).
const E: f64 = 0.081_819_191_042_815_79;

struct Series {
    /// Radius of the rectifying sphere.
    radius_m: f64,
    alpha: [f64; 6],
    beta: [f64; 6],
}

impl Series {
    /// Computed once.
    fn get() -> &'static Self {
        static SERIES: OnceLock<Series> = OnceLock::new();
        SERIES.get_or_init(Self::new)
    }

    fn new() -> Self {
        const N: f64 = F / (2.0 - F);
        let n = [1.0, N, N * N, N.powi(3), N.powi(4), N.powi(5), N.powi(6)];
        let sum =
            |terms: &[(usize, f64)]| terms.iter().map(|(power, c)| c * n[*power]).sum::<f64>();
        Self {
            radius_m: A_M / (1.0 + N) * (1.0 + n[2] / 4.0 + n[4] / 64.0 + n[6] / 256.0),
            alpha: [
                sum(&[
                    (1, 1.0 / 2.0),
                    (2, -2.0 / 3.0),
                    (3, 5.0 / 16.0),
                    (4, 41.0 / 180.0),
                    (5, -127.0 / 288.0),
                    (6, 7891.0 / 37_800.0),
                ]),
                sum(&[
                    (2, 13.0 / 48.0),
                    (3, -3.0 / 5.0),
                    (4, 557.0 / 1440.0),
                    (5, 281.0 / 630.0),
                    (6, -1_983_433.0 / 1_935_360.0),
                ]),
                sum(&[
                    (3, 61.0 / 240.0),
                    (4, -103.0 / 140.0),
                    (5, 15_061.0 / 26_880.0),
                    (6, 167_603.0 / 181_440.0),
                ]),
                sum(&[
                    (4, 49_561.0 / 161_280.0),
                    (5, -179.0 / 168.0),
                    (6, 6_601_661.0 / 7_257_600.0),
                ]),
                sum(&[(5, 34_729.0 / 80_640.0), (6, -3_418_889.0 / 1_995_840.0)]),
                sum(&[(6, 212_378_941.0 / 319_334_400.0)]),
            ],
            beta: [
                sum(&[
                    (1, 1.0 / 2.0),
                    (2, -2.0 / 3.0),
                    (3, 37.0 / 96.0),
                    (4, -1.0 / 360.0),
                    (5, -81.0 / 512.0),
                    (6, 96_199.0 / 604_800.0),
                ]),
                sum(&[
                    (2, 1.0 / 48.0),
                    (3, 1.0 / 15.0),
                    (4, -437.0 / 1440.0),
                    (5, 46.0 / 105.0),
                    (6, -1_118_711.0 / 3_870_720.0),
                ]),
                sum(&[
                    (3, 17.0 / 480.0),
                    (4, -37.0 / 840.0),
                    (5, -209.0 / 4480.0),
                    (6, 5569.0 / 90_720.0),
                ]),
                sum(&[(4, 4397.0 / 161_280.0), (5, -11.0 / 504.0), (6, -830_251.0 / 7_257_600.0)]),
                sum(&[(5, 4583.0 / 161_280.0), (6, -108_847.0 / 3_991_680.0)]),
                sum(&[(6, 20_648_693.0 / 638_668_800.0)]),
            ],
        }
    }
}

/// Tangent of the geographic latitude for that of the conformal one, by Newton's method (Karney
/// 19 to 21).
fn geographic_tangent(conformal: f64) -> f64 {
    let mut tau = conformal;
    for _ in 0..6 {
        let sigma = (E * (E * tau / tau.hypot(1.0)).atanh()).sinh();
        let reached = tau * sigma.hypot(1.0) - sigma * tau.hypot(1.0);
        let step = (conformal - reached) / reached.hypot(1.0) * (1.0 + (1.0 - E * E) * tau * tau)
            / ((1.0 - E * E) * tau.hypot(1.0));
        tau += step;
        if step.abs() < 1e-14 {
            break;
        }
    }
    tau
}
