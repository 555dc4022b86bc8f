//! KML, KMZ and what 奥维 makes of them.

#![allow(clippy::float_cmp, reason = "small numbers, made here")]

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicBool},
};

use jintu::{
    geo::{Crs, Datum, mercator},
    layer::{Basis, Cause, CountyCodes, Finding, Kind, Layer, Part, Value},
    store::layers::{LayerError, OpenOptions, open_layers},
    units::LonLat,
};

fn folder(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("jintu-kml-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn open(path: &Path) -> Result<Vec<Arc<Layer>>, LayerError> {
    let (counties, cancel) = (CountyCodes::new(Vec::new()), AtomicBool::new(false));
    let mut layers = Vec::new();
    open_layers(path, &OpenOptions::default(), &counties, &cancel, &mut |p| layers = p.layers)?;
    Ok(layers)
}

/// The layers of a file of this name and these bytes.
fn layers(name: &str, bytes: impl AsRef<[u8]>) -> Result<Vec<Arc<Layer>>, LayerError> {
    let folder = folder(&format!("{name}-{:?}", std::thread::current().id()));
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    let layers = open(&path);
    fs::remove_dir_all(folder).unwrap();
    layers
}

fn value<'a>(layer: &'a Layer, row: usize, name: &str) -> Value<'a> {
    let field = layer.fields.iter().position(|field| field.name == name);
    field.map_or(Value::Missing, |field| layer.tables[0].value(row, field))
}

fn found(layer: &Layer, cause: Cause) -> Option<&Finding> {
    layer.findings.iter().find(|finding| finding.cause == cause)
}

fn position(layer: &Layer, i: usize) -> LonLat {
    mercator::to_lon_lat(layer.chunks[0].shapes.positions[i])
}

fn near(a: LonLat, b: LonLat) -> bool {
    // A millimetre or so.
    (a.lon_deg - b.lon_deg).abs() < 2e-8 && (a.lat_deg - b.lat_deg).abs() < 2e-8
}

const DOCUMENT: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2">
<Document><name>规划 &amp; 项目</name>
 <Schema name="s" id="s"><SimpleField type="string" name="code"/><SimpleField type="int" name="n"/><SimpleField type="bool" name="b"/></Schema>
 <Style id="a"><LineStyle><width>2</width></LineStyle></Style>
 <Folder><name>点</name>
  <Placemark><name>太原站</name><description><![CDATA[<b>站</b>]]></description><styleUrl>#a</styleUrl>
   <ExtendedData><SchemaData schemaUrl="#s"><SimpleData name="code">007</SimpleData><SimpleData name="n">7</SimpleData><SimpleData name="b">1</SimpleData></SchemaData>
   <Data name="面积"><displayName>x</displayName><value>1.5</value></Data><Data name="name"><value>other</value></Data></ExtendedData>
   <Point><coordinates> 112.5,37.8,700 </coordinates></Point></Placemark>
  <Folder><name>内</name><Placemark><name>&lt;2&gt; &#x592A;</name><TimeStamp><when>2026-01-31</when></TimeStamp><Point><coordinates>112.6,37.9</coordinates></Point></Placemark></Folder>
 </Folder>
 <Placemark><name>面</name><Polygon>
   <innerBoundaryIs><LinearRing><coordinates>112.4,37.4 112.6,37.4 112.6,37.6 112.4,37.4</coordinates></LinearRing></innerBoundaryIs>
   <outerBoundaryIs><LinearRing><coordinates>112,37,0
     113,37,0 113,38,0	112,38,0 112,37,0</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>
 <Placemark><MultiGeometry><Point><coordinates>112,37</coordinates></Point><MultiGeometry><LineString><coordinates>112,37 112.1 , 37.1 , 5 112.2,37.2</coordinates></LineString></MultiGeometry></MultiGeometry></Placemark>
 <Placemark><gx:Track><when>2026-01-31T08:00:00Z</when><when>2026-01-31T08:01:00Z</when><gx:coord>112.1 37.1 0</gx:coord><gx:coord>112.2 37.2 0</gx:coord></gx:Track></Placemark>
 <Placemark><name>nowhere</name></Placemark>
 <NetworkLink><Link><href>http://example.invalid/a.kml</href></Link></NetworkLink>
 <GroundOverlay><Icon><href>a.png</href></Icon></GroundOverlay>
</Document></kml>"##;

