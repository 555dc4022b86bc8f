//! `GeoPackage`: one order, one moment, nothing beside the file; views, curves and what is broken.

#![allow(clippy::cast_precision_loss, reason = "small numbers, made here")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use jintu::{
    geo::{Crs, Datum, mercator},
    layer::{Basis, Cause, CountyCodes, FieldKind, Kind, Layer, Value},
    store::layers::{LayerError, OpenOptions, open_layers},
};

use crate::layer_files::open;
use rusqlite::Connection;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("jintu-gpkg-it-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Names and bytes of everything in it.
    fn all(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let entries = fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap().path());
        entries.map(|path| (path.clone(), fs::read(path).unwrap())).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The tables that every such file has.
fn package(path: &Path) -> Connection {
    let file = Connection::open(path).unwrap();
    file.execute_batch(
        "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT, organization_coordsys_id INTEGER, definition TEXT, description TEXT);
         CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT, description TEXT, last_change TEXT, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER);
         CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER, z TINYINT, m TINYINT);
         INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, '', '');",
    )
    .unwrap();
    file
}

fn register(file: &Connection, table: &str, srs: Option<i64>) {
    file.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES (?1, 'features', ?1, ?2)",
        (table, srs),
    )
    .unwrap();
    file.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', 'GEOMETRY', ?2, 0, 0)",
        (table, srs),
    )
    .unwrap();
}

fn blob(wkb: &[u8]) -> Vec<u8> {
    [b"GP\0\x01\0\0\0\0", wkb].concat()
}

fn wkb(kind: u32, count: Option<u32>, numbers: &[f64]) -> Vec<u8> {
    let mut bytes = vec![1];
    bytes.extend(kind.to_le_bytes());
    bytes.extend(count.into_iter().flat_map(u32::to_le_bytes));
    bytes.extend(numbers.iter().flat_map(|v| v.to_le_bytes()));
    bytes
}

fn point(x: f64, y: f64) -> Vec<u8> {
    blob(&wkb(1, None, &[x, y]))
}

fn points(file: &Connection, table: &str, count: u32) {
    file.execute_batch(&format!(
        "CREATE TABLE \"{table}\" (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT)"
    ))
    .unwrap();
    register(file, table, Some(4326));
    file.execute_batch("BEGIN").unwrap();
    for i in 0..count {
        file.execute(
            &format!("INSERT INTO \"{table}\" (geom, name) VALUES (?1, ?2)"),
            (point(112.0 + f64::from(i) * 1e-4, 37.5), format!("{:06}", count - i)),
        )
        .unwrap();
    }
    file.execute_batch("COMMIT").unwrap();
}

fn lon_lat(layer: &Layer, row: usize) -> [f64; 2] {
    let shapes = &layer.chunks[0].shapes;
    let part = shapes.parts_of(row).start;
    let p = mercator::to_lon_lat(shapes.part(part)[0]);
    [(p.lon_deg * 1e6).round() / 1e6, (p.lat_deg * 1e6).round() / 1e6]
}

fn counted(layer: &Layer, cause: Cause) -> Vec<(String, usize)> {
    let of = layer.findings.iter().filter(|finding| finding.cause == cause);
    of.map(|finding| (finding.detail.clone(), finding.count)).collect()
}

