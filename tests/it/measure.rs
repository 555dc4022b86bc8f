//! Measuring and drawing an outline: figures against published values and independent formulas, and
//! the steps of a drawing.

use jintu::{
    app::{
        Action, Language, Purpose, SketchStep, Stage, State,
        measure::{Measured, area_words, azimuth_words, length_words, near_line, report},
        sketch::{MOST_VERTICES, Sketch},
        sketch_figure::figure,
        sketch_words, update,
    },
    catalogue::{Facet, Outline},
    geo::{geodesic, mercator},
    scene::{Mark, figure::LabelAt},
    style::Mode,
    units::LonLat,
};
use proptest::prelude::*;

use crate::real::{catalogue, state};

const fn at(lon_deg: f64, lat_deg: f64) -> LonLat {
    LonLat::new(lon_deg, lat_deg)
}

fn close(a: f64, b: f64, tolerance: f64) {
    assert!((a - b).abs() <= tolerance, "{a} is not {b}");
}

#[test]
fn a_segment_is_what_geographiclib_publishes() {
    // Wellington to Salamanca, from the examples of GeographicLib's Python documentation.
    let measured = Measured::of(&[at(174.81, -41.32), at(-5.50, 40.96)]);
    let last = measured.last().unwrap();
    close(last.length_m, 19_959_679.267_353_82, 1e-6);
    close(last.azimuth_deg, 161.067_669_986_158_8, 1e-9);
    assert_eq!(measured.enclosed, None);
    // The other way: a direction is from 0 to 360.
    let back = Measured::of(&[at(-5.50, 40.96), at(174.81, -41.32)]).last().unwrap();
    close(back.azimuth_deg, 18.825_195_123_248_4 + 180.0, 1e-9);
}

#[test]
fn a_ring_is_what_geographiclib_publishes() {
    // The third ring of the first test of its class of polygons (Planimeter0).
    let ring = [at(-1.0, 0.0), at(0.0, -1.0), at(1.0, 0.0), at(0.0, 1.0)];
    let enclosed = Measured::of(&ring).enclosed.unwrap();
    close(enclosed.perimeter_m, 627_598.273_1, 1e-3);
    close(enclosed.area_m2.unwrap(), 24_619_419_146.0, 1.0);
    // The same the other way round.
    let mut back = ring;
    back.reverse();
    close(Measured::of(&back).enclosed.unwrap().area_m2.unwrap(), 24_619_419_146.0, 1.0);
    // A ring that crosses itself has no area that anybody means.
    let bow = [at(112.0, 37.0), at(112.1, 37.1), at(112.1, 37.0), at(112.0, 37.1)];
    assert_eq!(Measured::of(&bow).enclosed.unwrap().area_m2, None);
}

/// Area of a spherical triangle by l'Huilier's formula, in steradians.
fn excess(corners: [LonLat; 3]) -> f64 {
    let side = |a: LonLat, b: LonLat| {
        let dlat = (b.lat_deg - a.lat_deg).to_radians() / 2.0;
        let dlon = (b.lon_deg - a.lon_deg).to_radians() / 2.0;
        let cos = a.lat_deg.to_radians().cos() * b.lat_deg.to_radians().cos();
        2.0 * (dlat.sin().powi(2) + cos * dlon.sin().powi(2)).sqrt().asin()
    };
    let [first, second, third] = corners;
    let sides = [side(first, second), side(second, third), side(third, first)];
    let half = sides.iter().sum::<f64>() / 2.0;
    let tan = |x: f64| (x / 2.0).tan();
    let product: f64 = sides.iter().map(|own| tan(half - own)).product();
    4.0 * (tan(half) * product).max(0.0).sqrt().atan()
}

fn near_taiyuan() -> impl Strategy<Value = LonLat> {
    (111.5..113.2, 37.4..38.4).prop_map(|(lon, lat)| at(lon, lat))
}

