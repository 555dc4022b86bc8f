//! A line with chainage: where a chainage is, which chainage a position has, and parts of the line.

use ::geo::{Coord, LineString};

use super::{geodesic, local_scale::LocalScale, nearest};
use crate::units::LonLat;

/// A line with the geodesic length up to each of its positions. One without two different positions
/// has length 0 and a single place for every chainage; one without any answers with NaN.
///
/// Along the equator a degree is 111 319.491 m (6 378 137 m · π / 180):
///
/// ```
/// use jintu::{geo::Alignment, units::LonLat};
///
/// let line = geo::LineString::from(vec![(112.0, 0.0), (112.5, 0.0), (113.0, 0.0)]);
/// let alignment = Alignment::new(&line);
/// assert!((alignment.length_m() - 111_319.491).abs() < 0.01);
/// let middle = alignment.point_at(alignment.length_m() / 4.0);
/// assert!((middle.lon_deg - 112.25).abs() < 1e-9);
/// assert_eq!(alignment.point_at(1e9), LonLat::new(113.0, 0.0), "held at the end");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Alignment {
    positions: Vec<LonLat>,
    /// One per position, rising, from 0.
    chainages_m: Vec<f64>,
}

/// A position projected onto an alignment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Located {
    pub chainage_m: f64,
    /// Geodesic distance from the position to `point`, never negative.
    pub offset_m: f64,
    /// The nearest point of the line.
    pub point: LonLat,
}

impl Alignment {
    /// Measures a line. Positions that are not on the globe and repetitions are passed over.
    pub fn new(line: &LineString<f64>) -> Self {
        let mut positions: Vec<LonLat> = Vec::with_capacity(line.0.len());
        let mut chainages_m: Vec<f64> = Vec::with_capacity(line.0.len());
        for p in geodesic::finite_positions(line) {
            let reached_m = match (positions.last(), chainages_m.last()) {
                (Some(last), Some(so_far)) => so_far + geodesic::step_m(*last, p),
                _ => 0.0,
            };
            // A step too short to change the sum would make a segment without length.
            if chainages_m.last().is_none_or(|so_far| reached_m > *so_far) {
                positions.push(p);
                chainages_m.push(reached_m);
            }
        }
        Self { positions, chainages_m }
    }

    /// The whole length in metres.
    pub fn length_m(&self) -> f64 {
        self.chainages_m.last().copied().unwrap_or(0.0)
    }

    /// The vertices.
    pub fn positions(&self) -> &[LonLat] {
        &self.positions
    }

    /// The chainage of every vertex in metres, rising from 0.
    pub fn chainages_m(&self) -> &[f64] {
        &self.chainages_m
    }

    /// The position at a chainage; the nearer end for one beyond the line, the start for NaN.
    pub fn point_at(&self, chainage_m: f64) -> LonLat {
        let (segment, t) = self.segment_at(chainage_m);
        match self.segment(segment) {
            Some((a, b)) => nearest::interpolate(a, b, t),
            None => self.positions.first().copied().unwrap_or(LonLat::new(f64::NAN, f64::NAN)),
        }
    }

    /// The direction of the line at a chainage in degrees clockwise from north; 0 without a segment.
    pub fn azimuth_deg_at(&self, chainage_m: f64) -> f64 {
        let (segment, _) = self.segment_at(chainage_m);
        self.segment(segment).map_or(0.0, |(a, b)| geodesic::azimuth_deg(a, b))
    }

    /// Projects a position onto the line, onto its segments as well as its vertices. Of equally near
    /// points the one with the least chainage. A broken position is taken to the start with an
    /// infinite offset, as is any where the line is empty.
    ///
    /// ```
    /// use jintu::{geo::Alignment, units::LonLat};
    ///
    /// let line = geo::LineString::from(vec![(112.0, 0.0), (113.0, 0.0)]);
    /// let found = Alignment::new(&line).locate(LonLat::new(112.1, 0.01));
    /// assert!((found.chainage_m - 11_131.949).abs() < 0.01);
    /// // A hundredth of a degree of the meridian at the equator is 1105.743 m.
    /// assert!((found.offset_m - 1105.743).abs() < 0.01);
    /// assert_eq!(found.point.lat_deg, 0.0);
    /// ```
    pub fn locate(&self, p: LonLat) -> Located {
        let Some(found) = nearest::point_to_path(p, &self.positions) else {
            return Located { chainage_m: 0.0, offset_m: f64::INFINITY, point: self.point_at(0.0) };
        };
        Located {
            chainage_m: self.chainage_on(found.segment, found.t),
            offset_m: found.distance_m,
            point: found.point,
        }
    }

