//! Every reader of something that comes from outside: its seeds, its words, and how it is driven.

use std::{
    path::Path,
    sync::{OnceLock, atomic::AtomicBool},
};

use jintu::{
    geo::{Crs, crs_wkt, mercator},
    layer::{ChunkBuilder, CountyCodes, wkb, wkt},
    mvt::{Request, Style, paint},
    plan,
    search::positions,
    store::{
        layers::{FORMATS, OpenOptions, open_layers},
        outline_file, papers,
        tiles::{
            Web,
            archives::{Archive, FileRange, Pmtiles},
            open_basemap,
        },
    },
    tile::{Content, Failure, TileId, judge, tilejson, wmts},
    units::LonLat,
};

use crate::{
    case::Case,
    seeds,
    tokens::{BINARY, DXF, JSON, PLAN, SHEET, SQL, STYLE, TEXT, XML},
};

pub struct Reader {
    pub name: &'static str,
    pub seeds: fn() -> Vec<Case>,
    /// Words of the format, put in where they do not belong.
    pub tokens: &'static [&'static str],
    /// Whether it takes something of the input; the folder is empty.
    pub read: fn(&Case, &Path) -> bool,
}

macro_rules! reader {
    ($name:literal, $seeds:path, $tokens:expr, $read:expr) => {
        Reader { name: $name, seeds: $seeds, tokens: $tokens, read: $read }
    };
}

pub static READERS: [Reader; 29] = [
    reader!("GeoPackage", seeds::geopackage, SQL, layers),
    reader!("FlatGeobuf", seeds::flatgeobuf, BINARY, layers),
    reader!("Shapefile", seeds::shapefile, BINARY, layers),
    reader!("Shapefile-ZIP", seeds::shapefile_zip, BINARY, layers),
    reader!("OVKML", seeds::ovkml, XML, layers),
    reader!("KML", seeds::kml, XML, layers),
    reader!("KMZ", seeds::kmz, XML, layers),
    reader!("GPX", seeds::gpx, XML, layers),
    reader!("OVJSN", seeds::ovjsn, JSON, layers),
    reader!("DXF", seeds::dxf, DXF, layers),
    reader!("TopoJSON", seeds::topology, JSON, layers),
    reader!("EsriJSON", seeds::esri, JSON, layers),
    reader!("GeoJSON", seeds::geojson, JSON, layers),
    reader!("XLSX", seeds::xlsx, SHEET, layers),
    reader!("ODS", seeds::ods, SHEET, layers),
    reader!("XLS", seeds::xls, BINARY, layers),
    reader!("parcels", seeds::parcels, TEXT, layers),
    reader!("CSV", seeds::csv, TEXT, layers),
    reader!("WKB", seeds::wkb, BINARY, read_wkb),
    reader!("WKT", seeds::wkt, TEXT, read_wkt),
    reader!("systems", seeds::systems, TEXT, read_systems),
    reader!("plan", seeds::plan, PLAN, read_plan),
    reader!("DOCX", seeds::docx, XML, read_paper),
    reader!("PDF", seeds::pdf, BINARY, read_paper),
    reader!("vector-tile", seeds::vector_tiles, BINARY, read_tile),
    reader!("style", seeds::style, STYLE, read_style),
    reader!("PMTiles", seeds::pmtiles, BINARY, read_pmtiles),
    reader!("MBTiles", seeds::mbtiles, SQL, read_basemap),
    reader!("tile-words", seeds::tile_documents, JSON, read_documents),
];

/// How many formats of layers there are: a new one needs its row above.
const _: () = assert!(FORMATS.len() == 18, "a format of layers has no row among READERS");

/// As the program opens a file, with everything that follows: grid, counties, tables.
fn layers(case: &Case, folder: &Path) -> bool {
    static COUNTIES: OnceLock<CountyCodes> = OnceLock::new();
    let counties = COUNTIES.get_or_init(|| {
        let corner = |lon, lat| mercator::from_lon_lat(LonLat::new(lon, lat));
        let ring = vec![
            corner(112.0, 37.0),
            corner(113.0, 37.0),
            corner(113.0, 38.0),
            corner(112.0, 38.0),
        ];
        CountyCodes::new([("一".to_owned(), vec![ring])])
    });
    let path = match case.packed {
        Some(name) => {
            let path = folder.join(name);
            case.zipped().and_then(|bytes| std::fs::write(&path, bytes)).map(|()| path)
        }
        None => case.lay(folder),
    };
    let Ok(path) = path else { return false };
    let cancel = AtomicBool::new(false);
    let mut features = 0;
    let options = OpenOptions::default();
    let told = open_layers(&path, &options, counties, &cancel, &mut |progress| {
        features = progress.layers.iter().map(|layer| layer.len()).sum();
    });
    // A question is an answer.
    told.is_ok() && features > 0
        || matches!(told, Err(jintu::store::layers::LayerError::AskCrs { .. }))
}

