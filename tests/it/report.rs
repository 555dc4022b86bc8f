//! What leaves the program, read back by other readers.

use geojson::GeometryValue;
use jintu::{
    app::{ExportFormat, Language},
    catalogue::{Catalogue, Role, Shape},
    report::{export, geojson as geojson_report, json},
};
use serde_json::Value;

use crate::real::{catalogue, project};

fn all_ids(catalogue: &Catalogue) -> Vec<String> {
    catalogue.projects.iter().map(|p| p.id.clone()).collect()
}

fn near(a: &[f64], lon: f64, lat: f64) -> bool {
    a.len() == 2 && (a[0] - lon).abs() < 1e-6 && (a[1] - lat).abs() < 1e-6
}

fn same_path(read: &[geojson::Position], path: &geo::LineString<f64>) -> bool {
    read.len() == path.0.len()
        && read.iter().zip(path.coords()).all(|(r, c)| near(r.as_slice(), c.x, c.y))
}

fn same_shape(read: &GeometryValue, shape: &Shape) -> bool {
    match (read, shape) {
        (GeometryValue::Point { coordinates }, Shape::Point(at)) => {
            near(coordinates.as_slice(), at.lon_deg, at.lat_deg)
        }
        (GeometryValue::LineString { coordinates }, Shape::Line(line)) => {
            same_path(coordinates, line)
        }
        (GeometryValue::Polygon { coordinates }, Shape::Area(area)) => {
            coordinates.len() == 1 + area.interiors().len()
                && same_path(&coordinates[0], area.exterior())
        }
        _ => false,
    }
}

/// The simple geometries of a compound one.
fn parts(read: GeometryValue) -> Vec<GeometryValue> {
    match read {
        GeometryValue::MultiPoint { coordinates } => coordinates
            .into_iter()
            .map(|coordinates| GeometryValue::Point { coordinates })
            .collect(),
        GeometryValue::MultiLineString { coordinates } => coordinates
            .into_iter()
            .map(|coordinates| GeometryValue::LineString { coordinates })
            .collect(),
        GeometryValue::MultiPolygon { coordinates } => coordinates
            .into_iter()
            .map(|coordinates| GeometryValue::Polygon { coordinates })
            .collect(),
        GeometryValue::GeometryCollection { geometries } => {
            geometries.into_iter().map(|geometry| geometry.value).collect()
        }
        simple => vec![simple],
    }
}

#[test]
fn geojson_comes_back_as_it_was() {
    let catalogue = catalogue();
    let ids = all_ids(&catalogue);
    let bytes = export(&catalogue, &ids, ExportFormat::GeoJson, Language::Chinese).unwrap().bytes;
    let read: geojson::FeatureCollection = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(read.features.len(), 138);
    let mut kinds = std::collections::BTreeSet::new();
    for (feature, project) in read.features.into_iter().zip(&catalogue.projects) {
        assert_eq!(feature.properties.unwrap()["id"], *project.id);
        let shapes: Vec<&Shape> =
            catalogue.features_of(project, Role::Main).map(|(_, f)| &f.shape).collect();
        let Some(geometry) = feature.geometry else {
            assert!(shapes.is_empty(), "{}", project.id);
            continue;
        };
        kinds.insert(geometry.value.type_name().to_owned());
        let parts = parts(geometry.value);
        assert_eq!(parts.len(), shapes.len(), "{}", project.id);
        for (part, shape) in parts.iter().zip(shapes) {
            assert!(same_shape(part, shape), "{}", project.id);
        }
    }
    assert!(kinds.len() >= 4, "{kinds:?}");
}

#[test]
fn geometry_types_are_those_of_the_features() {
    let catalogue = catalogue();
    for (id, kind) in [
        ("B1-02", Some("LineString")),
        ("B2-01", Some("Point")),
        ("B4-01", Some("MultiLineString")),
        ("T-62", Some("MultiPoint")),
        ("B1-03", Some("GeometryCollection")),
        ("B1-13", None),
    ] {
        assert_eq!(json::geometry_type(&catalogue, project(&catalogue, id)), kind, "{id}");
    }
}

#[test]
fn json_says_what_the_catalogue_holds() {
    let catalogue = catalogue();
    let list = json::array(&catalogue, catalogue.each_project());
    let text = serde_json::to_string(&list).unwrap();
    let list: Vec<Value> = serde_json::from_str(&text).unwrap();
    for (value, project) in list.iter().zip(&catalogue.projects) {
        assert_eq!(value["id"], *project.id);
        assert_eq!(value["investment_yi"].as_f64(), project.investment.map(|i| i.yi));
        assert_eq!(value["facts"].as_array().unwrap().len(), project.facts.len());
        let codes: Vec<&str> = value["counties"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c["code"].as_str().unwrap())
            .collect();
        let own: Vec<&str> = project.counties.iter().map(|c| c.code.as_str()).collect();
        assert_eq!(codes, own, "{}", project.id);
        let off = value["length_km"].as_f64().unwrap_or(0.0) - project.length_km.unwrap_or(0.0);
        assert!(off.abs() <= 0.000_51, "{}", project.id);
        assert_eq!(value["unlocated"].is_null(), project.unlocated.is_none());
    }
}

#[test]
fn csv_keeps_every_word_and_number() {
    let catalogue = catalogue();
    for language in [Language::Chinese, Language::English] {
        let bytes =
            export(&catalogue, &all_ids(&catalogue), ExportFormat::Csv, language).unwrap().bytes;
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap();
        let mut reader = csv::Reader::from_reader(text);
        let heads = reader.headers().unwrap().clone();
        assert_eq!(heads.len(), 20);
        assert!(heads.iter().all(|head| !head.contains("csv.")), "{heads:?}");
        for (row, project) in reader.records().map(Result::unwrap).zip(&catalogue.projects) {
            assert_eq!(&row[0], project.id);
            assert_eq!(&row[1], project.name.get(language));
            assert_eq!(row[8].parse::<f64>().ok(), project.investment.map(|i| i.yi));
            assert_eq!(row[9].is_empty(), !project.investment.is_some_and(|i| i.approx));
            let drawn: Option<f64> = row[10].parse().ok();
            assert!((drawn.unwrap_or(0.0) - project.length_km.unwrap_or(0.0)).abs() <= 0.0051);
            assert_eq!(row[11].parse::<f64>().ok(), project.stated_length_km);
            assert_eq!(&row[14], catalogue.plan.text.slice(project.words));
        }
    }
}

#[test]
fn order_and_choice_are_those_asked_for() {
    let catalogue = catalogue();
    let ids = ["T-05", "B1-02", "B9-99"].map(str::to_owned);
    let bytes = export(&catalogue, &ids, ExportFormat::GeoJson, Language::English).unwrap().bytes;
    let read: Value = serde_json::from_slice(&bytes).unwrap();
    let order: Vec<&str> =
        read["features"].as_array().unwrap().iter().map(|f| f["id"].as_str().unwrap()).collect();
    assert_eq!(order, ["T-05", "B1-02"]);
    assert_eq!(geojson_report::collection(&catalogue, [])["features"], Value::Array(Vec::new()));
    assert!(export(&catalogue, &ids, ExportFormat::Png, Language::English).is_err());
}
