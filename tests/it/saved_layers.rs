//! The user's layers in the workbook: kept where they lie or with their bytes, styled, hidden, laid in
//! an order, found again.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use jintu::{
    app::{
        Action, BookStep, LayerKey, Reading, State, ViewStep,
        browse::Purpose,
        layer_paths,
        saved::{FileStep, FoundAt, FoundFile},
    },
    book::LayerRecord,
    layer::style::LayerStyle,
    store::{layers::files_of, put_out::PutOut},
};

use crate::{
    temp_folder::TempFolder,
    workbook::{Desk, copied, opened},
};

const POINTS: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature",
"properties":{"名称":"甲"},"geometry":{"type":"Point","coordinates":[112.5,37.8]}}]}"#;

fn points(folder: &TempFolder, name: &str) -> PathBuf {
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, POINTS).unwrap();
    path
}

fn records(desk: &Desk) -> Vec<LayerRecord> {
    desk.state.workbook.shown.layers.to_vec()
}

/// The key of a layer by its name.
fn key(state: &State, name: &str) -> LayerKey {
    let layers = state.layers_from_ground();
    layers.into_iter().find(|(_, own)| own.data.0.name == name).expect("it is open").0
}

/// Names from the ground up, the hidden ones in brackets.
fn on_map(state: &State) -> Vec<String> {
    let layers = state.layers_from_ground().into_iter();
    layers
        .map(|(_, own)| {
            let name = own.data.0.name.clone();
            if own.visible { name } else { format!("({name})") }
        })
        .collect()
}

fn set_style(desk: &mut Desk, name: &str, opacity: f32) {
    let key = key(&desk.state, name);
    let style = Box::new(LayerStyle { opacity, ..LayerStyle::default() });
    desk.act(Action::OpenLayerStyle(key));
    desk.act(Action::SetLayerStyle { key, style, settled: false });
    desk.act(Action::CloseOverlay);
}

fn opacity(state: &State, name: &str) -> f32 {
    state.layer(key(state, name)).unwrap().dress.style.opacity
}

/// Two layers beside a workbook, one of them in a folder of its own.
fn with_layers(folder: &TempFolder) -> (Desk, PathBuf) {
    let path = folder.path().join("a.jintu");
    let files = vec![points(folder, "甲.geojson"), points(folder, "图层/乙.geojson")];
    let mut desk = copied(&path);
    desk.act(Action::OpenFiles(files));
    assert_eq!(desk.problems(), [] as [String; 0]);
    (desk, path)
}

#[test]
fn layers_are_kept_by_where_they_lie_and_come_back() {
    let folder = TempFolder::new("layers-kept");
    let (mut desk, path) = with_layers(&folder);
    let paths: Vec<String> = records(&desk).into_iter().filter_map(|own| own.path).collect();
    let mut sorted = paths.clone();
    sorted.sort();
    assert_eq!(sorted, ["图层/乙.geojson", "甲.geojson"], "beside the workbook");
    assert!(records(&desk).iter().all(|own| own.hash == jintu::book::sha256(POINTS.as_bytes())));
    let before = on_map(&desk.state);
    let lowest = before[0].clone();
    let lowest_key = key(&desk.state, &lowest);
    desk.act(Action::ShiftLayer { key: lowest_key, up: true });
    set_style(&mut desk, "甲", 0.4);
    let (file, layer) = key(&desk.state, "乙");
    desk.act(Action::ToggleLayer { file, layer });
    let left = on_map(&desk.state);
    assert_eq!(left.len(), 2);
    assert_ne!(left[0].trim_matches(['(', ')']), lowest);
    drop(desk);
    // Somebody else's settings know nothing of it: the workbook does.
    let desk = opened(&path);
    assert_eq!(on_map(&desk.state), left);
    assert!((opacity(&desk.state, "甲") - 0.4).abs() < 1e-6);
    assert_eq!(desk.state.camera.as_ref().map(|c| &c.target), Some(&jintu::app::FitTarget::City));
    assert_eq!(desk.problems(), [] as [String; 0]);
    drop(desk);
    // And where folder and workbook have moved together.
    let elsewhere = TempFolder::new("layers-moved");
    for name in ["a.jintu", "甲.geojson", "图层"] {
        fs::rename(folder.path().join(name), elsewhere.path().join(name)).unwrap();
    }
    let desk = opened(&elsewhere.path().join("a.jintu"));
    assert_eq!(on_map(&desk.state), left);
    assert_eq!(desk.problems(), [] as [String; 0]);
}

