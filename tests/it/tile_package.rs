//! Which tiles a package needs, against a look at every tile.

use geo::{Coord, LineString, Polygon};
use jintu::{
    geo::{Datum, geodesic, mercator, polygon},
    tile::{
        CacheTerms, PackageArea, Refusal, Scheme, TileId, TileSource,
        package::{MOST_TILES, counts, coverage, estimate_bytes, plan, tiles},
    },
    units::{Extent, LonLat, Mercator},
};
use proptest::prelude::*;

use crate::tile_template::source;

fn osm_like() -> TileSource {
    source("https://h/{z}/{x}/{y}", Scheme::Xyz, &[])
}

fn extent(west_deg: f64, south_deg: f64, east_deg: f64, north_deg: f64) -> PackageArea {
    PackageArea::Extent(Extent { west_deg, south_deg, east_deg, north_deg })
}

fn corner(z: u8, x: f64, y: f64) -> Coord<f64> {
    let count = f64::from(z).exp2();
    mercator::to_lon_lat(Mercator { x: x / count, y: y / count }).into()
}

/// A point of a tile: shares of its edges from the north-west.
fn inside(tile: TileId, east: f64, south: f64) -> LonLat {
    corner(tile.z, f64::from(tile.x) + east, f64::from(tile.y) + south).into()
}

#[test]
fn an_extent_has_the_tiles_of_its_corners() {
    let area = extent(-180.0, -85.06, 180.0, 85.06);
    for z in 0..=6 {
        let wanted: Vec<TileId> = (0..1_u32 << z)
            .flat_map(|y| (0..1_u32 << z).map(move |x| TileId { z, x, y }))
            .collect();
        assert_eq!(tiles(&osm_like(), &area, z, z).unwrap(), wanted);
    }
    // Exactly one tile, to its edges.
    let (nw, se) = (corner(12, 3330.0, 1590.0), corner(12, 3331.0, 1591.0));
    let area = extent(nw.x, se.y, se.x, nw.y);
    assert_eq!(counts(&osm_like(), &area, 11, 14).unwrap(), [(11, 1), (12, 1), (13, 4), (14, 16)]);
    // A point.
    assert_eq!(
        counts(&osm_like(), &extent(112.5, 37.8, 112.5, 37.8), 3, 4).unwrap(),
        [(3, 1), (4, 1)]
    );
}

#[test]
fn terms_and_sizes_refuse() {
    let area = extent(111.0, 37.0, 113.0, 39.0);
    for (cache, refusal) in
        [(CacheTerms::Forbidden, Refusal::Forbidden), (CacheTerms::SeenOnly, Refusal::SeenOnly)]
    {
        let source = TileSource { cache, ..osm_like() };
        assert_eq!(plan(&source, &area, 5, 6), Err(refusal));
        // How large it would be may be told.
        assert!(tiles(&source, &area, 5, 6).is_ok());
    }
    assert_eq!(plan(&osm_like(), &area, 5, 18), Err(Refusal::TooMany));
    let many: u64 = counts(&osm_like(), &area, 5, 18).unwrap().iter().map(|(_, n)| n).sum();
    assert!(many > MOST_TILES, "{many}");
    let deep = TileSource { max_zoom: 24, ..osm_like() };
    let world = extent(-180.0, -85.0, 180.0, 85.0);
    assert_eq!(counts(&deep, &world, 0, 24), Err(Refusal::TooMany));
    for empty in [
        extent(113.0, 37.0, 111.0, 39.0),
        extent(f64::NAN, 37.0, 113.0, 39.0),
        PackageArea::Rings(vec![]),
        PackageArea::Rings(vec![vec![]]),
        PackageArea::Corridor { lines: vec![vec![]], buffer_km: 5.0 },
    ] {
        assert_eq!(plan(&osm_like(), &empty, 5, 6), Err(Refusal::Empty), "{empty:?}");
    }
    assert_eq!(plan(&osm_like(), &area, 9, 5), Err(Refusal::Empty));
    assert_eq!(plan(&TileSource { max_zoom: 4, ..osm_like() }, &area, 5, 9), Err(Refusal::Empty));
    assert_eq!(estimate_bytes(10, 4, 400), 1000);
    assert_eq!(estimate_bytes(1, 0, 0), 18_000);
}

/// The tiles of a source in GCJ-02 are cut elsewhere: the same ground has other tiles.
#[test]
fn a_package_of_a_shifted_source_covers_the_ground() {
    let area = extent(112.5, 37.8, 112.6, 37.9);
    let shifted = TileSource { datum: Datum::Gcj02, ..osm_like() };
    let there = tiles(&shifted, &area, 17, 17).unwrap();
    let place = Datum::Gcj02.from_wgs84(LonLat::new(112.55, 37.85));
    let m = mercator::from_lon_lat(place);
    let count = f64::from(1_u32 << 17);
    let middle = |tile: &&TileId| {
        let (east, south) = (m.x * count - f64::from(tile.x), m.y * count - f64::from(tile.y));
        (0.0..1.0).contains(&east) && (0.0..1.0).contains(&south)
    };
    assert!(there.iter().find(middle).is_some());
    assert_ne!(there, tiles(&osm_like(), &area, 17, 17).unwrap());
}

