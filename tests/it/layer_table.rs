//! The attribute table of a layer: its order against a plain sort, its selection against a plain set,
//! its condition, its text for the clipboard, and how fields are arranged.

use std::{
    cmp::Ordering,
    collections::BTreeSet,
    path::PathBuf,
    sync::{Arc, Mutex, atomic::AtomicBool},
};

use jintu::{
    app::{
        Action, FeatureRef, FieldSort, FitTarget, Job, Language, News, NoticeLevel, Order, Overlay,
        Reading, Settings, State, TableStep,
        feature_rows::{MOST_BYTES, NotCopied, tsv},
        feature_selection::Pick,
        field_columns::{FieldColumn, arranged, columns},
        layer_order::ordered,
        layer_table::{joined, only_this},
        open_layers::Snapshot,
        update,
    },
    basemap::Basemap,
    catalogue::Filter,
    gazetteer::{SortKey, push_ranks},
    geo::mercator,
    jobs::{Services, run},
    layer::{Bits, ChunkBuilder, Condition, Field, FieldKind, Layer, TableBuilder, Value},
    store,
    units::{Extent, LonLat},
};
use proptest::prelude::*;

use crate::real::{catalogue, state};

const NAME: usize = 0;
const LENGTH: usize = 1;
const SHARE: usize = 2;
const MIXED: usize = 3;
const OPEN: usize = 4;

const NAMES: [&str; 12] = [
    "迎泽大街",
    "南内环街",
    "阳曲县",
    "5G 基站",
    "晋源区",
    "清徐县",
    "A线",
    "a线",
    "祁县",
    "重庆",
    "ü",
    "（备用）晋祠",
];

/// A layer in three chunks; rows at 112.3° E and on, one without a place.
pub fn layer(rows: usize) -> Arc<Layer> {
    let fields = ["名称", "长度", "比例", "混合", "通车"].map(Field::named);
    let mut all = Layer { name: "道路".into(), fields: fields.into(), ..Layer::default() };
    let sizes = [rows / 4, rows / 2, rows - rows / 4 - rows / 2];
    let mut row = 0_usize;
    for (i, size) in sizes.into_iter().enumerate() {
        let (mut shapes, mut table) = (ChunkBuilder::default(), TableBuilder::new(5));
        for _ in 0..size {
            let mixed = row * 7919 % 10_007;
            if row == 3 {
                shapes.end();
            } else {
                shapes.point(LonLat::new(112.3 + row as f64 * 1e-4, 37.6 + mixed as f64 * 1e-5));
            }
            let name = NAMES[mixed % NAMES.len()];
            if !mixed.is_multiple_of(11) {
                table.push(NAME, Value::Text(name));
            }
            table.push(LENGTH, Value::Integer(i64::try_from(mixed).unwrap() % 50 - 25));
            if !mixed.is_multiple_of(5) {
                table.push(SHARE, Value::Number(mixed as f64 / 8.0 - 300.0));
            }
            // The first chunk has numbers only; in the others words make them words.
            let text =
                if mixed.is_multiple_of(3) { "不详".to_owned() } else { mixed.to_string() };
            match i {
                0 => table.push(MIXED, Value::Integer(i64::try_from(mixed).unwrap())),
                _ => table.push(MIXED, Value::Text(&text)),
            }
            table.push(OPEN, Value::Bool(mixed.is_multiple_of(2)));
            table.end_row();
            row += 1;
        }
        all.chunks.push(Arc::new(shapes.finish()));
        all.tables.push(Arc::new(table.finish()));
    }
    Arc::new(all)
}

/// A state in which a layer is open, and its table is shown.
pub fn opened(layer: &Arc<Layer>) -> State {
    let mut state = state();
    let jobs = update(&mut state, Action::OpenFiles(vec![PathBuf::from("roads.csv")]));
    let file = jobs.iter().find_map(|job| match &job.order {
        Order::OpenFile { file, .. } => Some(*file),
        _ => None,
    });
    let file = file.unwrap();
    let layers = vec![Snapshot(layer.clone())];
    update(&mut state, Action::FileRead { file, layers, reading: Reading::Done });
    update(&mut state, Action::OpenTable(Some((file, 0))));
    state
}

fn services() -> Services {
    let basemap = Basemap::open(store::BASEMAP).ok().map(Arc::new);
    Services::new(&catalogue(), basemap, None, Arc::new(|| ()))
}

