//! Features in JSON: what is broken costs no other, order decides nothing, numbers stay exact.

use std::{
    fs,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use jintu::{
    geo::{Crs, mercator},
    layer::{Basis, Cause, Codes, Column, CountyCodes, Kind, Layer, Part, TableBuilder, Value},
    store::layers::{LayerError, OpenOptions, open_layers},
    units::LonLat,
};

use crate::layer_files::open;

struct Written(PathBuf);

impl Written {
    fn new(name: &str, bytes: impl AsRef<[u8]>) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("jintu-json-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        fs::write(&path, bytes).unwrap();
        Self(path)
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(self.0.parent().unwrap());
    }
}

fn read(text: impl AsRef<[u8]>) -> Vec<Arc<Layer>> {
    open(&Written::new("a.json", text).0).unwrap()
}

fn one(text: impl AsRef<[u8]>) -> Arc<Layer> {
    let mut layers = read(text);
    assert_eq!(layers.len(), 1);
    layers.remove(0)
}

fn names(layer: &Layer) -> Vec<&str> {
    layer.fields.iter().map(|field| field.name.as_str()).collect()
}

fn row(layer: &Layer, row: usize) -> Vec<String> {
    (0..layer.fields.len()).map(|field| layer.tables[0].value(row, field).to_string()).collect()
}

fn path(layer: &Layer, part: usize) -> Vec<[f64; 2]> {
    let round = |v: f64| (v * 1e6).round() / 1e6;
    let positions = layer.chunks[0].shapes.part(part).iter();
    positions
        .map(|p| mercator::to_lon_lat(*p))
        .map(|p| [round(p.lon_deg), round(p.lat_deg)])
        .collect()
}

fn counted(layer: &Layer, cause: Cause) -> usize {
    layer.findings.iter().filter(|f| f.cause == cause).map(|f| f.count.max(1)).sum()
}

fn point(properties: &str) -> String {
    format!(
        r#"{{"type":"Feature","properties":{properties},"geometry":{{"type":"Point","coordinates":[112.5,37.8]}}}}"#
    )
}

fn collection(features: &str, more: &str) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{features}]{more}}}"#)
}

