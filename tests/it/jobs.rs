//! Jobs as window and command line run them: orders in, actions out.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
};

use jintu::{
    app::{
        Action, Cancel, ExportFormat, Job, Language, Message, News, NoticeLevel, Order, Overlay,
        Reading, State, update,
    },
    basemap::Basemap,
    catalogue::Facet,
    jobs::{Report, Services, run},
    layer::FIRST_CHUNK_ROWS,
    store,
};

use crate::{
    real::{catalogue, state},
    temp_folder::TempFolder,
};

fn services() -> Services {
    let basemap = Basemap::open(store::BASEMAP).ok().map(Arc::new);
    Services::new(&catalogue(), basemap, None, Arc::new(|| ()))
}

/// Runs a job here and now, and gives back what it reported.
fn done(job: Job, services: &Services) -> Vec<Action> {
    done_watched(job, services, |_| ())
}

/// The same, with somebody who looks at what is reported while the job runs.
fn done_watched(
    job: Job,
    services: &Services,
    watch: impl Fn(&Action) + Send + Sync + 'static,
) -> Vec<Action> {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let own = heard.clone();
    let report: Box<Report> = Box::new(move |action| {
        watch(&action);
        own.lock().unwrap().push(action);
    });
    run(job, services, &*report);
    drop(report);
    Arc::into_inner(heard).unwrap().into_inner().unwrap()
}

fn only_job(state: &mut State, action: Action) -> Job {
    let mut jobs = update(state, action);
    assert_eq!(jobs.len(), 1, "{jobs:?}");
    jobs.remove(0)
}

fn export(state: &mut State, format: ExportFormat, path: PathBuf) -> Job {
    // Folder and format are saved, too.
    let jobs = update(state, Action::Export { format, path, form: Box::default() });
    let is_export = |job: &Job| matches!(job.order, Order::Export(_));
    jobs.into_iter().find(is_export).expect("an export")
}

#[test]
fn an_export_carries_what_it_needs() {
    let folder = TempFolder::new("jobs-export");
    let path = folder.path().join("out.csv");
    let mut state = state();
    update(&mut state, Action::Toggle(Facet::Kind, "railway".to_owned()));
    let job = export(&mut state, ExportFormat::Csv, path.clone());
    let id = job.id;
    // What happens to the state afterwards does not touch it.
    let rows = state.rows.len();
    update(&mut state, Action::ClearFilter);
    assert_ne!(rows, state.rows.len());
    let actions = done(job, &services());
    let told = Action::Notify(NoticeLevel::Done, News::Exported(path.clone()).into());
    assert_eq!(actions, [told, Action::JobEnded { job: id, broke: false }]);
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text.trim_end().lines().count(), rows + 1, "a head and a line for each row");
}

#[test]
fn every_table_of_the_window_is_written_as_the_command_line_writes_it() {
    let folder = TempFolder::new("jobs-tables");
    for format in [ExportFormat::Xlsx, ExportFormat::Gpkg, ExportFormat::Shp, ExportFormat::Kml] {
        let mut state = state();
        update(&mut state, Action::Toggle(Facet::Kind, "railway".to_owned()));
        let shown = state.rows.len();
        let path = folder.path().join(format!("out.{}", format.extension()));
        let job = export(&mut state, format, path.clone());
        let heard = done(job, &services());
        let is_done = |own: &Action| matches!(own, Action::Notify(NoticeLevel::Done, words) if words.tell(Language::Chinese).contains("已保存"));
        assert!(heard.iter().any(is_done), "{format:?}: {heard:?}");
        // By the readers of layers; projects without a place are rows, too, but of a Shapefile's and
        // a KML file's own kinds of geometry.
        let told = crate::cli::run(&["info", path.to_str().unwrap(), "--format", "json"]);
        let told: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
        if format == ExportFormat::Gpkg {
            let layers = told[0]["layers"].as_array().unwrap();
            let features: u64 = layers.iter().filter_map(|own| own["features"].as_u64()).sum();
            assert_eq!(features, shown as u64);
        }
        // What is there is asked about.
        let job = export(&mut state, format, path.clone());
        let heard = done(job, &services());
        assert!(
            heard.iter().any(|own| matches!(own, Action::AskReplace(_))),
            "{format:?}: {heard:?}"
        );
    }
    let files = std::fs::read_dir(folder.path()).unwrap().count();
    assert!(files >= 4, "{files}");
}

#[test]
fn a_stopped_export_writes_nothing() {
    let folder = TempFolder::new("jobs-stopped");
    let path = folder.path().join("out.geojson");
    let mut state = state();
    let job = export(&mut state, ExportFormat::GeoJson, path.clone());
    update(&mut state, Action::StopJob(job.id));
    let id = job.id;
    assert_eq!(done(job, &services()), [Action::JobEnded { job: id, broke: false }]);
    assert!(!path.exists());
}

#[test]
fn what_cannot_be_saved_is_told_in_both_languages_with_the_cause() {
    let folder = TempFolder::new("jobs-nowhere");
    let path = folder.path().join("no such folder").join("out.csv");
    let mut state = state();
    let job = export(&mut state, ExportFormat::Csv, path.clone());
    let actions = done(job, &services());
    let [Action::Notify(NoticeLevel::Problem, message), Action::JobEnded { .. }] = &actions[..]
    else {
        panic!("{actions:?}")
    };
    let (zh, en) = (message.tell(Language::Chinese), message.tell(Language::English));
    // What to do is to make the folder; the space on the disk has nothing to do with it.
    let missing = path.parent().unwrap().display().to_string();
    assert!(zh.contains("文件夹不存在") && zh.ends_with(&missing), "{zh}");
    assert!(en.contains("folder does not exist") && en.ends_with(&missing), "{en}");
    assert!(!zh.contains("腾出空间") && !zh.contains("os error") && !en.contains("os error"));
}