fn check_document(layer: &Layer) {
    assert_eq!(layer.name, "规划 & 项目");
    let shapes = &layer.chunks[0].shapes;
    let kinds: Vec<Kind> = (0..shapes.len()).map(|i| shapes.kind(i)).collect();
    let (point, line) = (Kind::Point, Kind::Line);
    assert_eq!(kinds, [point, point, Kind::Area, Kind::Mixed, line, Kind::None]);
    let names: Vec<&str> = layer.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(
        names,
        ["folder", "name", "description", "code", "n", "b", "面积", "name_2", "when", "Z"]
    );
    assert_eq!(value(layer, 0, "folder"), Value::Text("点"));
    assert_eq!(value(layer, 0, "description"), Value::Text("<b>站</b>"));
    assert_eq!(value(layer, 0, "code"), Value::Text("007"));
    assert_eq!(value(layer, 0, "n"), Value::Integer(7));
    assert_eq!(value(layer, 0, "b"), Value::Bool(true));
    assert_eq!(value(layer, 0, "面积"), Value::Number(1.5));
    assert_eq!(value(layer, 0, "name_2"), Value::Text("other"));
    assert_eq!(value(layer, 0, "Z"), Value::Number(700.0));
    assert_eq!(value(layer, 1, "Z"), Value::Missing);
    assert_eq!(value(layer, 1, "folder"), Value::Text("点/内"));
    assert_eq!(value(layer, 1, "name"), Value::Text("<2> 太"));
    assert_eq!(value(layer, 1, "when"), Value::Text("2026-01-31"));
    assert_eq!(value(layer, 2, "folder"), Value::Missing);
    // The outer ring goes first, wherever it stands.
    let roles: Vec<(Part, usize)> =
        shapes.parts_of(2).map(|part| (shapes.role(2, part), shapes.part(part).len())).collect();
    assert_eq!(roles, [(Part::Ring, 4), (Part::Hole, 3)]);
    let lines: Vec<usize> = shapes.parts_of(3).map(|part| shapes.part(part).len()).collect();
    assert_eq!(lines, [1, 3]);
    assert!(near(position(layer, 0), LonLat::new(112.5, 37.8)));
    assert_eq!((layer.reference.crs, layer.reference.basis), (Crs::WGS84, Basis::Format));
    assert_eq!(found(layer, Cause::LinkNotFollowed).unwrap().count, 1);
    assert_eq!(found(layer, Cause::TypeLeftOut).unwrap().detail, "GroundOverlay");
    assert_eq!(found(layer, Cause::VertexValues).unwrap().count, 2);
    assert_eq!(found(layer, Cause::WithoutPlace).unwrap().count, 1);
    assert!(found(layer, Cause::Truncated).is_none());
}

#[test]
fn a_document_has_its_shapes_and_values() {
    check_document(&layers("a.kml", DOCUMENT).unwrap()[0]);
    // By what it begins with, whatever it is called.
    check_document(&layers("a.txt", DOCUMENT).unwrap()[0]);
}

