//! Vector tiles and archives of them, byte by byte.

use crate::case::Case;

fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    out.push(value.to_le_bytes()[0]);
}

fn field(out: &mut Vec<u8>, number: u64, content: &[u8]) {
    varint(out, number << 3 | 2);
    varint(out, content.len() as u64);
    out.extend_from_slice(content);
}

fn number(out: &mut Vec<u8>, field: u64, value: u64) {
    varint(out, field << 3);
    varint(out, value);
}

fn packed(values: &[u64]) -> Vec<u8> {
    let mut out = Vec::new();
    for value in values {
        varint(&mut out, *value);
    }
    out
}

/// A layer with an area with a hole, a line and a point, named.
fn layer(name: &str, class: &str) -> Vec<u8> {
    let zig = |value: i64| ((value << 1) ^ (value >> 63)).cast_unsigned();
    let mut geometries = Vec::new();
    let square = |x: i64, y: i64, side: i64| {
        let mut out = vec![9, zig(x), zig(y), 3 << 3 | 2];
        for (dx, dy) in [(side, 0), (0, side), (-side, 0)] {
            out.extend([zig(dx), zig(dy)]);
        }
        out.push(15);
        out
    };
    let mut area = square(100, 100, 2000);
    area.extend(square(200, -1800, -500));
    geometries.push((3, area));
    geometries
        .push((2, vec![9, zig(0), zig(500), 2 << 3 | 2, zig(4000), zig(100), zig(50), zig(9)]));
    geometries.push((1, vec![2 << 3 | 1, zig(2048), zig(2048), zig(5), zig(5)]));
    let mut out = Vec::new();
    number(&mut out, 15, 2);
    field(&mut out, 1, name.as_bytes());
    for (kind, geometry) in geometries {
        let mut feature = Vec::new();
        number(&mut feature, 1, 7);
        field(&mut feature, 2, &packed(&[0, 0, 1, 1, 2, 2, 3, 3]));
        number(&mut feature, 3, kind);
        field(&mut feature, 4, &packed(&geometry));
        field(&mut out, 2, &feature);
    }
    for key in ["name:zh", "class", "rank", "ref"] {
        field(&mut out, 3, key.as_bytes());
    }
    let mut value = Vec::new();
    field(&mut value, 1, "汾河".as_bytes());
    field(&mut out, 4, &value);
    value.clear();
    field(&mut value, 1, class.as_bytes());
    field(&mut out, 4, &value);
    value.clear();
    number(&mut value, 4, 3);
    field(&mut out, 4, &value);
    value.clear();
    varint(&mut value, 3 << 3 | 1);
    value.extend(2.5_f64.to_le_bytes());
    field(&mut out, 4, &value);
    number(&mut out, 5, 4096);
    out
}

pub fn vector_tiles() -> Vec<Case> {
    let tile = |layers: &[(&str, &str)]| {
        let mut out = Vec::new();
        for (name, class) in layers {
            field(&mut out, 3, &layer(name, class));
        }
        Case::one("a.mvt", out)
    };
    vec![
        tile(&[("water", "river"), ("transportation", "motorway"), ("place", "city")]),
        tile(&[("landcover", "wood"), ("poi", "park")]),
        tile(&[("unknown", "x")]),
    ]
}

/// An archive with one directory and a few tiles (version 3 of the format).
pub fn pmtiles() -> Vec<Case> {
    let tiles = vector_tiles();
    let tile = tiles.first().map_or(&[][..], Case::bytes);
    let mut root = Vec::new();
    // Identifiers, runs, lengths and offsets of three entries.
    for value in [3, 0, 1, 4, 1, 3, 1] {
        varint(&mut root, value);
    }
    for _ in 0..3 {
        varint(&mut root, tile.len() as u64);
    }
    for value in [1, 1, 1] {
        varint(&mut root, value);
    }
    let words = br#"{"name":"a","attribution":"<b>x</b>","vector_layers":[{"id":"water"}]}"#;
    let mut out = b"PMTiles\x03".to_vec();
    let (root_at, words_at) = (127, 127 + root.len());
    let tiles_at = words_at + words.len();
    let sections =
        [(root_at, root.len()), (words_at, words.len()), (tiles_at, 0), (tiles_at, tile.len())];
    for (offset, length) in sections {
        out.extend((offset as u64).to_le_bytes());
        out.extend((length as u64).to_le_bytes());
    }
    for count in [3_u64, 3, 1] {
        out.extend(count.to_le_bytes());
    }
    // Clustered, nothing compressed, vector tiles, zooms.
    out.extend([1, 1, 1, 1, 0, 3]);
    for side in [112, 37, 113, 38] {
        out.extend((side * 10_000_000_i32).to_le_bytes());
    }
    out.extend([1, 0, 0, 0, 0, 0, 0, 0, 0]);
    out.resize(127, 0);
    out.extend(root);
    out.extend(words);
    out.extend(tile);
    vec![Case::one("a.pmtiles", out)]
}
