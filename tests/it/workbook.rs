//! The workbook as the window uses it: orders go out one by one, what came of them is shown when it
//! is on disk, and everything can be taken back, also after it was opened anew.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use jintu::{
    app::{
        Action, BookEdit, BookStep, Job, NoticeLevel, Order, Overlay, PlaceStep, Purpose, Settings,
        SketchStep, State, browse, command, update, workbook::PlanFrom,
    },
    catalogue::Accuracy,
    jobs::{Report, Services, read_plan, run},
    store::SEEDS,
    units::LonLat,
};

use crate::{
    real::{catalogue, state},
    temp_folder::TempFolder,
};

/// State and jobs of a window, without the window. Settings are not saved: they are the user's.
pub struct Desk {
    pub state: State,
    services: Services,
}

impl Desk {
    pub fn new() -> Self {
        let services = Services::new(&catalogue(), None, None, Arc::new(|| ()));
        Self { state: state(), services }
    }

    /// Does an action and everything that follows from it.
    pub fn act(&mut self, action: Action) {
        let mut jobs = update(&mut self.state, action);
        while let Some(job) = jobs.pop() {
            let heard = self.run(job);
            jobs.extend(heard.into_iter().flat_map(|action| update(&mut self.state, action)));
        }
    }

    fn run(&self, job: Job) -> Vec<Action> {
        done(job, &self.services)
    }

    pub fn step(&mut self, step: BookStep) {
        self.act(Action::Workbook(step));
    }

    pub fn set(&mut self, id: &str, field: &str, text: &str) {
        let ids = vec![id.to_owned()];
        let (field, text) = (field.to_owned(), text.to_owned());
        self.step(BookStep::Edit(BookEdit::Set { ids, field, text }));
    }

    pub fn name(&self, id: &str) -> Option<String> {
        self.state.catalogue.project(id).map(|project| project.name.zh.clone())
    }

    pub fn problems(&self) -> Vec<String> {
        let language = self.state.settings.language;
        let problems = self.state.log.iter().map(|logged| &logged.notice);
        let problems = problems.filter(|notice| notice.level == NoticeLevel::Problem);
        problems.map(|notice| notice.message.tell(language)).collect()
    }
}

/// What came of a job. Settings are not saved: they are the user's.
pub fn done(job: Job, services: &Services) -> Vec<Action> {
    if matches!(job.order, Order::SaveSettings(_) | Order::AskFile(_)) {
        return vec![Action::JobEnded { job: job.id, broke: false }];
    }
    let heard = Arc::new(Mutex::new(Vec::new()));
    let own = heard.clone();
    let report: Box<Report> = Box::new(move |action| own.lock().unwrap().push(action));
    run(job, services, &*report);
    drop(report);
    Arc::into_inner(heard).unwrap().into_inner().unwrap()
}

/// A desk with a copy of the plan that comes with the program.
pub fn copied(path: &Path) -> Desk {
    let mut desk = Desk::new();
    desk.step(BookStep::AskPlace);
    let purpose = browse::Purpose::Workbook;
    desk.act(Action::FilesChosen { purpose, paths: vec![path.to_owned()] });
    assert_eq!(desk.problems(), [] as [String; 0]);
    assert_eq!(desk.state.workbook.path.as_deref(), Some(path));
    desk
}

pub fn opened(path: &Path) -> Desk {
    let mut desk = Desk::new();
    desk.step(BookStep::Open(path.to_owned()));
    desk
}

const ID: &str = "B1-02";

