//! Vector tiles from outside: styles that are opened, tiles that are painted, names that come along.

use std::{fs, io::Write as _, time::Duration};

use flate2::{Compression, write::GzEncoder};
use jintu::{
    store::tiles::{BasemapOpenError, Paint as _, TilePaint, Web, is_basemap_file, open_basemap},
    tile::{
        Access, CacheTerms, Content, Failure, Seen, TileId, TileLook, TileNameKind, TileSource,
        TileSupply as _,
    },
};

use crate::{
    mvt::tile::{Tag, area, layer, point},
    temp_folder::TempFolder,
    tile_rig::{rig_of, source, until},
    tile_server::{Answer, Server},
};

const STYLE: &str = r##"{
  "version": 8, "name": "自家样式",
  "sources": {
    "main": {"type": "vector", "tiles": ["https://own.example/{z}/{x}/{y}.pbf?key=SECRETKEY123"],
             "minzoom": 2, "maxzoom": 12, "attribution": "<a href='x'>© 自家</a>"},
    "other": {"type": "raster", "tiles": ["https://other.example/{z}/{x}/{y}.png"]}},
  "layers": [
    {"id": "w", "type": "fill", "source": "main", "source-layer": "water",
     "paint": {"fill-color": "#102030"}, "metadata": {"note": "long"}},
    {"id": "o", "type": "raster", "source": "other"}]}"##;

fn open(text: &str) -> Result<jintu::store::tiles::Opened, BasemapOpenError> {
    let none = |_: &str| Err(Failure::Unreachable);
    let range = |_: &str, _, _| Err(Failure::Unreachable);
    open_basemap(text, None, &Web { get: &none, range: &range })
}

fn style_file(folder: &TempFolder, text: &str) -> String {
    let path = folder.path().join("style.json");
    fs::write(&path, text).unwrap();
    path.display().to_string()
}

#[test]
fn a_style_brings_its_tiles_and_leaves_its_key_with_the_keys() {
    let folder = TempFolder::new("style");
    let path = style_file(&folder, STYLE);
    assert!(is_basemap_file(path.as_ref()));
    let opened = open(&path).unwrap();
    assert_eq!(opened.key.as_deref(), Some("SECRETKEY123"));
    assert_eq!(opened.left_out, ["o"]);
    let [source] = opened.sources.as_slice() else { panic!("{:?}", opened.sources) };
    assert_eq!((source.content, source.tile_px), (Content::Vector, 512));
    assert_eq!((source.min_zoom, source.max_zoom), (2, 12));
    assert_eq!((source.name.zh.as_str(), source.credit.zh.as_str()), ("自家样式", "© 自家"));
    // What is kept in the settings has the look and no address of the style's.
    let kept = serde_json::to_string(source).unwrap();
    assert!(!kept.contains("SECRETKEY123") && kept.contains("#102030"), "{kept}");
    assert!(!source.style.as_ref().unwrap().contains("other.example"));
    let again: TileSource = serde_json::from_str(&kept).unwrap();
    assert_eq!(&again, source);
}

#[test]
fn sources_kept_by_an_earlier_version_have_no_style() {
    let mut kept = serde_json::to_value(source("https://a.example/{z}/{x}/{y}".into())).unwrap();
    kept.as_object_mut().unwrap().remove("style");
    assert_eq!(serde_json::from_value::<TileSource>(kept).unwrap().style, None);
}