#[test]
fn attributes_are_those_of_their_features_whatever_index_there_is() {
    let folder = Folder::new("order");
    let path = folder.0.join("a.gpkg");
    let file = package(&path);
    points(&file, "t", 500);
    // Each covers a question by itself, in an order of its own.
    file.execute_batch("CREATE INDEX n ON t (name, fid); CREATE INDEX g ON t (geom);").unwrap();
    // Numbers that leave gaps, and a column that takes the usual name of the number.
    file.execute_batch(
        "CREATE TABLE r (geom BLOB, rowid TEXT, \"a\"\"b\" TEXT); CREATE INDEX rr ON r (rowid, \"a\"\"b\");
         CREATE TABLE w (k TEXT PRIMARY KEY, geom BLOB) WITHOUT ROWID;
         CREATE VIEW v AS SELECT fid, geom, name FROM t WHERE fid % 2 = 0 ORDER BY name;",
    )
    .unwrap();
    for table in ["r", "w", "v"] {
        register(&file, table, Some(4326));
    }
    for i in 0..20_u32 {
        let (at, name) = (point(112.0 + f64::from(i) * 1e-4, 37.5), format!("{:03}", 100 - i));
        file.execute("INSERT INTO r VALUES (?1, ?2, ?2)", (&at, &name)).unwrap();
        file.execute("INSERT INTO w VALUES (?1, ?2)", (&name, &at)).unwrap();
    }
    drop(file);
    let layers = open(&path).unwrap();
    let names: Vec<&str> = layers.iter().map(|layer| layer.name.as_str()).collect();
    assert_eq!(names, ["r", "t", "v", "w"]);
    let sizes: Vec<usize> = layers.iter().map(|layer| layer.len()).collect();
    assert_eq!(sizes, [20, 500, 250, 20]);
    for (layer, field, most) in
        [(&layers[0], 1, 100), (&layers[1], 1, 500), (&layers[2], 1, 500), (&layers[3], 0, 100)]
    {
        for row in 0..layer.len() {
            let Value::Text(name) = layer.tables[0].value(row, field) else { panic!("{row}") };
            let i = most - name.parse::<i32>().unwrap();
            let expected = ((112.0 + f64::from(i) * 1e-4) * 1e6).round() / 1e6;
            let [lon, lat] = lon_lat(layer, row);
            let off = (lon - expected).abs().max((lat - 37.5).abs());
            assert!(off < 1e-9, "{} {row}: {lon}, {lat}", layer.name);
        }
    }
}

