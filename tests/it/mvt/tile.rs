//! Writes small vector tiles, byte by byte.

pub enum Tag {
    Text(&'static str),
    Int(u64),
    Double(f64),
    Bool(bool),
}

/// A feature: 1 for points, 2 for lines, 3 for polygons.
pub struct Item {
    pub kind: u64,
    pub parts: Vec<Vec<[i32; 2]>>,
    pub tags: Vec<(&'static str, Tag)>,
}

pub fn square(low: [i32; 2], high: [i32; 2]) -> Vec<[i32; 2]> {
    vec![low, [high[0], low[1]], high, [low[0], high[1]]]
}

pub fn area(low: [i32; 2], high: [i32; 2], tags: Vec<(&'static str, Tag)>) -> Item {
    Item { kind: 3, parts: vec![square(low, high)], tags }
}

pub fn line(points: &[[i32; 2]], tags: Vec<(&'static str, Tag)>) -> Item {
    Item { kind: 2, parts: vec![points.to_vec()], tags }
}

pub fn point(at: [i32; 2], tags: Vec<(&'static str, Tag)>) -> Item {
    Item { kind: 1, parts: vec![vec![at]], tags }
}

pub fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    out.push(value.to_le_bytes()[0]);
}

pub fn bytes(out: &mut Vec<u8>, number: u64, content: &[u8]) {
    varint(out, number << 3 | 2);
    varint(out, content.len() as u64);
    out.extend_from_slice(content);
}

fn number(out: &mut Vec<u8>, field: u64, value: u64) {
    varint(out, field << 3);
    varint(out, value);
}

fn geometry(item: &Item) -> Vec<u8> {
    let mut out = Vec::new();
    let mut at = [0_i32; 2];
    for part in &item.parts {
        for (i, to) in part.iter().enumerate() {
            let count = part.len() as u64;
            match (item.kind, i) {
                (1, 0) => varint(&mut out, count << 3 | 1),
                (_, 0) => varint(&mut out, 9),
                (2 | 3, 1) => varint(&mut out, (count - 1) << 3 | 2),
                _ => {}
            }
            for axis in 0..2 {
                let by = to[axis].wrapping_sub(at[axis]);
                varint(&mut out, u64::from(((by << 1) ^ (by >> 31)).cast_unsigned()));
            }
            at = *to;
        }
        if item.kind == 3 {
            varint(&mut out, 15);
        }
    }
    out
}

fn value(tag: &Tag) -> Vec<u8> {
    let mut out = Vec::new();
    match tag {
        Tag::Text(text) => bytes(&mut out, 1, text.as_bytes()),
        Tag::Double(v) => {
            varint(&mut out, 3 << 3 | 1);
            out.extend(v.to_le_bytes());
        }
        Tag::Int(v) => number(&mut out, 4, *v),
        Tag::Bool(v) => number(&mut out, 7, u64::from(*v)),
    }
    out
}

pub fn layer_with(name: &str, extent: u64, version: u64, items: &[Item]) -> Vec<u8> {
    let mut layer = Vec::new();
    number(&mut layer, 15, version);
    bytes(&mut layer, 1, name.as_bytes());
    let mut keys: Vec<&str> = Vec::new();
    let mut values = Vec::new();
    for item in items {
        let (mut feature, mut tags) = (Vec::new(), Vec::new());
        for (key, tag) in &item.tags {
            let index = keys.iter().position(|k| k == key).unwrap_or_else(|| {
                keys.push(key);
                keys.len() - 1
            });
            varint(&mut tags, index as u64);
            varint(&mut tags, values.len() as u64);
            values.push(value(tag));
        }
        bytes(&mut feature, 2, &tags);
        number(&mut feature, 3, item.kind);
        bytes(&mut feature, 4, &geometry(item));
        bytes(&mut layer, 2, &feature);
    }
    for key in keys {
        bytes(&mut layer, 3, key.as_bytes());
    }
    for value in values {
        bytes(&mut layer, 4, &value);
    }
    number(&mut layer, 5, extent);
    let mut tile = Vec::new();
    bytes(&mut tile, 3, &layer);
    tile
}

pub fn layer(name: &str, items: &[Item]) -> Vec<u8> {
    layer_with(name, 4096, 2, items)
}
