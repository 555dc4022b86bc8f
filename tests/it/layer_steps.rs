//! Steps with layers that are taken back, remembered, asked anew; without a window.

use jintu::{
    app::{
        Action, Entry, Order, Overlay, Reading, Settings, SharedClasses, State, TableStep,
        ToldApart, open_layers::Snapshot, update,
    },
    geo::Crs,
    layer::style::{LayerStyle, Rule, classify},
    style::Mode,
};

use crate::{
    layers_stack::{read, written},
    real::catalogue,
    temp_folder::TempFolder,
};

fn open(state: &mut State, path: &std::path::Path) -> u64 {
    let jobs = update(state, Action::OpenFiles(vec![path.to_owned()]));
    let file = jobs.iter().find_map(|job| match &job.order {
        Order::OpenFile { file, .. } => Some(*file),
        _ => None,
    });
    let file = file.unwrap();
    let layers = read(path).into_iter().map(Snapshot).collect();
    update(state, Action::FileRead { file, layers, reading: Reading::Done });
    file
}

fn state(settings: Settings) -> State {
    State::new(catalogue(), Vec::new(), settings)
}

const TEXT: &str =
    "名称,码,值,经度,纬度\n甲,014,12.50,112.5,37.8\n乙,015,7.10,112.6,37.9\n丙,,,112.7,37.9\n";

#[test]
fn a_condition_is_taken_back_and_older_filters_are_stopped() {
    let folder = TempFolder::new("steps-undo");
    let mut state = state(Settings::default());
    let file = open(&mut state, &written(&folder, "a.csv", TEXT));
    let of = (file, 0);
    let hold = |state: &mut State, text: &str| {
        let step = TableStep::SetCondition(text.to_owned());
        update(state, Action::LayerTable { of, step })
    };
    let condition = |state: &State| state.files[0].layers[0].table.condition.clone();
    let first = hold(&mut state, "名称 = 甲");
    let second = hold(&mut state, "名称 = 乙");
    let filters = |order: &Order| matches!(order, Order::FilterLayers { .. });
    assert!(first.iter().any(|job| filters(&job.order) && job.cancel.is_stopped()));
    assert!(second.iter().any(|job| filters(&job.order) && !job.cancel.is_stopped()));
    assert!(second.iter().all(|job| job.order.entry() == Entry::Filter));
    let back = update(&mut state, Action::Undo);
    assert_eq!(condition(&state), "名称 = 甲");
    assert!(back.iter().any(|job| filters(&job.order)), "it is filtered anew");
    update(&mut state, Action::Undo);
    assert_eq!(condition(&state), "");
    update(&mut state, Action::Redo);
    assert_eq!(condition(&state), "名称 = 甲");
}

#[test]
fn figures_in_words_stand_as_numbers_and_codes_do_not() {
    let folder = TempFolder::new("steps-figures");
    let layer = read(&written(&folder, "a.csv", TEXT)).remove(0);
    let names: Vec<&str> = layer.fields.iter().map(|field| field.name.as_str()).collect();
    let figures: Vec<&str> =
        names.iter().zip(layer.figures_in_words()).filter(|(_, is)| *is).map(|(n, _)| *n).collect();
    assert_eq!(figures, ["值"], "{names:?}");
    assert_eq!(layer.tables[0].value(0, 2).to_string(), "12.50", "nothing is changed");
}

#[test]
fn the_order_of_layers_is_there_again_after_a_restart() {
    let folder = TempFolder::new("steps-order");
    let paths = ["a", "b", "c"].map(|name| written(&folder, &format!("{name}.csv"), TEXT));
    let mut first = state(Settings::default());
    let files: Vec<u64> = paths.iter().map(|path| open(&mut first, path)).collect();
    let names = |state: &State| -> Vec<String> {
        let layers = state.layers_from_ground().into_iter();
        layers.map(|(_, layer)| layer.data.0.name.clone()).collect()
    };
    assert_eq!(names(&first), ["a", "b", "c"]);
    // a goes to the top.
    update(&mut first, Action::ShiftLayer { key: (files[0], 0), up: true });
    let saved = update(&mut first, Action::ShiftLayer { key: (files[0], 0), up: true });
    assert_eq!(names(&first), ["b", "c", "a"]);
    let saved = saved.iter().find_map(|job| match &job.order {
        Order::SaveSettings(settings) => Some((**settings).clone()),
        _ => None,
    });
    let mut again = state(saved.unwrap());
    for path in &paths {
        open(&mut again, path);
    }
    assert_eq!(names(&again), ["b", "c", "a"]);
    // One that nobody has ordered lies on top of what was opened before.
    open(&mut again, &written(&folder, "d.csv", TEXT));
    assert_eq!(names(&again), ["b", "c", "a", "d"]);
}

#[test]
fn the_system_of_an_open_file_is_asked_anew() {
    let folder = TempFolder::new("steps-crs");
    let path = written(&folder, "a.csv", TEXT);
    let mut state = state(Settings::default());
    let file = open(&mut state, &path);
    update(&mut state, Action::ReviseCrs(file));
    assert!(matches!(state.overlay, Overlay::AskCrs(_)));
    // To leave it as it is keeps the file.
    update(&mut state, Action::DropQuestion(file));
    assert_eq!(state.files.len(), 1);
    update(&mut state, Action::ReviseCrs(file));
    update(&mut state, Action::TypeCrs("gcj02".to_owned()));
    let jobs = update(&mut state, Action::AnswerCrs);
    let read = jobs.iter().find_map(|job| match &job.order {
        Order::OpenFile { system, .. } => *system,
        _ => None,
    });
    assert_eq!(read.unwrap().crs, Crs::from_key("gcj02").unwrap());
    let layers = read_again(&path);
    update(&mut state, Action::FileRead { file, layers, reading: Reading::Done });
    // Its degrees are offered in every datum once more, without reading it first.
    let jobs = update(&mut state, Action::ReviseCrs(file));
    assert!(!jobs.iter().any(|job| matches!(job.order, Order::OpenFile { .. })), "{jobs:?}");
    let Overlay::AskCrs(question) = &state.overlay else { panic!("{:?}", state.overlay) };
    let offered: Vec<Crs> = question.candidates.iter().map(|one| one.crs).collect();
    assert_eq!(offered, [Crs::WGS84, Crs::GCJ02, Crs::BD09]);
}

fn read_again(path: &std::path::Path) -> Vec<Snapshot> {
    read(path).into_iter().map(Snapshot).collect()
}

#[test]
fn until_its_classes_are_drawn_a_layer_has_the_plain_colour() {
    let folder = TempFolder::new("steps-look");
    let mut state = state(Settings::default());
    open(&mut state, &written(&folder, "a.csv", TEXT));
    let layer = &mut state.files[0].layers[0];
    let plain = layer.dress.look(3, Mode::Light, 10.0).color(0);
    let rule = Rule::Category { field: "名称".to_owned(), most: 8 };
    let classes = classify(&layer.data.0, &rule, &|| false).unwrap();
    layer.dress.style = std::sync::Arc::new(LayerStyle { rule, ..LayerStyle::default() });
    layer.dress.classes = Some(SharedClasses(std::sync::Arc::new(classes)));
    let drawn = |told: &ToldApart| layer.dress.look_of_drawn(Some(told), 3, Mode::Light, 10.0);
    assert_eq!(drawn(&ToldApart::No).colors, [plain]);
    let told = layer.dress.told_apart();
    assert_eq!(drawn(&told).colors, layer.dress.look(3, Mode::Light, 10.0).colors);
    assert!(drawn(&told).colors.len() >= 3, "one for each name");
}
