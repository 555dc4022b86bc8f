//! Layers that the user opens: readers, index, filter, picking, what is drawn.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    clippy::float_cmp,
    reason = "small numbers, made here"
)]

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use geo::{Contains, Coord, LineString, Point, Polygon};
use jintu::{
    geo::{Datum, MercatorExtent, mercator},
    layer::{
        Bits, Cause, Chunk, ChunkBuilder, Column, CountyCodes, Finding, Kind, Layer, Part,
        PreparedPolygon, TableBuilder, Value,
        pick::{all_near, nearest},
        select,
        visible::{Frame, Sizes, visible},
        wkb,
    },
    store::layers::{LayerError, OpenOptions, open_layers},
    units::{LonLat, Mercator},
};
use proptest::prelude::*;
use rusqlite::Connection;

use super::real;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("jintu-layers-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, bytes).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn no_counties() -> CountyCodes {
    CountyCodes::new(Vec::new())
}

fn open(path: &Path) -> Result<Vec<Arc<Layer>>, LayerError> {
    let mut layers = Vec::new();
    open_layers(
        path,
        &OpenOptions::default(),
        &no_counties(),
        &AtomicBool::new(false),
        &mut |p| layers = p.layers,
    )?;
    Ok(layers)
}

/// Uniform numbers from 0 to 1.
fn random(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed;
    move || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    }
}

fn lon_lat(p: Mercator) -> [f64; 2] {
    let p = mercator::to_lon_lat(p);
    [(p.lon_deg * 1e6).round() / 1e6, (p.lat_deg * 1e6).round() / 1e6]
}

fn names(layer: &Layer) -> Vec<&str> {
    layer.fields.iter().map(|field| field.name.as_str()).collect()
}

fn positions(layer: &Layer) -> Vec<[f64; 2]> {
    layer.chunks.iter().flat_map(|c| &c.shapes.positions).map(|p| lon_lat(*p)).collect()
}

/// Shapes of each kind, with values of each type.
const COLLECTION: &str = r#"{"type":"FeatureCollection","name":"x","features":[
 {"type":"Feature","properties":{"n":1,"name":"甲","v":1.5},"geometry":{"type":"Point","coordinates":[112.5,37.8,700]}},
 {"type":"Feature","geometry":{"type":"LineString","coordinates":[[112.5,37.8],[112.6,37.9]]},"properties":{"n":2,"name":null,"v":2}},
 {"type":"Feature","properties":{"n":3,"name":"丙"},"geometry":{"type":"Polygon","coordinates":[[[112,37],[113,37],[113,38],[112,38],[112,37]],[[112.4,37.4],[112.6,37.4],[112.6,37.6],[112.4,37.4]]]}},
 {"type":"Feature","properties":null,"geometry":null},
 {"type":"Feature","properties":{},"geometry":{"coordinates":[[112.1,37.1],[112.2,37.2]],"type":"MultiPoint"}},
 {"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":["a","b"]}},
 {"type":"Feature","properties":{},"geometry":{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[112.3,37.3]}]}}
]}"#;

/// Not in the order of the alphabet: the first fields of a file are what it is about.
#[test]
fn geojson_keeps_the_order_of_its_properties() {
    let folder = Folder::new("geojson-order");
    let text = r#"{"type":"FeatureCollection","features":[
 {"type":"Feature","properties":{"名称":"甲","乙":1,"a":2},"geometry":{"type":"Point","coordinates":[112.5,37.8]}},
 {"type":"Feature","properties":{"b":3,"a":4,"a":5},"geometry":{"type":"Point","coordinates":[112.5,37.8]}}]}"#;
    let layers = open(&folder.file("a.geojson", text)).unwrap();
    assert_eq!(names(&layers[0]), ["名称", "乙", "a", "b"]);
    let table = &layers[0].tables[0];
    assert_eq!(table.value(1, 2), Value::Integer(4), "of a name given twice the first value holds");
    assert_eq!(table.value(1, 3), Value::Integer(3));
}

