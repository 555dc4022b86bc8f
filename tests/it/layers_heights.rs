//! Heights: one that a whole feature has is kept as a field, of others it is told that there are some.

use std::{fs, sync::atomic::AtomicBool};

use jintu::{
    layer::{Cause, ChunkBuilder, CountyCodes, Part, Value, wkb, wkt},
    store::layers::{OpenOptions, open_layers},
    units::LonLat,
};

use super::temp_folder::TempFolder;

/// A record of a Shapefile with one shape (Esri, “Shapefile Technical Description”, July 1998).
fn shapefile(kind: i32, body: &[u8]) -> Vec<u8> {
    let words = |bytes: usize| i32::try_from(bytes / 2).unwrap().to_be_bytes();
    let mut file = Vec::new();
    file.extend(9994_i32.to_be_bytes());
    file.extend([0; 20]);
    file.extend(words(100 + 8 + 4 + body.len()));
    file.extend(1000_i32.to_le_bytes());
    file.extend(kind.to_le_bytes());
    file.extend([0; 64]);
    file.extend(1_i32.to_be_bytes());
    file.extend(words(4 + body.len()));
    file.extend(kind.to_le_bytes());
    file.extend(body);
    file
}

#[test]
fn one_height_is_kept_and_several_are_told() {
    let folder = TempFolder::new("heights");
    let numbers = |all: &[f64]| all.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<u8>>();
    let point = |z: f64| shapefile(11, &numbers(&[112.5, 37.5, z, 0.0]));
    let line = |low: f64, high: f64| {
        let mut body = numbers(&[112.0, 37.0, 113.0, 38.0]);
        body.extend([1_i32, 2, 0].iter().flat_map(|n| n.to_le_bytes()));
        body.extend(numbers(&[112.0, 37.0, 113.0, 38.0, low, high, low, high]));
        shapefile(13, &body)
    };
    let kml = |z: &str| {
        format!(
            "<kml><Document><Placemark><Point><coordinates>112,37,{z}</coordinates></Point>\
             </Placemark></Document></kml>"
        )
        .into_bytes()
    };
    let json = |z: &str| {
        let shape = format!("{{\"type\":\"Point\",\"coordinates\":[112,37,{z}]}}");
        format!("{{\"type\":\"Feature\",\"properties\":{{}},\"geometry\":{shape}}}").into_bytes()
    };
    let esri = |z: &str| {
        format!(
            "{{\"geometryType\":\"esriGeometryPolyline\",\"spatialReference\":{{\"wkid\":4326}},\
             \"features\":[{{\"attributes\":{{}},\"geometry\":{{\"hasZ\":true,\
             \"paths\":[[[112,37,{z}],[113,38,{z}]]]}}}}]}}"
        )
        .into_bytes()
    };
    let csv = |text: &str| format!("名称,WKT\n甲,\"{text}\"\n").into_bytes();
    let dxf = |z: &str| {
        format!(
            "0\nSECTION\n2\nENTITIES\n0\nLINE\n8\n0\n10\n112\n20\n37\n30\n{z}\n11\n113\n21\n38\n\
             31\n{z}\n0\nENDSEC\n0\nEOF\n"
        )
        .into_bytes()
    };
    let level = |z: &str| String::from_utf8(dxf(z)).unwrap().replace("31\n810.5", "31\n811");
    // What one height belongs to keeps it as a field; of others it is counted that they have some.
    let files: [(&str, Vec<u8>, Option<f64>, usize); 18] = [
        ("a.shp", point(810.5), Some(810.5), 0),
        ("b.shp", point(0.0), None, 0),
        ("c.shp", line(0.0, 12.0), None, 1),
        ("d.shp", line(0.0, 0.0), None, 0),
        ("e.shp", line(812.0, 812.0), Some(812.0), 0),
        ("a.kml", kml("810.5"), Some(810.5), 0),
        ("b.kml", kml("0"), None, 0),
        ("a.geojson", json("810.5"), Some(810.5), 0),
        ("b.geojson", json("0.0"), None, 0),
        ("a.json", esri("810.5"), None, 1),
        ("b.json", esri("0"), None, 0),
        ("a.csv", csv("LINESTRING Z (112 37 0, 113 38 810.5)"), None, 1),
        ("b.csv", csv("LINESTRING M (112 37 1, 113 38 810.5)"), None, 0),
        ("c.csv", csv("POINTM (112 37 810.5)"), None, 0),
        ("d.csv", csv("POINT Z (112 37 7)"), Some(7.0), 0),
        ("a.dxf", dxf("810.5"), Some(810.5), 0),
        ("b.dxf", dxf("0.0"), None, 0),
        ("c.dxf", level("810.5").into_bytes(), None, 1),
    ];
    for (name, bytes, kept, left) in files {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let options = OpenOptions { crs: jintu::geo::Crs::from_key("wgs84"), ..Default::default() };
        let mut layers = Vec::new();
        let counties = CountyCodes::new(Vec::new());
        let stop = AtomicBool::new(false);
        open_layers(&path, &options, &counties, &stop, &mut |p| layers = p.layers)
            .unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(layers[0].len(), 1, "{name}");
        let found = layers[0].findings.iter().find(|own| own.cause == Cause::HeightsLeftOut);
        assert_eq!(found.map_or(0, |own| own.count), left, "{name}");
        let field = layers[0].fields.iter().position(|field| field.name == "Z");
        let value = field.map(|field| layers[0].value(0, field));
        assert_eq!(value, kept.map(Value::Number), "{name}");
    }
}

