//! What the window shows of a workbook follows each change, and is what reading everything anew gives.

#![allow(clippy::print_stdout, reason = "figures")]

use std::{fmt::Write, sync::Arc, time::Instant};

use geo::{Geometry, LineString, Point};
use jintu::{
    app::{self, BookNews, Settings, State, update},
    book::{Action, Book, Table},
    catalogue::{Accuracy, Catalogue, Role, edit, lower::lower_book},
    diagnostics::Diagnostic,
    geo::FeatureId,
    jobs::{OpenBook, book::base},
    store::SEEDS,
};
use proptest::prelude::*;

use crate::{
    book_file::{by, make, mark},
    temp_folder::TempFolder,
};

#[derive(Debug, Clone)]
enum Step {
    Set(usize, usize),
    Point(usize, i32, usize),
    Line(usize, i32),
    ClearPlace(usize),
    Add,
    Duplicate(usize),
    Remove(usize),
    BringBack(usize),
    Merge(usize, usize),
    Split(usize),
    Undo,
    Redo,
    Restore(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let any = 0..10_000usize;
    prop_oneof![
        4 => (any.clone(), any.clone()).prop_map(|(id, n)| Step::Set(id, n)),
        3 => (any.clone(), 0..60i32, 0..3usize).prop_map(|(id, x, c)| Step::Point(id, x, c)),
        2 => (any.clone(), 0..60i32).prop_map(|(id, x)| Step::Line(id, x)),
        1 => any.clone().prop_map(Step::ClearPlace),
        1 => Just(Step::Add),
        2 => any.clone().prop_map(Step::Duplicate),
        2 => any.clone().prop_map(Step::Remove),
        1 => any.clone().prop_map(Step::BringBack),
        2 => (any.clone(), any.clone()).prop_map(|(a, b)| Step::Merge(a, b)),
        1 => any.clone().prop_map(Step::Split),
        4 => Just(Step::Undo),
        1 => Just(Step::Redo),
        1 => any.prop_map(Step::Restore),
    ]
}

/// A project by a number; every third one by a line that several share.
fn id(book: &Book, n: usize) -> String {
    let shared = ["B5-02", "B5-03", "T-05", "B1-02", "B1-03"];
    let keys: Vec<&str> = book.texts(Table::Projects).map(|(key, _)| key).collect();
    let one = shared[n % shared.len()];
    if n.is_multiple_of(3) && keys.contains(&one) {
        one.to_owned()
    } else {
        keys[n % keys.len()].to_owned()
    }
}

const VALUES: [(&str, &str); 7] = [
    ("name", "改名的工程"),
    ("kind", "railway"),
    ("counties", "清徐县、阳曲县"),
    ("investment_yi", "12.5"),
    ("stated_length_km", "3"),
    ("note", "核对"),
    ("status", "done"),
];

/// The action of a step; `None` where it is refused or is none.
fn action(book: &Book, step: &Step) -> Option<Action> {
    let mark = mark();
    let lon = |x: i32| 112.3 + f64::from(x) * 0.01;
    match step {
        Step::Set(n, value) => {
            let (field, text) = VALUES[value % VALUES.len()];
            edit::set(book, &base(), &id(book, *n), field, text, &mark).ok()
        }
        Step::Point(n, x, class) => {
            let at = Point::new(lon(*x), 37.85).into();
            let class = [Accuracy::Site, Accuracy::County, Accuracy::City][*class];
            edit::place(book, &id(book, *n), &at, class, &mark).ok()
        }
        Step::Line(n, x) => {
            let line: Geometry<f64> =
                LineString::from(vec![(lon(*x), 37.7), (lon(x + 9), 37.9), (112.9, 38.1)]).into();
            edit::place(book, &id(book, *n), &line, Accuracy::Schematic, &mark).ok()
        }
        Step::ClearPlace(n) => edit::clear_place(book, &id(book, *n)).ok(),
        Step::Add => edit::add(book, "新桥", &mark).ok().map(|(_, action)| action),
        Step::Duplicate(n) => edit::duplicate(book, &id(book, *n), &mark).ok().map(|own| own.1),
        Step::Remove(n) => edit::remove(book, &id(book, *n), &mark).ok(),
        Step::BringBack(n) => edit::bring_back(book, &id(book, *n)).ok(),
        Step::Merge(a, b) => edit::merge(book, &id(book, *a), &id(book, *b), &mark).ok(),
        Step::Split(n) => edit::split(book, &id(book, *n)).ok(),
        Step::Undo | Step::Redo | Step::Restore(_) => None,
    }
}

fn features(catalogue: &Catalogue, of: &[usize]) -> Vec<String> {
    let one = |&i: &usize| {
        let owners = catalogue.projects_of_features(&[FeatureId(u32::try_from(i).unwrap())]);
        let owners: Vec<&str> =
            owners.iter().map(|&own| catalogue.projects[own].id.as_str()).collect();
        let (pieces, km) = (&catalogue.county_pieces[i], catalogue.counted_length_km(i));
        format!("{:?} {owners:?} {pieces:?} {km}", catalogue.features[i])
    };
    of.iter().map(one).collect()
}

/// All that a catalogue says, without the numbers by which it finds its geometries.
fn told(catalogue: &Catalogue) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for (i, project) in catalogue.projects.iter().enumerate() {
        assert_eq!(catalogue.position(&project.id), Some(i));
        let plain = jintu::catalogue::Project { features: Vec::new(), ..(**project).clone() };
        let own = features(catalogue, &project.features);
        told.push(format!("{plain:?} {own:?} {:?}", catalogue.search_keys[i]));
    }
    let mut all = features(catalogue, &(0..catalogue.features.len()).collect::<Vec<_>>());
    all.sort();
    told.extend(all);
    for id in ["B1-02", "B5-02", "H-1"] {
        let near = catalogue.within_km_of_project(id, 8.0);
        let mut near: Vec<String> = near
            .iter()
            .map(|own| &catalogue.features[own.0 as usize])
            .map(|own| format!("{} {:?}", own.id, own.role == Role::Main))
            .collect();
        near.sort();
        told.push(near.join(" "));
    }
    told
}