#[test]
fn the_first_change_keeps_a_copy_and_is_then_made() {
    let folder = TempFolder::new("workbook-copy");
    let path = folder.path().join("own.jintu");
    let mut desk = Desk::new();
    let before = desk.name(ID);
    desk.set(ID, "name", "改名的铁路");
    assert_eq!(desk.state.overlay, Overlay::KeepCopy);
    assert_eq!(desk.name(ID), before, "the plan of the program is only read");
    desk.step(BookStep::AskPlace);
    // The ending is added where it is not typed.
    let paths = vec![folder.path().join("own")];
    desk.act(Action::FilesChosen { purpose: browse::Purpose::Workbook, paths });
    assert_eq!(desk.problems(), [] as [String; 0]);
    assert_eq!(desk.state.workbook.path.as_deref(), Some(path.as_path()));
    assert_eq!(desk.name(ID).as_deref(), Some("改名的铁路"));
    assert_eq!(desk.state.settings.last_book, Some(path.clone()));
    assert_eq!(desk.state.settings.recent_books, [path]);
    // What the plan says stands beside it.
    let record = desk.state.workbook.record(ID).unwrap();
    let field = &record.fields["name"];
    assert_eq!(field.stated.as_ref().unwrap().value, before.unwrap());
    assert_eq!(field.later.as_ref().unwrap().value, "改名的铁路");
}

#[test]
fn a_plan_that_was_named_is_the_one_that_is_copied() {
    let folder = TempFolder::new("workbook-named-plan");
    let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/plans/anji.txt");
    // As `jintu --plan` opens the window.
    let mut desk = Desk::new();
    let lowered = read_plan(Some(&plan)).unwrap();
    let projects = lowered.catalogue.projects.clone();
    desk.state = State::new(Arc::new(lowered.catalogue), Vec::new(), Settings::default());
    desk.state.workbook.shown_plan = PlanFrom::File(plan);
    desk.set(&projects[0].id, "name", "改名的工程");
    assert_eq!(desk.state.overlay, Overlay::KeepCopy);
    desk.step(BookStep::AskPlace);
    let paths = vec![folder.path().join("own.jintu")];
    desk.act(Action::FilesChosen { purpose: browse::Purpose::Workbook, paths });
    assert_eq!(desk.problems(), [] as [String; 0]);
    let names = |own: &[Arc<jintu::catalogue::Project>]| -> Vec<String> {
        own.iter().skip(1).map(|project| project.name.zh.clone()).collect()
    };
    assert_eq!(names(&desk.state.catalogue.projects), names(&projects));
    assert_eq!(desk.name(&projects[0].id).as_deref(), Some("改名的工程"));
}

#[test]
fn what_was_wanted_of_the_plan_is_done_to_no_other_workbook() {
    let folder = TempFolder::new("workbook-wanted");
    let path = folder.path().join("a.jintu");
    drop(copied(&path));
    let mut desk = Desk::new();
    desk.set(ID, "name", "改名的铁路");
    assert_eq!(desk.state.overlay, Overlay::KeepCopy);
    // Another workbook is opened instead.
    desk.step(BookStep::Open(path));
    assert_eq!(desk.state.workbook.shown.log.len(), 1);
    // The copy that is offered is left, and one is made later for its own sake.
    for leave in [Action::CloseOverlay, Action::Workbook(BookStep::SetEditing(false))] {
        let mut desk = Desk::new();
        desk.set(ID, "name", "改名的铁路");
        desk.act(leave);
        let before = desk.name(ID);
        desk.act(Action::AskBookCopy);
        let paths = vec![folder.path().join("b.jintu")];
        desk.act(Action::FilesChosen { purpose: browse::Purpose::Workbook, paths });
        if matches!(desk.state.overlay, Overlay::ReplaceBook(_)) {
            desk.step(BookStep::Replace);
        }
        assert!(desk.state.workbook.path.is_some());
        assert_eq!(desk.name(ID), before);
    }
}

#[test]
fn a_copy_says_what_the_plan_of_the_program_says() {
    let folder = TempFolder::new("workbook-same");
    let desk = copied(&folder.path().join("a.jintu"));
    let (own, real) = (&desk.state.catalogue, catalogue());
    assert_eq!(own.projects, real.projects);
    assert_eq!(own.slides, real.slides);
    assert_eq!(own.title, real.title);
}