#[test]
fn an_export_asks_before_it_replaces_a_file() {
    let folder = TempFolder::new("jobs-replace");
    let path = folder.path().join("表.csv");
    std::fs::write(&path, "somebody's work").unwrap();
    let mut state = state();
    let job = export(&mut state, ExportFormat::Csv, path.clone());
    let mut actions = done(job, &services());
    let Some(Action::AskReplace(order)) = actions.first() else { panic!("{actions:?}") };
    assert_eq!(order.path, path);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "somebody's work");
    // The user says no: nothing happens.
    let asked = actions.remove(0);
    update(&mut state, asked.clone());
    assert!(matches!(state.overlay, Overlay::Replace(_)));
    assert!(update(&mut state, Action::CloseOverlay).is_empty());
    assert!(update(&mut state, Action::ReplaceFile).is_empty(), "nobody was asked");
    // The user says yes.
    update(&mut state, asked);
    let job = only_job(&mut state, Action::ReplaceFile);
    assert_eq!(state.overlay, Overlay::None);
    let actions = done(job, &services());
    assert!(matches!(&actions[0], Action::Notify(NoticeLevel::Done, _)), "{actions:?}");
    assert!(std::fs::read_to_string(&path).unwrap().lines().count() > 100);
}

#[test]
fn names_that_are_no_names_of_files() {
    for name in ["", " ", ".", "..", "a/b", "a\\b", "/", "行\n表"] {
        assert!(!store::files::is_file_name(name), "{name:?}");
    }
    for name in ["锦图-项目", "a.b", "1:250000", "..a"] {
        assert!(store::files::is_file_name(name) || cfg!(windows), "{name:?}");
    }
}

#[test]
fn a_panic_ends_only_its_own_job() {
    let services = services();
    let heard = Arc::new(Mutex::new(Vec::new()));
    for id in [1, 2] {
        let own = heard.clone();
        // A report that breaks stands for any code of a job that does.
        let report: Box<Report> = Box::new(move |action| {
            assert!(id != 1 || matches!(action, Action::JobEnded { .. }), "broken on purpose");
            own.lock().unwrap().push(action);
        });
        let order = Order::FilterLayers { request: id, layers: Vec::new(), filter: Box::default() };
        run(Job { id, order, cancel: Cancel::default() }, &services, &*report);
    }
    let expected = [
        Action::JobEnded { job: 1, broke: true },
        Action::LayersFiltered { request: 2, passed: Vec::new() },
        Action::JobEnded { job: 2, broke: false },
    ];
    assert_eq!(*heard.lock().unwrap(), expected);
}

#[test]
fn a_file_that_is_stopped_keeps_what_was_read() {
    let folder = TempFolder::new("jobs-file");
    let path = folder.path().join("a.csv");
    let rows = "甲,112.5,37.8\n".repeat(FIRST_CHUNK_ROWS * 3);
    std::fs::write(&path, format!("名称,经度,纬度\n{rows}")).unwrap();
    let mut state = state();
    let job = only_job(&mut state, Action::OpenFiles(vec![path]));
    let cancel = job.cancel.clone();
    let actions = done_watched(job, &services(), move |action| {
        // As soon as something is seen.
        if let Action::FileRead { layers, .. } = action
            && layers.iter().any(|layer| !layer.0.is_empty())
        {
            cancel.stop();
        }
    });
    let last = actions.iter().rev().nth(1);
    let Some(Action::FileRead { reading: Reading::Stopped(why), .. }) = last else {
        panic!("{actions:?}")
    };
    assert_eq!(*why, Message::new(store::layers::LayerError::Cancelled));
    let Some(Action::FileRead { layers, .. }) = last else { panic!("{actions:?}") };
    assert_eq!(layers[0].0.len(), FIRST_CHUNK_ROWS);
}

#[test]
fn a_basemap_that_was_stopped_is_not_shown() {
    let folder = TempFolder::new("jobs-basemap");
    let path = folder.path().join("none.mbtiles");
    std::fs::write(&path, b"no map").unwrap();
    let mut state = state();
    let text = path.display().to_string();
    let open = || Action::OpenBasemap { text: text.clone(), datum: None };
    let job = only_job(&mut state, open());
    let actions = done(job, &services());
    assert!(matches!(actions[..], [Action::Notify(NoticeLevel::Problem, _), _]), "{actions:?}");
    let job = only_job(&mut state, open());
    job.cancel.stop();
    let actions = done(job, &services());
    assert!(matches!(actions[..], [Action::JobEnded { broke: false, .. }]), "{actions:?}");
}

/// Readers that are not ours may trust what a damaged file claims.
#[test]
fn a_reader_that_breaks_is_an_error_with_the_files_name() {
    let folder = TempFolder::new("jobs-broken-reader");
    let path = folder.path().join("a.csv");
    std::fs::write(&path, "名称,经度,纬度\n甲,112.5,37.8\n").unwrap();
    let stop = std::sync::atomic::AtomicBool::new(false);
    // What is called from within the reader breaks in its stead.
    let done = store::layers::open_layers(
        &path,
        &store::layers::OpenOptions::default(),
        services().counties(),
        &stop,
        &mut |progress| {
            assert!(progress.layers.is_empty(), "broken on purpose");
        },
    );
    let why = Message::new(done.unwrap_err());
    for (language, says) in [(Language::Chinese, "损坏"), (Language::English, "damaged")] {
        let words = why.tell(language);
        assert!(words.contains(says) && words.ends_with("a.csv"), "{words}");
    }
}
