//! Parts as they are traced, and paths of corners with bulges.

use super::{affine::Affine, curve::bulged};
use crate::layer::Part;

/// The parts of an entity, or of the entities of a block together.
#[derive(Debug, Default)]
pub struct Traced {
    pub parts: Vec<(Part, Vec<[f64; 2]>)>,
    /// Positions so far.
    pub positions: usize,
    /// Whether curves were made straight.
    pub curved: bool,
    /// Whether positions have heights.
    pub high: bool,
    /// The height that all of them have, as the drawing counts.
    pub level: Option<f64>,
}

impl Traced {
    pub fn part(&mut self, part: Part, positions: Vec<[f64; 2]>) {
        self.positions += positions.len();
        self.parts.push((part, positions));
    }

    /// What is closed is an area, without its end repeated.
    pub fn path(&mut self, mut positions: Vec<[f64; 2]>, closed: bool) {
        let repeated = positions.len() > 3 && positions.first() == positions.last();
        if repeated {
            positions.pop();
        }
        let area = (closed || repeated) && positions.len() > 2;
        self.part(if area { Part::Ring } else { Part::Line }, positions);
    }
}

/// A corner and the bulge of the piece after it.
pub type Vertex = ([f64; 2], f64);

/// A path of corners with bulges.
pub fn outline(vertices: &[Vertex], closed: bool, map: Affine, into: &mut Traced) {
    let (path, curved) = outlined(vertices, closed);
    into.curved |= curved;
    into.path(path.into_iter().map(|at| map.at(at)).collect(), closed);
}

/// Its positions, the first one not repeated, and whether it has curves.
pub fn outlined(vertices: &[Vertex], closed: bool) -> (Vec<[f64; 2]>, bool) {
    let mut path: Vec<[f64; 2]> = vertices.first().map(|first| first.0).into_iter().collect();
    let mut curved = false;
    let next = vertices.iter().skip(1).chain(vertices.first().filter(|_| closed));
    for ((from, bulge), (to, _)) in vertices.iter().zip(next) {
        curved |= *bulge != 0.0;
        path.extend(bulged(*from, *to, *bulge));
    }
    if closed && path.len() > 1 {
        path.pop();
    }
    (path, curved)
}
