//! Geometries of a `FlatGeobuf`: positions in one array, the ends of paths in another.

use flatgeobuf::{Geometry, GeometryType};

use super::kind_of;
use crate::{
    layer::{
        ChunkBuilder, Part, arc,
        wkb::{Broken, open},
    },
    units::LonLat,
};

/// Parts within parts go no deeper than this.
const DEEPEST: u8 = 8;

/// Adds the parts of a geometry.
///
/// # Errors
/// Ends that lie beyond the positions, or a type that is not known.
pub fn shape(
    geometry: &Geometry<'_>,
    kind: GeometryType,
    place: &dyn Fn(f64, f64) -> LonLat,
    into: &mut ChunkBuilder,
) -> Result<(), Broken> {
    part(geometry, kind_of(geometry.type_(), kind), place, into, 0)
}

fn part(
    geometry: &Geometry<'_>,
    kind: GeometryType,
    place: &dyn Fn(f64, f64) -> LonLat,
    into: &mut ChunkBuilder,
    depth: u8,
) -> Result<(), Broken> {
    heights(geometry, into);
    let placed = |path: Vec<[f64; 2]>| path.into_iter().map(|[x, y]| place(x, y));
    match kind {
        GeometryType::Point | GeometryType::MultiPoint => {
            for [x, y] in positions(geometry) {
                // An empty point has no number for its coordinates.
                if x.is_finite() && y.is_finite() {
                    into.part(Part::Point, [place(x, y)]);
                }
            }
        }
        GeometryType::LineString | GeometryType::MultiLineString => {
            for path in paths(geometry)? {
                into.part(Part::Line, placed(path));
            }
        }
        GeometryType::Polygon | GeometryType::Triangle => {
            for (i, path) in paths(geometry)?.into_iter().enumerate() {
                let part = if i == 0 { Part::Ring } else { Part::Hole };
                into.part(part, open(placed(path).collect()));
            }
        }
        GeometryType::CircularString | GeometryType::CompoundCurve => {
            let path = curve(geometry, kind, into, depth)?;
            into.part(Part::Line, placed(path));
        }
        GeometryType::CurvePolygon => {
            for (i, ring) in geometry.parts().into_iter().flatten().enumerate() {
                let part = if i == 0 { Part::Ring } else { Part::Hole };
                let path = curve(&ring, ring.type_(), into, depth + 1)?;
                into.part(part, open(placed(path).collect()));
            }
        }
        GeometryType::MultiPolygon
        | GeometryType::GeometryCollection
        | GeometryType::MultiCurve
        | GeometryType::MultiSurface
        | GeometryType::PolyhedralSurface
        | GeometryType::TIN
            if depth < DEEPEST =>
        {
            // The parts of some need no type of their own.
            let plain = match kind {
                GeometryType::MultiPolygon | GeometryType::PolyhedralSurface => {
                    GeometryType::Polygon
                }
                GeometryType::TIN => GeometryType::Triangle,
                _ => GeometryType::Unknown,
            };
            for own in geometry.parts().into_iter().flatten() {
                part(&own, kind_of(own.type_(), plain), place, into, depth + 1)?;
            }
        }
        _ => return Err(Broken),
    }
    Ok(())
}

/// A line, an arc or a path of both, in the file's own coordinates.
fn curve(
    geometry: &Geometry<'_>,
    kind: GeometryType,
    into: &mut ChunkBuilder,
    depth: u8,
) -> Result<Vec<[f64; 2]>, Broken> {
    heights(geometry, into);
    match kind {
        GeometryType::LineString => Ok(positions(geometry).collect()),
        GeometryType::CircularString => {
            into.straightened();
            Ok(arc::straight(&positions(geometry).collect::<Vec<_>>()))
        }
        GeometryType::CompoundCurve if depth < DEEPEST => {
            let mut path: Vec<[f64; 2]> = Vec::new();
            for own in geometry.parts().into_iter().flatten() {
                let next = curve(&own, own.type_(), into, depth + 1)?;
                let joined = path.last().is_some() && path.last() == next.first();
                path.extend(next.into_iter().skip(usize::from(joined)));
            }
            Ok(path)
        }
        _ => Err(Broken),
    }
}

fn heights(geometry: &Geometry<'_>, into: &mut ChunkBuilder) {
    for z in geometry.z().into_iter().flatten() {
        into.each_height(z);
    }
}

fn positions<'a>(geometry: &Geometry<'a>) -> impl Iterator<Item = [f64; 2]> + use<'a> {
    let xy = geometry.xy();
    let count = xy.map_or(0, |xy| xy.len() / 2);
    (0..count).filter_map(move |i| xy.map(|xy| [xy.get(2 * i), xy.get(2 * i + 1)]))
}

/// The paths by their ends; one where there are none.
fn paths(geometry: &Geometry<'_>) -> Result<Vec<Vec<[f64; 2]>>, Broken> {
    let all: Vec<[f64; 2]> = positions(geometry).collect();
    let Some(ends) = geometry.ends().filter(|ends| !ends.is_empty()) else { return Ok(vec![all]) };
    let mut from = 0;
    let mut paths = Vec::with_capacity(ends.len());
    for end in ends {
        let end = end as usize;
        paths.push(all.get(from..end).ok_or(Broken)?.to_vec());
        from = end;
    }
    Ok(paths)
}
