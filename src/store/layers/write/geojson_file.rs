//! `GeoJSON` (RFC 7946). In another system than WGS-84 it names it as the older specification did,
//! which other programs still read.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
};

use serde_json::{Value as Json, json};

use super::{Job, Outgoing, WriteError};
use crate::{
    geo::Crs,
    layer::{Cause, Finding, Part, Value},
};

/// Writes one layer, feature by feature.
pub fn write(job: &Job<'_>, path: &Path) -> Result<Vec<Finding>, WriteError> {
    let own = job.only_layer()?;
    let file = File::create(path).map_err(|reason| job.unwritable(reason))?;
    collection(own, job.crs(), BufWriter::with_capacity(1 << 18, file))
        .map_err(|reason| job.unwritable(reason))?;
    let crs = job.crs();
    let unsaid = (crs != Crs::WGS84 && crs.epsg().is_none()).then(|| Finding {
        cause: Cause::SystemUnsaid,
        count: 0,
        detail: crs.key(),
    });
    Ok(unsaid.into_iter().collect())
}

fn collection(own: &Outgoing<'_>, crs: Crs, mut out: impl Write) -> io::Result<()> {
    let name = Json::from(own.layer.name.as_str());
    write!(out, "{{\"type\":\"FeatureCollection\",\"name\":{name},")?;
    if let Some(code) = crs.epsg().filter(|_| crs != Crs::WGS84) {
        let name = format!("urn:ogc:def:crs:EPSG::{code}");
        let crs = json!({ "type": "name", "properties": { "name": name } });
        write!(out, "\"crs\":{crs},")?;
    }
    out.write_all(b"\"features\":[")?;
    let mut is_first = true;
    for at in own.rows() {
        out.write_all(if is_first { b"\n" } else { b",\n" })?;
        is_first = false;
        out.write_all(b"{\"type\":\"Feature\",\"properties\":{")?;
        // By hand: a map would sort the fields.
        for (i, field) in own.layer.fields.iter().enumerate() {
            let comma = if i == 0 { "" } else { "," };
            let name = Json::from(field.name.as_str());
            write!(out, "{comma}{name}:{}", value(own.value(at, i)))?;
        }
        write!(out, "}},\"geometry\":{}}}", geometry(&own.parts(at, crs)))?;
    }
    out.write_all(b"\n]}\n")?;
    out.flush()
}

fn value(value: Value<'_>) -> Json {
    match value {
        Value::Missing => Json::Null,
        Value::Bool(b) => Json::from(b),
        Value::Integer(n) => Json::from(n),
        // As it prints: a whole number among fractions is whole.
        #[expect(clippy::cast_possible_truncation, reason = "whole, and small enough to be exact")]
        Value::Number(n) if n.fract() == 0.0 && n.abs() < 9e15 => Json::from(n as i64),
        Value::Number(n) => Json::from(n),
        Value::Text(text) => Json::from(text),
    }
}

fn geometry(parts: &[(Part, Vec<[f64; 2]>)]) -> Json {
    let of = |wanted: Part| parts.iter().filter(move |(part, _)| *part == wanted).map(|(_, p)| p);
    let one_or = |kind: &str, mut all: Vec<Json>| match all.len() {
        0 => None,
        1 => Some(json!({ "type": kind, "coordinates": all.remove(0) })),
        _ => Some(json!({ "type": format!("Multi{kind}"), "coordinates": all })),
    };
    let points = of(Part::Point).flatten().map(|p| json!(p)).collect();
    let lines = of(Part::Line).map(|path| json!(path)).collect();
    let polygons = Outgoing::polygons(parts).iter().map(|rings| json!(rings)).collect();
    let mut all: Vec<Json> =
        [one_or("Point", points), one_or("LineString", lines), one_or("Polygon", polygons)]
            .into_iter()
            .flatten()
            .collect();
    match all.len() {
        0 => Json::Null,
        1 => all.remove(0),
        _ => json!({ "type": "GeometryCollection", "geometries": all }),
    }
}