/// Does jobs, and what they report, until nothing is left to do.
fn carry_out(state: &mut State, jobs: Vec<Job>) {
    let services = services();
    let mut waiting = jobs;
    while let Some(job) = waiting.pop() {
        if matches!(job.order, Order::SaveSettings(_)) {
            continue;
        }
        let heard = Arc::new(Mutex::new(Vec::new()));
        let own = heard.clone();
        run(job, &services, &move |action| own.lock().unwrap().push(action));
        let heard = std::mem::take(&mut *heard.lock().unwrap());
        waiting.extend(heard.into_iter().flat_map(|action| update(state, action)));
    }
}

fn act(state: &mut State, step: TableStep) {
    let of = state.table_of.unwrap();
    let jobs = update(state, Action::LayerTable { of, step });
    carry_out(state, jobs);
}

fn rows_seen(state: &State) -> Vec<u32> {
    let (_, _, layer) = state.table_layer().unwrap();
    (0..layer.table_rows()).filter_map(|at| layer.table_row(at)).collect()
}

fn selected(state: &State) -> BTreeSet<u32> {
    let (_, _, layer) = state.table_layer().unwrap();
    let data = &layer.data.0;
    let rows = 0..u32::try_from(data.len()).unwrap();
    let is_in = |row: &u32| {
        let (chunk, at) = data.place_of(*row).unwrap();
        layer.table.selection.contains(chunk, at)
    };
    let found: BTreeSet<u32> = rows.filter(is_in).collect();
    assert_eq!(found.len(), layer.table.selection.count());
    found
}

/// Kind, number and word of a value, read by other code than the program's.
fn oracle_key(value: Value<'_>) -> Option<(u8, f64, SortKey)> {
    let none = SortKey::of("");
    match value {
        Value::Missing => None,
        Value::Bool(b) => Some((0, f64::from(u8::from(b)), none)),
        Value::Integer(n) => Some((1, n as f64, none)),
        Value::Number(n) => Some((1, n, none)),
        Value::Text(text) => match text.parse::<f64>() {
            Ok(n) => Some((1, n, none)),
            Err(_) => Some((2, 0.0, SortKey::of(text))),
        },
    }
}

#[test]
fn rows_stand_as_a_plain_sort_has_them() {
    let layer = layer(3_000);
    let never = AtomicBool::new(false);
    for field in [NAME, LENGTH, SHARE, MIXED, OPEN] {
        for descending in [false, true] {
            let sort = Some(FieldSort { field, descending });
            let own = ordered(&layer, None, sort, &never).unwrap();
            let mut expected: Vec<u32> = (0..3_000).collect();
            let key = |row: u32| oracle_key(layer.value(row, field));
            // A stable sort: equals stay as they are in the file.
            expected.sort_by(|a, b| match (key(*a), key(*b)) {
                (None, None) => Ordering::Equal,
                (None, Some(_)) => Ordering::Greater,
                (Some(_), None) => Ordering::Less,
                (Some(a), Some(b)) => {
                    let order = a.partial_cmp(&b).unwrap();
                    if descending { order.reverse() } else { order }
                }
            });
            assert_eq!(own, expected, "field {field}, descending {descending}");
        }
    }
    assert_eq!(ordered(&layer, None, None, &never).unwrap(), (0..3_000).collect::<Vec<u32>>());
}

#[test]
fn a_layer_of_many_runs_is_merged_and_can_be_stopped() {
    // More than one run of the sort, and the last one not full.
    let layer = layer(200_001);
    let sort = Some(FieldSort { field: SHARE, descending: false });
    let own = ordered(&layer, None, sort, &AtomicBool::new(false)).unwrap();
    assert_eq!(own.len(), 200_001);
    let number = |row: &u32| match layer.value(*row, SHARE) {
        Value::Number(n) => n,
        Value::Integer(n) => n as f64,
        _ => f64::INFINITY,
    };
    assert!(own.windows(2).all(|pair| {
        let (a, b) = (number(&pair[0]), number(&pair[1]));
        a < b || (a.total_cmp(&b).is_eq() && pair[0] < pair[1])
    }));
    assert_eq!(ordered(&layer, None, sort, &AtomicBool::new(true)), None);
}