#[test]
fn geojson_has_its_shapes_and_values() {
    let folder = Folder::new("geojson");
    let layers = open(&folder.file("a.geojson", COLLECTION)).unwrap();
    let layer = &layers[0];
    let shapes = &layer.chunks[0].shapes;
    let kinds: Vec<Kind> = (0..shapes.len()).map(|i| shapes.kind(i)).collect();
    let (p, l, a, none) = (Kind::Point, Kind::Line, Kind::Area, Kind::None);
    assert_eq!(kinds, [p, l, a, none, p, none, p]);
    assert_eq!(shapes.parts_of(2).len(), 2);
    // The ring is open, the second one is a hole.
    assert_eq!(
        (shapes.part(2).len(), shapes.role(2, 2), shapes.role(2, 3)),
        (4, Part::Ring, Part::Hole)
    );
    assert_eq!(names(layer), ["n", "name", "v", "Z"]);
    let table = &layer.tables[0];
    assert_eq!((table.value(0, 3), table.value(1, 3)), (Value::Number(700.0), Value::Missing));
    assert_eq!(table.value(0, 1), Value::Text("甲"));
    assert_eq!(table.value(1, 1), Value::Missing);
    assert_eq!((table.value(2, 0), table.value(0, 2)), (Value::Integer(3), Value::Number(1.5)));
    assert_eq!(layer.findings, [Finding::of(Cause::WithoutPlace, 2)]);
    assert_eq!(lon_lat(shapes.part(0)[0]), [112.5, 37.8]);
    // Feature by feature, with and without separators, and bare.
    let lines = "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Point\",\"coordinates\":[1,2]}}\n";
    for text in [
        lines.repeat(3),
        format!("\u{1e}{lines}\u{1e}{lines}\u{1e}{lines}"),
        format!("\u{feff}{}", lines.repeat(3)),
    ] {
        assert_eq!(open(&folder.file("b.json", text)).unwrap()[0].len(), 3);
    }
    let bare = r#"{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}"#;
    assert_eq!(open(&folder.file("c.json", bare)).unwrap()[0].len(), 1);
    let metres = r#"{"type":"FeatureCollection","crs":{"properties":{"name":"urn:ogc:def:crs:EPSG::4547"}},"features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[372319.2908,4194127.9063]}}]}"#;
    assert_eq!(positions(&open(&folder.file("d.json", metres)).unwrap()[0]), [[112.5489, 37.8706]]);
}

#[test]
fn a_file_that_is_cut_or_changed_is_read_as_far_as_it_goes() {
    let folder = Folder::new("broken");
    let package = folder.0.join("whole.gpkg");
    write_package(&package, 300);
    let package = fs::read(package).unwrap();
    let table = b"name,lon,lat\n\xE7\x94\xB2,112.5,37.8\n\"b\"\"c\",112.6,37.9\n".to_vec();
    let mut random = random(5);
    let mut told = 0;
    for (name, whole) in
        [("a.geojson", COLLECTION.as_bytes().to_vec()), ("b.gpkg", package), ("c.csv", table)]
    {
        for i in 0..50 {
            let mut bytes = whole.clone();
            if i % 2 == 0 {
                bytes.truncate(whole.len() * i / 50);
            } else {
                for _ in 0..8 {
                    let at = (random() * bytes.len() as f64) as usize;
                    bytes[at] ^= 1 << (i % 8);
                }
            }
            // Whatever comes, it is an answer or a sentence.
            if let Err(e) = open(&folder.file(name, &bytes)) {
                told += 1;
                assert!(e.to_string().contains(name), "{e}");
            }
        }
    }
    assert!(told > 20, "{told}");
    let cut = &COLLECTION[..COLLECTION.len() - 200];
    let layers = open(&folder.file("cut.geojson", cut)).unwrap();
    assert!(layers[0].findings.contains(&Finding::of(Cause::Truncated, 0)) && layers[0].len() >= 4);
}

