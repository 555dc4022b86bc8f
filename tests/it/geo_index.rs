//! The spatial index against linear scans by independent means: whole-number geometry for the plane,
//! walks along the lines for metres.

use geo::{Coord, LineString, MultiPolygon, Polygon, line_string};
use jintu::{
    geo::{FeatureId, FeatureIndex, Geometry, Hit, geodesic, mercator, polygon},
    units::{Extent, LonLat, Mercator},
};
use proptest::prelude::*;

use super::whole_plane::{in_rings, segments_share_a_point, whole, whole_polygon, whole_shape};

// ---- inputs: a coarse grid, so that touching, collinear and equal are common ----

fn grid() -> impl Strategy<Value = LonLat> {
    (0_i32..12, 0_i32..12).prop_map(|(i, j)| on_grid(i, j))
}

fn on_grid(i: i32, j: i32) -> LonLat {
    LonLat::new(112.0 + f64::from(i) / 64.0, 37.5 + f64::from(j) / 64.0)
}

fn rectangle(a: LonLat, b: LonLat) -> LineString<f64> {
    line_string![
        (x: a.lon_deg, y: a.lat_deg), (x: b.lon_deg, y: a.lat_deg),
        (x: b.lon_deg, y: b.lat_deg), (x: a.lon_deg, y: b.lat_deg), (x: a.lon_deg, y: a.lat_deg)
    ]
}

fn line_of(points: &[LonLat]) -> LineString<f64> {
    points.iter().map(|p| Coord::from(*p)).collect()
}

/// Any ring over the grid, crossing itself or not, sometimes a rectangle with a hole.
fn drawn() -> impl Strategy<Value = Polygon<f64>> {
    let any = proptest::collection::vec(grid(), 3..7)
        .prop_map(|points| Polygon::new(line_of(&points), vec![]));
    let with_hole = (0_i32..4, 0_i32..4, 8_i32..12, 8_i32..12).prop_map(|(w, s, e, n)| {
        let hole = rectangle(on_grid(w + 2, s + 2), on_grid(e - 1, n - 1));
        Polygon::new(rectangle(on_grid(w, s), on_grid(e, n)), vec![hole])
    });
    let small = (1_i32..11, 1_i32..11).prop_map(|(i, j)| {
        let tip = LonLat::new(112.004 + f64::from(i) / 64.0, 37.504 + f64::from(j) / 64.0);
        Polygon::new(line_of(&[on_grid(i, j), on_grid(i + 1, j), tip]), vec![])
    });
    prop_oneof![2 => any, 1 => with_hole, 1 => small]
}

fn geometry() -> impl Strategy<Value = Geometry> {
    prop_oneof![
        grid().prop_map(Geometry::Point),
        proptest::collection::vec(grid(), 1..5).prop_map(|p| Geometry::Line(line_of(&p))),
        drawn().prop_map(|area| Geometry::Area(MultiPolygon::new(vec![area]))),
    ]
}

fn features() -> impl Strategy<Value = Vec<Geometry>> {
    proptest::collection::vec(geometry(), 0..25)
}

fn build(features: &[Geometry]) -> FeatureIndex {
    FeatureIndex::build((0..).map(FeatureId).zip(features.iter().cloned()))
}

fn scan(features: &[Geometry], test: impl Fn(&Geometry) -> bool) -> Vec<FeatureId> {
    (0..).map(FeatureId).zip(features).filter(|(_, g)| test(g)).map(|(id, _)| id).collect()
}

fn extent_of(a: LonLat, b: LonLat) -> Extent {
    Extent::around([a, b]).expect("two positions")
}

/// Distance from a position, by the functions that have their own tests.
fn distance_m(p: LonLat, geometry: &Geometry) -> f64 {
    match geometry {
        Geometry::Point(q) => geodesic::distance_m(p, *q),
        Geometry::Line(line) => jintu::geo::nearest::point_to_line_m(p, line),
        Geometry::Area(area) => jintu::geo::nearest::point_to_area_m(p, area),
    }
}

