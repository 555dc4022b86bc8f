//! Numbers that do not say their reference system: what they may be, in order.

use jintu::{
    geo::{Crs, ZoneWidth, crs_guess, crs_guess::Reason, geodesic},
    language::Language,
    units::{Extent, LonLat},
};
use proptest::prelude::*;

const PLAN: Extent = Extent { west_deg: 111.5, south_deg: 37.4, east_deg: 113.2, north_deg: 38.5 };

/// Places within the city, from its west (zone 37) to its east (zone 38).
const PLACES: [[f64; 2]; 5] =
    [[112.55, 37.87], [112.4, 37.75], [111.8, 38.05], [112.9, 38.1], [113.05, 37.95]];

/// What a file with the places has, and its box.
fn file(crs: Crs, swapped: bool) -> (Vec<[f64; 2]>, [f64; 4]) {
    let points: Vec<[f64; 2]> = PLACES
        .iter()
        .map(|[lon, lat]| crs.from_wgs84(LonLat::new(*lon, *lat)))
        .map(|[x, y]| if swapped { [y, x] } else { [x, y] })
        .collect();
    let fold = |axis: usize, pick: fn(f64, f64) -> f64| {
        points.iter().map(|p| p[axis]).reduce(pick).unwrap()
    };
    let extent = [fold(0, f64::min), fold(1, f64::min), fold(0, f64::max), fold(1, f64::max)];
    (points, extent)
}

/// One place, as a file without points would tell it.
fn near(crs: Crs, p: [f64; 2], swapped: bool) -> [f64; 4] {
    let [x, y] = crs.from_wgs84(LonLat::new(p[0], p[1]));
    let [x, y] = if swapped { [y, x] } else { [x, y] };
    [x, y, x, y]
}

fn key(key: &str) -> Crs {
    Crs::from_key(key).unwrap()
}

#[test]
fn what_lies_in_the_city_comes_back_first() {
    // System, and whether the numbers say it beyond doubt.
    let systems = [
        ("wgs84", true),
        ("EPSG:4525", true),
        ("EPSG:4526", true),
        ("EPSG:4497", true),
        ("gk3:37", false),
        ("gk3:38", false),
        ("webmercator", false),
    ];
    for (name, is_certain) in systems {
        let crs = key(name);
        for swapped in [false, true] {
            if swapped && name == "webmercator" {
                continue;
            }
            let (points, extent) = file(crs, swapped);
            for points in [points.as_slice(), &[]] {
                let found = crs_guess::candidates(&[extent], points, PLAN);
                let first = found.first().unwrap_or_else(|| panic!("{name}: nothing"));
                assert_eq!((first.crs, first.swapped_axes), (crs, swapped), "{name} {found:#?}");
                let certain = crs_guess::certain(&found).is_some();
                assert_eq!(certain, is_certain && !swapped, "{name} {swapped} {found:#?}");
                // Where it says it would lie, it lies.
                let [west, east] = [first.lands.west_deg, first.lands.east_deg];
                assert!(west > 111.75 && east < 113.1, "{name} {:?}", first.lands);
            }
        }
    }
}

#[test]
fn what_cannot_be_told_from_numbers_stands_below() {
    let among = |name: &str, places: &[[f64; 2]]| {
        for place in places {
            let found = crs_guess::candidates(&[near(key(name), *place, false)], &[], PLAN);
            let own = found.iter().find(|c| c.crs == key(name));
            let own = own.unwrap_or_else(|| panic!("{name}: {found:#?}"));
            let middle = LonLat::new(own.lands.west_deg, own.lands.south_deg);
            let off_m = geodesic::distance_m(middle, LonLat::new(place[0], place[1]));
            assert!(off_m < 0.01, "{name} {off_m}");
        }
    };
    // Half a kilometre, two kilometres: no number tells them apart from what is usual.
    among("gcj02", &PLACES);
    among("bd09", &PLACES);
    among("utm:49", &PLACES);
    // Beyond 1.8° of the meridian only a zone of 6° reaches.
    among("gk6:19", &[[112.9, 38.1], [113.05, 37.95]]);
}

