//! `GeoPackage` (OGC 12-128r19) with the colours of the map, which QGIS takes from `layer_styles`.

use std::{
    collections::{BTreeSet, HashSet},
    path::Path,
};

use rusqlite::{Connection, ErrorCode, params, params_from_iter, types::Value as Sql};

use super::{Job, Left, Outgoing, WriteError, wkb};
use crate::{
    geo::{Crs, crs_wkt},
    layer::{Cause, FieldKind, Finding, Value, geometry},
    store::geopackage::{self, quoted},
    style::{Mode, Rgba, layer_color},
};

/// Writes every layer as a table of its own.
pub fn write(job: &Job<'_>, path: &Path) -> Result<Vec<Finding>, WriteError> {
    let crs = job.crs();
    if crs_wkt::to_ogc(crs).is_none() {
        return Err(WriteError::OtherCrs { format: job.format, crs });
    }
    let failed = |e: rusqlite::Error| match e.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => job.unwritable(std::io::ErrorKind::StorageFull.into()),
        _ => job.failed(e),
    };
    let file = Connection::open(path).map_err(failed)?;
    let mut left = Left::default();
    layers(job, &file, crs, &mut left).map_err(failed)?;
    file.close().map_err(|(_, e)| failed(e))?;
    Ok(left.told())
}

fn layers(job: &Job<'_>, file: &Connection, crs: Crs, left: &mut Left) -> rusqlite::Result<()> {
    file.execute_batch("PRAGMA synchronous = OFF")?;
    geopackage::make(file, &[crs])?;
    file.execute_batch(
        "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT,
           f_table_schema TEXT, f_table_name TEXT, f_geometry_column TEXT, styleName TEXT,
           styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT,
           ui TEXT, update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')));",
    )?;
    let mut taken = BTreeSet::new();
    for (i, own) in job.layers.iter().enumerate() {
        let table = free_name(&own.layer.name, &mut taken);
        layer(own, (i, &table), file, crs, left)?;
    }
    Ok(())
}

/// A name that no table has, in any case, and that is none of the standard's own.
fn free_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    let own = name.trim().to_lowercase();
    let reserved = own.starts_with("gpkg_") || own.starts_with("sqlite_") || own == "layer_styles";
    let plain = if own.is_empty() || reserved { format!("_{name}") } else { name.to_owned() };
    let mut free = plain.clone();
    let mut number = 1;
    while !taken.insert(free.to_lowercase()) {
        number += 1;
        free = format!("{plain}_{number}");
    }
    free
}

fn layer(
    own: &Outgoing<'_>,
    (i, table): (usize, &str),
    file: &Connection,
    crs: Crs,
    left: &mut Left,
) -> rusqlite::Result<()> {
    let mut taken = BTreeSet::from(["fid".to_owned(), "geom".to_owned()]);
    let numbers = numbers(own);
    let kept = |field: &usize| Some(*field) != numbers;
    let fields: Vec<usize> = (0..own.layer.fields.len()).filter(kept).collect();
    let kinds: Vec<FieldKind> = fields.iter().map(|field| own.layer.kind_of(*field)).collect();
    let mut names: Vec<String> = Vec::new();
    for field in fields.iter().filter_map(|field| own.layer.fields.get(*field)) {
        let name = free_name(&field.name, &mut taken);
        if name != field.name {
            left.count(Cause::FieldRenamed, &format!("{} → {name}", field.name));
        }
        names.push(name);
    }
    let typed = names.iter().zip(&kinds);
    let columns: Vec<String> =
        typed.map(|(name, kind)| format!(", {} {}", quoted(name), sql_type(*kind))).collect();
    let columns = columns.concat();
    // One type to a table: where single and multiple ones stand together, all are multiple.
    let kind = geometry::of_layer(own.layer).unwrap_or("Geometry").to_uppercase();
    let multiple = kind.starts_with("MULTI");
    file.execute_batch(&format!(
        "BEGIN; CREATE TABLE {} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom {kind}{columns});",
        quoted(table)
    ))?;
    let marks = ", ?".repeat(names.len() + 1);
    let list: Vec<String> = names.iter().map(|name| format!(", {}", quoted(name))).collect();
    let list = list.concat();
    let statement = format!("INSERT INTO {} (fid, geom{list}) VALUES (?{marks})", quoted(table));
    let mut extent: Option<[f64; 4]> = None;
    {
        let mut insert = file.prepare(&statement)?;
        for at in own.rows() {
            let parts = own.parts(at, crs);
            for [x, y] in parts.iter().flat_map(|(_, path)| path) {
                let all = extent.get_or_insert([*x, *y, *x, *y]);
                *all = [all[0].min(*x), all[1].min(*y), all[2].max(*x), all[3].max(*y)];
            }
            let blob = wkb::of_parts(&parts, multiple).map_or(Sql::Null, |wkb| {
                let mut blob = geopackage::blob_head(crs);
                blob.extend(wkb);
                Sql::Blob(blob)
            });
            let number = match numbers.map(|field| own.value(at, field)) {
                Some(Value::Integer(number)) => Sql::Integer(number),
                _ => Sql::Null,
            };
            let typed = fields.iter().zip(&kinds);
            let values = typed.map(|(field, kind)| sql(own.value(at, *field), *kind));
            insert.execute(params_from_iter([number, blob].into_iter().chain(values)))?;
        }
    }
    geopackage::add_layer(file, (table, &kind), crs, extent)?;
    file.execute(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, \
         f_geometry_column, styleName, styleQML, styleSLD, useAsDefault) \
         VALUES ('', '', ?1, 'geom', ?1, ?2, '', 1)",
        params![table, qml(&kind, layer_color(i, Mode::Light))],
    )?;
    file.execute_batch("COMMIT")
}

