//! Drawings: entities, curves, blocks, words, and what is broken.

#![allow(clippy::float_cmp, reason = "small numbers, made here")]

use std::{f64::consts::PI, fmt::Write as _, fs, path::PathBuf, sync::Arc};

use jintu::{
    geo::{Crs, mercator},
    layer::{Basis, Cause, Finding, Kind, Layer, Part, Value},
    store::layers::{LayerError, OpenOptions},
};

use crate::{
    layer_files::{damaged, open_with},
    temp_folder::TempFolder,
};

fn open(test: &str, bytes: impl AsRef<[u8]>, crs: Option<Crs>) -> Result<Arc<Layer>, LayerError> {
    let name = format!("jintu-dxf-{test}-{}.dxf", std::process::id());
    let path: PathBuf = std::env::temp_dir().join(name);
    fs::write(&path, bytes).unwrap();
    let done = open_with(&path, &OpenOptions { crs, ..OpenOptions::default() });
    fs::remove_file(path).unwrap();
    done.map(|mut layers| layers.remove(0))
}

/// Groups out of `code value` words, separated by bars.
fn groups(text: &str) -> String {
    let mut out = String::new();
    for group in text.split('|').map(str::trim).filter(|group| !group.is_empty()) {
        let (code, value) = group.split_once(' ').unwrap_or((group, ""));
        writeln!(out, "{code:>3}\r\n{value}\r").unwrap();
    }
    out
}

/// A drawing with these tables, blocks and entities.
fn drawing(head: &str, blocks: &str, entities: &str) -> String {
    groups(&format!(
        "999 made for a test|0 SECTION|2 HEADER|{head}|0 ENDSEC\
         |0 SECTION|2 TABLES|0 TABLE|2 LAYER|0 LAYER|2 ROAD|62 3|0 LAYER|2 OFF|62 -5|0 ENDTAB|0 ENDSEC\
         |0 SECTION|2 BLOCKS|{blocks}|0 ENDSEC|0 SECTION|2 ENTITIES|{entities}|0 ENDSEC|0 EOF"
    ))
}

const R2000: &str = "9 $ACADVER|1 AC1015|9 $DWGCODEPAGE|3 ANSI_936";

/// Read in plain numbers: degrees near 0 stay what they are.
fn plain(test: &str, blocks: &str, entities: &str) -> Arc<Layer> {
    open(test, drawing(R2000, blocks, entities), Some(Crs::WGS84)).unwrap()
}

fn path(layer: &Layer, part: usize) -> Vec<[f64; 2]> {
    let part = layer.chunks[0].shapes.part(part).iter();
    part.map(|p| mercator::to_lon_lat(*p)).map(|p| [p.lon_deg, p.lat_deg]).collect()
}

fn kinds(layer: &Layer) -> Vec<Kind> {
    (0..layer.len()).map(|i| layer.chunks[0].shapes.kind(i)).collect()
}

fn value<'a>(layer: &'a Layer, row: usize, name: &str) -> Value<'a> {
    let field = layer.fields.iter().position(|field| field.name == name);
    field.map_or(Value::Missing, |field| layer.tables[0].value(row, field))
}

fn found<'a>(layer: &'a Layer, cause: Cause, detail: &str) -> Option<&'a Finding> {
    layer.findings.iter().find(|finding| finding.cause == cause && finding.detail == detail)
}

fn near(a: [f64; 2], b: [f64; 2]) -> bool {
    (a[0] - b[0]).hypot(a[1] - b[1]) < 1e-6
}