fn ring_near_taiyuan() -> impl Strategy<Value = Vec<LonLat>> {
    prop::collection::vec((112.0..113.0_f64, 37.0..38.0_f64), 3..9)
        .prop_map(|points| points.into_iter().map(|(lon, lat)| LonLat::new(lon, lat)).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Rings of any shape, crossing themselves too. The oracle looks at every tile around: at points
    /// inside it, and at the ring's own points.
    #[test]
    fn a_ring_has_its_tiles(ring in ring_near_taiyuan(), z in 8_u8..=11) {
        let area = PackageArea::Rings(vec![ring.clone()]);
        let found = tiles(&osm_like(), &area, z, z).unwrap();
        let mercator: LineString<f64> = ring
            .iter()
            .map(|p| mercator::from_lon_lat(*p))
            .map(|m| Coord { x: m.x, y: m.y })
            .collect();
        let count = f64::from(z).exp2();
        let around = tiles(&osm_like(), &extent(111.5, 36.5, 113.5, 38.5), z, z).unwrap();
        for tile in around {
            let at = |east: f64, south: f64| Coord {
                x: (f64::from(tile.x) + east) / count,
                y: (f64::from(tile.y) + south) / count,
            };
            let enclosed = (1..8).any(|i| (1..8).any(|j| {
                let p = at(f64::from(i) / 8.0, f64::from(j) / 8.0);
                polygon::side_of_ring(&mercator, p) != polygon::Side::Outside
            }));
            let [nw, se] = [at(0.0, 0.0), at(1.0, 1.0)];
            let square = Polygon::new(
                LineString(vec![nw, at(1.0, 0.0), se, at(0.0, 1.0), nw]),
                vec![],
            );
            let mut closed = mercator.0.clone();
            closed.push(closed[0]);
            let touched = polygon::chain_meets_polygon(&closed, &square);
            let listed = found.binary_search_by_key(&(tile.y, tile.x), |t| (t.y, t.x)).is_ok();
            prop_assert_eq!(listed, enclosed || touched, "{:?}", tile);
        }
        // Each once, row by row.
        prop_assert!(found.windows(2).all(|w| (w[0].y, w[0].x) < (w[1].y, w[1].x)));
    }

    /// Within the buffer means listed; listed means within the buffer and a little.
    #[test]
    fn a_corridor_has_the_tiles_near_it(
        line in prop::collection::vec((112.0..112.3_f64, 37.6..37.9_f64), 1..5),
        buffer_km in 0.0..4.0_f64,
        z in 11_u8..=14,
    ) {
        let line: Vec<LonLat> = line.into_iter().map(|(lon, lat)| LonLat::new(lon, lat)).collect();
        let area = PackageArea::Corridor { lines: vec![line.clone()], buffer_km };
        let found = tiles(&osm_like(), &area, z, z).unwrap();
        let string: LineString<f64> = line.iter().map(|p| Coord::from(*p)).collect();
        let away = |p: LonLat| if line.len() == 1 {
            geodesic::distance_m(p, line[0])
        } else {
            jintu::geo::nearest::point_to_line_m(p, &string)
        };
        let around = tiles(&osm_like(), &extent(111.9, 37.5, 112.4, 38.0), z, z).unwrap();
        for tile in around {
            let shares = [0.0, 0.25, 0.5, 0.75, 1.0];
            let nearest = shares
                .iter()
                .flat_map(|e| shares.iter().map(move |s| (*e, *s)))
                .map(|(e, s)| away(inside(tile, e, s)))
                .fold(f64::INFINITY, f64::min);
            let listed = found.contains(&tile);
            // Between the points looked at there is at most a fifth of a tile.
            let coarse_m = 0.2 * 40_075_000.0 * 37.5_f64.to_radians().cos() / f64::from(z).exp2();
            if nearest < buffer_km * 1000.0 - 5.0 {
                prop_assert!(listed, "{:?} is {} m away", tile, nearest);
            }
            if listed {
                prop_assert!(nearest < buffer_km * 1010.0 + coarse_m + 5.0, "{:?} is {} m away", tile, nearest);
            }
        }
    }

    #[test]
    fn counting_and_listing_agree(ring in ring_near_taiyuan(), min in 5_u8..9, more in 0_u8..3) {
        let area = PackageArea::Rings(vec![ring]);
        let listed = tiles(&osm_like(), &area, min, min + more).unwrap();
        for (z, count) in counts(&osm_like(), &area, min, min + more).unwrap() {
            prop_assert_eq!(listed.iter().filter(|t| t.z == z).count() as u64, count);
        }
        for (_, rows) in coverage(&osm_like(), &area, min, min + more).unwrap() {
            for row in rows {
                prop_assert!(row.spans.iter().all(|(a, b)| a <= b));
                prop_assert!(row.spans.windows(2).all(|w| w[0].1 + 1 < w[1].0));
            }
        }
    }

    #[test]
    fn no_numbers_break_it(
        points in prop::collection::vec((any::<f64>(), any::<f64>()), 0..6),
        buffer_km in any::<f64>(),
        z in any::<u8>(),
    ) {
        let line: Vec<LonLat> = points.into_iter().map(|(a, b)| LonLat::new(a, b)).collect();
        let z = z % 13;
        let _ = counts(&osm_like(), &PackageArea::Rings(vec![line.clone()]), z, z);
        let _ = counts(&osm_like(), &PackageArea::Corridor { lines: vec![line], buffer_km }, z, z);
    }
}