/// Positions along a line, no farther apart than `step_deg`.
fn walk(line: &LineString<f64>, step_deg: f64) -> Vec<LonLat> {
    let mut places: Vec<LonLat> = line.coords().map(|c| LonLat::from(*c)).collect();
    for edge in line.lines() {
        let d = edge.end - edge.start;
        let steps = (d.x.hypot(d.y) / step_deg).ceil();
        let mut i = 1.0;
        while i < steps {
            places.push(LonLat::from(edge.start + d * (i / steps)));
            i += 1.0;
        }
    }
    places
}

proptest! {
    /// Small numbers, so that parallel, collinear, touching and single-point segments abound.
    #[test]
    fn segments_meet_as_whole_numbers_say(
        v in proptest::array::uniform8(-3_i32..4),
    ) {
        let [a, b, c, d] = [0, 2, 4, 6].map(|i| (v[i], v[i + 1]));
        let coord = |(x, y): (i32, i32)| Coord { x: f64::from(x), y: f64::from(y) };
        let exact = |(x, y): (i32, i32)| (i128::from(x), i128::from(y));
        let (min, max) = ((c.0.min(d.0), c.1.min(d.1)), (c.0.max(d.0), c.1.max(d.1)));
        let corners = [min, (max.0, min.1), max, (min.0, max.1), min];
        prop_assert_eq!(
            polygon::segments_meet(coord(a), coord(b), coord(c), coord(d)),
            segments_share_a_point(exact(a), exact(b), exact(c), exact(d))
        );
        let within = (min.0..=max.0).contains(&a.0) && (min.1..=max.1).contains(&a.1);
        let expected = within || corners.windows(2).any(|w| {
            segments_share_a_point(exact(a), exact(b), exact(w[0]), exact(w[1]))
        });
        prop_assert_eq!(
            polygon::segment_meets_box(coord(a), coord(b), coord(min), coord(max)),
            expected
        );
    }

    #[test]
    fn in_extent_equals_a_scan(features in features(), a in grid(), b in grid()) {
        let extent = extent_of(a, b);
        let corners = [(a.lon_deg, a.lat_deg), (b.lon_deg, b.lat_deg)]
            .map(|(lon, lat)| LonLat::new(lon, lat));
        let searched = whole_polygon(&Polygon::new(rectangle(corners[0], corners[1]), vec![]));
        let expected = scan(&features, |g| whole_shape(g).meets(&searched));
        prop_assert_eq!(build(&features).in_extent(&extent), expected);
    }

    #[test]
    fn in_polygon_equals_a_scan(features in features(), drawn in drawn()) {
        let searched = whole_polygon(&drawn);
        let expected = scan(&features, |g| whole_shape(g).meets(&searched));
        prop_assert_eq!(build(&features).in_polygon(&drawn), expected);
    }

    #[test]
    fn within_metres_of_a_point_equals_a_scan(
        features in features(),
        from in (111.0..113.5, 36.5..39.0),
        metres in prop_oneof![Just(0.0), 0.0..2e3, 0.0..2e5],
    ) {
        let p = LonLat::new(from.0, from.1);
        let expected = scan(&features, |g| distance_m(p, g) <= metres);
        prop_assert_eq!(build(&features).within_m_of_point(p, metres), expected);
    }

    #[test]
    fn a_radius_that_just_reaches_is_enough(feature in geometry(), from in (111.0..113.5, 36.5..39.0)) {
        let p = LonLat::new(from.0, from.1);
        let index = build(std::slice::from_ref(&feature));
        let d = distance_m(p, &feature);
        prop_assert_eq!(index.within_m_of_point(p, d).len(), 1);
        if d > 0.0 {
            prop_assert!(index.within_m_of_point(p, d * (1.0 - 1e-9)).is_empty());
        }
    }

    /// The distance of two lines is judged from places 35 m apart on one of them.
    #[test]
    fn within_metres_of_a_line_agrees_with_a_walk(
        features in proptest::collection::vec(geometry(), 0..8),
        line in proptest::collection::vec((111.9..112.3, 37.4..37.8), 1..4),
        metres in prop_oneof![Just(0.0), 0.0..1e4],
    ) {
        let line: LineString<f64> = line.into_iter().collect();
        let found = build(&features).within_m_of_line(&line, metres);
        let places = walk(&line, 0.0004);
        for (id, feature) in (0..).map(FeatureId).zip(&features) {
            let walked =
                places.iter().map(|p| distance_m(*p, feature)).fold(f64::INFINITY, f64::min);
            if walked <= metres {
                prop_assert!(found.contains(&id), "{id:?} at {walked} of {metres} is missing");
            }
            if walked > metres + 25.0 {
                prop_assert!(!found.contains(&id), "{id:?} at {walked} of {metres} is too much");
            }
        }
        prop_assert!(found.is_sorted());
    }

    /// What lies in the plane within a circle, by the angle at the ends instead of shares.
    #[test]
    fn near_equals_a_scan(features in features(), at in grid(), radius in 0.0..3e-5) {
        let centre = mercator::from_lon_lat(at);
        let found = build(&features).near(centre, radius);
        for (id, feature) in (0..).map(FeatureId).zip(&features) {
            let expected = plane_distance(centre, at, feature);
            let hit = found.iter().find(|hit| hit.id == id);
            if expected <= radius * (1.0 - 1e-9) {
                prop_assert!(hit.is_some(), "{id:?} at {expected} of {radius}");
            }
            if let Some(hit) = hit {
                prop_assert!((hit.distance_units - expected).abs() < 1e-13);
            }
        }
        let distances: Vec<f64> = found.iter().map(|hit| hit.distance_units).collect();
        prop_assert!(distances.is_sorted());
    }

    #[test]
    fn broken_features_and_questions_do_no_harm(
        points in proptest::collection::vec(broken(), 0..6),
        asked in broken(),
        metres in prop_oneof![Just(f64::NAN), Just(-1.0), Just(f64::INFINITY), Just(1e9), Just(1.0)],
    ) {
        let line = line_of(&points);
        let area = Polygon::new(line.clone(), vec![line.clone()]);
        let index = build(&[
            Geometry::Point(asked),
            Geometry::Line(line.clone()),
            Geometry::Area(MultiPolygon::new(vec![area.clone()])),
            Geometry::Area(MultiPolygon::new(vec![])),
        ]);
        prop_assert!(index.len() <= 3);
        let _ = index.within_m_of_point(asked, metres);
        let _ = index.within_m_of_line(&line, metres);
        let _ = index.in_polygon(&area);
        let extent = Extent {
            west_deg: asked.lon_deg,
            south_deg: asked.lat_deg,
            east_deg: -asked.lon_deg,
            north_deg: metres,
        };
        let _ = index.in_extent(&extent);
        let _ = index.near(mercator::from_lon_lat(asked), metres);
    }
}