#[test]
fn everything_about_a_layer_can_be_taken_back() {
    let folder = TempFolder::new("layers-undo");
    let (mut desk, path) = with_layers(&folder);
    let entries = desk.state.workbook.shown.log.len();
    set_style(&mut desk, "甲", 0.4);
    let (file, layer) = key(&desk.state, "甲");
    desk.act(Action::ToggleLayer { file, layer });
    desk.act(Action::CloseFile(file));
    assert_eq!((on_map(&desk.state), records(&desk).len()), (vec!["乙".to_owned()], 1));
    assert_eq!(desk.state.workbook.shown.log.len(), entries + 3, "one entry for each");
    desk.act(Action::Undo);
    assert!(on_map(&desk.state).contains(&"(甲)".to_owned()), "{:?}", on_map(&desk.state));
    desk.act(Action::Undo);
    assert!(on_map(&desk.state).contains(&"甲".to_owned()));
    assert!((opacity(&desk.state, "甲") - 0.4).abs() < 1e-6);
    desk.act(Action::Undo);
    assert!((opacity(&desk.state, "甲") - 1.0).abs() < 1e-6);
    desk.act(Action::Undo);
    desk.act(Action::Undo);
    assert_eq!((on_map(&desk.state).len(), records(&desk).len()), (0, 0));
    desk.act(Action::Redo);
    assert_eq!((on_map(&desk.state).len(), records(&desk).len()), (1, 1));
    drop(desk);
    let mut desk = opened(&path);
    assert_eq!(on_map(&desk.state).len(), 1);
    desk.act(Action::Undo);
    assert_eq!(on_map(&desk.state).len(), 0);
    assert_eq!(desk.problems(), [] as [String; 0]);
}

#[test]
fn a_view_shows_its_layers_and_leaves_the_workbook_as_it_is() {
    let folder = TempFolder::new("layers-view");
    let (mut desk, _) = with_layers(&folder);
    let view = jintu::scene::fit_exact(
        desk.state.catalogue.city_extent().unwrap(),
        [1200.0, 800.0],
        jintu::scene::Padding::default(),
    );
    desk.act(Action::CameraSettled(view));
    let (file, layer) = key(&desk.state, "甲");
    desk.act(Action::ToggleLayer { file, layer });
    desk.act(Action::Views(ViewStep::Save("只看乙".to_owned())));
    let saved = desk.state.workbook.shown.views[0].clone();
    assert_eq!(saved.layers.len(), 1);
    desk.act(Action::ToggleLayer { file, layer });
    let entries = desk.state.workbook.shown.log.len();
    desk.act(Action::Views(ViewStep::Go(saved.id)));
    assert!(on_map(&desk.state).contains(&"(甲)".to_owned()));
    assert_eq!(desk.state.workbook.shown.log.len(), entries);
}

#[test]
fn what_lies_on_the_map_goes_with_its_workbook() {
    let folder = TempFolder::new("layers-other");
    let (mut desk, path) = with_layers(&folder);
    desk.act(Action::Views(ViewStep::Keep));
    desk.step(BookStep::OpenBuiltIn);
    assert_eq!(on_map(&desk.state).len(), 0);
    // The plan of the program keeps them, too, in the settings.
    let other = points(&folder, "丙.geojson");
    desk.act(Action::OpenFiles(vec![other.clone()]));
    let (file, layer) = key(&desk.state, "丙");
    desk.act(Action::ToggleLayer { file, layer });
    desk.step(BookStep::Open(path.clone()));
    assert_eq!(on_map(&desk.state).len(), 2);
    desk.step(BookStep::OpenBuiltIn);
    assert_eq!(on_map(&desk.state), ["(丙)"]);
    // Chosen together, the layer comes after the workbook.
    desk.act(Action::OpenFiles(vec![other, path]));
    assert_eq!(on_map(&desk.state).len(), 3);
    assert_eq!(records(&desk).len(), 3);
    assert_eq!(desk.problems(), [] as [String; 0]);
}