#[test]
fn words_that_say_numbers_stand_by_their_size() {
    let texts =
        ["12.50", "9.5", "100", "-3", "014", "12.5", "1e3", "甲", "900719925474099301", "12-3"];
    let (mut shapes, mut table) = (ChunkBuilder::default(), TableBuilder::new(1));
    for text in texts {
        shapes.point(LonLat::new(112.0, 37.0));
        table.push(0, Value::Text(text));
        table.end_row();
    }
    let layer = Layer {
        fields: vec![Field::named("n")],
        chunks: vec![Arc::new(shapes.finish())],
        tables: vec![Arc::new(table.finish())],
        ..Layer::default()
    };
    let sort = Some(FieldSort { field: 0, descending: false });
    let own = ordered(&layer, None, sort, &AtomicBool::new(false)).unwrap();
    let own: Vec<&str> = own.iter().map(|row| texts[*row as usize]).collect();
    // Equals as in the file; what is no plain figure comes after them, by its characters.
    let expected =
        ["-3", "9.5", "12.50", "12.5", "014", "100", "900719925474099301", "12-3", "1e3", "甲"];
    assert_eq!(own, expected);
}

#[test]
fn whole_numbers_beyond_fractions_keep_their_order() {
    let values = [i64::MAX, i64::MIN, 9_007_199_254_740_993, 9_007_199_254_740_992, 0, -1];
    let (mut shapes, mut table) = (ChunkBuilder::default(), TableBuilder::new(1));
    for n in values {
        shapes.point(LonLat::new(112.0, 37.0));
        table.push(0, Value::Integer(n));
        table.end_row();
    }
    let layer = Layer {
        fields: vec![Field::named("n")],
        chunks: vec![Arc::new(shapes.finish())],
        tables: vec![Arc::new(table.finish())],
        ..Layer::default()
    };
    let sort = Some(FieldSort { field: 0, descending: false });
    let own = ordered(&layer, None, sort, &AtomicBool::new(false)).unwrap();
    assert_eq!(own, [1, 5, 4, 3, 2, 0]);
}

proptest! {
    /// The numbers of characters order names as the keys of the project table do.
    #[test]
    fn ranks_order_as_sort_keys(a in "\\PC{0,6}", b in "[晋祠迎泽重长aAbＺ９0-9（）·𠀀ü]{0,6}", c in "[晋祠迎泽重长aAbＺ９0-9（）·𠀀ü]{0,6}") {
        let ranks = |text: &str| {
            let mut ranks = Vec::new();
            push_ranks(text, &mut ranks);
            ranks
        };
        for (a, b) in [(&a, &b), (&b, &c)] {
            prop_assert_eq!(ranks(a).cmp(&ranks(b)), SortKey::of(a).cmp(&SortKey::of(b)));
        }
    }

    #[test]
    fn bits_are_a_set(rows in proptest::collection::btree_set(0_usize..300, 0..80), gone in 0_usize..300) {
        let mut bits = Bits::none(300);
        for row in &rows {
            bits.insert(*row);
        }
        bits.remove(gone);
        let mut expected = rows;
        expected.remove(&gone);
        prop_assert_eq!(bits.rows().collect::<BTreeSet<_>>(), expected.clone());
        prop_assert_eq!(bits.count(), expected.len());
        let all = Bits::all(gone);
        prop_assert_eq!(all.rows().collect::<Vec<_>>(), (0..gone).collect::<Vec<_>>());
    }
}

#[test]
fn a_head_sorts_up_then_down_then_as_in_the_file() {
    let mut state = opened(&layer(400));
    let plain: Vec<u32> = (0..400).collect();
    assert_eq!(rows_seen(&state), plain);
    act(&mut state, TableStep::SortBy(LENGTH));
    let up = rows_seen(&state);
    act(&mut state, TableStep::SortBy(LENGTH));
    let down = rows_seen(&state);
    let (_, _, layer) = state.table_layer().unwrap();
    let length = |row: u32| match layer.data.0.value(row, LENGTH) {
        Value::Integer(n) => n,
        other => panic!("{other:?}"),
    };
    assert!(up.windows(2).all(|pair| length(pair[0]) <= length(pair[1])));
    assert!(down.windows(2).all(|pair| length(pair[0]) >= length(pair[1])));
    act(&mut state, TableStep::SortBy(LENGTH));
    assert_eq!(rows_seen(&state), plain);
}

