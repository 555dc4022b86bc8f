//! `--within FILE`: polygons of a file as a filter, and what is told of files that are none.

use jintu::store::outline_file::{OutlineError, parse};

use crate::cli::{Place, run, stderr};

const BOX: &str = "112,37.5,112.5,38";
const RING: &str = "[[112,37.5],[112.5,37.5],[112.5,38],[112,38],[112,37.5]]";

fn ids(args: &[&str]) -> Vec<String> {
    let output = run(args);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", stderr(&output));
    let all: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    all.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

fn feature(geometry: &str) -> String {
    format!(r#"{{"type":"Feature","properties":{{}},"geometry":{geometry}}}"#)
}

fn polygon(rings: &str) -> String {
    format!(r#"{{"type":"Polygon","coordinates":[{rings}]}}"#)
}

#[test]
fn a_box_as_a_polygon_finds_what_the_box_finds() {
    let place = Place::new();
    let by_box = ids(&["list", "--format", "json", "--bbox", BOX]);
    assert!(by_box.len() > 3 && by_box.len() < 138);
    let plain = polygon(RING);
    let collection = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, feature(&plain));
    let multi = format!(r#"{{"type":"MultiPolygon","coordinates":[[{RING}]]}}"#);
    let marked = format!("\u{FEFF}{plain}");
    let with_crs = plain.replacen(
        '{',
        r#"{"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}},"#,
        1,
    );
    for text in [plain.clone(), feature(&plain), collection, multi, marked, with_crs] {
        let path = place.path("area.geojson");
        std::fs::write(&path, &text).unwrap();
        assert_eq!(ids(&["list", "--format", "json", "--within", &path]), by_box, "{text}");
    }
    // Two parts find what either does; a hole leaves out what lies in it alone.
    let east = "[[112.5,37.5],[113,37.5],[113,38],[112.5,38],[112.5,37.5]]";
    let path = place.path("two.geojson");
    std::fs::write(
        &path,
        format!(r#"{{"type":"MultiPolygon","coordinates":[[{RING}],[{east}]]}}"#),
    )
    .unwrap();
    let both = ids(&["list", "--format", "json", "--within", &path]);
    let wide = ids(&["list", "--format", "json", "--bbox", "112,37.5,113,38"]);
    assert_eq!(both, wide);
    let hole = "[[112.01,37.51],[112.49,37.51],[112.49,37.99],[112.01,37.99],[112.01,37.51]]";
    std::fs::write(&path, polygon(&format!("{RING},{hole}"))).unwrap();
    let frame = ids(&["list", "--format", "json", "--within", &path]);
    assert!(frame.len() < by_box.len() && frame.iter().all(|id| by_box.contains(id)));
    // It combines with other conditions, and other commands take it.
    let rail = ids(&["list", "--format", "json", "--within", &path, "--kind", "railway"]);
    assert!(rail.iter().all(|id| frame.contains(id)));
    let counts = run(&["counts", "--within", &path, "--facet", "kind"]);
    assert_eq!(counts.status.code(), Some(0));
    let picture = place.path("area.svg");
    let drawn = run(&["render", "--within", &path, "--size", "1280x800", "-o", &picture]);
    assert_eq!(drawn.status.code(), Some(0), "{}", stderr(&drawn));
    assert!(std::fs::read_to_string(&picture).unwrap().contains("多边形范围"));
}

#[test]
fn a_ring_that_crosses_itself_is_taken() {
    let bow = "[[112,37.5],[112.5,38],[112.5,37.5],[112,38],[112,37.5]]";
    assert_eq!(parse(polygon(bow).as_bytes()).unwrap().parts[0][0].len(), 4);
}

#[test]
fn bad_files_are_told_with_what_would_do() {
    let place = Place::new();
    let cases: [(&str, String, &str, &str); 12] = [
        ("cut", "{\"type\": \"Polygon\",\n \"coordinates\": [[[112".into(), "第 2 行", "line 2"),
        ("text", "112,37.5".into(), "JSON", "JSON"),
        ("empty", String::new(), "JSON", "JSON"),
        ("list", "[1, 2]".into(), "Polygon", "Polygon"),
        ("point", r#"{"type":"Point","coordinates":[112,37.5]}"#.into(), "Point", "here is Point"),
        (
            "mixed",
            format!(
                r#"{{"type":"FeatureCollection","features":[{},{}]}}"#,
                feature(&polygon(RING)),
                feature(r#"{"type":"LineString","coordinates":[[112,37],[113,38]]}"#)
            ),
            "LineString",
            "here is LineString",
        ),
        (
            "none",
            r#"{"type":"FeatureCollection","features":[]}"#.into(),
            "没有多边形",
            "no polygon",
        ),
        (
            "swapped",
            polygon("[[37.5,112],[38,112.5],[37.5,112.5],[37.5,112]]"),
            "先经度",
            "longitude first",
        ),
        (
            "metres",
            polygon("[[460000,4193000],[461000,4193000],[461000,4194000],[460000,4193000]]"),
            "460000, 4193000",
            "460000, 4193000",
        ),
        ("two", polygon("[[112,37.5],[112.5,37.5],[112,37.5]]"), "三个", "three"),
        ("words", polygon(r#"[["112","37.5"],[112.5,37.5],[112,38]]"#), "成对", "pairs"),
        (
            "crs",
            polygon(RING).replacen(
                '{',
                r#"{"crs":{"type":"name","properties":{"name":"EPSG:99999"}},"#,
                1,
            ),
            "EPSG:99999",
            "EPSG:99999",
        ),
    ];
    for (name, text, zh, en) in cases {
        let path = place.path(&format!("{name}.geojson"));
        std::fs::write(&path, text).unwrap();
        for (lang, says) in [("zh", zh), ("en", en)] {
            let output = run(&["--lang", lang, "list", "--within", &path]);
            let told = stderr(&output);
            assert_eq!(output.status.code(), Some(2), "{name}: {told}");
            assert!(told.contains(says) && told.contains("--within"), "{name}: {told}");
            assert!(told.trim_end().ends_with(&path), "{name}: {told}");
            assert!(output.stdout.is_empty());
            let before = told.split("jintu-test").next().unwrap_or_default();
            let hanzi = before.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            assert_eq!(hanzi, lang == "zh", "{told}");
        }
    }
    let missing = place.path("not-there.geojson");
    let output = run(&["counts", "--within", &missing]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("not-there.geojson"), "{}", stderr(&output));
}

#[test]
fn any_bytes_are_an_answer() {
    let whole = polygon(RING);
    for end in 0..whole.len() {
        assert!(parse(&whole.as_bytes()[..end]).is_err());
    }
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(matches!(parse(deep.as_bytes()), Err(OutlineError::Json { .. })));
    let nested = r#"{"type":"GeometryCollection","geometries":["#.repeat(200);
    assert!(parse(nested.as_bytes()).is_err());
    let huge = polygon("[[1e999,0],[1,1],[2,2]]");
    assert!(parse(huge.as_bytes()).is_err());
}
