//! Level of detail, triangles and clipping, each against a brute computation.

use geo::{Area, Coord, LineString, MultiPolygon, Polygon, line_string};
use jintu::{
    geo::{
        Levels, MercatorExtent,
        clip::clip_path,
        mercator,
        triangulate::{triangulate, triangulate_multi, triangulate_polygon},
    },
    units::{LonLat, Mercator},
};
use proptest::prelude::*;

fn m(x: f64, y: f64) -> Mercator {
    Mercator { x, y }
}

/// By the angles at both ends, unlike the code's share along the segment.
fn distance(p: Mercator, a: Mercator, b: Mercator) -> f64 {
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

fn distance_to_path(p: Mercator, path: &[Mercator]) -> f64 {
    path.windows(2).map(|w| distance(p, w[0], w[1])).fold(f64::INFINITY, f64::min)
}

fn mesh_area(triangles: impl Iterator<Item = [Mercator; 3]>) -> f64 {
    triangles
        .map(|[a, b, c]| ((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)).abs() / 2.0)
        .sum()
}

fn plane_area(ring: &[Mercator]) -> f64 {
    let ring: LineString<f64> = ring.iter().map(|p| (p.x, p.y)).collect();
    Polygon::new(ring, vec![]).unsigned_area()
}

/// A ring around a centre that never crosses itself: one radius per direction.
fn star(centre: Mercator, radii: &[f64]) -> Vec<Mercator> {
    let turn = std::f64::consts::TAU / radii.len() as f64;
    radii
        .iter()
        .enumerate()
        .map(|(i, r)| {
            let (sin, cos) = (turn * i as f64).sin_cos();
            m(centre.x + r * cos, centre.y + r * sin)
        })
        .collect()
}

fn path() -> impl Strategy<Value = Vec<Mercator>> {
    let steps = proptest::collection::vec((-1e-3..1e-3, -1e-3..1e-3), 0..80);
    steps.prop_map(|steps| {
        let mut at = m(0.8, 0.39);
        std::iter::once(at)
            .chain(steps.into_iter().map(|(dx, dy)| {
                at = m(at.x + dx, at.y + dy);
                at
            }))
            .collect()
    })
}

#[test]
fn levels_of_broken_paths_are_harmless() {
    assert!(Levels::new(&[]).for_zoom(10.0).is_empty());
    assert_eq!(Levels::new(&[m(0.5, 0.5)]).for_zoom(3.0).as_ref(), [m(0.5, 0.5)]);
    let with_nan = [m(0.1, 0.1), m(f64::NAN, 0.2), m(0.3, f64::INFINITY), m(0.9, 0.1)];
    assert_eq!(Levels::new(&with_nan).full().as_ref(), [m(0.1, 0.1), m(0.9, 0.1)]);
    let same = vec![m(0.4, 0.4); 2000];
    assert_eq!(Levels::new(&same).for_zoom(18.0).as_ref(), [m(0.4, 0.4), m(0.4, 0.4)]);
    for zoom in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -3.0, 99.0] {
        assert!(!Levels::new(&same).for_zoom(zoom).is_empty());
    }
}

#[test]
fn levels_get_finer_and_keep_what_shows() {
    // A sine of 0.01 units: two pixels and a half at zoom 0, everything at zoom 12.
    let wave: Vec<Mercator> = (0..2000)
        .map(|i| m(0.3 + f64::from(i) * 1e-4, 0.5 + 0.01 * (f64::from(i) / 40.0).sin()))
        .collect();
    let levels = Levels::new(&wave);
    let counts: Vec<usize> = (0..=19).map(|zoom| levels.for_zoom(f64::from(zoom)).len()).collect();
    assert!(counts.is_sorted(), "{counts:?}");
    assert!(counts[0] < 60 && counts[0] > 10, "{counts:?}");
    assert_eq!(counts[19], 2000);
    // A zoom in between takes the finer neighbour, and asking again copies nothing.
    assert_eq!(levels.for_zoom(5.2).len(), counts[6]);
    assert!(std::sync::Arc::ptr_eq(&levels.for_zoom(6.0), &levels.for_zoom(5.5)));
}