#[test]
fn the_latest_order_wins_and_the_one_before_is_stopped() {
    let mut state = opened(&layer(400));
    let of = state.table_of.unwrap();
    let mut ask = |field| {
        let step = TableStep::Sort(Some(FieldSort { field, descending: false }));
        let mut jobs = update(&mut state, Action::LayerTable { of, step });
        assert_eq!(jobs.len(), 1);
        jobs.remove(0)
    };
    let (first, second) = (ask(NAME), ask(LENGTH));
    assert!(first.cancel.is_stopped() && !second.cancel.is_stopped());
    // The first was too far on to be stopped: its answer is nobody's any more.
    let late = Job { cancel: jintu::app::Cancel::default(), ..first };
    carry_out(&mut state, vec![late]);
    assert_eq!(rows_seen(&state), (0..400).collect::<Vec<u32>>());
    let (_, _, layer) = state.table_layer().unwrap();
    assert!(layer.table.is_waiting());
    carry_out(&mut state, vec![second]);
    let (_, _, layer) = state.table_layer().unwrap();
    assert!(!layer.table.is_waiting());
    let sort = Some(FieldSort { field: LENGTH, descending: false });
    let expected = ordered(&layer.data.0, None, sort, &AtomicBool::new(false)).unwrap();
    assert_eq!(rows_seen(&state), expected);
}

#[test]
fn a_condition_holds_for_map_counts_and_table() {
    let mut state = opened(&layer(400));
    act(&mut state, TableStep::SelectAll);
    act(&mut state, TableStep::SetCondition("长度 >= 10 and 名称 ~ 县".into()));
    let (_, _, layer) = state.table_layer().unwrap();
    let data = &layer.data.0;
    let is_like = |row: &u32| {
        matches!(data.value(*row, LENGTH), Value::Integer(n) if n >= 10)
            && matches!(data.value(*row, NAME), Value::Text(name) if name.contains('县'))
    };
    let expected: Vec<u32> = (0..400).filter(is_like).collect();
    assert!(expected.len() > 5 && expected.len() < 100, "{}", expected.len());
    assert_eq!(rows_seen(&state), expected);
    assert_eq!(layer.count_passed(), expected.len());
    // What the map draws, and what the pointer finds.
    let passed = layer.passed.as_ref().unwrap();
    let on_map = |row: &u32| {
        let (chunk, at) = data.place_of(*row).unwrap();
        passed.rows[chunk].contains(at)
    };
    assert_eq!((0..400).filter(on_map).collect::<Vec<u32>>(), expected);
    // What is hidden is not selected any more.
    assert_eq!(selected(&state), expected.iter().copied().collect());
    // The filter of the projects holds besides: a box over the western half.
    let half = Extent { west_deg: 112.0, south_deg: 37.0, east_deg: 112.32, north_deg: 38.5 };
    let filter = Filter { extent: Some(half), ..Filter::default() };
    let jobs = update(&mut state, Action::SetFilter(Box::new(filter)));
    carry_out(&mut state, jobs);
    let both: Vec<u32> = expected.iter().copied().filter(|row| *row < 200).collect();
    assert!(!both.is_empty() && both.len() < expected.len());
    assert_eq!(rows_seen(&state), both);
    let jobs = update(&mut state, Action::ClearFilter);
    carry_out(&mut state, jobs);
    assert_eq!(rows_seen(&state), expected, "the condition stays");
    act(&mut state, TableStep::SetCondition("  ".into()));
    let (_, _, layer) = state.table_layer().unwrap();
    assert!(layer.passed.is_none() && layer.table_rows() == 400);
}

#[test]
fn a_condition_that_says_nothing_is_told_and_changes_nothing() {
    let mut state = opened(&layer(40));
    act(&mut state, TableStep::SetCondition("长度 > 0".into()));
    let before = rows_seen(&state);
    for (text, zh) in [("宽度 > 3", "宽度"), ("长度 很长", "长度 很长")] {
        act(&mut state, TableStep::SetCondition(text.into()));
        let (_, _, layer) = state.table_layer().unwrap();
        let (typed, why) = layer.table.refused.as_ref().unwrap();
        assert_eq!(typed, text);
        assert!(why.tell(Language::Chinese).contains(zh), "{why:?}");
        assert!(why.tell(Language::English).is_ascii() == zh.is_ascii());
        assert_eq!(
            (layer.table.condition.as_str(), rows_seen(&state)),
            ("长度 > 0", before.clone())
        );
    }
    act(&mut state, TableStep::SetCondition("长度 > 0".into()));
    let (_, _, layer) = state.table_layer().unwrap();
    assert!(layer.table.refused.is_none());
}