#[test]
fn entities_have_their_shapes_and_values() {
    let layer = plain(
        "entities",
        "",
        "0 LINE|5 1A|8 ROAD|10 1|20 2|11 3|21 4\
         |0 POINT|8 OFF|62 1|10 5|20 6\
         |0 LWPOLYLINE|8 0|90 3|70 0|10 1|20 1|10 2|20 1|10 2|20 2\
         |0 LWPOLYLINE|8 0|420 16711680|90 3|70 1|10 1|20 1|10 2|20 1|10 2|20 2\
         |0 POLYLINE|8 0|66 1|70 1|0 VERTEX|10 1|20 1|0 VERTEX|10 3|20 1|0 VERTEX|10 3|20 3|0 SEQEND\
         |0 SOLID|8 0|10 0|20 0|11 1|21 0|12 0|22 1|13 1|23 1\
         |0 TEXT|8 0|10 1|20 1|11 7|21 8|72 1|1 35%%d\
         |0 MTEXT|8 0|10 2|20 3|3 {\\fSimSun|1 ;first\\Psecond}\
         |0 RAY|8 0|10 0|20 0|0 LINE|67 1|10 1|20 1|11 2|21 2",
    );
    let (point, line, area) = (Kind::Point, Kind::Line, Kind::Area);
    assert_eq!(kinds(&layer), [line, point, line, area, area, area, point, point]);
    assert_eq!(value(&layer, 0, "layer"), Value::Text("ROAD"));
    assert_eq!(value(&layer, 0, "handle"), Value::Text("1A"));
    assert_eq!(
        [value(&layer, 0, "color"), value(&layer, 1, "color")],
        [Value::Integer(3), Value::Integer(1)]
    );
    assert_eq!(value(&layer, 3, "rgb"), Value::Text("#ff0000"));
    assert_eq!(value(&layer, 4, "entity"), Value::Text("POLYLINE"));
    assert_eq!(value(&layer, 6, "text"), Value::Text("35°"));
    assert_eq!(value(&layer, 7, "text"), Value::Text("first\nsecond"));
    let corners = path(&layer, 5);
    let expected = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]];
    assert!(corners.iter().zip(expected).all(|(a, b)| near(*a, b)), "{corners:?}");
    assert!(near(path(&layer, 6)[0], [7.0, 8.0]), "a centred text stands at its second position");
    assert_eq!(found(&layer, Cause::TypeLeftOut, "RAY").unwrap().count, 1);
    assert_eq!(found(&layer, Cause::TypeLeftOut, "paper space").unwrap().count, 1);
    assert!(found(&layer, Cause::Truncated, "").is_none());
}

/// Every corner of a path lies on a circle, and it begins and ends where it should.
fn on_circle(path: &[[f64; 2]], center: [f64; 2], radius: f64, from: [f64; 2], to: [f64; 2]) {
    for p in path {
        let distance = (p[0] - center[0]).hypot(p[1] - center[1]);
        assert!((distance - radius).abs() < 1e-6, "{p:?}");
    }
    assert!(near(path[0], from) && near(path[path.len() - 1], to), "{path:?}");
}

#[test]
fn curves_are_straight_pieces_on_the_curve() {
    let layer = plain(
        "curves",
        "",
        "0 ARC|10 10|20 20|40 2|50 350|51 80\
         |0 CIRCLE|10 1|20 1|40 1\
         |0 LWPOLYLINE|90 2|70 0|10 0|20 0|42 1|10 2|20 0\
         |0 LWPOLYLINE|90 2|70 1|10 0|20 0|42 1|10 2|20 0|42 1\
         |0 ELLIPSE|10 5|20 5|11 0|21 2|40 0.5|41 0|42 6.283185307179586\
         |0 ARC|10 -10|20 20|40 2|50 0|51 90|210 0|220 0|230 -1\
         |0 SPLINE|71 2|72 6|73 3|40 0|40 0|40 0|40 1|40 1|40 1|10 0|20 0|10 1|20 2|10 2|20 0",
    );
    let (line, area) = (Kind::Line, Kind::Area);
    assert_eq!(kinds(&layer), [line, area, line, area, area, line, line]);
    let at = |deg: f64| {
        let (sin, cos) = (deg * PI / 180.0).sin_cos();
        [10.0 + 2.0 * cos, 20.0 + 2.0 * sin]
    };
    let arc = path(&layer, 0);
    on_circle(&arc, [10.0, 20.0], 2.0, at(350.0), at(80.0));
    assert!(arc.len() > 15, "a quarter of a turn");
    // A bulge of 1 is half a turn counter-clockwise: below a chord to the right.
    let half = path(&layer, 2);
    on_circle(&half, [1.0, 0.0], 1.0, [0.0, 0.0], [2.0, 0.0]);
    assert!(half[half.len() / 2][1] < -0.99);
    // Two of them are a circle.
    let circle = path(&layer, 3);
    assert!(circle.iter().all(|p| ((p[0] - 1.0).hypot(p[1]) - 1.0).abs() < 1e-6));
    for p in path(&layer, 4) {
        let sum = ((p[0] - 5.0) / 1.0).powi(2) + ((p[1] - 5.0) / 2.0).powi(2);
        assert!((sum - 1.0).abs() < 1e-6, "{p:?}");
    }
    // Seen from below, x counts the other way.
    let mirrored = path(&layer, 5);
    on_circle(&mirrored, [10.0, 20.0], 2.0, [8.0, 20.0], [10.0, 22.0]);
    // Bézier's parabola with three controls: x = 2t, y = 4t(1-t).
    for p in path(&layer, 6) {
        let t = p[0] / 2.0;
        assert!((p[1] - 4.0 * t * (1.0 - t)).abs() < 1e-6, "{p:?}");
    }
    assert_eq!(found(&layer, Cause::CurvesStraightened, "").unwrap().count, 7);
}

