//! The edges of polygons in an R-tree, to find where a line crosses them and what runs beside it.

use ::geo::{Coord, MultiPolygon};
use rstar::{AABB, Envelope, RTree, RTreeObject};

use super::{local_scale::LocalScale, polygon};
use crate::units::LonLat;

/// Edges per entry of the tree: borders are asked by the thousand, and fewer boxes are built faster.
const RUN: usize = 8;

/// All edges of some areas, by the number of the area.
#[derive(Debug)]
pub struct Borders {
    runs: RTree<Run>,
}

/// Consecutive edges of a ring.
#[derive(Debug)]
struct Run {
    area: usize,
    edges: Vec<[Coord<f64>; 2]>,
    envelope: AABB<[f64; 2]>,
}

impl RTreeObject for Run {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        self.envelope
    }
}

impl Borders {
    pub fn new<'a>(areas: impl IntoIterator<Item = &'a MultiPolygon<f64>>) -> Self {
        let mut runs = Vec::new();
        for (area, shape) in areas.into_iter().enumerate() {
            for ring in polygon::rings(shape) {
                let edges: Vec<[Coord<f64>; 2]> =
                    polygon::ring_edges(ring).map(|(a, b)| [a, b]).collect();
                runs.extend(edges.chunks(RUN).map(|edges| {
                    Run {
                        area,
                        envelope: edges
                            .iter()
                            .map(|[a, b]| AABB::from_corners([a.x, a.y], [b.x, b.y]))
                            .fold(AABB::new_empty(), |all, edge| all.merged(&edge)),
                        edges: edges.to_vec(),
                    }
                }));
            }
        }
        Self { runs: RTree::bulk_load(runs) }
    }

    /// Whether any edge may come as near as so many metres to the segment; a no is certain.
    pub fn may_be_near(&self, a: LonLat, b: LonLat, metres: f64) -> bool {
        self.runs.locate_in_envelope_intersecting(widened(a, b, metres)).next().is_some()
    }

    /// Shares `t` in `[0, 1]` of the way from `a` to `b` at which an edge is met; both ends of a
    /// stretch that runs along one. Not sorted.
    pub fn crossings(&self, a: LonLat, b: LonLat) -> Vec<f64> {
        let way = [a.into(), b.into()];
        self.runs
            .locate_in_envelope_intersecting(widened(a, b, 0.0))
            .flat_map(|run| run.edges.iter().flat_map(|edge| meeting_shares(way, *edge)))
            .flatten()
            .collect()
    }

    /// Numbers of the areas with an edge no farther than so many metres, sorted, each once.
    pub fn areas_beside(&self, p: LonLat, metres: f64) -> Vec<usize> {
        let scale = LocalScale::at(p.lat_deg);
        let mut areas: Vec<usize> = self
            .runs
            .locate_in_envelope_intersecting(widened(p, p, metres))
            .filter(|run| run.edges.iter().any(|edge| distance_m(p, scale, *edge) <= metres))
            .map(|run| run.area)
            .collect();
        areas.sort_unstable();
        areas.dedup();
        areas
    }
}

/// The box around a segment, so many metres larger.
fn widened(a: LonLat, b: LonLat, metres: f64) -> AABB<[f64; 2]> {
    let scale = LocalScale::at(a.lat_deg.abs().max(b.lat_deg.abs()));
    // At a pole a degree of longitude has no length; the box just stays bounded there.
    let dlon = metres / scale.metres_per_lon_deg.max(1.0);
    let dlat = metres / scale.metres_per_lat_deg;
    let around = AABB::from_corners([a.lon_deg, a.lat_deg], [b.lon_deg, b.lat_deg]);
    let ([west, south], [east, north]) = (around.lower(), around.upper());
    AABB::from_corners([west - dlon, south - dlat], [east + dlon, north + dlat])
}

/// Where along the first segment the second is met.
fn meeting_shares(own: [Coord<f64>; 2], other: [Coord<f64>; 2]) -> [Option<f64>; 2] {
    let ([from, to], [start, end]) = (own, other);
    if !polygon::segments_meet(from, to, start, end) {
        return [None; 2];
    }
    let cross = |p: Coord<f64>, q: Coord<f64>| p.x * q.y - p.y * q.x;
    let area = cross(to - from, end - start);
    let share = cross(start - from, end - start) / area;
    if area != 0.0 && (-1e-9..=1.0 + 1e-9).contains(&share) {
        return [Some(share.clamp(0.0, 1.0)), None];
    }
    // Along one another, or so nearly that the quotient says nothing.
    let along = |p| Some(polygon::nearest_on_segment(p, from, to).0);
    [along(start), along(end)]
}

fn distance_m(p: LonLat, scale: LocalScale, [a, b]: [Coord<f64>; 2]) -> f64 {
    let plane = |c: Coord<f64>| scale.offset_m(p, c.into());
    polygon::nearest_on_segment(Coord { x: 0.0, y: 0.0 }, plane(a), plane(b)).1
}
