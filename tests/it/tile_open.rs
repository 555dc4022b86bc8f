//! What a user gives for a basemap.

use std::{
    cell::RefCell,
    fs,
    path::{Path, PathBuf},
};

use jintu::{
    geo::Datum,
    store::tiles::{BasemapOpenError, Opened, Web, is_basemap_file, open_basemap},
    tile::{Access, CacheTerms, Content, Failure, KeyKind, Scheme, TileId, template::expand},
    units::Extent,
};
use rusqlite::{Connection, params};

use crate::temp_folder::TempFolder;

/// What a test's network holds: address and body.
fn open_with(
    text: &str,
    datum: Option<Datum>,
    pages: &[(&str, &[u8])],
) -> Result<Opened, BasemapOpenError> {
    let asked = RefCell::new(Vec::new());
    let page = |url: &str| {
        asked.borrow_mut().push(url.to_owned());
        let found = pages.iter().find(|(known, _)| *known == url);
        found.map(|(_, body)| body.to_vec()).ok_or(Failure::Unreachable)
    };
    let range = |url: &str, from: u64, length: u64| {
        let (from, length) = (usize::try_from(from).unwrap(), usize::try_from(length).unwrap());
        page(url)?.get(from..from + length).map(<[u8]>::to_vec).ok_or(Failure::File)
    };
    open_basemap(text, datum, &Web { get: &page, range: &range })
}

fn open(text: &str) -> Result<Opened, BasemapOpenError> {
    open_with(text, None, &[])
}

fn open_path(path: &Path) -> Result<Opened, BasemapOpenError> {
    open(path.to_str().unwrap())
}

fn only(opened: Opened) -> jintu::tile::TileSource {
    assert_eq!(opened.sources.len(), 1);
    opened.sources.into_iter().next().unwrap()
}