#[test]
fn only_this_value_is_a_condition_that_has_just_such_rows() {
    let layer = layer(300);
    for field in [NAME, LENGTH, SHARE, OPEN] {
        for row in [0, 5, 17, 120, 299] {
            let value = layer.value(row, field);
            let text = only_this(&layer.fields, field, value).unwrap();
            let condition = Condition::read(&text, &layer).unwrap();
            let own: BTreeSet<u32> = (0..300)
                .filter(|row| {
                    let (chunk, at) = layer.place_of(*row).unwrap();
                    condition.holds(&layer, chunk, at)
                })
                .collect();
            let same: BTreeSet<u32> =
                (0..300).filter(|row| layer.value(*row, field) == value).collect();
            assert_eq!(own, same, "{text}");
        }
    }
    let awkward = Layer {
        fields: ["a and b", "长度 >= \"x\"", "two", "two"].map(Field::named).into(),
        ..Layer::default()
    };
    for (field, text) in [(0, "1 and 2"), (1, "it's"), (2, "say \"no\" and go"), (0, "  空格 ")] {
        let words = only_this(&awkward.fields, field, Value::Text(text)).unwrap();
        let both = joined(&words, &only_this(&awkward.fields, 0, Value::Missing).unwrap());
        Condition::read(&words, &awkward).unwrap();
        Condition::read(&both, &awkward).unwrap();
    }
    // What the words of conditions cannot say is not offered.
    assert_eq!(only_this(&awkward.fields, 0, Value::Text("'\"")), None);
    assert_eq!(only_this(&awkward.fields, 3, Value::Text("x")), None, "the second of a name");
}

#[test]
fn rows_are_selected_as_in_any_list() {
    let mut state = opened(&layer(400));
    act(&mut state, TableStep::Sort(Some(FieldSort { field: SHARE, descending: true })));
    let seen = rows_seen(&state);
    let at = |position: usize| seen[position];
    let some = |range: std::ops::RangeInclusive<usize>| -> BTreeSet<u32> {
        seen[range].iter().copied().collect()
    };
    act(&mut state, TableStep::Pick(at(10), Pick::Only));
    act(&mut state, TableStep::Pick(at(14), Pick::Through));
    assert_eq!(selected(&state), some(10..=14));
    // The other way round from the same row.
    act(&mut state, TableStep::Pick(at(7), Pick::Through));
    assert_eq!(selected(&state), some(7..=10));
    act(&mut state, TableStep::Pick(at(20), Pick::Toggle));
    act(&mut state, TableStep::Pick(at(8), Pick::Toggle));
    let mut expected = some(7..=10);
    expected.insert(at(20));
    expected.remove(&at(8));
    assert_eq!(selected(&state), expected);
    act(&mut state, TableStep::Pick(at(30), Pick::Only));
    act(&mut state, TableStep::Move(1, false));
    assert_eq!(selected(&state), some(31..=31));
    act(&mut state, TableStep::Move(5, true));
    assert_eq!(selected(&state), some(31..=36));
    act(&mut state, TableStep::Move(-7, true));
    assert_eq!(selected(&state), some(29..=31));
    act(&mut state, TableStep::Move(isize::MAX, false));
    assert_eq!(selected(&state), some(399..=399));
    act(&mut state, TableStep::Move(3, false));
    assert_eq!(selected(&state), some(399..=399), "the end holds");
    act(&mut state, TableStep::Move(isize::MIN, true));
    assert_eq!(selected(&state), some(0..=399));
    act(&mut state, TableStep::ClearSelection);
    assert!(selected(&state).is_empty());
    act(&mut state, TableStep::SelectAll);
    assert_eq!(selected(&state), some(0..=399));
    // Esc lets go of it, and of nothing else first.
    let jobs = update(&mut state, Action::Escape);
    assert!(jobs.is_empty() && selected(&state).is_empty());
    // The table shows the row that the keys are at.
    act(&mut state, TableStep::Pick(at(2), Pick::Only));
    act(&mut state, TableStep::Move(200, false));
    let (_, _, layer) = state.table_layer().unwrap();
    assert_eq!(layer.table.reveal.unwrap().position, 202);
}

