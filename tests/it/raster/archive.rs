//! Reading archives, whole and damaged.

use std::io::Write as _;

use jintu::{
    basemap::{Basemap, BasemapError, VectorTile},
    tile::{pmtiles::PmtilesError, tile_id},
};

use super::{ASSET, asset, color, light, rasterise_tile};

#[test]
fn tile_ids_are_those_of_the_specification() {
    let expected = [
        ((0, 0, 0), 0),
        ((1, 0, 0), 1),
        ((1, 0, 1), 2),
        ((1, 1, 1), 3),
        ((1, 1, 0), 4),
        ((2, 0, 0), 5),
        ((12, 3423, 1763), 19_078_479),
    ];
    for ((z, x, y), id) in expected {
        assert_eq!(tile_id(z, x, y), Some(id), "{z}/{x}/{y}");
    }
    assert_eq!(tile_id(1, 2, 0), None);
    assert_eq!(tile_id(40, 0, 0), None);
    let mut ids: Vec<_> =
        (0..32).flat_map(|x| (0..32).filter_map(move |y| tile_id(5, x, y))).collect();
    ids.sort_unstable();
    assert!(ids.iter().copied().eq(341..341 + 1024), "one id for each tile of zoom 5");
}

#[test]
fn a_hand_made_archive_is_read_and_painted() {
    let (bytes, _) = tiny_archive();
    let basemap = Basemap::open(bytes).unwrap();
    assert_eq!((basemap.min_zoom(), basemap.max_zoom()), (5, 5));
    assert_eq!(basemap.attribution(), "天地图");
    let tile = basemap.tile(5, 26, 12).unwrap().unwrap();
    assert_eq!(tile.counties.len(), 1);
    assert_eq!(tile.counties[0].code, "140105");
    assert!(tile.counties[0].in_city);
    assert!(basemap.tile(5, 27, 12).unwrap().is_none());
    assert!(basemap.tile(6, 52, 24).unwrap().is_none());

    let palette = light();
    let picture = rasterise_tile(&basemap, palette, (5, 26, 12), 256, 1.0).unwrap();
    assert_eq!(color(&picture, 16, 16), palette.city, "inside the county");
    assert_eq!(color(&picture, 64, 96), palette.ground, "in its hole");
    assert_eq!(color(&picture, 200, 100), palette.ground, "east of it");
    // Two zooms deeper than the archive: the quarter of a quarter with the hole's south-east part.
    let deep = rasterise_tile(&basemap, palette, (7, 105, 49), 256, 1.0).unwrap();
    assert_eq!(color(&deep, 64, 128), palette.ground);
    assert_eq!(color(&deep, 192, 128), palette.city);
    let elsewhere = rasterise_tile(&basemap, palette, (5, 3, 3), 64, 1.0).unwrap();
    assert!(elsewhere.pixels().iter().all(|p| *p == elsewhere.pixels()[0]));
    assert_eq!(color(&elsewhere, 0, 0), palette.ground);
}

#[test]
fn every_cut_of_an_archive_is_an_error() {
    let (bytes, _) = tiny_archive();
    for length in 0..bytes.len() {
        assert!(Basemap::open(bytes[..length].to_vec()).is_err(), "{length} bytes");
    }
    for length in (0..ASSET.len()).step_by(ASSET.len() / 61) {
        assert!(Basemap::open(&ASSET[..length]).is_err(), "{length} bytes");
    }
    assert!(matches!(
        Basemap::open(b"PK\x03\x04 not a map"),
        Err(BasemapError::Archive(PmtilesError::NotPmtiles))
    ));
    let mut old = bytes;
    old[7] = 2;
    assert!(matches!(Basemap::open(old), Err(BasemapError::Archive(PmtilesError::Version(2)))));
}

#[test]
fn flipped_bits_never_panic_and_never_change_a_tile() {
    let (bytes, data) = tiny_archive();
    let whole = Basemap::open(bytes.clone()).unwrap().tile(5, 26, 12).unwrap();
    for i in 0..bytes.len() {
        for bit in [0x01, 0x10, 0x80] {
            let mut damaged = bytes.clone();
            damaged[i] ^= bit;
            let Ok(basemap) = Basemap::open(damaged) else {
                continue;
            };
            let tile = basemap.tile(5, 26, 12);
            if i >= data
                && let Ok(tile) = tile
            {
                assert_eq!(tile, whole, "byte {i}: damage inside the tile went unnoticed");
            }
            // Painting damaged archives must at least not panic.
            let _ = rasterise_tile(&basemap, light(), (5, 26, 12), 16, 1.0);
        }
    }
}

