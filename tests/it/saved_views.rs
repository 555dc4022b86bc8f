//! Saved views and filters, and what was looked at last: they come back when the workbook is opened
//! anew.

use jintu::{
    app::{
        Action, BookStep, FitTarget, KeptView, NoticeLevel, Overlay, SavedEdit, SavedList,
        Settings, State, ViewStep, kept_view, update,
    },
    book::{FilterRecord, Table, ViewRecord},
    catalogue::Filter,
    scene::{Padding, Viewport, fit_exact},
    units::Extent,
};
use serde_json::json;

use crate::{
    real::state,
    temp_folder::TempFolder,
    workbook::{Desk, copied, opened},
};

const PART: Extent = Extent { west_deg: 112.3, south_deg: 37.6, east_deg: 112.6, north_deg: 37.8 };
const ID: &str = "B1-02";

fn settled(extent: Extent) -> Action {
    Action::CameraSettled(fit_exact(extent, [1200.0, 800.0], Padding::default()))
}

fn look(act: &mut dyn FnMut(Action)) {
    act(settled(PART));
    act(Action::SetText("铁路".to_owned()));
    act(Action::Select(vec![ID.to_owned(), "B1-03".to_owned()]));
}

/// The settings as the next start reads them.
fn read_again(settings: &Settings) -> Settings {
    serde_json::from_str(&serde_json::to_string(settings).unwrap()).unwrap()
}

fn exact(state: &State) -> Extent {
    match state.camera.as_ref().map(|camera| &camera.target) {
        Some(FitTarget::Exact(extent)) => *extent,
        other => panic!("{other:?}"),
    }
}

/// What a view shows in the same window.
fn shown_by(extent: Extent) -> Viewport {
    fit_exact(extent, [1200.0, 800.0], Padding::default())
}

#[test]
fn what_was_looked_at_comes_back_at_the_next_start() {
    let mut before = state();
    look(&mut |action| drop(update(&mut before, action)));
    let jobs = update(&mut before, Action::Views(ViewStep::Keep));
    assert_eq!(jobs.len(), 1, "{jobs:?}");
    assert_eq!(update(&mut before, Action::Views(ViewStep::Keep)), [], "nothing has moved");
    let mut now = state();
    now.settings = read_again(&before.settings);
    update(&mut now, Action::Views(ViewStep::Recall));
    assert_eq!((&now.filter, &now.selected), (&before.filter, &before.selected));
    assert_eq!((&now.focus, &now.shown), (&before.focus, &before.shown));
    assert!(!now.history.can_undo(), "nobody did anything yet");
    let (again, left) = (shown_by(exact(&now)), before.viewport.unwrap());
    assert!((again.zoom - left.zoom).abs() < 1e-6, "{again:?} {left:?}");
    assert!((again.center.x - left.center.x).abs() < 1e-9);
    // A plan that is shown for this once has nothing to come back.
    let mut other = state();
    other.settings = read_again(&before.settings);
    other.workbook.is_passing = true;
    update(&mut other, Action::Views(ViewStep::Recall));
    assert_eq!(other.filter, Filter::default());
    look(&mut |action| drop(update(&mut other, action)));
    assert_eq!(update(&mut other, Action::Views(ViewStep::Keep)), []);
}

#[test]
fn each_workbook_has_its_own_and_its_log_knows_nothing_of_it() {
    let folder = TempFolder::new("views-own");
    let paths = ["a.jintu", "b.jintu"].map(|name| folder.path().join(name));
    let mut desk = copied(&paths[0]);
    let entries = desk.state.workbook.shown.log.len();
    look(&mut |action| desk.act(action));
    desk.act(Action::Views(ViewStep::Keep));
    // A copy begins with what is looked at.
    let purpose = jintu::app::browse::Purpose::Workbook;
    desk.act(Action::AskBookCopy);
    desk.act(Action::FilesChosen { purpose, paths: vec![paths[1].clone()] });
    assert_eq!(desk.state.workbook.path.as_ref(), Some(&paths[1]));
    assert_eq!(desk.state.filter.text, "铁路");
    desk.act(Action::SetText("公路".to_owned()));
    desk.step(BookStep::Open(paths[0].clone()));
    assert_eq!((desk.state.filter.text.as_str(), desk.state.selected.len()), ("铁路", 2));
    assert_eq!(desk.state.workbook.shown.log.len(), entries);
    desk.step(BookStep::Open(paths[1].clone()));
    assert_eq!(desk.state.filter.text, "公路");
    desk.step(BookStep::OpenBuiltIn);
    assert_eq!(desk.state.filter, Filter::default());
    assert_eq!(desk.problems(), [] as [String; 0]);
    let settings = read_again(&desk.state.settings);
    drop(desk);
    let mut desk = Desk::new();
    desk.state.settings = settings;
    desk.step(BookStep::Open(paths[0].clone()));
    assert_eq!((desk.state.filter.text.as_str(), desk.state.selected.len()), ("铁路", 2));
}

