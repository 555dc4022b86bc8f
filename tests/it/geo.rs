//! Projection, geodesics and chainage, against published values and independent computations.

use geo::{LineString, MultiPolygon, Polygon, line_string, polygon};
use jintu::{
    geo::{Alignment, Chainage, ChainageError, geodesic, mercator},
    units::{Extent, LonLat, Mercator},
};
use proptest::prelude::*;

fn close(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance
}

fn china() -> impl Strategy<Value = LonLat> {
    (100.0..125.0, 20.0..50.0).prop_map(|(lon, lat)| LonLat::new(lon, lat))
}

/// Steps of up to some 3 km from a start.
fn wandering_line(max_vertices: usize) -> impl Strategy<Value = LineString<f64>> {
    let steps = proptest::collection::vec((-0.03..0.03, -0.03..0.03), 1..max_vertices);
    (110.0..114.0, 36.0..40.0, steps).prop_map(|(lon, lat, steps)| {
        let mut at = (lon, lat);
        std::iter::once(at)
            .chain(steps.into_iter().map(|(dx, dy)| {
                at = (at.0 + dx, at.1 + dy);
                at
            }))
            .collect()
    })
}

#[test]
fn mercator_has_its_known_values() {
    let centre = mercator::from_lon_lat(LonLat::new(0.0, 0.0));
    assert_eq!(centre, Mercator { x: 0.5, y: 0.5 });
    let corner = mercator::from_lon_lat(LonLat::new(-180.0, mercator::MAX_LAT_DEG));
    assert!(close(corner.x, 0.0, 1e-15) && close(corner.y, 0.0, 1e-12));
    // EPSG guidance note 7-2 gives 100°20'W 24°22'54.433"N as E -11169055.58, N 2800000.00.
    let world_m = std::f64::consts::TAU * 6_378_137.0;
    let example = mercator::from_lon_lat(LonLat::new(
        -(100.0 + 20.0 / 60.0),
        24.0 + 22.0 / 60.0 + 54.433 / 3600.0,
    ));
    assert!(close((example.x - 0.5) * world_m, -11_169_055.58, 0.01));
    assert!(close((0.5 - example.y) * world_m, 2_800_000.00, 0.02));
}

#[test]
fn mercator_holds_poles_and_broken_positions() {
    for lat in [90.0, 89.0, f64::INFINITY, 1e300] {
        let y = mercator::from_lon_lat(LonLat::new(0.0, lat)).y;
        assert!(close(y, 0.0, 1e-12), "{lat} gives {y}");
    }
    assert!(mercator::from_lon_lat(LonLat::new(0.0, f64::NAN)).y.is_nan());
    assert!(mercator::to_lon_lat(Mercator { x: f64::NAN, y: 0.5 }).lon_deg.is_nan());
}

#[test]
fn a_unit_is_as_long_as_the_parallel() {
    // One degree of longitude at 38° N on WGS-84 by the geodesic, over a step short enough not to
    // leave the parallel.
    let step = geodesic::distance_m(LonLat::new(112.0, 38.0), LonLat::new(112.001, 38.0)) * 1000.0;
    assert!(close(mercator::metres_per_unit(38.0) / 360.0, step, 1e-3));
    assert!(mercator::metres_per_unit(90.0).abs() < 1e-6);
}

#[test]
fn an_extent_becomes_a_box_with_north_up() {
    let extent = Extent { west_deg: 111.0, south_deg: 37.0, east_deg: 113.0, north_deg: 38.5 };
    let plane = mercator::extent_to_mercator(extent);
    assert!(plane.min.x < plane.max.x && plane.min.y < plane.max.y);
    let back = mercator::extent_from_mercator(plane);
    for (a, b) in [
        (back.west_deg, 111.0),
        (back.south_deg, 37.0),
        (back.east_deg, 113.0),
        (back.north_deg, 38.5),
    ] {
        assert!(close(a, b, 1e-11));
    }
}