fn degrees(x: f64, y: f64) -> LonLat {
    LonLat::new(x, y)
}

fn read_wkb(case: &Case, _: &Path) -> bool {
    let mut into = ChunkBuilder::default();
    let read = wkb::read(case.bytes(), &degrees, &mut into);
    into.end();
    into.finish();
    read.is_ok()
}

fn read_wkt(case: &Case, _: &Path) -> bool {
    let mut into = ChunkBuilder::default();
    let text = String::from_utf8_lossy(case.bytes());
    let read = wkt::is_wkt(&text).then(|| wkt::read(&text, &degrees, &mut into));
    into.end();
    into.finish();
    matches!(read, Some(Ok(())))
}

/// A text as a reference system in every way, and as a position.
fn read_systems(case: &Case, _: &Path) -> bool {
    let text = String::from_utf8_lossy(case.bytes());
    let crs = [crs_wkt::read(&text).ok(), Crs::from_key(&text)].into_iter().flatten();
    let mut known = false;
    for crs in crs {
        known = true;
        for [x, y] in [[112.5, 37.8], [38_500_000.0, 4_190_000.0], [f64::MAX, -1e300]] {
            let there = crs.to_wgs84([x, y]);
            crs.from_wgs84(there);
        }
        let _ = (crs.key(), crs_wkt::to_ogc(crs), crs_wkt::to_esri(crs));
    }
    known | !positions(&text, degrees(112.5, 37.8)).is_empty()
}

fn read_plan(case: &Case, _: &Path) -> bool {
    let parsed = plan::parse(case.bytes());
    !parsed.plan.text.is_empty()
}

/// As the program opens a plan's file.
fn read_paper(case: &Case, _: &Path) -> bool {
    let bytes = match case.packed {
        Some(_) => case.zipped().unwrap_or_default(),
        None => case.bytes().to_vec(),
    };
    let paper = papers::read_bytes(bytes, "", &AtomicBool::new(false));
    paper.is_ok_and(|paper| !plan::parse(&paper.text).plan.text.is_empty())
}

const SHOWN: Request =
    Request { data: (0, 0, 0), shown: (1, 0, 1), size_px: 128, zoom: 5.0, px_per_pt: 1.0 };

fn read_tile(case: &Case, _: &Path) -> bool {
    static STYLES: OnceLock<Vec<Style>> = OnceLock::new();
    let styles = STYLES.get_or_init(|| {
        let own = seeds::style().iter().filter_map(|case| parsed(case.bytes())).collect::<Vec<_>>();
        own.into_iter().chain([Style::usual(false)]).collect()
    });
    let judged = judge(case.bytes(), Content::Vector).is_ok();
    styles.iter().all(|style| paint(case.bytes(), &SHOWN, style).is_ok()) && judged
}

fn parsed(bytes: &[u8]) -> Option<Style> {
    Style::parse(&String::from_utf8_lossy(bytes)).ok()
}

/// A style is read and used.
fn read_style(case: &Case, _: &Path) -> bool {
    static TILES: OnceLock<Vec<Case>> = OnceLock::new();
    let tiles = TILES.get_or_init(seeds::vector_tiles);
    let Some(style) = parsed(case.bytes()) else { return false };
    for tile in tiles {
        // One that takes too long is refused: that is right.
        let _ = paint(tile.bytes(), &SHOWN, &style);
    }
    true
}

/// Nothing is fetched.
const OFFLINE: Web<'static> =
    Web { get: &|_| Err(Failure::File), range: &|_, _, _| Err(Failure::File) };

fn read_basemap(case: &Case, folder: &Path) -> bool {
    let Ok(path) = case.lay(folder) else { return false };
    open_basemap(&path.to_string_lossy(), None, &OFFLINE).is_ok()
}

fn read_pmtiles(case: &Case, folder: &Path) -> bool {
    let opened = read_basemap(case, folder);
    let Ok(path) = case.lay(folder) else { return false };
    let archive = FileRange::open(&path).and_then(Pmtiles::open);
    if let Ok(mut archive) = archive {
        for tile in [(0, 0, 0), (1, 1, 0), (2, 3, 1), (14, 13_000, 6_000)] {
            let _ = archive.tile(TileId { z: tile.0, x: tile.1, y: tile.2 });
        }
    }
    opened
}

/// What tells of tiles, and an outline for a filter.
fn read_documents(case: &Case, _: &Path) -> bool {
    let bytes = case.bytes();
    let base = "https://h/a/b.json";
    let read = tilejson::read(bytes, "a", base).is_ok() | wmts::read(bytes, "a", base).is_ok();
    read | outline_file::parse(bytes).is_ok()
}