#[test]
fn a_file_is_read_and_nothing_beside_it_changes() {
    let folder = Folder::new("wal");
    let path = folder.0.join("a.gpkg");
    let file = package(&path);
    points(&file, "t", 10);
    drop(file);
    let unchanged = |expected: usize| {
        let before = folder.all();
        assert_eq!(open(&path).unwrap()[0].len(), expected);
        assert!(folder.all() == before, "{:?}", folder.all().keys());
    };
    unchanged(10);
    // With a log that is closed: SQLite would make two files again.
    let file = Connection::open(&path).unwrap();
    file.execute_batch("PRAGMA journal_mode = WAL").unwrap();
    drop(file);
    assert_eq!((fs::read(&path).unwrap()[18], folder.all().len()), (2, 1));
    unchanged(10);
    // Another program has it open, with three rows that only the log has.
    let file = Connection::open(&path).unwrap();
    file.execute_batch(
        "PRAGMA wal_autocheckpoint = 0; INSERT INTO t (name) VALUES ('x'), ('y'), ('z')",
    )
    .unwrap();
    let listing: Vec<PathBuf> = folder.all().into_keys().collect();
    assert_eq!(open(&path).unwrap()[0].len(), 13);
    assert_eq!(folder.all().into_keys().collect::<Vec<_>>(), listing);
    // The same files elsewhere, as after a crash or on a stick: the log counts, its index is gone.
    let other = Folder::new("stick");
    let copy = other.0.join("b.gpkg");
    fs::copy(&path, &copy).unwrap();
    fs::copy(folder.0.join("a.gpkg-wal"), other.0.join("b.gpkg-wal")).unwrap();
    drop(file);
    let before = other.all();
    assert_eq!(open(&copy).unwrap()[0].len(), 13);
    assert!(other.all() == before, "{:?}", other.all().keys());
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("readonly");
    let path = folder.0.join("项 目#1?.gpkg");
    let file = package(&path);
    points(&file, "t", 10);
    file.execute_batch("PRAGMA journal_mode = WAL").unwrap();
    drop(file);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    fs::set_permissions(&folder.0, fs::Permissions::from_mode(0o555)).unwrap();
    let opened = open(&path).map(|layers| layers[0].len());
    fs::set_permissions(&folder.0, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!((opened.unwrap(), folder.all().len()), (10, 1));
}

#[test]
fn a_broken_layer_leaves_the_others() {
    let folder = Folder::new("beside");
    let path = folder.0.join("a.gpkg");
    let file = package(&path);
    points(&file, "good", 3);
    points(&file, "gone", 3);
    file.execute_batch(
        "CREATE VIEW a_view AS SELECT 1 AS fid, geom FROM gone; DROP TABLE gone;
         CREATE TABLE words (fid INTEGER PRIMARY KEY, w TEXT);
         INSERT INTO gpkg_contents (table_name, data_type) VALUES ('words', 'attributes');",
    )
    .unwrap();
    register(&file, "a_view", Some(4326));
    drop(file);
    let layers = open(&path).unwrap();
    assert_eq!((layers.len(), layers[0].len()), (1, 3));
    let told = counted(&layers[0], Cause::LayerLeftOut);
    assert_eq!(told.len(), 3, "{told:?}");
    for (name, reason) in
        [("a_view", "no such table"), ("gone", "no such"), ("words", "attributes")]
    {
        assert!(
            told.iter().any(|(detail, _)| detail.starts_with(name) && detail.contains(reason)),
            "{told:?}"
        );
    }
    let file = Connection::open(&path).unwrap();
    file.execute_batch("DROP TABLE good").unwrap();
    drop(file);
    let error = open(&path).unwrap_err().to_string();
    assert!(error.contains("no such table") && error.contains("a.gpkg"), "{error}");
    let other = folder.0.join("other.gpkg");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
    assert!(matches!(open(&other), Err(LayerError::NoFeatures { .. })));
}

#[test]
fn a_view_without_end_ends() {
    let folder = Folder::new("endless");
    let path = folder.0.join("a.gpkg");
    let file = package(&path);
    file.execute_batch(
        "CREATE VIEW t AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)
         SELECT x AS fid, NULL AS geom, 'row ' || x AS name FROM c",
    )
    .unwrap();
    register(&file, "t", Some(4326));
    drop(file);
    let begun = Instant::now();
    let layer = open(&path).unwrap().remove(0);
    assert!(
        layer.len() >= 10_000 && layer.len() < 100_000 && begun.elapsed() < Duration::from_secs(5)
    );
    assert_eq!(counted(&layer, Cause::LayerLeftOut).len(), 1);
    let value = folder.0.join("b.gpkg");
    let file = package(&value);
    file.execute_batch("CREATE VIEW t AS SELECT 1 AS fid, zeroblob(999999999) AS geom").unwrap();
    register(&file, "t", Some(4326));
    drop(file);
    assert!(open(&value).unwrap_err().to_string().contains("too big"));
    // Without a row: the user's wish is heard.
    let silent = folder.0.join("c.gpkg");
    let file = package(&silent);
    file.execute_batch(
        "CREATE VIEW t AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)
         SELECT x AS fid, NULL AS geom FROM c WHERE x < 0",
    )
    .unwrap();
    register(&file, "t", Some(4326));
    drop(file);
    let cancel = Arc::new(AtomicBool::new(false));
    let soon = cancel.clone();
    let user = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(300));
        soon.store(true, Ordering::Relaxed);
    });
    let begun = Instant::now();
    let (none, options) = (CountyCodes::new(Vec::new()), OpenOptions::default());
    let stopped = open_layers(&silent, &options, &none, &cancel, &mut |_| {});
    user.join().unwrap();
    assert!(matches!(stopped, Err(LayerError::Cancelled)), "{stopped:?}");
    assert!(begun.elapsed() < Duration::from_secs(3));
}

