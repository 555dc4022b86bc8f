//! Nearest points of paths on the ellipsoid, by local projections.
//!
//! Candidates are compared in a plane that is true to scale around the position asked from; those
//! within a band above the best are then followed along the geodesic and measured by it, so that the
//! plane's error (0.3 % over 50 km) never picks the wrong one.

use ::geo::{Coord, LineString, MultiPolygon};

use super::{
    geodesic::{self, finite_positions},
    local_scale::LocalScale,
    polygon,
};
use crate::units::{Extent, LonLat};

/// How far above the planar best a candidate may be and still turn out to be the nearest.
const BAND_FACTOR: f64 = 1.02;
const BAND_M: f64 = 1.0;

/// Below every radius of curvature of WGS-84 (the least is 6 335 439 m), with room for treating it as
/// a sphere.
const LEAST_RADIUS_M: f64 = 6_270_000.0;

/// The nearest point is sought until it moves less than this; its distance is then wrong by the
/// square of that over twice the distance, nothing.
const CLOSE_ENOUGH_M: f64 = 1e-4;
/// Each step shrinks what is left by the square of distance over the Earth's radius.
const MAX_STEPS: usize = 8;

/// Vertices per run whose box is tested before its segments are.
const RUN: usize = 16;

/// The point of a path nearest to a position.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nearest {
    /// Number of the segment, from its start vertex.
    pub segment: usize,
    /// Where on the segment, in `[0, 1]`, linear in degrees.
    pub t: f64,
    pub point: LonLat,
    pub distance_m: f64,
}

/// Shortest distance from a position to a line in metres; infinite for a line without positions.
///
/// The nearest point of each promising segment is found to a tenth of a millimetre and measured on
/// the ellipsoid. Which segments are promising is judged in a local plane, good for distances up to
/// 60 km (tested to a millimetre); farther away it is not tested.
pub fn point_to_line_m(p: LonLat, line: &LineString<f64>) -> f64 {
    point_to_path(p, &finite_positions(line)).map_or(f64::INFINITY, |n| n.distance_m)
}

/// Shortest distance from a position to an area in metres, zero inside; infinite for an empty area.
pub fn point_to_area_m(p: LonLat, area: &MultiPolygon<f64>) -> f64 {
    if polygon::multi_contains(area, p.into()) {
        return 0.0;
    }
    polygon::rings(area).map(|ring| point_to_line_m(p, ring)).fold(f64::INFINITY, f64::min)
}

/// The point of a path nearest to `p`; `None` for an empty path or a broken position. A path of one
/// vertex is that point.
pub fn point_to_path(p: LonLat, path: &[LonLat]) -> Option<Nearest> {
    if !geodesic::is_on_earth(p) {
        return None;
    }
    let scale = LocalScale::at(p.lat_deg);
    let planar: Vec<f64> = segments(path).map(|(a, b)| project(p, scale, a, b).1).collect();
    let best = planar.iter().copied().fold(f64::INFINITY, f64::min);
    let limit = best * BAND_FACTOR + BAND_M;
    segments(path)
        .zip(planar)
        .enumerate()
        .filter(|(_, (_, planar_m))| *planar_m <= limit)
        .map(|(segment, ((a, b), _))| refine(p, segment, a, b))
        .min_by(|a, b| a.distance_m.total_cmp(&b.distance_m))
}

/// Shortest distance between two paths in metres, as if they did not cross; infinite when one is
/// empty. In the plane such a shortest way always ends in a vertex of one of them.
pub fn path_to_path_m(a: &[LonLat], b: &[LonLat]) -> f64 {
    let (runs_a, runs_b) = (runs(a), runs(b));
    let mut best = f64::INFINITY;
    best = best.min(vertices_to_path(a, &runs_a, b, &runs_b, best));
    best.min(vertices_to_path(b, &runs_b, a, &runs_a, best))
}

/// Shortest distance from the vertices of one path to another, or anything above `known_m`.
fn vertices_to_path(
    vertices: &[LonLat],
    vertex_runs: &[Run],
    path: &[LonLat],
    path_runs: &[Run],
    known_m: f64,
) -> f64 {
    let mut best = known_m;
    let mut pairs: Vec<(f64, &Run, &Run)> = vertex_runs
        .iter()
        .flat_map(|v| path_runs.iter().map(move |s| (v.least_distance_m(s), v, s)))
        .collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (least_m, vertex_run, path_run) in pairs {
        if least_m > best {
            break;
        }
        let part = path.get(path_run.start..path_run.end).unwrap_or_default();
        for p in vertices.get(vertex_run.start..vertex_run.end).unwrap_or_default() {
            let scale = LocalScale::at(p.lat_deg);
            let promising = segments(part)
                .any(|(a, b)| project(*p, scale, a, b).1 <= best * BAND_FACTOR + BAND_M);
            if promising && let Some(nearest) = point_to_path(*p, part) {
                best = best.min(nearest.distance_m);
            }
        }
    }
    best
}