fn plane_distance(p: Mercator, at: LonLat, feature: &Geometry) -> f64 {
    let shape = whole_shape(feature);
    if shape.is_area && in_rings(whole(at), &shape.chains) {
        return 0.0;
    }
    let project = |c: &Coord<f64>| mercator::from_lon_lat((*c).into());
    let chains: Vec<Vec<Mercator>> = match feature {
        Geometry::Point(q) => vec![vec![mercator::from_lon_lat(*q); 2]],
        Geometry::Line(line) => vec![line.coords().chain(line.0.last()).map(project).collect()],
        Geometry::Area(area) => std::iter::once(area.0[0].exterior())
            .chain(area.0[0].interiors())
            .map(|ring| ring.coords().map(project).collect())
            .collect(),
    };
    let edges = chains.iter().flat_map(|chain| chain.windows(2));
    edges.map(|w| segment_distance(p, w[0], w[1])).fold(f64::INFINITY, f64::min)
}

fn segment_distance(p: Mercator, a: Mercator, b: Mercator) -> f64 {
    let (ab, ap, bp) = ((b.x - a.x, b.y - a.y), (p.x - a.x, p.y - a.y), (p.x - b.x, p.y - b.y));
    let dot = |u: (f64, f64), v: (f64, f64)| u.0 * v.0 + u.1 * v.1;
    if dot(ab, ap) <= 0.0 {
        ap.0.hypot(ap.1)
    } else if dot(ab, bp) >= 0.0 {
        bp.0.hypot(bp.1)
    } else {
        (ab.0 * ap.1 - ab.1 * ap.0).abs() / ab.0.hypot(ab.1)
    }
}