fn picture(px: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbaImage::new(px, px).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn mbtiles(path: &Path, metadata: &[(&str, &str)], tiles: &[(u8, u32, u32, &[u8])]) {
    let file = Connection::open(path).unwrap();
    file.execute_batch(
        "CREATE TABLE metadata (name TEXT, value TEXT); CREATE TABLE tiles (zoom_level INTEGER, \
         tile_column INTEGER, tile_row INTEGER, tile_data BLOB);",
    )
    .unwrap();
    for (name, value) in metadata {
        file.execute("INSERT INTO metadata VALUES (?1, ?2)", [name, value]).unwrap();
    }
    for (z, x, y, bytes) in tiles {
        file.execute("INSERT INTO tiles VALUES (?1, ?2, ?3, ?4)", params![z, x, y, bytes]).unwrap();
    }
}

#[test]
fn names_of_presets_open_them() {
    assert_eq!(open("天地图矢量").unwrap().sources.len(), 2);
    assert!(open(" offline ").unwrap().sources.is_empty());
    assert!(matches!(open("nowhere"), Err(BasemapOpenError::Unknown(_))));
    assert!(matches!(open(""), Err(BasemapOpenError::Unknown(_))));
}

#[test]
fn a_template_is_a_source_with_a_steady_id() {
    let source = only(open("https://tiles.example/{z}/{x}/{y}.png").unwrap());
    assert_eq!(
        (source.datum, source.cache, source.key),
        (Datum::Wgs84, CacheTerms::Packages, KeyKind::None)
    );
    assert_eq!(source.name.zh, "tiles.example");
    // The id is a file's name in caches of earlier runs: it must never change.
    assert_eq!(source.id, "own-064133afdbbb79b8");
    let vector = only(open("https://h/{z}/{x}/{y}.pbf?v=1").unwrap());
    assert_eq!((vector.content, vector.tile_px), (Content::Vector, 512));
    let usual = only(open("https://{s}.h/{z}/{x}/{y}").unwrap());
    let Access::Template { subdomains, .. } = usual.access else { panic!() };
    assert_eq!(subdomains, ["a", "b", "c"]);
    assert!(matches!(open("https://h/{z}/{x}"), Err(BasemapOpenError::Address { .. })));
    assert!(matches!(open("h/{z}/{x}/{y}"), Err(BasemapOpenError::Address { .. })));
    assert!(matches!(open("ftp://h/a.json"), Err(BasemapOpenError::Address { .. })));
}

#[test]
fn any_placeholder_anywhere_makes_an_address_one_of_tiles() {
    let kvp = "https://h/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=a&STYLE={Style}\
        &TILEMATRIXSET={TileMatrixSet}&FORMAT=image/png&TILEMATRIX={TileMatrix}&TILEROW={TILEROW}\
        &TILECOL={tilecol}";
    let tile = TileId { z: 3, x: 1, y: 2 };
    let asked = |text: &str| {
        expand(&only(open(text).unwrap()), tile, None).unwrap().secret_url().to_owned()
    };
    assert_eq!(
        asked(kvp),
        "https://h/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=a&STYLE=default\
         &TILEMATRIXSET=GoogleMapsCompatible&FORMAT=image/png&TILEMATRIX=3&TILEROW=2&TILECOL=1"
    );
    assert_eq!(asked("https://h/t?l={LEVEL}&c={Col}&r={Row}"), "https://h/t?l=3&c=1&r=2");
    assert_eq!(asked("https://h/t?q={QuadKey}"), "https://h/t?q=021");
    assert_eq!(asked("https://h/t?z=%7Bz%7D&x=%7Bx%7D&y=%7By%7D"), "https://h/t?z=3&x=1&y=2");
    let secret = open("https://h/;key=QZX/tiles/%7Bz%7D/%7Bx%7D/%7By%7D.png").unwrap();
    assert_eq!(secret.key.as_deref(), Some("QZX"));
    let Access::Template { url, .. } = only(secret).access else { panic!() };
    assert_eq!(url, "https://h/;key={key}/tiles/{z}/{x}/{y}.png");
}

#[test]
fn a_typed_address_of_a_known_service_gets_its_datum_and_terms() {
    let amap = "https://webrd0{1-4}.is.autonavi.com/appmaptile?style=8&x={x}&y={y}&z={z}";
    let source = only(open(amap).unwrap());
    assert_eq!((source.datum, source.cache), (Datum::Gcj02, CacheTerms::Forbidden));
    assert!(!source.credit.zh.is_empty());
    let source = only(open_with(amap, Some(Datum::Wgs84), &[]).unwrap());
    assert_eq!(source.datum, Datum::Wgs84);
    let osm = only(open("https://tile.openstreetmap.org/{z}/{x}/{y}.png").unwrap());
    assert_eq!(osm.cache, CacheTerms::SeenOnly);
}

#[test]
fn a_key_in_an_address_is_nowhere_in_the_source() {
    let text =
        "https://t0.tianditu.gov.cn/img_w/wmts?TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=QZX";
    let opened = open(text).unwrap();
    assert_eq!(opened.key.as_deref(), Some("QZX"));
    assert!(!format!("{opened:?}").contains("QZX"));
    let source = only(opened.clone());
    assert_eq!((source.key, source.datum), (KeyKind::Tianditu, Datum::Cgcs2000));
    assert!(!serde_json::to_string(&source).unwrap().contains("QZX"));
    let url = expand(&source, TileId { z: 3, x: 1, y: 2 }, opened.key.as_deref()).unwrap();
    assert_eq!(url.secret_url(), text.replace("{z}", "3").replace("{y}", "2").replace("{x}", "1"));
    // Another key, the same basemap.
    let other = only(open(&text.replace("QZX", "ABC")).unwrap());
    assert_eq!(other.id, source.id);
    for wrong in
        ["https://h/{z}/{x}?tk=QZX", "https://h/a.json?key=QZX", "https://h/a.pmtiles?sig=QZX"]
    {
        let told = format!("{0} {0:?}", open(wrong).unwrap_err());
        assert!(!told.contains("QZX"), "{told}");
    }
}

const TILEJSON: &str = r#"{"tilejson":"3.0.0","name":"路网","tiles":["t/{z}/{x}/{y}.png?key=QZX"],
    "minzoom":3,"maxzoom":14,"scheme":"tms","bounds":[111,37,113,39],
    "attribution":"<a href='https://x'>&copy; 某局</a> &amp; others"}"#;