proptest! {
    #[test]
    fn a_triangle_measures_between_two_spheres(p in near_taiyuan(), q in near_taiyuan(), r in near_taiyuan()) {
        let angle = excess([p, q, r]);
        // Of a sliver the little by which geodesics of the two bodies bend apart is a large share.
        let longest_m = [(p, q), (q, r), (r, p)].map(|(a, b)| geodesic::distance_m(a, b)).into_iter().fold(0.0, f64::max);
        prop_assume!(angle * 6_372_500.0_f64.powi(2) > 0.01 * longest_m * longest_m);
        let area = Measured::of(&[p, q, r]).enclosed.unwrap().area_m2.unwrap();
        // Between 37° and 39° the product of the two radii of curvature of WGS-84 is 6 377 000 m
        // squared, within a thousandth.
        let ratio = area / angle / 6_372_500.0_f64.powi(2);
        prop_assert!((0.995..1.005).contains(&ratio), "{ratio}");
    }

    /// What a path measures is the sum of what its parts do, and turns with it.
    #[test]
    fn lengths_add_up(path in prop::collection::vec(near_taiyuan(), 2..12)) {
        let whole = Measured::of(&path);
        let sum: f64 = path.windows(2).map(|w| geodesic::distance_m(w[0], w[1])).sum();
        prop_assert!((whole.length_m - sum).abs() < 1e-6);
        prop_assert_eq!(whole.segments.len(), path.len() - 1);
        for own in &whole.segments {
            prop_assert!((0.0..360.0).contains(&own.azimuth_deg));
        }
    }
}

#[test]
fn values_are_told_in_the_users_units() {
    let zh = Language::Chinese;
    let en = Language::English;
    assert_eq!(length_words(0.0, en), "0 m");
    assert_eq!(length_words(999.4, en), "999 m");
    assert_eq!(length_words(999.6, en), "1.00 km", "no thousand metres come up");
    assert_eq!(length_words(123_456.0, zh), "123.5 公里");
    assert_eq!(area_words(9_999.6, zh), "1.00 公顷（15.0 亩）");
    assert_eq!(area_words(5_000_000.0, zh), "5 平方公里");
    assert_eq!(azimuth_words(359.97), "0.0°");
    assert_eq!(azimuth_words(123.44), "123.4°");
}

fn act(state: &mut State, steps: impl IntoIterator<Item = SketchStep>) {
    for step in steps {
        let jobs = update(state, Action::Sketch(step));
        assert!(jobs.iter().all(|job| !format!("{:?}", job.order).contains("Save")));
    }
}

fn drawn(state: &State) -> &Sketch {
    state.sketch.as_ref().unwrap()
}

const A: LonLat = at(112.4, 37.8);
const B: LonLat = at(112.6, 37.8);
const C: LonLat = at(112.6, 37.95);
const D: LonLat = at(112.4, 37.95);

#[test]
fn vertices_are_set_taken_back_and_set_again() {
    let mut state = state();
    // Nothing is drawn before it begins.
    act(&mut state, [SketchStep::Add(A), SketchStep::End, SketchStep::TakeBack]);
    assert_eq!(state.sketch, None);
    act(&mut state, [SketchStep::Begin(Purpose::Measure), SketchStep::Add(A), SketchStep::Add(A)]);
    assert_eq!(drawn(&state).vertices(), [A], "the same place twice is one vertex");
    act(&mut state, [SketchStep::End]);
    assert!(drawn(&state).is_drawing(), "one vertex is no line");
    act(&mut state, [SketchStep::Add(B), SketchStep::Add(C), SketchStep::TakeBack]);
    assert_eq!(drawn(&state).vertices(), [A, B]);
    act(&mut state, [SketchStep::TakeBack, SketchStep::SetAgain, SketchStep::SetAgain]);
    assert_eq!(drawn(&state).vertices(), [A, B, C]);
    assert!(!drawn(&state).can_set_again());
    act(&mut state, [SketchStep::TakeBack, SketchStep::Add(D)]);
    assert!(!drawn(&state).can_set_again(), "what is set anew takes its place");
    act(&mut state, [SketchStep::End]);
    assert_eq!((drawn(&state).stage, drawn(&state).vertices().len()), (Stage::Line, 3));
    // What was ended goes on; the next click after an end begins anew.
    act(&mut state, [SketchStep::TakeBack]);
    assert_eq!((drawn(&state).stage, drawn(&state).vertices()), (Stage::Drawing, &[A, B, D][..]));
    act(&mut state, [SketchStep::Close]);
    assert_eq!(drawn(&state).stage, Stage::Ring);
    act(&mut state, [SketchStep::Add(C)]);
    assert_eq!((drawn(&state).stage, drawn(&state).vertices()), (Stage::Drawing, &[C][..]));
    // Broken positions and more than a hand sets are not taken.
    act(&mut state, [SketchStep::Add(at(f64::NAN, 37.0))]);
    assert_eq!(drawn(&state).vertices().len(), 1);
    let many = (0..600).map(|i| SketchStep::Add(at(112.0 + f64::from(i) * 1e-3, 37.5)));
    act(&mut state, many);
    assert_eq!(drawn(&state).vertices().len(), MOST_VERTICES);
    assert!(!state.history.can_undo(), "measuring is no edit of the filter");
}