#[test]
fn systems_are_those_of_the_files_own_table() {
    let folder = Folder::new("systems");
    let path = folder.0.join("a.gpkg");
    let file = package(&path);
    file.execute_batch(
        "INSERT INTO gpkg_spatial_ref_sys VALUES
         ('own', 100001, 'EPSG', 4547, '', ''),
         ('wkt', 100002, 'LOCAL', 7, 'PROJCS[\"a\",GEOGCS[\"b\",AUTHORITY[\"EPSG\",\"4490\"]],AUTHORITY[\"EPSG\",\"4526\"]]', ''),
         ('site grid', 100003, 'LOCAL', 8, 'ENGCRS[\"site grid\"]', '');",
    )
    .unwrap();
    let systems = [
        ("a", Some(100_001)),
        ("b", Some(100_002)),
        ("c", Some(100_003)),
        ("d", None),
        ("e", Some(4490)),
    ];
    for (table, srs) in systems {
        file.execute_batch(&format!("CREATE TABLE {table} (fid INTEGER PRIMARY KEY, geom BLOB)"))
            .unwrap();
        register(&file, table, srs);
    }
    drop(file);
    let layers = open(&path).unwrap();
    let found: Vec<_> = layers.iter().map(|l| (l.reference.crs, l.reference.basis)).collect();
    let zone = Crs::from_epsg(4547).unwrap();
    let numbered = Crs::from_epsg(4526).unwrap();
    assert_eq!(found[..2], [(zone, Basis::Stated), (numbered, Basis::Stated)]);
    assert_eq!(found[2].1, Basis::Assumed);
    assert_eq!(counted(&layers[2], Cause::UnknownDatum), [("site grid".to_owned(), 0)]);
    assert_ne!(found[3].1, Basis::Stated);
    assert_eq!(found[4], (Crs::Degrees(Datum::Cgcs2000), Basis::Stated));
}

#[test]
fn values_are_what_the_file_declares_and_holds() {
    let folder = Folder::new("values");
    let path = folder.0.join("a.gpkg");
    let file = package(&path);
    file.execute_batch(
        "CREATE TABLE t (fid INTEGER PRIMARY KEY, geom BLOB, ok BOOLEAN, big MEDIUMINT, day DATE, at DATETIME, word TEXT(20), v REAL, raw BLOB, lies INTEGER);
         INSERT INTO t VALUES (1, NULL, 1, 9007199254740993, '2026-11-26', '2026-11-26T08:00:00Z', CAST(x'B9FA61' AS TEXT), 2, x'0102', 'word'), (2, NULL, 0, NULL, NULL, NULL, '', NULL, NULL, 3);",
    )
    .unwrap();
    register(&file, "t", Some(4326));
    drop(file);
    let layer = open(&path).unwrap().remove(0);
    let kinds: Vec<FieldKind> = (0..layer.fields.len()).map(|field| layer.kind_of(field)).collect();
    let (i, n, t) = (FieldKind::Integer, FieldKind::Number, FieldKind::Text);
    assert_eq!(kinds, [i, FieldKind::Bool, i, FieldKind::Date, FieldKind::DateTime, t, n, t, t]);
    let table = &layer.tables[0];
    let told: Vec<String> = (0..9).map(|field| table.value(0, field).to_string()).collect();
    let date = ["2026-11-26", "2026-11-26T08:00:00Z"];
    let bad = "\u{fffd}\u{fffd}a";
    assert_eq!(told, ["1", "true", "9007199254740993", date[0], date[1], bad, "2", "—", "word"]);
    assert_eq!(table.value(1, 1), Value::Bool(false));
    assert_eq!((table.value(1, 5), table.value(1, 2)), (Value::Text(""), Value::Missing));
    assert_eq!(counted(&layer, Cause::BytesField), [("raw".to_owned(), 1)]);
    assert_eq!(counted(&layer, Cause::BadText), [(String::new(), 1)]);
}

