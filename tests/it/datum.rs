//! Datums and plane coordinates, against values computed by other programs.

#![allow(
    clippy::unreadable_literal,
    clippy::inconsistent_digit_grouping,
    clippy::float_cmp,
    reason = "figures as other programs print them"
)]

use jintu::{
    geo::{
        CoordinateForm, Datum, MercatorExtent, Shift, coordinate_words,
        datum::mercator_from_wgs84,
        gauss_kruger::{PlanePosition, Zone},
        mercator,
    },
    units::LonLat,
};

fn metres(a: LonLat, b: LonLat) -> f64 {
    let lat = a.lat_deg.to_radians();
    let (x, y) = ((a.lon_deg - b.lon_deg) * lat.cos(), a.lat_deg - b.lat_deg);
    x.hypot(y) * 111_320.0
}

/// True position, GCJ-02, BD-09, by the Python package eviltransform 0.1.1, which takes the radius
/// of WGS-84 where the code here takes Krasovsky's: a centimetre of difference.
const WEB_MAPS: [[[f64; 2]; 3]; 6] = [
    [[112.5489, 37.8706], [112.555199433, 37.871125158], [112.561578962, 37.877448704]],
    [[116.397451, 39.909187], [116.403694731, 39.910590533], [116.410067271, 39.916929815]],
    [[121.4737, 31.2304], [121.478223136, 31.228457705], [121.484781545, 31.234310559]],
    [[87.6168, 43.8256], [87.619649998, 43.826805414], [87.626099819, 43.832949815]],
    [[110.26, 37.5], [110.265532472, 37.500613310], [110.271950126, 37.506853441]],
    [[113.9, 22.5], [113.904863978, 22.496944980], [113.911349171, 22.503036388]],
];

fn at([lon, lat]: [f64; 2]) -> LonLat {
    LonLat::new(lon, lat)
}

#[test]
fn positions_shift_as_other_programs_shift_them() {
    for [wgs84, gcj02, bd09] in WEB_MAPS {
        for (datum, there) in [(Datum::Gcj02, gcj02), (Datum::Bd09, bd09)] {
            let off_m = metres(datum.from_wgs84(at(wgs84)), at(there));
            assert!(off_m < 0.05, "{datum:?} {wgs84:?}: {off_m} m");
            // Half a kilometre: nothing here may pass by leaving the position where it was.
            assert!(metres(at(wgs84), at(there)) > 200.0);
        }
    }
}

#[test]
fn every_datum_comes_back_to_a_decimetre_all_over_china() {
    let mut worst_m = 0.0_f64;
    for i in 0..=160 {
        for j in 0..=120 {
            let p = LonLat::new(72.5 + f64::from(i) * 0.405, 3.1 + f64::from(j) * 0.425);
            for datum in Datum::ALL {
                worst_m = worst_m.max(metres(datum.to_wgs84(datum.from_wgs84(p)), p));
            }
        }
    }
    assert!(worst_m < 0.001, "{worst_m} m");
}

#[test]
fn outside_china_and_without_sense_nothing_moves() {
    for p in [(2.35, 48.85), (-74.0, 40.7), (139.7, 35.7), (103.8, 0.5), (151.2, -33.9)] {
        let p = LonLat::new(p.0, p.1);
        for datum in Datum::ALL {
            assert_eq!(datum.from_wgs84(p), p, "{datum:?}");
            assert_eq!(datum.to_wgs84(p), p, "{datum:?}");
        }
    }
    for broken in [f64::NAN, f64::INFINITY, -1e300] {
        for datum in Datum::ALL {
            let p = datum.to_wgs84(datum.from_wgs84(LonLat::new(broken, 30.0)));
            assert!(p.lon_deg.is_nan() || p.lon_deg == broken);
        }
    }
}

#[test]
fn the_fast_shift_is_the_exact_one() {
    let corner = |lon, lat| mercator::from_lon_lat(LonLat::new(lon, lat));
    // The whole city's nodes are farther apart; a pixel is then a hundred metres.
    let core = MercatorExtent { min: corner(112.3, 38.0), max: corner(112.8, 37.7) };
    let city = MercatorExtent { min: corner(111.5, 38.5), max: corner(113.2, 37.4) };
    for (extent, enough_m) in [(core, 0.15), (city, 1.2)] {
        for datum in Datum::ALL {
            let shift = Shift::new(datum, &extent);
            for i in 0..200 {
                for j in 0..50 {
                    // Some lie outside, where the exact transform answers.
                    let p = corner(111.3 + f64::from(i) * 0.0107, 37.2 + f64::from(j) * 0.0291);
                    let there = mercator::to_lon_lat(shift.forward(p));
                    let exact = mercator::to_lon_lat(mercator_from_wgs84(datum, p));
                    assert!(
                        metres(there, exact) < enough_m,
                        "{datum:?}: {} m",
                        metres(there, exact)
                    );
                    let back = mercator::to_lon_lat(shift.inverse(mercator_from_wgs84(datum, p)));
                    assert!(metres(back, mercator::to_lon_lat(p)) < 0.001);
                }
            }
        }
    }
}

