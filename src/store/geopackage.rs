//! What every `GeoPackage` (OGC 12-128r19) that Jintu writes begins with, whatever lies in it: the
//! standard's own tables, and how layers and their shapes are told in them.

use rusqlite::{Connection, params};

use crate::geo::{Crs, crs_wkt};

/// `GPKG`, in the head of the file.
pub const APPLICATION_ID: i32 = 0x4750_4B47;

/// Version 1.3, in the head of the file.
const USER_VERSION: i32 = 10_300;

/// What the number of a system is that EPSG has none for: the first that is free for users.
const OWN_SYSTEM: i32 = 100_000;

/// Makes the standard's tables in an empty file, with WGS-84 and the `systems` that its layers have.
pub fn make(file: &Connection, systems: &[Crs]) -> rusqlite::Result<()> {
    file.execute_batch(&format!(
        "PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {USER_VERSION};
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
           CONSTRAINT uk_gc_table_name UNIQUE (table_name));"
    ))?;
    for crs in [Crs::WGS84].iter().chain(systems) {
        // One that has no words is told as the standard tells those that nothing is known of.
        let definition = crs_wkt::to_ogc(*crs).unwrap_or_else(|| "undefined".into());
        let organisation = if crs.epsg().is_some() { "EPSG" } else { "NONE" };
        file.execute(
            "INSERT OR IGNORE INTO gpkg_spatial_ref_sys VALUES (?1, ?2, ?3, ?2, ?4, NULL)",
            params![crs.key(), number(*crs), organisation, definition],
        )?;
    }
    Ok(())
}

/// Tells of a table without geometry.
pub fn add_attributes(file: &Connection, table: &str) -> rusqlite::Result<()> {
    file.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES (?1, 'attributes', ?1)",
        [table],
    )?;
    Ok(())
}

/// Tells of a table whose column `geom` holds shapes of one `kind`, such as `MULTIPOINT`, in two
/// dimensions; `extent` is west, south, east, north in the units of the system.
pub fn add_layer(
    file: &Connection,
    (table, kind): (&str, &str),
    crs: Crs,
    extent: Option<[f64; 4]>,
) -> rusqlite::Result<()> {
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
    Ok(())
}

/// What stands before the well-known binary of a shape: version 0, little-endian, no envelope.
pub fn blob_head(crs: Crs) -> Vec<u8> {
    let mut bytes = b"GP\0\x01".to_vec();
    bytes.extend(number(crs).to_le_bytes());
    bytes
}

/// A name as SQL takes it for a table or a column, whatever stands in it.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn number(crs: Crs) -> i32 {
    crs.epsg().and_then(|code| i32::try_from(code).ok()).unwrap_or(OWN_SYSTEM)
}