fn write_package(path: &Path, count: usize) {
    let file = Connection::open(path).unwrap();
    file.execute_batch(
        "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT, organization_coordsys_id INTEGER, definition TEXT, description TEXT);
         INSERT INTO gpkg_spatial_ref_sys VALUES ('CGCS2000', 4490, 'EPSG', 4490, '', '');
         CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT, description TEXT, last_change TEXT, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER);
         INSERT INTO gpkg_contents VALUES ('项目', 'features', '项目库', '', '', 0, 0, 0, 0, 4490);
         CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER, z TINYINT, m TINYINT);
         INSERT INTO gpkg_geometry_columns VALUES ('项目', 'geom', 'POINT', 4490, 0, 0);
         CREATE TABLE 项目 (fid INTEGER PRIMARY KEY, geom BLOB, 名称 TEXT, 年 INTEGER);
         BEGIN;",
    )
    .unwrap();
    for i in 0..count {
        let mut blob = b"GP\0\x01\0\0\0\0\x01\x01\0\0\0".to_vec();
        blob.extend((112.0 + i as f64 * 1e-5).to_le_bytes());
        blob.extend((37.5 + i as f64 * 1e-5).to_le_bytes());
        let blob = if i == 7 { None } else { Some(blob) };
        let name = format!("项{i}");
        file.execute("INSERT INTO 项目 VALUES (?1, ?2, ?3, ?4)", (i as i64 + 1, blob, name, 2020))
            .unwrap();
    }
    file.execute_batch("COMMIT").unwrap();
}

#[test]
fn a_geopackage_comes_in_chunks_and_can_be_stopped() {
    let folder = Folder::new("gpkg");
    let path = folder.0.join("many.gpkg");
    write_package(&path, 100_000);
    let mut steps = Vec::new();
    let mut last = Vec::new();
    open_layers(
        &path,
        &OpenOptions::default(),
        &no_counties(),
        &AtomicBool::new(false),
        &mut |p| {
            steps.push(p.layers[0].len());
            last = p.layers;
        },
    )
    .unwrap();
    assert!(steps[0] > 0 && steps[0] < 10_000 && steps.is_sorted(), "{steps:?}");
    let layer = &last[0];
    assert_eq!((layer.len(), layer.name.as_str()), (100_000, "项目库"));
    assert_eq!(names(layer), ["fid", "名称", "年"]);
    assert_eq!((layer.chunks.len(), layer.tables.len()), (3, 3));
    assert_eq!(layer.findings, [Finding::of(Cause::WithoutPlace, 1)]);
    let mut row = 0;
    for (chunk, table) in layer.chunks.iter().zip(&layer.tables) {
        for i in [0, chunk.shapes.len() - 1] {
            assert_eq!(table.value(i, 0), Value::Integer((row + i) as i64 + 1));
            assert_eq!(table.value(i, 1), Value::Text(&format!("项{}", row + i)));
        }
        row += chunk.shapes.len();
    }
    let cancel = AtomicBool::new(false);
    let mut seen = 0;
    let stopped = open_layers(&path, &OpenOptions::default(), &no_counties(), &cancel, &mut |p| {
        seen = p.layers[0].len();
        cancel.store(true, Ordering::Relaxed);
    });
    assert!(matches!(stopped, Err(LayerError::Cancelled)));
    assert!(seen > 0 && seen < 100_000);
}

