//! Styles: values, colours, sources, what is left out, the usual ones.

use jintu::mvt::{Color, Request, Style, paint};

use super::{
    WHOLE, at, near, painted, style,
    tile::{Tag, area, layer, line},
};

/// The height in pixels of a line whose width is this at zoom level 5; 1 for the default.
fn width(value: &str) -> f64 {
    let tags = vec![("w", Tag::Int(7)), ("t", Tag::Text("12"))];
    let tile = layer("a", &[line(&[[-99, 2048], [4200, 2048]], tags)]);
    let layers = format!(
        r#"{{"id": "a", "type": "line", "source-layer": "a", "paint": {{"line-width": {value}}}}}"#
    );
    let picture = painted(&tile, &layers);
    (0..256).map(|y| f64::from(at(&picture, 128, y)[3]) / 255.0).sum()
}

/// The colour of an area with this value for it at zoom level 5.
fn color(value: &str) -> [u8; 4] {
    let tile = layer("a", &[area([0, 0], [4096, 4096], vec![("c", Tag::Text("#00ff00"))])]);
    let layers = format!(
        r#"{{"id": "a", "type": "fill", "source-layer": "a", "paint": {{"fill-color": {value}}}}}"#
    );
    at(&painted(&tile, &layers), 9, 9)
}

