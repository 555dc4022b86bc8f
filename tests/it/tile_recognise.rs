//! Files told by what is in them: each tile by its bytes, rows by where they lie, documents by the
//! names in them wherever these stand.

use std::{fs, path::Path};

use jintu::{
    geo::mercator,
    layer::CountyCodes,
    store::{
        layers::{LayerError, OpenOptions, open_layers},
        tiles::{OpenNote, Opened, Web, is_basemap_file, open_basemap},
    },
    tile::{
        Content, Failure, JsonKind, Seen, TileBody, TileId, TileSource, TileSupply as _,
        content_of, json_kind, judge,
    },
};
use rusqlite::{Connection, params};

use crate::{
    temp_folder::TempFolder,
    tile_rig::{rig_of, until},
};

fn open(path: &Path) -> Opened {
    let get = |_: &str| Err(Failure::Unreachable);
    let range = |_: &str, _, _| Err(Failure::Unreachable);
    open_basemap(path.to_str().unwrap(), None, &Web { get: &get, range: &range }).unwrap()
}

fn picture(color: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let image = image::RgbaImage::from_pixel(256, 256, image::Rgba([color, 0, 0, 255]));
    image.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// Rows as they are written into the file.
fn mbtiles(path: &Path, metadata: &[(&str, &str)], tiles: &[(u8, u32, u32, Vec<u8>)]) {
    let file = Connection::open(path).unwrap();
    file.execute_batch(
        "CREATE TABLE metadata (name TEXT, value TEXT); CREATE TABLE tiles (zoom_level INTEGER, \
         tile_column INTEGER, tile_row INTEGER, tile_data BLOB); BEGIN;",
    )
    .unwrap();
    for (name, value) in metadata {
        file.execute("INSERT INTO metadata VALUES (?1, ?2)", [name, value]).unwrap();
    }
    for (z, x, y, bytes) in tiles {
        file.execute("INSERT INTO tiles VALUES (?1, ?2, ?3, ?4)", params![z, x, y, bytes]).unwrap();
    }
    file.execute_batch("COMMIT").unwrap();
}

/// Column and row from the north of the tile at 太原, 112.5° E 37.8° N, by the formula of the slippy
/// map.
fn taiyuan(z: u8) -> (u32, u32) {
    let tiles = f64::from(1_u32 << z);
    let lat = 37.8_f64.to_radians();
    let y = (1.0 - (lat.tan() + 1.0 / lat.cos()).ln() / std::f64::consts::PI) / 2.0;
    let whole = |v: f64| v.floor().to_string().parse().unwrap();
    (whole((112.5 + 180.0) / 360.0 * tiles), whole(y * tiles))
}

const BOUNDS: (&str, &str) = ("bounds", "112.0,37.4,113.0,38.2");

/// Tiles of some zooms around 太原, with the rows from the north or the south.
fn pyramid(zooms: std::ops::RangeInclusive<u8>, from_north: bool) -> Vec<(u8, u32, u32, Vec<u8>)> {
    zooms
        .map(|z| {
            let (x, y) = taiyuan(z);
            (z, x, if from_north { y } else { (1 << z) - 1 - y }, picture(z))
        })
        .collect()
}

/// The first byte of what a tile shows; `None` where there is none.
fn shown(source: &TileSource, tile: TileId) -> Option<u8> {
    let rig = rig_of(source.clone(), None, |_| ());
    rig.service.want(&source.id, &[tile]);
    let seen = || rig.service.seen(&source.id, tile);
    until(10.0, || !matches!(seen(), Seen::Pending));
    match seen() {
        Seen::Ready(picture) => picture.rgba.first().copied(),
        _ => None,
    }
}

#[test]
fn pages_among_tiles_cost_only_themselves() {
    let folder = TempFolder::new("pages");
    let path = folder.path().join("a.mbtiles");
    let mut tiles = vec![(5, 0, 0, b"<!DOCTYPE html><title>403</title>".to_vec())];
    tiles.extend(pyramid(5..=9, false));
    mbtiles(&path, &[BOUNDS], &tiles);
    let opened = open(&path);
    assert_eq!(opened.notes, [OpenNote::NoTiles { strange: 1, tried: 6 }]);
    let source = &opened.sources[0];
    assert_eq!((source.content, source.tile_px), (Content::Raster, 256));
    let (x, y) = taiyuan(9);
    assert_eq!(shown(source, TileId { z: 9, x, y }), Some(9));
    // Among vector tiles too; and a picture among them is shown.
    let vector = || b"\x1A\x02\x0A\x00".to_vec();
    let path = folder.path().join("v.mbtiles");
    let strange = b"{\"message\":\"no\"}".to_vec();
    mbtiles(&path, &[], &[(1, 0, 0, strange), (1, 0, 1, vector()), (1, 1, 1, vector())]);
    assert_eq!(open(&path).sources[0].content, Content::Vector);
    assert!(matches!(judge(&picture(7), Content::Vector), Ok(TileBody::Picture(_))));
    for (bytes, wanted) in [
        (&b"\x89PNG\r\n\x1a\n"[..], Some(Content::Raster)),
        (b"\xFF\xD8\xFF\xE0", Some(Content::Raster)),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", Some(Content::Raster)),
        (b"\x1F\x8B\x08", Some(Content::Vector)),
        (b"\x1A\x03\x0A\x01a", Some(Content::Vector)),
        (b"\xEF\xBB\xBF \n<html>", None),
        (b"{}", None),
        (b"", None),
    ] {
        assert_eq!(content_of(bytes), wanted, "{bytes:?}");
    }
}

#[test]
fn rows_are_read_the_way_that_the_bounds_tell() {
    let folder = TempFolder::new("rows");
    for (name, metadata, from_north) in [
        ("tms", &[BOUNDS][..], false),
        ("xyz", &[BOUNDS], true),
        // What the file says counts only where nothing tells.
        ("wrong", &[BOUNDS, ("scheme", "xyz")], false),
        ("said", &[("scheme", "xyz")], true),
        ("world", &[("bounds", "-180,-85.0511,180,85.0511")], false),
        ("none", &[("bounds", "a,b")], false),
    ] {
        let path = folder.path().join(format!("{name}.mbtiles"));
        mbtiles(&path, metadata, &pyramid(0..=10, from_north));
        let opened = open(&path);
        let told = opened.notes == [OpenNote::RowsFromNorth];
        assert_eq!(told, from_north, "{name} {:?}", opened.notes);
        for z in [0, 6, 10] {
            let (x, y) = taiyuan(z);
            assert_eq!(shown(&opened.sources[0], TileId { z, x, y }), Some(z), "{name} {z}");
        }
    }
}

#[test]
fn a_file_of_one_zoom_has_a_way_to_its_tiles() {
    let folder = TempFolder::new("one-zoom");
    let (x, y) = taiyuan(14);
    let south = |y: u32| (1 << 14) - 1 - y;
    let tiles: Vec<_> = (0..9).map(|i| (14, x + i % 3, south(y + i / 3), picture(1))).collect();
    let path = folder.path().join("a.mbtiles");
    mbtiles(&path, &[], &tiles);
    let opened = open(&path);
    let source = &opened.sources[0];
    assert_eq!((source.min_zoom, source.max_zoom), (14, 14));
    // No bounds are said: those of the tiles, three of them wide.
    let extent = source.extent.unwrap();
    let wide = 360.0 / f64::from(1 << 14);
    assert!((extent.east_deg - extent.west_deg - 3.0 * wide).abs() < 1e-9, "{extent:?}");
    assert!(extent.west_deg <= 112.5 && 112.5 <= extent.east_deg);
    assert!(extent.south_deg <= 37.8 && 37.8 <= extent.north_deg);
    // The way leads into the middle, one tile wide: so near that tiles are asked for.
    let view = source.first_view().unwrap();
    assert!((view.east_deg - view.west_deg - wide).abs() < 1e-9, "{view:?}");
    let middle = mercator::extent_to_mercator(view);
    let middle = TileId::at(
        14,
        jintu::units::Mercator {
            x: f64::midpoint(middle.min.x, middle.max.x),
            y: f64::midpoint(middle.min.y, middle.max.y),
        },
    );
    assert_eq!(middle, TileId { z: 14, x: x + 1, y: y + 1 });
}

#[test]
fn documents_are_told_wherever_their_names_stand() {
    let long = "x".repeat(100_000);
    let style = format!(
        r#"{{"metadata": {{"note": "{long}", "type": "Feature"}}, "name": "\"type\":",
        "layers": [{{"id": "a", "type": "background"}}], "sources": {{}}, "version": 8}}"#
    );
    let tilejson = format!(
        r#"{{"description": "{long}", "type": "overlay",
        "tiles": ["https://h/{{z}}/{{x}}/{{y}}.png"]}}"#
    );
    let said = format!(r#"{{"description": "{long}", "tilejson": "3.0.0"}}"#);
    let late = format!(
        r#"{{"version": 8, "name": "{long}", "type": "FeatureCollection",
        "layers": [], "features": []}}"#
    );
    for (text, wanted) in [
        (style.as_str(), JsonKind::Style),
        (&tilejson, JsonKind::TileJson),
        (&said, JsonKind::TileJson),
        (&late, JsonKind::Other),
        ("\u{feff} {\"version\":8,\"sources\":{}}", JsonKind::Style),
        (r#"{"features": [], "tiles": []}"#, JsonKind::Other),
        (r#"{"type": "Topology", "tiles": []}"#, JsonKind::Other),
        (r#"{"a": {"version": 8, "layers": []}}"#, JsonKind::Other),
        (r#"[{"version": 8, "layers": []}]"#, JsonKind::Other),
        (r#"{"version": 8"#, JsonKind::Other),
        ("", JsonKind::Other),
        ("\"", JsonKind::Other),
        ("}]{", JsonKind::Other),
    ] {
        assert_eq!(json_kind(text.as_bytes()), wanted, "{text:.60}");
    }
    // As layers they are refused, with the way to where they open.
    let folder = TempFolder::new("documents");
    for (name, text) in [("style.json", &style), ("tiles.geojson", &tilejson)] {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        assert!(is_basemap_file(&path));
        let told = open_layers(
            &path,
            &OpenOptions::default(),
            &CountyCodes::new(Vec::new()),
            &false.into(),
            &mut |_| {},
        );
        assert!(matches!(told, Err(LayerError::Refused { what: "basemap", .. })), "{told:?}");
    }
    let path = folder.path().join("late.json");
    fs::write(&path, &late).unwrap();
    assert!(!is_basemap_file(&path));
}
