//! Well-known binary (OGC 06-103r4) into a chunk, of either byte order, with or without Z and M, in
//! the OGC's and in the extended numbering.

use super::{ChunkBuilder, Part, arc};
use crate::units::LonLat;

/// The geometry cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken;

/// Adds the parts of a geometry to the builder; `place` turns file coordinates into degrees. The
/// feature has still to be ended.
///
/// # Errors
/// Bytes that end too early or are of an unknown type.
pub fn read(
    bytes: &[u8],
    place: &dyn Fn(f64, f64) -> LonLat,
    into: &mut ChunkBuilder,
) -> Result<(), Broken> {
    geometry(&mut Bytes { rest: bytes, little: true }, place, into, 0)
}

/// Collections within collections go no deeper than this.
const DEEPEST: u8 = 8;

struct Bytes<'a> {
    rest: &'a [u8],
    little: bool,
}

impl Bytes<'_> {
    fn byte(&mut self) -> Result<u8, Broken> {
        let (first, rest) = self.rest.split_first().ok_or(Broken)?;
        self.rest = rest;
        Ok(*first)
    }

    fn number(&mut self) -> Result<u32, Broken> {
        let (raw, rest) = self.rest.split_first_chunk().ok_or(Broken)?;
        self.rest = rest;
        Ok(if self.little { u32::from_le_bytes(*raw) } else { u32::from_be_bytes(*raw) })
    }

    fn float(&mut self) -> Result<f64, Broken> {
        let (raw, rest) = self.rest.split_first_chunk().ok_or(Broken)?;
        self.rest = rest;
        Ok(if self.little { f64::from_le_bytes(*raw) } else { f64::from_be_bytes(*raw) })
    }

    /// A count of things that take so many bytes each: no more than there are.
    fn count(&mut self, bytes_each: usize) -> Result<u32, Broken> {
        let count = self.number()?;
        let fits = (count as usize).checked_mul(bytes_each).is_some_and(|n| n <= self.rest.len());
        if fits { Ok(count) } else { Err(Broken) }
    }

    fn position(
        &mut self,
        numbers: Numbers,
        into: &mut ChunkBuilder,
    ) -> Result<(f64, f64), Broken> {
        let place = (self.float()?, self.float()?);
        if numbers.has_z {
            into.each_height(self.float()?);
        }
        if numbers.has_m {
            self.float()?;
        }
        Ok(place)
    }

    fn path(
        &mut self,
        numbers: Numbers,
        place: &dyn Fn(f64, f64) -> LonLat,
        into: &mut ChunkBuilder,
    ) -> Result<Vec<LonLat>, Broken> {
        let count = self.count(numbers.bytes())?;
        (0..count).map(|_| self.position(numbers, into).map(|(x, y)| place(x, y))).collect()
    }
}

/// The numbers of a position beside its two.
#[derive(Clone, Copy)]
struct Numbers {
    has_z: bool,
    has_m: bool,
}

impl Numbers {
    fn bytes(self) -> usize {
        8 * (2 + usize::from(self.has_z) + usize::from(self.has_m))
    }
}

/// A geometry begins: its type in the plain numbering, and the numbers of a position.
fn head(bytes: &mut Bytes<'_>) -> Result<(u32, Numbers), Broken> {
    bytes.little = bytes.byte()? == 1;
    let code = bytes.number()?;
    // The extended form: flags for Z, M and an SRID before the geometry.
    let plain = code & 0x0FFF_FFFF;
    let thousands = plain / 1000;
    let has_z = code & 0x8000_0000 != 0 || thousands == 1 || thousands == 3;
    let has_m = code & 0x4000_0000 != 0 || thousands == 2 || thousands == 3;
    if code & 0x2000_0000 != 0 {
        bytes.number()?;
    }
    Ok((plain % 1000, Numbers { has_z, has_m }))
}

fn geometry(
    bytes: &mut Bytes<'_>,
    place: &dyn Fn(f64, f64) -> LonLat,
    into: &mut ChunkBuilder,
    depth: u8,
) -> Result<(), Broken> {
    let (kind, numbers) = head(bytes)?;
    match kind {
        1 => {
            let (x, y) = bytes.position(numbers, into)?;
            // An empty point has no number for its coordinates.
            if !x.is_nan() && !y.is_nan() {
                into.part(Part::Point, [place(x, y)]);
            }
            Ok(())
        }
        2 => {
            let path = bytes.path(numbers, place, into)?;
            into.part(Part::Line, path);
            Ok(())
        }
        // Polygons, and triangles.
        3 | 17 => {
            let rings = bytes.count(4)?;
            for ring in 0..rings {
                let part = if ring == 0 { Part::Ring } else { Part::Hole };
                let path = bytes.path(numbers, place, into)?;
                into.part(part, open(path));
            }
            Ok(())
        }
        8 | 9 => {
            let path = curve_body(bytes, kind, numbers, into, depth)?;
            into.part(Part::Line, path.into_iter().map(|[x, y]| place(x, y)));
            Ok(())
        }
        // Polygons with curved edges.
        10 => {
            let rings = bytes.count(9)?;
            for ring in 0..rings {
                let part = if ring == 0 { Part::Ring } else { Part::Hole };
                let path = curve(bytes, into, depth)?;
                into.part(part, open(path.into_iter().map(|[x, y]| place(x, y)).collect()));
            }
            Ok(())
        }
        // Of several, of curves, of surfaces, of patches and of triangles.
        4..=7 | 11 | 12 | 15 | 16 if depth < DEEPEST => {
            let parts = bytes.count(5)?;
            for _ in 0..parts {
                geometry(bytes, place, into, depth + 1)?;
            }
            Ok(())
        }
        _ => Err(Broken),
    }
}

/// A line, an arc or a path of both, in the file's own coordinates, where arcs are round.
fn curve(
    bytes: &mut Bytes<'_>,
    into: &mut ChunkBuilder,
    depth: u8,
) -> Result<Vec<[f64; 2]>, Broken> {
    let (kind, numbers) = head(bytes)?;
    curve_body(bytes, kind, numbers, into, depth)
}

fn curve_body(
    bytes: &mut Bytes<'_>,
    kind: u32,
    numbers: Numbers,
    into: &mut ChunkBuilder,
    depth: u8,
) -> Result<Vec<[f64; 2]>, Broken> {
    match kind {
        2 | 8 => {
            let count = bytes.count(numbers.bytes())?;
            let positions = (0..count).map(|_| bytes.position(numbers, into).map(|(x, y)| [x, y]));
            let positions = positions.collect::<Result<Vec<_>, _>>()?;
            if kind == 2 {
                return Ok(positions);
            }
            into.straightened();
            Ok(arc::straight(&positions))
        }
        9 if depth < DEEPEST => {
            let mut path: Vec<[f64; 2]> = Vec::new();
            for _ in 0..bytes.count(9)? {
                let next = curve(bytes, into, depth + 1)?;
                // Each begins where the one before ends.
                let joined = path.last().is_some() && path.last() == next.first();
                path.extend(next.into_iter().skip(usize::from(joined)));
            }
            Ok(path)
        }
        _ => Err(Broken),
    }
}

/// A ring without its repeated end.
pub fn open(mut ring: Vec<LonLat>) -> Vec<LonLat> {
    if ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    ring
}
