//! Which rings are holes of which: by orientation and containment together, because files get the
//! one or the other wrong.

use rstar::{AABB, RTree, RTreeObject};

/// The rings of an area: an outer one and its holes, by their places in the list that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NestedRings {
    pub outer: usize,
    pub holes: Vec<usize>,
}

/// Vertices looked at for all rings of a feature; beyond, rings count as outer ones.
const MOST_LOOKS: usize = 10_000_000;

struct Bounds {
    ring: usize,
    min: [f64; 2],
    max: [f64; 2],
}

impl RTreeObject for Bounds {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(self.min, self.max)
    }
}

/// Groups the rings of a feature, in the order of the outer ones.
///
/// A ring inside another is its hole if it turns the other way, or if all rings of the feature
/// turn the same way, so that turning says nothing. Within a hole it is an area again.
///
/// ```
/// use jintu::geo::ring_nesting::{NestedRings, nest};
///
/// let square = |from: f64, to: f64| vec![[from, from], [to, from], [to, to], [from, to]];
/// // All turn the same way: an area, its hole, an island in the hole.
/// let rings = [square(4.0, 5.0), square(0.0, 9.0), square(3.0, 6.0)];
/// let nested = nest(&rings);
/// assert_eq!(nested[0], NestedRings { outer: 0, holes: vec![] });
/// assert_eq!(nested[1], NestedRings { outer: 1, holes: vec![2] });
/// ```
pub fn nest(rings: &[Vec<[f64; 2]>]) -> Vec<NestedRings> {
    if rings.len() < 2 {
        return (0..rings.len()).map(|outer| NestedRings { outer, holes: Vec::new() }).collect();
    }
    let areas: Vec<f64> = rings.iter().map(|ring| doubled_area(ring)).collect();
    let turns = |ring: usize| areas.get(ring).is_some_and(|area| *area > 0.0);
    let size = |ring: usize| areas.get(ring).map_or(0.0, |area| area.abs());
    let path = |ring: usize| rings.get(ring).map_or(&[][..], Vec::as_slice);
    let same_way = (0..rings.len()).all(|ring| turns(ring) == turns(0));
    let tree =
        RTree::bulk_load((0..rings.len()).filter_map(|ring| bounds(ring, path(ring))).collect());
    // From the largest on: what contains a ring is decided before the ring.
    let mut order: Vec<usize> = (0..rings.len()).collect();
    order.sort_by(|a, b| size(*b).total_cmp(&size(*a)));
    // For each ring the outer ring whose hole it is.
    let mut hole_of: Vec<Option<usize>> = vec![None; rings.len()];
    let mut looks = 0;
    for ring in order {
        let Some(first) = path(ring).first() else { continue };
        let around = tree.locate_in_envelope_intersecting(AABB::from_point(*first));
        let mut around: Vec<usize> = around
            .map(|bounds| bounds.ring)
            .filter(|other| *other != ring && size(*other) > size(ring))
            .collect();
        around.sort_by(|a, b| size(*a).total_cmp(&size(*b)));
        let container = around.into_iter().find(|other| {
            looks += path(*other).len();
            looks < MOST_LOOKS && contains(path(*other), path(ring))
        });
        let Some(container) = container else { continue };
        let within = hole_of.get(container).copied().flatten();
        let opposite = turns(container) != turns(ring);
        let hole = match within {
            None if same_way || opposite => Some(container),
            // Two holes that overlap leave one gap.
            Some(outer) if !same_way && !opposite => Some(outer),
            _ => None,
        };
        if let Some(place) = hole_of.get_mut(ring) {
            *place = hole;
        }
    }
    let mut places = vec![usize::MAX; rings.len()];
    let mut nested: Vec<NestedRings> = Vec::new();
    for (ring, of) in hole_of.iter().enumerate() {
        if of.is_none() {
            if let Some(place) = places.get_mut(ring) {
                *place = nested.len();
            }
            nested.push(NestedRings { outer: ring, holes: Vec::new() });
        }
    }
    for (ring, of) in hole_of.iter().enumerate() {
        let place = of.and_then(|outer| places.get(outer)).copied();
        if let Some(group) = place.and_then(|place| nested.get_mut(place)) {
            group.holes.push(ring);
        }
    }
    nested
}

fn bounds(ring: usize, path: &[[f64; 2]]) -> Option<Bounds> {
    let first = *path.first()?;
    let mut bounds = Bounds { ring, min: first, max: first };
    for [x, y] in path {
        if !(x.is_finite() && y.is_finite()) {
            return None;
        }
        bounds.min = [bounds.min[0].min(*x), bounds.min[1].min(*y)];
        bounds.max = [bounds.max[0].max(*x), bounds.max[1].max(*y)];
    }
    Some(bounds)
}

/// Twice the area, positive counter-clockwise, with small numbers: from the first corner.
fn doubled_area(path: &[[f64; 2]]) -> f64 {
    let Some([x0, y0]) = path.first().copied() else { return 0.0 };
    let next = path.iter().skip(1).chain(path.first());
    path.iter().zip(next).map(|([x, y], [u, v])| (x - x0) * (v - y0) - (u - x0) * (y - y0)).sum()
}

/// Whether a ring lies in another, by its first corner that is not on the other's edge. One that
/// touches with every corner lies in it if the middle of an edge does.
fn contains(outer: &[[f64; 2]], inner: &[[f64; 2]]) -> bool {
    /// Corners on the edge are few; more are not worth the time.
    const MOST_CORNERS: usize = 8;
    let corners = inner.iter().copied().take(MOST_CORNERS);
    let middles = inner
        .iter()
        .zip(inner.iter().skip(1))
        .map(|([x, y], [u, v])| [f64::midpoint(*x, *u), f64::midpoint(*y, *v)])
        .take(MOST_CORNERS);
    corners.chain(middles).find_map(|corner| side(outer, corner)).unwrap_or(false)
}

/// Whether a position lies in a ring; `None` on its edge.
fn side(ring: &[[f64; 2]], [x, y]: [f64; 2]) -> Option<bool> {
    let next = ring.iter().skip(1).chain(ring.first());
    let mut inside = false;
    for ([ax, ay], [bx, by]) in ring.iter().zip(next) {
        let cross = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
        let beside = x >= ax.min(*bx) && x <= ax.max(*bx) && y >= ay.min(*by) && y <= ay.max(*by);
        if cross == 0.0 && beside {
            return None;
        }
        if (*ay > y) != (*by > y) && (cross > 0.0) == (by > ay) {
            inside = !inside;
        }
    }
    Some(inside)
}
