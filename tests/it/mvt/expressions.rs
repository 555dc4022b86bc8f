//! Expressions: what each operator yields, by hand and by the words of the style specification.

use jintu::mvt::{Name, Request, paint};

use super::{
    WHOLE, at, near, painted, style,
    tile::{Tag, area, layer, line, point},
};

fn tags() -> Vec<(&'static str, Tag)> {
    vec![
        ("w", Tag::Int(7)),
        ("name", Tag::Text("晋阳湖")),
        ("ref", Tag::Text("G5;G55;S60")),
        ("yes", Tag::Bool(true)),
    ]
}

/// The text that a formula makes of a point with the tags above, at zoom level 5; `None` where the
/// style leaves it out or the text is empty.
fn text(formula: &str) -> Option<String> {
    let layers = format!(
        r#"{{"id": "n", "type": "symbol", "source-layer": "a", "layout": {{"text-field": {formula}}}}}"#
    );
    let picture = painted(&layer("a", &[point([2048, 2048], tags())]), &layers);
    picture.names.first().map(|name: &Name| name.text.zh.clone())
}

#[test]
fn operators_yield_what_the_specification_says() {
    for (formula, wanted) in [
        // Variables.
        (r#"["let", "a", ["get", "w"], ["to-string", ["+", ["var", "a"], ["var", "a"]]]]"#, "14"),
        (
            r#"["let", "a", 1, "b", 2, ["let", "a", 5, ["concat", ["var", "a"], ["var", "b"]]]]"#,
            "52",
        ),
        // Lists and texts.
        (r#"["to-string", ["at", 1, ["literal", [9, 8, 7]]]]"#, "8"),
        (r#"["at", 2, ["split", ["get", "ref"], ";"]]"#, "S60"),
        (r#"["join", ["split", ["get", "ref"], ";"], " / "]"#, "G5 / G55 / S60"),
        (r#"["slice", ["get", "ref"], 0, ["index-of", ";", ["get", "ref"]]]"#, "G5"),
        (r#"["slice", ["get", "name"], 1]"#, "阳湖"),
        (r#"["slice", ["get", "name"], -1]"#, "湖"),
        (r#"["to-string", ["slice", ["literal", [1, 2, 3, 4]], 1, -1]]"#, "[2,3]"),
        (r#"["to-string", ["index-of", "G55", ["get", "ref"], 1]]"#, "3"),
        (r#"["to-string", ["index-of", "x", ["get", "ref"]]]"#, "-1"),
        (r#"["to-string", ["length", "晋阳湖"]]"#, "3"),
        (r#"["to-string", ["length", ["split", "abc", ""]]]"#, "3"),
        (r#"["case", ["in", "G55", ["get", "ref"]], "in", "out"]"#, "in"),
        (r#"["to-string", ["semiliteral", [["get", "w"], "x"]]]"#, r#"[7,"x"]"#),
        // Types.
        (r#"["typeof", ["get", "w"]]"#, "number"),
        (r#"["typeof", ["get", "no"]]"#, "null"),
        (r#"["typeof", ["literal", ["a", "b"]]]"#, "array<string, 2>"),
        (r#"["typeof", ["properties"]]"#, "object"),
        (r#"["get", "k", ["object", ["get", "w"], ["literal", {"k": "v"}]]]"#, "v"),
        (r#"["get", "ref", ["properties"]]"#, "G5;G55;S60"),
        (r#"["get", ["concat", "re", "f"]]"#, "G5;G55;S60"),
        (r#"["case", ["has", "k", ["literal", {"k": null}]], "has", "not"]"#, "has"),
        (r#"["to-string", ["array", "number", 2, ["get", "w"], ["literal", [1, 2]]]]"#, "[1,2]"),
        (r#"["string", ["get", "w"], "no text"]"#, "no text"),
        (r#"["to-string", ["to-rgba", "rgba(10, 20, 30, 0.5)"]]"#, "[10,20,30,0.5]"),
        (r#"["to-string", ["rgba", 1, 2, 3, 0.5]]"#, "rgba(1,2,3,0.5)"),
        (r#"["to-string", 1e21]"#, "1e+21"),
        (r#"["to-string", 0.00000025]"#, "2.5e-7"),
        (r#"["to-string", ["to-number", ""]]"#, "0"),
        // Numbers.
        (r#"["to-string", ["round", ["*", 1000, ["ln", ["e"]]]]]"#, "1000"),
        (r#"["to-string", ["log2", 1024]]"#, "10"),
        (r#"["to-string", ["log10", 0.001]]"#, "-3"),
        (r#"["to-string", ["round", ["*", 1000, ["sin", ["/", ["pi"], 6]]]]]"#, "500"),
        (r#"["to-string", ["round", ["*", 1000, ["cos", ["pi"]]]]]"#, "-1000"),
        (r#"["to-string", ["round", ["*", 1000, ["tan", ["atan", 2]]]]]"#, "2000"),
        (r#"["to-string", ["round", ["*", 1000, ["+", ["asin", 1], ["acos", 1]]]]]"#, "1571"),
        (r#"["to-string", ["round", ["*", 1000, ["ln2"]]]]"#, "693"),
        (r#"["number-format", 1234567.891, {}]"#, "1,234,567.891"),
        (r#"["number-format", -1234.5, {"min-fraction-digits": 2}]"#, "-1,234.50"),
        (r#"["number-format", 999.96, {"max-fraction-digits": 1}]"#, "1,000"),
        // What the map can write.
        (r#"["case", ["is-supported-script", ["get", "name"]], ["get", "name"], "?"]"#, "晋阳湖"),
        (r#"["case", ["is-supported-script", "سلام"], "joined", "letters"]"#, "letters"),
        // Errors stay where they are: only what needs the value has none.
        (r#"["coalesce", ["get", "no"], ["get", "ref"]]"#, "G5;G55;S60"),
        (r#"["case", ["any", true, ["error", "never"]], "short", "long"]"#, "short"),
        (r#"["to-string", ["boolean", ["feature-state", "hover"], false]]"#, "false"),
        // By letters, then accents, then case.
        (r#"["case", ["==", "Tàiyuán", "taiyuan", ["collator", {}]], "same", "other"]"#, "same"),
        (
            r#"["case", ["==", "à", "a", ["collator", {"diacritic-sensitive": true}]], "same", "other"]"#,
            "other",
        ),
        (
            r#"["case", ["<", "A", "a", ["collator", {"case-sensitive": true}]], "less", "more"]"#,
            "more",
        ),
        (r#"["case", ["<", "ä", "b", ["collator", {}]], "less", "more"]"#, "less"),
    ] {
        assert_eq!(text(formula).as_deref(), Some(wanted), "{formula}");
    }
    for formula in [
        r#"["at", 3, ["literal", ["a", "b", "c"]]]"#,
        r#"["at", 0.5, ["literal", ["a", "b", "c"]]]"#,
        r#"["at", -1, ["literal", ["a", "b", "c"]]]"#,
        r#"["coalesce", ["number", ["get", "no"]], "later"]"#,
        r#"["join", ["literal", [1, 2]], ","]"#,
        r#"["slice", ["get", "w"], 0]"#,
        r#"["get", "k", ["get", "w"]]"#,
        r#"["upcase", ["get", "w"]]"#,
        r#"["to-string", ["rgb", 0, 0, 256]]"#,
        r#"["case", ["get", "w"], "a", "b"]"#,
        r#"["case", ["<", ["get", "ref"], 3], "a", "b"]"#,
    ] {
        assert_eq!(text(formula), None, "{formula}");
    }
}

#[test]
fn defaults_of_the_state_of_a_style_are_used() {
    let json = r#"{"version": 8, "state": {"lang": {"default": "zh"}}, "layers": [
        {"id": "n", "type": "symbol", "source-layer": "a", "layout": {"text-field":
            ["concat", ["global-state", "lang"], ["global-state", "unset"], "!"]}}]}"#;
    let style = jintu::mvt::Style::parse(json).expect("a style");
    let tile = layer("a", &[point([2048, 2048], vec![])]);
    let picture = paint(&tile, &WHOLE, &style).expect("a picture");
    assert_eq!(picture.names[0].text.zh, "zh!");
}

/// The colour of an area at zoom level 5.
fn color(formula: &str) -> [u8; 4] {
    let tile = layer("a", &[area([0, 0], [4096, 4096], vec![("c", Tag::Text("park"))])]);
    let layers = format!(
        r#"{{"id": "a", "type": "fill", "source-layer": "a", "paint": {{"fill-color": {formula}}}}}"#
    );
    at(&painted(&tile, &layers), 9, 9)
}

#[test]
fn colors_blend_in_three_spaces() {
    for (formula, wanted) in [
        (
            r##"["let", "c", ["get", "c"], ["match", ["var", "c"], "park", "#9fe29f", "#eee"]]"##,
            [0x9F, 0xE2, 0x9F, 255],
        ),
        // The grey in the middle of black and white: L* = 50, which is sRGB 118.9.
        (
            r#"["interpolate-lab", ["linear"], ["zoom"], 4, "black", 6, "white"]"#,
            [119, 119, 119, 255],
        ),
        (
            r#"["interpolate-hcl", ["linear"], ["zoom"], 4, "black", 6, "white"]"#,
            [119, 119, 119, 255],
        ),
        (r#"{"stops": [[4, "black"], [6, "white"]], "colorSpace": "lab"}"#, [119, 119, 119, 255]),
        // Part by part, as all colours between stops: half of the way to nothing.
        (r#"["interpolate", ["linear"], ["zoom"], 4, "red", 6, "rgba(0, 0, 255, 0)"]"#, {
            [128, 0, 128, 128]
        }),
        (r#"["to-color", ["literal", [1, 2, 3]]]"#, [1, 2, 3, 255]),
    ] {
        assert!(near(color(formula), wanted), "{formula}: {:?}", color(formula));
    }
    // Hue and chroma are those of the ends: from red to blue by way of a strong purple.
    let [r, _, b, _] = color(r#"["interpolate-hcl", ["linear"], ["zoom"], 4, "red", 6, "blue"]"#);
    assert!(r > 200 && b > 100, "{r} {b}");
}

/// The height in pixels of a line whose width is this at a zoom level.
fn width(formula: &str, zoom: f64) -> f64 {
    let tile = layer("a", &[line(&[[-99, 2048], [4200, 2048]], tags())]);
    let layers = format!(
        r#"{{"id": "a", "type": "line", "source-layer": "a", "paint": {{"line-width": {formula}}}}}"#
    );
    let request = Request { zoom, ..WHOLE };
    let picture = paint(&tile, &request, &style(&layers)).expect("a picture");
    (0..256).map(|y| f64::from(at(&picture, 128, y)[3]) / 255.0).sum()
}

#[test]
fn curves_and_functions_of_zoom_and_property() {
    // A symmetric curve is in the middle in the middle, and slow at its ends.
    let ease = r#"["interpolate", ["cubic-bezier", 0.42, 0, 0.58, 1], ["zoom"], 0, 0, 10, 100]"#;
    assert!((width(ease, 5.0) - 50.0).abs() < 0.2);
    assert!(width(ease, 2.0) < 10.0 && width(ease, 8.0) > 90.0);
    // At level 5 between 4 and 6; of 7 between 0 and 10: (7 + 21) / 2.
    let both = r#"{"property": "w", "stops": [
        [{"zoom": 4, "value": 0}, 0], [{"zoom": 4, "value": 10}, 10],
        [{"zoom": 6, "value": 0}, 0], [{"zoom": 6, "value": 10}, 30]]}"#;
    assert!((width(both, 5.0) - 14.0).abs() < 0.1, "{}", width(both, 5.0));
    let steps = both.replacen('{', r#"{"type": "interval", "#, 1);
    // An interval jumps, also from level to level.
    let wide = steps.replace("0}, 0]", "0}, 3]");
    assert!((width(&wide, 5.0) - 3.0).abs() < 0.1, "{}", width(&wide, 5.0));
    // Of two stops at one place the first counts, as MapLibre has it.
    let twice = r#"{"stops": [[0, 10], [5, 20], [5, 25], [6, 30]]}"#;
    assert!((width(twice, 5.0) - 20.0).abs() < 0.1);
    // The default stands in for a value of another type.
    let text = r#"{"property": "name", "default": 6, "stops": [[0, 1], [9, 9]]}"#;
    assert!((width(text, 5.0) - 6.0).abs() < 0.1);
}

/// Whether an area is seen with a filter.
fn passes(filter: &str, tags: Vec<(&'static str, Tag)>) -> bool {
    let tile = layer("a", &[area([0, 0], [4096, 4096], tags)]);
    let layers =
        format!(r#"{{"id": "a", "type": "fill", "source-layer": "a", "filter": {filter}}}"#);
    at(&painted(&tile, &layers), 9, 9)[3] > 0
}

#[test]
fn older_filters_go_on_where_a_property_is_missing() {
    let park = || vec![("class", Tag::Text("park"))];
    for (filter, wanted) in [
        (r#"["any", [">", "rank", 5], ["==", "class", "park"]]"#, true),
        (r#"["any", ["==", "class", "park"], [">", "rank", 5]]"#, true),
        (r#"["all", [">", "rank", 5], ["==", "class", "park"]]"#, false),
        (r#"["none", [">", "rank", 5], ["==", "class", "lake"]]"#, true),
        (r#"["none", [">", "rank", 5], ["==", "class", "park"]]"#, false),
        // A text has no order with a number.
        (r#"["any", ["<", "class", 5], ["has", "class"]]"#, true),
        (r#"["none", ["<=", "class", 5]]"#, true),
        (r#"["!=", "rank", 5]"#, true),
        (r#"["!in", "rank", 5, 6]"#, true),
        // An expression that cannot be answered does not pass.
        (r#"["any", [">", ["get", "rank"], 5], ["==", ["get", "class"], "park"]]"#, false),
    ] {
        assert_eq!(passes(filter, park()), wanted, "{filter}");
    }
}

#[test]
fn features_lie_within_areas() {
    // Tile 0/0/0: its centre is 0°, 0°; a quarter from its left and top edge are −90° and the
    // latitude whose Mercator is a quarter, 66.5°.
    let seen = |polygon: &str, items: &[super::tile::Item]| {
        let layers = format!(
            r#"{{"id": "n", "type": "symbol", "source-layer": "a",
                "filter": ["within", {polygon}], "layout": {{"text-field": "x"}}}}"#
        );
        painted(&layer("a", items), &layers).names.len()
    };
    let ring = "[[-100, 60], [-80, 60], [-80, 70], [-100, 70], [-100, 60]]";
    let polygon = format!(r#"{{"type": "Polygon", "coordinates": [{ring}]}}"#);
    let hole = "[[-91, 66], [-89, 66], [-89, 67], [-91, 67], [-91, 66]]";
    let pierced = format!(r#"{{"type": "Polygon", "coordinates": [{ring}, {hole}]}}"#);
    let collection = format!(
        r#"{{"type": "FeatureCollection", "features": [{{"type": "Feature", "properties": {{}},
            "geometry": {{"type": "MultiPolygon", "coordinates": [[{ring}]]}}}}]}}"#
    );
    let inside = || point([1024, 1024], vec![]);
    assert_eq!(seen(&polygon, &[inside(), point([2048, 1024], vec![])]), 1);
    assert_eq!(seen(&collection, &[inside()]), 1);
    assert_eq!(seen(&pierced, &[inside()]), 0);
    let short = line(&[[1000, 1024], [1050, 1024]], vec![]);
    assert_eq!(seen(&polygon, &[short]), 1);
    // Both ends inside and the middle out.
    let notched = r#"{"type": "Polygon", "coordinates":
        [[[-100, 60], [-91, 60], [-91, 69], [-89, 69], [-89, 60], [-80, 60], [-80, 70], [-100, 70],
        [-100, 60]]]}"#;
    let across = line(&[[960, 1024], [1088, 1024]], vec![]);
    assert_eq!(seen(notched, &[across]), 0);
    // Areas are never within, and the other side of the world is not near.
    assert_eq!(seen(&polygon, &[area([1010, 1010], [1030, 1030], vec![])]), 0);
    assert_eq!(seen(&polygon, &[point([3072, 1024], vec![])]), 0);
    // Written beyond the 180th meridian: 181° is −179°.
    let beyond = r#"{"type": "Polygon", "coordinates":
        [[[170, -10], [190, -10], [190, 10], [170, 10], [170, -10]]]}"#;
    assert_eq!(seen(beyond, &[point([11, 2048], vec![]), point([4085, 2048], vec![])]), 2);
}
