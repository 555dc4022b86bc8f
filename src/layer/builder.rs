//! A chunk being filled, feature by feature.

use super::{Chunk, Kind, Kinds, Shapes};
use crate::{
    geo::mercator,
    units::{LonLat, Mercator},
};

/// Collects features. A chunk of single points takes sixteen bytes a row and no more.
#[derive(Debug, Default)]
pub struct ChunkBuilder {
    positions: Vec<Mercator>,
    part_ends: Vec<u32>,
    feature_ends: Vec<u32>,
    kinds: Vec<Kind>,
    holes: Vec<bool>,
    /// Points at exactly 0,0.
    zeros: usize,
}

impl ChunkBuilder {
    /// Rows so far.
    pub fn len(&self) -> usize {
        self.kinds.len()
    }

    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// Adds a part to the feature that is being told; rings without their repeated end.
    pub fn part(&mut self, positions: impl IntoIterator<Item = LonLat>, is_hole: bool) {
        let mut positions = positions.into_iter().peekable();
        let first = positions.next_if(|p| p.lon_deg == 0.0 && p.lat_deg == 0.0);
        if let Some(zero) = first {
            // A point in the Gulf of Guinea is a row without coordinates.
            if positions.peek().is_none() {
                self.zeros += 1;
                return;
            }
            return self.part_of(std::iter::once(zero).chain(positions), is_hole);
        }
        self.part_of(positions, is_hole);
    }

    fn part_of(&mut self, positions: impl Iterator<Item = LonLat>, is_hole: bool) {
        let from = self.positions.len();
        self.positions.extend(positions.filter(is_sound).map(mercator::from_lon_lat));
        if self.positions.len() > from {
            self.part_ends.push(count(self.positions.len()));
            self.holes.push(is_hole);
        }
    }

    /// Ends the feature. Without a sound part it has no place. Says whether it has one.
    pub fn end(&mut self, kind: Kind) -> bool {
        let before = self.feature_ends.last().copied().unwrap_or(0);
        let parts = count(self.part_ends.len());
        let placed = parts > before && kind != Kind::None;
        self.feature_ends.push(parts);
        self.kinds.push(if placed { kind } else { Kind::None });
        placed
    }

    /// Adds a single point.
    pub fn point(&mut self, p: LonLat) -> bool {
        self.part([p], false);
        self.end(Kind::Point)
    }

    /// The chunk, indexed; the builder is empty again.
    pub fn finish(&mut self) -> Chunk {
        let own = std::mem::take(self);
        let only_points = own.kinds.iter().all(|kind| *kind == Kind::Point)
            && own.positions.len() == own.kinds.len();
        let starts = |ends: Vec<u32>| {
            let mut starts = Vec::with_capacity(ends.len() + 1);
            starts.push(0);
            starts.extend(ends);
            starts
        };
        let first = own.kinds.first().copied();
        let kinds = match first {
            Some(kind) if own.kinds.iter().all(|own| *own == kind) => Kinds::All(kind),
            _ => Kinds::Each(own.kinds),
        };
        let mut shapes = Shapes {
            kinds,
            positions: own.positions,
            part_starts: Vec::new(),
            feature_starts: Vec::new(),
            holes: Vec::new(),
        };
        if !only_points {
            shapes.part_starts = starts(own.part_ends);
            shapes.feature_starts = starts(own.feature_ends);
            if own.holes.contains(&true) {
                shapes.holes = own.holes;
            }
        }
        shapes.positions.shrink_to_fit();
        let mut chunk = Chunk::new(shapes);
        chunk.zeros = own.zeros;
        chunk
    }
}

/// Web Mercator ends at 85.05°, and what is not finite is nowhere.
fn is_sound(p: &LonLat) -> bool {
    p.lon_deg.abs() <= 180.0 && p.lat_deg.abs() <= 85.05
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