#[test]
fn escape_clears_then_leaves_and_the_desk_stays() {
    let mut state = state();
    update(&mut state, Action::Select(vec!["B1-02".into()]));
    act(&mut state, [SketchStep::Begin(Purpose::Measure), SketchStep::Add(A), SketchStep::Add(B)]);
    update(&mut state, Action::Escape);
    assert!(drawn(&state).vertices().is_empty());
    // Cleared by a slip of the hand: all of it comes back, in order.
    act(&mut state, [SketchStep::SetAgain, SketchStep::SetAgain]);
    assert_eq!(drawn(&state).vertices(), [A, B]);
    act(&mut state, [SketchStep::End]);
    update(&mut state, Action::Escape);
    assert!(drawn(&state).is_drawing() && drawn(&state).vertices().is_empty());
    update(&mut state, Action::Escape);
    assert_eq!((state.sketch.is_none(), &state.selected[..]), (true, &["B1-02".to_owned()][..]));
    update(&mut state, Action::Escape);
    assert!(state.selected.is_empty());
}

#[test]
fn an_outline_becomes_a_filter_that_can_be_undone() {
    let mut state = state();
    let all = state.shown.len();
    act(&mut state, [SketchStep::Begin(Purpose::Filter), SketchStep::Add(A), SketchStep::Add(B)]);
    act(&mut state, [SketchStep::End]);
    assert!(state.filter.is_empty() && drawn(&state).is_drawing(), "two points are no area");
    act(&mut state, [SketchStep::Add(C), SketchStep::End]);
    assert_eq!(state.sketch, None);
    assert_eq!(state.filter.polygon, Some(Outline::from(vec![A, B, C])));
    assert!(!state.shown.is_empty() && state.shown.len() < all);
    let held: Vec<_> = state.shown.clone();
    let saved = serde_json::to_string(&state.filter).unwrap();
    assert_eq!(serde_json::from_str::<jintu::catalogue::Filter>(&saved).unwrap(), state.filter);
    update(&mut state, Action::Undo);
    assert_eq!((state.shown.len(), state.filter.polygon.as_ref()), (all, None));
    update(&mut state, Action::Redo);
    assert_eq!(state.shown, held);
    // Another outline takes its place; other conditions stay.
    update(&mut state, Action::Toggle(Facet::Kind, "railway".into()));
    act(&mut state, [SketchStep::Begin(Purpose::Filter)]);
    act(&mut state, [A, C, D].map(SketchStep::Add));
    act(&mut state, [SketchStep::Close]);
    assert_eq!(state.filter.polygon, Some(Outline::from(vec![A, C, D])));
    assert!(state.filter.kinds.contains("railway"));
}

#[test]
fn on_a_slide_nothing_is_drawn() {
    let mut state = state();
    act(&mut state, [SketchStep::Begin(Purpose::Measure), SketchStep::Add(A)]);
    update(&mut state, Action::StartTour { slide: 1 });
    act(&mut state, [SketchStep::Add(B), SketchStep::Begin(Purpose::Filter)]);
    assert_eq!((drawn(&state).purpose, drawn(&state).vertices()), (Purpose::Measure, &[A][..]));
}

