//! Albers' and Lambert's cones: the planes of maps of all China.
//!
//! The formulas are those of J. P. Snyder, “Map Projections: A Working Manual” (U.S. Geological
//! Survey Professional Paper 1395, 1987), chapters 14 and 15, for the ellipsoid. They are here and
//! not from a crate because two short formulas are all that Chinese data needs beside transverse
//! Mercator: the crates that have them take definitions as text, hold far more, and would be asked
//! for nothing else.

use super::{
    Datum,
    ellipsoid::{conformal_tangent, geographic_tangent},
    finite::Finite,
};
use crate::units::LonLat;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ConicKind {
    /// Areas keep their proportions.
    Albers,
    /// Angles are kept.
    Lambert,
}

/// What a cone is made of. Degrees and metres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ConicParameters {
    pub central_meridian_deg: f64,
    pub origin_lat_deg: f64,
    /// Both the same where the cone only touches.
    pub parallels_deg: [f64; 2],
    /// What lengths on the parallels are multiplied by; 1 for Albers.
    pub scale: f64,
    pub false_easting_m: f64,
    pub false_northing_m: f64,
}

/// A conic plane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Conic {
    datum: Datum,
    kind: ConicKind,
    central_meridian: Finite,
    origin_lat: Finite,
    parallels: [Finite; 2],
    scale: Finite,
    false_easting: Finite,
    false_northing: Finite,
    /// What follows from the rest: constant of the cone, the second constant (Snyder's C or F), and
    /// the radius of the origin's parallel in semi-major axes.
    cone: Finite,
    constant: Finite,
    origin_radius: Finite,
}

impl Conic {
    /// A cone of its parameters; `None` where they make none: parallels on both sides of the equator
    /// at the same distance, poles, numbers that are not finite.
    pub fn new(datum: Datum, kind: ConicKind, p: ConicParameters) -> Option<Self> {
        let [first, second] = p.parallels_deg;
        let sound = p.central_meridian_deg.abs() <= 360.0
            && p.origin_lat_deg.abs() <= 90.0
            && first.abs() < 89.9
            && second.abs() < 89.9
            && (first + second).abs() > 1e-6
            && (0.1..10.0).contains(&p.scale);
        if !sound {
            return None;
        }
        let e = datum.ellipsoid().eccentricity();
        let parallel = |lat_deg: f64| {
            let sin = lat_deg.to_radians().sin();
            (sin, lat_deg.to_radians().cos() / (1.0 - e * e * sin * sin).sqrt())
        };
        let ((sin, m1), (_, m2)) = (parallel(first), parallel(second));
        let touches = (first - second).abs() < 1e-9;
        let (cone, constant) = match kind {
            ConicKind::Albers => {
                let [q1, q2] = [authalic(e, first), authalic(e, second)];
                let cone = if touches { sin } else { (m1 * m1 - m2 * m2) / (q2 - q1) };
                (cone, m1 * m1 + cone * q1)
            }
            ConicKind::Lambert => {
                let [psi1, psi2] = [isometric(e, first), isometric(e, second)];
                let cone = if touches { sin } else { (m1.ln() - m2.ln()) / (psi2 - psi1) };
                (cone, m1 / cone * (cone * psi1).exp())
            }
        };
        let mut conic = Self {
            datum,
            kind,
            central_meridian: Finite::new(p.central_meridian_deg)?,
            origin_lat: Finite::new(p.origin_lat_deg)?,
            parallels: [Finite::new(first)?, Finite::new(second)?],
            scale: Finite::new(p.scale)?,
            false_easting: Finite::new(p.false_easting_m)?,
            false_northing: Finite::new(p.false_northing_m)?,
            cone: Finite::new(cone)?,
            constant: Finite::new(constant)?,
            origin_radius: Finite::new(0.0)?,
        };
        conic.origin_radius = Finite::new(conic.radius(p.origin_lat_deg))?;
        Some(conic)
    }

    pub const fn datum(self) -> Datum {
        self.datum
    }

    pub const fn kind(self) -> ConicKind {
        self.kind
    }

