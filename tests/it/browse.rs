//! Choosing files where the desktop offers no dialog, and files that were opened before.

use std::{
    path::Path,
    sync::{Arc, Mutex},
};

use jintu::{
    app::{
        Action, ExportFormat, Job, Language, NoticeLevel, Order, Overlay, Reading, State,
        browse::{Browse, FileQuestion, Listing, Purpose},
        update,
    },
    basemap::Basemap,
    jobs::{Report, Services, run},
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

/// Applies an action, does what it asks for, and applies what that reports, until nothing is left.
/// Says which orders were done.
fn play(state: &mut State, action: Action, services: &Services) -> Vec<Order> {
    let mut orders = Vec::new();
    let mut jobs: Vec<Job> = update(state, action);
    while let Some(job) = jobs.pop() {
        orders.push(job.order.clone());
        // Settings are the user's: a test leaves them alone.
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
    orders
}

fn browse(state: &State) -> &Browse {
    match &state.overlay {
        Overlay::Browse(browse) => browse,
        other => panic!("{other:?}"),
    }
}

fn names(state: &State) -> Vec<String> {
    browse(state).rows().iter().map(|entry| entry.name.clone()).collect()
}

/// A folder as planners have them.
fn folder() -> TempFolder {
    let folder = TempFolder::new("browse");
    std::fs::create_dir(folder.path().join("规划图层")).unwrap();
    std::fs::create_dir(folder.path().join("照片")).unwrap();
    std::fs::create_dir(folder.path().join(".hidden")).unwrap();
    for name in ["地块.geojson", "站点.csv", "说明.docx", "Roads.GPKG"] {
        std::fs::write(folder.path().join(name), "经度,纬度\n112.5,37.8\n").unwrap();
    }
    std::fs::write(folder.path().join("规划图层").join("桥梁.csv"), "经度,纬度\n112.5,37.8\n")
        .unwrap();
    folder
}

fn browse_from(folder: &Path) -> Action {
    Action::BrowseHere(Box::new(FileQuestion::open(folder.to_owned(), Language::Chinese)))
}

#[test]
fn folders_come_first_then_what_can_be_opened() {
    let (folder, services, mut state) = (folder(), services(), state());
    play(&mut state, browse_from(folder.path()), &services);
    assert_eq!(names(&state), ["照片", "规划图层", "Roads.GPKG", "地块.geojson", "站点.csv"]);
    play(&mut state, Action::SetBrowseAll(true), &services);
    assert!(names(&state).contains(&"说明.docx".to_owned()));
    assert!(!names(&state).iter().any(|name| name.starts_with('.')));
}

#[test]
fn keys_lead_through_folders_to_a_file() {
    let (folder, services, mut state) = (folder(), services(), state());
    play(&mut state, browse_from(folder.path()), &services);
    // Initials find it, as everywhere.
    play(&mut state, Action::SetBrowseText("ghtc".into()), &services);
    assert_eq!(names(&state), ["规划图层"]);
    let row = browse(&state).row;
    play(&mut state, Action::ChooseInBrowse(row), &services);
    assert_eq!(browse(&state).folder, folder.path().join("规划图层"));
    play(&mut state, Action::SetBrowseText(String::new()), &services);
    play(&mut state, Action::MoveInList(1), &services);
    assert_eq!((names(&state), browse(&state).row), (vec!["桥梁.csv".to_owned()], Some(0)));
    let orders = play(&mut state, Action::ChooseInBrowse(Some(0)), &services);
    assert!(orders.iter().any(|order| matches!(order, Order::OpenFile { .. })), "{orders:?}");
    assert_eq!(state.overlay, Overlay::None);
    let [file] = &state.files[..] else { panic!("{:?}", state.files) };
    assert_eq!((file.layers.len(), &file.reading), (1, &Reading::Done));
}

#[test]
fn a_path_is_followed_and_closing_says_nothing() {
    let (folder, services, mut state) = (folder(), services(), state());
    play(&mut state, browse_from(Path::new("/")), &services);
    let to = folder.path().join("规划图层");
    play(&mut state, Action::SetBrowseText(to.display().to_string()), &services);
    let row = browse(&state).row;
    play(&mut state, Action::ChooseInBrowse(row), &services);
    assert_eq!((&browse(&state).folder, names(&state).len()), (&to, 1));
    // A path of a file is the file.
    let file = folder.path().join("站点.csv").display().to_string();
    play(&mut state, Action::SetBrowseText(file), &services);
    let row = browse(&state).row;
    play(&mut state, Action::ChooseInBrowse(row), &services);
    assert_eq!((state.files.len(), &state.overlay), (1, &Overlay::None));
    // One that is not there is told where it was asked.
    play(&mut state, browse_from(folder.path()), &services);
    let lost = folder.path().join("没有").display().to_string();
    play(&mut state, Action::SetBrowseText(lost), &services);
    let row = browse(&state).row;
    play(&mut state, Action::ChooseInBrowse(row), &services);
    let Listing::Failed(reason) = &browse(&state).listing else { panic!() };
    assert!(reason.tell(Language::Chinese).contains("没有这个文件或文件夹"));
    let orders = play(&mut state, Action::Escape, &services);
    assert!(orders.is_empty() && state.notices.is_empty());
    assert_eq!(state.overlay, Overlay::None);
}

#[test]
fn an_export_gets_its_place_and_keeps_what_was_filled_in() {
    let (folder, services, mut state) = (folder(), services(), state());
    update(&mut state, Action::OpenExport);
    let asked = FileQuestion::save(
        folder.path().to_owned(),
        "锦图-项目.csv".into(),
        ExportFormat::Csv.extension(),
        Language::Chinese,
    );
    play(&mut state, Action::BrowseHere(Box::new(asked)), &services);
    assert_eq!(names(&state), ["照片", "规划图层", "站点.csv"]);
    assert_eq!((browse(&state).row, browse(&state).text.as_str()), (None, "锦图-项目.csv"));
    play(&mut state, Action::ChooseInBrowse(Some(1)), &services);
    play(&mut state, Action::SetBrowseText("六月.csv".into()), &services);
    play(&mut state, Action::ChooseInBrowse(None), &services);
    assert_eq!(state.overlay, Overlay::Export, "back to the sheet");
    let place = state.chosen_place.clone().unwrap();
    assert_eq!(place.path, folder.path().join("规划图层").join("六月.csv"));
}

#[test]
fn what_was_opened_is_offered_again_until_it_is_gone() {
    let (folder, services, mut state) = (folder(), services(), state());
    let path = folder.path().join("站点.csv");
    let orders = play(&mut state, Action::OpenFiles(vec![path.clone()]), &services);
    assert!(orders.iter().any(|order| matches!(order, Order::SaveSettings(saved)
        if saved.recent_files == [path.clone()])));
    let file = state.files[0].id;
    play(&mut state, Action::CloseFile(file), &services);
    std::fs::remove_file(&path).unwrap();
    let orders = play(&mut state, Action::OpenFiles(vec![path.clone()]), &services);
    assert!(state.settings.recent_files.is_empty(), "{:?}", state.settings.recent_files);
    assert!(orders.iter().any(|order| matches!(order, Order::SaveSettings(_))));
    let [notice] = &state.notices[..] else { panic!("{:?}", state.notices) };
    assert_eq!(notice.level, NoticeLevel::Problem);
    assert!(notice.message.tell(Language::Chinese).contains("没有这个文件"));
}

#[test]
fn the_desktop_is_asked_once_and_by_its_bus() {
    let mut state = state();
    let asked = update(&mut state, Action::AskOpen);
    let [Job { order: Order::AskFile(question), .. }] = &asked[..] else { panic!("{asked:?}") };
    assert_eq!(question.purpose, Purpose::Open);
    assert!(update(&mut state, Action::AskOpen).is_empty(), "its dialog is open");
    update(&mut state, Action::JobEnded { job: asked[0].id, broke: false });
    assert_eq!(update(&mut state, Action::AskOpen).len(), 1);
    #[cfg(all(feature = "gui", target_os = "linux"))]
    {
        let folder = TempFolder::new("no-bus");
        let bus = format!("unix:path={}", folder.path().join("bus").display());
        assert!(!store::file_dialog::is_offered(Some(&bus)), "there is no bus");
    }
}
