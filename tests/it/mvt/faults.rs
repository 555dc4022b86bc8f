//! What of a style is not understood costs nothing else of it, and is told; no style takes forever.

use std::time::{Duration, Instant};

use flate2::{Compression, write::GzEncoder};
use jintu::{
    mvt::{PaintError, Style, StyleFault, paint},
    tile::{Content, TileBody, judge},
};

use super::{
    WHOLE, at, painted, style,
    tile::{Tag, area, bytes, layer, line, point},
    try_paint,
};

fn fault(layer: &str, property: &str, reason: &str, leaves_out_layer: bool) -> StyleFault {
    StyleFault {
        layer: layer.to_owned(),
        property: property.to_owned(),
        reason: reason.to_owned(),
        leaves_out_layer,
    }
}

#[test]
fn a_fault_leaves_out_its_layer_or_its_property_and_is_told() {
    let layers = r#"
        {"id": "ground", "type": "background", "paint": {"background-color": "white"}},
        {"id": "filter", "type": "fill", "source-layer": "a", "filter": ["frobnicate", 1]},
        {"id": "color", "type": "fill", "source-layer": "a",
         "paint": {"fill-color": ["case", true, ["var", "x"], "red"]}},
        {"id": "no color", "type": "fill", "source-layer": "a", "paint": {"fill-color": "reddish"}},
        {"id": "text", "type": "symbol", "source-layer": "a",
         "layout": {"text-field": ["upcase", "a", "b"]}},
        {"id": "cap", "type": "line", "source-layer": "a",
         "layout": {"line-cap": ["nowhere"], "line-join": "odd"},
         "paint": {"line-color": "lime", "line-width": {"stops": []}}}"#;
    let style = style(layers);
    assert_eq!(style.skipped(), ["filter", "color", "no color", "text"]);
    assert_eq!(
        style.faults(),
        [
            fault("filter", "filter", "unknown operator \"frobnicate\"", true),
            fault("color", "fill-color", "the variable \"x\" has no value", true),
            fault("no color", "fill-color", "a value of another kind", true),
            fault("text", "text-field", "\"upcase\" does not take 2 arguments", true),
            fault("cap", "line-width", "a function that is none", false),
            fault("cap", "line-cap", "unknown operator \"nowhere\"", false),
            fault("cap", "line-join", "a value of another kind", false),
        ]
    );
    let tile =
        layer("a", &[area([0, 0], [4096, 4096], vec![]), line(&[[0, 2048], [4096, 2048]], vec![])]);
    let picture = paint(&tile, &WHOLE, &style).expect("a picture");
    assert_eq!(at(&picture, 9, 9), [255; 4]);
    assert!(at(&picture, 128, 128)[1] > at(&picture, 128, 128)[0]);
}

#[test]
fn a_tile_of_countless_layers_is_refused_at_once() {
    let mut one = Vec::new();
    bytes(&mut one, 1, b"a");
    let mut empty = Vec::new();
    bytes(&mut empty, 3, &one);
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    std::io::Write::write_all(&mut packed, &empty.repeat(900_000)).expect("memory");
    let packed = packed.finish().expect("memory");
    assert!(packed.len() < 20_000, "{}", packed.len());
    let from = Instant::now();
    let TileBody::Vector(tile) = judge(&packed, Content::Vector).expect("a tile") else {
        panic!("no vector tile")
    };
    for style in [Style::usual(false), style("")] {
        assert_eq!(paint(&tile, &WHOLE, &style), Err(PaintError::TooLarge));
    }
    assert!(from.elapsed() < Duration::from_secs(1), "{:?}", from.elapsed());
    // As many layers as can be, each with a feature: each is painted in its place.
    let many: Vec<u8> = (0..1_000)
        .flat_map(|n| layer(&format!("layer {n}"), &[point([2048, 2048], vec![])]))
        .collect();
    let from = Instant::now();
    let picture = paint(&many, &WHOLE, &Style::usual(false)).expect("a picture");
    assert_ne!(at(&picture, 128, 128), at(&picture, 9, 9));
    assert!(from.elapsed() < Duration::from_secs(5), "{:?}", from.elapsed());
    // Their names have to be names.
    let long = layer(&"n".repeat(70_000), &[]);
    assert_eq!(try_paint(&long, ""), Err(PaintError::TooLarge));
}

#[test]
fn empty_layers_do_not_make_a_known_tile_unknown() {
    let mut tile = layer("water", &[area([0, 0], [4096, 4096], vec![])]);
    for name in ["x", "y", "z"] {
        tile.extend(layer(name, &[]));
    }
    let picture = paint(&tile, &WHOLE, &Style::usual(false)).expect("a picture");
    assert_eq!(at(&picture, 9, 9), [0xC9, 0xDC, 0xE6, 255]);
}

#[test]
fn formulas_that_double_with_each_step_end() {
    let tile = layer("a", &[point([2048, 2048], vec![("k", Tag::Text("abcdefghij"))])]);
    let from = Instant::now();
    for (first, step) in [
        (r#"["get", "k"]"#, r#"["concat", ["var", "v"], ["var", "v"]]"#),
        (r#"["get", "k"]"#, r#"["semiliteral", [["var", "v"], ["var", "v"]]]"#),
        ("1", r#"["+", ["var", "v"], ["var", "v"]]"#),
    ] {
        let mut formula = r#"["to-string", ["var", "v"]]"#.to_owned();
        for _ in 0..50 {
            formula = format!(r#"["let", "v", {step}, {formula}]"#);
        }
        let formula = format!(r#"["let", "v", {first}, {formula}]"#);
        let layers = format!(
            r#"{{"id": "n", "type": "symbol", "source-layer": "a", "layout": {{"text-field": {formula}}}}}"#
        );
        let names = painted(&tile, &layers).names;
        if first == "1" {
            assert_eq!(names[0].text.zh, (1_u64 << 50).to_string());
        }
    }
    assert!(from.elapsed() < Duration::from_secs(2), "{:?}", from.elapsed());
}

#[test]
fn a_style_that_takes_too_long_with_a_tile_is_stopped() {
    // Without geometry, so that nothing but the formulas takes time.
    let mut content = Vec::new();
    bytes(&mut content, 1, b"a");
    content.extend([0x12, 2, 0x18, 1].repeat(200_000));
    let mut tile = Vec::new();
    bytes(&mut tile, 3, &content);
    let labels = (0..20_000).map(|n| n.to_string()).collect::<Vec<_>>().join(",");
    let layers = format!(
        r#"{{"id": "f", "type": "fill", "source-layer": "a",
            "filter": ["match", 7.5, [{labels}], true, false]}}"#
    );
    let from = Instant::now();
    assert_eq!(try_paint(&tile, &layers), Err(PaintError::TooLarge));
    assert!(from.elapsed() < Duration::from_secs(20), "{:?}", from.elapsed());
}
