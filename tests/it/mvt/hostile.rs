//! Bytes and styles that mean harm: errors are fine, panics and endless work are not.

use jintu::mvt::{PaintError, Request, Style, paint};

use super::{
    WHOLE, style,
    tile::{Item, Tag, area, bytes, layer, layer_with, line, point, square, varint},
    try_paint,
};

const ALL: &str = r#"
    {"id": "f", "type": "fill", "source-layer": "a", "paint": {"fill-outline-color": "red"}},
    {"id": "l", "type": "line", "source-layer": "a", "filter": ["has", "k"], "paint": {
        "line-width": ["get", "k"], "line-gap-width": 3, "line-dasharray": [3, 1]},
        "layout": {"line-cap": "round", "line-join": "round"}},
    {"id": "c", "type": "circle", "source-layer": "a", "paint": {"circle-stroke-width": 2}},
    {"id": "s", "type": "symbol", "source-layer": "a", "layout": {"text-field": "{k} {name}"}}"#;

fn sample() -> Vec<u8> {
    let tags = || vec![("k", Tag::Double(3.5)), ("name", Tag::Text("名"))];
    let mut hole = square([500, 500], [900, 900]);
    hole.reverse();
    layer(
        "a",
        &[
            Item { kind: 3, parts: vec![square([0, 0], [2000, 2000]), hole], tags: tags() },
            line(&[[0, 0], [3000, 100], [-900, 5000], [4000, 4000]], tags()),
            point([2048, 2048], tags()),
        ],
    )
}