fn findings(all: &[Diagnostic]) -> Vec<String> {
    let mut told: Vec<String> = all.iter().map(|own| format!("{own:?}")).collect();
    told.sort();
    told
}

fn is_as_read_anew(own: &OpenBook, after: &str) {
    let anew = lower_book(own.workbook().book(), own.workbook().plan_bytes(), &base());
    let shown = own.content();
    let (is, should) = (told(&shown.catalogue.0), told(&anew.catalogue));
    for (is, should) in is.iter().zip(&should) {
        assert_eq!(is, should, "after {after}");
    }
    assert_eq!(is.len(), should.len(), "after {after}");
    assert_eq!(findings(&shown.diagnostics), findings(&anew.diagnostics), "after {after}");
}

fn run(steps: &[Step]) {
    let folder = TempFolder::new("book-follow");
    let path = folder.path().join("a.jintu");
    make(&path, SEEDS.plan);
    let mut own = OpenBook::open(&path, &base()).unwrap();
    for (n, step) in steps.iter().enumerate() {
        let by = by(n as u64);
        let acted = match step {
            Step::Undo => own.act(|book| book.undo(&by)).is_ok(),
            Step::Redo => own.act(|book| book.redo(&by)).is_ok(),
            Step::Restore(to) => {
                let last = own.workbook().history().last();
                own.act(|book| book.restore(*to as u64 % last + 1, &by)).is_ok()
            }
            other => match action(own.workbook().book(), other) {
                Some(action) => own.act(|book| book.act(&action, &by)).is_ok(),
                None => false,
            },
        };
        // Each look takes as long as opening.
        if acted && (n % 4 == 3 || n + 1 == steps.len()) {
            is_as_read_anew(&own, &format!("{:?}", &steps[..=n]));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn random_changes_are_followed(steps in prop::collection::vec(step(), 1..16)) {
        run(&steps);
    }
}

/// A plan with so many projects: made up, for measuring only.
fn many(count: usize) -> String {
    let counties = ["小店区", "迎泽区", "杏花岭区", "万柏林区", "晋源区", "清徐县", "阳曲县"];
    let mut text = "试验规划\n一、项目\n".to_owned();
    for n in 0..count {
        if n % 40 == 0 {
            writeln!(text, "专栏{} 试验项目", n / 40 + 1).unwrap();
        }
        let county = counties[n % counties.len()];
        let (no, km, yi) = (n % 40 + 1, n % 30 + 1, n % 90 + 1);
        writeln!(text, "{no}.{county}试验道路{n}工程。全长{km}公里，总投资约{yi}亿元。").unwrap();
    }
    text
}

/// From an edit to the state that the window draws, in a large workbook: `JINTU_TIMES=10000` takes one
/// of as many projects. The figures are printed; nothing is said of how long it may take.
#[test]
fn an_edit_of_a_large_workbook_is_followed() {
    let count = std::env::var("JINTU_TIMES").ok().and_then(|n| n.parse().ok()).unwrap_or(400);
    let folder = TempFolder::new("book-follow-times");
    let path = folder.path().join("a.jintu");
    make(&path, many(count).as_bytes());
    let ms = |start: Instant| start.elapsed().as_secs_f64() * 1000.0;
    let start = Instant::now();
    let mut own = OpenBook::open(&path, &base()).unwrap();
    println!("{count} projects: opened in {:.0} ms", ms(start));
    let mut state = State::new(own.content().catalogue.0, Vec::new(), Settings::default());
    assert_eq!(state.catalogue.projects.len(), count);
    state.workbook.path = Some(path);
    let ids: Vec<String> = state.catalogue.projects.iter().map(|own| own.id.clone()).collect();
    for what in ["value", "place"] {
        let (mut followed, mut shown) = (Vec::new(), Vec::new());
        for (n, id) in ids.iter().step_by(count.div_ceil(9)).enumerate() {
            let book = own.workbook().book();
            let action = if what == "value" {
                edit::set(book, &base(), id, "note", &format!("窗{n}"), &mark()).unwrap()
            } else {
                let at = Point::new(112.5 + n as f64 * 0.001, 37.8).into();
                edit::place(book, id, &at, Accuracy::Site, &mark()).unwrap()
            };
            let start = Instant::now();
            let content = own.act(|book| book.act(&action, &by(1))).unwrap();
            followed.push(ms(start));
            let news = BookNews {
                path: state.workbook.path.clone(),
                shown: own.shown(),
                content,
                is_edit: true,
                ..BookNews::default()
            };
            update(&mut state, app::Action::WorkbookNews(Box::new(news)));
            shown.push(ms(start));
            let project = state.catalogue.project(id).unwrap();
            if what == "value" {
                assert_eq!(project.note.as_ref().unwrap().zh, format!("窗{n}"));
            } else {
                assert_eq!(project.accuracy, Accuracy::Site);
            }
        }
        let middle = |mut all: Vec<f64>| {
            all.sort_by(f64::total_cmp);
            all[all.len() / 2]
        };
        let (followed, shown) = (middle(followed), middle(shown));
        println!("  {what}: on disk and followed {followed:.1} ms, shown {shown:.1} ms (medians)");
    }
    let start = Instant::now();
    drop(lower_book(own.workbook().book(), own.workbook().plan_bytes(), &base()));
    println!("  all lowered anew, as it was before: {:.0} ms", ms(start));
}

/// Other values alone move nothing: the index and the geometries are the same.
#[test]
fn a_value_moves_no_geometry() {
    let folder = TempFolder::new("book-follow-value");
    let path = folder.path().join("a.jintu");
    make(&path, SEEDS.plan);
    let mut own = OpenBook::open(&path, &base()).unwrap();
    let before = own.content().catalogue.0;
    let action =
        edit::set(own.workbook().book(), &base(), "B5-02", "note", "核对", &mark()).unwrap();
    let content = own.act(|book| book.act(&action, &by(1))).unwrap().expect("it is other now");
    let now = content.catalogue.0;
    assert!(!Arc::ptr_eq(&before, &now));
    let positions = |own: &Catalogue| -> Vec<Vec<usize>> {
        own.projects.iter().map(|project| project.features.clone()).collect()
    };
    assert_eq!(positions(&before), positions(&now));
    assert_eq!(before.features, now.features);
    is_as_read_anew(&own, "a note");
}
