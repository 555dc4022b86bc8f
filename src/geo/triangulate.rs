//! Polygons to triangles, for filling.

use ::geo::{MultiPolygon, Polygon};
use earcut::Earcut;

use super::mercator;
use crate::units::Mercator;

/// Triangles over shared vertices: three indices each, all of them valid.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Mesh2 {
    pub vertices: Vec<Mercator>,
    pub indices: Vec<u32>,
}

impl Mesh2 {
    /// The corners of the triangles.
    pub fn triangles(&self) -> impl Iterator<Item = [Mercator; 3]> + '_ {
        self.indices.chunks_exact(3).filter_map(|corners| {
            let mut found = corners.iter().filter_map(|i| self.vertices.get(*i as usize));
            Some([*found.next()?, *found.next()?, *found.next()?])
        })
    }

    /// Adds the triangles of another mesh.
    pub fn append(&mut self, other: &Self) {
        let Ok(offset) = u32::try_from(self.vertices.len()) else {
            return;
        };
        self.vertices.extend_from_slice(&other.vertices);
        self.indices.extend(other.indices.iter().map(|i| i + offset));
    }
}

/// Triangulates a polygon with holes (ear clipping). Rings may wind either way and need no closing
/// position. Positions that are not finite and repetitions are left out; a ring of fewer than three
/// others counts as nothing, so that a degenerate polygon gives an empty mesh.
///
/// ```
/// use jintu::{geo::triangulate::triangulate, units::Mercator};
///
/// let at = |x, y| Mercator { x, y };
/// let square = |low, high| [at(low, low), at(high, low), at(high, high), at(low, high)];
/// let mesh = triangulate(&square(0.0, 1.0), &[square(0.25, 0.75).to_vec()]);
/// let area: f64 = mesh
///     .triangles()
///     .map(|[a, b, c]| ((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)).abs() / 2.0)
///     .sum();
/// assert!((area - 0.75).abs() < 1e-12, "the square less its hole");
/// ```
pub fn triangulate(exterior: &[Mercator], holes: &[Vec<Mercator>]) -> Mesh2 {
    let mut vertices = cleaned(exterior);
    if vertices.len() < 3 {
        return Mesh2::default();
    }
    let mut hole_starts: Vec<u32> = Vec::new();
    for hole in holes {
        let ring = cleaned(hole);
        if ring.len() >= 3
            && let Ok(start) = u32::try_from(vertices.len())
        {
            hole_starts.push(start);
            vertices.extend(ring);
        }
    }
    if u32::try_from(vertices.len()).is_err() {
        return Mesh2::default();
    }
    // Near its own origin a small polygon keeps all its digits.
    let origin = vertices.first().copied().unwrap_or_default();
    let plane = vertices.iter().map(|p| [p.x - origin.x, p.y - origin.y]);
    let mut indices: Vec<u32> = Vec::new();
    Earcut::new().earcut(plane, &hole_starts, &mut indices);
    if indices.is_empty() {
        return Mesh2::default();
    }
    Mesh2 { vertices, indices }
}

/// [`triangulate`] for a polygon in degrees.
pub fn triangulate_polygon(area: &Polygon<f64>) -> Mesh2 {
    let holes: Vec<Vec<Mercator>> = area.interiors().iter().map(mercator::path_from_line).collect();
    triangulate(&mercator::path_from_line(area.exterior()), &holes)
}

/// The triangles of all parts.
pub fn triangulate_multi(area: &MultiPolygon<f64>) -> Mesh2 {
    let mut mesh = Mesh2::default();
    for part in &area.0 {
        mesh.append(&triangulate_polygon(part));
    }
    mesh
}

fn cleaned(ring: &[Mercator]) -> Vec<Mercator> {
    let mut positions: Vec<Mercator> =
        ring.iter().copied().filter(|p| p.x.is_finite() && p.y.is_finite()).collect();
    positions.dedup();
    while positions.len() > 1 && positions.first() == positions.last() {
        positions.pop();
    }
    positions
}
