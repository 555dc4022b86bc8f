//! Which rings of a parcel are holes of which.

/// A ring without its repeated end.
pub type Ring = Vec<[f64; 2]>;

/// For each ring the one that it is a hole of: the smallest that it lies in, if it lies in an odd
/// number of them. An island in a hole is a part of its own.
pub fn holes(rings: &[Ring]) -> Vec<Option<usize>> {
    /// With more rings than this, comparing each with each would cost.
    const MOST: usize = 2_000;
    if rings.len() < 2 || rings.len() > MOST {
        return vec![None; rings.len()];
    }
    let extents: Vec<Option<[f64; 4]>> = rings.iter().map(|ring| extent(ring)).collect();
    let areas: Vec<f64> = rings.iter().map(|ring| area(ring)).collect();
    // Corners that may be looked at; beyond, rings stay parts of their own.
    let mut budget: usize = 40_000_000;
    let mut result = Vec::with_capacity(rings.len());
    for (i, ring) in rings.iter().enumerate() {
        let mut around: Vec<usize> = Vec::new();
        for (j, other) in rings.iter().enumerate() {
            let fits = i != j && areas[j] > areas[i] && lies_in(extents[i], extents[j]);
            if fits && budget > other.len() {
                budget -= other.len();
                if is_inside(ring, other, &mut budget) {
                    around.push(j);
                }
            }
        }
        let smallest = around.iter().copied().min_by(|a, b| areas[*a].total_cmp(&areas[*b]));
        result.push(smallest.filter(|_| around.len() % 2 == 1));
    }
    result
}

/// West, south, east and north.
pub fn extent(ring: &[[f64; 2]]) -> Option<[f64; 4]> {
    ring.iter().fold(None, |extent, [x, y]| {
        let [w, s, e, n] = extent.unwrap_or([*x, *y, *x, *y]);
        Some([w.min(*x), s.min(*y), e.max(*x), n.max(*y)])
    })
}

fn lies_in(inner: Option<[f64; 4]>, outer: Option<[f64; 4]>) -> bool {
    let (Some([w, s, e, n]), Some([ow, os, oe, on])) = (inner, outer) else { return false };
    w >= ow && s >= os && e <= oe && n <= on
}

fn edges(ring: &[[f64; 2]]) -> impl Iterator<Item = ([f64; 2], [f64; 2])> + '_ {
    ring.iter().copied().zip(ring.iter().cycle().skip(1).copied())
}

fn area(ring: &[[f64; 2]]) -> f64 {
    let Some(&[x0, y0]) = ring.first() else { return 0.0 };
    let cross =
        |(a, b): ([f64; 2], [f64; 2])| (a[0] - x0) * (b[1] - y0) - (b[0] - x0) * (a[1] - y0);
    edges(ring).map(cross).sum::<f64>().abs() / 2.0
}

/// Whether a ring lies in another: the first of its corners that is not on the other's border tells.
fn is_inside(ring: &Ring, other: &Ring, budget: &mut usize) -> bool {
    for corner in ring {
        if *budget < other.len() {
            return false;
        }
        *budget -= other.len();
        if !other.contains(corner) {
            return contains(other, *corner);
        }
    }
    // All corners are shared: it is inside, as it is the smaller one.
    true
}

fn contains(ring: &[[f64; 2]], [x, y]: [f64; 2]) -> bool {
    let crosses = |(a, b): &([f64; 2], [f64; 2])| {
        (a[1] > y) != (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]
    };
    edges(ring).filter(crosses).count() % 2 == 1
}
