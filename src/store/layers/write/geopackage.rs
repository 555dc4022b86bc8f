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
    style::{Mode, Rgba, layer_color},
};

/// Writes every layer as a table of its own.
pub fn write(job: &Job<'_>, path: &Path) -> Result<Vec<Finding>, WriteError> {
    let crs = job.crs();
    let wkt = crs_wkt::to_ogc(crs).ok_or(WriteError::OtherCrs { format: job.format, crs })?;
    let failed = |e: rusqlite::Error| match e.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => job.unwritable(std::io::ErrorKind::StorageFull.into()),
        _ => job.failed(e),
    };
    let file = Connection::open(path).map_err(failed)?;
    let mut left = Left::default();
    layers(job, &file, crs, &wkt, &mut left).map_err(failed)?;
    file.close().map_err(|(_, e)| failed(e))?;
    Ok(left.told())
}

/// What the number of a system is that has none: the first that is free for users.
const OWN_SYSTEM: i64 = 100_000;

fn layers(
    job: &Job<'_>,
    file: &Connection,
    crs: Crs,
    wkt: &str,
    left: &mut Left,
) -> rusqlite::Result<()> {
    // Version 1.3, as application and user version say it.
    file.execute_batch(
        "PRAGMA application_id = 0x47504B47; PRAGMA user_version = 10300; PRAGMA synchronous = OFF;
         CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY,
           organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL,
           definition TEXT NOT NULL, description TEXT);
         INSERT INTO gpkg_spatial_ref_sys VALUES
           ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', NULL),
           ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL);
         CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,
           identifier TEXT UNIQUE, description TEXT DEFAULT '',
           last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
           min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
           CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id)
             REFERENCES gpkg_spatial_ref_sys (srs_id));
         CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
           geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL,
           m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
           CONSTRAINT uk_gc_table_name UNIQUE (table_name));
         CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT,
           f_table_schema TEXT, f_table_name TEXT, f_geometry_column TEXT, styleName TEXT,
           styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT,
           ui TEXT, update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')));",
    )?;
    let plain = [Crs::WGS84];
    for system in plain.into_iter().chain((crs != Crs::WGS84).then_some(crs)) {
        let own = crs_wkt::to_ogc(system).unwrap_or_else(|| wkt.to_owned());
        file.execute(
            "INSERT INTO gpkg_spatial_ref_sys VALUES (?1, ?2, ?3, ?4, ?5, NULL)",
            params![
                system.key(),
                number(system),
                if system.epsg().is_some() { "EPSG" } else { "NONE" },
                number(system),
                own
            ],
        )?;
    }
    let mut taken = BTreeSet::new();
    for (i, own) in job.layers.iter().enumerate() {
        let table = free_name(&own.layer.name, &mut taken);
        layer(own, (i, &table), file, crs, left)?;
    }
    Ok(())
}

fn number(crs: Crs) -> i64 {
    crs.epsg().map_or(OWN_SYSTEM, i64::from)
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
                // Version 0, little-endian, no envelope.
                let mut blob = b"GP\0\x01".to_vec();
                blob.extend(i32::try_from(number(crs)).unwrap_or(0).to_le_bytes());
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
    let [west, south, east, north] = extent.map_or([None; 4], |all| all.map(Some));
    file.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, min_x, min_y, max_x, max_y, \
         srs_id) VALUES (?1, 'features', ?1, ?2, ?3, ?4, ?5, ?6)",
        params![table, west, south, east, north, number(crs)],
    )?;
    file.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', ?2, ?3, 0, 0)",
        params![table, kind, number(crs)],
    )?;
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

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
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