/// The second window only reads: there, too, everything comes back.
#[test]
fn a_workbook_that_is_only_read_comes_back_as_it_was_looked_at() {
    let folder = TempFolder::new("views-read");
    let path = folder.path().join("a.jintu");
    let first = copied(&path);
    let mut second = opened(&path);
    assert!(second.state.workbook.shown.read_only.is_some());
    look(&mut |action| second.act(action));
    second.act(Action::Views(ViewStep::Keep));
    let settings = read_again(&second.state.settings);
    let mut third = Desk::new();
    third.state.settings = settings;
    third.step(BookStep::Open(path));
    assert_eq!((third.state.filter.text.as_str(), third.state.selected.len()), ("铁路", 2));
    drop(first);
}

#[test]
fn settings_of_another_version_and_of_nobody_are_survived() {
    let mut now = state();
    let kept = json!([{ "filter": { "colour": 1 }, "extent": [3.0, 2.0, 1.0, 0.0],
        "selected": ["no such"], "focus": "none" }]);
    now.settings.views = serde_json::from_value(kept).unwrap();
    update(&mut now, Action::Views(ViewStep::Recall));
    assert_eq!((&now.filter, now.selected.len()), (&Filter::default(), 0));
    assert_eq!(now.notices.len(), 1, "the filter is told");
    assert_eq!(now.camera.as_ref().map(|c| &c.target), Some(&FitTarget::City));
    assert_eq!(kept_view(&[KeptView::default()], None), Some(&KeptView::default()));
}

fn names(desk: &Desk) -> Vec<String> {
    desk.state.workbook.shown.views.iter().map(|own| own.name.clone()).collect()
}

fn step(desk: &mut Desk, step: ViewStep) {
    desk.act(Action::Views(step));
}

#[test]
fn views_are_saved_named_moved_and_taken_back_also_after_opening_anew() {
    let folder = TempFolder::new("views-saved");
    let path = folder.path().join("a.jintu");
    let mut desk = copied(&path);
    look(&mut |action| desk.act(action));
    let catalogue = desk.state.catalogue.clone();
    step(&mut desk, ViewStep::Save("铁路一览".to_owned()));
    assert!(std::sync::Arc::ptr_eq(&catalogue, &desk.state.catalogue), "the projects are the same");
    desk.act(Action::ClearSelection);
    desk.act(Action::ClearFilter);
    desk.act(settled(Extent { west_deg: 111.9, ..PART }));
    step(&mut desk, ViewStep::Save(String::new()));
    step(&mut desk, ViewStep::Save(String::new()));
    assert_eq!(names(&desk), ["铁路一览", "地图范围", "地图范围 2"]);
    step(&mut desk, ViewStep::Go("V-1".to_owned()));
    assert_eq!((desk.state.filter.text.as_str(), desk.state.focus.as_deref()), ("铁路", Some(ID)));
    let (again, left) = (shown_by(exact(&desk.state)), shown_by(PART));
    assert!((again.zoom - left.zoom).abs() < 1e-6);
    desk.act(Action::Undo);
    assert_eq!(desk.state.filter.text, "", "going to a view is taken back as a question");
    desk.act(Action::Redo);
    let (list, id) = (SavedList::Views, "V-3".to_owned());
    step(
        &mut desk,
        ViewStep::Edit(SavedEdit::Rename { list, id: id.clone(), name: "南部".to_owned() }),
    );
    step(&mut desk, ViewStep::Edit(SavedEdit::Shift { list, id: id.clone(), up: true }));
    step(&mut desk, ViewStep::Edit(SavedEdit::Shift { list, id: id.clone(), up: true }));
    assert_eq!(names(&desk), ["南部", "铁路一览", "地图范围"]);
    step(&mut desk, ViewStep::Edit(SavedEdit::Remove { list, id: "V-2".to_owned() }));
    assert_eq!(names(&desk), ["南部", "铁路一览"]);
    drop(desk);
    let mut desk = opened(&path);
    assert_eq!(names(&desk), ["南部", "铁路一览"]);
    desk.act(Action::Undo);
    assert_eq!(names(&desk), ["南部", "铁路一览", "地图范围"]);
    for _ in 0..3 {
        desk.act(Action::Undo);
    }
    assert_eq!(names(&desk), ["铁路一览", "地图范围", "地图范围 2"]);
    desk.step(BookStep::RestoreTo(1));
    assert_eq!(names(&desk), [] as [&str; 0]);
    desk.act(Action::Undo);
    // Saved once more under its name it is the same view, brought up to date.
    desk.act(settled(PART));
    step(&mut desk, ViewStep::Save("地图范围".to_owned()));
    assert_eq!(names(&desk), ["铁路一览", "地图范围", "地图范围 2"]);
    assert!((desk.state.workbook.shown.views[1].extent[0] - 112.3).abs() < 0.3);
    assert_eq!(desk.problems(), [] as [String; 0]);
}