#[test]
fn distances_are_those_geographiclib_publishes() {
    // GeographicLib 2 documentation: Python examples (Wellington–Salamanca) and GeodSolve (JFK–LHR).
    let pairs = [
        ((174.81, -41.32), (-5.50, 40.96), 19_959_679.267),
        ((-73.8, 40.6), (-0.5, 51.6), 5_551_759.400),
    ];
    for ((lon1, lat1), (lon2, lat2), published) in pairs {
        let d = geodesic::distance_m(LonLat::new(lon1, lat1), LonLat::new(lon2, lat2));
        assert!(close(d, published, 0.001), "{d} is not {published}");
    }
    // Direct problem from the same examples: 20 000 km south-west of Perth.
    let end = geodesic::destination(LonLat::new(115.74, -32.06), 225.0, 20_000_000.0);
    assert!(close(end.lat_deg, 32.111_955_29, 1e-8) && close(end.lon_deg, -63.959_252_78, 1e-8));
}

#[test]
fn areas_are_those_geographiclib_publishes() {
    // Planimeter's first test: the square degree north-east of the origin.
    let square = polygon![(x: 0., y: 0.), (x: 1., y: 0.), (x: 1., y: 1.), (x: 0., y: 1.)];
    assert!(close(geodesic::area_m2(&square), 12_308_778_361.469, 0.001));
    // Its hole is taken off, whichever way it winds.
    for hole in [
        line_string![(x: 0.2, y: 0.2), (x: 0.4, y: 0.2), (x: 0.4, y: 0.4), (x: 0.2, y: 0.4)],
        line_string![(x: 0.2, y: 0.2), (x: 0.2, y: 0.4), (x: 0.4, y: 0.4), (x: 0.4, y: 0.2)],
    ] {
        let hole_area = geodesic::area_m2(&Polygon::new(hole.clone(), vec![]));
        let ring = Polygon::new(square.exterior().clone(), vec![hole]);
        let both = geodesic::area_m2(&ring) + hole_area;
        assert!(close(both, 12_308_778_361.469, 0.001));
    }
    let twice = MultiPolygon::new(vec![square.clone(), square]);
    assert!(close(geodesic::multi_area_m2(&twice), 2.0 * 12_308_778_361.469, 0.002));
}

#[test]
fn broken_input_measures_nothing_and_does_not_panic() {
    let nan = LonLat::new(f64::NAN, 37.0);
    let here = LonLat::new(112.0, 37.0);
    assert!(geodesic::distance_m(nan, here).is_nan());
    assert!(geodesic::distance_m(here, LonLat::new(0.0, 91.0)).is_nan());
    assert_eq!(geodesic::destination(here, f64::NAN, 5.0), here);
    let empty: LineString<f64> = LineString::new(vec![]);
    assert!(close(geodesic::length_m(&empty), 0.0, 0.0));
    assert!(jintu::geo::nearest::point_to_line_m(here, &empty).is_infinite());
    assert!(jintu::geo::nearest::point_to_line_m(nan, &line_string![(x: 1., y: 1.)]).is_infinite());
    let broken =
        line_string![(x: 112., y: 37.), (x: f64::NAN, y: 1.), (x: 1., y: 95.), (x: 112., y: 37.1)];
    let straight = line_string![(x: 112., y: 37.), (x: 112., y: 37.1)];
    assert!(close(geodesic::length_m(&broken), geodesic::length_m(&straight), 1e-9));
    let flat = Polygon::new(line_string![(x: 1., y: 1.), (x: 2., y: 2.)], vec![]);
    assert!(close(geodesic::area_m2(&flat), 0.0, 0.0));
    // Between the poles the shortest way is half a meridian: 2 × 10 001 965.729 m.
    let poles = geodesic::distance_m(LonLat::new(0.0, 90.0), LonLat::new(77.0, -90.0));
    assert!(close(poles, 2.0 * 10_001_965.729, 0.001));
}

#[test]
fn chainage_is_written_as_surveyors_do() {
    let cases = [
        (0.0, "K0+000"),
        (5.4, "K0+005"),
        (12_345.0, "K12+345"),
        (12_999.5, "K13+000"),
        (123_456.7, "K123+457"),
        (-250.0, "-K0+250"),
        (-0.2, "K0+000"),
        (f64::NAN, "K?"),
        (f64::INFINITY, "K?"),
    ];
    for (m, text) in cases {
        assert_eq!(Chainage::from_m(m).to_string(), text);
    }
    assert_eq!(format!("{:.2}", Chainage::from_km(12.345_678)), "K12+345.68");
    assert_eq!(format!("{:.1}", Chainage::from_m(999.96)), "K1+000.0");
}