#[test]
fn tables_are_read_with_their_habits() {
    let folder = Folder::new("csv");
    let layers = open(&folder.file(
        "a.csv",
        "名称,经度,纬度,代码\n甲,112.5,37.8,014\n乙,112°30′36″E,37°54′N,015\n丙,,,\n",
    ))
    .unwrap();
    assert_eq!(positions(&layers[0]), [[112.5, 37.8], [112.51, 37.9]]);
    assert_eq!(layers[0].tables[0].value(0, 3), Value::Text("014"));
    assert_eq!(layers[0].findings, [Finding::of(Cause::WithoutPlace, 1)]);
    let (bytes, _, _) = encoding_rs::GB18030.encode("名称\t经度\t纬度\n太原\t37.8\t112.5\n");
    let layers = open(&folder.file("b.tsv", &bytes)).unwrap();
    assert_eq!(layers[0].tables[0].value(0, 0), Value::Text("太原"));
    // What is called a latitude and is more than any can be is none: it is taken for the other.
    assert_eq!(positions(&layers[0]), [[112.5, 37.8]]);
    assert!(layers[0].findings.iter().any(|finding| finding.cause == Cause::AxesSwapped));
    assert!(matches!(
        open(&folder.file("c.csv", "a,b\n1,2\n")),
        Err(LayerError::NoCoordinates { .. })
    ));
    assert!(matches!(open(&folder.file("d.bin", [0_u8; 64])), Err(LayerError::Unknown(_))));
    assert!(matches!(open(&folder.0), Err(LayerError::Refused { what: "folder", .. })));
}

#[test]
fn well_known_binary_in_every_form() {
    let place = |x, y| LonLat::new(x, y);
    let number = |n: u32, big: bool| if big { n.to_be_bytes() } else { n.to_le_bytes() };
    let float = |v: f64, big: bool| if big { v.to_be_bytes() } else { v.to_le_bytes() };
    for big in [false, true] {
        for (code, extra) in
            [(1_u32, 0), (1001, 1), (2001, 1), (3001, 2), (0x8000_0001, 1), (0x2000_0001, 0)]
        {
            let mut bytes = vec![u8::from(!big)];
            bytes.extend(number(code, big));
            if code == 0x2000_0001 {
                bytes.extend(number(4326, big));
            }
            for v in [112.5, 37.8, 1.0, 2.0].iter().take(2 + extra) {
                bytes.extend(float(*v, big));
            }
            let mut builder = ChunkBuilder::default();
            assert_eq!(wkb::read(&bytes, &place, &mut builder), Ok(()), "{code}");
            assert!(builder.end());
            assert_eq!(lon_lat(builder.finish().shapes.part(0)[0]), [112.5, 37.8]);
            for cut in 0..bytes.len() {
                assert!(wkb::read(&bytes[..cut], &place, &mut ChunkBuilder::default()).is_err());
            }
        }
    }
    // A count that no memory could hold.
    let mut huge = vec![1];
    huge.extend(number(2, false));
    huge.extend(number(u32::MAX, false));
    assert!(wkb::read(&huge, &place, &mut ChunkBuilder::default()).is_err());
}

#[test]
fn columns_take_the_type_of_their_values() {
    let mut rows = TableBuilder::new(4);
    for i in 0..3000_i64 {
        rows.push(0, if i % 3 == 0 { Value::Missing } else { Value::Integer(i) });
        rows.push(1, if i == 5 { Value::Number(0.5) } else { Value::Integer(i) });
        rows.push(2, Value::Text(["a", "b"][i as usize % 2]));
        let text = format!("t{i}");
        rows.push(3, if i == 9 { Value::Integer(9) } else { Value::Text(&text) });
        // Comes late, and not always; an empty text is a value.
        if i > 2000 && i % 2 == 0 {
            rows.push(5, if i == 2002 { Value::Bool(true) } else { Value::Text("") });
        }
        rows.end_row();
    }
    let table = rows.finish();
    assert_eq!((table.value(0, 0), table.value(1, 0)), (Value::Missing, Value::Integer(1)));
    assert_eq!((table.value(4, 1), table.value(5, 1)), (Value::Number(4.0), Value::Number(0.5)));
    assert_eq!((table.value(7, 2), table.value(2999, 3)), (Value::Text("b"), Value::Text("t2999")));
    assert_eq!(
        (table.value(9, 3), table.value(3000, 3), table.value(0, 9)),
        (Value::Text("9"), Value::Missing, Value::Missing)
    );
    let late = [2000, 2002, 2003, 2004].map(|row| table.value(row, 5));
    assert_eq!(late, [Value::Missing, Value::Text("true"), Value::Missing, Value::Text("")]);
    assert_eq!(table.columns[4], Column::Empty);
}

