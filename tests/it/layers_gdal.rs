//! What GDAL makes of a few features comes back equal in count, geometry and attributes: of files
//! that are kept, and where `ogr2ogr` is installed, of files that it writes now (`tools/gdal/write`).
//! The oracle is the `GeoJSON` that GDAL was given, read here as plain JSON.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use jintu::{
    geo::mercator,
    layer::{Layer, Part, Value},
};
use serde_json::Value as Json;

use crate::{layer_files::open, temp_folder::TempFolder};

/// What a format keeps of a feature.
#[derive(Clone, Copy)]
struct Keeps {
    /// Fields by their names; none where features are told by their order.
    fields: &'static [&'static str],
    /// Whether every value is a text.
    as_text: bool,
    days: Days,
    /// Degrees that may be lost.
    degrees: f64,
    /// Whether an area has its holes and parts as areas of their own.
    in_parts: bool,
}

/// How GDAL writes 6 May 2024.
#[derive(Clone, Copy, PartialEq)]
enum Days {
    /// `2024-05-06`
    Plain,
    /// `2024-05-06T00:00:00`: the format has no days.
    Midnight,
    /// `2024/05/06`: the format has texts only.
    Slashes,
}

const ALL: Keeps = Keeps {
    fields: &["编号", "名称", "面积", "日期", "码"],
    as_text: false,
    days: Days::Plain,
    degrees: 1e-9,
    in_parts: false,
};
const TABLE: Keeps = Keeps { as_text: true, ..ALL };
const SLASHES: Keeps = Keeps { days: Days::Slashes, ..TABLE };
const MOMENTS: Keeps = Keeps { days: Days::Midnight, ..ALL };
/// GDAL makes the field the name of the placemark.
const PLACEMARKS: Keeps =
    Keeps { fields: &["编号", "name", "面积", "日期", "码"], ..SLASHES };
const NAMED: Keeps = Keeps { fields: &["name"], ..TABLE };
const SHAPES: Keeps = Keeps { fields: &[], as_text: true, in_parts: true, ..ALL };

/// A tenth of a millimetre, and what GDAL and the program differ in their transforms.
const PLANE: f64 = 2e-9;

/// The files of each name, and what they keep.
const FILES: [(&str, Keeps); 15] = [
    ("NAME.gpkg", ALL),
    ("NAME.fgb", MOMENTS),
    ("NAME.shp", ALL),
    ("NAME.kml", PLACEMARKS),
    ("NAME.kmz", SLASHES),
    ("NAME.geojsonl", ALL),
    ("again_NAME.geojson", Keeps { degrees: 1e-7, ..ALL }),
    ("plane_NAME.gpkg", Keeps { degrees: PLANE, ..ALL }),
    ("plane_NAME.fgb", Keeps { degrees: PLANE, ..MOMENTS }),
    ("plane_NAME.shp", Keeps { degrees: PLANE, ..ALL }),
    ("wkt_NAME.csv", SLASHES),
    ("NAME.dxf", SHAPES),
    ("points.csv", SLASHES),
    ("points.gpx", NAMED),
    ("points.xlsx", ALL),
];
const SHEETS: [(&str, Keeps); 1] = [("points.ods", ALL)];

fn kept() -> PathBuf {
    Path::new(file!()).parent().unwrap().join("../fixtures/layers/gdal")
}

fn features(name: &str) -> Vec<Json> {
    let text = fs::read_to_string(kept().join(format!("{name}.geojson"))).unwrap();
    let json: Json = serde_json::from_str(&text).unwrap();
    json["features"].as_array().unwrap().clone()
}

/// A feature: what its fields say, and its parts as positions in an order of their own.
type Told = (Vec<String>, Vec<(Part, Vec<[f64; 2]>)>);

fn sorted(mut path: Vec<[f64; 2]>) -> Vec<[f64; 2]> {
    // The last digits, which a transform changes, do not order them.
    let rounded = |p: &[f64; 2]| p.map(|deg| (deg * 1e6).round());
    path.sort_by(|a, b| rounded(a).partial_cmp(&rounded(b)).unwrap());
    path
}

/// What the JSON says.
fn asked(feature: &Json, keeps: Keeps) -> Told {
    let words = |field: &&str| {
        let field = if *field == "name" { "名称" } else { field };
        match &feature["properties"][field] {
            Json::Null => String::new(),
            Json::String(text) if field == "日期" => match keeps.days {
                Days::Plain => text.clone(),
                Days::Midnight => format!("{text}T00:00:00"),
                Days::Slashes => text.replace('-', "/"),
            },
            Json::String(text) => text.clone(),
            other => other.to_string(),
        }
    };
    let pair = |json: &Json| [json[0].as_f64().unwrap(), json[1].as_f64().unwrap()];
    let path = |json: &Json, closed: bool| {
        let mut path: Vec<[f64; 2]> = json.as_array().unwrap().iter().map(pair).collect();
        if closed {
            path.pop();
        }
        sorted(path)
    };
    let area = |json: &Json| -> Vec<(Part, Vec<[f64; 2]>)> {
        let part = |at: usize| if at == 0 { Part::Ring } else { Part::Hole };
        let rings = json.as_array().unwrap().iter().enumerate();
        rings.map(|(at, ring)| (part(at), path(ring, true))).collect()
    };
    let geometry = &feature["geometry"];
    let at = &geometry["coordinates"];
    let many = || at.as_array().unwrap().iter();
    let parts = match geometry["type"].as_str().unwrap() {
        "Point" => vec![(Part::Point, vec![pair(at)])],
        "LineString" => vec![(Part::Line, path(at, false))],
        "MultiLineString" => many().map(|line| (Part::Line, path(line, false))).collect(),
        "Polygon" => area(at),
        "MultiPolygon" => many().flat_map(area).collect(),
        other => panic!("{other}"),
    };
    (keeps.fields.iter().map(words).collect(), parts)
}