#[test]
fn numbers_come_out_as_computed_by_hand() {
    let cases = [
        // Halfway between 4 and 8 at zoom level 5 of 4..6.
        (r#"["interpolate", ["linear"], ["zoom"], 4, 4, 6, 8]"#, 6.0),
        // (2^1 - 1) / (2^2 - 1) = 1/3 of the way from 3 to 12.
        (r#"["interpolate", ["exponential", 2], ["zoom"], 4, 3, 6, 12]"#, 6.0),
        (r#"["interpolate", ["cubic-bezier", 0, 0, 1, 1], ["zoom"], 4, 4, 6, 8]"#, 6.0),
        (r#"["interpolate", ["linear"], ["zoom"], 8, 4, 9, 8]"#, 4.0),
        (r#"["interpolate", ["linear"], ["zoom"], 2, 4, 3, 8]"#, 8.0),
        (r#"["step", ["zoom"], 2, 5, 6, 9, 20]"#, 6.0),
        (r#"{"stops": [[4, 4], [6, 8]]}"#, 6.0),
        (r#"{"base": 2, "stops": [[4, 3], [6, 12]]}"#, 6.0),
        (r#"{"type": "interval", "stops": [[4, 4], [6, 8]]}"#, 4.0),
        (r#"{"property": "w", "stops": [[6, 4], [8, 8]]}"#, 6.0),
        (r#"{"property": "w", "type": "identity"}"#, 7.0),
        (r#"{"property": "w", "type": "categorical", "stops": [[7, 9], [8, 3]]}"#, 9.0),
        (r#"{"property": "x", "type": "categorical", "stops": [[7, 9]], "default": 4}"#, 4.0),
        (r#"["get", "w"]"#, 7.0),
        (r#"["coalesce", ["get", "x"], ["get", "w"]]"#, 7.0),
        (r#"["to-number", ["get", "t"]]"#, 12.0),
        (r#"["-", ["*", 3, ["/", ["get", "w"], 7]], -2]"#, 5.0),
        (r#"["max", ["min", 9, ["get", "w"]], 2]"#, 7.0),
        (r#"["match", ["get", "w"], 6, 2, [7, 8], 11, 3]"#, 11.0),
        (r#"["case", ["<", ["zoom"], 5], 2, [">", ["get", "w"], 6], 8, 3]"#, 8.0),
        (r#"["number", ["get", "x"], 5]"#, 5.0),
    ];
    for (value, expected) in cases {
        assert!((width(value) - expected).abs() < 0.1, "{value}: {}", width(value));
    }
}

#[test]
fn what_is_unknown_falls_back_to_the_default() {
    let deep = format!("{}1{}", "[\"+\", 7, ".repeat(70), "]".repeat(70));
    let unknown = [
        r#"["frobnicate", 7]"#,
        r#"["+", 7, ["frobnicate"]]"#,
        r#"["case", true, 7]"#,
        r#"["interpolate", ["linear"], ["zoom"]]"#,
        r#"["interpolate", ["spline"], ["zoom"], 1, 7]"#,
        r#"["step", ["zoom"], 7, "a", 7]"#,
        r#"["/", 7, 0]"#,
        r#"["get", "x"]"#,
        r#"["get", "t"]"#,
        r#"{"stops": []}"#,
        r#"{"stops": [[{"zoom": 1, "value": 2}, 7]]}"#,
        r#"{"stops": [[{"zoom": 1, "value": 2}, 7], [3, 7]], "property": "w"}"#,
        r#""seven""#,
        "[]",
        "{}",
        "null",
        &deep,
    ];
    for value in unknown {
        assert!((width(value) - 1.0).abs() < 0.1, "{value}: {}", width(value));
    }
    // Black in place of a colour would hide the map: the layer is left out.
    assert_eq!(color(r#"["frobnicate"]"#), [0, 0, 0, 0]);
}

#[test]
fn colors_blend_and_compute() {
    let cases = [
        (r#""rgb(10, 20, 30)""#, [10, 20, 30, 255]),
        (r#"["rgb", 10, 20, ["+", 10, 20]]"#, [10, 20, 30, 255]),
        (r#"["get", "c"]"#, [0, 255, 0, 255]),
        (r##"["interpolate", ["linear"], ["zoom"], 4, "#000", 6, "#c86432"]"##, [100, 50, 25, 255]),
        (r#"{"stops": [[4, "black"], [6, "white"]]}"#, [128, 128, 128, 255]),
        (r#"["match", ["downcase", ["upcase", "ab"]], "ab", "red", "blue"]"#, [255, 0, 0, 255]),
        (r#"["rgba", 255, 0, 0, 0]"#, [0, 0, 0, 0]),
    ];
    for (value, expected) in cases {
        assert!(near(color(value), expected), "{value}: {:?}", color(value));
    }
}

#[test]
fn css_colors_parse() {
    let cases = [
        ("#f80", Some((255.0, 136.0, 0.0, 1.0))),
        ("#f808", Some((255.0, 136.0, 0.0, 136.0 / 255.0))),
        ("#FF8800", Some((255.0, 136.0, 0.0, 1.0))),
        ("#ff880080", Some((255.0, 136.0, 0.0, 128.0 / 255.0))),
        ("rgb(255, 136, 0)", Some((255.0, 136.0, 0.0, 1.0))),
        ("rgba(100%,0%,0%,.5)", Some((255.0, 0.0, 0.0, 0.5))),
        ("rgb(255 0 0 / 50%)", Some((255.0, 0.0, 0.0, 0.5))),
        ("hsl(120, 100%, 50%)", Some((0.0, 255.0, 0.0, 1.0))),
        ("hsla(-120deg, 100%, 50%, 0.25)", Some((0.0, 0.0, 255.0, 0.25))),
        ("hsl(0, 0%, 50%)", Some((127.5, 127.5, 127.5, 1.0))),
        (" SteelBlue ", Some((70.0, 130.0, 180.0, 1.0))),
        ("transparent", Some((0.0, 0.0, 0.0, 0.0))),
        ("rgb(300, -5, 0)", Some((255.0, 0.0, 0.0, 1.0))),
        ("", None),
        ("#12345", None),
        ("#ggg", None),
        ("#é1", None),
        ("rgb(1, 2)", None),
        ("rgb(1, 2, 3", None),
        ("rgb(nan, 2, 3)", None),
        ("hsl(1, 2, 3)", None),
        ("nocolor", None),
    ];
    for (css, expected) in cases {
        let parsed = Color::parse(css);
        let expected = expected.map(|(r, g, b, a)| Color::new(r, g, b, a));
        let close = |a: Color, b: Color| {
            [a.r - b.r, a.g - b.g, a.b - b.b, a.a - b.a].iter().all(|d| d.abs() < 0.002)
        };
        let same = match (parsed, expected) {
            (Some(a), Some(b)) => close(a, b),
            (a, b) => a.is_none() && b.is_none(),
        };
        assert!(same, "{css}: {parsed:?}");
    }
}

#[test]
fn zoom_range_and_visibility_hide_layers() {
    let tile = layer("a", &[area([0, 0], [4096, 4096], vec![])]);
    let seen = |extra: &str| {
        let layers = format!(r#"{{"id": "a", "type": "fill", "source-layer": "a" {extra}}}"#);
        at(&painted(&tile, &layers), 9, 9)[3] > 0
    };
    assert!(seen(r#", "minzoom": 5, "maxzoom": 5.5"#));
    assert!(!seen(r#", "minzoom": 5.1"#));
    assert!(!seen(r#", "maxzoom": 5"#));
    assert!(!seen(r#", "layout": {"visibility": "none"}"#));
}

#[test]
fn skipped_layers_are_told() {
    let style = Style::parse(
        r#"{"version": 8,
        "sources": {
            "dem": {"type": "raster-dem", "url": "x"},
            "base": {"type": "vector", "tiles": ["https://a/{z}/{x}/{y}.pbf"], "minzoom": 1,
                     "maxzoom": 14, "attribution": "© A"},
            "also": {"type": "vector", "url": "https://b/tiles.json"}},
        "layers": [
            {"id": "ground", "type": "background"},
            {"id": "pattern", "type": "background", "paint": {"background-pattern": "p"}},
            {"id": "photo", "type": "raster", "source": "dem"},
            {"id": "shade", "type": "hillshade", "source": "dem"},
            {"id": "heat", "type": "heatmap", "source": "base", "source-layer": "a"},
            {"id": "hidden", "type": "heatmap", "layout": {"visibility": "none"}},
            {"id": "house", "type": "fill-extrusion", "source": "base", "source-layer": "a"},
            {"id": "icon", "type": "symbol", "source": "base", "source-layer": "a"},
            {"id": "text", "type": "symbol", "source": "base", "source-layer": "a",
             "layout": {"text-field": "{name}"}},
            {"id": "other", "type": "fill", "source": "also", "source-layer": "a"},
            {"id": "odd", "type": "fill", "source": "base", "source-layer": "a",
             "filter": ["within", {}]},
            {"type": "sky"}, 7, null]}"#,
    );
    let style = style.expect("a style");
    let skipped = ["pattern", "photo", "shade", "heat", "icon", "other", "odd", "?", "?", "?"];
    assert_eq!(style.skipped(), skipped);
    assert_eq!(style.layer_count(), 3);
    let source = style.source().expect("a source");
    assert_eq!(source.tiles, ["https://a/{z}/{x}/{y}.pbf"]);
    assert_eq!((source.url.as_str(), source.attribution.as_str()), ("", "© A"));
    assert_eq!((source.minzoom, source.maxzoom), (Some(1), Some(14)));
}

#[test]
fn what_is_no_style_is_an_error() {
    let deep = format!(r#"{{"version": 8, "layers": {}{}}}"#, "[".repeat(5000), "]".repeat(5000));
    for json in ["", "{", "[]", "7", "{}", r#"{"version": 8}"#, r#"{"layers": []}"#, &deep] {
        assert!(Style::parse(json).is_err(), "{json:.40}");
    }
}

#[test]
fn usual_styles_know_the_common_schemas() {
    let pairs = [("water", "water"), ("ocean", "ocean"), ("water_polygons", "lake")];
    for (dark, ground, water) in [
        (false, [0xf6, 0xf4, 0xef, 255], [0xc9, 0xdc, 0xe6, 255]),
        (true, [0x1b, 0x20, 0x26, 255], [0x16, 0x30, 0x3f, 255]),
    ] {
        let usual = Style::usual(dark);
        assert!(usual.skipped().is_empty(), "{:?}", usual.skipped());
        assert!(usual.layer_count() > 60);
        for (name, class) in pairs {
            let tags = vec![("class", Tag::Text(class))];
            let tile = layer(name, &[area([0, 0], [2048, 4096], tags)]);
            let picture = paint(&tile, &WHOLE, &usual).expect("a picture");
            assert!(near(at(&picture, 9, 9), water) && near(at(&picture, 200, 9), ground));
        }
        for (name, key, class) in [
            ("transportation", "class", "motorway"),
            ("roads", "kind", "highway"),
            ("streets", "kind", "motorway"),
            ("boundary", "x", ""),
            ("boundaries", "x", ""),
        ] {
            let road = line(&[[0, 2048], [4096, 2048]], vec![(key, Tag::Text(class))]);
            let request = Request { zoom: 12.0, ..WHOLE };
            let picture = paint(&layer(name, &[road]), &request, &usual).expect("a picture");
            assert!(!near(at(&picture, 2, 128), ground), "{name}");
        }
    }
}

#[test]
fn usual_style_shows_unknown_layers_by_geometry() {
    let tile = layer(
        "mystery @road",
        &[
            area([0, 0], [2048, 2048], vec![]),
            line(&[[0, 3072], [4096, 3072]], vec![]),
            super::tile::point([3072, 1024], vec![("name", Tag::Text("X"))]),
        ],
    );
    let picture = paint(&tile, &WHOLE, &Style::usual(false)).expect("a picture");
    let ground = at(&picture, 250, 250);
    assert_eq!(ground, [0xf6, 0xf4, 0xef, 255]);
    for (x, y) in [(64, 64), (128, 192), (192, 64)] {
        assert_ne!(at(&picture, x, y), ground, "{x} {y}");
    }
    assert_eq!(picture.names.len(), 1);
    // A style from outside shows what it names and nothing else.
    let own = style(r#"{"id": "a", "type": "fill", "source-layer": "a"}"#);
    assert_eq!(at(&paint(&tile, &WHOLE, &own).expect("a picture"), 64, 64), [0; 4]);
}
