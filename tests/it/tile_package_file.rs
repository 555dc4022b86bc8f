//! Writing a package: interrupted, failing, taken up again.

use std::{cell::Cell, collections::BTreeSet, path::Path, time::Duration};

use jintu::{
    geo::Datum,
    language::Bilingual,
    store::tiles::{
        Web, open_basemap,
        package::{Counts, PackageError, part_of, write},
    },
    tile::{Failure, Scheme, TileId, TileSource, template::flipped},
};
use rusqlite::Connection;

use crate::{temp_folder::TempFolder, tile_template::source};

fn shown_source() -> TileSource {
    TileSource {
        name: Bilingual::new("试图", "test"),
        credit: Bilingual::new("某局", ""),
        datum: Datum::Gcj02,
        ..source("https://h/{z}/{x}/{y}", Scheme::Xyz, &[])
    }
}

/// 2 + 16 + 4 tiles.
fn wanted() -> Vec<TileId> {
    let zoom = |z: u8, x0: u32, y0: u32, edge: u32| {
        (0..edge).flat_map(move |y| (0..edge).map(move |x| TileId { z, x: x0 + x, y: y0 + y }))
    };
    let mut tiles: Vec<TileId> = zoom(4, 12, 6, 2).take(2).collect();
    tiles.extend(zoom(7, 100, 50, 4));
    tiles.extend(zoom(8, 200, 100, 2));
    tiles
}

fn body(tile: TileId) -> Vec<u8> {
    format!("\u{89}PNG\r\n\u{1a}\n{}/{}/{}", tile.z, tile.x, tile.y)
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect()
}

