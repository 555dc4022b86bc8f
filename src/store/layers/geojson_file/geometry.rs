//! Geometries of `GeoJSON` (RFC 7946, section 3.1).

use super::scan::{Cursor, text};
use crate::{
    layer::{
        ChunkBuilder, Part,
        wkb::{Broken, open},
    },
    units::LonLat,
};

/// Collections within collections go no deeper than this.
const DEEPEST: u8 = 8;

/// Adds the parts of a geometry; `place` turns its coordinates into positions.
///
/// # Errors
/// No geometry, or one of an unknown type.
pub fn shape(
    value: &[u8],
    place: &mut dyn FnMut(f64, f64) -> LonLat,
    into: &mut ChunkBuilder,
) -> Result<(), Broken> {
    part(value, place, into, 0)
}

fn part(
    value: &[u8],
    place: &mut dyn FnMut(f64, f64) -> LonLat,
    into: &mut ChunkBuilder,
    depth: u8,
) -> Result<(), Broken> {
    let (mut kind, mut coordinates, mut geometries) = (None, None, None);
    let mut cursor = Cursor::within(value);
    while let Some((key, value)) = cursor.member() {
        match &*key.text {
            "type" => kind = Some(text(value).text),
            "coordinates" => coordinates = Some(value),
            "geometries" => geometries = Some(value),
            _ => {}
        }
    }
    let kind = kind.ok_or(Broken)?;
    if kind == "GeometryCollection" {
        let mut all = Cursor::within(geometries.ok_or(Broken)?);
        while let Some(own) = all.value() {
            if depth >= DEEPEST {
                return Err(Broken);
            }
            part(own, place, into, depth + 1)?;
        }
        return Ok(());
    }
    let mut own = Cursor::within(coordinates.ok_or(Broken)?);
    match &*kind {
        "Point" => {
            // Empty coordinates are an empty point.
            if own.peek().is_some_and(|next| next != b']') {
                let at = pair(&mut own);
                into.part(Part::Point, at.map(|[x, y]| place(x, y)));
            }
        }
        "MultiPoint" => {
            for p in positions(&mut own, place) {
                into.part(Part::Point, [p]);
            }
        }
        "LineString" => {
            let path = positions(&mut own, place);
            into.part(Part::Line, path);
        }
        "MultiLineString" => {
            while enter(&mut own) {
                let path = positions(&mut own, place);
                into.part(Part::Line, path);
            }
        }
        "Polygon" => rings(&mut own, place, into),
        "MultiPolygon" => {
            while enter(&mut own) {
                rings(&mut own, place, into);
            }
        }
        _ => return Err(Broken),
    }
    into.height(own.height);
    Ok(())
}

/// Passes the opening bracket of the next list; what is none is passed over.
pub fn enter(cursor: &mut Cursor<'_>) -> bool {
    loop {
        match cursor.peek() {
            Some(b'[') => {
                cursor.pass();
                return true;
            }
            Some(b']' | b'}') | None => {
                cursor.pass();
                return false;
            }
            Some(_) => _ = cursor.value(),
        }
    }
}

fn rings(
    cursor: &mut Cursor<'_>,
    place: &mut dyn FnMut(f64, f64) -> LonLat,
    into: &mut ChunkBuilder,
) {
    let mut part = Part::Ring;
    while enter(cursor) {
        let path = positions(cursor, place);
        into.part(part, open(path));
        part = Part::Hole;
    }
}

/// The positions of a list that has been entered, to its end. What is no position has no number.
fn positions(cursor: &mut Cursor<'_>, place: &mut dyn FnMut(f64, f64) -> LonLat) -> Vec<LonLat> {
    pairs(cursor).into_iter().map(|[x, y]| place(x, y)).collect()
}

/// The pairs of numbers of a list that has been entered, to its end.
pub fn pairs(cursor: &mut Cursor<'_>) -> Vec<[f64; 2]> {
    let mut path = Vec::new();
    loop {
        match cursor.peek() {
            Some(b'[') => {
                cursor.pass();
                path.push(pair(cursor).unwrap_or([f64::NAN; 2]));
            }
            Some(b']' | b'}') | None => {
                cursor.pass();
                return path;
            }
            Some(_) => {
                path.push([f64::NAN; 2]);
                _ = cursor.value();
            }
        }
    }
}

/// The first two numbers of a list that has been entered, to its end. The third is a height.
fn pair(cursor: &mut Cursor<'_>) -> Option<[f64; 2]> {
    let at = [number(cursor), number(cursor)];
    if let Some(height) = number(cursor).filter(|z| *z != 0.0) {
        cursor.height = height;
    }
    loop {
        match cursor.peek() {
            Some(b']' | b'}') | None => {
                cursor.pass();
                let [x, y] = at;
                return Some([x?, y?]);
            }
            Some(_) => _ = cursor.value(),
        }
    }
}

fn number(cursor: &mut Cursor<'_>) -> Option<f64> {
    match cursor.peek()? {
        b']' | b'}' => None,
        b'[' | b'{' | b'"' => {
            cursor.value();
            None
        }
        _ => cursor.number(),
    }
}