#[test]
fn triangles_of_degenerate_polygons_are_none() {
    let line = vec![m(0.1, 0.1), m(0.2, 0.2), m(0.3, 0.3)];
    let nan = vec![m(f64::NAN, 0.1), m(0.2, 0.2), m(0.3, f64::INFINITY), m(0.1, 0.3)];
    for ring in [vec![], vec![m(0.1, 0.1)], vec![m(0.1, 0.1); 50], nan, line] {
        let mesh = triangulate(&ring, &[]);
        assert!(mesh_area(mesh.triangles()) < 1e-15, "{ring:?}");
    }
    let square = vec![m(0.1, 0.1), m(0.2, 0.1), m(0.2, 0.2), m(0.1, 0.2), m(0.1, 0.1)];
    let bad_holes = vec![vec![], vec![m(0.15, 0.15)], vec![m(f64::NAN, 0.0); 4]];
    let mesh = triangulate(&square, &bad_holes);
    assert!((mesh_area(mesh.triangles()) - 0.01).abs() < 1e-12);
    let empty = Polygon::new(line_string![], vec![]);
    assert_eq!(triangulate_polygon(&empty).indices.len(), 0);
}

#[test]
fn a_tiny_polygon_keeps_its_area() {
    // 5 m across at zoom 16 and beyond: 1e-7 units.
    let ring = star(m(0.812, 0.391), &[1e-7, 0.7e-7, 1e-7, 0.6e-7, 1e-7, 0.8e-7]);
    let mesh = triangulate(&ring, &[]);
    assert!((mesh_area(mesh.triangles()) / plane_area(&ring) - 1.0).abs() < 1e-6);
}

#[test]
fn parts_of_a_multipolygon_share_one_mesh() {
    let square = |x: f64| {
        Polygon::new(
            line_string![(x: x, y: 37.), (x: x + 0.1, y: 37.), (x: x + 0.1, y: 37.1), (x: x, y: 37.1)],
            vec![],
        )
    };
    let mesh = triangulate_multi(&MultiPolygon::new(vec![square(112.0), square(113.0)]));
    assert_eq!((mesh.vertices.len(), mesh.indices.len()), (8, 12));
    let one = triangulate_polygon(&square(112.0));
    let twice = 2.0 * mesh_area(one.triangles());
    assert!((mesh_area(mesh.triangles()) / twice - 1.0).abs() < 1e-9);
    let corner = mercator::from_lon_lat(LonLat::new(112.0, 37.0));
    assert!(mesh.vertices.contains(&corner));
}

#[test]
fn a_path_is_clipped_with_its_dashes_in_place() {
    let extent = MercatorExtent { min: m(0.2, 0.2), max: m(0.4, 0.4) };
    let across = [m(0.1, 0.3), m(0.5, 0.3)];
    let runs = clip_path(&across, &extent);
    assert_eq!(runs.len(), 1);
    assert!((runs[0].start_units - 0.1).abs() < 1e-12);
    assert!((runs[0].path[0].x - 0.2).abs() < 1e-12 && (runs[0].path[1].x - 0.4).abs() < 1e-12);
    // In, out over the corner and in again: two runs, the second with the way between counted.
    let twice = [m(0.3, 0.3), m(0.5, 0.3), m(0.5, 0.35), m(0.3, 0.35)];
    let runs = clip_path(&twice, &extent);
    assert_eq!(runs.len(), 2);
    assert!((runs[1].start_units - 0.35).abs() < 1e-12);
    // A corner only touched, outside on every side, and broken paths draw nothing.
    assert!(clip_path(&[m(0.1, 0.3), m(0.3, 0.1)], &extent).is_empty());
    assert!(clip_path(&[m(0.1, 0.1), m(0.1, 0.9), m(0.9, 0.9)], &extent).is_empty());
    assert!(clip_path(&[], &extent).is_empty());
    assert!(clip_path(&[m(0.3, 0.3)], &extent).is_empty());
    assert!(clip_path(&[m(f64::NAN, 0.3), m(0.3, 0.3)], &extent).is_empty());
    // A repeated vertex does not cut the run.
    let repeated = [m(0.21, 0.3), m(0.3, 0.3), m(0.3, 0.3), m(0.39, 0.3)];
    assert_eq!(clip_path(&repeated, &extent).len(), 1);
}