#[test]
fn chainage_is_read_in_every_usual_way() {
    let cases = [
        ("K12+345", 12_345.0),
        ("k12+345", 12_345.0),
        (" K12 + 345 ", 12_345.0),
        ("Ｋ１２＋３４５", 12_345.0),
        ("12+345.5", 12_345.5),
        ("12345", 12_345.0),
        ("12.345", 12_345.0),
        ("K12.345", 12_345.0),
        ("K12", 12_000.0),
        ("K0+050", 50.0),
        ("-K0+250", -250.0),
        ("0", 0.0),
    ];
    for (text, m) in cases {
        let read: Chainage = text.parse().unwrap_or_else(|e| panic!("{text}: {e}"));
        assert!(close(read.m, m, 1e-9), "{text} gives {}", read.m);
    }
}

#[test]
fn what_is_no_chainage_says_why() {
    assert_eq!("  ".parse::<Chainage>(), Err(ChainageError::Empty));
    assert_eq!(
        "K12+1345".parse::<Chainage>(),
        Err(ChainageError::TooManyMetres("K12+1345".to_owned()))
    );
    assert_eq!(
        "K999999+000".parse::<Chainage>(),
        Err(ChainageError::TooLong("K999999+000".to_owned()))
    );
    for text in [
        "K", "+", "K+", "K12+", "+345", "K1.5+200", "12+3+4", "NaN", "inf", "1e3", "米", "K-1+5",
        "1..2",
    ] {
        let error = text.parse::<Chainage>().expect_err(text);
        assert_eq!(error, ChainageError::NotAChainage(text.to_owned()));
        assert!(error.to_string().contains(text));
    }
}

#[test]
fn an_alignment_without_length_has_one_place() {
    let nowhere = Alignment::new(&LineString::new(vec![]));
    assert!(close(nowhere.length_m(), 0.0, 0.0));
    assert!(nowhere.point_at(5.0).lon_deg.is_nan());
    assert!(nowhere.slice(0.0, 9.0).0.is_empty());
    assert!(nowhere.locate(LonLat::new(112.0, 37.0)).offset_m.is_infinite());
    let spot = LonLat::new(112.0, 37.0);
    let still = Alignment::new(&line_string![(x: 112., y: 37.), (x: 112., y: 37.)]);
    assert_eq!(still.positions(), [spot]);
    assert_eq!(still.point_at(-3.0), spot);
    assert_eq!(still.point_at(f64::NAN), spot);
    let located = still.locate(LonLat::new(112.0, 37.001));
    assert!(close(located.offset_m, 110.99, 0.5) && close(located.chainage_m, 0.0, 0.0));
}

#[test]
fn a_position_is_projected_onto_the_segment() {
    let line = line_string![(x: 112.0, y: 37.0), (x: 112.2, y: 37.0), (x: 112.2, y: 37.2)];
    let alignment = Alignment::new(&line);
    let first = geodesic::distance_m(LonLat::new(112.0, 37.0), LonLat::new(112.2, 37.0));
    let beside = alignment.locate(LonLat::new(112.1, 37.01));
    assert!(close(beside.chainage_m, first / 2.0, 1.0), "{beside:?}");
    // One hundredth of a degree of the meridian at 37° N.
    assert!(close(beside.offset_m, 1109.8, 0.5), "{beside:?}");
    assert!(close(beside.point.lat_deg, 37.0, 1e-12));
    let before = alignment.locate(LonLat::new(111.9, 37.0));
    assert!(close(before.chainage_m, 0.0, 0.0) && before.point == LonLat::new(112.0, 37.0));
    let beyond = alignment.locate(LonLat::new(112.2, 37.3));
    assert!(close(beyond.chainage_m, alignment.length_m(), 0.0));
    // East at the start, north at the end.
    assert!(close(alignment.azimuth_deg_at(10.0), 90.0, 0.1));
    assert!(close(alignment.azimuth_deg_at(1e9), 0.0, 1e-9));
}

