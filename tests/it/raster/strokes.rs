//! Lines, bars and areas, against their geometry.

use std::{f64::consts::TAU, sync::Arc};

use jintu::{
    raster::new_pixmap,
    scene::{
        draw::{AreaGeometry, Mark, Stroke, Ticks, Viewport},
        paint_steps,
    },
    style::Rgba,
};

use super::{BLUE, RED, WHITE, at, color, covered, line, paint_shapes, painted, plain_view, shape};

#[test]
fn a_line_covers_its_width_times_its_length_at_any_angle() {
    for width in [0.4_f32, 0.8, 1.0, 2.5, 7.0] {
        for step in 0..24 {
            let angle = f64::from(step) * TAU / 24.0 + 0.03;
            let (dx, dy) = (90.0 * angle.cos(), 90.0 * angle.sin());
            // A dash longer than the line cuts its ends square.
            let stroke =
                Stroke { width_pt: width, color: RED, dash: Some([1000.0, 1.0]), ticks: None };
            let points = [(100.3 - dx, 100.7 - dy), (100.3 + dx, 100.7 + dy)];
            let area = covered(&painted((200, 200), &[line(&points, vec![stroke])]));
            let expected = f64::from(width) * 180.0;
            assert!(
                (area / expected - 1.0).abs() < 0.02,
                "{width} at {angle}: {area} for {expected}"
            );
        }
    }
}

#[test]
fn dashes_take_their_share_and_keep_their_place_when_the_view_moves() {
    let stroke = Stroke { width_pt: 2.0, color: RED, dash: Some([6.0, 4.0]), ticks: None };
    let points = [(-5003.0, 20.0), (100.0, 20.0), (100.0, 60.0), (9000.0, 60.0)];
    let shapes = [line(&points, vec![stroke])];
    let area = covered(&painted((600, 40), &shapes[..1]));
    // Along the upper part 100 points are seen, then the turn leaves the picture at the bottom.
    assert!((area / (2.0 * 120.0 * 0.6) - 1.0).abs() < 0.06, "{area}");

    let here = plain_view(300, 80);
    let mut moved = here;
    moved.center.x += 37.0 / 256.0;
    let paint = |view: &Viewport| {
        let mut pixmap = new_pixmap(300, 80).unwrap();
        paint_shapes(&mut pixmap, view, 1.0, &shapes);
        pixmap
    };
    let (a, b) = (paint(&here), paint(&moved));
    for y in 0..80 {
        for x in 40..300 {
            let (p, q) = (color(&a, x, y), color(&b, x - 37, y));
            assert!(p.3.abs_diff(q.3) <= 1, "{x},{y}");
        }
    }
}

#[test]
fn translucent_lines_show_no_knots() {
    let band = Stroke::solid(9.0, RED.with_alpha(100));
    let points = [(10.0, 10.0), (90.0, 90.0), (90.0, 10.0), (10.0, 90.0), (50.0, 50.0)];
    let picture = painted((100, 100), &[line(&points, vec![band])]);
    let darkest = picture.pixels().iter().map(|p| p.alpha()).max().unwrap();
    assert!(darkest <= 100);
    assert_eq!(color(&picture, 50, 50).3, 100, "the crossing is no darker than the rest");

    // A hairline with a hundred joints covers half of every pixel it passes, as without them.
    let points: Vec<_> = (0..=100).map(|x| (f64::from(x), 10.5)).collect();
    let picture = painted((100, 20), &[line(&points, vec![Stroke::solid(0.5, RED)])]);
    for x in 0..100 {
        assert!(color(&picture, x, 10).3.abs_diff(128) <= 1, "column {x}");
    }
}

#[test]
fn bars_are_evenly_spaced_along_the_whole_line() {
    let ticks = Ticks { spacing_pt: 10.0, length_pt: 8.0 };
    let stroke = Stroke { width_pt: 2.0, color: RED, dash: None, ticks: Some(ticks) };
    // The line starts far outside; bars stand at 5, 15, 25 … from its start, here at 2, 12, 22 …
    let picture = painted((200, 40), &[line(&[(-10_003.0, 20.0), (10_000.0, 20.0)], vec![stroke])]);
    for x in 0..200 {
        let expected = if x % 10 == 1 || x % 10 == 2 { 255 } else { 0 };
        assert_eq!(color(&picture, x, 20).3, expected, "column {x}");
        assert_eq!(color(&picture, x, 17).3, expected, "bars reach four points up");
        assert_eq!(color(&picture, x, 14).3, 0);
    }
}

#[test]
fn casings_lie_under_all_lines_beside_them() {
    let cased = || vec![Stroke::solid(12.0, WHITE), Stroke::solid(6.0, RED)];
    let shapes = [
        line(&[(0.0, 50.0), (100.0, 50.0)], cased()),
        line(&[(50.0, 0.0), (50.0, 100.0)], cased()),
    ];
    let picture = painted((100, 100), &shapes);
    assert_eq!(color(&picture, 45, 50), RED, "the later casing does not cut the earlier line");
    assert_eq!(color(&picture, 45, 30), WHITE);
    let order: Vec<_> = paint_steps(&shapes).into_iter().map(|s| (s.shape, s.strokes)).collect();
    assert_eq!(order, [(0, 0..1), (1, 0..1), (0, 1..2), (1, 1..2)]);
    let plain = [line(&[], vec![Stroke::solid(2.0, RED)]), shape(dot(0.0, 0.0))];
    let order: Vec<_> = paint_steps(&plain).into_iter().map(|s| (s.shape, s.strokes)).collect();
    assert_eq!(order, [(0, 0..1), (1, 0..0)]);
}

fn dot(x: f64, y: f64) -> Mark {
    Mark::Dot { at: at(x, y), color: RED, ring: WHITE, radius_pt: 4.0 }
}

#[test]
fn areas_keep_their_notches_and_holes() {
    let ring = |points: &[(f64, f64)]| points.iter().map(|(x, y)| at(*x, *y)).collect::<Vec<_>>();
    // A U that opens upwards and reaches far beyond the picture, with a hole in its base.
    let exterior = ring(&[
        (10.0, 10.0),
        (30.0, 10.0),
        (30.0, 50.0),
        (70.0, 50.0),
        (70.0, 10.0),
        (90.0, 10.0),
        (90.0, 1e6),
        (10.0, 1e6),
    ]);
    let mut hole = ring(&[(40.0, 60.0), (60.0, 60.0), (60.0, 80.0), (40.0, 80.0)]);
    for _ in 0..2 {
        let area = Arc::new(AreaGeometry { exterior: exterior.clone(), holes: vec![hole.clone()] });
        let outline = Some(Stroke::solid(2.0, BLUE));
        let picture = painted((100, 100), &[shape(Mark::Area { area, fill: RED, outline })]);
        for (x, y, expected) in [
            (20, 30, RED),
            (80, 30, RED),
            (50, 55, RED),
            (50, 95, RED),
            (20, 98, RED),
            (50, 30, Rgba(0, 0, 0, 0)),
            (50, 70, Rgba(0, 0, 0, 0)),
            (5, 50, Rgba(0, 0, 0, 0)),
            (29, 30, BLUE),
            (50, 59, BLUE),
            (10, 70, BLUE),
        ] {
            assert_eq!(color(&picture, x, y), expected, "{x},{y}");
        }
        hole.reverse();
    }
}