#[test]
fn curves_and_surfaces_are_made_straight() {
    let folder = Folder::new("curves");
    let path = folder.0.join("a.gpkg");
    let file = package(&path);
    file.execute_batch("CREATE TABLE t (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT)").unwrap();
    register(&file, "t", Some(4326));
    let half = [111.0, 37.0, 112.0, 38.0, 113.0, 37.0];
    let arc = wkb(8, Some(3), &half);
    let back = wkb(2, Some(2), &[113.0, 37.0, 111.0, 37.0]);
    let with = |kind: u32, parts: &[&[u8]]| {
        [wkb(kind, Some(u32::try_from(parts.len()).unwrap()), &[]), parts.concat()].concat()
    };
    let closed = with(9, &[&arc, &back]);
    let ring = [112.0, 37.0, 112.1, 37.0, 112.0, 37.1, 112.0, 37.0];
    let of_ring = |kind: u32| {
        [wkb(kind, Some(1), &[]), 4_u32.to_le_bytes().to_vec(), wkb(0, None, &ring)[5..].to_vec()]
            .concat()
    };
    let all = [
        ("arc", arc.clone(), Kind::Line),
        ("compound", closed.clone(), Kind::Line),
        ("curve polygon", with(10, &[&closed]), Kind::Area),
        ("multicurve", with(11, &[&arc, &back]), Kind::Line),
        ("multisurface", with(12, &[&with(10, &[&closed]), &of_ring(3)]), Kind::Area),
        ("polyhedral", with(15, &[&of_ring(3), &of_ring(3)]), Kind::Area),
        ("tin", with(16, &[&of_ring(17)]), Kind::Area),
        ("triangle", of_ring(17), Kind::Area),
    ];
    for (name, bytes, _) in &all {
        file.execute("INSERT INTO t (geom, name) VALUES (?1, ?2)", (blob(bytes), name)).unwrap();
    }
    file.execute(
        "INSERT INTO t (geom, name) VALUES (?1, 'of no type')",
        [blob(&wkb(99, Some(0), &[]))],
    )
    .unwrap();
    drop(file);
    let layer = open(&path).unwrap().remove(0);
    let shapes = &layer.chunks[0].shapes;
    for (row, (name, _, kind)) in all.iter().enumerate() {
        assert_eq!(shapes.kind(row), *kind, "{name}");
    }
    assert_eq!(shapes.parts_of(4).len(), 2);
    // Every corner of the half circle lies on it.
    let path = shapes.part(shapes.parts_of(2).start);
    assert!(path.len() > 40);
    for p in path {
        let p = mercator::to_lon_lat(*p);
        assert!(((p.lon_deg - 112.0).hypot(p.lat_deg - 37.0) - 1.0).abs() < 1e-9);
    }
    assert_eq!(counted(&layer, Cause::CurvesStraightened), [(String::new(), 5)]);
    assert_eq!(counted(&layer, Cause::BrokenGeometry), [(String::new(), 1)]);
    assert!(counted(&layer, Cause::WithoutPlace).is_empty());
}

#[test]
fn a_file_that_is_cut_while_it_is_read_ends_with_a_sentence() {
    let folder = Folder::new("cut");
    let path = folder.0.join("a.gpkg");
    let file = package(&path);
    points(&file, "t", 20_000);
    file.execute_batch("PRAGMA journal_mode = WAL").unwrap();
    drop(file);
    let mut cut = false;
    let (none, options) = (CountyCodes::new(Vec::new()), OpenOptions::default());
    let done = open_layers(&path, &options, &none, &AtomicBool::new(false), &mut |p| {
        if !cut && p.layers.first().is_some_and(|layer| !layer.is_empty()) {
            cut = true;
            fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(8192).unwrap();
        }
    });
    assert!(cut && matches!(done, Err(LayerError::Damaged { .. })), "{done:?}");
}
