//! Exact predicates in the plane: which side, crossing, containment.
//!
//! Orientation is computed without rounding error (Shewchuk's adaptive predicates, by way of
//! `geo`), so that touching counts and two polygons that share a border never both lose a point.
//! Coordinates that are not finite belong to nothing and meet nothing.

use ::geo::{
    Coord, LineString, MultiPolygon, Polygon,
    kernels::{Kernel, Orientation, RobustKernel},
};

/// Where a position is, seen from a ring or polygon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Inside,
    Edge,
    Outside,
}

/// Where `p` is, by the even-odd rule; the ring needs no closing position.
pub fn side_of_ring(ring: &LineString<f64>, p: Coord<f64>) -> Side {
    if !is_finite(p) {
        return Side::Outside;
    }
    let mut inside = false;
    for (a, b) in ring_edges(ring) {
        match crossing(a, b, p) {
            Crossing::On => return Side::Edge,
            Crossing::Crossed => inside = !inside,
            Crossing::Missed => {}
        }
    }
    if inside { Side::Inside } else { Side::Outside }
}

/// Where `p` is; the edge of a hole is an edge.
///
/// ```
/// use jintu::geo::polygon::{Side, side_of_polygon};
///
/// let ring = |low, high| geo::Rect::new((low, low), (high, high)).to_polygon().exterior().clone();
/// let island = geo::Polygon::new(ring(0.0, 4.0), vec![ring(1.0, 3.0)]);
/// let side = |x, y| side_of_polygon(&island, geo::Coord { x, y });
/// assert_eq!(side(0.5, 0.5), Side::Inside);
/// assert_eq!(side(1.0, 2.0), Side::Edge);
/// assert_eq!(side(2.0, 2.0), Side::Outside, "in the hole");
/// ```
pub fn side_of_polygon(area: &Polygon<f64>, p: Coord<f64>) -> Side {
    match side_of_ring(area.exterior(), p) {
        Side::Inside => {}
        other => return other,
    }
    for hole in area.interiors() {
        match side_of_ring(hole, p) {
            Side::Inside => return Side::Outside,
            Side::Edge => return Side::Edge,
            Side::Outside => {}
        }
    }
    Side::Inside
}

/// Whether `p` is inside or on an edge.
pub fn contains(area: &Polygon<f64>, p: Coord<f64>) -> bool {
    side_of_polygon(area, p) != Side::Outside
}

/// Whether `p` is inside or on an edge of any part.
pub fn multi_contains(area: &MultiPolygon<f64>, p: Coord<f64>) -> bool {
    area.0.iter().any(|part| contains(part, p))
}

/// Whether `p` belongs to the area under a rule that gives each position to exactly one of the
/// polygons of a partition, also on their shared borders.
///
/// A ray to the east decides; an edge takes part when exactly one of its ends lies north of `p`, and
/// a position on an edge counts as east of it, whichever way the edge runs.
///
/// ```
/// use jintu::geo::polygon::{multi_contains, owns};
///
/// let square = |west| geo::Rect::new((west, 0.0), (west + 1.0, 1.0)).to_polygon();
/// let (left, right) = (geo::MultiPolygon::from(square(0.0)), geo::MultiPolygon::from(square(1.0)));
/// let on_the_border = geo::Coord { x: 1.0, y: 0.5 };
/// assert!(multi_contains(&left, on_the_border) && multi_contains(&right, on_the_border));
/// assert!(owns(&left, on_the_border) != owns(&right, on_the_border), "one of the two");
/// ```
pub fn owns(area: &MultiPolygon<f64>, p: Coord<f64>) -> bool {
    if !is_finite(p) {
        return false;
    }
    let crossed =
        rings(area).flat_map(ring_edges).filter(|(a, b)| crossing_half_open(*a, *b, p)).count();
    crossed % 2 == 1
}

/// Whether two closed segments share a point.
///
/// ```
/// use jintu::geo::polygon::segments_meet;
///
/// let at = |x, y| geo::Coord { x, y };
/// assert!(segments_meet(at(0., 0.), at(2., 2.), at(0., 2.), at(2., 0.)));
/// assert!(segments_meet(at(0., 0.), at(1., 0.), at(1., 0.), at(1., 1.)), "touching counts");
/// assert!(!segments_meet(at(0., 0.), at(1., 0.), at(0., 1.), at(1., 1.)));
/// ```
pub fn segments_meet(a: Coord<f64>, b: Coord<f64>, c: Coord<f64>, d: Coord<f64>) -> bool {
    if ![a, b, c, d].into_iter().all(is_finite) || !boxes_meet(a, b, c, d) {
        return false;
    }
    let (abc, abd) = (orient(a, b, c), orient(a, b, d));
    let (cda, cdb) = (orient(c, d, a), orient(c, d, b));
    if abc == Orientation::Collinear && abd == Orientation::Collinear {
        // On one line, or `a` and `b` coincide: then the boxes decide along it.
        return a != b || cda == Orientation::Collinear;
    }
    if cda == Orientation::Collinear && cdb == Orientation::Collinear {
        return false;
    }
    abc != abd && cda != cdb
}