#[test]
fn tilejson_is_read() {
    let at = "https://h/maps/a.json";
    let opened = open_with(at, None, &[(at, TILEJSON.as_bytes())]).unwrap();
    assert_eq!(opened.key.as_deref(), Some("QZX"));
    let source = only(opened);
    assert_eq!((source.min_zoom, source.max_zoom), (3, 14));
    assert_eq!((source.name.zh.as_str(), source.credit.zh.as_str()), ("路网", "© 某局 & others"));
    let extent = Extent { west_deg: 111.0, south_deg: 37.0, east_deg: 113.0, north_deg: 39.0 };
    assert_eq!((source.extent, source.key), (Some(extent), KeyKind::Custom));
    let url = expand(&source, TileId { z: 3, x: 1, y: 2 }, Some("k")).unwrap();
    assert_eq!(url.secret_url(), "https://h/maps/t/3/1/5.png?key=k");
    let Access::Template { scheme, .. } = source.access else { panic!() };
    assert_eq!(scheme, Scheme::Tms);

    let vector = r#"{"tilejson":"2.2.0","tiles":["https://h/{z}/{x}/{y}"],"vector_layers":[],
        "maxzoom":"12","bounds":[-180,-85.0511,180,85.0511]}"#;
    let source = only(open_with(at, None, &[(at, vector.as_bytes())]).unwrap());
    assert_eq!((source.content, source.max_zoom, source.extent), (Content::Vector, 12, None));
}

#[test]
fn broken_descriptions_are_told() {
    let at = "https://h/a";
    for body in [
        "{",
        "{}",
        r#"{"tiles":[]}"#,
        r#"{"tiles":[3]}"#,
        r#"{"tiles":["ftp://h/{z}/{x}/{y}"]}"#,
        r#"{"tiles":["https://h/{z}"]}"#,
        r#"{"tiles":["https://h/{z}/{x}/{y}"],"minzoom":9,"maxzoom":2}"#,
    ] {
        let told = open_with(at, None, &[(at, body.as_bytes())]).unwrap_err();
        assert!(matches!(told, BasemapOpenError::TileJson { .. }), "{body} {told:?}");
    }
    for body in ["", "hello", "\u{0}\u{1}", "[1]"] {
        let told = open_with(at, None, &[(at, body.as_bytes())]).unwrap_err();
        assert!(matches!(told, BasemapOpenError::Strange(_)), "{body} {told:?}");
    }
    let told = open_with(at, None, &[(at, b"<html/>")]).unwrap_err();
    assert!(matches!(told, BasemapOpenError::Wmts { .. }));
    assert!(matches!(open(at), Err(BasemapOpenError::Fetch { reason: Failure::Unreachable, .. })));
    // Odd values do not cost the map.
    let odd = r#"{"tiles":["https://h/{z}/{x}/{y}"],"minzoom":-3,"maxzoom":99,"bounds":[1,2,"x"],
        "name":7,"attribution":[],"scheme":3}"#;
    let source = only(open_with(at, None, &[(at, odd.as_bytes())]).unwrap());
    assert_eq!((source.min_zoom, source.max_zoom, source.extent), (0, 24, None));
}

