//! The tables of a workbook's file.
//!
//! A `GeoPackage` (OGC 12-128r19) with four tables for other programs: 项目 (every project, without
//! geometry), `项目_点`, `项目_线`, `项目_面`. They repeat what the tables of ours say; only those are read.
//! Tables of ours are not in `gpkg_contents`, so that no other program takes them for layers.

use rusqlite::{Connection, OptionalExtension, params};

use crate::{
    book::{TABLES, VERSION},
    geo::Crs,
    store::geopackage,
};

/// The table by which a file is known as a workbook: its parts with their versions.
pub const SCHEMA_TABLE: &str = "jintu_schema";

/// The part whose version is that of the whole.
const WHOLE: &str = "workbook";

/// The kinds of geometry that a table for other programs holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    Points,
    Lines,
    Areas,
}

impl Layer {
    pub const ALL: [Self; 3] = [Self::Points, Self::Lines, Self::Areas];

    /// Its name in the file.
    pub const fn table(self) -> &'static str {
        match self {
            Self::Points => "项目_点",
            Self::Lines => "项目_线",
            Self::Areas => "项目_面",
        }
    }

    const fn geometry_type(self) -> &'static str {
        match self {
            Self::Points => "MULTIPOINT",
            Self::Lines => "MULTILINESTRING",
            Self::Areas => "MULTIPOLYGON",
        }
    }
}

/// The table of all projects.
pub const ALL_PROJECTS: &str = "项目";

/// The columns of the tables for other programs, with their types.
pub const COLUMNS: [(&str, &str); 16] = [
    ("编号", "TEXT"),
    ("名称", "TEXT"),
    ("类别", "TEXT"),
    ("状态", "TEXT"),
    ("协作区域", "TEXT"),
    ("县区", "TEXT"),
    ("总投资_亿元", "REAL"),
    ("长度_公里", "REAL"),
    ("建设年限", "TEXT"),
    ("责任单位", "TEXT"),
    ("精度", "TEXT"),
    ("位置依据", "TEXT"),
    ("位置来源", "TEXT"),
    ("备注", "TEXT"),
    ("出自", "TEXT"),
    ("人工改动", "TEXT"),
];

/// Makes all tables in an empty file.
pub fn make(file: &Connection) -> rusqlite::Result<()> {
    geopackage::make(file, &[])?;
    let columns: Vec<String> =
        COLUMNS.iter().map(|(name, kind)| format!(", \"{name}\" {kind}")).collect();
    // The first column names the project: one row each.
    let columns = columns.concat().replacen("TEXT", "TEXT NOT NULL UNIQUE", 1);
    file.execute_batch(&format!(
        "CREATE TABLE \"{ALL_PROJECTS}\" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL{columns});"
    ))?;
    geopackage::add_attributes(file, ALL_PROJECTS)?;
    for layer in Layer::ALL {
        let (table, kind) = (layer.table(), layer.geometry_type());
        file.execute_batch(&format!(
            "CREATE TABLE \"{table}\" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, \
             geom {kind}{columns});"
        ))?;
        geopackage::add_layer(file, (table, kind), Crs::WGS84, None)?;
    }
    file.execute_batch(&format!(
        "CREATE TABLE {SCHEMA_TABLE} (part TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL,
           about TEXT NOT NULL);
         CREATE TABLE jintu_log (seq INTEGER PRIMARY KEY NOT NULL, deed TEXT NOT NULL,
           of_seq INTEGER, who TEXT NOT NULL, at TEXT NOT NULL, words_zh TEXT NOT NULL,
           words_en TEXT NOT NULL);
         CREATE TABLE jintu_changes (seq INTEGER NOT NULL, in_table TEXT NOT NULL,
           key TEXT NOT NULL, before TEXT, after TEXT,
           PRIMARY KEY (seq, in_table, key)) WITHOUT ROWID;
         CREATE INDEX jintu_changes_of ON jintu_changes (in_table, key, seq);
         CREATE TABLE jintu_blobs (hash TEXT PRIMARY KEY NOT NULL, bytes BLOB NOT NULL);"
    ))?;
    bring_up_to_date(file)
}

/// Makes the tables of records that are not there yet and writes their versions down. Nothing that
/// is there is touched, whoever made it.
pub fn bring_up_to_date(file: &Connection) -> rusqlite::Result<()> {
    for row in &TABLES {
        if !has_table(file, row.name)? {
            file.execute_batch(&row.table.sql())?;
        }
        note(file, row.name, row.since, row.about)?;
    }
    note(file, WHOLE, VERSION, "the whole workbook; records, log (jintu_log, jintu_changes), blobs")
}

fn note(file: &Connection, part: &str, version: u32, about: &str) -> rusqlite::Result<()> {
    file.execute(
        "INSERT INTO jintu_schema (part, version, about) VALUES (?1, ?2, ?3) \
         ON CONFLICT (part) DO UPDATE SET version = max(version, excluded.version)",
        params![part, version, about],
    )?;
    Ok(())
}

/// Whether a file has a table.
pub fn has_table(file: &Connection, name: &str) -> rusqlite::Result<bool> {
    let found: Option<i64> = file
        .query_row(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1",
            params![name],
            |row| row.get(0),
        )
        .optional()?;
    Ok(found.is_some())
}

/// The version of a workbook.
pub fn version(file: &Connection) -> rusqlite::Result<u32> {
    file.query_row(
        &format!("SELECT version FROM {SCHEMA_TABLE} WHERE part = ?1"),
        params![WHOLE],
        |row| row.get(0),
    )
}