#[test]
fn styles_that_are_none_say_why() {
    let folder = TempFolder::new("style");
    for (text, why) in [
        (r#"{"version": 7, "sources": {}, "layers": []}"#, "version"),
        (r#"{"version": 8, "sources": {}, "layers": []}"#, "no vector tiles"),
        (&STYLE.replace("https://own.example", "mapbox:/own"), "no vector tiles"),
        (&STYLE.replace("https://own.example", "ftp://own.example"), "http"),
    ] {
        let told = open(&style_file(&folder, text)).unwrap_err().to_string();
        assert!(told.to_lowercase().contains(why), "{told}");
        assert!(!told.contains("SECRETKEY123"), "{told}");
    }
}

fn water() -> Vec<u8> {
    let mut tile = layer("water", &[area([0, 0], [2048, 2048], vec![])]);
    tile.extend(layer(
        "place",
        &[point([1024, 1024], vec![("name", Tag::Text("清徐")), ("class", Tag::Text("town"))])],
    ));
    tile
}

fn vector_source(url: String) -> TileSource {
    let mut source = source(url);
    (source.content, source.tile_px, source.max_zoom) = (Content::Vector, 512, 10);
    source.cache = CacheTerms::SeenOnly;
    source
}

#[test]
fn water_is_painted_and_the_town_is_named() {
    let paint = TilePaint::default();
    let source = vector_source("https://a.example/{z}/{x}/{y}.pbf".into());
    let tile = TileId { z: 10, x: 832, y: 395 };
    let picture = paint.paint(&source, tile, tile, &water()).unwrap();
    assert_eq!((picture.width_px, picture.height_px), (512, 512));
    let pixel = |picture: &jintu::tile::TilePicture, x: usize, y: usize| {
        let start = (y * picture.width_px as usize + x) * 4;
        picture.rgba[start..start + 4].to_vec()
    };
    assert_ne!(pixel(&picture, 100, 100), pixel(&picture, 400, 400));
    let [name] = picture.names.as_slice() else { panic!("{:?}", picture.names) };
    assert_eq!((name.text.zh.as_str(), name.kind), ("清徐", TileNameKind::Place));
    assert!(
        (name.at.x - 832.25 / 1024.0).abs() < 1e-9 && (name.at.y - 395.25 / 1024.0).abs() < 1e-9
    );

    // Its north-western child, from the same bytes, is water all over.
    let child = TileId { z: 11, x: 1664, y: 790 };
    let near = paint.paint(&source, child, tile, &water()).unwrap();
    assert_eq!(pixel(&near, 20, 20), pixel(&near, 490, 490));
    assert_eq!(pixel(&near, 20, 20), pixel(&picture, 100, 100));

    // Dark and dense is another picture.
    assert!(paint.set_look(TileLook { dark: true, dense: true }));
    assert!(!paint.set_look(TileLook { dark: true, dense: true }));
    let dark = paint.paint(&source, tile, tile, &water()).unwrap();
    assert_eq!(dark.width_px, 1024);
    assert_ne!(pixel(&dark, 200, 200), pixel(&picture, 100, 100));
    assert_eq!(paint.paint(&source, tile, tile, b"\x1a\xff"), Err(Failure::Damaged));
}

#[test]
fn zooms_beyond_the_source_are_painted_from_its_last() {
    let source = vector_source(String::new());
    assert_eq!(source.shown_max_zoom(), 16);
    let near = TileId { z: 13, x: 6661, y: 3167 };
    assert_eq!(source.data_tile(near), TileId { z: 10, x: 832, y: 395 });
    let far = TileId { z: 9, x: 416, y: 197 };
    assert_eq!(source.data_tile(far), far);
    let raster = TileSource { content: Content::Raster, ..source };
    assert_eq!((raster.shown_max_zoom(), raster.data_tile(near)), (10, near));
}

#[test]
fn a_server_of_vector_tiles_is_shown_beyond_its_zooms_too() {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&water()).unwrap();
    let body = packed.finish().unwrap();
    let server = Server::start(move |_| Answer::Full(200, Vec::new(), body.clone()));
    let source = vector_source(server.url("/{z}/{x}/{y}.pbf"));
    assert!(matches!(source.access, Access::Template { .. }));
    let id = source.id.clone();
    let rig = rig_of(source, None, |options| options.patience.whole = Duration::from_secs(5));
    let wanted: Vec<TileId> =
        (0..4).map(|i| TileId { z: 12, x: 3328 + i % 2, y: 1580 + i / 2 }).collect();
    rig.service.want(&id, &wanted);
    let ready =
        |tile: &TileId| matches!(rig.service.seen(&id, *tile), Seen::Ready(p) if p.width_px == 512);
    assert!(until(8.0, || wanted.iter().all(ready)));
    assert!(server.requests().iter().all(|r| r.path.starts_with("/10/832/395")));

    // Another look: everything is painted anew.
    rig.service.set_look(TileLook { dark: true, dense: true });
    let dense = |tile: &TileId| matches!(rig.service.seen(&id, *tile), Seen::Ready(p) if p.width_px == 1024);
    assert!(until(8.0, || wanted.iter().all(dense)));
}