#[test]
fn mbtiles_tell_what_is_in_them() {
    let folder = TempFolder::new("open-mbtiles");
    let path = folder.path().join("太原.mbtiles");
    let tile = picture(512);
    let metadata = [
        ("name", "太原影像"),
        ("format", "jpg"),
        ("bounds", "111.5,37.4,113.1,38.4"),
        ("attribution", "<b>某局</b>"),
        ("minzoom", "0"),
        ("maxzoom", "22"),
        ("jintu_datum", "gcj02"),
    ];
    mbtiles(&path, &metadata, &[(5, 26, 19, &tile), (7, 104, 78, &tile)]);
    let source = only(open_path(&path).unwrap());
    // The metadata claims more than there is.
    assert_eq!((source.min_zoom, source.max_zoom), (5, 7));
    assert_eq!(
        (source.content, source.tile_px, source.datum),
        (Content::Raster, 512, Datum::Gcj02)
    );
    assert_eq!((source.name.zh.as_str(), source.credit.zh.as_str()), ("太原影像", "某局"));
    assert!((source.extent.unwrap().west_deg - 111.5).abs() < 1e-9);
    assert!(matches!(&source.access, Access::Mbtiles(there) if there.ends_with("太原.mbtiles")));
    assert_eq!(only(open_path(&path).unwrap()).id, source.id);
    let address = format!("file://{}", path.display()).replace("太原", "%E5%A4%AA%E5%8E%9F");
    assert_eq!(only(open(&address).unwrap()).id, source.id);

    let bare = folder.path().join("bare.mbtiles");
    mbtiles(&bare, &[("bounds", "nan,1,2,x")], &[(3, 0, 0, &[0x1F, 0x8B, 8, 0])]);
    let source = only(open_path(&bare).unwrap());
    assert_eq!((source.content, source.name.zh.as_str()), (Content::Vector, "bare"));
    // What is not said is as far as the tiles reach: an eighth of the way round, row 0 in the south.
    let extent = source.extent.unwrap();
    let sides = [extent.west_deg, extent.east_deg, extent.south_deg];
    assert!(sides.iter().zip([-180.0, -135.0, -85.0511]).all(|(a, b)| (a - b).abs() < 1e-3));

    let empty = folder.path().join("empty.mbtiles");
    mbtiles(&empty, &[], &[]);
    assert!(matches!(open_path(&empty), Err(BasemapOpenError::Empty(_))));
    let deep = folder.path().join("deep.mbtiles");
    mbtiles(&deep, &[], &[(3, 0, 0, &tile), (90, 0, 0, &tile)]);
    assert!(matches!(open_path(&deep), Err(BasemapOpenError::File(_))));
}

