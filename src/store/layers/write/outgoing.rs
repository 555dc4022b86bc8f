//! What is written of a layer.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::{
    geo::{Crs, mercator},
    layer::{Bits, Condition, Layer, Part, Value},
};

/// A layer, and which of its features are written.
#[derive(Debug, Clone)]
pub struct Outgoing<'a> {
    pub layer: &'a Layer,
    /// What a filter lets pass, one set per chunk; `None` for all.
    pub passed: Option<&'a [Bits]>,
    pub condition: Condition,
    /// Who follows the writing, and may stop it.
    pub watch: Option<Watch<'a>>,
}

/// Follows the writing of a layer.
#[derive(Clone, Copy)]
pub struct Watch<'a> {
    /// Set, no more features are written; what was written is thrown away.
    pub cancel: &'a AtomicBool,
    /// Called with the number of more features that were passed. A format may pass them twice.
    pub passed: &'a (dyn Fn(usize) + Sync),
}

impl std::fmt::Debug for Watch<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Watch").finish_non_exhaustive()
    }
}

/// A feature of a layer: its chunk and its row there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    pub chunk: usize,
    pub row: usize,
}

impl<'a> Outgoing<'a> {
    /// All of a layer.
    pub fn all(layer: &'a Layer) -> Self {
        Self { layer, passed: None, condition: Condition::default(), watch: None }
    }

    /// The features to write, in the order of the file that they come from; none once the writing
    /// is stopped.
    pub fn rows(&self) -> impl Iterator<Item = Row> + '_ {
        /// Features between two looks.
        const STEP: usize = 512;
        let mut count = 0_usize;
        self.unwatched().take_while(move |_| {
            let Some(watch) = self.watch else { return true };
            count += 1;
            if !count.is_multiple_of(STEP) {
                return true;
            }
            (watch.passed)(STEP);
            !watch.cancel.load(Ordering::Relaxed)
        })
    }

    /// Whether there is any feature to write.
    pub fn has_rows(&self) -> bool {
        self.unwatched().next().is_some()
    }

    /// The same when they are only looked at.
    pub(super) fn unwatched(&self) -> impl Iterator<Item = Row> + '_ {
        self.layer.chunks.iter().enumerate().flat_map(move |(chunk, own)| {
            (0..own.shapes.len()).map(move |row| Row { chunk, row }).filter(|at| {
                let passes = |passed: &[Bits]| {
                    passed.get(at.chunk).is_some_and(|bits| bits.contains(at.row))
                };
                self.passed.is_none_or(passes) && self.condition.holds(self.layer, at.chunk, at.row)
            })
        })
    }

    /// A value of a feature.
    pub fn value(&self, at: Row, field: usize) -> Value<'_> {
        let table = self.layer.tables.get(at.chunk);
        table.map_or(Value::Missing, |table| table.value(at.row, field))
    }

    /// The parts of a feature in a system: longitude and latitude or easting and northing. Rings
    /// are open, the holes of a ring follow it.
    pub fn parts(&self, at: Row, crs: Crs) -> Vec<(Part, Vec<[f64; 2]>)> {
        let Some(chunk) = self.layer.chunks.get(at.chunk) else { return Vec::new() };
        let shapes = &chunk.shapes;
        let place = |p: &crate::units::Mercator| {
            let xy = crs.from_wgs84(mercator::to_lon_lat(*p));
            // What Mercator and back costs is rounded away; a hundredth of a millimetre is kept.
            let per_unit = if crs.is_plane() { 1e5 } else { 1e9 };
            xy.map(|v| (v * per_unit).round() / per_unit)
        };
        if shapes.kind(at.row) == crate::layer::Kind::None {
            return Vec::new();
        }
        shapes
            .parts_of(at.row)
            .map(|part| (shapes.role(at.row, part), shapes.part(part).iter().map(place).collect()))
            .collect()
    }

    /// The rings of the parts that are areas, each polygon with its outer ring first; rings are
    /// closed by repeating their first position.
    pub fn polygons(parts: &[(Part, Vec<[f64; 2]>)]) -> Vec<Vec<Vec<[f64; 2]>>> {
        let mut polygons: Vec<Vec<Vec<[f64; 2]>>> = Vec::new();
        for (part, path) in parts {
            let mut ring = path.clone();
            ring.extend(path.first().copied());
            match (part, polygons.last_mut()) {
                (Part::Ring, _) => polygons.push(vec![ring]),
                (Part::Hole, Some(last)) => last.push(ring),
                _ => {}
            }
        }
        polygons
    }
}