#[test]
fn a_plan_of_another_city_stands_on_its_own_counties() {
    let folder = TempFolder::new("workbook-city");
    let path = folder.path().join("a.jintu");
    let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/plans/anji.txt");
    let mut desk = Desk::new();
    desk.step(BookStep::AskPlan);
    desk.act(Action::FilesChosen { purpose: browse::Purpose::Plan, paths: vec![plan] });
    let paths = vec![path.clone()];
    desk.act(Action::FilesChosen { purpose: browse::Purpose::Workbook, paths });
    assert_eq!(desk.problems(), [] as [String; 0]);
    let own = |desk: &Desk| -> Vec<String> {
        let counties = desk.state.catalogue.counties.iter().filter(|county| county.in_city);
        counties.map(|county| county.name.zh.clone()).collect()
    };
    // All of the prefecture, as the yearbook lists it.
    let huzhou = ["吴兴区", "南浔区", "德清县", "长兴县", "安吉县"];
    assert_eq!(own(&desk), huzhou);
    assert!(desk.state.catalogue.projects.len() > 10);
    let id = desk.state.catalogue.projects[0].id.clone();
    desk.set(&id, "counties", "德清县");
    assert_eq!(desk.problems(), [] as [String; 0]);
    let again = opened(&path);
    assert_eq!(own(&again), huzhou);
    let project = again.state.catalogue.project(&id).unwrap();
    assert!(project.counties.iter().any(|share| share.name == "德清县"));
}

#[test]
fn edits_are_taken_back_in_their_order_also_after_opening_anew() {
    let folder = TempFolder::new("workbook-undo");
    let path = folder.path().join("a.jintu");
    let mut desk = copied(&path);
    let stated = desk.name(ID);
    let note = desk.state.workbook.record(ID).unwrap().text("note").map(str::to_owned);
    desk.set(ID, "name", "甲");
    desk.set(ID, "name", "乙");
    // A question about the list lies between.
    desk.act(Action::SetText("高速".to_owned()));
    desk.set(ID, "note", "记一笔");
    desk.act(Action::Undo);
    assert_eq!(desk.state.workbook.record(ID).unwrap().text("note"), note.as_deref());
    assert_eq!(desk.state.filter.text, "高速");
    desk.act(Action::Undo);
    assert_eq!((desk.state.filter.text.as_str(), desk.name(ID).as_deref()), ("", Some("乙")));
    desk.act(Action::Undo);
    assert_eq!(desk.name(ID).as_deref(), Some("甲"));
    desk.act(Action::Redo);
    assert_eq!(desk.name(ID).as_deref(), Some("乙"));
    drop(desk);
    let mut desk = opened(&path);
    assert_eq!(desk.name(ID).as_deref(), Some("乙"));
    desk.act(Action::Undo);
    desk.act(Action::Undo);
    assert_eq!(desk.name(ID), stated);
    desk.act(Action::Redo);
    assert_eq!(desk.name(ID).as_deref(), Some("甲"));
    // Back to how it was made, which can be taken back, too.
    desk.step(BookStep::RestoreTo(1));
    assert_eq!(desk.name(ID), stated);
    desk.act(Action::Undo);
    assert_eq!(desk.name(ID).as_deref(), Some("甲"));
    assert_eq!(desk.problems(), [] as [String; 0]);
}

#[test]
fn the_second_window_is_told_who_has_it_and_reads() {
    let folder = TempFolder::new("workbook-two");
    let path = folder.path().join("a.jintu");
    let mut first = copied(&path);
    let mut second = opened(&path);
    assert_eq!(second.state.workbook.path.as_deref(), Some(path.as_path()));
    let why = second.state.workbook.shown.read_only.clone().expect("it is held");
    let told = why.tell(second.state.settings.language);
    assert!(told.contains(&std::process::id().to_string()), "{told}");
    first.set(ID, "name", "甲");
    second.set(ID, "name", "乙");
    assert_eq!(second.problems().len(), 1);
    drop(first);
    assert_eq!(opened(&path).name(ID).as_deref(), Some("甲"));
}

