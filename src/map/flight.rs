//! Flying from one view to another: out, across and in again.
//!
//! After J. J. van Wijk and W. A. A. Nuij, “Smooth and efficient zooming and panning”, IEEE
//! Symposium on Information Visualization 2003: the path along which the picture seems to move at
//! an even speed.

use crate::units::Mercator;

/// The paper's trade-off between zooming and panning; 1.42 is what its test persons liked.
const RHO: f64 = 1.42;
/// Below this distance in screen widths there is nothing to fly over.
const NEAR: f64 = 1e-6;

/// A flight between two centres, with `w` the width of what is seen in Mercator units.
#[derive(Debug, Clone, Copy)]
pub struct Flight {
    from: Mercator,
    to: Mercator,
    w0: f64,
    w1: f64,
    distance: f64,
    r0: f64,
    /// Length of the path in the paper's measure.
    length: f64,
}

impl Flight {
    /// Widths are in Mercator units and have to be positive.
    pub fn new(from: Mercator, w0: f64, to: Mercator, w1: f64) -> Self {
        let distance = (to.x - from.x).hypot(to.y - from.y);
        let (mut r0, mut length) = (0.0, ((w1 / w0).ln() / RHO).abs());
        if distance > NEAR * w0.min(w1) {
            let (d2, rho2) = (distance * distance, RHO * RHO);
            let b = |width: f64, sign: f64| {
                (w1 * w1 - w0 * w0 + sign * rho2 * rho2 * d2) / (2.0 * width * rho2 * distance)
            };
            let r = |b: f64| (-b + (b * b + 1.0).sqrt()).max(f64::MIN_POSITIVE).ln();
            r0 = r(b(w0, 1.0));
            length = (r(b(w1, -1.0)) - r0) / RHO;
        }
        Self { from, to, w0, w1, distance, r0, length }
    }

    /// A fitting time in seconds.
    pub fn seconds(&self) -> f64 {
        (self.length * 0.42).clamp(0.45, 1.4)
    }

    /// Centre and width at `t` in `[0, 1]`.
    pub fn at(&self, t: f64) -> (Mercator, f64) {
        if t >= 1.0 {
            return (self.to, self.w1);
        }
        let s = self.length * t;
        if self.distance <= NEAR * self.w0.min(self.w1) {
            let width = self.w0 * (self.w1 / self.w0).powf(t);
            return (self.mix(t), width);
        }
        let (cosh0, sinh0) = (self.r0.cosh(), self.r0.sinh());
        let along = self.w0 / (RHO * RHO) * (cosh0 * (RHO * s + self.r0).tanh() - sinh0);
        let width = self.w0 * cosh0 / (RHO * s + self.r0).cosh();
        (self.mix(along / self.distance), width)
    }

    fn mix(&self, t: f64) -> Mercator {
        Mercator {
            x: self.from.x + (self.to.x - self.from.x) * t,
            y: self.from.y + (self.to.y - self.from.y) * t,
        }
    }
}

/// Slow, fast, slow.
pub fn eased(t: f64) -> f64 {
    let t = t.clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64) -> Mercator {
        Mercator { x, y }
    }

    #[test]
    fn begins_and_ends_where_it_should() {
        let cases = [
            (at(0.1, 0.2), 0.01, at(0.3, 0.1), 0.002),
            (at(0.1, 0.2), 0.01, at(0.1, 0.2), 0.05),
            (at(0.5, 0.5), 0.02, at(0.500_01, 0.5), 0.02),
        ];
        for (from, w0, to, w1) in cases {
            let flight = Flight::new(from, w0, to, w1);
            for (t, p, w) in [(0.0, from, w0), (0.999_999, to, w1)] {
                let (here, width) = flight.at(t);
                assert!((here.x - p.x).hypot(here.y - p.y) < 1e-4 * w0.max(w1), "{t}: {here:?}");
                assert!((width / w - 1.0).abs() < 1e-3, "{t}: {width} instead of {w}");
            }
        }
    }

    #[test]
    fn far_flights_rise_above_both_ends() {
        let flight = Flight::new(at(0.1, 0.1), 0.001, at(0.4, 0.1), 0.001);
        let widest = (1..100).map(|i| flight.at(f64::from(i) / 100.0).1).fold(0.0, f64::max);
        assert!(widest > 0.1, "{widest}");
    }
}