/// Header of version 3 (127 bytes), a root directory of one tile, metadata, the tile.
fn pmtiles(kind: u8, compression: u8, zooms: (u8, u8)) -> Vec<u8> {
    let (directory, metadata): (&[u8], &[u8]) =
        (&[1, 0, 1, 4, 1], br#"{"name":"nets","attribution":"<i>me</i>"}"#);
    let mut out = b"PMTiles\x03".to_vec();
    let (root, words) = (127_u64, 127 + directory.len() as u64);
    let tiles = words + metadata.len() as u64;
    for value in
        [root, directory.len() as u64, words, metadata.len() as u64, tiles, 0, tiles, 4, 1, 1, 1]
    {
        out.extend(value.to_le_bytes());
    }
    out.extend([1, compression, 1, kind, zooms.0, zooms.1]);
    for e7 in [1_110_000_000_i32, 370_000_000, 1_130_000_000, 390_000_000] {
        out.extend(e7.to_le_bytes());
    }
    out.extend([5; 9]);
    assert_eq!(out.len(), 127);
    out.extend(directory);
    out.extend(metadata);
    out.extend([1, 2, 3, 4]);
    out
}

#[test]
fn pmtiles_tell_their_zooms_near_and_far() {
    let folder = TempFolder::new("open-pmtiles");
    let bytes = pmtiles(2, 1, (2, 17));
    let path = folder.path().join("a.pmtiles");
    fs::write(&path, &bytes).unwrap();
    let near = only(open_path(&path).unwrap());
    let at = "https://h/a.pmtiles?key=QZX";
    let opened = open_with(at, None, &[(at, &bytes)]).unwrap();
    assert_eq!(opened.key.as_deref(), Some("QZX"));
    let far = only(opened);
    assert!(
        matches!(&far.access, Access::PmtilesHttp(url) if url == "https://h/a.pmtiles?key={key}")
    );
    for source in [near, far] {
        assert_eq!((source.min_zoom, source.max_zoom, source.tile_px), (2, 17, 256));
        assert_eq!((source.name.zh.as_str(), source.credit.zh.as_str()), ("nets", "me"));
        assert!((source.extent.unwrap().east_deg - 113.0).abs() < 1e-9);
    }
    for (bytes, word) in [
        (pmtiles(5, 1, (0, 3)), "neither"),
        (pmtiles(1, 3, (0, 3)), "gzip"),
        (pmtiles(1, 1, (9, 3)), "damaged"),
        (bytes.get(..100).unwrap().to_vec(), "damaged"),
        ([b"PMTiles\x02".to_vec(), vec![0; 119]].concat(), "version 2"),
    ] {
        fs::write(&path, &bytes).unwrap();
        let told = open_path(&path).unwrap_err().to_string();
        assert!(told.contains(word), "{told}");
    }
    fs::write(&path, &bytes[..130]).unwrap();
    assert!(matches!(open_path(&path), Err(BasemapOpenError::File(_))));
}

#[test]
fn folders_of_tiles_open() {
    let folder = TempFolder::new("open-folder");
    let root = folder.path().join("tiles");
    fs::create_dir_all(root.join("7/104")).unwrap();
    fs::create_dir_all(root.join("notes")).unwrap();
    assert!(matches!(open_path(&root), Err(BasemapOpenError::Folder(_))));
    fs::write(root.join("7/104/readme.txt"), "x").unwrap();
    assert!(matches!(open_path(&root), Err(BasemapOpenError::Folder(_))));
    fs::write(root.join("7/104/49.png"), picture(256)).unwrap();
    fs::create_dir_all(root.join("9")).unwrap();
    let source = only(open_path(&root).unwrap());
    assert_eq!((source.min_zoom, source.max_zoom, source.tile_px), (7, 9, 256));
    assert!(matches!(source.access, Access::Folder(_, Scheme::Xyz)));
    fs::write(root.join("tilemapresource.xml"), "<TileMap/>").unwrap();
    assert!(matches!(only(open_path(&root).unwrap()).access, Access::Folder(_, Scheme::Tms)));
    assert!(is_basemap_file(&root));
    assert!(!is_basemap_file(folder.path()));
}

#[test]
fn files_are_told_apart_by_what_is_in_them() {
    let folder = TempFolder::new("open-files");
    let write = |name: &str, bytes: &[u8]| -> PathBuf {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let json = write("a.json", TILEJSON.replace("t/{z}", "https://h/{z}").as_bytes());
    assert!(is_basemap_file(&json));
    assert_eq!(only(open_path(&json).unwrap()).max_zoom, 14);
    let geojson = write("b.json", br#"{"type":"FeatureCollection","features":[]}"#);
    assert!(!is_basemap_file(&geojson));
    assert!(matches!(open_path(&geojson), Err(BasemapOpenError::TileJson { .. })));
    for (name, bytes) in [
        ("empty.mbtiles", &b""[..]),
        ("text.pmtiles", b"hello"),
        ("cut.mbtiles", b"SQLite format 3\0garbage"),
        ("picture.png", b"\x89PNG\r\n\x1a\n"),
    ] {
        let path = write(name, bytes);
        let told = open_path(&path).unwrap_err();
        assert!(matches!(told, BasemapOpenError::File(_)), "{name} {told:?}");
        // The path comes last.
        assert!(told.to_string().ends_with(name), "{told}");
    }
    let gpkg = folder.path().join("a.gpkg");
    Connection::open(&gpkg).unwrap().execute_batch("CREATE TABLE gpkg_contents (a)").unwrap();
    assert!(!is_basemap_file(&gpkg));
    assert!(matches!(open_path(&gpkg), Err(BasemapOpenError::File(_))));
}
