//! What is painted where.

use jintu::mvt::{PaintError, Request, Style, paint};

use super::{
    WHOLE, at, near, painted, style,
    tile::{Item, Tag, area, layer, layer_with, line, point, square},
};

const RED: [u8; 4] = [255, 0, 0, 255];
const NOTHING: [u8; 4] = [0; 4];
const FILL: &str =
    r##"{"id": "a", "type": "fill", "source-layer": "a", "paint": {"fill-color": "#f00"}}"##;

/// The rows of column 128 that a line layer with this paint and layout covers at least half.
fn rows(paint: &str, layout: &str) -> Vec<u32> {
    let tile = layer("a", &[line(&[[-200, 2048], [4296, 2048]], vec![])]);
    let layers = format!(
        r#"{{"id": "a", "type": "line", "source-layer": "a", "paint": {paint}, "layout": {layout}}}"#
    );
    let picture = painted(&tile, &layers);
    (0..256).filter(|y| at(&picture, 128, *y)[3] > 127).collect()
}

#[test]
fn fill_has_its_color_and_nothing_else_has() {
    let tile = layer("a", &[area([0, 0], [2048, 2048], vec![])]);
    let picture = painted(&tile, FILL);
    assert_eq!((picture.width_px, picture.rgba.len()), (256, 256 * 256 * 4));
    assert_eq!([at(&picture, 10, 10), at(&picture, 127, 127)], [RED; 2]);
    assert_eq!([at(&picture, 128, 10), at(&picture, 10, 128)], [NOTHING; 2]);
}

#[test]
fn alpha_is_straight() {
    let tile = layer("a", &[area([0, 0], [4096, 4096], vec![])]);
    let half = r##"{"id": "a", "type": "fill", "source-layer": "a",
        "paint": {"fill-color": "#f80", "fill-opacity": 0.5}}"##;
    let [r, g, b, a] = at(&painted(&tile, half), 9, 9);
    assert!(near([r, 0, b, a], [255, 0, 0, 128]) && g.abs_diff(0x88) <= 2);
}

#[test]
fn holes_stay_open_in_both_versions() {
    let mut hole = square([1024, 1024], [3072, 3072]);
    for (version, turn) in [(2, true), (1, false)] {
        if turn {
            hole.reverse();
        } else {
            hole = square([1024, 1024], [3072, 3072]);
        }
        let parts = vec![square([0, 0], [4096, 4096]), hole.clone()];
        let tile = layer_with("a", 4096, version, &[Item { kind: 3, parts, tags: vec![] }]);
        let picture = painted(&tile, FILL);
        assert_eq!([at(&picture, 10, 10), at(&picture, 128, 128)], [RED, NOTHING]);
    }
}

#[test]
fn overlapping_areas_fill_each_other_whatever_way_they_run() {
    let mut second = area([1024, 1024], [3072, 3072], vec![]);
    second.parts[0].reverse();
    let tile = layer("a", &[area([0, 0], [2048, 2048], vec![]), second]);
    assert_eq!(at(&painted(&tile, FILL), 96, 96), RED);
}

