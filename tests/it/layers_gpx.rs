//! GPX: way points, routes and tracks as layers.

#![allow(clippy::float_cmp, reason = "small numbers, made here")]

use std::{fs, path::PathBuf, sync::Arc};

use jintu::{
    geo::mercator,
    layer::{Cause, FieldKind, Kind, Layer, Value},
    store::layers::LayerError,
};

use crate::layer_files::{damaged, open};

fn layers(test: &str, bytes: &[u8]) -> Result<Vec<Arc<Layer>>, LayerError> {
    let path: PathBuf =
        std::env::temp_dir().join(format!("jintu-gpx-{test}-{}.gpx", std::process::id()));
    fs::write(&path, bytes).unwrap();
    let done = open(&path);
    fs::remove_file(path).unwrap();
    done
}

fn value<'a>(layer: &'a Layer, row: usize, name: &str) -> Value<'a> {
    let field = layer.fields.iter().position(|field| field.name == name);
    field.map_or(Value::Missing, |field| layer.tables[0].value(row, field))
}

/// In an order that the schema does not allow and programs write.
const FILE: &str = r#"<?xml version="1.0"?>
<gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1">
 <metadata><name>file</name><time>2026-01-01T00:00:00Z</time></metadata>
 <trk><name>踏勘</name><number>3</number><link href="http://example.invalid"><text>t</text><type>html</type></link>
  <trkseg><trkpt lat="37.1" lon="112.1"><ele>700</ele><time>2026-01-31T08:00:00Z</time></trkpt><trkpt lat="37.2" lon="112.2"/></trkseg>
  <trkseg><trkpt lat="37.3" lon="112.3"/><trkpt lat="37.4" lon="112.4"/><trkpt lat="37.5" lon="112.5"/></trkseg></trk>
 <wpt lat="37.8706" lon="112.5489"><ele>800.5</ele><time>2026-01-31T08:00:00Z</time><name>007</name><extensions><x:count xmlns:x="u">4</x:count></extensions></wpt>
 <rte><name>线</name><rtept lat="37" lon="112"><name>a</name></rtept><rtept lat="37.1" lon="112"/></rte>
 <wpt lat="x" lon="112"><name>nowhere</name></wpt>
</gpx>"#;

#[test]
fn each_kind_is_a_layer() {
    let layers = layers("kinds", FILE.as_bytes()).unwrap();
    let names: Vec<&str> = layers.iter().map(|layer| layer.name.as_str()).collect();
    assert_eq!(names, ["waypoints", "routes", "tracks"]);
    let [points, routes, tracks] = [&layers[0], &layers[1], &layers[2]];
    let p = mercator::to_lon_lat(points.chunks[0].shapes.positions[0]);
    assert!((p.lon_deg - 112.5489).abs() < 1e-9 && (p.lat_deg - 37.8706).abs() < 1e-9);
    assert_eq!(value(points, 0, "name"), Value::Text("007"));
    assert_eq!(value(points, 0, "ele"), Value::Number(800.5));
    assert_eq!(value(points, 0, "count"), Value::Integer(4));
    let time = points.fields.iter().position(|field| field.name == "time").unwrap();
    assert_eq!(points.kind_of(time), FieldKind::DateTime);
    assert_eq!(points.chunks[0].shapes.kind(1), Kind::None);
    assert_eq!(value(routes, 0, "name"), Value::Text("线"));
    let shapes = &tracks.chunks[0].shapes;
    let pieces: Vec<usize> = (0..shapes.part_count()).map(|i| shapes.part(i).len()).collect();
    assert_eq!((shapes.kind(0), pieces.as_slice()), (Kind::Line, &[2, 3][..]));
    assert_eq!(value(tracks, 0, "number"), Value::Integer(3));
    assert_eq!(value(tracks, 0, "link"), Value::Text("http://example.invalid"));
    let names: Vec<&str> = tracks.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["name", "number", "link"]);
    // A height and a time of a position of the track, a name of one of the route.
    let loose = |layer: &Layer| {
        layer.findings.iter().find(|f| f.cause == Cause::VertexValues).map_or(0, |f| f.count)
    };
    assert_eq!([loose(points), loose(routes), loose(tracks)], [0, 1, 2]);
}

#[test]
fn damaged_files_end_with_an_answer_or_a_sentence() {
    let bytes = FILE.as_bytes();
    let mut cut = 0;
    for broken in damaged(bytes) {
        match layers("damaged", &broken) {
            Err(LayerError::Broke(_)) => panic!("{}", String::from_utf8_lossy(&broken)),
            Err(_) => {}
            Ok(layers) => {
                let said =
                    |layer: &Arc<Layer>| layer.findings.iter().any(|f| f.cause == Cause::Truncated);
                cut += usize::from(layers.iter().all(said));
            }
        }
    }
    assert!(cut > 20, "{cut}");
}