const BLOCK: &str = "0 BLOCK|2 Sign|10 1|20 1|0 LINE|8 0|10 1|20 1|11 2|21 1\
    |0 TEXT|8 0|10 1|20 2|1 in block|0 ATTDEF|2 NO|10 0|20 0|0 ENDBLK\
    |0 BLOCK|2 Outer|10 0|20 0|0 INSERT|2 SIGN|10 0|20 0|0 3DSOLID|8 0|0 ENDBLK";

#[test]
fn blocks_are_laid_where_they_belong() {
    let layer = plain(
        "blocks",
        BLOCK,
        "0 INSERT|8 ROAD|66 1|2 sign|10 10|20 20|41 2|42 2|50 90|0 ATTRIB|2 NO|1 A-07|0 SEQEND\
         |0 INSERT|2 Outer|10 30|20 30|70 2|44 1\
         |0 INSERT|2 missing|10 5|20 5",
    );
    assert_eq!(kinds(&layer)[..2], [Kind::Line, Kind::Point]);
    let line = path(&layer, 0);
    assert!(near(line[0], [10.0, 20.0]) && near(line[1], [10.0, 22.0]), "{line:?}");
    assert_eq!(value(&layer, 0, "block"), Value::Text("sign"));
    assert_eq!(value(&layer, 0, "NO"), Value::Text("A-07"));
    // Its text is a feature of its own, on the layer of the place.
    assert!(near(path(&layer, 1)[0], [8.0, 20.0]), "{:?}", path(&layer, 1));
    assert_eq!(value(&layer, 1, "text"), Value::Text("in block"));
    assert_eq!(value(&layer, 1, "layer"), Value::Text("ROAD"));
    // Two columns, a block within a block in each.
    let shapes = &layer.chunks[0].shapes;
    let lines: Vec<_> = shapes.parts_of(2).map(|part| path(&layer, part)[0]).collect();
    assert!(lines.len() == 2 && near(lines[0], [30.0, 30.0]) && near(lines[1], [31.0, 30.0]));
    assert_eq!(found(&layer, Cause::TypeLeftOut, "3DSOLID").unwrap().count, 2);
    // A block that is not there lies where it is put.
    let last = layer.len() - 1;
    assert_eq!(shapes.kind(last), Kind::Point);
}

#[test]
fn blocks_within_blocks_end() {
    // Each lays ten of the next, and the last the first: without bounds, for ever.
    let mut blocks = String::new();
    for i in 0..20 {
        let next = (i + 1) % 20;
        write!(blocks, "|0 BLOCK|2 B{i}|10 0|20 0|0 LINE|10 0|20 0|11 1|21 1").unwrap();
        for _ in 0..10 {
            write!(blocks, "|0 INSERT|2 B{next}|10 0|20 0|70 100|71 100").unwrap();
        }
        blocks += "|0 ENDBLK";
    }
    let layer = plain("bomb", &blocks, "0 INSERT|2 B0|10 0|20 0|0 LINE|10 1|20 1|11 2|21 2");
    assert!(found(&layer, Cause::TypeLeftOut, "INSERT").is_some());
    assert_eq!(layer.len(), 2, "what comes behind is still read");
}