#[test]
fn a_feature_of_the_map_is_found_in_the_table_and_the_other_way_round() {
    let mut state = opened(&layer(400));
    let (file, layer) = state.table_of.unwrap();
    let features: Vec<FeatureRef> =
        [30, 7, 90].map(|row| FeatureRef { file, layer, chunk: 1, row }).into();
    act(&mut state, TableStep::Sort(Some(FieldSort { field: NAME, descending: false })));
    let open =
        Action::OpenPickList { ids: Vec::new(), features: features.clone(), at_pt: [0.0; 2] };
    update(&mut state, open);
    update(&mut state, Action::OpenFeature(features[1]));
    let row = |state: &State, feature: FeatureRef| {
        let (_, _, layer) = state.table_layer().unwrap();
        layer.data.0.row_at(feature.chunk, feature.row).unwrap()
    };
    let check = |state: &State, feature: FeatureRef| {
        let own = row(state, feature);
        assert_eq!(selected(state), BTreeSet::from([own]));
        let (_, _, layer) = state.table_layer().unwrap();
        let position = layer.table.reveal.unwrap().position;
        assert_eq!(layer.table_row(position), Some(own));
    };
    check(&state, features[1]);
    // The others at the place are a step away, around the end.
    for expected in [2, 0, 1, 2] {
        update(&mut state, Action::StepFeature(1));
        let Overlay::Feature(found) = &state.overlay else { panic!("{:?}", state.overlay) };
        assert_eq!(found.shown(), Some(features[expected]));
        check(&state, features[expected]);
    }
    update(&mut state, Action::StepFeature(-1));
    check(&state, features[1]);
    update(&mut state, Action::ZoomToFeature(features[1]));
    let at = {
        let (_, _, layer) = state.table_layer().unwrap();
        let extent = layer.data.0.extent_of(1, 7).unwrap();
        mercator::extent_from_mercator(extent)
    };
    assert_eq!(state.camera.as_ref().map(|c| &c.target), Some(&FitTarget::Close(at)));
    assert!((at.west_deg - (112.3 + 107.0 * 1e-4)).abs() < 1e-9, "{at:?}");
    // With the table of the projects nothing is selected behind the user's back.
    update(&mut state, Action::OpenTable(None));
    update(&mut state, Action::OpenFeature(features[0]));
    assert_eq!(state.table_of, None);
    update(&mut state, Action::FindInTable(features[2]));
    assert_eq!(state.table_of, Some((file, layer)));
    check(&state, features[2]);
}

#[test]
fn the_selection_is_zoomed_to_where_it_has_a_place() {
    let mut state = opened(&layer(400));
    act(&mut state, TableStep::Pick(3, Pick::Only));
    act(&mut state, TableStep::ZoomToSelection);
    let told = state.notices.last().unwrap();
    assert_eq!((told.level, &told.message), (NoticeLevel::Problem, &News::NoPlace.into()));
    act(&mut state, TableStep::Pick(10, Pick::Only));
    act(&mut state, TableStep::Pick(210, Pick::Through));
    act(&mut state, TableStep::ZoomToSelection);
    let Some(FitTarget::Close(extent)) = state.camera.as_ref().map(|c| c.target.clone()) else {
        panic!("{:?}", state.camera)
    };
    assert!((extent.west_deg - (112.3 + 10e-4)).abs() < 1e-9, "{extent:?}");
    assert!((extent.east_deg - (112.3 + 210e-4)).abs() < 1e-9, "{extent:?}");
}

