//! The filter against a brute-force reading of its rules.
//!
//! The oracle knows the catalogue's fields, the geodesic distance and the plane geometry of the
//! crate `geo`; it shares no code with the filter or the index. What lies within half a step of a
//! distance's edge may be told either way.

use std::{
    collections::{BTreeMap, BTreeSet},
    f64::consts::{PI, TAU},
    sync::LazyLock,
};

use geo::{Coord, Intersects, LineString, MapCoords, Polygon};
use jintu::{
    catalogue::{
        Accuracy, Along, Catalogue, CountyMoney, Facet, FacetTotals, Filter, Near, Outline,
        Project, Role, Shape, Status,
    },
    geo::geodesic,
    units::{Extent, LonLat},
};
use proptest::{option::weighted, prelude::*, sample};

use crate::real::{catalogue, ids, project};

/// Steps of a walk along a line.
const STEP_M: f64 = 100.0;

fn plane(c: Coord<f64>) -> Coord<f64> {
    Coord { x: c.x.to_radians() / TAU, y: (PI / 4.0 + c.y.to_radians() / 2.0).tan().ln() / TAU }
}

fn shapes<'a>(catalogue: &'a Catalogue, project: &'a Project) -> impl Iterator<Item = &'a Shape> {
    project
        .features
        .iter()
        .map(|&i| &catalogue.features[i])
        .filter(|feature| feature.role == Role::Main)
        .map(|feature| &feature.shape)
}

fn meets(shape: &Shape, area: &Polygon<f64>) -> bool {
    let area = area.map_coords(plane);
    match shape {
        Shape::Point(p) => area.intersects(&geo::Point(plane((*p).into()))),
        Shape::Line(line) => area.intersects(&line.map_coords(plane)),
        Shape::Area(own) => area.intersects(&own.map_coords(plane)),
    }
}

fn rectangle(e: &Extent) -> Polygon<f64> {
    ring(&[
        LonLat::new(e.west_deg, e.south_deg),
        LonLat::new(e.east_deg, e.south_deg),
        LonLat::new(e.east_deg, e.north_deg),
        LonLat::new(e.west_deg, e.north_deg),
    ])
}

fn ring(points: &[LonLat]) -> Polygon<f64> {
    Polygon::new(points.iter().map(|p| Coord::from(*p)).collect(), Vec::new())
}

fn walk(line: &LineString<f64>) -> Vec<LonLat> {
    let mut places: Vec<LonLat> = line.coords().map(|c| LonLat::from(*c)).collect();
    for edge in line.lines() {
        let steps = (geodesic::distance_m(edge.start.into(), edge.end.into()) / STEP_M).ceil();
        let mut i = 1.0;
        while i < steps {
            places.push((edge.start + edge.delta() * (i / steps)).into());
            i += 1.0;
        }
    }
    places
}

/// Places of a shape for distances, and the area they enclose.
struct Walked {
    places: Vec<LonLat>,
    area: Option<Polygon<f64>>,
}

static WALKED: LazyLock<Vec<Vec<Walked>>> = LazyLock::new(|| {
    let catalogue = catalogue();
    let walked = |shape: &Shape| match shape {
        Shape::Point(p) => Walked { places: vec![*p], area: None },
        Shape::Line(line) => Walked { places: walk(line), area: None },
        Shape::Area(area) => Walked { places: walk(area.exterior()), area: Some(area.clone()) },
    };
    catalogue.projects.iter().map(|p| shapes(&catalogue, p).map(walked).collect()).collect()
});

fn distance_m(from: LonLat, project: usize) -> f64 {
    let of = |walked: &Walked| {
        let inside = walked.area.as_ref().is_some_and(|a| a.intersects(&geo::Point(from.into())));
        if inside {
            return 0.0;
        }
        let near = walked.places.iter().map(|p| geodesic::distance_m(from, *p));
        near.fold(f64::INFINITY, f64::min)
    };
    WALKED[project].iter().map(of).fold(f64::INFINITY, f64::min)
}

