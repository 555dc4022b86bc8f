//! Well-known binary (OGC 06-103r4), little-endian, two dimensions.

use super::Outgoing;
use crate::layer::Part;

/// The geometry of a feature; `None` where it has none. `multiple` writes single parts as multiple
/// ones too, for tables that hold one type.
pub fn of_parts(parts: &[(Part, Vec<[f64; 2]>)], multiple: bool) -> Option<Vec<u8>> {
    let of = |wanted: Part| parts.iter().filter(move |(part, _)| *part == wanted).map(|(_, p)| p);
    let points: Vec<Vec<u8>> = of(Part::Point).flatten().map(point).collect();
    let lines: Vec<Vec<u8>> = of(Part::Line).map(|path| line(path)).collect();
    let areas: Vec<Vec<u8>> = Outgoing::polygons(parts).iter().map(|p| polygon(p)).collect();
    let mut kinds = Vec::new();
    for (code, mut all) in [(4, points), (5, lines), (6, areas)] {
        match all.len() {
            0 => {}
            1 if !multiple => kinds.push(all.remove(0)),
            _ => kinds.push(collection(code, &all)),
        }
    }
    match kinds.len() {
        0 => None,
        1 => Some(kinds.remove(0)),
        _ => Some(collection(7, &kinds)),
    }
}

fn head(code: u32) -> Vec<u8> {
    let mut bytes = vec![1];
    bytes.extend(code.to_le_bytes());
    bytes
}

fn positions(path: &[[f64; 2]], into: &mut Vec<u8>) {
    for [x, y] in path {
        into.extend(x.to_le_bytes());
        into.extend(y.to_le_bytes());
    }
}

fn count(n: usize) -> [u8; 4] {
    u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes()
}

fn point(p: &[f64; 2]) -> Vec<u8> {
    let mut bytes = head(1);
    positions(std::slice::from_ref(p), &mut bytes);
    bytes
}

fn line(path: &[[f64; 2]]) -> Vec<u8> {
    let mut bytes = head(2);
    bytes.extend(count(path.len()));
    positions(path, &mut bytes);
    bytes
}

fn polygon(rings: &[Vec<[f64; 2]>]) -> Vec<u8> {
    let mut bytes = head(3);
    bytes.extend(count(rings.len()));
    for ring in rings {
        bytes.extend(count(ring.len()));
        positions(ring, &mut bytes);
    }
    bytes
}

fn collection(code: u32, parts: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = head(code);
    bytes.extend(count(parts.len()));
    bytes.extend(parts.iter().flatten());
    bytes
}