#[test]
fn what_a_field_does_not_take_is_told_and_changes_nothing() {
    let folder = TempFolder::new("workbook-refused");
    let mut desk = copied(&folder.path().join("a.jintu"));
    desk.set(ID, "name", "甲");
    let seq = desk.state.workbook.shown.log.len();
    desk.set(ID, "name", "甲");
    assert_eq!(desk.state.workbook.shown.log.len(), seq, "the same once more is no change");
    desk.act(Action::Undo);
    let before = desk.state.catalogue.clone();
    for (field, text) in [("investment_yi", "很多"), ("kind", "飞船"), ("name", " "), ("nix", "1")]
    {
        desk.set(ID, field, text);
    }
    assert_eq!(desk.problems().len(), 4, "{:?}", desk.problems());
    assert!(Arc::ptr_eq(&before, &desk.state.catalogue));
    assert_eq!(desk.state.workbook.shown.undo, None);
}

#[test]
fn projects_are_added_removed_and_merged() {
    let folder = TempFolder::new("workbook-projects");
    let mut desk = copied(&folder.path().join("a.jintu"));
    let count = desk.state.catalogue.projects.len();
    desk.step(BookStep::Edit(BookEdit::Add { name: "滨河跨线桥工程".to_owned() }));
    let added = desk.state.focus.clone().expect("it is shown");
    assert_eq!(desk.name(&added).as_deref(), Some("滨河跨线桥工程"));
    assert_eq!(desk.state.catalogue.projects.len(), count + 1);
    desk.step(BookStep::Edit(BookEdit::Remove { id: added.clone() }));
    assert_eq!((desk.name(&added), desk.state.focus.clone()), (None, None));
    desk.act(Action::Undo);
    assert!(desk.name(&added).is_some());
    let into = ID.to_owned();
    desk.step(BookStep::Edit(BookEdit::Merge { id: added.clone(), into }));
    assert_eq!(desk.name(&added), None);
    assert_eq!(desk.state.shown.len(), count);
}

#[test]
fn a_place_is_drawn_and_says_how_it_is_known() {
    let folder = TempFolder::new("workbook-place");
    let mut desk = copied(&folder.path().join("a.jintu"));
    desk.step(BookStep::Edit(BookEdit::Add { name: "滨河跨线桥工程".to_owned() }));
    let id = desk.state.focus.clone().unwrap();
    desk.act(Action::Place(PlaceStep::Ask(id.clone())));
    desk.act(Action::Place(PlaceStep::Draw));
    assert_eq!(desk.state.sketch.as_ref().map(|own| own.purpose), Some(Purpose::Place));
    desk.act(Action::Sketch(SketchStep::Add(LonLat::new(112.5, 37.8))));
    desk.act(Action::Sketch(SketchStep::Add(LonLat::new(112.6, 37.9))));
    desk.act(Action::Sketch(SketchStep::End));
    let placing = desk.state.placing.as_ref().expect("it is asked how exact it is");
    assert_eq!(placing.accuracy, Accuracy::Schematic, "a drawn line is indicative");
    desk.act(Action::Place(PlaceStep::SetSource("会议纪要".to_owned())));
    desk.act(Action::Place(PlaceStep::Set));
    assert_eq!((&desk.state.placing, &desk.state.sketch), (&None, &None));
    assert_eq!(desk.problems(), [] as [String; 0]);
    let project = desk.state.catalogue.project(&id).unwrap().clone();
    assert_eq!(project.accuracy, Accuracy::Schematic);
    // 0.1° of each, by the usual lengths of a degree at that latitude.
    let expected_km = f64::hypot(0.1 * 87.9, 0.1 * 111.0);
    let length_km = project.length_km.unwrap();
    assert!((length_km - expected_km).abs() < 0.1, "{length_km}");
    let feature = &desk.state.catalogue.features[project.features[0]];
    assert!(feature.sources.iter().any(|source| source.zh == "会议纪要"));
    desk.act(Action::Undo);
    assert!(!desk.state.catalogue.project(&id).unwrap().is_located());
}