/// What a layer says of a row.
fn answered(layer: &Layer, row: usize, keeps: Keeps) -> Told {
    let place = |name: &&str| layer.fields.iter().position(|field| field.name == **name);
    let value = |name: &&str| match place(name) {
        Some(place) => layer.tables[0].value(row, place),
        None => Value::Text("no such field"),
    };
    let words = |name: &&str| match value(name) {
        Value::Missing => String::new(),
        Value::Text(text) => text.to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
    };
    let shapes = &layer.chunks[0].shapes;
    let position = |p: &jintu::units::Mercator| {
        let p = mercator::to_lon_lat(*p);
        [p.lon_deg, p.lat_deg]
    };
    let parts = shapes.parts_of(row).map(|part| {
        (shapes.role(row, part), sorted(shapes.part(part).iter().map(position).collect()))
    });
    (keeps.fields.iter().map(words).collect(), parts.collect())
}

fn near(a: &[(Part, Vec<[f64; 2]>)], b: &[(Part, Vec<[f64; 2]>)], keeps: Keeps) -> bool {
    let close = |a: &[f64; 2], b: &[f64; 2]| {
        (a[0] - b[0]).abs() < keeps.degrees && (a[1] - b[1]).abs() < keeps.degrees
    };
    a.len() == b.len()
        && a.iter().all(|(role, path)| {
            let same = |(own, other): &&(Part, Vec<[f64; 2]>)| {
                (keeps.in_parts || role == own)
                    && path.len() == other.len()
                    && path.iter().zip(other).all(|(a, b)| close(a, b))
            };
            b.iter().any(|other| same(&other))
        })
}

/// A layer against the JSON that it comes from: what differs.
fn differs(layer: &Layer, name: &str, keeps: Keeps) -> Option<String> {
    let asked: Vec<Told> = features(name).iter().map(|own| asked(own, keeps)).collect();
    let answered: Vec<Told> = (0..layer.len()).map(|row| answered(layer, row, keeps)).collect();
    if keeps.in_parts {
        // A drawing has no features of several parts: all parts are compared.
        let all = |told: Vec<Told>| told.into_iter().flat_map(|own| own.1).collect::<Vec<_>>();
        let (a, b) = (all(asked), all(answered));
        return (!near(&a, &b, keeps)).then(|| format!("{a:?} against {b:?}"));
    }
    if layer.len() != asked.len() {
        return Some(format!("{} features", layer.len()));
    }
    // An index may have sorted them: the first field tells which is which.
    let mut by_key: BTreeMap<String, Told> =
        answered.into_iter().map(|told| (told.0[0].clone(), told)).collect();
    for (words, parts) in asked {
        match by_key.remove(&words[0]) {
            Some(own) if own.0 == words && near(&parts, &own.1, keeps) => {}
            own => return Some(format!("{words:?} {parts:?} against {own:?}")),
        }
    }
    if keeps.as_text {
        return None;
    }
    // Numbers are numbers, and long codes are not.
    let value = |name: &str| {
        let place = layer.fields.iter().position(|field| field.name == name).unwrap();
        layer.tables[0].value(0, place)
    };
    let typed = (value("编号"), value("码"));
    let right = matches!(typed, (Value::Integer(_), Value::Text(_)));
    (!right).then(|| format!("{typed:?}"))
}

fn check_file(folder: &Path, file: &str, keeps: Keeps, wrong: &mut Vec<String>) {
    for name in ["points", "lines", "areas"] {
        let own = file.replace("NAME", name);
        if own == file && name != "points" {
            continue;
        }
        let reason = match open(&folder.join(&own)) {
            Ok(layers) if layers.len() == 1 => differs(&layers[0], name, keeps),
            Ok(layers) => Some(format!("{} layers", layers.len())),
            Err(reason) => Some(reason.to_string()),
        };
        wrong.extend(reason.map(|reason| format!("{own}: {reason}")));
    }
}

#[test]
fn files_that_gdal_wrote_come_back_equal() {
    let mut wrong = Vec::new();
    for (file, keeps) in [("NAME.fgb", MOMENTS), ("NAME.shp", ALL), ("NAME.kml", PLACEMARKS)] {
        check_file(&kept(), file, keeps, &mut wrong);
    }
    let layers = open(&kept().join("all.gpkg")).unwrap();
    assert_eq!(layers.len(), 3);
    for layer in layers {
        wrong.extend(differs(&layer, &layer.name, ALL));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn files_that_gdal_writes_now_come_back_equal() {
    let version = Command::new("ogr2ogr").arg("--version").output();
    if !version.is_ok_and(|output| output.status.success()) {
        eprintln!(
            "SKIPPED: ogr2ogr is not installed (Debian: gdal-bin); only kept files are tried"
        );
        return;
    }
    let folder = TempFolder::new("gdal");
    let script = Path::new(file!()).parent().unwrap().join("../../tools/gdal/write");
    let done = Command::new("bash").arg(script).arg(folder.path()).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let mut wrong = Vec::new();
    for (file, keeps) in FILES.into_iter().chain(SHEETS) {
        check_file(folder.path(), file, keeps, &mut wrong);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