/// Everything in the file: metadata has text, tiles have their bytes.
fn stored(path: &Path) -> BTreeSet<(u8, u32, u32, Vec<u8>)> {
    let file = Connection::open(path).unwrap();
    let mut ask =
        file.prepare("SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles").unwrap();
    let rows = ask.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn a_package_holds_its_tiles_and_opens_as_a_basemap() {
    let folder = TempFolder::new("package");
    let path = folder.path().join("a.mbtiles");
    let mut seen = Vec::new();
    let counts = write(
        &path,
        &shown_source(),
        &wanted(),
        &mut |tile| Ok((tile.x != 101).then(|| body(tile))),
        &mut |counts| {
            seen.push(counts);
            true
        },
    )
    .unwrap();
    assert_eq!((counts.wanted, counts.stored, counts.absent, counts.failed), (22, 18, 4, 0));
    assert!(counts.is_complete());
    assert_eq!(seen.len(), 23, "told before the first and after each");
    assert!(!part_of(&path).exists());
    let expected: BTreeSet<_> = wanted()
        .into_iter()
        .filter(|tile| tile.x != 101)
        .map(|tile| (tile.z, tile.x, flipped(tile), body(tile)))
        .collect();
    assert_eq!(counts.bytes, expected.iter().map(|(.., bytes)| bytes.len() as u64).sum::<u64>());
    assert_eq!(stored(&path), expected);

    let nothing = |_: &str| Err(Failure::Unreachable);
    let no_range = |_: &str, _, _| Err(Failure::Unreachable);
    let web = Web { get: &nothing, range: &no_range };
    let opened = open_basemap(path.to_str().unwrap(), None, &web).unwrap();
    let basemap = &opened.sources[0];
    assert_eq!((basemap.min_zoom, basemap.max_zoom, basemap.datum), (4, 8, Datum::Gcj02));
    assert_eq!((basemap.name.zh.as_str(), basemap.credit.zh.as_str()), ("试图", "某局"));
    // The deepest zoom has 2 × 2 tiles of a 256th of the world.
    let extent = basemap.extent.unwrap();
    assert!((extent.west_deg - (200.0 / 256.0 * 360.0 - 180.0)).abs() < 1e-5);
    assert!((extent.east_deg - (202.0 / 256.0 * 360.0 - 180.0)).abs() < 1e-5);
    assert!(extent.south_deg < extent.north_deg);
}

#[test]
fn what_failed_is_counted_and_alone_is_tried_again() {
    let folder = TempFolder::new("package-failed");
    let path = folder.path().join("a.mbtiles");
    let go = &mut |_| true;
    let broken = |tile: TileId| tile.y == 51 && tile.z == 7;
    let counts = write(
        &path,
        &shown_source(),
        &wanted(),
        &mut |tile| if broken(tile) { Err(Failure::Damaged) } else { Ok(Some(body(tile))) },
        go,
    )
    .unwrap();
    // 已存 18/22，4 失败
    assert_eq!((counts.wanted, counts.stored, counts.absent, counts.failed), (22, 18, 0, 4));
    assert!(!counts.is_complete() && !path.exists() && part_of(&path).exists());
    let mut asked = Vec::new();
    let mut first = None;
    let counts = write(
        &path,
        &shown_source(),
        &wanted(),
        &mut |tile| {
            asked.push(tile);
            Ok(Some(body(tile)))
        },
        &mut |counts: Counts| {
            first.get_or_insert(counts);
            true
        },
    )
    .unwrap();
    assert_eq!(asked.len(), 4);
    assert!(asked.into_iter().all(broken));
    // It knows what failed before it begins.
    assert_eq!(first.map(|c| (c.stored, c.failed)), Some((18, 4)));
    assert_eq!((counts.stored, counts.failed), (22, 0));
    assert!(path.exists());
}

#[test]
fn a_pause_loses_nothing() {
    let folder = TempFolder::new("package-pause");
    let path = folder.path().join("a.mbtiles");
    let asked = Cell::new(0_u64);
    let mut rounds = 0;
    loop {
        let before = asked.get();
        let counts = write(
            &path,
            &shown_source(),
            &wanted(),
            &mut |tile| {
                asked.set(asked.get() + 1);
                Ok(Some(body(tile)))
            },
            &mut |counts| counts.stored < (before + 5).min(22) || counts.is_complete(),
        )
        .unwrap();
        assert_eq!((counts.stored, counts.untried()), (asked.get(), 22 - asked.get()));
        rounds += 1;
        if counts.is_complete() {
            break;
        }
        assert!(rounds < 10);
    }
    assert_eq!((asked.get(), rounds), (22, 5));
    assert_eq!(stored(&path).len(), 22);
}

#[test]
fn a_source_that_fails_as_a_whole_pauses_the_work() {
    let folder = TempFolder::new("package-quota");
    let path = folder.path().join("a.mbtiles");
    let mut asked = 0;
    let counts = write(
        &path,
        &shown_source(),
        &wanted(),
        &mut |_| {
            asked += 1;
            Err(if asked % 2 == 0 {
                Failure::Quota
            } else {
                Failure::SlowDown(Some(Duration::ZERO))
            })
        },
        &mut |_| true,
    )
    .unwrap();
    assert_eq!((asked, counts.failed, counts.untried()), (5, 5, 17));
    // Next time the others come first.
    let mut order = Vec::new();
    write(
        &path,
        &shown_source(),
        &wanted(),
        &mut |t| {
            order.push(t);
            Ok(None)
        },
        &mut |_| true,
    )
    .unwrap();
    assert_eq!(order.len(), 22);
    assert_eq!(order[17..], wanted()[..5]);
}

#[test]
fn what_is_in_the_way_is_told() {
    let folder = TempFolder::new("package-way");
    let path = folder.path().join("a.mbtiles");
    let run = |path: &Path, source: &TileSource| {
        write(path, source, &wanted(), &mut |t| Ok(Some(body(t))), &mut |c| c.stored < 3)
    };
    run(&path, &shown_source()).unwrap();
    let other = TileSource { id: "other".to_owned(), ..shown_source() };
    assert!(matches!(run(&path, &other), Err(PackageError::OtherSource { .. })));
    assert!(matches!(run(folder.path(), &other), Err(PackageError::Folder { .. })));
    let nowhere = folder.path().join("no/such/folder/a.mbtiles");
    assert!(matches!(run(&nowhere, &other), Err(PackageError::Write { .. })));
    std::fs::write(part_of(&path), b"this is no database, and it is long enough to tell").unwrap();
    let told = run(&path, &shown_source()).unwrap_err();
    assert!(
        matches!(told, PackageError::Write { .. }) && told.to_string().ends_with("a.mbtiles.part")
    );
}