#[test]
fn tiles_without_compression_may_hold_anything() {
    let tile = tile_bytes();
    for i in 0..tile.len() {
        for byte in [0x00, 0x7F, 0xFF] {
            let mut damaged = tile.clone();
            damaged[i] = byte;
            let _ = VectorTile::decode(&damaged, 5, 26, 12);
        }
        let _ = VectorTile::decode(&tile[..i], 5, 26, 12);
    }
}

#[test]
fn a_basemap_can_be_shared_between_threads() {
    fn shareable<T: Send + Sync>(value: T) -> T {
        value
    }
    let basemap = shareable(asset());
    let one = rasterise_tile(&basemap, light(), (9, 415, 197), 128, 1.0).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let again = rasterise_tile(&basemap, light(), (9, 415, 197), 128, 1.0).unwrap();
                assert!(again.data() == one.data());
            });
        }
    });
}

fn varint(mut value: u64) -> Vec<u8> {
    let mut out = Vec::new();
    while value >= 0x80 {
        out.push((value & 0x7F) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
    out
}

/// A length-delimited protobuf field.
fn field(number: u64, body: &[u8]) -> Vec<u8> {
    [varint(number << 3 | 2), varint(body.len() as u64), body.to_vec()].concat()
}

fn number(field: u64, value: u64) -> Vec<u8> {
    [varint(field << 3), varint(value)].concat()
}

/// Commands of a polygon's rings (MVT specification 2.1, 4.3.3).
fn rings(rings: &[&[(i64, i64)]]) -> Vec<u8> {
    let zigzag = |v: i64| varint(((v << 1) ^ (v >> 63)) as u64);
    let (mut out, mut pen) = (Vec::new(), (0, 0));
    for ring in rings {
        for (i, &(x, y)) in ring.iter().enumerate() {
            match i {
                0 => out.extend(varint(1 << 3 | 1)),
                1 => out.extend(varint((ring.len() as u64 - 1) << 3 | 2)),
                _ => {}
            }
            out.extend(zigzag(x - pen.0));
            out.extend(zigzag(y - pen.1));
            pen = (x, y);
        }
        out.extend(varint(1 << 3 | 7));
    }
    out
}

/// One city county that fills the western half of the tile, with a hole in it.
fn tile_bytes() -> Vec<u8> {
    let outer = [(0, 0), (2048, 0), (2048, 4096), (0, 4096)];
    let hole = [(512, 1024), (512, 2048), (1536, 2048), (1536, 1024)];
    let feature =
        [field(2, &[0, 0, 1, 1]), number(3, 3), field(4, &rings(&[&outer, &hole]))].concat();
    let layer = [
        number(15, 2),
        field(1, b"county"),
        field(2, &feature),
        field(3, b"code"),
        field(3, b"in_city"),
        field(4, &field(1, b"140105")),
        field(4, &number(7, 1)),
        number(5, 4096),
    ]
    .concat();
    field(3, &layer)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// An archive with the one tile 5/26/12, and where its tile data starts.
fn tiny_archive() -> (Vec<u8>, usize) {
    let tile = gzip(&tile_bytes());
    let id = tile_id(5, 26, 12).unwrap();
    let directory = [varint(1), varint(id), varint(1), varint(tile.len() as u64), varint(1)];
    let directory = gzip(&directory.concat());
    let metadata = gzip(r#"{"attribution":"天地图"}"#.as_bytes());
    let (root, meta) = (127, 127 + directory.len());
    let data = meta + metadata.len();
    let mut file = b"PMTiles\x03".to_vec();
    let sections = [(root, directory.len()), (meta, metadata.len()), (data, 0), (data, tile.len())];
    for (offset, length) in sections {
        file.extend((offset as u64).to_le_bytes());
        file.extend((length as u64).to_le_bytes());
    }
    file.extend([0; 24]);
    file.extend([1, 2, 2, 1, 5, 5]);
    for degrees in [112.5_f64, 31.95, 123.75, 40.97] {
        file.extend(((degrees * 1e7) as i32).to_le_bytes());
    }
    file.extend([5, 0, 0, 0, 0, 0, 0, 0, 0]);
    ([file, directory, metadata, tile].concat(), data)
}
