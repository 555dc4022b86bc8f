//! `GeoJSON` (RFC 7946), feature by feature, never the whole file in memory; also a sequence of
//! features, one after another (RFC 8142, and without its separators).

use std::{
    cell::Cell,
    fmt, fs,
    io::{BufReader, Read},
    rc::Rc,
};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::Value as Json;

use super::{LayerError, Placed, Sink, Source, Stated};
use crate::{
    geo::Crs,
    layer::{Cause, Finding, Part, Value, wkb::open},
    units::LonLat,
};

/// Reads a file.
pub fn read(source: &Source<'_>, sink: &mut Sink<'_>) -> Result<(), LayerError> {
    let file = source.open()?;
    let bytes = source.len_bytes()?;
    let read = Rc::new(Cell::new(0));
    let counted = Counted { file, read: read.clone(), first: true };
    let reader = BufReader::with_capacity(1 << 18, counted);
    sink.begin(&source.stem(), Vec::new());
    let placed = sink.place(Stated::Format(Crs::WGS84));
    let mut collect = Collect { sink, bytes, read, placed, stopped: None };
    let mut json = serde_json::Deserializer::from_reader(reader);
    let mut documents = 0;
    let ended = loop {
        match Document(&mut collect).deserialize(&mut json) {
            Ok(()) => documents += 1,
            Err(e) => break e,
        }
    };
    let stopped = collect.stopped.take();
    let any = collect.sink.told() > 0;
    if let Some(reason) = stopped {
        sink.close(true);
        return Err(reason);
    }
    // The end of the file between two documents is how every file ends.
    if !(ended.is_eof() && documents > 0) {
        if !any {
            return Err(source.damaged("GeoJSON", format!("line {}", ended.line())));
        }
        sink.find(Finding::of(Cause::Truncated, 0));
    }
    sink.close(true);
    Ok(())
}

struct Collect<'a, 'b> {
    sink: &'a mut Sink<'b>,
    bytes: u64,
    read: Rc<Cell<u64>>,
    placed: Placed,
    stopped: Option<LayerError>,
}

/// A feature as it stands in the file, lenient: what makes no sense has no place.
#[derive(Deserialize)]
struct Feature {
    #[serde(default)]
    geometry: Option<Geometry>,
    #[serde(default)]
    properties: Option<serde_json::Map<String, Json>>,
}

#[derive(Deserialize)]
struct Geometry {
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    coordinates: Nested,
    #[serde(default)]
    geometries: Vec<Geometry>,
}

/// Numbers in arrays, as deep as a geometry goes.
#[derive(Default)]
enum Nested {
    #[default]
    Other,
    Position(f64, f64),
    Number(f64),
    List(Vec<Nested>),
}

impl<'de> Deserialize<'de> for Nested {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Reads;
        impl<'de> Visitor<'de> for Reads {
            type Value = Nested;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("coordinates")
            }
            fn visit_f64<E>(self, v: f64) -> Result<Nested, E> {
                Ok(Nested::Number(v))
            }
            fn visit_i64<E>(self, v: i64) -> Result<Nested, E> {
                Ok(Nested::Number(v as f64))
            }
            fn visit_u64<E>(self, v: u64) -> Result<Nested, E> {
                Ok(Nested::Number(v as f64))
            }
            fn visit_str<E>(self, _: &str) -> Result<Nested, E> {
                Ok(Nested::Other)
            }
            fn visit_bool<E>(self, _: bool) -> Result<Nested, E> {
                Ok(Nested::Other)
            }
            fn visit_unit<E>(self) -> Result<Nested, E> {
                Ok(Nested::Other)
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Nested, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Nested::Other)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Nested, A::Error> {
                let Some(first) = seq.next_element::<Nested>()? else {
                    return Ok(Nested::List(Vec::new()));
                };
                if let Nested::Number(x) = first {
                    let y = seq.next_element::<Nested>()?;
                    while seq.next_element::<IgnoredAny>()?.is_some() {}
                    return Ok(match y {
                        Some(Nested::Number(y)) => Nested::Position(x, y),
                        _ => Nested::Other,
                    });
                }
                let mut list = vec![first];
                while let Some(next) = seq.next_element()? {
                    list.push(next);
                }
                Ok(Nested::List(list))
            }
        }
        from.deserialize_any(Reads)
    }
}

/// A collection, a feature or a bare geometry.
struct Document<'a, 'b, 'c>(&'a mut Collect<'b, 'c>);

impl<'de> DeserializeSeed<'de> for Document<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Document<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a GeoJSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut kind = String::new();
        let mut single = Feature { geometry: None, properties: None };
        let mut bare =
            Geometry { kind: String::new(), coordinates: Nested::Other, geometries: Vec::new() };
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "type" => kind = map.next_value()?,
                "features" => map.next_value_seed(Features(self.0))?,
                "crs" => {
                    let crs: Json = map.next_value()?;
                    self.0.take_crs(&crs);
                }
                "geometry" => single.geometry = map.next_value()?,
                "properties" => single.properties = map.next_value()?,
                "coordinates" => bare.coordinates = map.next_value()?,
                "geometries" => bare.geometries = map.next_value()?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        match kind.as_str() {
            "Feature" => self.0.add(&single),
            "FeatureCollection" => {}
            _ => {
                bare.kind = kind;
                let whole =
                    !matches!(bare.coordinates, Nested::Other) || !bare.geometries.is_empty();
                if whole {
                    self.0.add(&Feature { geometry: Some(bare), properties: None });
                }
            }
        }
        match self.0.stopped {
            None => Ok(()),
            Some(_) => Err(serde::de::Error::custom("stopped")),
        }
    }
}

