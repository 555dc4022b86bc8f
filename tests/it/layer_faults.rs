//! What is wrong with a file is told for what it is: why, and what to do, in both languages.

use std::{fs, io::Write as _, path::PathBuf};

use jintu::{
    app::Message,
    language::Language,
    layer::{Cause, Kind},
    store::layers::{Fault, LayerError},
};
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::{layer_files::open, temp_folder::TempFolder};

fn fault(name: &str, bytes: &[u8]) -> Fault {
    let folder = TempFolder::new("faults");
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    match open(&path) {
        Err(LayerError::Damaged { fault, .. }) => fault,
        other => panic!("{name}: {other:?}"),
    }
}

fn fixture(name: &str) -> Vec<u8> {
    let here = std::path::Path::new(file!()).parent().unwrap();
    fs::read(here.join("../fixtures/layers/gdal").join(name)).unwrap()
}

#[test]
fn what_is_cut_is_told_as_cut() {
    for (name, keep) in [("points.fgb", 300), ("points.shp", 60), ("all.gpkg", 20_000)] {
        let bytes = fixture(name);
        assert_eq!(fault(name, &bytes[..keep]), Fault::Truncated, "{name}");
    }
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("xl/workbook.xml", SimpleFileOptions::default()).unwrap();
    zip.write_all(&[b'x'; 5000]).unwrap();
    let zip = zip.finish().unwrap().into_inner();
    assert_eq!(fault("a.xlsx", &zip[..zip.len() - 30]), Fault::Truncated);
    assert_eq!(fault("a.ovjsn", b"{\"ObjItems\":[{\"Type\":7,"), Fault::Truncated);
    assert_eq!(fault("a.gpx", b"<?xml version=\"1.0\"?><gpx><metadata><name"), Fault::Truncated);
    assert_eq!(fault("a.geojson", b"{\"type\":\"FeatureCollection\",\"feat"), Fault::Truncated);
}

#[test]
fn what_is_something_else_is_told_as_that() {
    let page = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj";
    for name in ["a.shp", "a.gpkg", "a.fgb", "a.xlsx", "a.kmz", "a.dxf", "a.xls"] {
        assert_eq!(fault(name, page), Fault::OtherContent, "{name}");
    }
    // A name that promises nothing is answered with what can be read.
    let folder = TempFolder::new("faults");
    let path = folder.path().join("a.bin");
    fs::write(&path, b"\x01\x02").unwrap();
    assert!(matches!(open(&path), Err(LayerError::Unknown(_))));
}

#[test]
fn another_version_is_told_as_that() {
    let mut bytes = fixture("points.fgb");
    bytes[3] = 2;
    assert_eq!(fault("points.fgb", &bytes), Fault::Version("2".to_owned()));
}

#[test]
fn every_fault_has_its_words() {
    let faults = [
        Fault::Truncated,
        Fault::OtherContent,
        Fault::Encrypted,
        Fault::TooLarge,
        Fault::BadHead,
        Fault::Version("9".to_owned()),
        Fault::AtByte(120),
        Fault::Changed,
        Fault::Inside("x".to_owned()),
    ];
    let mut told = std::collections::BTreeSet::new();
    for fault in faults {
        for (language, asks) in [(Language::Chinese, "请"), (Language::English, ";")] {
            let path = PathBuf::from("a.shp");
            let error = LayerError::Damaged { path, format: "Shapefile", fault: fault.clone() };
            let words = Message::new(error).tell(language);
            // What failed, why, what to do, the path last.
            assert!(!words.contains("fault.") && words.contains("Shapefile"), "{words}");
            assert!(words.contains(asks) && words.ends_with("a.shp"), "{words}");
            assert!(told.insert(words));
        }
    }
}

#[test]
fn what_there_is_not_on_earth_is_left_out_and_counted() {
    let point = |lon: f64, lat: f64| {
        format!(
            r#"{{"type":"Feature","properties":{{}},"geometry":{{"type":"Point","coordinates":[{lon},{lat}]}}}}"#
        )
    };
    // One of the two lines has an end that is nowhere: the other is there.
    let lines = r#"{"type":"Feature","properties":{},"geometry":{"type":"MultiLineString","coordinates":[[[112,37],[112.5,95]],[[112,37],[113,38]]]}}"#;
    let features = [
        point(112.5, 37.8),
        point(112.5, 90.0),
        point(112.5, 90.01),
        point(112.5, -1e9),
        point(361.0, 37.8),
        lines.to_owned(),
    ];
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
    let folder = TempFolder::new("faults");
    let path = folder.path().join("a.geojson");
    fs::write(&path, text).unwrap();
    let layer = open(&path).unwrap().remove(0);
    let shapes = &layer.chunks[0].shapes;
    let kinds: Vec<Kind> = (0..layer.len()).map(|row| shapes.kind(row)).collect();
    let none = Kind::None;
    assert_eq!(kinds, [Kind::Point, Kind::Point, none, none, none, Kind::Line]);
    assert_eq!(shapes.parts_of(5).count(), 1);
    let count = |cause: Cause| {
        let found = layer.findings.iter().find(|own| own.cause == cause);
        found.map_or(0, |own| own.count)
    };
    // The pole is on Earth, but not on the map.
    assert_eq!((count(Cause::NotOnEarth), count(Cause::BeyondMap)), (4, 1));
    assert_eq!(count(Cause::WithoutPlace), 0);
}

#[test]
fn a_table_that_is_missing_is_told() {
    let folder = TempFolder::new("faults");
    let path = folder.path().join("points.shp");
    fs::write(&path, fixture("points.shp")).unwrap();
    let layer = open(&path).unwrap().remove(0);
    let told = layer.findings.iter().find(|own| own.cause == Cause::NoCompanion).unwrap();
    assert_eq!((layer.len(), told.detail.as_str()), (3, ".dbf"));
}