#[test]
fn one_broken_feature_costs_no_other() {
    let good = point(r#"{"a":1}"#);
    let cases = [
        (point(r#"{"a":NaN}"#), 3, 0),
        (point(r#"{"a":-Infinity,}"#), 3, 0),
        ("null".to_owned(), 2, 1),
        ("7".to_owned(), 2, 1),
        (r#""words""#.to_owned(), 2, 1),
        (r#"{"neither":1}"#.to_owned(), 2, 1),
        // A bracket missing, and one too many.
        (r#"{"type":"Feature","properties":{"a":2},"geometry":{"type":"Point","coordinates":[112,37}}"#.to_owned(), 3, 0),
        (r"/* a comment with ] and } */".to_owned(), 2, 0),
    ];
    for (middle, features, broken) in cases {
        let layer = one(collection(&format!("{good},{middle},{good},"), ""));
        assert_eq!(layer.len(), features, "{middle}");
        assert_eq!(counted(&layer, Cause::BrokenRows), broken, "{middle}");
        assert_eq!(layer.tables[0].value(features - 1, 0), Value::Integer(1), "{middle}");
        assert_eq!(counted(&layer, Cause::Truncated), 0, "{middle}");
    }
    // Coordinates that are no numbers, a type that is none: without a place, each for its reason.
    let odd = r#"{"type":"Feature","geometry":{"type":"Point","coordinates":["a","b"]}},
        {"type":"Feature","geometry":{"type":"Blob","coordinates":[1,2]}},
        {"type":"Feature","geometry":{"type":"LineString","coordinates":[[1,2],[NaN,3]]}}"#;
    let layer = one(collection(odd, ""));
    let found = [Cause::WithoutPlace, Cause::BrokenGeometry].map(|cause| counted(&layer, cause));
    assert_eq!((layer.len(), found), (3, [2, 1]));
    // Cut anywhere, it is read as far as it goes, or a sentence says that it is not.
    let whole = collection(&[good.as_str(); 5].join(","), "");
    for i in 0..50 {
        let cut = &whole[..whole.len() * i / 50];
        let file = Written::new("cut.json", cut);
        match open(&file.0) {
            Ok(layers) => assert!(counted(&layers[0], Cause::Truncated) > 0, "{cut}"),
            Err(e) => assert!(e.to_string().contains("cut.json"), "{e}"),
        }
    }
}

#[test]
fn fields_are_all_fields_in_file_order() {
    let features = [
        r#"{"type":"Feature","id":"roads.1","properties":null,"geometry":null}"#,
        r#"{"type":"Feature","id":2,"properties":{"z":1,"名称":"乙"},"geometry":null}"#,
        r#"{"type":"Feature","id":"x","properties":{"a":{"b":[1, 2]},"id":"own","z":true},"geometry":null}"#,
        r#"{"type":"Feature","properties":{"id":4},"id":4,"geometry":null}"#,
    ];
    let layer = one(collection(&features.join(","), ""));
    assert_eq!(names(&layer), ["id", "z", "名称", "feature_id", "a"]);
    assert_eq!(row(&layer, 0), ["roads.1", "—", "—", "—", "—"]);
    assert_eq!(row(&layer, 1), ["2", "1", "乙", "—", "—"]);
    assert_eq!(row(&layer, 2), ["own", "true", "—", "x", r#"{"b":[1, 2]}"#]);
    assert_eq!(row(&layer, 3), ["4", "—", "—", "—", "—"]);
}

#[test]
fn numbers_stay_exact() {
    let value = |token: &str| {
        let layer = one(collection(&point(&format!(r#"{{"v":{token}}}"#)), ""));
        match layer.tables[0].value(0, 0) {
            Value::Text(text) => format!("text {text}"),
            Value::Integer(n) => format!("integer {n}"),
            Value::Number(n) => format!("number {n}"),
            other => format!("{other:?}"),
        }
    };
    for (token, expected) in [
        ("12", "integer 12"),
        ("-3", "integer -3"),
        ("9007199254740993", "integer 9007199254740993"),
        ("9223372036854775807", "integer 9223372036854775807"),
        ("9223372036854775808", "text 9223372036854775808"),
        ("140105001001000001234", "text 140105001001000001234"),
        ("3.0", "number 3"),
        ("12.5", "number 12.5"),
        ("0.1234567890123456789", "text 0.1234567890123456789"),
        ("0.10000000000000001", "number 0.1"),
        ("636258.402915409300476", "number 636258.4029154093"),
        ("1e5", "number 100000"),
        ("1e400", "text 1e400"),
        ("1e-400", "text 1e-400"),
        ("0.0", "number 0"),
        ("NaN", "Missing"),
        ("null", "Missing"),
        ("false", "Bool(false)"),
        (r#""007""#, "text 007"),
        (r#""\u8def \ud83d\ude80\n""#, "text 路 🚀\n"),
    ] {
        assert_eq!(value(token), expected, "{token}");
    }
}

#[test]
fn a_system_counts_wherever_it_stands() {
    let plane = r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[372319.2908,4194127.9063]}}"#;
    let crs = r#","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4547"}}"#;
    let zone = Crs::from_epsg(4547).unwrap();
    let before = format!(r#"{{"type":"FeatureCollection"{crs},"features":[{plane}]}}"#);
    let after = collection(plane, crs);
    // So far behind that the end of the file does not tell.
    let long = format!(r#","note":"{}""#, "x".repeat(20_000));
    let far = collection(plane, &format!("{crs}{long}"));
    // What looks like a system at the end of the file and is a value.
    let value = format!(
        r#"{{"type":"FeatureCollection"{crs},"features":[{plane},{{"type":"Feature","geometry":null,"properties":{{"crs":"EPSG:3857"}}}}]}}"#
    );
    for text in [before, after, far, value] {
        let layer = one(&text);
        assert_eq!((layer.reference.crs, layer.reference.basis), (zone, Basis::Stated));
        assert_eq!(path(&layer, 0), [[112.5489, 37.8706]]);
    }
    let misleading = r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[112.5,37.8]},"properties":{"crs":{"properties":{"name":"EPSG:3857"}}}}"#;
    let layer = one(collection(misleading, ""));
    assert_eq!(path(&layer, 0), [[112.5, 37.8]]);
    let unknown = collection(&point("{}"), r#","crs":{"properties":{"name":"EPSG:99999"}}"#);
    assert_eq!(counted(&one(unknown), Cause::UnknownDatum), 1);
    let swapped = collection(
        r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[37.8706,112.5492]}}"#,
        "",
    );
    assert_eq!(counted(&one(swapped), Cause::Swapped), 1);
}

#[test]
fn every_encoding_is_read() {
    let text = collection(&point(r#"{"名称":"甲城"}"#), "");
    let long = collection(&[point(r#"{"n":1}"#).as_str(); 900].join(","), "");
    let late = long.replace("]}}]}", "]}},") + &point(r#"{"名称":"甲城"}"#) + "]}";
    assert!(late.len() > 70_000);
    let gbk = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let units: Vec<u16> = text.encode_utf16().collect();
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    let marked = [b"\xFF\xFE".to_vec(), little.clone()].concat();
    for (bytes, guessed) in [
        (text.clone().into_bytes(), 0),
        ([b"\xEF\xBB\xBF".to_vec(), text.clone().into_bytes()].concat(), 0),
        (marked, 0),
        (little, 0),
        (big, 0),
        (gbk(&text), 1),
        (gbk(&late), 1),
        (late.clone().into_bytes(), 0),
    ] {
        let layer = one(&bytes);
        let last = layer.len() - 1;
        assert_eq!(names(&layer).last(), Some(&"名称"));
        assert_eq!(layer.tables[0].value(last, layer.fields.len() - 1), Value::Text("甲城"));
        assert_eq!(counted(&layer, Cause::EncodingGuessed), guessed);
    }
    // One bad byte among good ones is one bad byte.
    let mut bytes = collection(&point(r#"{"名称":"甲城a一二三"}"#), "").into_bytes();
    let at = bytes.iter().position(|byte| *byte == b'a').unwrap();
    let at = bytes.windows(2).position(|w| w == b"a\xE4").unwrap_or(at);
    bytes[at] = 0xFF;
    let layer = one(&bytes);
    assert_eq!(row(&layer, 0), ["甲城\u{fffd}一二三"]);
    assert_eq!(counted(&layer, Cause::BadText), 1);
}

#[test]
fn features_are_found_where_they_lie() {
    let inner = collection(&point(r#"{"a":1}"#), "");
    let feature = point(r#"{"a":1}"#);
    for text in [
        format!(r#"{{"code":200,"data":{inner},"message":"ok"}}"#),
        format!(r#"{{"result":{{"page":1,"list":[{feature}]}}}}"#),
        format!("[{feature}]"),
        format!("[{inner}]"),
        format!("[[{inner}]]"),
        format!(r#"{{"geometry":{inner}}}"#),
        format!("// written by hand\n{feature}\n"),
        feature.clone(),
    ] {
        let layer = one(&text);
        assert_eq!(layer.len(), 1, "{text}");
        assert_eq!(path(&layer, 0), [[112.5, 37.8]], "{text}");
    }
    for lines in [
        format!("{feature}\n").repeat(3),
        format!("\u{1e}{feature}\n").repeat(3),
        format!("[{feature},{feature},{feature}]"),
    ] {
        assert_eq!(one(lines).len(), 3);
    }
    let layers = read(format!(r#"{{"roads":{inner},"pois":{inner}}}"#));
    let names: Vec<&str> = layers.iter().map(|layer| layer.name.as_str()).collect();
    assert_eq!((names, layers[1].len()), (vec!["a", "a pois"], 1));
    assert_eq!(one(collection("", "")).len(), 0);
    let style = r#"{"version":8,"sources":{},"layers":[{"id":"a"}]}"#;
    let refused = open(&Written::new("style.json", style).0);
    assert!(matches!(refused, Err(LayerError::Refused { what: "basemap", .. })));
    let tiles = r#"{"tilejson":"3.0.0","tiles":["https://example.org/{z}/{x}/{y}.pbf"]}"#;
    let refused = open(&Written::new("tiles.json", tiles).0);
    assert!(matches!(refused, Err(LayerError::Refused { what: "basemap", .. })));
    let other = open(&Written::new("package.json", r#"{"name":"x","files":[1,2]}"#).0);
    assert!(matches!(other, Err(LayerError::NoFeatures { .. })));
}

#[test]
fn a_topology_has_its_borders() {
    // Two squares that share the line from (1,0) to (1,1), in tenths from 112°, 37°.
    let text = r#"{"type":"Topology","transform":{"scale":[0.1,0.1],"translate":[112,37]},
      "objects":{"counties":{"type":"GeometryCollection","geometries":[
        {"type":"Polygon","id":"a","properties":{"名称":"西"},"arcs":[[0,1]]},
        {"type":"MultiPolygon","properties":{"名称":"东"},"arcs":[[[2,-1]]]},
        {"type":null,"properties":{"名称":"无"}}]},
       "towns":{"type":"Point","coordinates":[5,5]}},
      "arcs":[[[1,0],[0,1]],[[1,1],[-1,0],[0,-1],[1,0]],[[1,0],[1,0],[0,1],[-1,0]]]}"#;
    let layers = read(text);
    assert_eq!(layers.len(), 2);
    let (counties, towns) = (&layers[0], &layers[1]);
    assert_eq!(path(counties, 0), [[112.1, 37.0], [112.1, 37.1], [112.0, 37.1], [112.0, 37.0]]);
    assert_eq!(path(counties, 1), [[112.1, 37.0], [112.2, 37.0], [112.2, 37.1], [112.1, 37.1]]);
    assert_eq!(
        (row(counties, 0), row(counties, 1)),
        (vec!["a".into(), "西".into()], vec!["—".into(), "东".into()])
    );
    assert_eq!(path(towns, 0), [[112.5, 37.5]]);
    assert_eq!(
        (counted(counties, Cause::WithoutPlace), counted(counties, Cause::BrokenGeometry)),
        (1, 0)
    );
}

#[test]
fn esri_rings_are_what_their_turn_says() {
    // An outer ring turns with the clock; the hole of the first comes after the second.
    let ring = |x: f64, y: f64, s: f64, outer: bool| {
        let mut corners = vec![[x, y], [x, y + s], [x + s, y + s], [x + s, y], [x, y]];
        if !outer {
            corners.reverse();
        }
        format!("{corners:?}")
    };
    let rings =
        [ring(112.0, 37.0, 1.0, true), ring(114.0, 37.0, 1.0, true), ring(112.2, 37.2, 0.2, false)];
    let text = format!(
        r#"{{"geometryType":"esriGeometryPolygon","fields":[{{"name":"OBJECTID","type":"esriFieldTypeOID"}}],
        "features":[{{"attributes":{{"OBJECTID":1,"面积":2.5}},"geometry":{{"rings":[{}]}}}},
        {{"attributes":{{"OBJECTID":2}},"geometry":{{"x":112.5,"y":37.8}}}},
        {{"attributes":{{"OBJECTID":3}},"geometry":{{"x":"NaN","y":null}}}},
        {{"attributes":{{"OBJECTID":4}},"geometry":{{"paths":[[[112,37],[113,38]]]}}}}],
        "spatialReference":{{"wkid":4490}}}}"#,
        rings.join(",")
    );
    let layer = one(text);
    let shapes = &layer.chunks[0].shapes;
    let roles: Vec<Part> = shapes.parts_of(0).map(|part| shapes.role(0, part)).collect();
    assert_eq!(roles, [Part::Ring, Part::Hole, Part::Ring]);
    assert!((112.0..113.0).contains(&path(&layer, 1)[0][0]));
    let kinds: Vec<Kind> = (0..4).map(|row| shapes.kind(row)).collect();
    assert_eq!(kinds, [Kind::Area, Kind::Point, Kind::None, Kind::Line]);
    assert_eq!(layer.reference.crs, Crs::from_epsg(4490).unwrap());
    assert_eq!(row(&layer, 0), ["1", "2.5"]);
    let mercator = r#"{"features":[{"attributes":{},"geometry":{"x":12528919.633190306,"y":4561162.0257164445,"spatialReference":{"wkid":102100}}}]}"#;
    let at = path(&one(mercator), 0)[0];
    assert!((at[0] - 112.549).abs() < 0.01 && (at[1] - 37.87).abs() < 0.01, "{at:?}");
}

#[test]
fn what_is_nested_without_end_ends() {
    let deep = "[".repeat(200_000);
    for text in [
        format!(r#"{{"type":"FeatureCollection","features":[{{"properties":{{"a":{deep}"#),
        format!(r#"{{"a":{deep}"#),
        r#"{"a":"#.repeat(100_000),
        collection(
            &format!(r#"{{"type":"Feature","geometry":{{"type":"Polygon","coordinates":{deep}"#),
            "",
        ),
        r#"{"type":"Feature","geometry":{"type":"GeometryCollection","geometries":["#
            .repeat(50_000),
    ] {
        let begun = Instant::now();
        let file = Written::new("deep.json", text);
        if let Err(e) = open(&file.0) {
            assert!(e.to_string().contains("deep.json"), "{e}");
        }
        assert!(begun.elapsed() < Duration::from_secs(5));
    }
}

#[test]
fn bits_that_flip_give_an_answer_or_a_sentence() {
    let whole = collection(
        &[point(r#"{"a":1,"b":"字"}"#).as_str(); 6].join(","),
        r#","crs":{"properties":{"name":"EPSG:4490"}}"#,
    );
    let mut state = 7_u64;
    let mut random = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(state >> 40).unwrap()
    };
    for _ in 0..200 {
        let mut bytes = whole.clone().into_bytes();
        for _ in 0..4 {
            let at = random() % bytes.len();
            bytes[at] ^= 1 << (random() % 8);
        }
        let file = Written::new("flip.geojson", bytes);
        if let Err(e) = open(&file.0) {
            assert!(e.to_string().contains("flip.geojson"), "{e}");
        }
    }
}

#[test]
fn columns_of_few_values_cost_little() {
    let mut rows = TableBuilder::new(3_000);
    for row in 0..60_000_i64 {
        if row == 0 || row == 59_999 {
            for field in 0..3_000 {
                rows.push(field, Value::Integer(row + 1));
            }
        }
        rows.push(3_000, Value::Integer(row));
        rows.end_row();
    }
    let table = rows.finish();
    let cells: usize = table
        .columns
        .iter()
        .map(|column| match column {
            Column::Integers(rows) => rows.len(),
            Column::Sparse { rows, .. } => rows.len(),
            _ => 0,
        })
        .sum();
    assert!(cells <= 60_000 + 3_000 * 2, "{cells}");
    let told = [0, 1, 59_998, 59_999].map(|row| table.value(row, 7).to_string());
    assert_eq!(told, ["1", "—", "—", "60000"]);
    assert_eq!(table.value(41_000, 3_000), Value::Integer(41_000));
    // Words, numbers and gaps of every length come back.
    let mut rows = TableBuilder::new(1);
    let value = |row: u32| match row % 7_001 {
        0 => Some(format!("t{row}")),
        5 => Some(row.to_string()),
        _ => None,
    };
    for row in 0..50_000 {
        if let Some(text) = value(row) {
            rows.push(0, Value::of_text(&text));
        }
        rows.end_row();
    }
    let table = rows.finish();
    for row in 0..50_000 {
        let expected = value(row).unwrap_or_else(|| "—".to_owned());
        assert_eq!(table.value(row as usize, 0).to_string(), expected);
    }
}

#[test]
fn a_star_of_many_corners_is_its_outline_and_a_coast_is_filled() {
    let ring = |count: u32, at: &dyn Fn(f64) -> [f64; 2]| {
        let corners: Vec<String> = (0..=count)
            .map(|i| at(f64::from(i % count) / f64::from(count)))
            .map(|[x, y]| format!("[{x},{y}]"))
            .collect();
        format!(
            r#"{{"type":"Feature","geometry":{{"type":"Polygon","coordinates":[[{}]]}}}}"#,
            corners.join(",")
        )
    };
    let turn = std::f64::consts::TAU;
    let star = ring(20_000, &|t| {
        let angle = t * 20_000.0 * turn * 0.381_96;
        [112.0 + 0.5 * angle.cos(), 37.0 + 0.5 * angle.sin()]
    });
    let coast = ring(20_000, &|t| {
        let far = 0.4 + 0.05 * (t * turn * 37.0).sin() + 0.01 * (t * turn * 900.0).sin();
        [112.0 + far * (t * turn).cos(), 37.0 + far * (t * turn).sin()]
    });
    let layer = one(collection(&format!("{star},{coast}"), ""));
    assert_eq!(counted(&layer, Cause::OutlineOnly), 1);
    let begun = Instant::now();
    let chunk = &layer.chunks[0];
    let triangles = [0, 1].map(|row| chunk.triangles(row).unwrap().indices.len() / 3);
    assert!(triangles[0] == 0 && triangles[1] > 19_000, "{triangles:?}");
    assert!(begun.elapsed() < Duration::from_secs(10));
}

#[test]
fn texts_end_where_they_end_wherever_escapes_stand() {
    let marks =
        ["", r#"\""#, r"\\", r#"\\\""#, r"\n", r"\u592a", "太", r#"{[\"]}"#, "!#[]\u{a2}\u{dc}"];
    for before in 0..18 {
        for mark in marks {
            let text = format!(r#""{}{mark}{}""#, "a".repeat(before), "字b".repeat(before % 5));
            let key = format!(r#""{}{mark}""#, "k".repeat(before + 1));
            let features =
                [point(&format!("{{{key}:{text},\"z\":1}}")), point(&format!("{{{key}:{text}}}"))];
            let layer = one(collection(&features.join(","), ""));
            let expected: String = serde_json::from_str(&text).unwrap();
            let name: String = serde_json::from_str(&key).unwrap();
            assert_eq!(names(&layer), [name.as_str(), "z"]);
            assert_eq!(row(&layer, 0), [expected.as_str(), "1"], "{text}");
            assert_eq!(row(&layer, 1)[0], expected, "{text}");
        }
    }
}

#[test]
fn counties_found_beside_are_those_of_each_chunk() {
    let square = |west: f64| {
        let corners = [(west, 37.0), (west + 0.5, 37.0), (west + 0.5, 38.0), (west, 38.0)];
        vec![corners.map(|(x, y)| mercator::from_lon_lat(LonLat::new(x, y))).to_vec()]
    };
    let counties =
        CountyCodes::new([("1".to_owned(), square(112.0)), ("2".to_owned(), square(112.5))]);
    let features: Vec<String> = (0..20_000)
        .map(|i| {
            let at = [112.0 + f64::from(i) / 20_000.0, 37.0 + f64::from(i % 100) / 90.0];
            format!(r#"{{"type":"Feature","properties":null,"geometry":{{"type":"Point","coordinates":{at:?}}}}}"#)
        })
        .collect();
    // A system at the end has the file read again: chunks of the first reading are gone.
    let crs = r#","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4490"}},"x":["#;
    let more = format!("{crs}{}0]", "0,".repeat(40_000));
    for more in [String::new(), more] {
        let file = Written::new("a.json", collection(&features.join(","), &more));
        let mut layers = Vec::new();
        let (options, never) = (OpenOptions::default(), AtomicBool::new(false));
        open_layers(&file.0, &options, &counties, &never, &mut |told| layers = told.layers)
            .unwrap();
        let [layer] = layers.as_slice() else { panic!("{}", layers.len()) };
        assert!(layer.chunks.len() > 1 && layer.chunks.len() == layer.counties.len());
        for (chunk, found) in layer.chunks.iter().zip(&layer.counties) {
            let Codes::One(found) = &**found else { panic!("points") };
            assert_eq!(chunk.shapes.positions.len(), found.len());
            for (p, found) in chunk.shapes.positions.iter().zip(found) {
                assert_eq!(counties.at(*p), (*found != u16::MAX).then_some(*found));
            }
        }
    }
}