    pub const fn parameters(self) -> ConicParameters {
        ConicParameters {
            central_meridian_deg: self.central_meridian.get(),
            origin_lat_deg: self.origin_lat.get(),
            parallels_deg: [self.parallels[0].get(), self.parallels[1].get()],
            scale: self.scale.get(),
            false_easting_m: self.false_easting.get(),
            false_northing_m: self.false_northing.get(),
        }
    }

    /// Easting and northing in metres of a position in the plane's own datum; not numbers where the
    /// cone has no place for it.
    pub fn project(self, p: LonLat) -> [f64; 2] {
        let a = self.datum.ellipsoid().semi_major_m() * self.scale.get();
        // The shorter way around the world.
        let east = (p.lon_deg - self.central_meridian.get() + 180.0).rem_euclid(360.0) - 180.0;
        let angle = self.cone.get() * east.to_radians();
        let radius = self.radius(p.lat_deg);
        [
            self.false_easting.get() + a * radius * angle.sin(),
            self.false_northing.get() + a * (self.origin_radius.get() - radius * angle.cos()),
        ]
    }

    /// The position, in the plane's own datum, of an easting and a northing.
    pub fn unproject(self, [easting_m, northing_m]: [f64; 2]) -> LonLat {
        let ellipsoid = self.datum.ellipsoid();
        let (eccentricity, cone) = (ellipsoid.eccentricity(), self.cone.get());
        let a = ellipsoid.semi_major_m() * self.scale.get();
        let sign = cone.signum();
        let x = sign * (easting_m - self.false_easting.get()) / a;
        let y = sign * (self.origin_radius.get() - (northing_m - self.false_northing.get()) / a);
        let radius = x.hypot(y);
        let lon_deg = self.central_meridian.get() + (x.atan2(y) / cone).to_degrees();
        let lat_deg = match self.kind {
            ConicKind::Albers => {
                let q = (self.constant.get() - (radius * cone).powi(2)) / cone;
                latitude_of_authalic(eccentricity, q)
            }
            ConicKind::Lambert => {
                let psi = -(radius / (sign * self.constant.get())).ln() / cone;
                geographic_tangent(eccentricity, psi.sinh()).atan().to_degrees()
            }
        };
        LonLat::new(lon_deg, lat_deg)
    }

    /// Radius of a parallel on the unrolled cone, in semi-major axes.
    fn radius(self, lat_deg: f64) -> f64 {
        let e = self.datum.ellipsoid().eccentricity();
        let (n, c) = (self.cone.get(), self.constant.get());
        match self.kind {
            ConicKind::Albers => (c - n * authalic(e, lat_deg)).sqrt() / n,
            ConicKind::Lambert => c * (-n * isometric(e, lat_deg)).exp(),
        }
    }
}

/// Isometric latitude; infinite at the poles.
fn isometric(e: f64, lat_deg: f64) -> f64 {
    conformal_tangent(e, lat_deg.to_radians().tan()).asinh()
}

/// Snyder's q (3-12).
fn authalic(e: f64, lat_deg: f64) -> f64 {
    let sin = lat_deg.to_radians().sin();
    (1.0 - e * e) * (sin / (1.0 - e * e * sin * sin) + (e * sin).atanh() / e)
}

/// The inverse of [`authalic`], in degrees, by Newton's method (Snyder 3-16); NaN beyond the poles.
fn latitude_of_authalic(e: f64, q: f64) -> f64 {
    let pole = authalic(e, 90.0);
    if q.abs() >= pole {
        // A rounding beyond is the pole; more is nowhere.
        return if q.abs() < pole + 1e-12 { 90.0_f64.copysign(q) } else { f64::NAN };
    }
    // The spherical answer is never more than 0.13° off.
    let mut lat = (q / pole).asin();
    for _ in 0..10 {
        let (sin, cos) = lat.sin_cos();
        let w = 1.0 - e * e * sin * sin;
        let own = (1.0 - e * e) * (sin / w + (e * sin).atanh() / e);
        let step = w * w / (2.0 * (1.0 - e * e) * cos) * (q - own);
        if !step.is_finite() {
            break;
        }
        lat += step;
        if step.abs() < 1e-14 {
            break;
        }
    }
    lat.to_degrees()
}