/// The same numbers each time, of which no bit is like the next.
fn random(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

fn index(state: &mut u64, length: usize) -> usize {
    usize::try_from(random(state) >> 11).expect("64 bits") % length
}

#[test]
fn truncated_tiles_do_not_panic() {
    let (tile, layers) = (sample(), style(ALL));
    let small = Request { size_px: 64, ..WHOLE };
    assert!(paint(&tile, &small, &layers).is_ok());
    for length in 0..tile.len() {
        let cut = paint(&tile[..length], &small, &layers);
        assert!(length == 0 || cut.is_err(), "{length}");
    }
}

#[test]
fn flipped_bytes_do_not_panic() {
    let (tile, layers) = (sample(), style(ALL));
    let mut state = 0x2545_f491_4f6c_dd1d;
    for round in 0..4000 {
        let mut bad = tile.clone();
        for _ in 0..=round % 4 {
            let at = index(&mut state, bad.len());
            bad[at] ^= random(&mut state).to_le_bytes()[7] | 1;
        }
        let request = Request { size_px: 48, ..WHOLE };
        let _ = paint(&bad, &request, &layers);
    }
}

#[test]
fn random_bytes_do_not_panic() {
    let mut state = 0x9e37_79b9_7f4a_7c15;
    for length in 0..600 {
        let noise: Vec<u8> = (0..length).map(|_| random(&mut state).to_le_bytes()[6]).collect();
        // As a tile, and as the geometry of a feature of each kind.
        let _ = try_paint(&noise, "");
        for kind in 1..=3 {
            let mut feature = vec![];
            varint(&mut feature, 3 << 3);
            varint(&mut feature, kind);
            bytes(&mut feature, 4, &noise);
            let (mut content, mut tile) = (vec![], vec![]);
            bytes(&mut content, 1, b"a");
            bytes(&mut content, 2, &feature);
            bytes(&mut tile, 3, &content);
            let request = Request { size_px: 32, ..WHOLE };
            assert!(paint(&tile, &request, &style(ALL)).is_ok());
        }
    }
}

#[test]
fn layers_without_extent_or_of_unknown_version_are_damaged() {
    for (extent, version) in [(0, 2), (u64::MAX, 2), (4096, 0), (4096, 3)] {
        let tile = layer_with("a", extent, version, &[area([0, 0], [9, 9], vec![])]);
        assert!(matches!(try_paint(&tile, ALL), Err(PaintError::Damaged(_))));
    }
}

#[test]
fn coordinates_far_off_are_cut() {
    let (low, high) = (i32::MIN / 2 + 9, i32::MAX / 2);
    let tags = || vec![("k", Tag::Double(9.0))];
    let items = [
        area([low, low], [high, high], tags()),
        line(&[[low, low], [high, high], [high, low], [low, high], [2048, 2048]], tags()),
        line(&[[low, 2048], [high, 2048]], vec![("k", Tag::Double(f64::INFINITY))]),
        line(&[[low, 2048], [high, 2048]], vec![("k", Tag::Double(1e300))]),
        line(&[[7, 7]], tags()),
        point([high, high], tags()),
    ];
    for extent in [1, 4096, u64::from(u32::MAX)] {
        let tile = layer_with("a", extent, 2, &items);
        for shown in [(0, 0, 0), (30, 1 << 29, 1 << 29)] {
            let request = Request { shown, ..WHOLE };
            let picture = paint(&tile, &request, &style(ALL)).expect("a picture");
            assert!(picture.names.iter().all(|n| n.at.iter().all(|v| (0.0..1.0).contains(v))));
        }
    }
}

#[test]
fn too_many_vertices_are_too_large() {
    let zigzag: Vec<[i32; 2]> = (0..1_600_000).map(|i| [i % 2, 0]).collect();
    let tile = layer("a", &[line(&zigzag, vec![])]);
    let two = r#"{"id": "f", "type": "symbol", "source-layer": "a", "layout": {"text-field": "x"}},
        {"id": "l", "type": "symbol", "source-layer": "a", "layout": {"text-field": "y"}}"#;
    assert_eq!(try_paint(&tile, two), Err(PaintError::TooLarge));
    // Fewer, but each from edge to edge.
    let across: Vec<[i32; 2]> = (0..60_000).map(|i| [i % 2 * 4096, i % 4096]).collect();
    let tile = layer("a", &[line(&across, vec![])]);
    let lines = r#"{"id": "l", "type": "line", "source-layer": "a"}"#;
    assert_eq!(try_paint(&tile, lines), Err(PaintError::TooLarge));
    // As many empty features.
    let mut content = vec![];
    bytes(&mut content, 1, b"a");
    content.extend([0x12, 0].repeat(1_100_000));
    let mut tile = vec![];
    bytes(&mut tile, 3, &content);
    assert_eq!(try_paint(&tile, ""), Err(PaintError::TooLarge));
}

#[test]
fn large_counts_reserve_nothing() {
    let mut geometry = vec![];
    for _ in 0..50_000 {
        // A ring of its own for each few bytes.
        geometry.extend([9, 2, 2, 18, 2, 0, 0, 2, 15]);
    }
    varint(&mut geometry, u64::MAX);
    let mut feature = vec![0x18, 3];
    bytes(&mut feature, 4, &geometry);
    let (mut content, mut tile) = (vec![], vec![]);
    bytes(&mut content, 1, b"a");
    bytes(&mut content, 2, &feature);
    bytes(&mut tile, 3, &content);
    let _ = try_paint(&tile, ALL);
}

#[test]
fn nested_expressions_do_not_overflow() {
    for depth in [10, 63, 64, 65, 100, 120] {
        for open in [r#"["!", "#, r#"["all", "#, r#"["none", "#, r#"["case", true, 1, "#] {
            let nested = format!("{}true{}", open.repeat(depth), "]".repeat(depth));
            let json = format!(
                r#"{{"version": 8, "layers": [{{"id": "a", "type": "fill", "source-layer": "a",
                    "filter": {nested}, "paint": {{"fill-opacity": {nested}}}}}]}}"#
            );
            if let Ok(style) = Style::parse(&json) {
                assert!(paint(&sample(), &WHOLE, &style).is_ok());
            }
        }
    }
}
