//! The ellipsoids under Chinese reference systems, and the latitudes that projections go by.

use std::sync::OnceLock;

/// An ellipsoid of revolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ellipsoid {
    Wgs84,
    /// GB 22021-2008; the figures of GRS 80.
    Cgcs2000,
    /// IAG 1975, under Xi'an 1980.
    Iag1975,
    /// Krasovsky 1940, under Beijing 1954.
    Krasovsky,
}

impl Ellipsoid {
    pub const ALL: [Self; 4] = [Self::Wgs84, Self::Cgcs2000, Self::Iag1975, Self::Krasovsky];

    /// Semi-major axis in metres (EPSG:7030, 1024, 7049, 7024).
    pub const fn semi_major_m(self) -> f64 {
        match self {
            Self::Wgs84 | Self::Cgcs2000 => 6_378_137.0,
            Self::Iag1975 => 6_378_140.0,
            Self::Krasovsky => 6_378_245.0,
        }
    }

    /// One over the flattening.
    pub const fn inverse_flattening(self) -> f64 {
        match self {
            Self::Wgs84 => 298.257_223_563,
            Self::Cgcs2000 => 298.257_222_101,
            Self::Iag1975 => 298.257,
            Self::Krasovsky => 298.3,
        }
    }

    /// First eccentricity, √(f (2 − f)).
    pub fn eccentricity(self) -> f64 {
        let f = 1.0 / self.inverse_flattening();
        (f * (2.0 - f)).sqrt()
    }

    /// The series of the ellipsoid, computed once.
    pub(super) fn series(self) -> &'static Series {
        static SERIES: [OnceLock<Series>; 4] = [const { OnceLock::new() }; 4];
        let place = match self {
            Self::Wgs84 => &SERIES[0],
            Self::Cgcs2000 => &SERIES[1],
            Self::Iag1975 => &SERIES[2],
            Self::Krasovsky => &SERIES[3],
        };
        place.get_or_init(|| Series::new(self))
    }
}

/// Krüger's series in the third flattening to the sixth order, with the coefficients of C. F. F.
/// Karney, “Transverse Mercator with an accuracy of a few nanometers”, Journal of Geodesy 85 (2011),
/// equations 35 and 36.
pub(super) struct Series {
    /// First eccentricity.
    pub e: f64,
    /// Radius of the rectifying sphere.
    pub radius_m: f64,
    pub alpha: [f64; 6],
    pub beta: [f64; 6],
}

impl Series {
    fn new(ellipsoid: Ellipsoid) -> Self {
        let f = 1.0 / ellipsoid.inverse_flattening();
        let third = f / (2.0 - f);
        let n: [f64; 7] = std::array::from_fn(|power| (0..power).fold(1.0, |p, _| p * third));
        let sum =
            |terms: &[(usize, f64)]| terms.iter().map(|(power, c)| c * n[*power]).sum::<f64>();
        Self {
            e: ellipsoid.eccentricity(),
            radius_m: ellipsoid.semi_major_m() / (1.0 + third)
                * (1.0 + n[2] / 4.0 + n[4] / 64.0 + n[6] / 256.0),
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

/// Sum of `cₖ sin 2kζ` over k from 1 for ζ = `x` + i `y`: its real and its imaginary part, by
/// Clenshaw's recurrence, so that four functions serve for all terms.
pub(super) fn sine_series(coefficients: &[f64; 6], [x, y]: [f64; 2]) -> [f64; 2] {
    let (sin, cos) = (2.0 * x).sin_cos();
    let (sinh, cosh) = ((2.0 * y).sinh(), (2.0 * y).cosh());
    // 2 cos 2ζ
    let [re, im] = [2.0 * cos * cosh, -2.0 * sin * sinh];
    let (mut b1, mut b2) = ([0.0; 2], [0.0; 2]);
    for c in coefficients.iter().rev() {
        let next = [c + re * b1[0] - im * b1[1] - b2[0], re * b1[1] + im * b1[0] - b2[1]];
        b2 = std::mem::replace(&mut b1, next);
    }
    // times sin 2ζ
    let [re, im] = [sin * cosh, cos * sinh];
    [re * b1[0] - im * b1[1], re * b1[1] + im * b1[0]]
}

/// Tangent of the conformal latitude for that of the geographic one (Karney 7 to 9).
pub(super) fn conformal_tangent(e: f64, tau: f64) -> f64 {
    let secant = (1.0 + tau * tau).sqrt();
    let sigma = (e * (e * tau / secant).atanh()).sinh();
    tau * (1.0 + sigma * sigma).sqrt() - sigma * secant
}

/// The inverse of [`conformal_tangent`], by Newton's method (Karney 19 to 21).
pub(super) fn geographic_tangent(e: f64, conformal: f64) -> f64 {
    /// Each round doubles the digits: after a step as small as this nothing is left to do.
    const ENOUGH: f64 = 1e-9;
    let rest = 1.0 - e * e;
    // Exact at the equator, and so near elsewhere that two rounds do.
    let mut tau = conformal / rest;
    for _ in 0..6 {
        let reached = conformal_tangent(e, tau);
        let secants = ((1.0 + reached * reached) * (1.0 + tau * tau)).sqrt();
        let step = (conformal - reached) * (1.0 + rest * tau * tau) / (rest * secants);
        if !step.is_finite() {
            break;
        }
        tau += step;
        if step.abs() <= ENOUGH * tau.abs().max(1.0) {
            break;
        }
    }
    tau
}