#[test]
fn a_cell_is_a_number_only_where_it_prints_back_the_same() {
    let whole = [("12", 12), ("-3", -3), ("0", 0), ("9007199254740993", 9_007_199_254_740_993)];
    for (text, n) in whole {
        assert_eq!(Value::of_text(text), Value::Integer(n), "{text}");
    }
    assert_eq!(Value::of_text("37.85"), Value::Number(37.85));
    for text in [
        "014",
        "1.10",
        "1E5",
        "+86",
        "-0",
        "140105001001000001234",
        "1e400",
        "12 ",
        "NaN",
        "甲",
        "-",
    ] {
        assert_eq!(Value::of_text(text), Value::Text(text), "{text}");
    }
    assert_eq!(Value::of_text(""), Value::Missing);
    // Whole numbers that a fraction beside them would round stay as they are.
    let mut rows = TableBuilder::new(1);
    for text in ["9007199254740993", "0.5"] {
        rows.push(0, Value::of_text(text));
        rows.end_row();
    }
    let table = rows.finish();
    let told = [0, 1].map(|row| table.value(row, 0).to_string());
    assert_eq!(told, ["9007199254740993", "0.5"]);
}

#[test]
fn a_collection_is_drawn_and_picked_part_by_part() {
    let folder = Folder::new("mixed");
    let text = r#"{"type":"Feature","properties":{},"geometry":{"type":"GeometryCollection","geometries":[
      {"type":"Point","coordinates":[112.2,37.2]},
      {"type":"LineString","coordinates":[[112.4,37.2],[112.6,37.4]]},
      {"type":"Polygon","coordinates":[[[112.7,37.2],[112.9,37.2],[112.9,37.4],[112.7,37.4],[112.7,37.2]]]}]}}"#;
    let layer = open(&folder.file("a.geojson", text)).unwrap().remove(0);
    let holds = layer.holds();
    assert!(layer.len() == 1 && holds.points && holds.lines && holds.areas);
    let center = mercator::from_lon_lat(LonLat::new(112.5, 37.3));
    let scale = 256.0 * 10.0_f64.exp2();
    let extent = MercatorExtent { min: center, max: center }.grown(800.0 / scale);
    let frame = Frame { center, scale, extent, datum: Datum::Wgs84, pixels_per_point: 1.0 };
    let sizes = Sizes { point_radius_pt: 2.0, line_width_pt: 1.0 };
    let drawn = visible(&layer, None, &frame, sizes);
    assert_eq!((drawn.points.len(), drawn.triangles.len()), (1, 6));
    assert_eq!(drawn.segments.len(), 5, "a line, and four sides");
    let near = |lon, lat| {
        let at = mercator::from_lon_lat(LonLat::new(lon, lat));
        !all_near(&layer, None, at, 1e-6).is_empty()
    };
    assert!(near(112.2, 37.2) && near(112.5, 37.3) && near(112.8, 37.3));
    // Between its parts there is nothing; a line's ends are not joined.
    assert!(!near(112.65, 37.3) && !near(112.3, 37.2));
}

#[test]
fn islands_before_the_mainland_make_it_no_dot() {
    let folder = Folder::new("islands");
    let square = |x: f64, y: f64, side: f64| {
        format!("[[[{x},{y}],[{0},{y}],[{0},{1}],[{x},{1}],[{x},{y}]]]", x + side, y + side)
    };
    let text = format!(
        r#"{{"type":"Feature","geometry":{{"type":"MultiPolygon","coordinates":[{},{}]}}}}"#,
        square(112.33, 37.6, 0.000_01),
        square(112.5, 37.8, 0.1)
    );
    let layer = open(&folder.file("a.geojson", text)).unwrap().remove(0);
    let center = mercator::from_lon_lat(LonLat::new(112.45, 37.75));
    let scale = 256.0 * 9.0_f64.exp2();
    let extent = MercatorExtent { min: center, max: center }.grown(600.0 / scale);
    let frame = Frame { center, scale, extent, datum: Datum::Wgs84, pixels_per_point: 1.0 };
    let drawn = visible(&layer, None, &frame, Sizes { point_radius_pt: 2.0, line_width_pt: 1.0 });
    assert_eq!(drawn.triangles.len(), 12);
}

