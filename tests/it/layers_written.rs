//! Small files that other programs wrote (`tests/fixtures/layers/make.py`) come back equal.

#![allow(clippy::float_cmp, reason = "written and read without loss")]

use std::{
    path::Path,
    sync::{Arc, atomic::AtomicBool},
};

use jintu::{
    geo::{Crs, Datum, mercator},
    layer::{Basis, Cause, CountyCodes, Finding, Kind, Layer, Part, Value},
    store::layers::{OpenOptions, open_layers},
};

fn open(name: &str, crs: Option<Crs>) -> Vec<Arc<Layer>> {
    let here = Path::new(file!()).parent().unwrap();
    let path = here.join("../fixtures/layers").join(name);
    let (counties, cancel) = (CountyCodes::new(Vec::new()), AtomicBool::new(false));
    let options = OpenOptions { crs, ..OpenOptions::default() };
    let mut layers = Vec::new();
    open_layers(&path, &options, &counties, &cancel, &mut |p| layers = p.layers).unwrap();
    layers
}

fn values(layer: &Layer, row: usize) -> Vec<Value<'_>> {
    (0..layer.fields.len()).map(|field| layer.tables[0].value(row, field)).collect()
}

fn kinds(layer: &Layer) -> Vec<Kind> {
    (0..layer.len()).map(|i| layer.chunks[0].shapes.kind(i)).collect()
}

fn part(layer: &Layer, part: usize) -> Vec<[f64; 2]> {
    let part = layer.chunks[0].shapes.part(part).iter();
    let rounded = |deg: f64| (deg * 1e6).round() / 1e6;
    part.map(|p| mercator::to_lon_lat(*p))
        .map(|p| [rounded(p.lon_deg), rounded(p.lat_deg)])
        .collect()
}

fn found(layer: &Layer, cause: Cause) -> Option<&Finding> {
    layer.findings.iter().find(|finding| finding.cause == cause)
}

/// Two areas, one with a hole and an island in it.
fn check_areas(layer: &Layer) {
    let shapes = &layer.chunks[0].shapes;
    assert_eq!(kinds(layer)[..2], [Kind::Area; 2]);
    let roles = |row: usize| shapes.parts_of(row).map(move |part| shapes.role(row, part));
    assert_eq!(roles(0).collect::<Vec<_>>(), [Part::Ring, Part::Hole, Part::Ring]);
    assert_eq!(roles(1).collect::<Vec<_>>(), [Part::Ring, Part::Hole]);
    let corners = |i: usize| {
        let mut corners = part(layer, i);
        corners.sort_by(|a, b| a.partial_cmp(b).unwrap());
        corners
    };
    assert_eq!(corners(0), [[112.0, 37.0], [112.0, 38.0], [113.0, 37.0], [113.0, 38.0]]);
    assert_eq!(corners(1), [[112.2, 37.2], [112.2, 37.8], [112.8, 37.2], [112.8, 37.8]]);
    assert_eq!(corners(2), [[112.4, 37.4], [112.5, 37.6], [112.6, 37.4]]);
}

#[test]
fn shapefiles_of_gdal() {
    for (name, guessed) in [("areas_gbk.shp", Some("gb18030")), ("areas_utf-8.shp", None)] {
        let layers = open(name, None);
        let layer = &layers[0];
        check_areas(layer);
        assert_eq!(layer.len(), 3);
        let names: Vec<&str> = layer.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["名称", "number", "value", "open"]);
        let text = Value::Text;
        let (int, num, bool) = (Value::Integer, Value::Number, Value::Bool);
        assert_eq!(values(layer, 0), [text("迎泽区"), int(1), num(0.1), bool(true)]);
        assert_eq!(values(layer, 1), [text("小店区"), int(-7), num(112.5489), bool(false)]);
        assert_eq!(values(layer, 2), [Value::Missing, int(1 << 53), num(1e-3), bool(true)]);
        let said = found(layer, Cause::EncodingGuessed).map(|finding| finding.detail.as_str());
        assert_eq!(said, guessed);
        assert_eq!(layer.reference.crs, Crs::Degrees(Datum::Cgcs2000));
        assert_eq!(layer.reference.basis, Basis::Stated);
        assert_eq!(found(layer, Cause::WithoutPlace).unwrap().count, 1);
        assert!(found(layer, Cause::CountDiffers).is_none());
    }
}

#[test]
fn kml_and_gpx_of_gdal() {
    let layers = open("areas.kml", None);
    check_areas(&layers[0]);
    assert_eq!(layers[0].name, "areas");
    // GDAL writes long whole numbers as words and declares them so.
    let text = Value::Text;
    let first = [text("areas"), text("迎泽区"), text("1"), Value::Number(0.1), Value::Integer(1)];
    assert_eq!(values(&layers[0], 0), first);
    let layers = open("points.gpx", None);
    assert_eq!(layers[0].name, "waypoints");
    assert_eq!(part(&layers[0], 1), [[112.6, 37.9]]);
    assert_eq!(values(&layers[0], 0), [Value::Number(800.5), Value::Text("a")]);
    assert_eq!(values(&layers[0], 1), [Value::Missing, Value::Text("b")]);
}

#[test]
fn a_drawing_of_ezdxf() {
    let layers = open("drawing.dxf", Some(Crs::WGS84));
    let layer = &layers[0];
    let (point, line, area) = (Kind::Point, Kind::Line, Kind::Area);
    let expected =
        [line, area, line, area, area, line, line, point, point, line, line, area, area, area];
    assert_eq!(kinds(layer), expected);
    let value = |row: usize, name: &str| {
        let field = layer.fields.iter().position(|field| field.name == name);
        field.map_or(Value::Missing, |field| layer.tables[0].value(row, field))
    };
    assert_eq!([value(0, "layer"), value(0, "color")], [Value::Text("道路"), Value::Integer(3)]);
    assert_eq!(value(7, "text"), Value::Text("太原站"));
    assert_eq!(value(8, "text"), Value::Text("第一\n第二"));
    assert_eq!([value(10, "block"), value(10, "NO")], [Value::Text("标志"), Value::Text("A-07")]);
    let shapes = &layer.chunks[0].shapes;
    let first = |row: usize| shapes.parts_of(row).start;
    assert_eq!(part(layer, first(0)), [[0.0, 0.0], [1.0, 1.0]]);
    // A spline goes through its first and its last control.
    let spline = part(layer, first(6));
    assert_eq!([spline[0], spline[spline.len() - 1]], [[0.0, 0.0], [4.0, 4.0]]);
    assert!(spline.len() > 8);
    let laid = part(layer, first(10));
    assert_eq!(laid, [[10.0, 20.0], [10.0, 22.0]]);
    let roles: Vec<Part> = shapes.parts_of(11).map(|part| shapes.role(11, part)).collect();
    assert_eq!(roles, [Part::Ring, Part::Hole]);
    assert_eq!(part(layer, first(13)), [[50.0, 0.0], [51.0, 0.0], [51.0, 1.0], [50.0, 1.0]]);
    // The head names the code page of the West; the words are in GBK.
    assert_eq!(found(layer, Cause::EncodingGuessed).unwrap().detail, "gb18030");
    assert!(found(layer, Cause::TypeLeftOut).is_none(), "{:?}", layer.findings);
}