struct Features<'a, 'b, 'c>(&'a mut Collect<'b, 'c>);

impl<'de> DeserializeSeed<'de> for Features<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(feature) = seq.next_element::<Feature>()? {
            self.0.add(&feature);
            if self.0.stopped.is_some() {
                return Err(serde::de::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}

impl Collect<'_, '_> {
    /// The member of the older specification.
    fn take_crs(&mut self, crs: &Json) {
        let name = crs.pointer("/properties/name").and_then(Json::as_str).unwrap_or_default();
        if name.is_empty() || name.ends_with("CRS84") {
            return;
        }
        let code = name.rsplit(':').next().and_then(|code| code.parse().ok());
        let unknown = || Stated::Unknown(name.to_owned());
        self.placed =
            self.sink.place(code.and_then(Crs::from_epsg).map_or_else(unknown, Stated::Crs));
    }

    fn add(&mut self, feature: &Feature) {
        let none = serde_json::Map::new();
        let properties = feature.properties.as_ref().unwrap_or(&none);
        for (name, value) in properties {
            let i = self.sink.field(name);
            let written;
            let value = match value {
                Json::String(text) => Value::Text(text),
                Json::Bool(b) => Value::Bool(*b),
                Json::Number(n) => match (n.as_i64(), n.as_f64()) {
                    (Some(n), _) => Value::Integer(n),
                    (None, Some(n)) => Value::Number(n),
                    (None, None) => Value::Missing,
                },
                Json::Null => Value::Missing,
                other => {
                    written = other.to_string();
                    Value::Text(&written)
                }
            };
            self.sink.value(i, value);
        }
        if let Some(geometry) = &feature.geometry {
            self.shape(geometry, 0);
        }
        if let Err(stopped) = self.sink.end(true) {
            self.stopped = Some(stopped);
        }
        #[expect(clippy::cast_possible_truncation, reason = "a share")]
        self.sink.set_share((self.read.get() as f64 / self.bytes as f64 * 0.95) as f32);
    }

    fn shape(&mut self, geometry: &Geometry, depth: u8) {
        const DEEPEST: u8 = 8;
        let placed = self.placed;
        let place = |nested: &Nested| match nested {
            Nested::Position(x, y) => Some(placed.at(*x, *y)),
            _ => None,
        };
        let path = |nested: &Nested| -> Vec<LonLat> {
            match nested {
                Nested::List(list) => list.iter().filter_map(place).collect(),
                _ => Vec::new(),
            }
        };
        let shapes = &mut self.sink.shapes;
        match (geometry.kind.as_str(), &geometry.coordinates) {
            ("Point", at) => shapes.part(Part::Point, place(at)),
            ("MultiPoint", Nested::List(points)) => {
                for at in points {
                    shapes.part(Part::Point, place(at));
                }
            }
            ("LineString", line) => shapes.part(Part::Line, path(line)),
            ("MultiLineString", Nested::List(lines)) => {
                for line in lines {
                    shapes.part(Part::Line, path(line));
                }
            }
            ("Polygon", Nested::List(rings)) => {
                for (i, ring) in rings.iter().enumerate() {
                    shapes.part(if i == 0 { Part::Ring } else { Part::Hole }, open(path(ring)));
                }
            }
            ("MultiPolygon", Nested::List(polygons)) => {
                for polygon in polygons {
                    let Nested::List(rings) = polygon else { continue };
                    for (i, ring) in rings.iter().enumerate() {
                        shapes.part(if i == 0 { Part::Ring } else { Part::Hole }, open(path(ring)));
                    }
                }
            }
            ("GeometryCollection", _) if depth < DEEPEST => {
                for part in &geometry.geometries {
                    self.shape(part, depth + 1);
                }
            }
            _ => {}
        }
    }
}

/// Counts what has been read; separators of sequences and the mark of the encoding read as spaces.
struct Counted {
    file: fs::File,
    read: Rc<Cell<u64>>,
    first: bool,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.file.read(into)?;
        self.read.set(self.read.get() + count as u64);
        let bytes = into.get_mut(..count).unwrap_or_default();
        if std::mem::take(&mut self.first) && bytes.starts_with(b"\xEF\xBB\xBF") {
            bytes.iter_mut().take(3).for_each(|byte| *byte = b' ');
        }
        // JSON has this byte nowhere: within strings it would have to be escaped.
        bytes.iter_mut().filter(|byte| **byte == 0x1E).for_each(|byte| *byte = b' ');
        Ok(count)
    }
}
