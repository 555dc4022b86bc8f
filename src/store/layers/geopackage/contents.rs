//! What a `GeoPackage` says it holds: its tables of features, their fields and systems.

use rusqlite::{Connection, OptionalExtension, Row};

use super::super::Stated;
use crate::{
    geo::Crs,
    layer::{Field, FieldKind},
};

/// A table or view of features.
#[derive(Debug)]
pub struct Features {
    pub table: String,
    pub title: String,
    /// The column of the geometries.
    pub column: String,
    pub stated: Stated,
    /// West, south, east and north as the file writes them, where it does.
    pub extent: Option<[f64; 4]>,
    pub fields: Vec<Field>,
    pub is_view: bool,
    /// Features as the file counts them; 0 where it does not.
    pub count: usize,
}

/// The layers of a file, and what of it is none, with the reason.
#[derive(Debug, Default)]
pub struct Contents {
    pub layers: Vec<Features>,
    pub left_out: Vec<(String, String)>,
}

/// Kinds of contents that are no features, as the specification names them.
const OTHER_KINDS: [&str; 3] = ["attributes", "tiles", "2d-gridded-coverage"];
/// More tables than any real file has.
const MOST_LAYERS: usize = 4_096;

/// Whether a reason is only that a table is of another kind.
pub fn is_kind(reason: &str) -> bool {
    OTHER_KINDS.contains(&reason)
}

/// The contents of a file; none where it is a database of another kind.
pub fn of(connection: &Connection) -> rusqlite::Result<Contents> {
    let mut contents = Contents::default();
    let known = "SELECT 1 FROM sqlite_master WHERE lower(name) = 'gpkg_contents'";
    if connection.query_row(known, [], |_| Ok(())).optional()?.is_none() {
        return Ok(contents);
    }
    let mut ask = connection.prepare(&format!(
        "SELECT c.table_name, coalesce(nullif(c.identifier, ''), c.table_name), g.column_name, \
         coalesce(g.srs_id, c.srs_id), c.min_x, c.min_y, c.max_x, c.max_y, lower(c.data_type) \
         FROM gpkg_contents c LEFT JOIN gpkg_geometry_columns g ON g.table_name = c.table_name \
         ORDER BY c.table_name LIMIT {MOST_LAYERS}"
    ))?;
    let mut rows = ask.query([])?;
    while let Some(row) = rows.next()? {
        let name = word(row, 0).unwrap_or_default();
        let kind = word(row, 8).unwrap_or_default();
        let Some(column) = word(row, 2) else {
            // Other kinds of tables have no geometries.
            let reason =
                if kind == "features" { "no column of geometries".to_owned() } else { kind };
            contents.left_out.push((name, reason));
            continue;
        };
        let title = word(row, 1).unwrap_or_else(|| name.clone());
        let srs = row.get_ref(3)?.as_i64().ok();
        match features(connection, name, column, title.clone(), srs, extent(row)) {
            Ok(layer) => contents.layers.push(layer),
            Err(reason) => contents.left_out.push((title, reason.to_string())),
        }
    }
    Ok(contents)
}

/// A cell that should be text.
fn word(row: &Row<'_>, i: usize) -> Option<String> {
    let bytes = row.get_ref(i).ok()?.as_bytes().ok()?;
    Some(String::from_utf8_lossy(bytes).into_owned())
}

fn extent(row: &Row<'_>) -> Option<[f64; 4]> {
    let side = |i| row.get::<_, Option<f64>>(i).ok().flatten().filter(|v| v.is_finite());
    Some([side(4)?, side(5)?, side(6)?, side(7)?])
}

fn features(
    connection: &Connection,
    table: String,
    column: String,
    title: String,
    srs: Option<i64>,
    extent: Option<[f64; 4]>,
) -> rusqlite::Result<Features> {
    let is_view = connection
        .query_row(
            "SELECT type FROM sqlite_master WHERE name = ?1 COLLATE NOCASE \
             AND type IN ('table', 'view')",
            [&table],
            |row| row.get::<_, String>(0),
        )
        .optional()?
        .is_some_and(|kind| kind == "view");
    let mut ask =
        connection.prepare("SELECT name, type FROM pragma_table_xinfo(?1) WHERE hidden <> 1")?;
    let mut rows = ask.query([&table])?;
    let mut fields = Vec::new();
    while let Some(row) = rows.next()? {
        let name = word(row, 0).unwrap_or_default();
        if !name.eq_ignore_ascii_case(&column) {
            fields.push(Field { name, declared: declared(&word(row, 1).unwrap_or_default()) });
        }
    }
    let counted = connection.query_row(
        "SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = ?1",
        [&table],
        |row| row.get::<_, Option<i64>>(0),
    );
    let count = counted.ok().flatten().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let stated = stated(connection, srs);
    Ok(Features { table, title, column, stated, extent, fields, is_view, count })
}

/// What a declared type of the specification (table 1) holds.
fn declared(kind: &str) -> Option<FieldKind> {
    let kind = kind.split('(').next().unwrap_or_default().trim().to_ascii_uppercase();
    match kind.as_str() {
        "BOOLEAN" => Some(FieldKind::Bool),
        "TINYINT" | "SMALLINT" | "MEDIUMINT" | "INT" | "INTEGER" => Some(FieldKind::Integer),
        "FLOAT" | "DOUBLE" | "REAL" => Some(FieldKind::Number),
        "TEXT" => Some(FieldKind::Text),
        "DATE" => Some(FieldKind::Date),
        "DATETIME" => Some(FieldKind::DateTime),
        _ => None,
    }
}

/// The system of a number of the file's own table; the number of an authority that is not listed
/// there is taken for EPSG's.
fn stated(connection: &Connection, srs: Option<i64>) -> Stated {
    // Undefined geographic and undefined cartesian, clause 1.1.2.1.2.
    let Some(srs) = srs.filter(|srs| !matches!(srs, 0 | -1)) else { return Stated::Nothing };
    let listed = connection.query_row(
        "SELECT organization, organization_coordsys_id, definition, srs_name \
         FROM gpkg_spatial_ref_sys WHERE srs_id = ?1",
        [srs],
        |row| {
            let code = row.get_ref(1)?.as_i64().ok();
            Ok((word(row, 0), code, word(row, 2), word(row, 3)))
        },
    );
    let unknown = || Stated::Unknown(format!("EPSG:{srs}"));
    let Ok((organization, code, definition, name)) = listed else {
        return Crs::from_epsg(srs).map_or_else(unknown, Stated::Crs);
    };
    let is_epsg = organization.is_none_or(|name| name.eq_ignore_ascii_case("EPSG"));
    let code = code.unwrap_or(srs);
    if is_epsg && let Some(crs) = Crs::from_epsg(code) {
        return Stated::Crs(crs);
    }
    match definition.filter(|wkt| wkt.contains('[')) {
        Some(wkt) => Stated::of_wkt(&wkt),
        None if is_epsg => Stated::Unknown(format!("EPSG:{code}")),
        None => Stated::Unknown(name.unwrap_or_else(|| srs.to_string())),
    }
}