fn points(count: usize, seed: u64) -> Vec<Mercator> {
    let mut random = random(seed);
    (0..count)
        .map(|_| mercator::from_lon_lat(LonLat::new(111.5 + random() * 1.7, 37.4 + random())))
        .collect()
}

fn layer_of(points: &[Mercator]) -> Layer {
    let mut layer = Layer::default();
    for part in points.chunks(1000) {
        let mut builder = ChunkBuilder::default();
        for p in part {
            assert!(builder.point(mercator::to_lon_lat(*p)));
        }
        layer.chunks.push(Arc::new(builder.finish()));
    }
    layer
}

fn lines_of(count: usize, seed: u64, kind: Kind) -> Chunk {
    let mut random = random(seed);
    let mut builder = ChunkBuilder::default();
    for _ in 0..count {
        let (x, y, size) = (111.5 + random() * 1.7, 37.4 + random(), 0.002 + random() * 0.2);
        let corners =
            [(0.0, 0.0), (size, 0.1 * size), (size * 0.7, size), (-0.1 * size, 0.8 * size)];
        let part = if kind == Kind::Area { Part::Ring } else { Part::Line };
        builder.part(part, corners.map(|(dx, dy)| LonLat::new(x + dx, y + dy)));
        builder.end();
    }
    builder.finish()
}

fn extent(w: f64, s: f64, e: f64, n: f64) -> MercatorExtent {
    let corner = |lon, lat| mercator::from_lon_lat(LonLat::new(lon, lat));
    MercatorExtent { min: corner(w, n), max: corner(e, s) }
}

fn ring_of(seed: u64, corners: u32) -> Vec<Mercator> {
    let mut random = random(seed);
    let (x, y) = (111.8 + random() * 1.0, 37.6 + random() * 0.5);
    (0..corners)
        .map(|i| {
            let angle = f64::from(i) / f64::from(corners) * std::f64::consts::TAU;
            let far = 0.05 + random() * 0.4;
            mercator::from_lon_lat(LonLat::new(x + far * angle.cos(), y + far * angle.sin()))
        })
        .collect()
}