#[test]
fn hints_tell_click_keys_and_way_out() {
    for language in [Language::Chinese, Language::English] {
        for purpose in [Purpose::Measure, Purpose::Filter] {
            let mut sketch = Sketch::new(purpose);
            assert!(sketch_words::hint(&sketch, language).contains("Esc"));
            sketch.add(A);
            let hint = sketch_words::hint(&sketch, language);
            for key in ["Enter", "Backspace", "Esc"] {
                assert!(hint.contains(key), "{hint}");
            }
        }
    }
}

#[test]
fn a_line_in_the_card_tells_its_stake_from_any_distance() {
    let mut state = state();
    update(&mut state, Action::Select(vec!["B1-02".into()]));
    let catalogue = catalogue();
    let line = catalogue.projects[catalogue.position("B1-02").unwrap()]
        .features
        .iter()
        .find_map(|i| catalogue.alignments[*i].as_ref())
        .unwrap();
    // From a point beside the line, square to it, the foot is where one set out.
    let stake_m = line.length_m() * 0.4;
    let (foot, along) = (line.point_at(stake_m), line.azimuth_deg_at(stake_m));
    let aside = geodesic::destination(foot, along + 90.0, 150.0);
    let looked = state.clone();
    let near = near_line(&looked, aside).unwrap();
    assert_eq!(near.project.id, "B1-02");
    close(near.on_line.located.offset_m, 150.0, 0.5);
    close(near.on_line.located.chainage_m, stake_m, 2.0);
    // Its words are copied.
    act(
        &mut state,
        [SketchStep::Begin(Purpose::Measure), SketchStep::Add(A), SketchStep::Add(aside)],
    );
    for (language, unit) in [(Language::Chinese, "150 米 · K"), (Language::English, "150 m · K")]
    {
        let told = report(drawn(&state), Some(&near), language);
        assert!(
            told.contains(unit)
                && told.contains("WGS-84")
                && told.contains("112.400000, 37.800000"),
            "{told}"
        );
        assert_eq!(told.lines().count(), 8, "{told}");
    }
    // Without a card, far from everything, nothing is told.
    update(&mut state, Action::ClearSelection);
    assert!(near_line(&state, aside).is_none(), "no view yet: nothing is close on the map");
}

#[test]
fn the_figure_has_its_vertices_lines_and_words() {
    let mut sketch = Sketch::new(Purpose::Measure);
    for p in [A, B, C] {
        sketch.add(p);
    }
    let of =
        |sketch: &Sketch, pointer| figure(sketch, pointer, None, Language::English, Mode::Light);
    let count = |own: &jintu::scene::figure::Figure, what: fn(&Mark) -> bool| {
        own.shapes.iter().filter(|shape| what(&shape.mark)).count()
    };
    let is_line = |mark: &Mark| matches!(mark, Mark::Line { .. });
    let is_dot = |mark: &Mark| matches!(mark, Mark::Dot { .. });
    let live = of(&sketch, Some(D));
    assert_eq!(
        (count(&live, is_line), count(&live, is_dot)),
        (4, 3),
        "with the pointer and the way back"
    );
    // The ring follows the geodesics and holds every corner.
    for p in [A, B, C, D] {
        assert!(live.ring.contains(&mercator::from_lon_lat(p)));
    }
    assert!(
        live.labels.iter().any(|label| label.at == LabelAt::Inside && label.words.ends_with("km²"))
    );
    sketch.end(false);
    let ended = of(&sketch, Some(D));
    assert_eq!(count(&ended, is_line), 2, "the pointer has no part in it any more");
    assert!(ended.ring.is_empty() && ended.labels.iter().all(|label| label.at != LabelAt::Inside));
    let sum = length_words(Measured::of(&[A, B, C]).length_m, Language::English);
    assert!(ended.labels.iter().any(|label| label.words.contains(&sum)));
    // An outline tells no distances: its edges are straight on the map.
    let mut outline = Sketch::new(Purpose::Filter);
    outline.add(A);
    assert!(of(&outline, Some(B)).labels.is_empty());
}
