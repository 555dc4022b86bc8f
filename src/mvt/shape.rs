//! The geometry of a feature in tile units.

use super::{
    fields::{varint, zigzag},
    tile::{Feature, GeometryKind, TileError},
};

/// A position in pixels or in units of a tile, x to the east and y to the south.
pub type Point = [f64; 2];

/// Points, lines or rings, one after the other in one list that is used again for each feature.
#[derive(Default)]
pub struct Shape {
    points: Vec<Point>,
    ends: Vec<usize>,
}

impl Shape {
    /// Reads the geometry of `feature`; a damaged one keeps the parts before the damage.
    ///
    /// # Errors
    /// When it holds more vertices than are `left`; what it holds is taken off that.
    pub fn read(&mut self, feature: &Feature, left: &mut usize) -> Result<(), TileError> {
        self.points.clear();
        self.ends.clear();
        let mut cursor = [0_i32; 2];
        let mut commands = feature.geometry();
        let single = feature.kind() == GeometryKind::Point;
        while let Some(command) = varint(&mut commands) {
            match command & 7 {
                1 if !single => self.end_part(),
                1 | 2 => {}
                7 => continue,
                _ => break,
            }
            for _ in 0..(command >> 3) {
                let (Some(x), Some(y)) = (varint(&mut commands), varint(&mut commands)) else {
                    break;
                };
                cursor = [moved(cursor[0], x), moved(cursor[1], y)];
                *left = left.checked_sub(1).ok_or(TileError::TooLarge)?;
                self.points.push(cursor.map(f64::from));
            }
        }
        self.end_part();
        Ok(())
    }

    fn end_part(&mut self) {
        if self.points.len() > self.ends.last().copied().unwrap_or(0) {
            self.ends.push(self.points.len());
        }
    }

    /// The lines or rings, or one list of all points.
    pub fn parts(&self) -> impl Iterator<Item = &[Point]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).filter_map(|(start, end)| self.points.get(start..*end))
    }
}

/// Positions stop at the ends of 32 bits, far off any tile.
fn moved(from: i32, by: u64) -> i32 {
    let by = zigzag(by).clamp(i64::from(i32::MIN), i64::from(i32::MAX));
    from.saturating_add(i32::try_from(by).unwrap_or(0))
}

/// Twice the signed area of a ring: positive where it runs clockwise as seen, as outer rings do.
pub fn doubled_area(ring: &[Point]) -> f64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum()
}