#[test]
fn what_cannot_be_a_view_is_told_and_changes_nothing() {
    let folder = TempFolder::new("views-refused");
    let mut desk = copied(&folder.path().join("a.jintu"));
    step(&mut desk, ViewStep::Save("甲".to_owned()));
    assert_eq!(desk.problems().len(), 1, "nothing has been seen yet");
    desk.act(settled(PART));
    step(&mut desk, ViewStep::Save("甲".to_owned()));
    step(&mut desk, ViewStep::Save("乙".to_owned()));
    let seq = desk.state.workbook.shown.log.len();
    let list = SavedList::Views;
    let rename = |id: &str, name: &str| {
        let (id, name) = (id.to_owned(), name.to_owned());
        ViewStep::Edit(SavedEdit::Rename { list, id, name })
    };
    step(&mut desk, rename("V-2", "甲"));
    step(&mut desk, rename("V-2", "  "));
    step(&mut desk, rename("V-2", &"长".repeat(200)));
    step(&mut desk, rename("V-9", "丙"));
    assert_eq!(desk.problems().len(), 5, "{:?}", desk.problems());
    // At the end of the list nothing moves.
    step(&mut desk, ViewStep::Edit(SavedEdit::Shift { list, id: "V-2".to_owned(), up: false }));
    assert_eq!((desk.state.workbook.shown.log.len(), names(&desk).len()), (seq, 2));
}

/// The plan that comes with the program is only read: a copy is offered, and has the view.
#[test]
fn the_first_view_keeps_a_copy() {
    let folder = TempFolder::new("views-copy");
    let mut desk = Desk::new();
    look(&mut |action| desk.act(action));
    step(&mut desk, ViewStep::Save("甲".to_owned()));
    assert_eq!(desk.state.overlay, Overlay::KeepCopy);
    desk.step(BookStep::AskPlace);
    let purpose = jintu::app::browse::Purpose::Workbook;
    desk.act(Action::FilesChosen { purpose, paths: vec![folder.path().join("a.jintu")] });
    assert_eq!(names(&desk), ["甲"]);
    assert_eq!(desk.state.filter.text, "铁路", "what is looked at stays");
}

#[test]
fn filters_are_saved_by_their_own_words_and_asked_again() {
    let folder = TempFolder::new("filters-saved");
    let path = folder.path().join("a.jintu");
    let mut desk = copied(&path);
    step(&mut desk, ViewStep::SaveFilter("空".to_owned()));
    assert_eq!(desk.problems().len(), 1, "everything passes");
    desk.act(Action::SetText("铁路".to_owned()));
    step(&mut desk, ViewStep::SaveFilter(String::new()));
    let saved = desk.state.workbook.shown.filters.clone();
    assert!(saved.len() == 1 && saved[0].name.contains("铁路"), "{saved:?}");
    let asked = desk.state.filter.clone();
    drop(desk);
    let mut desk = opened(&path);
    assert_eq!(desk.state.filter, Filter::default());
    step(&mut desk, ViewStep::UseFilter(saved[0].id.clone()));
    assert_eq!(desk.state.filter, asked);
    desk.act(Action::Undo);
    assert_eq!(desk.state.filter, Filter::default());
    desk.act(Action::Undo);
    assert_eq!(desk.state.workbook.shown.filters.len(), 0, "then what was saved is taken back");
}

/// A view of a newer version is not shown as something else than it is.
#[test]
fn a_view_whose_filter_is_not_understood_is_refused() {
    let folder = TempFolder::new("views-newer");
    let path = folder.path().join("a.jintu");
    drop(copied(&path));
    let file = rusqlite::Connection::open(&path).unwrap();
    let view = ViewRecord {
        id: "V-1".to_owned(),
        order: 0,
        name: "新".to_owned(),
        extent: [112.0, 37.0, 113.0, 38.0],
        filter: json!({ "colour": "red" }),
        layers: Vec::new(),
        selection: None,
    };
    let filter =
        FilterRecord { id: "F-1".to_owned(), order: 0, name: "新".to_owned(), filter: json!(7) };
    for (table, key, record) in [
        (Table::Views, "V-1", serde_json::to_string(&view).unwrap()),
        (Table::Filters, "F-1", serde_json::to_string(&filter).unwrap()),
    ] {
        let sql = format!("INSERT INTO {} (key, record, seq) VALUES (?1, ?2, 1)", table.name());
        file.execute(&sql, rusqlite::params![key, record]).unwrap();
    }
    drop(file);
    let mut desk = opened(&path);
    let camera = desk.state.camera.clone();
    step(&mut desk, ViewStep::Go("V-1".to_owned()));
    step(&mut desk, ViewStep::UseFilter("F-1".to_owned()));
    assert_eq!((&desk.state.filter, &desk.state.camera), (&Filter::default(), &camera));
    assert_eq!(desk.problems().len(), 2);
    assert!(desk.state.log.iter().all(|own| own.notice.level != NoticeLevel::Problem
        || own.notice.message.tell(desk.state.settings.language).chars().count() > 8));
}