/// Up to [`RUN`] segments of a path, `start..end` counting vertices, with the box around them.
#[derive(Debug)]
struct Run {
    start: usize,
    end: usize,
    min: LonLat,
    max: LonLat,
}

impl Run {
    /// Never more than the true distance between anything in the two boxes.
    fn least_distance_m(&self, other: &Self) -> f64 {
        let gap = |min_a: f64, max_a: f64, min_b: f64, max_b: f64| {
            (min_b - max_a).max(min_a - max_b).max(0.0)
        };
        let dlon = gap(self.min.lon_deg, self.max.lon_deg, other.min.lon_deg, other.max.lon_deg);
        let dlat = gap(self.min.lat_deg, self.max.lat_deg, other.min.lat_deg, other.max.lat_deg);
        let lats = [self.min.lat_deg, self.max.lat_deg, other.min.lat_deg, other.max.lat_deg];
        let highest = lats.into_iter().map(f64::abs).fold(0.0, f64::max).min(90.0);
        // Right triangle on the sphere: the way from a position to a meridian.
        let east_west = if dlon > 90.0 {
            0.0
        } else {
            (highest.to_radians().cos() * dlon.to_radians().sin()).asin()
        };
        east_west.max(dlat.to_radians()) * LEAST_RADIUS_M
    }
}

fn runs(path: &[LonLat]) -> Vec<Run> {
    let last = path.len().saturating_sub(1);
    (0..path.len().max(1))
        .step_by(RUN)
        .filter(|start| *start < last || last == 0)
        .filter_map(|start| {
            let end = (start + RUN + 1).min(path.len());
            let part = path.get(start..end)?;
            let extent = Extent::around(part.iter().copied())?;
            Some(Run {
                start,
                end,
                min: LonLat::new(extent.west_deg, extent.south_deg),
                max: LonLat::new(extent.east_deg, extent.north_deg),
            })
        })
        .collect()
}

/// The segments of a path; a single vertex is a segment from itself to itself.
fn segments(path: &[LonLat]) -> impl Iterator<Item = (LonLat, LonLat)> + '_ {
    let single = if let [only] = path { Some((*only, *only)) } else { None };
    path.windows(2).filter_map(|w| if let [a, b] = w { Some((*a, *b)) } else { None }).chain(single)
}

/// Where on a segment the point nearest to `p` is, and how far in the plane.
fn project(p: LonLat, scale: LocalScale, a: LonLat, b: LonLat) -> (f64, f64) {
    let here = Coord { x: 0.0, y: 0.0 };
    polygon::nearest_on_segment(here, scale.offset_m(p, a), scale.offset_m(p, b))
}

/// Newton's method on the geodesic distance, from the planar answer: at the nearest point the
/// shortest way leaves the segment at a right angle, and what it leaves otherwise is how far to move.
fn refine(p: LonLat, segment: usize, a: LonLat, b: LonLat) -> Nearest {
    let mut t = project(p, LocalScale::at(p.lat_deg), a, b).0;
    for _ in 0..MAX_STEPS {
        let here = interpolate(a, b, t);
        let step = LocalScale::at(here.lat_deg).offset_m(a, b);
        let length_m = step.x.hypot(step.y);
        let (distance_m, azimuth_deg) = geodesic::distance_and_azimuth(here, p);
        let (east, north) = azimuth_deg.to_radians().sin_cos();
        let along_m = distance_m * (east * step.x + north * step.y) / length_m;
        let next = (t + along_m / length_m).clamp(0.0, 1.0);
        let moved_m = (next - t).abs() * length_m;
        // A segment without length gives NaN.
        if moved_m.is_nan() || moved_m <= CLOSE_ENOUGH_M {
            break;
        }
        t = next;
    }
    let point = interpolate(a, b, t);
    Nearest { segment, t, point, distance_m: geodesic::distance_m(p, point) }
}

/// The position a part of the way from `a` to `b`, exact at both ends.
pub fn interpolate(a: LonLat, b: LonLat, t: f64) -> LonLat {
    if t <= 0.0 {
        return a;
    }
    if t >= 1.0 {
        return b;
    }
    LonLat::new(a.lon_deg + (b.lon_deg - a.lon_deg) * t, a.lat_deg + (b.lat_deg - a.lat_deg) * t)
}