#[test]
fn a_copy_of_the_plan_takes_the_layers_in_and_a_copy_elsewhere_finds_them() {
    let folder = TempFolder::new("layers-copy");
    let far = TempFolder::new("layers-far");
    let mut desk = Desk::new();
    desk.act(Action::OpenFiles(vec![points(&folder, "甲.geojson")]));
    desk.step(BookStep::AskPlace);
    let purpose = Purpose::Workbook;
    desk.act(Action::FilesChosen { purpose, paths: vec![folder.path().join("a.jintu")] });
    assert_eq!(records(&desk)[0].path.as_deref(), Some("甲.geojson"));
    desk.act(Action::AskBookCopy);
    desk.act(Action::FilesChosen { purpose, paths: vec![far.path().join("b.jintu")] });
    assert_eq!(on_map(&desk.state), ["甲"]);
    let kept = records(&desk)[0].path.clone().unwrap();
    assert_eq!(PathBuf::from(kept), folder.path().join("甲.geojson"));
    drop(desk);
    let desk = opened(&far.path().join("b.jintu"));
    assert_eq!((on_map(&desk.state), desk.problems().len()), (vec!["甲".to_owned()], 0));
}

#[test]
fn a_file_that_is_gone_is_told_and_found_again() {
    let folder = TempFolder::new("layers-gone");
    let (desk, path) = with_layers(&folder);
    drop(desk);
    let moved = folder.path().join("改名.geojson");
    fs::rename(folder.path().join("甲.geojson"), &moved).unwrap();
    let mut desk = opened(&path);
    let problems = desk.problems();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].contains("甲") && problems[0].ends_with("甲.geojson"), "{problems:?}");
    assert_eq!(on_map(&desk.state), ["乙"]);
    let lost = desk.state.files.iter().find(|file| file.layers.is_empty()).expect("it is listed");
    assert!(matches!(lost.reading, Reading::Stopped(_)));
    let lost = lost.id;
    desk.act(Action::BookFile(lost, FileStep::AskFind));
    desk.act(Action::FilesChosen { purpose: Purpose::LayerFile, paths: vec![moved.clone()] });
    let own = records(&desk).into_iter().find(|own| own.name == "甲").unwrap();
    assert_eq!(own.path.as_deref(), Some("改名.geojson"));
    assert_eq!(desk.state.files.len(), 2, "{:?}", on_map(&desk.state));
    assert!(desk.state.files.iter().all(|file| file.layers.len() == 1));
    assert_eq!(desk.problems().len(), 1, "nothing new to tell");
}

#[test]
fn a_file_that_was_changed_is_told_until_it_is_accepted() {
    let folder = TempFolder::new("layers-changed");
    let (desk, path) = with_layers(&folder);
    drop(desk);
    fs::write(folder.path().join("甲.geojson"), POINTS.replace("37.8", "37.9")).unwrap();
    let mut desk = opened(&path);
    assert_eq!(desk.problems().len(), 1, "{:?}", desk.problems());
    assert_eq!(on_map(&desk.state).len(), 2, "what it is now is shown");
    let changed = desk.state.files.iter().find(|file| file.is_changed).expect("it is marked").id;
    desk.act(Action::BookFile(changed, FileStep::Accept));
    assert!(desk.state.files.iter().all(|file| !file.is_changed));
    drop(desk);
    assert_eq!(opened(&path).problems(), [] as [String; 0]);
}

#[test]
fn an_embedded_layer_travels_with_the_workbook() {
    let folder = TempFolder::new("layers-embedded");
    let (mut desk, path) = with_layers(&folder);
    set_style(&mut desk, "甲", 0.4);
    let (file, _) = key(&desk.state, "甲");
    desk.act(Action::BookFile(file, FileStep::Embed));
    assert_eq!(desk.problems(), [] as [String; 0]);
    let own = records(&desk).into_iter().find(|own| own.name == "甲").unwrap();
    assert!(own.embedded && own.files.len() == 1, "{own:?}");
    drop(desk);
    // Mailed: only the workbook arrives.
    let away = TempFolder::new("layers-mailed");
    let mailed = away.path().join("a.jintu");
    fs::copy(&path, &mailed).unwrap();
    let mut desk = opened(&mailed);
    assert_eq!(desk.problems().len(), 1, "the other one is told: {:?}", desk.problems());
    assert_eq!(on_map(&desk.state), ["甲"]);
    assert!((opacity(&desk.state, "甲") - 0.4).abs() < 1e-6);
    // What was put out goes with the program.
    let (file, _) = key(&desk.state, "甲");
    let out = desk.state.files.iter().find(|own| own.id == file).unwrap().path.clone();
    assert!(out.is_file() && !out.starts_with(away.path()));
    desk.act(Action::Undo);
    assert!(!records(&desk).iter().any(|own| own.embedded), "that can be taken back, too");
    drop(desk);
    assert!(!out.exists());
}