/// The field `fid`, as a package has it that was read, where it numbers the features: it goes on to.
fn numbers(own: &Outgoing<'_>) -> Option<usize> {
    let field = own.layer.fields.iter().position(|field| field.name == "fid")?;
    let mut seen = HashSet::new();
    let is_new = |at| match own.value(at, field) {
        Value::Integer(number) => seen.insert(number),
        _ => false,
    };
    own.unwatched().all(is_new).then_some(field)
}

const fn sql_type(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Bool => "BOOLEAN",
        FieldKind::Integer => "INTEGER",
        FieldKind::Number => "REAL",
        FieldKind::Date => "DATE",
        FieldKind::DateTime => "DATETIME",
        FieldKind::Text => "TEXT",
    }
}

/// A value as its column has it: a column of words takes numbers as they print.
fn sql(value: Value<'_>, kind: FieldKind) -> Sql {
    match (value, kind) {
        (Value::Missing, _) => Sql::Null,
        (Value::Text(text), _) => Sql::Text(text.to_owned()),
        (Value::Bool(b), FieldKind::Bool) => Sql::Integer(i64::from(b)),
        (Value::Integer(n), FieldKind::Integer) => Sql::Integer(n),
        (Value::Integer(n), FieldKind::Number) => Sql::Real(n as f64),
        (Value::Number(n), FieldKind::Number) => Sql::Real(n),
        (other, _) => Sql::Text(other.to_string()),
    }
}

/// A plain symbol for QGIS 3.
fn qml(kind: &str, color: Rgba) -> String {
    let Rgba(r, g, b, _) = color;
    let rgb = format!("{r},{g},{b},255");
    let options = |all: &[(&str, &str)]| -> String {
        let option = |(name, value): &(&str, &str)| {
            format!("<Option name=\"{name}\" value=\"{value}\" type=\"QString\"/>")
        };
        all.iter().map(option).collect()
    };
    let (number, symbol, class, options) = if kind.contains("POINT") {
        (0, "marker", "SimpleMarker", options(&[("color", &rgb), ("size", "2.4")]))
    } else if kind.contains("LINE") {
        (1, "line", "SimpleLine", options(&[("line_color", &rgb), ("line_width", "0.6")]))
    } else {
        let tint = format!("{r},{g},{b},64");
        let look = [("color", tint.as_str()), ("outline_color", &rgb), ("outline_width", "0.4")];
        (2, "fill", "SimpleFill", options(&look))
    };
    format!(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22\" \
         styleCategories=\"Symbology\"><renderer-v2 type=\"singleSymbol\" symbollevels=\"0\">\
         <symbols><symbol type=\"{symbol}\" name=\"0\" alpha=\"1\"><layer class=\"{class}\" \
         enabled=\"1\" locked=\"0\" pass=\"0\"><Option type=\"Map\">{options}</Option></layer>\
         </symbol></symbols></renderer-v2><layerGeometryType>{number}</layerGeometryType></qgis>"
    )
}
