//! Reference systems against PROJ (`tools/geo/golden_crs.py` writes what it has), there and back,
//! and by every name.

#![allow(clippy::float_cmp, reason = "figures as they are defined")]

use jintu::{
    geo::{Crs, Datum, TransverseMercator, ZoneWidth, crs_wkt, geodesic},
    language::Language,
    units::LonLat,
};
use proptest::prelude::*;

const CODES: &str = include_str!("crs_golden/codes.tsv");
const POSITIONS: &str = include_str!("crs_golden/positions.tsv");

pub fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

fn number(text: &str) -> f64 {
    text.parse().unwrap()
}

pub fn read(text: &str) -> Crs {
    crs_wkt::read(text).unwrap_or_else(|why| panic!("{text}: {why}"))
}

#[test]
fn every_number_of_the_register_is_the_plane_that_proj_has() {
    let mut seen = 0;
    for row in rows(CODES) {
        let code: i64 = row[0].parse().unwrap();
        let datum = Crs::from_epsg(row[1].parse().unwrap()).unwrap().datum();
        let Some(Crs::TransverseMercator(plane)) = Crs::from_epsg(code) else { panic!("{code}") };
        let p = plane.parameters();
        assert_eq!(plane.datum(), datum, "{code}");
        let own = [p.central_meridian_deg, p.scale, p.false_easting_m, p.false_northing_m];
        assert_eq!(own.to_vec(), row[2..].iter().map(|v| number(v)).collect::<Vec<_>>(), "{code}");
        assert_eq!((p.origin_lat_deg, p.height_m), (0.0, 0.0));
        // Back to the number; the withdrawn ones to those that replaced them.
        let back = Crs::TransverseMercator(plane).epsg().map(i64::from);
        let expected = if (21_473..=21_483).contains(&code) { code - 20 } else { code };
        assert_eq!(back, Some(expected), "{code}");
        seen += 1;
    }
    assert_eq!(seen, 267);
}

#[test]
fn numbers_beside_the_ranges_are_not_known() {
    let known: Vec<i64> = rows(CODES).map(|row| row[0].parse().unwrap()).collect();
    let others =
        [4326, 4979, 84, 4490, 4480, 4214, 4610, 4555, 3857, 3785, 900_913, 102_100, 102_113];
    for code in 1..120_000 {
        let utm = (32_601..=32_660).contains(&code) || (32_701..=32_760).contains(&code);
        let expected = known.contains(&code) || others.contains(&code) || utm;
        assert_eq!(Crs::from_epsg(code).is_some(), expected, "{code}");
    }
    assert!([i64::MIN, i64::MAX, -2].iter().all(|code| Crs::from_epsg(*code).is_none()));
}

#[test]
fn positions_agree_with_proj_to_a_centimetre() {
    let (mut worst_m, mut seen) = (0.0_f64, 0);
    for row in rows(POSITIONS) {
        let crs = read(row[0]);
        let p = LonLat::new(number(row[1]), number(row[2]));
        let plane = [number(row[3]), number(row[4])];
        let [x, y] = crs.from_wgs84(p);
        let off_m = (x - plane[0]).hypot(y - plane[1]);
        assert!(off_m < 0.01, "{row:?}: {x} {y}, {off_m} m off");
        let back_m = geodesic::distance_m(crs.to_wgs84(plane), p);
        assert!(back_m < 0.01, "{row:?}: back {back_m} m off");
        worst_m = worst_m.max(off_m).max(back_m);
        seen += 1;
    }
    assert!(seen >= 150, "{seen}");
    // PROJ's figures are rounded to a tenth of a millimetre: what is left is that.
    assert!(worst_m < 0.000_2, "{worst_m} m");
}