/// Zone, longitude and latitude, easting and northing, by PROJ (EPSG:4546, 4547).
const PLANE: [(u8, [f64; 2], [f64; 2]); 6] = [
    (37, [111.0, 37.8706], [500_000.0, 4_193_135.2333]),
    (37, [112.49, 40.5], [626_306.2255, 4_486_115.4848]),
    (37, [112.2, 18.2], [626_949.4643, 2_013_533.5063]),
    (38, [112.5489, 37.8706], [372_319.2908, 4_194_127.9063]),
    (38, [112.5, 53.0], [399_297.3221, 5_875_673.2371]),
    (38, [115.2, 18.2], [626_949.4643, 2_013_533.5063]),
];

#[test]
fn the_plane_is_that_of_the_surveys_to_a_millimetre() {
    for (zone, degrees, [easting_m, northing_m]) in PLANE {
        let zone = Zone::new(zone).unwrap();
        let plane = zone.project(at(degrees));
        assert!((plane.easting_m - easting_m).abs() < 0.001, "{plane:?}");
        assert!((plane.northing_m - northing_m).abs() < 0.001, "{plane:?}");
        for prefix in [0.0, f64::from(zone.number()) * 1e6] {
            let p = zone.unproject(PlanePosition { easting_m: easting_m + prefix, northing_m });
            assert!(metres(p, at(degrees)) < 0.001, "{p:?}");
        }
    }
    assert_eq!(Zone::of(112.5489).number(), 38);
    assert_eq!(Zone::of(112.49).number(), 37);
    assert!(Zone::new(24).is_none() && Zone::new(46).is_none());
}

#[test]
fn positions_are_told_without_sixty_seconds() {
    let words = |lon, lat| coordinate_words(CoordinateForm::Dms, LonLat::new(lon, lat), None);
    assert_eq!(words(112.55, 37.87), "112°33′00.0″E 37°52′12.0″N");
    assert_eq!(words(112.999_999_9, -0.5), "113°00′00.0″E 0°30′00.0″S");
    let p = LonLat::new(112.5489, 37.8706);
    assert_eq!(coordinate_words(CoordinateForm::Decimal, p, None), "112.548900, 37.870600");
    assert_eq!(coordinate_words(CoordinateForm::Gcj02, p, None), "112.555199, 37.871125");
    assert_eq!(coordinate_words(CoordinateForm::GaussKruger, p, None), "38 E 372319.3 N 4194127.9");
    // A zone that the user fixed does not jump at 112.5° E: a step across it moves by metres.
    let easting = |lon| {
        let p = LonLat::new(lon, 37.87);
        let words = coordinate_words(CoordinateForm::GaussKruger, p, Zone::new(37));
        words.split(' ').nth(2).unwrap().parse::<f64>().unwrap()
    };
    let step = easting(112.5001) - easting(112.4999);
    assert!((step - 17.6).abs() < 0.2, "{step} m");
}

/// Tiles cut in GCJ-02 stay where they are; what lies over them moves. A position's place on the
/// picture is then that of the published GCJ-02 coordinate on the tiles.
#[test]
fn the_overlay_agrees_with_tiles_of_another_datum_within_five_metres() {
    use jintu::{scene::Viewport, units::Mercator};
    for [wgs84, gcj02, bd09] in WEB_MAPS.into_iter().take(5) {
        for (datum, there) in [(Datum::Gcj02, gcj02), (Datum::Bd09, bd09)] {
            // The view's centre is a kilometre off, so that it is not the point itself.
            let off = LonLat::new(wgs84[0] + 0.01, wgs84[1] - 0.008);
            let viewport = Viewport {
                center: mercator::from_lon_lat(off),
                zoom: 15.3,
                width_pt: 1280.0,
                height_pt: 800.0,
                datum,
            };
            let [x, y] = viewport.to_pt(mercator::from_lon_lat(at(wgs84)));
            // Where walkers puts the tiles: around the centre as the tiles' datum has it.
            let middle = mercator::from_lon_lat(datum.from_wgs84(off));
            let tile = mercator::from_lon_lat(at(there));
            let scale = viewport.scale();
            let on_tiles =
                [(tile.x - middle.x) * scale + 640.0, (tile.y - middle.y) * scale + 400.0];
            let apart_pt = (f64::from(x) - on_tiles[0]).hypot(f64::from(y) - on_tiles[1]);
            let apart_m = apart_pt / scale * mercator::metres_per_unit(wgs84[1]);
            assert!(apart_m < 5.0, "{datum:?} {wgs84:?}: {apart_m} m");
            let Mercator { x: bx, y: by } = viewport.to_mercator([x, y]);
            let back = mercator::to_lon_lat(Mercator { x: bx, y: by });
            assert!(metres(back, at(wgs84)) < 0.5);
        }
    }
}