#[test]
fn line_is_as_wide_as_it_says() {
    assert_eq!(rows(r#"{"line-width": 6}"#, "{}"), (125..131).collect::<Vec<_>>());
    let wide = rows(r#"{"line-width": 9999}"#, "{}");
    assert_eq!(wide.len(), 256, "cut to 256 points");
    assert!(rows(r#"{"line-width": -3}"#, "{}").is_empty());
}

#[test]
fn line_width_follows_the_scale() {
    let tile = layer("a", &[line(&[[0, 2048], [4096, 2048]], vec![])]);
    let layers = style(
        r#"{"id": "a", "type": "line", "source-layer": "a",
        "paint": {"line-width": 3}}"#,
    );
    let request = Request { px_per_pt: 2.0, ..WHOLE };
    let picture = paint(&tile, &request, &layers).expect("a picture");
    assert_eq!((0..256).filter(|y| at(&picture, 128, *y)[3] > 127).count(), 6);
}

#[test]
fn casing_leaves_the_middle_free() {
    let rows = rows(r#"{"line-width": 2, "line-gap-width": 6}"#, "{}");
    assert_eq!(rows, [123, 124, 131, 132]);
}

#[test]
fn dashes_alternate_and_absurd_ones_are_whole() {
    let tile = layer("a", &[line(&[[0, 2048], [4096, 2048]], vec![])]);
    let covered = |dashes: &str| {
        let layers = format!(
            r#"{{"id": "a", "type": "line", "source-layer": "a",
                "paint": {{"line-width": 4, "line-dasharray": {dashes}}}}}"#
        );
        let picture = painted(&tile, &layers);
        (0..256).filter(|x| at(&picture, *x, 127)[3] > 127).count()
    };
    assert!((120..=136).contains(&covered("[2, 2]")));
    assert!((120..=136).contains(&covered("[2]")));
    for dashes in ["[0, 0]", "[-1, 2]", "[1e-9, 1e-9]", "[1e300, 1e300]", "[]", r#"["a"]"#] {
        assert_eq!(covered(dashes), 256, "{dashes}");
    }
}

#[test]
fn caps_reach_beyond_the_end() {
    let tile = layer("a", &[line(&[[1024, 2048], [2048, 2048]], vec![])]);
    let past_end = |cap: &str| {
        let layers = format!(
            r#"{{"id": "a", "type": "line", "source-layer": "a",
                "paint": {{"line-width": 20}}, "layout": {{"line-cap": "{cap}"}}}}"#
        );
        at(&painted(&tile, &layers), 133, 128)[3] > 0
    };
    assert_eq!(["butt", "round", "square"].map(past_end), [false, true, true]);
}

#[test]
fn circles_have_radius_and_stroke() {
    let tile = layer("a", &[point([2048, 2048], vec![])]);
    let picture = painted(
        &tile,
        r##"{"id": "a", "type": "circle", "source-layer": "a", "paint": {"circle-color": "#f00",
            "circle-radius": 10, "circle-stroke-width": 4, "circle-stroke-color": "#00f"}}"##,
    );
    let along = [128, 136, 140, 144].map(|x| at(&picture, x, 128));
    assert_eq!(along, [RED, RED, [0, 0, 255, 255], NOTHING]);
}

#[test]
fn later_layers_lie_above() {
    let tile = layer("a", &[area([0, 0], [4096, 4096], vec![])]);
    let background =
        r##"{"id": "b", "type": "background", "paint": {"background-color": "#00f"}}"##;
    assert_eq!(at(&painted(&tile, &format!("{background},{FILL}")), 9, 9), RED);
    assert_eq!(at(&painted(&tile, &format!("{FILL},{background}")), 9, 9), [0, 0, 255, 255]);
    assert_eq!(at(&painted(&[], FILL), 9, 9), NOTHING);
}

#[test]
fn overzoom_shows_the_right_part() {
    // The north-west quarter, and a small square in the south-east.
    let items = [area([0, 0], [2048, 2048], vec![]), area([3584, 3584], [4096, 4096], vec![])];
    let tile = layer("a", &items);
    let part = |shown| {
        let request = Request { data: (3, 5, 2), shown, ..WHOLE };
        let picture = paint(&tile, &request, &style(FILL)).expect("a picture");
        [at(&picture, 2, 2), at(&picture, 253, 253)]
    };
    assert_eq!(part((4, 10, 4)), [RED, RED]);
    assert_eq!(part((4, 11, 4)), [NOTHING, NOTHING]);
    assert_eq!(part((4, 11, 5)), [NOTHING, RED]);
    assert_eq!(part((20, 5 << 17, 2 << 17)), [RED, RED]);
}

#[test]
fn requests_without_sense_are_errors() {
    let wrong = [
        Request { shown: (1, 1, 0), data: (1, 0, 0), ..WHOLE },
        Request { data: (2, 0, 0), shown: (1, 0, 0), ..WHOLE },
        Request { data: (0, 1, 0), shown: (0, 1, 0), ..WHOLE },
        Request { data: (0, 0, 0), shown: (255, 0, 0), ..WHOLE },
        Request { size_px: 0, ..WHOLE },
        Request { size_px: 1 << 20, ..WHOLE },
        Request { zoom: f64::NAN, ..WHOLE },
        Request { px_per_pt: f32::NAN, ..WHOLE },
        Request { px_per_pt: 0.0, ..WHOLE },
    ];
    for request in wrong {
        let error = paint(&[], &request, &style(FILL)).expect_err("no sense");
        assert!(matches!(error, PaintError::Request(_)), "{request:?}");
    }
}

