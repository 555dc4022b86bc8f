//! Databases, with pages so small that damage meets every part of them.

use std::fs;

use rusqlite::Connection;

use super::{tile, written};
use crate::case::Case;

/// A database of the statements, as a file.
fn database(
    name: &str,
    sql: &str,
    more: &dyn Fn(&Connection) -> rusqlite::Result<()>,
) -> Option<Case> {
    let path = std::env::temp_dir().join(format!("jintu-seed-{}-{name}", std::process::id()));
    let make = || -> rusqlite::Result<()> {
        let file = Connection::open(&path)?;
        file.execute_batch("PRAGMA page_size = 512;")?;
        file.execute_batch(sql)?;
        more(&file)?;
        file.close().map_err(|(_, e)| e)
    };
    let done = make();
    let bytes = fs::read(&path);
    let _ = fs::remove_file(&path);
    done.ok().and(bytes.ok()).map(|bytes| Case::one(name, bytes))
}

pub fn geopackage() -> Vec<Case> {
    let tables = "PRAGMA application_id = 0x47504B47;
        CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY,
          organization TEXT, organization_coordsys_id INTEGER, definition TEXT);
        INSERT INTO gpkg_spatial_ref_sys VALUES ('a', 4490, 'EPSG', 4490, 'undefined');
        CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT, identifier TEXT, srs_id INTEGER,
          min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE);
        CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT,
          geometry_type_name TEXT, srs_id INTEGER, z TINYINT, m TINYINT);
        INSERT INTO gpkg_contents VALUES ('点', 'features', '点', 4490, 112, 37, 113, 38);
        INSERT INTO gpkg_geometry_columns VALUES ('点', 'geom', 'GEOMETRY', 4490, 0, 0);
        CREATE TABLE 点 (fid INTEGER PRIMARY KEY, geom BLOB, 名称 TEXT(20), 面积 DOUBLE, 日期 DATE,
          有效 BOOLEAN, 码 INTEGER);";
    let view = "CREATE VIEW 看 AS SELECT fid, geom, 名称 || '乙' AS 名 FROM 点 WHERE fid > 1;
        INSERT INTO gpkg_contents VALUES ('看', 'features', '看', 4490, NULL, NULL, NULL, NULL);
        INSERT INTO gpkg_geometry_columns VALUES ('看', 'geom', 'POINT', 4490, 0, 0);
        CREATE INDEX i ON 点 (名称);";
    let fill = |file: &Connection| {
        for (number, case) in written::wkb().iter().enumerate() {
            let mut blob = b"GP\0\x01\x8A\x11\0\0".to_vec();
            if number % 3 == 0 {
                // With its extent.
                blob[3] = 3;
                for side in [112.0_f64, 113.0, 37.0, 38.0] {
                    blob.extend(side.to_le_bytes());
                }
            }
            blob.extend(case.bytes());
            file.execute(
                "INSERT INTO 点 (geom, 名称, 面积, 日期, 有效, 码) VALUES (?1, ?2, 2.5, \
                 '2024-05-06', 1, 9007199254740993)",
                rusqlite::params![blob, format!("地块{number}")],
            )?;
        }
        Ok(())
    };
    let more = format!("{tables}{view}");
    [tables, more.as_str()].into_iter().filter_map(|sql| database("a.gpkg", sql, &fill)).collect()
}

pub fn mbtiles() -> Vec<Case> {
    let sql = "CREATE TABLE metadata (name TEXT, value TEXT);
        CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB);
        INSERT INTO metadata VALUES ('name', '甲'), ('format', 'pbf'), ('bounds', '112,37,113,38'),
          ('attribution', '<a href=\"x\">y</a>');";
    let fill = |file: &Connection| {
        let tiles = tile::vector_tiles();
        for (zoom, tile) in (0..6_u32).zip(tiles.iter().cycle()) {
            file.execute(
                "INSERT INTO tiles VALUES (?1, 0, 0, ?2)",
                rusqlite::params![zoom, tile.bytes()],
            )?;
        }
        Ok(())
    };
    database("a.mbtiles", sql, &fill).into_iter().collect()
}