#[test]
fn text_is_decoded_as_it_is() {
    let utf16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(DOCUMENT.replace("UTF-8", "UTF-16").encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    check_document(&layers("a.kml", utf16).unwrap()[0]);
    let declared = DOCUMENT.replace("UTF-8", "GBK");
    check_document(&layers("a.kml", encoding_rs::GBK.encode(&declared).0).unwrap()[0]);
    // Declared to be UTF-8 and being none.
    let layers = layers("a.kml", encoding_rs::GBK.encode(DOCUMENT).0).unwrap();
    check_document(&layers[0]);
    assert_eq!(found(&layers[0], Cause::EncodingGuessed).unwrap().detail, "gb18030");
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn packed_documents_open() {
    let zip = zipped(&[("files/a.png", b"x"), ("doc.kml", DOCUMENT.as_bytes())]);
    check_document(&layers("a.kmz", zip).unwrap()[0]);
}

/// 奥维's way: the datum stands beside the geometry, or on a folder above it.
#[test]
fn each_placemark_lies_by_its_own_datum() {
    let here = LonLat::new(112.5489, 37.8706);
    let shifted = Datum::Gcj02.from_wgs84(here);
    let point = |p: LonLat| {
        format!("<Point><coordinates>{},{},0</coordinates></Point>", p.lon_deg, p.lat_deg)
    };
    let text = format!(
        "<kml><Document><name>d</name>\
         <Placemark><OvAttr><OvIcon>4</OvIcon></OvAttr>{g}</Placemark>\
         <Placemark>{w}<OvCoordType>CGCS2000</OvCoordType></Placemark>\
         <Folder><OvCoordType>WGS84</OvCoordType><Placemark>{w}</Placemark>\
         <Folder><Placemark><OvCoordType>GCJ-02</OvCoordType>{g}</Placemark></Folder></Folder>\
         </Document></kml>",
        g = point(shifted),
        w = point(here),
    );
    let zip = zipped(&[("doc.kml", text.as_bytes())]);
    for layers in [layers("a.ovkml", &text), layers("a.ovkmz", zip)] {
        let layer = &layers.unwrap()[0];
        assert_eq!(layer.len(), 4);
        for i in 0..4 {
            assert!(near(position(layer, i), here), "{i}: {:?}", position(layer, i));
        }
        assert_eq!(layer.reference.crs, Crs::Degrees(Datum::Gcj02));
        let own: Vec<(&str, usize)> = layer
            .findings
            .iter()
            .filter(|finding| finding.cause == Cause::OwnDatum)
            .map(|finding| (finding.detail.as_str(), finding.count))
            .collect();
        assert_eq!(own, [("cgcs2000", 1), ("wgs84", 1)]);
    }
    // In a file of others nothing is shifted unless it says so.
    let layer = &layers("a.kml", &text).unwrap()[0];
    assert!(near(position(layer, 0), shifted) && near(position(layer, 3), here));
}

#[test]
fn ovjsn_has_latitude_first_and_its_own_datum() {
    let here = LonLat::new(112.5489, 37.8706);
    let g = Datum::Gcj02.from_wgs84(here);
    let text = format!(
        "\u{feff}{{\"Version\":\"V10.6.2\",\"Type\":1,\"ObjItems\":[\
         {{\"Type\":7,\"Object\":{{\"Name\":\"甲\",\"Comment\":\"c\",\"ObjectDetail\":{{\"Lat\":{},\"Lng\":{},\"Gcj02\":1,\"Obj3dView\":{{\"Gcj02\":0}}}}}}}},\
         {{\"Type\":8,\"Object\":{{\"Name\":\"乙\",\"ObjectDetail\":{{\"Latlng\":[{},{},37.9,112.6],\"Gcj02\":0}}}}}},\
         {{\"Type\":13,\"Object\":{{\"Name\":\"\",\"ObjectDetail\":{{\"Latlng\":[37,112,37,113,38,113,37,112],\"Gcj02\":0}}}}}},\
         {{\"Type\":99,\"Object\":{{\"Name\":\"丁\"}}}}]}}",
        g.lat_deg, g.lon_deg, here.lat_deg, here.lon_deg
    );
    let layers = layers("a.ovjsn", text).unwrap();
    let layer = &layers[0];
    let shapes = &layer.chunks[0].shapes;
    let kinds: Vec<Kind> = (0..shapes.len()).map(|i| shapes.kind(i)).collect();
    assert_eq!(kinds, [Kind::Point, Kind::Line, Kind::Area, Kind::None]);
    assert!(near(position(layer, 0), here) && near(position(layer, 1), here));
    assert_eq!(shapes.part(2).len(), 3);
    assert_eq!(value(layer, 0, "name"), Value::Text("甲"));
    assert_eq!(value(layer, 0, "comment"), Value::Text("c"));
    assert_eq!(value(layer, 2, "name"), Value::Missing);
    assert_eq!(found(layer, Cause::TypeLeftOut).unwrap().detail, "99");
}

#[test]
fn damaged_documents_end_with_an_answer_or_a_sentence() {
    let zip = zipped(&[("doc.kml", DOCUMENT.as_bytes())]);
    let json = r#"{"ObjItems":[{"Type":7,"Object":{"Name":"a","ObjectDetail":{"Lat":37.8,"Lng":112.5,"Gcj02":1}}}]}"#;
    let folder = folder("damaged");
    let files: [(&str, &[u8]); 3] =
        [("a.kml", DOCUMENT.as_bytes()), ("a.kmz", &zip), ("a.ovjsn", json.as_bytes())];
    let mut cut = 0;
    for (name, bytes) in files {
        let path = folder.join(name);
        let mut attempt = |broken: &[u8]| {
            fs::write(&path, broken).unwrap();
            match open(&path) {
                Err(LayerError::Broke(_)) => panic!("{name}"),
                Err(_) => {}
                Ok(layers) => {
                    cut += layers.iter().filter(|l| found(l, Cause::Truncated).is_some()).count();
                }
            }
        };
        for part in 0..50 {
            attempt(&bytes[..bytes.len() * part / 50]);
        }
        for bit in (0..bytes.len() * 8).step_by(7) {
            let mut broken = bytes.to_vec();
            broken[bit / 8] ^= 1 << (bit % 8);
            attempt(&broken);
        }
    }
    // Cut off after the first feature, a document shows it and says so.
    assert!(cut > 20, "{cut}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_document_without_features_says_so() {
    let none = layers("a.kml", "<kml><Document/></kml>");
    assert!(matches!(none, Err(LayerError::NoFeatures { .. })));
    let wrong = layers("a.kml", "no markup at all");
    assert!(matches!(wrong, Err(LayerError::NoFeatures { .. } | LayerError::Damaged { .. })));
}

#[test]
fn elements_within_elements_without_end_are_refused() {
    let text = format!("<kml>{}{}", "<Folder>".repeat(200_000), "</b>".repeat(200_000));
    let none = layers("a.kml", text);
    assert!(matches!(none, Err(LayerError::NoFeatures { .. } | LayerError::Damaged { .. })));
}

#[test]
fn a_kml_that_names_its_maker_is_told_to_be_perhaps_shifted() {
    let text = |name: &str, said: &str| {
        format!(
            "<kml><Document><name>{name}</name><Placemark>{said}<Point><coordinates>112.5,37.8\
             </coordinates></Point></Placemark></Document></kml>"
        )
    };
    let told =
        |text: String| found(&layers("a.kml", text).unwrap()[0], Cause::MayBeShifted).is_some();
    assert!(told(text("奥维互动地图", "")));
    assert!(!told(text("地块", "")));
    assert!(!told(text("奥维互动地图", "<OvCoordType>WGS84</OvCoordType>")), "it says itself");
    let by = text("地块", "").replace("<kml>", "<kml creator=\"OvitalMap\">");
    assert!(told(by));
}