fn polygon_of(ring: &[Mercator]) -> Polygon<f64> {
    let coords: Vec<Coord<f64>> = ring.iter().map(|p| Coord { x: p.x, y: p.y }).collect();
    Polygon::new(LineString::from(coords), Vec::new())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_grid_answers_as_a_scan_does(seed in any::<u64>(), w in 111.0..113.0_f64, s in 37.0..38.3_f64, size in 0.001..1.5_f64) {
        let wanted = extent(w, s, w + size, s + size * 0.7);
        for chunk in [lines_of(400, seed, Kind::Line), lines_of(400, seed, Kind::Area)] {
            let mut found = Vec::new();
            chunk.grid.as_ref().unwrap().in_extent(&chunk.shapes, &wanted, &mut |row| found.push(row));
            found.sort_unstable();
            let expected: Vec<usize> = (0..chunk.shapes.len())
                .filter(|row| MercatorExtent::around(chunk.shapes.part(*row).iter().copied()).unwrap().intersects(&wanted))
                .collect();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_prepared_polygon_is_the_polygon(seed in any::<u64>(), corners in 3..60_u32) {
        let ring = ring_of(seed, corners);
        let prepared = PreparedPolygon::new([ring.as_slice()]);
        let plain = polygon_of(&ring);
        let layer = layer_of(&points(3000, seed));
        let rows = select(&layer, &no_counties(), &[], Some(&prepared));
        for (chunk, rows) in layer.chunks.iter().zip(&rows) {
            for (row, p) in chunk.shapes.positions.iter().enumerate() {
                prop_assert_eq!(rows.contains(row), plain.contains(&Point::new(p.x, p.y)));
            }
        }
        // Its own corners lie on its edge, which is inside.
        prop_assert!(ring.iter().all(|p| prepared.contains(*p)));
    }

    #[test]
    fn lines_and_areas_pass_when_they_touch(seed in any::<u64>()) {
        use geo::Intersects;
        let ring = ring_of(seed, 12);
        let prepared = PreparedPolygon::new([ring.as_slice()]);
        let plain = polygon_of(&ring);
        for kind in [Kind::Line, Kind::Area] {
            let mut layer = Layer::default();
            layer.chunks.push(Arc::new(lines_of(300, seed ^ 1, kind)));
            let rows = select(&layer, &no_counties(), &[], Some(&prepared));
            let shapes = &layer.chunks[0].shapes;
            for row in 0..shapes.len() {
                let own = polygon_of(shapes.part(row));
                let touches = match kind {
                    Kind::Line => {
                        let path: Vec<Coord<f64>> = shapes.part(row).iter().map(|p| Coord { x: p.x, y: p.y }).collect();
                        LineString::from(path).intersects(&plain)
                    }
                    _ => own.intersects(&plain),
                };
                prop_assert_eq!(rows[0].contains(row), touches, "{:?} {}", kind, row);
            }
        }
    }

    #[test]
    fn the_pointer_finds_the_nearest(seed in any::<u64>()) {
        let all = points(2500, seed);
        let layer = layer_of(&all);
        let mut random = random(seed ^ 3);
        for _ in 0..40 {
            let at = mercator::from_lon_lat(LonLat::new(111.4 + random() * 1.9, 37.3 + random() * 1.2));
            let reach = 3e-6 + random() * 3e-5;
            let expected = all.iter().map(|p| (p.x - at.x).hypot(p.y - at.y)).fold(f64::INFINITY, f64::min);
            match nearest(&layer, None, at, reach) {
                Some(near) => prop_assert!((near.distance - expected).abs() < 1e-12 && expected <= reach * 1.000_001),
                None => prop_assert!(expected > reach * 0.999_999),
            }
        }
    }

    /// Thinning leaves no gap: next to every point there is one that is drawn.
    #[test]
    fn what_is_not_drawn_lies_under_what_is(seed in any::<u64>(), zoom in 7.0..14.0_f64) {
        let all = points(4000, seed);
        let layer = layer_of(&all);
        let center = mercator::from_lon_lat(LonLat::new(112.35, 37.9));
        let scale = 256.0 * zoom.exp2();
        let half = 640.0 / scale;
        let extent = MercatorExtent { min: center, max: center }.grown(half);
        let sizes = Sizes { point_radius_pt: 2.5, line_width_pt: 1.0 };
        let frame = Frame { center, scale, extent, datum: Datum::Wgs84, pixels_per_point: 1.0 };
        let drawn = visible(&layer, None, &frame, sizes);
        let inside: Vec<[f32; 2]> = all
            .iter()
            .filter(|p| extent.contains(**p))
            .map(|p| [((p.x - center.x) * scale) as f32, ((p.y - center.y) * scale) as f32])
            .collect();
        prop_assert!(drawn.in_view >= inside.len() && drawn.drawn == drawn.points.len());
        prop_assert!(inside.is_empty() == drawn.points.is_empty() || drawn.in_view > inside.len());
        for p in inside {
            let near = drawn.points.iter().any(|q| (p[0] - q[0]).abs() < 2.4 && (p[1] - q[1]).abs() < 2.4);
            prop_assert!(near, "{p:?}");
        }
    }
}

#[test]
fn counties_are_those_of_the_catalogue() {
    let catalogue = real::catalogue();
    let counties = CountyCodes::new(catalogue.counties.iter().map(|county| {
        let rings = county
            .polygon
            .0
            .iter()
            .flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
        (
            county.code.clone(),
            rings
                .map(|ring| {
                    let mut path = mercator::path_from_line(ring);
                    path.pop();
                    path
                })
                .collect(),
        )
    }));
    let all = points(20_000, 11);
    let mut layer = layer_of(&all);
    layer.counties = layer.chunks.iter().map(|chunk| Arc::new(counties.of(chunk))).collect();
    let codes: Vec<&str> = catalogue.counties.iter().take(10).map(|c| c.code.as_str()).collect();
    let rows = select(&layer, &counties, &codes, None);
    let mut off = 0;
    for (chunk, rows) in layer.chunks.iter().zip(&rows) {
        for (row, p) in chunk.shapes.positions.iter().enumerate() {
            let at = mercator::to_lon_lat(*p);
            let point = Point::new(at.lon_deg, at.lat_deg);
            let expected = catalogue.counties.iter().take(10).any(|c| c.polygon.contains(&point));
            off += usize::from(rows.contains(row) != expected);
        }
    }
    // Edges are straight in Mercator here and in degrees there: a point within metres of one may
    // fall to the other side.
    assert!(off <= 2, "{off} of 20000");
    assert!(rows.iter().map(Bits::count).sum::<usize>() > 3000);
}

#[test]
fn an_area_keeps_its_hole_and_small_ones_their_place() {
    let mut builder = ChunkBuilder::default();
    let square = |x: f64, y: f64, side: f64| {
        [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)]
            .map(|(dx, dy)| LonLat::new(x + dx, y + dy))
    };
    builder.part(Part::Ring, square(112.0, 37.5, 0.4));
    builder.part(Part::Hole, square(112.1, 37.6, 0.2));
    builder.end();
    builder.part(Part::Ring, square(112.9, 37.9, 0.0001));
    builder.end();
    let mut layer = Layer::default();
    layer.chunks.push(Arc::new(builder.finish()));
    let center = mercator::from_lon_lat(LonLat::new(112.3, 37.7));
    let scale = 256.0 * 9.0_f64.exp2();
    let extent = MercatorExtent { min: center, max: center }.grown(600.0 / scale);
    let frame = Frame { center, scale, extent, datum: Datum::Wgs84, pixels_per_point: 1.0 };
    let drawn = visible(&layer, None, &frame, Sizes { point_radius_pt: 2.0, line_width_pt: 1.0 });
    let area: f64 = drawn
        .triangles
        .chunks(3)
        .map(|t| {
            let [a, b, c] = [t[0], t[1], t[2]].map(|p| p.map(f64::from));
            ((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])).abs() / 2.0
        })
        .sum();
    let corner = |lon, lat| mercator::from_lon_lat(LonLat::new(lon, lat));
    let size = |a: Mercator, b: Mercator| (b.x - a.x).abs() * (b.y - a.y).abs() * scale * scale;
    let expected = size(corner(112.0, 37.5), corner(112.4, 37.9))
        - size(corner(112.1, 37.6), corner(112.3, 37.8));
    assert!((area / expected - 1.0).abs() < 1e-3, "{area} {expected}");
    let small = corner(112.9, 37.9);
    let at = [((small.x - center.x) * scale) as f32, ((small.y - center.y) * scale) as f32];
    assert!(
        drawn.segments.iter().any(|s| (s[0] - at[0]).abs() < 1.0 && (s[1] - at[1]).abs() < 1.0)
    );
    assert_eq!((drawn.in_view, drawn.drawn), (2, 2));
    let inside = nearest(&layer, None, corner(112.05, 37.55), 1e-9).unwrap();
    assert_eq!((inside.row, inside.distance), (0, 0.0));
    assert!(
        nearest(&layer, None, corner(112.2, 37.7), 1e-9).is_none(),
        "the hole is no part of it"
    );
}