#[test]
fn a_small_drawing_of_countless_blocks_stays_small() {
    // Found by damage: circles laid ten thousand times by each of two hundred lines.
    let blocks = "0 BLOCK|2 B|10 0|20 0|0 CIRCLE|10 0|20 0|40 0.001|0 ENDBLK";
    let insert = "0 INSERT|2 B|10 1|20 1|70 32767|71 32767|44 0.002|45 0.002";
    let layer = plain("countless", blocks, &[insert; 200].join("|"));
    let positions: usize = layer.chunks.iter().map(|own| own.shapes.positions.len()).sum();
    assert!((100_000..2_200_000).contains(&positions), "{positions}");
}

#[test]
fn hatches_are_areas_with_holes() {
    let square = |from: f64, to: f64| {
        format!(
            "92 3|72 0|73 1|93 4|10 {from}|20 {from}|10 {to}|20 {from}|10 {to}|20 {to}|10 {from}|20 {to}|97 0"
        )
    };
    let edges = "92 1|93 3|72 1|10 20|20 0|11 22|21 0|72 2|10 21|20 0|40 1|50 0|51 180|73 1|72 1|10 20|20 0|11 20|21 0|97 0";
    let entities = format!(
        "0 HATCH|8 0|10 0|20 0|30 0|2 SOLID|70 1|71 0|91 3|{}|{}|{edges}|75 0|76 1|98 1|10 5|20 5",
        square(0.0, 10.0),
        square(2.0, 8.0)
    );
    let layer = plain("hatch", "", &entities);
    let shapes = &layer.chunks[0].shapes;
    let roles: Vec<Part> = (0..3).map(|part| shapes.role(0, part)).collect();
    assert_eq!(roles, [Part::Ring, Part::Hole, Part::Ring]);
    // Half a disc, over its diameter.
    assert!(path(&layer, 2).iter().all(|p| p[1] > -1e-9 && (p[0] - 21.0).hypot(p[1]) < 1.0 + 1e-6));
    assert!(path(&layer, 2).len() > 20);
}

#[test]
fn words_are_read_in_their_encoding() {
    let entities = "0 TEXT|8 道路|10 1|20 1|1 太原\\U+7AD9";
    let read = |head: &str, encode: fn(&str) -> Vec<u8>| {
        let layer = open("words", encode(&drawing(head, "", entities)), Some(Crs::WGS84)).unwrap();
        let guessed = layer.findings.iter().find(|f| f.cause == Cause::EncodingGuessed);
        let guessed = guessed.map_or("", |finding| finding.detail.as_str());
        format!("{} {} {guessed}", value(&layer, 0, "layer"), value(&layer, 0, "text"))
    };
    let gbk = |text: &str| encoding_rs::GBK.encode(text).0.into_owned();
    let utf8 = |text: &str| text.as_bytes().to_vec();
    assert_eq!(read(R2000, gbk), "道路 太原站 ");
    assert_eq!(read("9 $ACADVER|1 AC1021|9 $DWGCODEPAGE|3 ANSI_936", utf8), "道路 太原站 ");
    // Nothing is told, or only by programs that tell the same to everybody.
    assert_eq!(read("9 $ACADVER|1 AC1009", gbk), "道路 太原站 gb18030");
    assert_eq!(read("", utf8), "道路 太原站 UTF-8");
    assert_eq!(read("9 $ACADVER|1 AC1015|9 $DWGCODEPAGE|3 ANSI_1252", utf8), "道路 太原站 ");
    assert_eq!(read("9 $ACADVER|1 AC1015|9 $DWGCODEPAGE|3 ANSI_1252", gbk), "道路 太原站 gb18030");
    assert_eq!(read("9 $ACADVER|1 AC1027", gbk), "道路 太原站 gb18030");
}