    /// The part between two chainages, in the direction of the line; both are held within it. Where
    /// they are equal, that position twice; empty where the line is.
    ///
    /// ```
    /// use jintu::geo::{Alignment, geodesic};
    ///
    /// let line = geo::LineString::from(vec![(112.0, 37.0), (112.2, 37.0), (112.2, 37.2)]);
    /// let part = Alignment::new(&line).slice(5_000.0, 25_000.0);
    /// assert_eq!(part.0.len(), 3, "two cuts and the bend between them");
    /// assert!((geodesic::length_m(&part) - 20_000.0).abs() < 0.01);
    /// ```
    pub fn slice(&self, from_m: f64, to_m: f64) -> LineString<f64> {
        let (from_m, to_m) = if from_m <= to_m { (from_m, to_m) } else { (to_m, from_m) };
        let between = self
            .positions
            .iter()
            .zip(&self.chainages_m)
            .filter(|(_, chainage_m)| **chainage_m > from_m && **chainage_m < to_m)
            .map(|(p, _)| *p);
        std::iter::once(self.point_at(from_m))
            .chain(between)
            .chain([self.point_at(to_m)])
            .filter(|p| geodesic::is_on_earth(*p))
            .map(Coord::from)
            .collect()
    }

    /// Segment `i` with its ends.
    pub(super) fn segment(&self, i: usize) -> Option<(LonLat, LonLat)> {
        Some((*self.positions.get(i)?, *self.positions.get(i + 1)?))
    }

    /// The chainage a part of the way, linear in degrees, along a segment.
    pub(super) fn chainage_on(&self, segment: usize, t: f64) -> f64 {
        let Some(Measured { a, b, start_m, end_m }) = self.measured(segment) else {
            return 0.0;
        };
        if t >= 1.0 {
            end_m
        } else {
            start_m + (end_m - start_m) * Pace::of(a, b).share_of_length(t)
        }
    }

    fn segment_at(&self, chainage_m: f64) -> (usize, f64) {
        let last = self.positions.len().saturating_sub(2);
        let segment =
            self.chainages_m.partition_point(|c| *c <= chainage_m).saturating_sub(1).min(last);
        let Some(Measured { a, b, start_m, end_m }) = self.measured(segment) else {
            return (segment, 0.0);
        };
        let share = ((chainage_m - start_m) / (end_m - start_m)).clamp(0.0, 1.0);
        let share = if share.is_nan() { 0.0 } else { share };
        (segment, Pace::of(a, b).share_of_degrees(share))
    }

    fn measured(&self, segment: usize) -> Option<Measured> {
        let (a, b) = self.segment(segment)?;
        let start_m = *self.chainages_m.get(segment)?;
        let end_m = *self.chainages_m.get(segment + 1)?;
        Some(Measured { a, b, start_m, end_m })
    }
}

/// A segment between two chainages.
struct Measured {
    a: LonLat,
    b: LonLat,
    start_m: f64,
    end_m: f64,
}

/// Metres per share of a segment at its two ends. A way that leads north gets slower as the parallels
/// shrink; taking the change as even leaves millimetres over 10 km, where ignoring it leaves half a
/// metre.
struct Pace {
    start: f64,
    end: f64,
}

impl Pace {
    fn of(a: LonLat, b: LonLat) -> Self {
        let (dlon, dlat) = (b.lon_deg - a.lon_deg, b.lat_deg - a.lat_deg);
        Self {
            start: LocalScale::at(a.lat_deg).length_m(dlon, dlat),
            end: LocalScale::at(b.lat_deg).length_m(dlon, dlat),
        }
    }

    /// From a share of the way in degrees to the share of its length.
    fn share_of_length(&self, t: f64) -> f64 {
        let mean = f64::midpoint(self.start, self.end);
        if mean > 0.0 {
            (t * (self.start + (self.end - self.start) * t / 2.0) / mean).min(1.0)
        } else {
            t
        }
    }

    /// The inverse, by the quadratic formula in the form that does not cancel.
    fn share_of_degrees(&self, share: f64) -> f64 {
        let covered = share * f64::midpoint(self.start, self.end);
        let change = self.end - self.start;
        let root = (self.start * self.start + 2.0 * change * covered).max(0.0).sqrt();
        let sum = self.start + root;
        if sum > 0.0 { (2.0 * covered / sum).min(1.0) } else { share }
    }
}