/// Whether a closed segment shares a point with a closed box.
pub fn segment_meets_box(a: Coord<f64>, b: Coord<f64>, min: Coord<f64>, max: Coord<f64>) -> bool {
    if !(is_finite(a) && is_finite(b) && boxes_meet(a, b, min, max)) {
        return false;
    }
    let corners = [min, Coord { x: max.x, y: min.y }, max, Coord { x: min.x, y: max.y }];
    // Apart only if every corner lies strictly on the same side of the segment's line.
    let [first, rest @ ..] = corners.map(|corner| orient(a, b, corner));
    first == Orientation::Collinear || rest.into_iter().any(|side| side != first)
}

/// Whether two chains of segments share a point. A chain of one position is that position.
pub fn chains_meet(a: &[Coord<f64>], b: &[Coord<f64>]) -> bool {
    chain_edges(a).any(|(p, q)| chain_edges(b).any(|(r, s)| segments_meet(p, q, r, s)))
}

/// Whether a chain of segments shares a point with a polygon.
pub fn chain_meets_polygon(chain: &[Coord<f64>], area: &Polygon<f64>) -> bool {
    chain.iter().any(|p| contains(area, *p))
        || polygon_rings(area).any(|ring| chains_meet(chain, &ring.0))
}

/// Whether two polygons share a point.
pub fn polygons_meet(a: &Polygon<f64>, b: &Polygon<f64>) -> bool {
    polygon_rings(a).any(|ring| chain_meets_polygon(&ring.0, b))
        || b.exterior().0.iter().any(|p| contains(a, *p))
}

/// Where on the segment the point nearest to `p` is, as a share of its length, and how far away.
pub fn nearest_on_segment(p: Coord<f64>, start: Coord<f64>, end: Coord<f64>) -> (f64, f64) {
    let (along, to_p) = (end - start, p - start);
    let length2 = along.x * along.x + along.y * along.y;
    let share = (to_p.x * along.x + to_p.y * along.y) / length2;
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    (share, (to_p.x - share * along.x).hypot(to_p.y - share * along.y))
}

/// The rings of all parts, outer and inner.
pub fn rings(area: &MultiPolygon<f64>) -> impl Iterator<Item = &LineString<f64>> {
    area.0.iter().flat_map(polygon_rings)
}

/// The outer ring, then the holes.
pub fn polygon_rings(area: &Polygon<f64>) -> impl Iterator<Item = &LineString<f64>> {
    std::iter::once(area.exterior()).chain(area.interiors())
}

/// The finite edges of a ring, closed if it is not.
pub fn ring_edges(ring: &LineString<f64>) -> impl Iterator<Item = (Coord<f64>, Coord<f64>)> + '_ {
    let closing = ring.0.last().copied().zip(ring.0.first().copied()).filter(|(a, b)| a != b);
    ring.lines()
        .map(|edge| (edge.start, edge.end))
        .chain(closing)
        .filter(|(a, b)| is_finite(*a) && is_finite(*b))
}

/// The segments of a chain; a single position is a segment from itself to itself.
pub fn chain_edges(chain: &[Coord<f64>]) -> impl Iterator<Item = (Coord<f64>, Coord<f64>)> + '_ {
    let single = if let [only] = chain { Some((*only, *only)) } else { None };
    chain
        .windows(2)
        .filter_map(|w| if let [a, b] = w { Some((*a, *b)) } else { None })
        .chain(single)
}

enum Crossing {
    On,
    Crossed,
    Missed,
}

fn crossing(a: Coord<f64>, b: Coord<f64>, p: Coord<f64>) -> Crossing {
    if boxes_meet(a, b, p, p) && orient(a, b, p) == Orientation::Collinear {
        Crossing::On
    } else if crossing_half_open(a, b, p) {
        Crossing::Crossed
    } else {
        Crossing::Missed
    }
}

/// Whether the ray from `p` to the east crosses the edge.
fn crossing_half_open(a: Coord<f64>, b: Coord<f64>, p: Coord<f64>) -> bool {
    if (a.y > p.y) == (b.y > p.y) {
        return false;
    }
    let (south, north) = if a.y < b.y { (a, b) } else { (b, a) };
    orient(south, north, p) == Orientation::CounterClockwise
}

fn orient(a: Coord<f64>, b: Coord<f64>, c: Coord<f64>) -> Orientation {
    RobustKernel::orient2d(a, b, c)
}

fn boxes_meet(a: Coord<f64>, b: Coord<f64>, c: Coord<f64>, d: Coord<f64>) -> bool {
    a.x.min(b.x) <= c.x.max(d.x)
        && c.x.min(d.x) <= a.x.max(b.x)
        && a.y.min(b.y) <= c.y.max(d.y)
        && c.y.min(d.y) <= a.y.max(b.y)
}

fn is_finite(p: Coord<f64>) -> bool {
    p.x.is_finite() && p.y.is_finite()
}