/// Two lines, an area with lines, a point, several points.
const ALONG: [&str; 5] = ["B5-04", "B5-01", "B1-03", "B2-01", "T-62"];

/// From each of [`ALONG`] to every project.
static ALONG_M: LazyLock<BTreeMap<&str, Vec<f64>>> = LazyLock::new(|| {
    let catalogue = catalogue();
    let all = 0..catalogue.projects.len();
    ALONG
        .into_iter()
        .map(|id| {
            let own = &WALKED[catalogue.position(id).unwrap()];
            let area = own.iter().filter_map(|w| w.area.as_ref());
            let areas: Vec<&Polygon<f64>> = area.collect();
            let far = all.clone().map(|i| {
                let project = &catalogue.projects[i];
                if shapes(&catalogue, project).any(|s| areas.iter().any(|a| meets(s, a))) {
                    return 0.0;
                }
                let places = own.iter().flat_map(|w| &w.places);
                places.map(|p| distance_m(*p, i)).fold(f64::INFINITY, f64::min)
            });
            (id, far.collect())
        })
        .collect()
});

/// Within a distance, or too near its edge to say.
fn within(distance_m: f64, km: f64) -> Option<bool> {
    let off = distance_m - km * 1000.0;
    if off.abs() <= STEP_M { None } else { Some(off < 0.0) }
}

/// A word as it is found in Chinese names: without punctuation.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase()
}

fn has_word(catalogue: &Catalogue, project: &Project, word: &str) -> bool {
    if word == "tysd" {
        return [&project.name.zh, &project.short_name.zh]
            .iter()
            .any(|n| bare(n).contains("太原绥德"));
    }
    let names = [&project.name.zh, &project.short_name.zh].map(|name| bare(name));
    names.iter().any(|name| name.contains(&bare(word)))
        || project.id.eq_ignore_ascii_case(word)
        || project.organisations.iter().any(|o| o.contains(word))
        || project.counties.iter().any(|c| c.name.contains(word))
        || (!word.is_ascii() && catalogue.plan.text.slice(project.words).contains(word))
}

/// What the rules say of one project; `None` where it lies on an edge.
fn oracle(catalogue: &Catalogue, f: &Filter, i: usize) -> Option<bool> {
    let p = &catalogue.projects[i];
    let share =
        |code: &String| p.counties.iter().any(|c| c.code == *code && (!f.ends_only || c.is_end));
    let below = |task: &String| {
        p.tasks.iter().any(|own| format!("{own}.").starts_with(&format!("{task}.")))
    };
    let yi = p.investment.map(|i| i.yi);
    let spatial = |area: &Polygon<f64>| shapes(catalogue, p).any(|s| meets(s, area));
    let conditions = [
        Some(f.ids.is_empty() || f.ids.contains(&p.id)),
        Some(f.counties.is_empty() || f.counties.iter().any(share)),
        Some(f.regions.is_empty() || p.regions.iter().any(|r| f.regions.contains(r))),
        Some(f.tasks.is_empty() || f.tasks.iter().any(below)),
        Some(f.kinds.is_empty() || f.kinds.contains(&p.kind)),
        Some(f.status.is_empty() || f.status.contains(&p.status)),
        Some(f.accuracies.is_empty() || f.accuracies.contains(&p.accuracy)),
        Some(f.min_investment_yi.is_none_or(|m| yi.is_some_and(|yi| yi >= m))),
        Some(f.max_investment_yi.is_none_or(|m| yi.is_some_and(|yi| yi <= m))),
        Some(f.text.split(' ').filter(|w| !w.is_empty()).all(|w| has_word(catalogue, p, w))),
        Some(f.extent.is_none_or(|e| spatial(&rectangle(&e)))),
        Some(f.polygon.as_ref().is_none_or(|drawn| {
            drawn.parts.iter().any(|part| {
                let holes = part[1..].iter().map(|hole| ring(hole).into_inner().0).collect();
                spatial(&Polygon::new(ring(&part[0]).into_inner().0, holes))
            })
        })),
        f.near.map_or(Some(true), |near| within(distance_m(near.at, i), near.km)),
        f.along.as_ref().map_or(Some(true), |a| within(ALONG_M[a.project.as_str()][i], a.km)),
    ];
    if conditions.contains(&Some(false)) {
        Some(false)
    } else if conditions.contains(&None) {
        None
    } else {
        Some(true)
    }
}

