//! `TopoJSON`: borders that neighbours share, kept once.

use super::{
    geometry::{enter, pairs},
    scan::{Cursor, text},
    system::find,
};
use crate::{
    layer::{
        ChunkBuilder, Part,
        wkb::{Broken, open},
    },
    units::LonLat,
};

/// The shared lines, and how whole numbers become coordinates.
pub struct Topology {
    arcs: Vec<Vec<[f64; 2]>>,
    transform: Option<[[f64; 2]; 2]>,
    /// Positions that may still be told: a line may be named again and again.
    left: std::cell::Cell<usize>,
}

/// Objects within objects go no deeper than this.
const DEEPEST: u8 = 8;
/// Times that every line may be used on the average: borders are used twice.
const MOST_USES: usize = 64;

impl Topology {
    pub fn new(arcs: &[u8], transform: &[u8]) -> Self {
        let pair = |key| {
            let mut cursor = Cursor::within(find(transform, key)?);
            cursor.number().zip(cursor.number()).map(|(x, y)| [x, y])
        };
        let transform = pair("scale").zip(pair("translate")).map(|(s, t)| [s, t]);
        let mut cursor = Cursor::within(arcs);
        let mut all = Vec::new();
        while enter(&mut cursor) {
            let mut arc = pairs(&mut cursor);
            if transform.is_some() {
                // Each position is told by its distance from the one before.
                let mut at = [0.0, 0.0];
                for p in &mut arc {
                    at = [at[0] + p[0], at[1] + p[1]];
                    *p = at;
                }
            }
            all.push(arc);
        }
        let positions: usize = all.iter().map(Vec::len).sum();
        let left = std::cell::Cell::new(positions.saturating_mul(MOST_USES));
        Self { arcs: all, transform, left }
    }

    /// The features of an object: itself with its geometry, or those of a collection.
    pub fn features(object: &[u8]) -> Vec<(&[u8], &[u8])> {
        let is_collection =
            find(object, "type").is_some_and(|kind| text(kind).text == "GeometryCollection");
        let mut all = Vec::new();
        match find(object, "geometries").filter(|_| is_collection) {
            Some(list) => {
                let mut cursor = Cursor::within(list);
                while let Some(own) = cursor.value() {
                    all.push((own, own));
                }
            }
            None => all.push((object, object)),
        }
        all
    }

    fn at(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        match self.transform {
            Some([scale, translate]) => [x * scale[0] + translate[0], y * scale[1] + translate[1]],
            None => [x, y],
        }
    }

    /// Adds the parts of a geometry.
    ///
    /// # Errors
    /// A type that is not known, or a line that there is not.
    pub fn shape(
        &self,
        value: &[u8],
        place: &mut dyn FnMut(f64, f64) -> LonLat,
        into: &mut ChunkBuilder,
    ) -> Result<(), Broken> {
        self.part(value, place, into, 0)
    }

    fn part(
        &self,
        value: &[u8],
        place: &mut dyn FnMut(f64, f64) -> LonLat,
        into: &mut ChunkBuilder,
        depth: u8,
    ) -> Result<(), Broken> {
        let Some(kind) = find(value, "type").map(|kind| text(kind).text) else {
            return Err(Broken);
        };
        let list = |key| find(value, key).map(Cursor::within).ok_or(Broken);
        let mut placed = |[x, y]: [f64; 2]| place(x, y);
        match &*kind {
            // A feature without a geometry has the type null.
            "null" => {}
            "Point" => {
                let mut own = list("coordinates")?;
                let at = own.number().zip(own.number());
                into.part(Part::Point, at.map(|(x, y)| placed(self.at([x, y]))));
            }
            "MultiPoint" => {
                for p in pairs(&mut list("coordinates")?) {
                    into.part(Part::Point, [placed(self.at(p))]);
                }
            }
            "LineString" => {
                let path = self.path(&mut list("arcs")?)?;
                into.part(Part::Line, path.into_iter().map(placed));
            }
            "MultiLineString" => {
                let mut own = list("arcs")?;
                while enter(&mut own) {
                    let path = self.path(&mut own)?;
                    into.part(Part::Line, path.into_iter().map(&mut placed));
                }
            }
            "Polygon" => self.rings(&mut list("arcs")?, &mut placed, into)?,
            "MultiPolygon" => {
                let mut own = list("arcs")?;
                while enter(&mut own) {
                    self.rings(&mut own, &mut placed, into)?;
                }
            }
            "GeometryCollection" if depth < DEEPEST => {
                let mut own = list("geometries")?;
                while let Some(value) = own.value() {
                    self.part(value, place, into, depth + 1)?;
                }
            }
            _ => return Err(Broken),
        }
        Ok(())
    }

    fn rings(
        &self,
        list: &mut Cursor<'_>,
        placed: &mut dyn FnMut([f64; 2]) -> LonLat,
        into: &mut ChunkBuilder,
    ) -> Result<(), Broken> {
        let mut part = Part::Ring;
        while enter(list) {
            let path = self.path(list)?;
            into.part(part, open(path.into_iter().map(&mut *placed).collect()));
            part = Part::Hole;
        }
        Ok(())
    }

    /// The line of the numbers of a list that has been entered: those below zero run backwards.
    fn path(&self, list: &mut Cursor<'_>) -> Result<Vec<[f64; 2]>, Broken> {
        let mut path: Vec<[f64; 2]> = Vec::new();
        while let Some(raw) = list.value() {
            let number: i64 = text(raw).text.parse().map_err(|_| Broken)?;
            let own = if number < 0 { !number } else { number };
            let own = usize::try_from(own).ok().and_then(|i| self.arcs.get(i)).ok_or(Broken)?;
            self.left.set(self.left.get().checked_sub(own.len()).ok_or(Broken)?);
            // Each begins where the one before ends.
            let skip = usize::from(!path.is_empty());
            if number < 0 {
                path.extend(own.iter().rev().skip(skip).map(|p| self.at(*p)));
            } else {
                path.extend(own.iter().skip(skip).map(|p| self.at(*p)));
            }
        }
        list.pass();
        Ok(path)
    }
}