/// Points without a height have no value; a field of the file's own keeps its name and its values, the
/// first or a later one.
#[test]
fn heights_stand_beside_fields_of_the_same_name() {
    let folder = TempFolder::new("heights-named");
    let point = |properties: &str, z: &str| {
        format!(
            "{{\"type\":\"Feature\",\"properties\":{properties},\"geometry\":{{\"type\":\"Point\",\
             \"coordinates\":[112.5,37.5{z}]}}}}"
        )
    };
    let path = folder.path().join("a.geojson");
    let read = |features: &[String]| {
        fs::write(&path, features.join("\n")).unwrap();
        let mut layers = Vec::new();
        let (counties, stop) = (CountyCodes::new(Vec::new()), AtomicBool::new(false));
        let options = OpenOptions::default();
        open_layers(&path, &options, &counties, &stop, &mut |p| layers = p.layers).unwrap();
        layers.remove(0)
    };
    let layer = read(&[point("{\"Z\":\"站\"}", ",5"), point("{}", ""), point("{}", ",7")]);
    let names: Vec<&str> = layer.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["Z", "Z_2"]);
    let heights: Vec<Value<'_>> = (0..3).map(|row| layer.value(row, 1)).collect();
    assert_eq!(heights, [Value::Number(5.0), Value::Missing, Value::Number(7.0)]);
    assert_eq!(layer.value(0, 0), Value::Text("站"));
    // The file's own comes only after a chunk has been closed with heights.
    let mut many: Vec<String> = (0..70_000).map(|_| point("{}", ",3")).collect();
    many.push(point("{\"Z\":\"站\"}", ",4"));
    let layer = read(&many);
    let names: Vec<&str> = layer.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["Z_2", "Z"]);
    assert_eq!((layer.value(0, 0), layer.value(0, 1)), (Value::Number(3.0), Value::Missing));
    let last = (layer.value(70_000, 0), layer.value(70_000, 1));
    assert_eq!(last, (Value::Number(4.0), Value::Text("站")));
}

#[test]
fn binary_and_written_shapes_tell_heights_apart_from_measures() {
    let at = |x, y| LonLat::new(x, y);
    let binary = |code: u32, third: &[f64]| {
        let mut bytes = vec![1];
        bytes.extend(code.to_le_bytes());
        bytes.extend([112.0_f64, 37.0].iter().chain(third).flat_map(|n| n.to_le_bytes()));
        bytes
    };
    for (code, third, expected) in [
        (1001, [5.0].as_slice(), Some(5.0)),
        (2001, &[5.0], None),
        (3001, &[5.0, 0.0], Some(5.0)),
        (3001, &[0.0, 5.0], None),
        (0x8000_0001, &[5.0], Some(5.0)),
        (1, &[], None),
    ] {
        let mut into = ChunkBuilder::default();
        wkb::read(&binary(code, third), &at, &mut into).unwrap();
        assert!(into.end());
        let chunk = into.finish();
        assert_eq!((chunk.heights.first().copied(), chunk.high), (expected, 0), "{code} {third:?}");
    }
    let mut into = ChunkBuilder::default();
    wkt::read("POLYGON ZM ((0 0 0 9, 1 0 0 9, 1 1 0 9, 0 0 0 9))", &at, &mut into).unwrap();
    into.end();
    into.part(Part::Point, [at(112.0, 37.0)]);
    into.end();
    assert_eq!(into.finish().high, 0);
}