fn broken() -> impl Strategy<Value = LonLat> {
    let value = || {
        prop_oneof![
            Just(f64::NAN),
            Just(f64::INFINITY),
            Just(0.0),
            Just(90.0),
            Just(-90.0),
            Just(180.0),
            Just(1e300),
            -180.0..180.0,
        ]
    };
    (value(), value()).prop_map(|(lon, lat)| LonLat::new(lon, lat))
}

#[test]
fn a_line_that_only_passes_through_is_found() {
    let passing = Geometry::Line(line_string![(x: 111.0, y: 37.55), (x: 113.0, y: 37.56)]);
    let around = Geometry::Area(MultiPolygon::new(vec![Polygon::new(
        rectangle(LonLat::new(111.0, 36.0), LonLat::new(113.0, 39.0)),
        vec![],
    )]));
    let beside = Geometry::Line(line_string![(x: 111.0, y: 37.0), (x: 112.55, y: 38.5)]);
    let index = build(&[passing, around, beside]);
    let extent = extent_of(LonLat::new(112.0, 37.5), LonLat::new(112.1, 37.6));
    assert_eq!(index.in_extent(&extent), [FeatureId(0), FeatureId(1)]);
}

#[test]
fn an_area_around_a_drawn_polygon_is_found() {
    let around = rectangle(LonLat::new(111.0, 36.0), LonLat::new(113.0, 39.0));
    let index = build(&[Geometry::Area(MultiPolygon::new(vec![Polygon::new(around, vec![])]))]);
    let drawn = Polygon::new(rectangle(LonLat::new(112.0, 37.5), LonLat::new(112.1, 37.6)), vec![]);
    assert_eq!(index.in_polygon(&drawn), [FeatureId(0)]);
}

#[test]
fn touching_counts_and_a_hole_does_not() {
    let corner = Geometry::Point(LonLat::new(112.0, 37.5));
    let along = Geometry::Line(line_string![(x: 112.0, y: 37.0), (x: 112.0, y: 38.0)]);
    let outer = rectangle(LonLat::new(111.0, 36.0), LonLat::new(113.0, 39.0));
    let hole = rectangle(LonLat::new(111.9, 37.4), LonLat::new(112.2, 37.7));
    let ring = Geometry::Area(MultiPolygon::new(vec![Polygon::new(outer, vec![hole])]));
    let index = build(&[corner, along, ring]);
    let extent = extent_of(LonLat::new(112.0, 37.5), LonLat::new(112.1, 37.6));
    assert_eq!(index.in_extent(&extent), [FeatureId(0), FeatureId(1)]);
    let drawn = Polygon::new(rectangle(LonLat::new(112.0, 37.5), LonLat::new(112.1, 37.6)), vec![]);
    assert_eq!(index.in_polygon(&drawn), [FeatureId(0), FeatureId(1)]);
}

#[test]
fn one_id_with_several_shapes_is_told_once() {
    let id = FeatureId(7);
    let shapes = [112.0, 112.001, 112.002].map(|lon| (id, Geometry::Point(LonLat::new(lon, 37.5))));
    let index = FeatureIndex::build(shapes);
    assert_eq!(index.len(), 3);
    assert_eq!(index.within_m_of_point(LonLat::new(112.0, 37.5), 1000.0), [id]);
    let at = mercator::from_lon_lat(LonLat::new(112.001, 37.5));
    assert_eq!(index.near(at, 1.0), [Hit { id, distance_units: 0.0 }]);
}

#[test]
fn an_empty_index_finds_nothing() {
    let index = FeatureIndex::build([]);
    assert!(index.is_empty());
    assert!(
        index.in_extent(&extent_of(LonLat::new(0.0, 0.0), LonLat::new(180.0, 80.0))).is_empty()
    );
    assert!(index.near(Mercator { x: 0.5, y: 0.5 }, 1.0).is_empty());
}
