//! 奥维's own JSON, `.ovjsn`: objects with a name, a comment and positions, latitude first.
//!
//! Nothing of it is published. What is read here is what files of its version 10 hold: the type 7
//! is a point, 8 a line, 13 an area; `Gcj02` next to the positions says whether they are shifted.

use std::io::{BufReader, Read};

use serde::Deserialize;
use serde_json::Value as Json;

use super::{LayerError, Sink, Source, kml_file::Datums};
use crate::{
    geo::{Crs, Datum},
    layer::{Cause, Part, Value},
};

const NAME: &str = "OVJSN";

#[derive(Deserialize)]
struct Document {
    #[serde(rename = "ObjItems", default)]
    items: Vec<Item>,
}

/// Lenient: each member may be missing or something else.
#[derive(Deserialize)]
struct Item {
    #[serde(rename = "Type", default)]
    kind: Json,
    #[serde(rename = "Object", default)]
    object: Option<Object>,
    #[serde(rename = "ObjItems", default)]
    items: Vec<Item>,
}

#[derive(Deserialize)]
struct Object {
    #[serde(rename = "Type", default)]
    kind: Json,
    #[serde(rename = "Name", default)]
    name: Json,
    #[serde(rename = "Comment", default)]
    comment: Json,
    #[serde(rename = "ObjectDetail", default)]
    detail: Option<Detail>,
    #[serde(rename = "ObjItems", default)]
    items: Vec<Item>,
}

#[derive(Deserialize)]
struct Detail {
    #[serde(rename = "Lat", default)]
    lat: Json,
    #[serde(rename = "Lng", default)]
    lng: Json,
    #[serde(rename = "Latlng", default)]
    positions: Json,
    #[serde(rename = "Gcj02", default)]
    shifted: Json,
    #[serde(rename = "ObjItems", default)]
    items: Vec<Item>,
}

/// Whether a source is one.
pub fn is_one(source: &Source<'_>) -> bool {
    source.first_sign() == Some(b'{')
        && (source.ends_in(&["ovjsn"]) || source.names("\"ObjItems\""))
}

/// Reads it.
pub fn read(source: &Source<'_>, sink: &mut Sink<'_>) -> Result<(), LayerError> {
    let mut reader = BufReader::with_capacity(1 << 18, source.open()?);
    if source.starts_with(b"\xEF\xBB\xBF") {
        let mut mark = [0; 3];
        reader.read_exact(&mut mark).map_err(|reason| source.unreadable(reason))?;
    }
    let document: Document =
        serde_json::from_reader(reader).map_err(|reason| source.faulty(NAME, reason))?;
    if document.items.is_empty() {
        return Err(source.without_features(NAME));
    }
    sink.begin(&source.stem(), Vec::new());
    let mut datums = Datums::new(Crs::Degrees(Datum::Gcj02));
    tell_all(&document.items, &mut datums, sink)?;
    sink.close(true);
    Ok(())
}

/// Tells items, and those in their folders.
fn tell_all(items: &[Item], datums: &mut Datums, sink: &mut Sink<'_>) -> Result<(), LayerError> {
    for item in items {
        let inner = item.object.iter().flat_map(|object| &object.items);
        let deeper = item.object.iter().filter_map(|o| o.detail.as_ref()).flat_map(|d| &d.items);
        let folded = !item.items.is_empty() || inner.clone().chain(deeper.clone()).next().is_some();
        if let Some(object) = item.object.as_ref().filter(|_| !folded) {
            tell(item, object, datums, sink)?;
        }
        tell_all(&item.items, datums, sink)?;
        for item in inner.chain(deeper) {
            tell_all(std::slice::from_ref(item), datums, sink)?;
        }
    }
    Ok(())
}

fn tell(
    item: &Item,
    object: &Object,
    datums: &mut Datums,
    sink: &mut Sink<'_>,
) -> Result<(), LayerError> {
    let kind = item.kind.as_i64().or_else(|| object.kind.as_i64());
    let words = |own: &Json| own.as_str().map(str::to_owned).filter(|own| !own.is_empty());
    for (name, value) in [("name", words(&object.name)), ("comment", words(&object.comment))] {
        if let Some(value) = value {
            let field = sink.field(name);
            sink.value(field, Value::Text(&value));
        }
    }
    let detail = object.detail.as_ref();
    // Nobody says it: 奥维 shifts what it exports.
    let said = detail.and_then(|detail| match detail.shifted.as_i64() {
        Some(0) => Some(Datum::Cgcs2000.key()),
        Some(1) => Some(Datum::Gcj02.key()),
        _ => detail
            .shifted
            .as_bool()
            .map(|shifted| if shifted { Datum::Gcj02.key() } else { Datum::Cgcs2000.key() }),
    });
    let placed = datums.of(said, sink);
    let numbers = detail.map_or_else(Vec::new, |detail| match &detail.positions {
        Json::Array(list) => list.iter().filter_map(number).collect(),
        _ => Vec::new(),
    });
    let mut path = numbers.chunks_exact(2).filter_map(|pair| match pair {
        [lat, lon] => Some(placed.at(*lon, *lat)),
        _ => None,
    });
    match kind {
        Some(7) => {
            let at = detail.and_then(|detail| Some((number(&detail.lng)?, number(&detail.lat)?)));
            let at = at.map(|(lon, lat)| placed.at(lon, lat)).or_else(|| path.next());
            sink.shapes.part(Part::Point, at);
        }
        Some(8) => sink.shapes.part(Part::Line, path),
        Some(13) => {
            let mut ring: Vec<_> = path.collect();
            if ring.len() > 1 && ring.first() == ring.last() {
                ring.pop();
            }
            sink.shapes.part(Part::Ring, ring);
        }
        other => {
            let name = other.map_or_else(|| "—".to_owned(), |kind| kind.to_string());
            sink.count_of(Cause::TypeLeftOut, &name, 1);
        }
    }
    sink.end(true)
}

/// A number, also where it is written as text.
fn number(value: &Json) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.trim().parse().ok())
}