#[test]
fn each_candidate_says_why() {
    let found = |name: &str, swapped| {
        crs_guess::candidates(&[near(key(name), PLACES[0], swapped)], &[], PLAN)
    };
    let reason = |name| found(name, false)[0].reason;
    assert_eq!(reason("wgs84"), Reason::Degrees);
    assert_eq!(reason("EPSG:4526"), Reason::ZonePrefix { width: ZoneWidth::Three, zone: 38 });
    assert_eq!(reason("EPSG:4497"), Reason::ZonePrefix { width: ZoneWidth::Six, zone: 19 });
    let here = Reason::ZoneNearPlan { width: ZoneWidth::Three, zone: 38, beside: false };
    assert_eq!(reason("gk3:38"), here);
    let beside = found("gk3:38", false).into_iter().any(|c| {
        c.reason == Reason::ZoneNearPlan { width: ZoneWidth::Three, zone: 37, beside: true }
    });
    assert!(beside, "the zone beside is offered too: {:#?}", found("gk3:38", false));
    let all: Vec<_> = ["wgs84", "EPSG:4526", "gk3:38", "webmercator", "utm:49"]
        .into_iter()
        .flat_map(|name| [false, true].map(|swapped| found(name, swapped)))
        .flatten()
        .collect();
    for candidate in &all {
        let zh = candidate.reason_words(Language::Chinese);
        let en = candidate.reason_words(Language::English);
        assert!(!zh.contains("crs_") && !en.contains("crs_") && !en.contains("%{"), "{zh} {en}");
        assert_eq!(zh.contains("在前"), candidate.swapped_axes, "{zh}");
    }
    assert!(all.len() > 20);
}

#[test]
fn numbers_from_elsewhere_are_told_but_not_believed_too_much() {
    let of = |extent| crs_guess::candidates(&[extent], &[], PLAN);
    // Another province: the digits say it as well.
    let found = of(near(key("EPSG:4528"), [120.1, 30.2], false));
    assert_eq!(crs_guess::certain(&found).map(|c| c.crs), Some(key("EPSG:4528")));
    let found = of(near(Crs::WGS84, [87.6, 43.8], false));
    assert_eq!(crs_guess::certain(&found).map(|c| c.crs), Some(Crs::WGS84));
    // Web Mercator's metres east of 117° begin like zones of 6°.
    let found = of(near(Crs::WebMercator, [119.5, 32.0], false));
    assert!(found.iter().any(|c| c.crs == Crs::WebMercator), "{found:#?}");
    assert!(crs_guess::certain(&found).is_none(), "{found:#?}");
    // A drawing around its own zero point, and what is nothing.
    assert!(crs_guess::certain(&of([0.0, 0.0, 40.0, 30.0])).is_none());
    assert!(crs_guess::certain(&of([0.0, 0.0, 297.0, 210.0])).is_none());
    assert!(of([0.0, 0.0, 9e9, 9e9]).is_empty());
    assert!(of([f64::NAN, 0.0, f64::INFINITY, 1.0]).is_empty());
    assert!(crs_guess::candidates(&[], &[], PLAN).is_empty());
}

#[test]
fn stray_points_mislead_nobody() {
    let (mut points, _) = file(key("EPSG:4526"), false);
    points.extend([[0.0, 0.0], [0.0, 0.0], [1e12, -5.0]]);
    let found = crs_guess::candidates(&[[0.0, -5.0, 1e12, 4_300_000.0]], &points, PLAN);
    assert_eq!(crs_guess::certain(&found).map(|c| c.crs), Some(key("EPSG:4526")));
}

proptest! {
    #[test]
    fn any_place_of_the_city_comes_back(lon in 111.55..113.15_f64, lat in 37.45..38.45, i in 0..12_usize) {
        let names = ["wgs84", "gk3:37", "gk3:38", "EPSG:4525", "EPSG:4526", "EPSG:4497"];
        let (crs, swapped) = (key(names[i / 2]), i % 2 == 1);
        // What lies beyond the zone is written in the next.
        let off = match crs {
            Crs::TransverseMercator(plane) => (lon - plane.parameters().central_meridian_deg).abs(),
            _ => 0.0,
        };
        prop_assume!(off < 1.5 || names[i / 2] == "EPSG:4497");
        let found = crs_guess::candidates(&[near(crs, [lon, lat], swapped)], &[], PLAN);
        prop_assert_eq!((found[0].crs, found[0].swapped_axes), (crs, swapped), "{:#?}", found);
    }

    #[test]
    fn candidates_are_in_order_and_few(extent in any::<[f64; 4]>(), points in proptest::collection::vec(any::<[f64; 2]>(), 0..9)) {
        let found = crs_guess::candidates(&[extent], &points, PLAN);
        prop_assert!(found.len() <= 8);
        prop_assert!(found.windows(2).all(|pair| pair[0].plausibility >= pair[1].plausibility));
    }
}