#[test]
fn chainage_grows_evenly_along_a_long_segment() {
    // 160 km to the north-east in one segment: equal chainages have to be equal ways.
    let line = line_string![(x: 111.0, y: 37.0), (x: 112.3, y: 38.0)];
    let alignment = Alignment::new(&line);
    let step = alignment.length_m() / 16.0;
    for i in 0..16 {
        let (a, b) = (f64::from(i) * step, f64::from(i + 1) * step);
        let way = geodesic::distance_m(alignment.point_at(a), alignment.point_at(b));
        assert!((way / step - 1.0).abs() < 5e-5, "step {i}: {way} for {step}");
    }
}

proptest! {
    #[test]
    fn mercator_round_trips(p in (-180.0..180.0, -85.0..85.0)) {
        let p = LonLat::new(p.0, p.1);
        let back = mercator::to_lon_lat(mercator::from_lon_lat(p));
        prop_assert!(close(back.lon_deg, p.lon_deg, 1e-10));
        prop_assert!(close(back.lat_deg, p.lat_deg, 1e-10));
    }

    #[test]
    fn a_destination_is_as_far_as_asked(p in china(), azimuth in -180.0..180.0, d in 1.0..1e6) {
        let end = geodesic::destination(p, azimuth, d);
        prop_assert!(close(geodesic::distance_m(p, end), d, 1e-6));
        let turn = (geodesic::azimuth_deg(p, end) - azimuth).rem_euclid(360.0);
        prop_assert!(turn.min(360.0 - turn) * d < 0.1);
    }

    /// The oracle walks the line in steps of a thousandth of each segment.
    #[test]
    fn distance_to_a_line_is_the_least_of_many(
        line in wandering_line(6),
        away in (0.0..360.0, 0.0..60_000.0),
    ) {
        let start = LonLat::from(line.0[0]);
        let p = geodesic::destination(start, away.0, away.1);
        let got = jintu::geo::nearest::point_to_line_m(p, &line);
        let mut least = f64::INFINITY;
        for edge in line.lines() {
            for i in 0..=1000 {
                let t = f64::from(i) / 1000.0;
                let q = LonLat::from(edge.start + (edge.end - edge.start) * t);
                least = least.min(geodesic::distance_m(p, q));
            }
        }
        // Steps are at most 4.3 m, so the oracle may be half of that too long.
        prop_assert!(got <= least + 1e-6, "{} above {}", got, least);
        prop_assert!(got >= least - 2.2, "{} below {}", got, least);
    }

    #[test]
    fn chainage_text_round_trips(m in -99_000_000_i32..99_000_000) {
        let text = Chainage::from_m(f64::from(m)).to_string();
        prop_assert!(close(text.parse::<Chainage>().expect("own form").m, f64::from(m), 1e-6));
    }

    #[test]
    fn reading_a_chainage_never_panics(text in ".{0,12}|[Kk+0-9. -]{0,12}") {
        let _ = text.parse::<Chainage>();
    }

    #[test]
    fn a_place_on_the_line_is_found_again(line in wandering_line(30), share in 0.0..1.0) {
        let alignment = Alignment::new(&line);
        prop_assert!(close(alignment.length_m(), geodesic::length_m(&line), 1e-6));
        let exact: f64 = alignment
            .positions()
            .windows(2)
            .map(|w| geodesic::distance_m(w[0], w[1]))
            .sum();
        prop_assert!((alignment.length_m() / exact - 1.0).abs() < 1e-8);
        let chainage_m = share * alignment.length_m();
        let p = alignment.point_at(chainage_m);
        let found = alignment.locate(p);
        prop_assert!(found.offset_m < 1e-3, "{:?}", found);
        // The line may cross itself; then the place has two chainages, but it is one place.
        let same = geodesic::distance_m(alignment.point_at(found.chainage_m), p);
        prop_assert!(same < 1e-3);
    }

    #[test]
    fn a_slice_is_as_long_as_the_chainages_say(
        line in wandering_line(30),
        a in 0.0..1.0,
        b in 0.0..1.0,
    ) {
        let alignment = Alignment::new(&line);
        let (from, to) = (a * alignment.length_m(), b * alignment.length_m());
        let part = alignment.slice(from, to);
        prop_assert!(part.0.len() >= 2);
        prop_assert!(close(geodesic::length_m(&part), (to - from).abs(), 0.01));
    }
}