#[test]
fn selected_rows_are_copied_as_the_table_shows_them() {
    let (mut shapes, mut table) = (ChunkBuilder::default(), TableBuilder::new(3));
    let rows =
        [("甲\t乙", Some(1.5)), ("=1+1", None), ("两\n行\"引\"", Some(-3.0)), ("丁", Some(0.25))];
    for (name, number) in rows {
        shapes.point(LonLat::new(112.0, 37.0));
        table.push(0, Value::Text(name));
        if let Some(n) = number {
            table.push(1, Value::Number(n));
        }
        table.push(2, Value::Bool(true));
        table.end_row();
    }
    let own = Arc::new(Layer {
        name: "表".into(),
        fields: ["名称", "数", "旗"].map(Field::named).into(),
        chunks: vec![Arc::new(shapes.finish())],
        tables: vec![Arc::new(table.finish())],
        ..Layer::default()
    });
    let mut state = opened(&own);
    let column = |name: &str, hidden| FieldColumn { name: name.into(), width_pt: None, hidden };
    let arrangement = vec![column("数", false), column("旗", true), column("名称", false)];
    act(&mut state, TableStep::Arrange(arrangement));
    act(&mut state, TableStep::Sort(Some(FieldSort { field: 1, descending: true })));
    act(&mut state, TableStep::SelectAll);
    act(&mut state, TableStep::Pick(3, Pick::Toggle));
    act(&mut state, TableStep::Copy);
    let text = state.to_copy.clone().unwrap();
    let expected = "数\t名称\n1.5\t\"甲\t乙\"\n-3\t\"两\n行\"\"引\"\"\"\n\t=1+1\n";
    assert_eq!(&*text, expected);
    let told = state.notices.last().unwrap();
    assert_eq!(told.message, News::CopiedRows(3).into());
    update(&mut state, Action::TextTaken);
    assert_eq!(state.to_copy, None);
}

#[test]
fn too_much_for_a_clipboard_is_refused_whole() {
    let (mut shapes, mut table) = (ChunkBuilder::default(), TableBuilder::new(1));
    let long = "长".repeat(MOST_BYTES / 3 / 8);
    for _ in 0..10 {
        shapes.point(LonLat::new(112.0, 37.0));
        table.push(0, Value::Text(&long));
        table.end_row();
    }
    let layer = Layer {
        fields: vec![Field::named("n")],
        chunks: vec![Arc::new(shapes.finish())],
        tables: vec![Arc::new(table.finish())],
        ..Layer::default()
    };
    let all = [Bits::all(10)];
    let asked = |stop| tsv(&layer, &[0], &None, &all, &AtomicBool::new(stop));
    assert_eq!(asked(false).unwrap_err(), NotCopied::TooMany);
    assert_eq!(asked(true).unwrap_err(), NotCopied::Stopped);
}

#[test]
fn fields_stay_as_they_were_arranged() {
    let mut state = opened(&layer(40));
    let (_, file, own) = state.table_layer().unwrap();
    let (path, data) = (file.path.clone(), own.data.0.clone());
    let before = columns(&state.settings, &path, &data);
    assert_eq!(before.iter().map(|c| c.field).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
    let numbers: Vec<bool> = before.iter().map(|c| c.is_number).collect();
    assert_eq!(numbers, [false, true, true, false, false]);
    assert_eq!(data.kind_of(MIXED), FieldKind::Text);
    let mut changed = before.clone();
    changed.swap(0, 3);
    changed[1].hidden = true;
    changed[2].width_pt = 300.0;
    act(&mut state, TableStep::Arrange(arranged(&changed, &data)));
    assert_eq!(columns(&state.settings, &path, &data), changed);
    // Another start: what is kept is read again, and a file that has other fields by now keeps those
    // that it still has.
    let kept = serde_json::to_string(&state.settings).unwrap();
    let settings: Settings = serde_json::from_str(&kept).unwrap();
    let fields = ["新", "名称", "长度", "名称"].map(Field::named);
    let newer = Layer { fields: fields.into(), ..Layer::clone(&data) };
    let now = columns(&settings, &path, &newer);
    let told: Vec<(usize, bool)> = now.iter().map(|c| (c.field, c.hidden)).collect();
    assert_eq!(told, [(2, true), (1, false), (0, false), (3, false)]);
    // Another file of the same name of layer has its own.
    let other = columns(&settings, &PathBuf::from("other.csv"), &data);
    assert_eq!(other, before);
    act(&mut state, TableStep::Arrange(Vec::new()));
    assert_eq!(columns(&state.settings, &path, &data), before);
}

#[test]
fn the_table_of_a_file_that_is_closed_gives_way_to_the_projects() {
    let mut state = opened(&layer(40));
    let (file, _) = state.table_of.unwrap();
    act(&mut state, TableStep::SelectAll);
    update(&mut state, Action::CloseFile(file));
    assert_eq!(state.table_of, None);
    update(&mut state, Action::OpenTable(Some((file, 0))));
    assert_eq!(state.table_of, None, "there is none");
}