#[test]
fn the_number_of_the_zone_is_understood_either_way() {
    let taiyuan = LonLat::new(112.5489, 37.8706);
    for (key, prefixes) in
        [("gk3:38", vec![38.0]), ("EPSG:4526", vec![38.0]), ("gk3:37", vec![37.0, 19.0])]
    {
        let crs = Crs::from_key(key).unwrap();
        let [x, y] = crs.from_wgs84(taiyuan);
        let bare = x % 1e6;
        for easting_m in std::iter::once(bare).chain(prefixes.iter().map(|n| n * 1e6 + bare)) {
            let off_m = geodesic::distance_m(crs.to_wgs84([easting_m, y]), taiyuan);
            assert!(off_m < 0.001, "{key} {easting_m}: {off_m} m");
        }
    }
    // A plane that is no zone takes every number as it stands.
    let local = Crs::from_key("tmerc:112.5,38500000").unwrap();
    let p = local.to_wgs84([500_000.0, 4_193_000.0]);
    assert!(!(p.lon_deg - 112.5).abs().is_finite() || (p.lon_deg - 112.5).abs() > 1.0);
}

#[test]
fn the_height_of_the_plane_stretches_it_about_its_origin() {
    let p = LonLat::new(112.6, 37.9);
    let [flat, high] =
        ["tmerc:112.5,0,0", "tmerc:112.5,0,0,800"].map(|key| Crs::from_key(key).unwrap());
    let [a, b] = [flat.from_wgs84(p), high.from_wgs84(p)];
    for axis in [0, 1] {
        // (R + h) / R with R = 6 371 008.7714 m.
        let expected = a[axis] * (6_371_808.771_4 / 6_371_008.771_4);
        assert!((b[axis] - expected).abs() < 1e-6, "{a:?} {b:?}");
    }
    assert!(geodesic::distance_m(high.to_wgs84(b), p) < 0.001);
    assert!(
        high.label(Language::Chinese).contains("投影面高程 800 米"),
        "{}",
        high.label(Language::Chinese)
    );
}

/// Every system that can be made here.
fn all() -> Vec<Crs> {
    let mut all: Vec<Crs> =
        rows(CODES).map(|row| Crs::from_epsg(row[0].parse().unwrap()).unwrap()).collect();
    all.extend(rows(POSITIONS).map(|row| read(row[0])));
    all.extend((1..=60).flat_map(|zone| {
        [false, true]
            .map(|south| Crs::TransverseMercator(TransverseMercator::utm(zone, south).unwrap()))
    }));
    all.extend(Datum::ALL.map(Crs::Degrees));
    for key in ["tmerc:112.5", "tmerc:113.1667,60000,-3800000", "tmerc:111,500000,0,812.5"] {
        all.push(Crs::from_key(key).unwrap());
    }
    all
}

#[test]
fn every_system_comes_back_from_what_is_written() {
    for crs in all() {
        assert_eq!(Crs::from_key(&crs.key()), Some(crs), "{}", crs.key());
        let json = serde_json::to_string(&crs).unwrap();
        assert_eq!(serde_json::from_str::<Crs>(&json).unwrap(), crs);
        for wkt in [crs_wkt::to_esri(crs), crs_wkt::to_ogc(crs)] {
            let Some(wkt) = wkt else {
                assert!(crs.datum().is_shifted(), "{crs}");
                continue;
            };
            let back = read(&wkt);
            if back == crs {
                continue;
            }
            // Only the height of a plane becomes its scale, and a withdrawn name is none.
            let p = LonLat::new(112.5, 37.9);
            let [a, b] = [back.from_wgs84(p), crs.from_wgs84(p)];
            assert!((a[0] - b[0]).hypot(a[1] - b[1]) < 1e-6, "{wkt}: {a:?} {b:?}");
            assert!(crs.key().ends_with(",812.5"), "{wkt}");
        }
        for language in [Language::Chinese, Language::English] {
            let label = crs.label(language);
            assert!(!label.contains("crs.") && !label.contains("%{"), "{label}");
        }
    }
}

