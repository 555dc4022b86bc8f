//! A chunk being filled, feature by feature.

use super::{Chunk, Kind, Kinds, Part, Shapes};
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
    parts: Vec<Part>,
    /// Points at exactly 0,0.
    zeros: usize,
    /// Features with a part that lies nowhere on Earth, and whether the one that is being told has.
    nowhere: usize,
    has_nowhere: bool,
    /// Features with a position beyond the map, drawn at its edge.
    clamped: usize,
    /// Whether the feature that is being told has such a position.
    clamps: bool,
    /// Features with heights that are not kept, those of the one that is being told, and one height
    /// for each row so far that has one: none at the end for those that have none.
    high: usize,
    told_height: Told,
    heights: Vec<f64>,
    /// Curves told as lines of short pieces.
    curves: usize,
}

/// What has been told of a feature's heights.
#[derive(Debug, Clone, Copy, Default)]
enum Told {
    #[default]
    Nothing,
    /// Some position lies so high; others may lie higher or lower.
    Some(f64),
    /// All positions lie between these.
    All { low: f64, high: f64 },
}

impl ChunkBuilder {
    /// Rows so far.
    pub fn len(&self) -> usize {
        self.kinds.len()
    }

    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// Adds a part to the feature that is being told; rings without their repeated end. A part with
    /// a position that is no number or nowhere on Earth has no place; a point at exactly 0,0 neither.
    pub fn part(&mut self, part: Part, positions: impl IntoIterator<Item = LonLat>) {
        let from = self.positions.len();
        let mut clamps = false;
        for p in positions {
            if !(p.lon_deg.is_finite() && p.lat_deg.is_finite()) {
                self.positions.truncate(from);
                return;
            }
            if !is_on_earth(p) {
                self.positions.truncate(from);
                self.has_nowhere = true;
                return;
            }
            let inside = clamped(p);
            clamps |= inside != p;
            self.positions.push(mercator::from_lon_lat(inside));
            // A point in the Gulf of Guinea is a row without coordinates.
            if part == Part::Point && p.lon_deg == 0.0 && p.lat_deg == 0.0 {
                self.positions.pop();
                self.zeros += 1;
            }
        }
        let count = self.positions.len() - from;
        let least = match part {
            Part::Point => 1,
            Part::Line => 2,
            Part::Ring | Part::Hole => 3,
        };
        if count < least {
            self.positions.truncate(from);
            return;
        }
        // A hole of a ring that is none is none.
        let told = self.feature_ends.last().copied().unwrap_or(0) as usize;
        let before = self.parts.get(told..).and_then(<[Part]>::last);
        if part == Part::Hole && !before.is_some_and(|part| part.is_closed()) {
            self.positions.truncate(from);
            return;
        }
        self.clamps |= clamps;
        self.part_ends.push(rows(self.positions.len()));
        self.parts.push(part);
    }

    /// Says that a curve of the feature is told as a line of short pieces.
    pub const fn straightened(&mut self) {
        self.curves += 1;
    }

    /// Says how high some position of the feature lies. Many writers put zeros where nothing is known:
    /// those are no heights.
    pub fn height(&mut self, z: f64) {
        if z.is_finite() && z != 0.0 {
            self.told_height = Told::Some(z);
        }
    }

    /// Says how high each position of the feature lies, one after the other, or the lowest and the
    /// highest of them.
    pub fn each_height(&mut self, z: f64) {
        if z.is_finite() {
            self.told_height = match self.told_height {
                Told::All { low, high } => Told::All { low: low.min(z), high: high.max(z) },
                Told::Nothing | Told::Some(_) => Told::All { low: z, high: z },
            };
        }
    }

    /// Takes the height of the feature that ends now: one that all of it has is kept, as that of a point
    /// or a contour line; else it is counted that there are some.
    fn end_height(&mut self, is_point: bool) {
        let one = match std::mem::take(&mut self.told_height) {
            Told::Nothing | Told::All { low: 0.0, high: 0.0 } => return,
            Told::Some(z) if is_point => Some(z),
            #[expect(clippy::float_cmp, reason = "the same figure, as it was read")]
            Told::All { low, high } => (low == high).then_some(low),
            Told::Some(_) => None,
        };
        match one {
            Some(z) => {
                self.heights.resize(self.kinds.len(), f64::NAN);
                self.heights.push(z);
            }
            None => self.high += 1,
        }
    }

    /// Whether a part of the feature that is being told was left out as nowhere on Earth.
    pub const fn has_nowhere(&self) -> bool {
        self.has_nowhere
    }

    /// Ends the feature: it is what its parts are. Without any it has no place. Says whether it has
    /// one.
    pub fn end(&mut self) -> bool {
        let before = self.feature_ends.last().copied().unwrap_or(0) as usize;
        let own = self.parts.get(before..).unwrap_or_default();
        let kind = own
            .iter()
            .map(|part| part.kind())
            .reduce(|all, kind| if all == kind { all } else { Kind::Mixed });
        self.clamped += usize::from(std::mem::take(&mut self.clamps));
        self.nowhere += usize::from(std::mem::take(&mut self.has_nowhere));
        let is_point = matches!(own, [Part::Point]);
        self.end_height(is_point);
        self.feature_ends.push(rows(self.part_ends.len()));
        self.kinds.push(kind.unwrap_or(Kind::None));
        kind.is_some()
    }

    /// Adds a single point.
    pub fn point(&mut self, p: LonLat) -> bool {
        self.part(Part::Point, [p]);
        self.end()
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
        let mixed = own.kinds.contains(&Kind::Mixed);
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
            parts: Vec::new(),
        };
        if !only_points {
            shapes.part_starts = starts(own.part_ends);
            shapes.feature_starts = starts(own.feature_ends);
            if own.parts.contains(&Part::Hole) || mixed {
                shapes.parts = own.parts;
            }
        }
        shapes.positions.shrink_to_fit();
        let mut chunk = Chunk::new(shapes);
        chunk.zeros = own.zeros;
        chunk.clamped = own.clamped;
        chunk.nowhere = own.nowhere;
        chunk.high = own.high;
        chunk.heights = own.heights;
        chunk.curves = own.curves;
        chunk.count_outlines();
        chunk
    }
}

/// Whether there is such a position; what a transform of the last digit adds is none.
fn is_on_earth(p: LonLat) -> bool {
    p.lat_deg.abs() <= 90.0 + 1e-6 && p.lon_deg.abs() <= 360.0 + 1e-6
}

/// Web Mercator ends at 85.05°; beyond half a turn more than the world nothing is drawn.
fn clamped(p: LonLat) -> LonLat {
    LonLat::new(p.lon_deg.clamp(-360.0, 360.0), p.lat_deg.clamp(-85.05, 85.05))
}

fn rows(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