#[test]
fn the_zone_before_the_eastings_tells_the_plane() {
    let entities = "0 LINE|10 38500000|20 4190000|11 38500100|21 4190000";
    let layer = open("zone", drawing(R2000, "", entities), None).unwrap();
    assert_eq!(layer.reference.crs, Crs::from_epsg(4526).unwrap());
    assert_eq!(layer.reference.basis, Basis::Inferred);
    // The central meridian.
    assert!((path(&layer, 0)[0][0] - 114.0).abs() < 1e-9);
}

#[test]
fn damaged_files_end_with_an_answer_or_a_sentence() {
    let text = drawing(
        R2000,
        BLOCK,
        "0 INSERT|2 Outer|10 1|20 1|0 LWPOLYLINE|90 2|70 1|10 0|20 0|42 1|10 2|20 0\
         |0 SPLINE|71 2|40 0|40 0|40 0|40 1|40 1|40 1|10 0|20 0|10 1|20 2|10 2|20 0\
         |0 HATCH|92 1|93 1|72 2|10 21|20 0|40 1|50 0|51 180|73 1|97 0\
         |0 POLYLINE|70 64|0 VERTEX|70 64|10 1|20 1|0 VERTEX|70 128|71 1|72 9|0 SEQEND",
    );
    let bytes = text.as_bytes();
    let mut cut = 0;
    for broken in damaged(bytes) {
        match open("damaged", &broken, Some(Crs::WGS84)) {
            Err(LayerError::Broke(_)) => panic!("{}", String::from_utf8_lossy(&broken)),
            Err(_) => {}
            Ok(layer) => cut += usize::from(found(&layer, Cause::Truncated, "").is_some()),
        }
    }
    assert!(cut > 40, "{cut}");
}

#[test]
fn millimetres_lie_where_metres_would() {
    let line = |unit: f64, head: &str| {
        let [a, b] = [[38_372_431.937, 4_193_178.9], [38_373_000.0, 4_194_000.0]];
        let at = |[x, y]: [f64; 2], codes: [i32; 2]| {
            format!("{}\n{}\n{}\n{}\n", codes[0], x * unit, codes[1], y * unit)
        };
        format!(
            "0\nSECTION\n2\nHEADER\n{head}0\nENDSEC\n0\nSECTION\n2\nENTITIES\n0\nLINE\n8\n0\n{}{}0\nENDSEC\n0\nEOF\n",
            at(a, [10, 20]),
            at(b, [11, 21])
        )
    };
    let folder = TempFolder::new("dxf-units");
    let path = folder.path().join("a.dxf");
    let read = |text: String| {
        std::fs::write(&path, text).unwrap();
        let layer = open_with(&path, &OpenOptions::default()).unwrap().remove(0);
        let scaled = layer.findings.iter().find(|finding| finding.cause == Cause::UnitApplied);
        (layer.chunks[0].shapes.positions.clone(), scaled.map(|finding| finding.detail.clone()))
    };
    let (metres, none) = read(line(1.0, ""));
    assert_eq!(none, None);
    // Most drawings in metres say millimetres in their head: that alone changes nothing.
    let (said, none) = read(line(1.0, "9\n$INSUNITS\n70\n4\n"));
    assert_eq!((said, none), (metres.clone(), None));
    for (unit, head, sign) in [
        (1000.0, "9\n$INSUNITS\n70\n4\n", "mm"),
        (1000.0, "", "mm"),
        (100.0, "9\n$INSUNITS\n70\n5\n", "cm"),
    ] {
        let (found, scaled) = read(line(unit, head));
        assert_eq!(scaled.as_deref(), Some(sign));
        for (a, b) in found.iter().zip(&metres) {
            assert!((a.x - b.x).abs() < 1e-12 && (a.y - b.y).abs() < 1e-12, "{unit}");
        }
    }
    // A small drawing of its own is not taken for one in millimetres.
    let small = "0\nSECTION\n2\nENTITIES\n0\nLINE\n8\n0\n10\n10\n20\n700\n11\n400\n21\n900\n0\nENDSEC\n0\nEOF\n";
    std::fs::write(&path, small).unwrap();
    let done = open_with(&path, &OpenOptions::default());
    assert!(matches!(done, Err(LayerError::AskCrs { .. })), "{done:?}");
}
