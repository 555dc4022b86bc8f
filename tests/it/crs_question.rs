//! What the coordinates of a file refer to is asked once, with the places on the map.

use std::{fs, path::PathBuf};

use jintu::{
    app::{Action, Job, Order, Overlay, Reading, State, update},
    geo::{Crs, crs_guess},
};

use super::{
    real::{self, state},
    temp_folder::TempFolder,
};

fn act(state: &mut State, actions: impl IntoIterator<Item = Action>) -> Vec<Job> {
    actions.into_iter().flat_map(|action| update(state, action)).collect()
}

/// Two points in metres of zone 38, without the zone before them.
const METRES: [f64; 4] = [372_319.3, 4_185_000.0, 380_000.0, 4_194_127.9];

fn asked(state: &mut State, path: &str) -> u64 {
    let jobs = act(state, [Action::OpenFiles(vec![path.into()])]);
    let Some(Order::OpenFile { file, system: None, near: Some(near), .. }) =
        jobs.first().map(|job| job.order.clone())
    else {
        panic!("{jobs:?}")
    };
    let candidates = crs_guess::candidates(&[METRES], &[], near);
    let reading = Reading::Asks;
    act(state, [Action::AskCrs { file, candidates }]);
    act(state, [Action::FileRead { file, layers: Vec::new(), reading }]);
    file
}

#[test]
fn the_answer_opens_the_file_and_is_kept_for_it() {
    let mut state = state();
    let file = asked(&mut state, "a.csv");
    let Overlay::AskCrs(question) = state.overlay.clone() else { panic!("{:?}", state.overlay) };
    assert!((2..=4).contains(&question.candidates.len()));
    let first = question.answer().unwrap();
    assert_eq!(first.crs, Crs::from_key("gk3:38").unwrap(), "near the city");
    // Looking at another place moves the map there, and nothing is read yet.
    let before = state.camera.as_ref().map(|request| request.number);
    assert!(act(&mut state, [Action::LookAtCrs(1)]).is_empty());
    assert_ne!(state.camera.as_ref().map(|request| request.number), before);
    // What is typed counts once it is a system.
    act(&mut state, [Action::TypeCrs("EPSG:".to_owned())]);
    assert!(act(&mut state, [Action::AnswerCrs]).is_empty() && state.files.len() == 1);
    let typed = "tmerc:112.5,500000";
    let orders: Vec<Order> =
        act(&mut state, [Action::TypeCrs(typed.to_owned()), Action::AnswerCrs])
            .into_iter()
            .map(|job| job.order)
            .collect();
    let [Order::SaveSettings(_), Order::OpenFile { file: again, system: Some(system), .. }] =
        orders.as_slice()
    else {
        panic!("{orders:?}")
    };
    assert_eq!((*again, system.crs), (file, Crs::from_key(typed).unwrap()));
    assert_eq!(state.overlay, Overlay::None);
    // Opened once more it is not asked about.
    let jobs = act(&mut state, [Action::OpenFiles(vec!["a.csv".into()])]);
    let known = jobs.iter().any(
        |job| matches!(&job.order, Order::OpenFile { system: Some(own), .. } if own == system),
    );
    assert!(known, "{jobs:?}");
    // Settings keep it as text that is read back.
    let text = serde_json::to_string(&state.settings).unwrap();
    let back: jintu::app::Settings = serde_json::from_str(&text).unwrap();
    assert_eq!(back.file_systems, state.settings.file_systems);
}

#[test]
fn figures_without_doubt_are_not_asked_about() {
    use jintu::{
        layer::{Basis, CountyCodes},
        store::layers::{LayerError, OpenOptions, open_layers},
    };
    let folder = TempFolder::new("crs-question");
    let write = |name: &str, text: &str| -> PathBuf {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let near = real::catalogue().city_extent().unwrap();
    let options = OpenOptions { near, ..OpenOptions::default() };
    let open = |path: &PathBuf, options: &OpenOptions| {
        let mut layers = Vec::new();
        let counties = CountyCodes::new(Vec::new());
        let stop = std::sync::atomic::AtomicBool::new(false);
        open_layers(path, options, &counties, &stop, &mut |p| layers = p.layers).map(|_| layers)
    };
    // 甲 of zone 38: with its number, without, and with north before east as surveys write.
    let with = write("with.csv", "名称,x,y\n甲,38372319.3,4194127.9\n");
    let layer = open(&with, &options).unwrap().remove(0);
    let reference = layer.reference;
    assert_eq!((reference.crs, reference.basis), (Crs::from_epsg(4526).unwrap(), Basis::Inferred));
    let without = write("without.csv", "名称,x,y\n甲,372319.3,4194127.9\n");
    let Err(LayerError::AskCrs { candidates, .. }) = open(&without, &options) else {
        panic!("not asked")
    };
    assert_eq!(candidates[0].crs, Crs::from_key("gk3:38").unwrap());
    let given = OpenOptions { crs: Some(candidates[0].crs), ..options.clone() };
    let placed = open(&without, &given).unwrap().remove(0);
    let [a, b] = [&layer, &placed].map(|layer| layer.chunks[0].shapes.positions[0]);
    assert!((a.x - b.x).abs() < 1e-12 && (a.y - b.y).abs() < 1e-12);
}

/// Degrees say nothing of their datum: all three are offered whenever it is asked anew, also after one
/// was answered.
#[test]
fn another_datum_of_degrees_is_offered_with_its_place() {
    let folder = TempFolder::new("crs-degrees");
    let path = folder.path().join("a.csv");
    fs::write(&path, "名称,经度,纬度\n甲,112.5,37.8\n乙,112.6,37.9\n").unwrap();
    let mut state = state();
    let jobs = act(&mut state, [Action::OpenFiles(vec![path.clone()])]);
    let Some(Order::OpenFile { file, .. }) = jobs.first().map(|job| job.order.clone()) else {
        panic!("{jobs:?}")
    };
    let layers = crate::layers_stack::read(&path)
        .into_iter()
        .map(jintu::app::open_layers::Snapshot)
        .collect();
    act(&mut state, [Action::FileRead { file, layers, reading: Reading::Done }]);
    act(&mut state, [Action::ReviseCrs(file)]);
    let Overlay::AskCrs(question) = state.overlay.clone() else { panic!("{:?}", state.overlay) };
    let offered: Vec<Crs> = question.candidates.iter().map(|one| one.crs).collect();
    assert_eq!(offered, [Crs::WGS84, Crs::GCJ02, Crs::BD09]);
    assert!(question.candidates.iter().all(|one| !one.swapped_axes));
    let lands = question.candidates[0].lands;
    assert!((lands.west_deg - 112.5).abs() < 1e-6, "{lands:?}");
}