fn disagreement(f: &Filter) -> Option<String> {
    let catalogue = catalogue();
    let passed: BTreeSet<usize> = f.apply(&catalogue).into_iter().collect();
    (0..catalogue.projects.len()).find_map(|i| {
        let expected = oracle(&catalogue, f, i)?;
        let wrong = passed.contains(&i) != expected;
        wrong.then(|| format!("{}: should be {expected}", catalogue.projects[i].id))
    })
}

fn some_of(all: Vec<String>) -> impl Strategy<Value = BTreeSet<String>> {
    let chosen = sample::subsequence(all, 1..=3).prop_map(|v| v.into_iter().collect());
    prop_oneof![2 => Just(BTreeSet::new()), 1 => chosen]
}

fn place() -> impl Strategy<Value = LonLat> {
    (111.6..113.2, 37.3..38.4).prop_map(|(lon, lat)| LonLat::new(lon, lat))
}

fn facts() -> impl Strategy<Value = Filter> {
    let catalogue = catalogue();
    let codes = catalogue.counties.iter().map(|c| c.code.clone()).collect();
    let regions = catalogue.regions.iter().map(|r| r.key.clone()).collect();
    let tasks = catalogue.tasks().into_iter().map(|t| t.id).collect();
    let kinds = catalogue.kinds.iter().map(|k| k.key.clone()).collect();
    let status = prop_oneof![
        3 => Just(vec![]),
        1 => Just(vec![Status::Planned]),
        1 => Just(vec![Status::Done]),
        1 => Just(vec![Status::Planned, Status::Done])
    ];
    let classes = prop_oneof![
        2 => Just(vec![]),
        1 => sample::subsequence(Accuracy::ALL.to_vec(), 1..5)
    ];
    let words = ["", "", "太原", "高速", "机场", "tysd", "太原 铁路", "B1-02", "清徐", "没有这个"];
    let amounts = (weighted(0.25, 0.0..120.0), weighted(0.25, 1.0..500.0));
    (
        (some_of(codes), any::<bool>(), some_of(regions), some_of(tasks), some_of(kinds)),
        (status, classes, sample::select(words.to_vec()), amounts),
    )
        .prop_map(
            |(
                (counties, ends_only, regions, tasks, kinds),
                (status, classes, text, (min, max)),
            )| {
                Filter {
                    counties,
                    ends_only,
                    regions,
                    tasks,
                    kinds,
                    status: status.into_iter().collect(),
                    accuracies: classes.into_iter().collect(),
                    text: text.to_owned(),
                    min_investment_yi: min,
                    max_investment_yi: max,
                    ..Filter::default()
                }
            },
        )
}