#[test]
fn a_file_that_is_there_is_asked_about() {
    let folder = TempFolder::new("workbook-replace");
    let path = folder.path().join("a.jintu");
    std::fs::write(&path, "somebody's").unwrap();
    let mut desk = Desk::new();
    desk.step(BookStep::AskPlace);
    let purpose = browse::Purpose::Workbook;
    desk.act(Action::FilesChosen { purpose, paths: vec![path.clone()] });
    assert!(matches!(desk.state.overlay, Overlay::ReplaceBook(_)));
    assert_eq!(std::fs::read(&path).unwrap(), b"somebody's");
    desk.step(BookStep::Replace);
    assert_eq!(desk.state.workbook.path, Some(path));
}

#[test]
fn what_is_no_workbook_leaves_the_other_as_it_is() {
    let folder = TempFolder::new("workbook-foreign");
    let path = folder.path().join("a.jintu");
    let mut desk = copied(&path);
    let others: [PathBuf; 2] = [folder.path().join("none.jintu"), folder.path().join("b.jintu")];
    std::fs::write(&others[1], "x".repeat(5000)).unwrap();
    for other in others {
        desk.step(BookStep::Open(other));
        assert_eq!(desk.state.workbook.path.as_deref(), Some(path.as_path()));
    }
    assert_eq!(desk.problems().len(), 2, "{:?}", desk.problems());
    desk.set(ID, "name", "甲");
    assert_eq!(desk.name(ID).as_deref(), Some("甲"), "it is still held");
    // And back to the plan that comes with the program.
    desk.step(BookStep::OpenBuiltIn);
    assert_eq!(
        (desk.state.workbook.path.clone(), desk.name(ID)),
        (None, catalogue().project(ID).map(|own| own.name.zh.clone()))
    );
}

#[test]
fn a_newer_text_is_compared_and_taken_over_by_mouse_and_undone() {
    let folder = TempFolder::new("workbook-newer");
    let mut desk = copied(&folder.path().join("a.jintu"));
    let newer = folder.path().join("新.txt");
    let text = std::str::from_utf8(SEEDS.plan).unwrap().replacen("４１０ 亿元", "４２５ 亿元", 1);
    std::fs::write(&newer, text).unwrap();
    desk.step(BookStep::AskNewer);
    let purpose = browse::Purpose::NewerPlan;
    desk.act(Action::FilesChosen { purpose, paths: vec![newer] });
    assert_eq!(desk.problems(), [] as [String; 0]);
    assert_eq!(desk.state.overlay, Overlay::Revision);
    let keys: Vec<String> = {
        let comparison = desk.state.workbook.revision.as_ref().unwrap();
        comparison.differences.iter().map(|own| own.key.clone()).collect()
    };
    assert_eq!(keys, [ID]);
    let yi = |desk: &Desk| desk.state.catalogue.project(ID).unwrap().investment.unwrap().yi;
    desk.step(BookStep::Revise { keys, taken: true });
    assert_eq!(desk.problems(), [] as [String; 0]);
    assert!((yi(&desk) - 425.0).abs() < 1e-9);
    desk.act(Action::CloseOverlay);
    desk.act(Action::Undo);
    assert!((yi(&desk) - 410.0).abs() < 1e-9);
    // Opened anew, the last comparison can be looked at again.
    let path = desk.state.workbook.path.clone().unwrap();
    drop(desk);
    let mut desk = opened(&path);
    assert!(desk.state.workbook.was_compared());
    // What was done before it was opened can be taken back, and what was taken back done again.
    assert!(command::is_possible("undo", &desk.state) && command::is_possible("redo", &desk.state));
    desk.step(BookStep::OpenRevision);
    assert_eq!(desk.problems(), [] as [String; 0]);
    assert_eq!(desk.state.workbook.revision.as_ref().unwrap().differences.len(), 1);
    // A text that is none is told, and changes nothing.
    desk.act(Action::CloseOverlay);
    let broken = folder.path().join("b.pdf");
    std::fs::write(&broken, b"%PDF-1.4 broken").unwrap();
    desk.act(Action::FilesChosen { purpose, paths: vec![broken] });
    assert_eq!(desk.problems().len(), 1);
    assert_eq!(desk.state.overlay, Overlay::None);
}
