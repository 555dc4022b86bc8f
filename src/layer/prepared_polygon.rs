//! A polygon that answers many questions: its edges sorted into horizontal slabs.

use ::geo::{
    Coord,
    kernels::{Kernel, Orientation, RobustKernel},
};

use crate::{geo::MercatorExtent, units::Mercator};

/// Rings by the even-odd rule, in unit Mercator; what lies on an edge is inside.
#[derive(Debug, Clone)]
pub struct PreparedPolygon {
    edges: Vec<[Mercator; 2]>,
    /// Numbers of the edges that reach into each slab.
    slabs: Vec<Vec<u32>>,
    extent: Option<MercatorExtent>,
    per_unit: f64,
}

/// How much of a box lies inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    All,
    None,
    Some,
}

impl PreparedPolygon {
    /// Rings need no closing position. Positions that are not finite are left out.
    pub fn new<'a>(rings: impl IntoIterator<Item = &'a [Mercator]>) -> Self {
        let mut edges = Vec::new();
        for ring in rings {
            let ring: Vec<Mercator> =
                ring.iter().copied().filter(|p| (p.x + p.y).is_finite()).collect();
            let next = ring.iter().skip(1).chain(ring.first());
            edges.extend(ring.iter().zip(next).map(|(a, b)| [*a, *b]));
        }
        let extent = MercatorExtent::around(edges.iter().flatten().copied());
        let count = edges.len().clamp(1, 4096);
        let height = extent.map_or(0.0, |e| e.max.y - e.min.y);
        let per_unit = if height > 0.0 { count as f64 / height } else { 0.0 };
        let mut polygon = Self { edges, slabs: vec![Vec::new(); count], extent, per_unit };
        for i in 0..polygon.edges.len() {
            let Some([a, b]) = polygon.edges.get(i).copied() else { continue };
            let (from, to) = (polygon.slab(a.y.min(b.y)), polygon.slab(a.y.max(b.y)));
            let number = u32::try_from(i).unwrap_or(u32::MAX);
            for slab in polygon.slabs.get_mut(from..=to).unwrap_or_default() {
                slab.push(number);
            }
        }
        polygon
    }

    /// The box around it; `None` for no polygon at all.
    pub const fn extent(&self) -> Option<MercatorExtent> {
        self.extent
    }

    /// Whether the position is inside or on an edge. Exact.
    pub fn contains(&self, p: Mercator) -> bool {
        if !self.extent.is_some_and(|extent| extent.contains(p)) {
            return false;
        }
        let mut inside = false;
        for edge in self.slabs.get(self.slab(p.y)).into_iter().flatten() {
            let Some([a, b]) = self.edges.get(*edge as usize) else { continue };
            let (low, high) = if a.y <= b.y { (a, b) } else { (b, a) };
            if p.y < low.y || p.y > high.y {
                continue;
            }
            let side = RobustKernel::orient2d(coord(*low), coord(*high), coord(p));
            let between = (a.x.min(b.x)..=a.x.max(b.x)).contains(&p.x);
            if side == Orientation::Collinear && between {
                return true;
            }
            // Half open, so that a vertex counts once; to the left of an edge that goes up.
            if p.y >= low.y && p.y < high.y && side == Orientation::CounterClockwise {
                inside = !inside;
            }
        }
        inside
    }

    /// How much of a box lies inside; `Some` when an edge comes near it.
    pub fn share_of(&self, wanted: &MercatorExtent) -> Share {
        if !self.extent.is_some_and(|extent| extent.intersects(wanted)) {
            return Share::None;
        }
        if self.edges_near(wanted).any(|[a, b]| meets(a, b, wanted)) {
            return Share::Some;
        }
        if self.contains(wanted.min) { Share::All } else { Share::None }
    }

    /// Whether a segment crosses or touches an edge.
    pub fn crosses(&self, a: Mercator, b: Mercator) -> bool {
        let around = MercatorExtent {
            min: Mercator { x: a.x.min(b.x), y: a.y.min(b.y) },
            max: Mercator { x: a.x.max(b.x), y: a.y.max(b.y) },
        };
        self.edges_near(&around).any(|[c, d]| cross(a, b, c, d))
    }

    /// Calls with the ends of each edge.
    pub fn each_edge(&self, found: &mut dyn FnMut(Mercator, Mercator)) {
        for [a, b] in &self.edges {
            found(*a, *b);
        }
    }

    /// Any position of it, to ask whether something else holds all of it.
    pub fn any_position(&self) -> Option<Mercator> {
        self.edges.first().map(|[a, _]| *a)
    }

    fn edges_near(&self, wanted: &MercatorExtent) -> impl Iterator<Item = [Mercator; 2]> + '_ {
        let (from, to) = (self.slab(wanted.min.y), self.slab(wanted.max.y));
        let slabs = self.slabs.get(from..=to).unwrap_or_default();
        slabs.iter().flatten().filter_map(|edge| self.edges.get(*edge as usize).copied())
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the slabs"
    )]
    fn slab(&self, y: f64) -> usize {
        let from = self.extent.map_or(0.0, |extent| extent.min.y);
        ((y - from) * self.per_unit).clamp(0.0, (self.slabs.len() - 1) as f64) as usize
    }
}

fn coord(p: Mercator) -> Coord<f64> {
    Coord { x: p.x, y: p.y }
}

/// Whether a segment has anything in a box (the separating axes of the two).
pub(super) fn meets(a: Mercator, b: Mercator, wanted: &MercatorExtent) -> bool {
    let MercatorExtent { min, max } = wanted;
    let (cx, cy) = (f64::midpoint(min.x, max.x), f64::midpoint(min.y, max.y));
    let (hx, hy) = ((max.x - min.x) / 2.0, (max.y - min.y) / 2.0);
    let (dx, dy) = ((b.x - a.x) / 2.0, (b.y - a.y) / 2.0);
    let (mx, my) = (f64::midpoint(a.x, b.x) - cx, f64::midpoint(a.y, b.y) - cy);
    let slack = 1e-15;
    mx.abs() <= hx + dx.abs() + slack
        && my.abs() <= hy + dy.abs() + slack
        && (mx * dy - my * dx).abs() <= hx * dy.abs() + hy * dx.abs() + slack
}

/// Whether two segments have a position in common. Exact.
fn cross(a: Mercator, b: Mercator, c: Mercator, d: Mercator) -> bool {
    let side = |p, q, r| RobustKernel::orient2d(coord(p), coord(q), coord(r));
    let on = |p: Mercator, q: Mercator, r: Mercator| {
        (p.x.min(q.x)..=p.x.max(q.x)).contains(&r.x) && (p.y.min(q.y)..=p.y.max(q.y)).contains(&r.y)
    };
    let (abc, abd, cda, cdb) = (side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b));
    let flat = Orientation::Collinear;
    abc != abd && cda != cdb && (abc != flat || abd != flat)
        || abc == flat && on(a, b, c)
        || abd == flat && on(a, b, d)
        || cda == flat && on(c, d, a)
        || cdb == flat && on(c, d, b)
}