fn spatial() -> impl Strategy<Value = Filter> {
    let extent = (place(), place()).prop_map(|(a, b)| Extent::around([a, b]).unwrap());
    // One triangle, two apart, or one with a hole of half its size.
    let triangle = || prop::collection::vec(place(), 3);
    let one = triangle().prop_map(Outline::from);
    let two = (triangle(), triangle())
        .prop_map(|(a, b)| Outline { parts: vec![vec![a], vec![b]], by_box: false });
    let holed = triangle().prop_map(|outer| {
        let middle = |of: fn(&LonLat) -> f64| outer.iter().map(of).sum::<f64>() / 3.0;
        let (lon, lat) = (middle(|p| p.lon_deg), middle(|p| p.lat_deg));
        let half =
            |p: &LonLat| LonLat::new(f64::midpoint(p.lon_deg, lon), f64::midpoint(p.lat_deg, lat));
        let hole = outer.iter().map(half).collect();
        Outline { parts: vec![vec![outer, hole]], by_box: false }
    });
    let triangle = prop_oneof![2 => one, 1 => two, 1 => holed];
    let near = (place(), 0.5..60.0).prop_map(|(at, km)| Near { at, km });
    let along = (sample::select(ALONG.to_vec()), 0.3..25.0)
        .prop_map(|(id, km)| Along { project: id.to_owned(), km });
    (weighted(0.4, extent), weighted(0.4, triangle), weighted(0.4, near), weighted(0.4, along))
        .prop_map(|(extent, polygon, near, along)| Filter {
            extent,
            polygon,
            near,
            along,
            ..Filter::default()
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn facts_equal_the_oracle(filter in facts()) {
        prop_assert_eq!(disagreement(&filter), None);
    }

    #[test]
    fn places_equal_the_oracle(filter in spatial()) {
        prop_assert_eq!(disagreement(&filter), None);
    }

    #[test]
    fn everything_at_once_equals_the_oracle(facts in facts(), places in spatial()) {
        let Filter { extent, polygon, near, along, .. } = places;
        let filter = Filter { extent, polygon, near, along, ..facts };
        prop_assert_eq!(disagreement(&filter), None);
    }
}

#[test]
fn an_empty_filter_lets_everything_pass() {
    let catalogue = catalogue();
    let all: Vec<usize> = (0..catalogue.projects.len()).collect();
    assert_eq!(Filter::default().apply(&catalogue), all);
    assert!(Filter { ends_only: true, ..Filter::default() }.is_empty());
    assert_eq!(Filter { ends_only: true, ..Filter::default() }.apply(&catalogue), all);
    assert!(!Filter { text: "x".to_owned(), ..Filter::default() }.is_empty());
}

#[test]
fn a_corridor_belongs_to_every_county_it_passes_or_to_its_ends() {
    let catalogue = catalogue();
    let metro = project(&catalogue, "B1-02");
    let passes = Filter { counties: ["140107".to_owned()].into(), ..Filter::default() };
    let inner = metro.counties.iter().filter(|c| !c.is_end).collect::<Vec<_>>();
    assert!(inner.len() >= 3, "{:?}", metro.counties);
    for share in inner {
        let f = |ends_only| Filter {
            counties: [share.code.clone()].into(),
            ends_only,
            ..Filter::default()
        };
        let at = catalogue.position("B1-02").unwrap();
        assert!(f(false).apply(&catalogue).contains(&at), "{}", share.name);
        assert!(!f(true).apply(&catalogue).contains(&at), "{}", share.name);
    }
    assert!(passes.apply(&catalogue).len() < catalogue.projects.len());
}

#[test]
fn several_values_widen_and_several_kinds_narrow() {
    let catalogue = catalogue();
    let set = |values: &[&str]| values.iter().map(|v| (*v).to_owned()).collect::<BTreeSet<_>>();
    let count = |f: &Filter| f.apply(&catalogue).into_iter().collect::<BTreeSet<_>>();
    let a = Filter { regions: set(&["jjj"]), ..Filter::default() };
    let b = Filter { regions: set(&["csj"]), ..Filter::default() };
    let both = Filter { regions: set(&["jjj", "csj"]), ..Filter::default() };
    let union: BTreeSet<usize> = count(&a).union(&count(&b)).copied().collect();
    assert_eq!(count(&both), union);
    assert!(union.len() > count(&a).len());
    let kind = Filter { kinds: set(&["highway"]), ..Filter::default() };
    let and = Filter { kinds: set(&["highway"]), ..a.clone() };
    let common: BTreeSet<usize> = count(&a).intersection(&count(&kind)).copied().collect();
    assert_eq!(count(&and), common);
    assert!(!common.is_empty() && common.len() < count(&a).len());
}

#[test]
fn initials_find_the_railway_to_suide() {
    let catalogue = catalogue();
    for text in ["tysd", "TYSD", "taiyuansuide", "太原 绥德"] {
        let filter = Filter { text: text.to_owned(), ..Filter::default() };
        assert_eq!(ids(&catalogue, &filter.apply(&catalogue)), ["B1-02"], "{text}");
    }
}

#[test]
fn a_project_without_a_place_is_never_found_by_place() {
    let catalogue = catalogue();
    let whole = Extent { west_deg: 90.0, south_deg: 20.0, east_deg: 130.0, north_deg: 50.0 };
    let filter = Filter { extent: Some(whole), ..Filter::default() };
    let located = catalogue.projects.iter().filter(|p| p.is_located()).count();
    assert_eq!(filter.apply(&catalogue).len(), located);
}

/// Each facet against the conditions written out, project by project.
#[test]
fn facets_hold_what_projects_say() {
    let catalogue = catalogue();
    for project in &catalogue.projects {
        let of = |facet: Facet, ends_only| -> Vec<&str> {
            facet.values_of(project, ends_only).into_iter().collect()
        };
        let codes = |ends_only: bool| -> BTreeSet<&str> {
            let shares = project.counties.iter().filter(|s| !ends_only || s.is_end);
            shares.map(|share| share.code.as_str()).collect()
        };
        for ends_only in [false, true] {
            let own: BTreeSet<&str> = of(Facet::County, ends_only).into_iter().collect();
            assert_eq!(own, codes(ends_only), "{}", project.id);
        }
        assert_eq!(of(Facet::Kind, false), [project.kind.as_str()]);
        for task in catalogue.tasks() {
            let inside = project
                .tasks
                .iter()
                .any(|own| *own == task.id || own.starts_with(&format!("{}.", task.id)));
            let held = Facet::Task.values_of(project, false).contains(&task.id.as_str());
            assert_eq!(held, inside, "{} {}", project.id, task.id);
        }
    }
}

/// What a value promises is what a click on it leaves; its own facet's wishes do not count.
#[test]
fn counts_of_a_facet_are_what_a_click_would_leave() {
    let catalogue = catalogue();
    let filters = [
        Filter::default(),
        Filter { kinds: ["railway".to_owned()].into(), ..Filter::default() },
        Filter { counties: ["140121".to_owned()].into(), ends_only: true, ..Filter::default() },
        Filter { text: "汾河".to_owned(), status: [Status::Planned].into(), ..Filter::default() },
    ];
    let mut counted = 0;
    for filter in filters {
        let totals = FacetTotals::of(&catalogue, &filter, CountyMoney::Whole);
        for facet in Facet::ALL {
            assert_eq!(totals.values(facet).len(), facet.values(&catalogue).len());
            for value in totals.values(facet) {
                let mut clicked = filter.without(facet);
                clicked.toggle(facet, &value.value);
                let left = catalogue.totals(clicked.apply(&catalogue));
                assert_eq!(value.left, left, "{facet:?} {}", value.value);
                counted += usize::from(left.entries > 0);
            }
        }
    }
    assert!(counted > 100, "{counted}");
}

/// The distance told of what is found against a walk along the shapes, in steps of 100 m.
#[test]
fn what_is_found_around_has_its_distance() {
    let catalogue = catalogue();
    for id in ALONG {
        let along = Along { project: id.to_owned(), km: 8.0 };
        let filter = Filter { along: Some(along.clone()), ..Filter::default() };
        let mut told = 0;
        for i in filter.apply(&catalogue) {
            let km = catalogue.distance_km(&filter, &catalogue.projects[i]).unwrap();
            let walked = ALONG_M[id][i] / 1000.0;
            let off = (km - walked).abs();
            assert!(
                off < 0.06 + 0.01 * walked,
                "{id}, {}: {km} for {walked}",
                catalogue.projects[i].id
            );
            told += usize::from(km > 0.0);
        }
        assert!(told > 0 || id == "T-62", "{id}");
        // The band that is drawn holds what is found, but for its last hundredth.
        let band = catalogue.reach(&Along { km: 8.2, ..along });
        for i in filter.apply(&catalogue) {
            let touches = |shape: &Shape| {
                let shape: geo::Geometry<f64> = match shape {
                    Shape::Point(p) => geo::Point((*p).into()).into(),
                    Shape::Line(line) => line.clone().into(),
                    Shape::Area(area) => area.clone().into(),
                };
                band.iter().any(|area| area.intersects(&shape))
            };
            let project = &catalogue.projects[i];
            assert!(shapes(&catalogue, project).any(touches), "{id}, {}", project.id);
        }
    }
    let near = Near { at: LonLat::new(112.55, 37.87), km: 5.0 };
    let filter = Filter { near: Some(near), ..Filter::default() };
    let found = filter.apply(&catalogue);
    assert!(!found.is_empty());
    for i in found {
        let km = catalogue.distance_km(&filter, &catalogue.projects[i]).unwrap();
        assert!((km - distance_m(near.at, i) / 1000.0).abs() < 0.06 && km <= 5.0 + 1e-9);
    }
    assert_eq!(catalogue.distance_km(&Filter::default(), &catalogue.projects[0]), None);
}

/// Works, money and kilometres of a value by a plain reading: entries of one work are one, the one
/// with money counts, and a county has the share of the length inside it.
fn plain_totals(
    catalogue: &Catalogue,
    held: &[usize],
    inside: Option<&str>,
) -> (usize, f64, usize) {
    let mut groups: Vec<Vec<&Project>> = Vec::new();
    for project in held.iter().map(|&i| &catalogue.projects[i]) {
        let same = |other: &Project| {
            other.same_as.contains(&project.id) || project.same_as.contains(&other.id)
        };
        match groups.iter_mut().find(|group| group.iter().any(|other| same(other))) {
            Some(group) => group.push(project),
            None => groups.push(vec![project]),
        }
    }
    let (mut yi, mut undivided) = (0.0, 0);
    for group in &groups {
        let Some(paid) = group.iter().find(|p| p.investment.is_some()) else { continue };
        let whole = paid.investment.unwrap().yi;
        let share = inside.map(|code| {
            let own = paid.counties.iter().find(|c| c.code == code).unwrap();
            match (own.length_km, paid.length_km) {
                (Some(own), Some(all)) => Some(own / all),
                _ => (paid.counties.len() == 1).then_some(1.0),
            }
        });
        match share {
            Some(None) => undivided += 1,
            Some(Some(share)) => yi += whole * share,
            None => yi += whole,
        }
    }
    (groups.len(), yi, undivided)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn facets_equal_a_plain_count(filter in facts(), by_length: bool) {
        let catalogue = catalogue();
        let money = if by_length { CountyMoney::ByLength } else { CountyMoney::Whole };
        let counted = FacetTotals::of(&catalogue, &filter, money);
        for facet in Facet::ALL {
            let own = filter.without(facet);
            let passing: Vec<usize> = (0..catalogue.projects.len())
                .filter(|i| oracle(&catalogue, &own, *i) == Some(true))
                .collect();
            for value in counted.values(facet) {
                let has = |i: &&usize| {
                    let project = &catalogue.projects[**i];
                    facet.values_of(project, filter.ends_only).contains(&value.value.as_str())
                };
                let held: Vec<usize> = passing.iter().filter(has).copied().collect();
                let inside = (facet == Facet::County && by_length).then_some(value.value.as_str());
                let (works, yi, undivided) = plain_totals(&catalogue, &held, inside);
                prop_assert_eq!(value.left.entries, held.len(), "{:?} {}", facet, value.value);
                prop_assert_eq!(value.left.works, works, "{:?} {}", facet, value.value);
                prop_assert_eq!(value.left.undivided, undivided, "{:?} {}", facet, value.value);
                let off = (value.left.investment_yi - yi).abs();
                prop_assert!(off < 1e-6, "{:?} {}: {} for {}", facet, value.value, value.left.investment_yi, yi);
            }
        }
    }
}

/// What the counties have by length is never more than the whole, and of one corridor inside the
/// shipped counties all of it.
#[test]
fn shares_by_length_sum_to_the_whole() {
    let catalogue = catalogue();
    for project in catalogue.projects.iter().filter(|p| p.investment.is_some()) {
        let filter = Filter { ids: [project.id.clone()].into(), ..Filter::default() };
        let counted = FacetTotals::of(&catalogue, &filter, CountyMoney::ByLength);
        let values = counted.values(Facet::County);
        let sum: f64 = values.iter().map(|v| v.left.investment_yi).sum();
        let whole = project.investment.unwrap().yi;
        assert!(sum <= whole + 1e-6, "{}: {sum} of {whole}", project.id);
        let km: f64 = project.counties.iter().filter_map(|c| c.length_km).sum();
        // A border river counts half its length on each bank; money goes by the whole of it.
        if let Some(all) = project.length_km.filter(|all| km > 0.0 && (km - all).abs() < 1e-6) {
            assert!((sum - whole).abs() < 1e-6 * whole, "{}: {sum} of {whole}, {all}", project.id);
        }
        let length: f64 = values.iter().map(|v| v.left.length_km).sum();
        assert!((length - km).abs() < 1e-6, "{}: {length} for {km}", project.id);
    }
}

#[test]
fn isolating_leaves_one_value_and_then_none() {
    let mut filter =
        Filter { kinds: ["railway".to_owned(), "metro".to_owned()].into(), ..Filter::default() };
    filter.counties = ["140121".to_owned()].into();
    filter.isolate(Facet::Kind, "highway");
    assert_eq!(filter.wanted(Facet::Kind), ["highway"]);
    filter.isolate(Facet::Kind, "highway");
    assert!(filter.kinds.is_empty());
    assert_eq!(filter.wanted(Facet::County), ["140121"], "other facets stay");
}

#[test]
fn a_toggle_twice_is_none_and_nonsense_is_passed_over() {
    let catalogue = catalogue();
    for facet in Facet::ALL {
        let value = facet.values(&catalogue).into_iter().next().unwrap();
        let mut filter = Filter::default();
        filter.toggle(facet, &value);
        assert!(filter.wants(facet, &value) && !filter.is_empty());
        assert!(filter.without(facet).is_empty());
        filter.want(facet, &value);
        assert_eq!(filter.wanted(facet), [value.as_str()]);
        filter.toggle(facet, &value);
        assert!(filter.is_empty());
        assert_eq!(facet.named(&catalogue, "no such thing"), Vec::<String>::new());
    }
    let mut filter = Filter::default();
    filter.toggle(Facet::Status, "no such thing");
    filter.toggle(Facet::Accuracy, "no such thing");
    assert!(filter.is_empty());
    assert_eq!(Facet::County.named(&catalogue, "清徐"), ["140121"]);
    assert!(!Facet::County.named(&catalogue, "城区").is_empty());
}

/// What makes fewer projects pass is seen and can be taken away.
#[test]
fn every_condition_has_its_chip() {
    use jintu::app::{Language, conditions};
    let catalogue = catalogue();
    let county = Filter { counties: ["140121".to_owned()].into(), ..Filter::default() };
    let ends = Filter { ends_only: true, ..county.clone() };
    let chips = conditions(&catalogue, &ends, Language::Chinese);
    let (_, without) = chips.iter().find(|(name, _)| name == "仅起讫点").expect("a chip");
    assert_eq!(*without, county);
    // Without a county it says nothing.
    let alone = Filter { ends_only: true, ..Filter::default() };
    assert!(conditions(&catalogue, &alone, Language::Chinese).is_empty());
}
