//! Which columns of a table hold its coordinates is asked with the place on the map, and kept; of
//! several files one is asked about after the other.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use jintu::{
    app::{
        Action, ColumnQuestion, CrsQuestion, Job, Landing, Order, Overlay, Reading, State, update,
    },
    jobs::{Report, Services, run},
    layer::{ChosenColumns, ChosenHead, ChosenPlace},
};

use crate::{
    real::{catalogue, state},
    temp_folder::TempFolder,
};

/// Does everything that an action asks for, and what that asks for.
fn act(state: &mut State, services: &Services, action: Action) {
    let mut jobs: Vec<Job> = update(state, action);
    while let Some(job) = jobs.pop() {
        if matches!(job.order, Order::SaveSettings(_)) {
            continue;
        }
        let heard = Arc::new(Mutex::new(Vec::new()));
        let own = heard.clone();
        let report: Box<Report> = Box::new(move |action| own.lock().unwrap().push(action));
        run(job, services, &*report);
        drop(report);
        for action in Arc::into_inner(heard).unwrap().into_inner().unwrap() {
            jobs.extend(update(state, action));
        }
    }
}

fn services() -> Services {
    Services::new(&catalogue(), None, None, Arc::new(|| ()))
}

fn write(folder: &TempFolder, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn columns(state: &State) -> ColumnQuestion {
    match &state.overlay {
        Overlay::AskColumns(question) => (**question).clone(),
        other => panic!("{other:?}"),
    }
}

fn system(state: &State) -> CrsQuestion {
    match &state.overlay {
        Overlay::AskCrs(question) => (**question).clone(),
        other => panic!("{other:?}"),
    }
}

#[expect(clippy::unnecessary_box_returns, reason = "the question keeps it so")]
fn two(east: &str, north: &str) -> Box<ChosenColumns> {
    let place = ChosenPlace::Two { east: east.to_owned(), north: north.to_owned() };
    Box::new(ChosenColumns { place, head: ChosenHead::Found })
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

const NAMELESS: &str = "编号,纬,经,备注\n1,37.8702,112.5501,甲\n2,37.8811,112.5612,乙\n";

#[test]
fn the_choice_shows_its_place_and_is_kept_for_the_file() {
    let (folder, services, mut state) = (TempFolder::new("ask-columns"), services(), state());
    let text = NAMELESS.replace("纬,经", "A,B");
    let path = write(&folder, "a.csv", &text);
    act(&mut state, &services, Action::OpenFiles(vec![path.clone()]));
    // What looks like a place in China is proposed, the right way round.
    let question = columns(&state);
    assert_eq!(question.chosen, *two("B", "A"));
    let Landing::At { lands, features: 2 } = question.landing else { panic!("{question:?}") };
    assert!((lands.west_deg - 112.5501).abs() < 1e-6 && (lands.north_deg - 37.8811).abs() < 1e-6);
    assert!(state.camera.is_some(), "the map goes there");
    assert_eq!(state.files[0].reading, Reading::Asks);
    // Columns that hold none are told, and nothing can be opened so.
    act(&mut state, &services, Action::ChooseColumns(two("备注", "A")));
    assert_eq!(columns(&state).landing, Landing::Nowhere);
    act(&mut state, &services, Action::AnswerColumns);
    assert!(columns(&state).landing == Landing::Nowhere && state.files[0].layers.is_empty());
    // An answer to an older try is none.
    let old = columns(&state).request;
    act(&mut state, &services, Action::ChooseColumns(two("B", "A")));
    let now = columns(&state).landing;
    act(&mut state, &services, Action::ColumnsTried { request: old, landing: Landing::Trying });
    assert_eq!(columns(&state).landing, now);
    act(&mut state, &services, Action::AnswerColumns);
    assert_eq!(state.overlay, Overlay::None);
    assert_eq!((state.files[0].layers.len(), &state.files[0].reading), (1, &Reading::Done));
    assert_eq!(state.files[0].layers[0].data.0.len(), 2);
    // Settings keep it as text that is read back.
    let text = serde_json::to_string(&state.settings).unwrap();
    let back: jintu::app::Settings = serde_json::from_str(&text).unwrap();
    assert_eq!(back.file_columns, [(path.clone(), *two("B", "A"))]);
    let id = state.files[0].id;
    update(&mut state, Action::CloseFile(id));
    act(&mut state, &services, Action::OpenFiles(vec![path]));
    assert_eq!((&state.overlay, state.files[0].layers.len()), (&Overlay::None, 1));
}

#[test]
fn columns_that_were_taken_wrong_are_chosen_anew() {
    let (folder, services, mut state) = (TempFolder::new("new-columns"), services(), state());
    let text = "名称,经度,纬度,改经,改纬\n甲,113.0,38.0,112.5501,37.8702\n";
    let path = write(&folder, "a.csv", text);
    act(&mut state, &services, Action::OpenFiles(vec![path.clone()]));
    assert_eq!((&state.overlay, state.files[0].layers.len()), (&Overlay::None, 1));
    let id = state.files[0].id;
    act(&mut state, &services, Action::ReviseColumns(id));
    assert_eq!(columns(&state).start.sheets[0].rows.len(), 2);
    // Without an answer it stays as it is.
    act(&mut state, &services, Action::DropQuestion(id));
    assert_eq!((&state.overlay, state.files[0].layers.len()), (&Overlay::None, 1));
    act(&mut state, &services, Action::ReviseColumns(id));
    act(&mut state, &services, Action::ChooseColumns(two("改经", "改纬")));
    act(&mut state, &services, Action::AnswerColumns);
    let extent = state.files[0].layers[0].data.0.extent().unwrap();
    let lands = jintu::geo::mercator::extent_from_mercator(extent);
    assert!((lands.west_deg - 112.5501).abs() < 1e-6, "{lands:?}");
    // Opened twice it stands there once.
    act(&mut state, &services, Action::OpenFiles(vec![path.clone(), path]));
    assert_eq!((state.files.len(), state.files[0].layers.len()), (1, 1));
}

#[test]
fn questions_about_several_files_come_one_after_the_other() {
    let (folder, services, mut state) = (TempFolder::new("questions"), services(), state());
    let metres = "名称,x,y\n甲,372319.3,4194127.9\n";
    let paths = vec![
        write(&folder, "a.csv", metres),
        write(&folder, "b.csv", NAMELESS.replace("纬,经", "A,B").as_str()),
        write(&folder, "c.csv", metres),
        write(&folder, "d.csv", "名称,经度,纬度\n甲,112.5,37.8\n"),
    ];
    act(&mut state, &services, Action::OpenFiles(paths));
    let mut seen = Vec::new();
    for _ in 0..3 {
        match state.overlay.clone() {
            Overlay::AskCrs(question) => {
                seen.push(name(&question.path));
                act(&mut state, &services, Action::AnswerCrs);
            }
            Overlay::AskColumns(question) => {
                seen.push(name(&question.path));
                act(&mut state, &services, Action::AnswerColumns);
            }
            other => panic!("{seen:?}, then {other:?}"),
        }
    }
    seen.sort();
    assert_eq!(seen, ["a.csv", "b.csv", "c.csv"]);
    assert_eq!(state.overlay, Overlay::None);
    assert_eq!(state.files.len(), 4);
    assert!(state.files.iter().all(|file| file.reading == Reading::Done), "{:?}", state.files);
}

#[test]
fn a_question_waits_for_what_lies_over_the_window_and_can_be_asked_again() {
    let (folder, services, mut state) = (TempFolder::new("waits"), services(), state());
    let path = write(&folder, "a.csv", "名称,x,y\n甲,372319.3,4194127.9\n");
    update(&mut state, Action::OpenExport);
    act(&mut state, &services, Action::OpenFiles(vec![path]));
    assert_eq!(state.overlay, Overlay::Export, "what is filled in stays");
    act(&mut state, &services, Action::CloseOverlay);
    let file = system(&state).file;
    // Put aside it does not come back by itself, but when it is asked for.
    act(&mut state, &services, Action::Escape);
    assert_eq!((&state.overlay, state.files.len()), (&Overlay::None, 1));
    act(&mut state, &services, Action::AskAgain(file));
    assert_eq!(system(&state).file, file);
    act(&mut state, &services, Action::DropQuestion(file));
    assert!(state.files.is_empty());
}
