//! What a JSON document describes, by the names in its outermost object.

use std::io::{BufRead, BufReader, Read};

/// No style or description of tiles is larger.
const LONGEST: u64 = 16 << 20;
/// Longer names are none of those looked for.
const LONGEST_NAME: usize = 64;

/// What a JSON document describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonKind {
    /// A `MapLibre` style.
    Style,
    /// A `TileJSON`.
    TileJson,
    /// Features, or something else.
    Other,
}

/// Looks through a document until it is plain what it is, wherever in it the names stand. Features
/// are mostly told after some bytes; nothing is kept.
pub fn json_kind(document: impl Read) -> JsonKind {
    let mut found = Names::default();
    let mut scan = Scan::default();
    let mut reader = BufReader::with_capacity(64 << 10, document.take(LONGEST));
    while let Ok(bytes) = reader.fill_buf()
        && !bytes.is_empty()
    {
        for &byte in bytes {
            match scan.step(byte) {
                Step::Name if is_name_of_features(&scan.text) => return JsonKind::Other,
                Step::Name => found.add(&scan.text),
                Step::Value if scan.name == b"type" && is_of_features(&scan.text) => {
                    return JsonKind::Other;
                }
                Step::End => return found.kind(),
                Step::Value | Step::On => {}
            }
        }
        let length = bytes.len();
        reader.consume(length);
    }
    found.kind()
}

/// Whether a name is one of `GeoJSON`.
fn is_name_of_features(name: &[u8]) -> bool {
    [&b"features"[..], b"geometry", b"geometries", b"coordinates"].contains(&name)
}

/// Whether a `type` is one of features: of `GeoJSON` (RFC 7946, 1.4) or `TopoJSON`. Descriptions of
/// tiles have types too, such as `overlay`.
fn is_of_features(name: &[u8]) -> bool {
    let geometries = [&b"Point"[..], b"LineString", b"Polygon", b"GeometryCollection"];
    let name = name.strip_prefix(b"Multi").unwrap_or(name);
    name.starts_with(b"Feature") || name == b"Topology" || geometries.contains(&name)
}

#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one name")]
struct Names {
    version: bool,
    /// Layers or sources.
    parts_of_style: bool,
    tiles: bool,
    /// The version of `TileJSON`, which is there for nothing else.
    tilejson: bool,
}

impl Names {
    fn add(&mut self, name: &[u8]) {
        match name {
            b"version" => self.version = true,
            b"layers" | b"sources" => self.parts_of_style = true,
            b"tilejson" => self.tilejson = true,
            b"tiles" => self.tiles = true,
            _ => {}
        }
    }

    const fn kind(&self) -> JsonKind {
        if self.tilejson {
            JsonKind::TileJson
        } else if self.version && self.parts_of_style {
            JsonKind::Style
        } else if self.tiles {
            JsonKind::TileJson
        } else {
            JsonKind::Other
        }
    }
}

enum Step {
    On,
    /// A name of the outermost object ended.
    Name,
    /// A text that is a value of the outermost object ended.
    Value,
    /// The document ended, or is none.
    End,
}

/// One byte after the other.
#[derive(Default)]
struct Scan {
    depth: usize,
    in_text: bool,
    escaped: bool,
    /// Whether the next text of the outermost object is a value.
    after_colon: bool,
    text: Vec<u8>,
    name: Vec<u8>,
}

impl Scan {
    fn step(&mut self, byte: u8) -> Step {
        if self.in_text {
            return self.text_step(byte);
        }
        match byte {
            b'"' => {
                self.in_text = true;
                self.text.clear();
            }
            b'{' | b'[' if self.depth > 0 => self.depth += 1,
            b'{' => self.depth = 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    return Step::End;
                }
            }
            b':' if self.depth == 1 => self.after_colon = true,
            b',' if self.depth == 1 => self.after_colon = false,
            // Before the outermost object nothing stands but blanks and a mark of the encoding.
            b if self.depth == 0 && !b.is_ascii_whitespace() && !b"\xEF\xBB\xBF".contains(&b) => {
                return Step::End;
            }
            _ => {}
        }
        Step::On
    }

    fn text_step(&mut self, byte: u8) -> Step {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' => self.escaped = true,
            b'"' => {
                self.in_text = false;
                if self.depth != 1 {
                    return Step::On;
                }
                if self.after_colon {
                    return Step::Value;
                }
                self.name.clone_from(&self.text);
                return Step::Name;
            }
            byte if self.depth == 1 && self.text.len() <= LONGEST_NAME => self.text.push(byte),
            _ => {}
        }
        Step::On
    }
}