#[test]
fn a_name_from_elsewhere_leads_nowhere_else() {
    let out = PutOut::new().unwrap();
    let names = ["../../x.csv", "/anderswo/x.csv", "a/b.csv", "..", "", "普通.csv"];
    for name in names {
        let path = out.put(&[(name.to_owned(), b"1".to_vec())]).unwrap().unwrap();
        assert!(path.is_file(), "{name}");
        assert!(!path.components().any(|part| part == std::path::Component::ParentDir), "{name}");
        let folder = path.parent().unwrap().parent().unwrap();
        assert!(folder.starts_with(std::env::temp_dir()), "{name} {}", path.display());
    }
    assert_eq!(out.put(&[]).unwrap(), None);
}

#[test]
fn a_set_of_files_is_taken_in_whole() {
    let folder = TempFolder::new("layers-set");
    for name in ["a.shp", "a.dbf", "a.PRJ", "b.dbf", "a.csv"] {
        fs::write(folder.path().join(name), name).unwrap();
    }
    let names = |path: &str| -> Vec<String> {
        let files = files_of(&folder.path().join(path)).into_iter();
        files.map(|own| own.file_name().unwrap().to_string_lossy().into_owned()).collect()
    };
    let set = names("a.shp");
    assert_eq!(set[..2], ["a.shp", "a.dbf"]);
    assert!(set.len() == 3 && set[2].eq_ignore_ascii_case("a.prj"), "{set:?}");
    assert_eq!(names("a.csv"), ["a.csv"]);
}

#[test]
fn paths_are_named_from_the_workbook_where_they_lie_beside_it() {
    let (book, root) = if cfg!(windows) {
        (Path::new(r"C:\规划\a.jintu"), r"C:\")
    } else {
        (Path::new("/规划/a.jintu"), "/")
    };
    let beside = Path::new(root).join("规划").join("图").join("b.shp");
    assert_eq!(layer_paths::for_book(book, &beside), "图/b.shp");
    assert_eq!(layer_paths::from_book(book, "图/b.shp"), beside);
    let other = Path::new(root).join("别处").join("b.shp");
    assert_eq!(layer_paths::from_book(book, &layer_paths::for_book(book, &other)), other);
}

/// Of two windows the second reads: its layers are its own, and come back to it.
#[test]
fn layers_of_a_workbook_that_is_only_read_come_back_by_the_settings() {
    let folder = TempFolder::new("layers-read");
    let (first, path) = with_layers(&folder);
    let mut second = opened(&path);
    assert_eq!(on_map(&second.state).len(), 2);
    second.act(Action::OpenFiles(vec![points(&folder, "丙.geojson")]));
    let (file, layer) = key(&second.state, "乙");
    second.act(Action::ToggleLayer { file, layer });
    second.act(Action::Views(ViewStep::Keep));
    let left = on_map(&second.state);
    let mut third = Desk::new();
    third.state.settings = second.state.settings.clone();
    third.step(BookStep::Open(path));
    assert_eq!(on_map(&third.state), left);
    assert_eq!(Arc::clone(&first.state.workbook.shown.layers).len(), 2, "nothing was written");
}

#[test]
fn a_file_that_the_workbook_holds_is_not_laid_twice_when_it_is_opened_by_hand() {
    let folder = TempFolder::new("layers-twice");
    let (desk, path) = with_layers(&folder);
    let kept = records(&desk);
    drop(desk);
    let mut desk = opened(&path);
    desk.act(Action::OpenFiles(vec![folder.path().join("甲.geojson")]));
    assert_eq!(on_map(&desk.state).iter().filter(|name| *name == "甲").count(), 1);
    assert_eq!(records(&desk).len(), kept.len());
    // Found once more while the file that was opened by hand stands for no record.
    let file = desk.state.files.iter_mut().find(|own| own.path.ends_with("甲.geojson")).unwrap();
    let ids = std::mem::take(&mut file.records);
    let path = file.path.clone();
    let at = Ok(FoundAt { path: path.clone(), is_changed: false });
    desk.act(Action::LayersFound(vec![FoundFile { ids, path, found: at }]));
    assert_eq!(on_map(&desk.state).iter().filter(|name| *name == "甲").count(), 1);
    assert_eq!(records(&desk).len(), kept.len());
}