proptest! {
    #[test]
    fn simplified_paths_stay_within_tolerance(path in path(), zoom in 0_u8..19) {
        let kept = Levels::new(&path).for_zoom(f64::from(zoom));
        prop_assert_eq!(kept.first(), path.first());
        prop_assert_eq!(kept.last(), path.last());
        let mut rest = path.iter();
        prop_assert!(kept.iter().all(|p| rest.any(|q| p == q)), "not a part of the path");
        if path.len() > 1 {
            let tolerance = 0.35 / (256.0 * f64::from(zoom).exp2());
            for p in &path {
                prop_assert!(distance_to_path(*p, &kept) <= tolerance * (1.0 + 1e-9));
            }
        }
    }

    #[test]
    fn triangles_cover_a_star_with_a_hole(
        radii in proptest::collection::vec(0.02..0.05, 3..60),
        hole in proptest::option::of(proptest::collection::vec(0.001..0.004, 3..20)),
        reversed in any::<bool>(),
    ) {
        let centre = m(0.81, 0.39);
        let mut ring = star(centre, &radii);
        let mut expected = plane_area(&ring);
        // A triangle's sides may come nearer to the centre than its corners; the hole has to fit.
        let inner = radii.iter().copied().fold(f64::INFINITY, f64::min)
            * (std::f64::consts::PI / radii.len() as f64).cos();
        let holes: Vec<Vec<Mercator>> = hole
            .into_iter()
            .filter(|radii| radii.iter().all(|r| *r < inner))
            .map(|radii| star(centre, &radii))
            .collect();
        expected -= holes.iter().map(|ring| plane_area(ring)).sum::<f64>();
        if reversed {
            ring.reverse();
        }
        let mesh = triangulate(&ring, &holes);
        prop_assert!((mesh_area(mesh.triangles()) / expected - 1.0).abs() < 1e-9);
        prop_assert!(mesh.indices.iter().all(|i| (*i as usize) < mesh.vertices.len()));
    }

    #[test]
    fn no_ring_makes_the_triangulation_panic(
        ring in proptest::collection::vec(wild(), 0..40),
        hole in proptest::collection::vec(wild(), 0..20),
    ) {
        let mesh = triangulate(&ring, &[hole]);
        prop_assert!(mesh.indices.len().is_multiple_of(3));
        prop_assert!(mesh.indices.iter().all(|i| (*i as usize) < mesh.vertices.len()));
    }

    /// Every sampled position inside the box lies on some run at the length it has on the path.
    #[test]
    fn clipping_keeps_what_is_inside(path in path()) {
        let extent = MercatorExtent { min: m(0.7995, 0.3892), max: m(0.8007, 0.3911) };
        let runs = clip_path(&path, &extent);
        let slack = 1e-12;
        for run in &runs {
            for p in &run.path {
                prop_assert!(extent.grown(slack).contains(*p));
            }
        }
        let mut length = 0.0;
        for w in path.windows(2) {
            let step = (w[1].x - w[0].x).hypot(w[1].y - w[0].y);
            for i in 0..20 {
                let t = (f64::from(i) + 0.5) / 20.0;
                let p = m(w[0].x + (w[1].x - w[0].x) * t, w[0].y + (w[1].y - w[0].y) * t);
                let at = length + step * t;
                let holds = runs.iter().any(|run| holds_at(run, p, at));
                prop_assert_eq!(holds, extent.contains(p), "{:?}", p);
            }
            length += step;
        }
    }
}

fn holds_at(run: &jintu::geo::clip::Run, p: Mercator, at: f64) -> bool {
    let mut length = run.start_units;
    run.path.windows(2).any(|w| {
        let step = (w[1].x - w[0].x).hypot(w[1].y - w[0].y);
        let along = at - length;
        length += step;
        (-1e-12..=step + 1e-12).contains(&along)
            && distance(p, w[0], w[1]) < 1e-12
            && ((p.x - w[0].x).hypot(p.y - w[0].y) - along).abs() < 1e-9
    })
}

/// Positions of every unpleasant sort, many of them equal.
fn wild() -> impl Strategy<Value = Mercator> {
    let value = prop_oneof![
        4 => (0_u8..4).prop_map(|i| f64::from(i) / 4.0),
        2 => 0.0..1.0,
        1 => Just(f64::NAN),
        1 => Just(f64::INFINITY),
        1 => Just(-1e300),
        1 => Just(1e300),
        1 => Just(f64::MIN_POSITIVE),
    ];
    (value.clone(), value).prop_map(|(x, y)| Coord { x, y }).prop_map(|c| m(c.x, c.y))
}