#[test]
fn the_grammar_is_read_as_it_is_told() {
    let zone = |width, zone, prefixed| {
        let plane = TransverseMercator::zone(Datum::Cgcs2000, width, zone, prefixed).unwrap();
        Some(Crs::TransverseMercator(plane))
    };
    let same = [
        ("EPSG:4526", zone(ZoneWidth::Three, 38, true)),
        ("epsg:4547", zone(ZoneWidth::Three, 38, false)),
        ("gk3:38", zone(ZoneWidth::Three, 38, false)),
        ("gk6:19", zone(ZoneWidth::Six, 19, false)),
        ("tmerc:114", zone(ZoneWidth::Three, 38, false)),
        ("tmerc:114,500000,0", zone(ZoneWidth::Three, 38, false)),
        ("tmerc:114,38500000", zone(ZoneWidth::Three, 38, true)),
        ("utm:49", Crs::from_epsg(32_649)),
        ("UTM:49N", Crs::from_epsg(32_649)),
        ("utm:50s", Crs::from_epsg(32_750)),
        ("WGS84", Some(Crs::WGS84)),
        ("cgcs2000", Some(Crs::CGCS2000)),
        ("gcj02", Some(Crs::GCJ02)),
        ("BD-09", Some(Crs::BD09)),
        ("webmercator", Some(Crs::WebMercator)),
        ("OGC:CRS84", Some(Crs::WGS84)),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", Some(Crs::WGS84)),
        ("urn:ogc:def:crs:EPSG::4490", Some(Crs::CGCS2000)),
        ("http://www.opengis.net/def/crs/EPSG/0/3857", Some(Crs::WebMercator)),
        ("http://www.opengis.net/gml/srs/epsg.xml#4326", Some(Crs::WGS84)),
        ("+init=epsg:4547", zone(ZoneWidth::Three, 38, false)),
    ];
    for (key, expected) in same {
        assert!(expected.is_some() && Crs::from_key(key) == expected, "{key}");
    }
    for wrong in [
        "",
        "mars",
        "gk3",
        "gk3:",
        "gk3:24",
        "gk3:46",
        "gk3:38.5",
        "gk6:12",
        "gk6:24",
        "gk3:-1",
        "utm:0",
        "utm:61",
        "utm:n",
        "tmerc:",
        "tmerc:a",
        "tmerc:nan",
        "tmerc:inf",
        "tmerc:114,",
        "tmerc:999",
        "tmerc:1,2,3,4,5",
        "EPSG:",
        "EPSG:0",
        "EPSG:-1",
        "EPSG:25832",
        "EPSG:99999999999999999999",
    ] {
        assert_eq!(Crs::from_key(wrong), None, "{wrong}");
    }
}

#[test]
fn old_systems_carry_their_warning() {
    for row in rows(CODES) {
        let crs = Crs::from_epsg(row[0].parse().unwrap()).unwrap();
        assert_eq!(crs.warning().is_some(), row[1] != "4490", "{}", row[0]);
        if let Some(warning) = crs.warning() {
            assert!(warning.words(Language::English).contains("EPSG"));
            assert!(warning.words(Language::Chinese).contains("EPSG"));
        }
    }
    assert!(Crs::WGS84.warning().is_none() && Crs::GCJ02.warning().is_none());
}

proptest! {
    #[test]
    fn there_and_back_again(i in 0..10_000_usize, east in -3.0..3.0, lat in 3.0..54.0) {
        let all = all();
        let crs = all[i % all.len()];
        let lon = match crs {
            Crs::TransverseMercator(plane) => plane.parameters().central_meridian_deg,
            _ => 105.0,
        };
        let p = LonLat::new(lon + east, lat);
        prop_assert!(crs.reaches(p));
        let back = crs.to_wgs84(crs.from_wgs84(p));
        prop_assert!(geodesic::distance_m(back, p) < 1e-4, "{} {:?} {:?}", crs, p, back);
    }

    #[test]
    fn any_numbers_are_projected_without_a_panic(i in 0..10_000_usize, x in any::<f64>(), y in any::<f64>()) {
        let all = all();
        let crs = all[i % all.len()];
        let _ = crs.to_wgs84([x, y]);
        let _ = crs.from_wgs84(LonLat::new(x, y));
    }
}
