//! One record of a `.shp` (Esri, “Shapefile Technical Description”, July 1998) as parts.

use super::bytes::{f64_at, u32_at};
use crate::{
    geo::ring_nesting::nest,
    layer::{ChunkBuilder, Part},
    store::layers::Placed,
};

/// What became of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Told, or a null shape.
    Whole,
    /// Its bytes make no sense.
    Broken,
    /// Surfaces in space, which are not drawn.
    MultiPatch,
}

/// Tells the parts of a record's content. Of heights the lowest and the highest are told; measures
/// are passed over.
pub fn tell(content: &[u8], placed: Placed, into: &mut ChunkBuilder) -> Told {
    // With Z (10 and more) or M (20 and more) the first numbers are those of the plain type.
    let told = match u32_at(content, 0) {
        Some(0) => Some(()),
        Some(1 | 11 | 21) => point(content, placed, into),
        Some(3 | 13 | 23) => lines(content, placed, into),
        Some(5 | 15 | 25) => rings(content, placed, into),
        Some(8 | 18 | 28) => points(content, placed, into),
        Some(31) => return Told::MultiPatch,
        _ => None,
    };
    if told.is_some() {
        for height in heights(content).into_iter().flatten() {
            into.each_height(height);
        }
    }
    if told.is_some() { Told::Whole } else { Told::Broken }
}

/// The lowest and the highest of the heights.
fn heights(content: &[u8]) -> Option<[f64; 2]> {
    let count = |at| u32_at(content, at).map(|n| n as usize);
    let after = |parts: usize, points: usize, from: usize| {
        parts.checked_mul(4)?.checked_add(points.checked_mul(16)?)?.checked_add(from)
    };
    let at = match u32_at(content, 0)? {
        11 => return f64_at(content, 20).map(|z| [z, z]),
        13 | 15 => after(count(36)?, count(40)?, 44)?,
        18 => after(0, count(36)?, 40)?,
        _ => return None,
    };
    Some([f64_at(content, at)?, f64_at(content, at.checked_add(8)?)?])
}

fn point(content: &[u8], placed: Placed, into: &mut ChunkBuilder) -> Option<()> {
    let (x, y) = (f64_at(content, 4)?, f64_at(content, 12)?);
    // Writers put less than -1e38 where nothing is known.
    if x > -1e38 && y > -1e38 {
        into.part(Part::Point, [placed.at(x, y)]);
    }
    Some(())
}

fn points(content: &[u8], placed: Placed, into: &mut ChunkBuilder) -> Option<()> {
    for [x, y] in positions(content, u32_at(content, 36)? as usize, 40)? {
        into.part(Part::Point, [placed.at(x, y)]);
    }
    Some(())
}

fn lines(content: &[u8], placed: Placed, into: &mut ChunkBuilder) -> Option<()> {
    paths(content, |path| into.part(Part::Line, path.map(|[x, y]| placed.at(x, y))))
}

fn rings(content: &[u8], placed: Placed, into: &mut ChunkBuilder) -> Option<()> {
    let single = u32_at(content, 36)? == 1;
    let mut rings: Vec<Vec<[f64; 2]>> = Vec::new();
    paths(content, |path| {
        let mut ring: Vec<[f64; 2]> = path.collect();
        if ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        rings.push(ring);
    })?;
    let mut tell = |part, ring: usize| {
        let path = rings.get(ring).into_iter().flatten();
        into.part(part, path.map(|[x, y]| placed.at(*x, *y)));
    };
    if single {
        tell(Part::Ring, 0);
        return Some(());
    }
    for nested in nest(&rings) {
        tell(Part::Ring, nested.outer);
        nested.holes.into_iter().for_each(|hole| tell(Part::Hole, hole));
    }
    Some(())
}

/// The parts of a record of several, each as its positions.
fn paths(content: &[u8], mut tell: impl FnMut(&mut dyn Iterator<Item = [f64; 2]>)) -> Option<()> {
    let parts = u32_at(content, 36)? as usize;
    let count = u32_at(content, 40)? as usize;
    let starts = content.get(44..44_usize.checked_add(parts.checked_mul(4)?)?)?;
    let at = 44 + parts * 4;
    // Checked as a whole, so that a part cannot reach into what follows.
    let _ = positions(content, count, at)?;
    if parts == 0 {
        return Some(());
    }
    let mut starts = starts.chunks_exact(4).map(|raw| u32_at(raw, 0).map(|n| n as usize));
    let mut from = starts.next()??;
    loop {
        let next = starts.next();
        let to = match next {
            Some(start) => start?.min(count),
            None => count,
        };
        let length = to.checked_sub(from)?;
        tell(&mut positions(content, length, at.checked_add(from.checked_mul(16)?)?)?);
        if next.is_none() {
            return Some(());
        }
        from = to;
    }
}

fn positions(
    content: &[u8],
    count: usize,
    at: usize,
) -> Option<impl Iterator<Item = [f64; 2]> + '_> {
    let bytes = content.get(at..at.checked_add(count.checked_mul(16)?)?)?;
    Some(bytes.chunks_exact(16).filter_map(|raw| Some([f64_at(raw, 0)?, f64_at(raw, 8)?])))
}