#[test]
fn neighbours_meet_without_a_seam() {
    // A slanted shape over both tiles with a buffer of 64 units, seen from each of them.
    let shape = |dx: i32| {
        let ring = [[1000, 500], [7000, 900], [6500, 3900], [1200, 3000]];
        let parts = vec![ring.iter().map(|p| [p[0] - dx, p[1]]).collect()];
        layer("a", &[Item { kind: 3, parts, tags: vec![] }])
    };
    let usual = Style::parse(
        r##"{"version": 8, "layers": [
            {"id": "b", "type": "background", "paint": {"background-color": "#fff"}},
            {"id": "a", "type": "fill", "source-layer": "a",
             "paint": {"fill-color": "rgba(20, 90, 160, 0.6)"}}]}"##,
    );
    let usual = usual.expect("a style");
    let half = |x: u32, tile: Vec<u8>| {
        let request = Request { data: (1, x, 0), shown: (1, x, 0), ..WHOLE };
        paint(&tile, &request, &usual).expect("a picture")
    };
    let (west, east) = (half(0, shape(0)), half(1, shape(4096)));
    for y in 0..256 {
        let (a, b) = (at(&west, 255, y), at(&east, 0, y));
        // The upper edge falls by 1 pixel in 15, the lower one by 1 in 6.
        let edge = (40..50).contains(&y) || (205..225).contains(&y);
        assert!(edge || a == b, "row {y}: {a:?} {b:?}");
    }
    assert_eq!(at(&west, 255, 128), at(&west, 200, 128), "the last column is covered in full");
}

#[test]
fn filters_of_both_forms_select() {
    let tags = |class, lanes, bridge| {
        vec![("class", Tag::Text(class)), ("lanes", Tag::Int(lanes)), ("bridge", Tag::Bool(bridge))]
    };
    // Three columns: 0..1024, 1024..2048, 2048..3072.
    let mut items = vec![
        area([0, 0], [1024, 4096], tags("road", 2, true)),
        area([1024, 0], [2048, 4096], tags("rail", 1, false)),
        area([2048, 0], [3072, 4096], vec![("width", Tag::Double(2.5))]),
    ];
    items.push(line(&[[0, 0], [1, 1]], vec![]));
    let tile = layer("a", &items);
    let selected = |filter: &str| {
        let layers =
            format!(r#"{{"id": "a", "type": "fill", "source-layer": "a", "filter": {filter}}}"#);
        let picture = painted(&tile, &layers);
        [32, 96, 160].map(|x| at(&picture, x, 9)[3] > 0)
    };
    let cases = [
        (r#"["==", "class", "road"]"#, [true, false, false]),
        (r#"["!=", "class", "road"]"#, [false, true, true]),
        (r#"["in", "class", "road", "rail"]"#, [true, true, false]),
        (r#"["!in", "class", "road", "rail"]"#, [false, false, true]),
        (r#"["has", "lanes"]"#, [true, true, false]),
        (r#"["!has", "lanes"]"#, [false, false, true]),
        (r#"[">=", "lanes", 2]"#, [true, false, false]),
        (r#"["<", "lanes", 2]"#, [false, true, false]),
        (r#"["all", ["==", "$type", "Polygon"], ["==", "bridge", true]]"#, [true, false, false]),
        (r#"["any", ["==", "class", "rail"], ["==", "width", 2.5]]"#, [false, true, true]),
        (r#"["none", ["has", "class"]]"#, [false, false, true]),
        (r#"["==", "$type", "LineString"]"#, [false, false, false]),
        (r#"["==", ["get", "class"], "road"]"#, [true, false, false]),
        (r#"["!", ["has", "class"]]"#, [false, false, true]),
        (r#"["in", ["get", "class"], ["literal", ["rail"]]]"#, [false, true, false]),
        (r#"["match", ["get", "class"], ["road", "rail"], true, false]"#, [true, true, false]),
        (
            r#"["all", [">", ["get", "lanes"], 1], ["to-boolean", ["get", "bridge"]]]"#,
            [true, false, false],
        ),
        (r#"["case", ["has", "width"], true, ["==", ["get", "lanes"], 1]]"#, [false, true, true]),
        (r#"["==", ["%", ["+", ["to-number", ["get", "lanes"]], 1], 2], 1]"#, [true, false, true]),
        (r#"["==", ["geometry-type"], "Polygon"]"#, [true, true, true]),
        (r#"[">=", ["zoom"], 6]"#, [false, false, false]),
        ("true", [true, true, true]),
    ];
    for (filter, expected) in cases {
        assert_eq!(selected(filter), expected, "{filter}");
    }
}
