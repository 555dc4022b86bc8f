//! Tables of projects in workbooks: alone, beside a plan, into one that is open; looked at before
//! they are taken, and taken back.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use jintu::{
    app::{
        Action, BookEdit, BookStep, Job, NoticeLevel, Order, Overlay, ProjectTableStep, State,
        browse::Purpose, table_words, update,
    },
    book::ProjectRecord,
    catalogue::ProjectOrigin,
    jobs::{Report, Services, run as run_job},
};
use serde_json::{Value, json};

use crate::{
    cli::{Place, run, stderr},
    project_tables::{CSV, document, spreadsheet},
    real::{catalogue, state},
    temp_folder::TempFolder,
};

fn out(args: &[&str]) -> String {
    let output = run(args);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", stderr(&output));
    String::from_utf8(output.stdout).unwrap()
}

fn told(args: &[&str]) -> Value {
    serde_json::from_str(&out(args)).unwrap()
}

/// A plan whose works the table of the next test tells of again.
const PLAN: &str = "\
湖州市综合交通发展规划\n\
第一章 重点任务\n\
专栏1 重点项目\n\
1. 安吉天荒坪旅游公路工程。全长18公里，总投资12亿元。\n\
2. 德清下渚湖码头一期工程。总投资3亿元。\n\
3. 长兴县泗安水库除险加固工程。总投资1.5亿元。\n";

/// The first row is the first work by its name, the second nearly the second; the third is another
/// phase, the fourth is new.
const TABLE: &str = "\
湖州市2026年重点项目表,,,,\n\
序号,项目名称,所在县区,总投资（亿元）,责任单位\n\
1,安吉天荒坪旅游公路,安吉县,13.2,安吉县交通局\n\
2,德清县下渚湖码头一期工程,德清县,3,德清县港航中心\n\
3,德清下渚湖码头二期工程,德清县,4,德清县港航中心\n\
4,南浔古镇停车场,南浔区,0.8,南浔区住建局\n";

#[test]
fn a_table_alone_makes_a_workbook() {
    let place = Place::new();
    let (book, table) = (place.path("a.jintu"), place.path("临江.xlsx"));
    std::fs::write(&table, spreadsheet()).unwrap();
    let said = out(&["new", &book, "--table", &table]);
    assert!(said.contains("新增 6 项"), "{said}");
    let about = told(&["info", &book, "--format", "json"]);
    assert_eq!(about["projects"], 6);
    assert_eq!(about["by_source"], json!({ "plan": 0, "table": 6, "hand": 0 }));
    assert_eq!(about["title"], "临江市2025年重点建设项目计划表");
    assert_eq!(about["plan"], Value::Null);
    assert_eq!(about["integrity"], "ok");
    let list = told(&["list", "--book", &book, "--format", "json"]);
    assert_eq!(list.as_array().unwrap().len(), 6);
    let hospital = told(&["show", "L1-04", "--book", &book, "--format", "json"]);
    assert_eq!(hospital["name"], "市第三人民医院迁建项目");
    assert_eq!((&hospital["kind_key"], &hospital["origin"]), (&json!("care"), &json!("table")));
    assert_eq!(hospital["investment_yi"], 15.0);
    assert_eq!(hospital["investment_approx"], true);
    let row = &hospital["rows"][0];
    assert_eq!((&row["file"], &row["row"]), (&json!("临江.xlsx"), &json!(12)));
    assert_eq!(row["groups"], json!(["二、社会民生"]));
    assert!(row["cells"].as_array().unwrap().contains(&json!({
        "head": "投资 总投资", "words": "约150000", "cell": "G12",
    })));
}

#[test]
fn a_table_beside_a_plan_doubles_nothing() {
    let place = Place::new();
    let (book, plan, table) = (place.path("a.jintu"), place.path("p.txt"), place.path("t.csv"));
    std::fs::write(&plan, PLAN).unwrap();
    std::fs::write(&table, TABLE).unwrap();
    let said = out(&["new", &book, "--plan", &plan, "--table", &table]);
    assert!(said.contains("新增 2 项，对应已有 2 项"), "{said}");
    // What may be the same work is named.
    assert!(!said.contains("L1-02 "), "{said}");
    let about = told(&["info", &book, "--format", "json"]);
    assert_eq!(about["by_source"], json!({ "plan": 3, "table": 2, "hand": 0 }));
    let road = told(&["show", "B1-01", "--book", &book, "--format", "json"]);
    assert_eq!(road["origin"], "plan");
    assert_eq!(road["investment_yi"], 13.2);
    let set = road["set"].as_array().unwrap();
    let sum = set.iter().find(|own| own["field"] == "investment_yi").unwrap();
    assert_eq!((&sum["stated"], &sum["value"]), (&json!(12.0), &json!(13.2)));
    assert_eq!(sum["source"], "表 t.csv，行 3");
    assert_eq!(road["rows"][0]["row"], 3);
    // The same sum once more is no other sum.
    let quay = told(&["show", "B1-02", "--book", &book, "--format", "json"]);
    let set = quay["set"].as_array().unwrap();
    assert!(set.iter().all(|own| own["field"] != "investment_yi"), "{set:?}");
    assert!(set.iter().any(|own| own["field"] == "organisations"));
    let dam = told(&["show", "B1-03", "--book", &book, "--format", "json"]);
    assert_eq!((&dam["set"], &dam["rows"]), (&json!([]), &json!([])));
    let park = told(&["show", "L1-02", "--book", &book, "--format", "json"]);
    assert_eq!(park["counties"][0]["name"], "南浔区");
}

#[test]
fn nothing_to_make_a_workbook_of_is_told() {
    let place = Place::new();
    let book = place.path("a.jintu");
    let output = run(&["new", &book]);
    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    assert!(said.contains("--plan") && said.contains("--table"), "{said}");
    let table = place.path("t.csv");
    std::fs::write(&table, "甲,乙\n1,2\n").unwrap();
    let output = run(&["new", &book, "--table", &table]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("项目名称"), "{}", stderr(&output));
    assert!(!Path::new(&book).exists());
}

/// The type says it first, then the group, then the name.
#[test]
fn kinds_of_rows_are_told_by_type_group_and_name() {
    let place = Place::new();
    let (book, table) = (place.path("a.jintu"), place.path("t.csv"));
    let rows = "\
        序号,项目名称,项目类型,总投资（亿元）\n\
        1,第三初级中学迁建,,1\n\
        2,太湖南岸污水处理厂,,1\n\
        3,丁县灌区,,1\n\
        4,晋阳湖隧道,,1\n\
        5,某某大桥,,1\n\
        6,第7号道路工程,,1\n\
        7,客运枢纽站,,1\n\
        8,太原绕城高速,,1\n\
        9,湖杭高速铁路湖州段,,1\n\
        10,莫干山机场快线,铁路,1\n\
        一、水利项目,,,\n\
        11,城北片区提升,,1\n\
        二、交通项目,,,\n\
        12,城东机场,,1\n\
        13,城南片区提升,,1\n";
    std::fs::write(&table, rows).unwrap();
    out(&["new", &book, "--table", &table]);
    let list = told(&["list", "--book", &book, "--format", "json"]);
    let kinds: Vec<&str> =
        list.as_array().unwrap().iter().map(|own| own["kind_key"].as_str().unwrap()).collect();
    let right = [
        "care", "ecology", "water", "highway", "highway", "highway", "highway", "highway",
        "railway", "railway", "water", "aviation", "highway",
    ];
    assert_eq!(kinds, right);
}

/// Counties of other provinces have no English name.
#[test]
fn why_a_row_has_no_place_names_its_county_in_english() {
    let place = Place::new();
    let (book, table) = (place.path("a.jintu"), place.path("t.csv"));
    let rows = "湖州市重点项目表,,\n项目名称,所在县区,总投资（亿元）\n地下管网提升,南浔区,1\n";
    std::fs::write(&table, rows).unwrap();
    out(&["new", &book, "--table", &table]);
    let own = told(&["--lang", "en", "show", "L1-01", "--book", &book, "--format", "json"]);
    let text = own["unlocated"].to_string();
    assert!(text.contains("it is in 南浔区"), "{text}");
}

#[test]
fn a_broken_document_is_told_as_a_table() {
    let place = Place::new();
    let (book, table) = (place.path("a.jintu"), place.path("t.docx"));
    std::fs::write(&table, b"PK\x03\x04").unwrap();
    let output = run(&["new", &book, "--table", &table]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("读不出项目表"), "{}", stderr(&output));
}

/// State and jobs of a window, without the window.
struct Desk {
    state: State,
    services: Services,
}

impl Desk {
    fn new() -> Self {
        let services = Services::new(&catalogue(), None, None, Arc::new(|| ()));
        Self { state: state(), services }
    }

    fn act(&mut self, action: Action) {
        let mut jobs = update(&mut self.state, action);
        while let Some(job) = jobs.pop() {
            let heard = self.run(job);
            jobs.extend(heard.into_iter().flat_map(|action| update(&mut self.state, action)));
        }
    }

    fn run(&self, job: Job) -> Vec<Action> {
        if matches!(job.order, Order::SaveSettings(_) | Order::AskFile(_)) {
            return vec![Action::JobEnded { job: job.id, broke: false }];
        }
        let heard = Arc::new(Mutex::new(Vec::new()));
        let own = heard.clone();
        let report: Box<Report> = Box::new(move |action| own.lock().unwrap().push(action));
        run_job(job, &self.services, &*report);
        drop(report);
        Arc::into_inner(heard).unwrap().into_inner().unwrap()
    }

    fn step(&mut self, step: ProjectTableStep) {
        self.act(Action::Workbook(BookStep::ProjectTable(step)));
    }

    fn problems(&self) -> Vec<String> {
        let language = self.state.settings.language;
        let problems = self.state.log.iter().map(|logged| &logged.notice);
        let problems = problems.filter(|notice| notice.level == NoticeLevel::Problem);
        problems.map(|notice| notice.message.tell(language)).collect()
    }

    fn of_tables(&self) -> Vec<String> {
        let own = self.state.catalogue.projects.iter();
        let own = own.filter(|project| project.origin == ProjectOrigin::Table);
        own.map(|project| project.name.zh.clone()).collect()
    }
}

/// A desk with a copy of the plan that comes with the program.
fn copied(folder: &TempFolder) -> Desk {
    let mut desk = Desk::new();
    desk.act(Action::Workbook(BookStep::AskPlace));
    let paths = vec![folder.path().join("own.jintu")];
    desk.act(Action::FilesChosen { purpose: Purpose::Workbook, paths });
    assert_eq!(desk.problems(), [] as [String; 0]);
    desk
}

fn put(folder: &TempFolder, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn a_table_is_looked_at_taken_and_taken_back() {
    let folder = TempFolder::new("table-take");
    let path = put(&folder, "南岭.csv", CSV.as_bytes());
    let mut desk = copied(&folder);
    let before = desk.state.catalogue.projects.len();
    let log = desk.state.workbook.shown.log.len();
    desk.act(Action::FilesChosen { purpose: Purpose::ProjectTable, paths: vec![path.clone()] });
    let Overlay::TablePreview(preview) = desk.state.overlay.clone() else {
        panic!("{:?} {:?}", desk.state.overlay, desk.problems())
    };
    assert_eq!(preview.taken.as_ref().unwrap().added.len(), 5);
    let lines = table_words::left_out(&preview.file.table, desk.state.settings.language);
    assert!(lines.iter().any(|line| line.contains("行 11")), "{lines:?}");
    assert_eq!(desk.state.workbook.shown.log.len(), log, "looking changes nothing");
    desk.step(ProjectTableStep::Drop);
    assert_eq!((desk.state.overlay.clone(), desk.of_tables().len()), (Overlay::None, 0));
    desk.step(ProjectTableStep::Read { path: path.clone(), layer: None });
    desk.step(ProjectTableStep::Take);
    assert_eq!(desk.problems(), [] as [String; 0]);
    assert_eq!(desk.of_tables().len(), 5);
    assert_eq!(desk.state.catalogue.projects.len(), before + 5);
    assert_eq!(desk.state.workbook.shown.log.len(), log + 1, "one action");
    let record: ProjectRecord = desk.state.workbook.record("L1-02").unwrap();
    assert_eq!(record.fields["investment_yi"].stated.as_ref().unwrap().cell.as_deref(), Some("G6"));
    // The same file once more: every row is there.
    desk.step(ProjectTableStep::Read { path, layer: None });
    let Overlay::TablePreview(preview) = desk.state.overlay.clone() else { panic!() };
    let taken = preview.taken.unwrap();
    assert_eq!((taken.known, taken.added.len(), taken.action.changes.len()), (5, 0, 0));
    desk.step(ProjectTableStep::Drop);
    desk.act(Action::Undo);
    assert_eq!(desk.of_tables().len(), 0);
    desk.act(Action::Redo);
    assert_eq!(desk.of_tables().len(), 5);
}

#[test]
fn a_new_workbook_is_made_of_a_table_that_is_chosen_or_dropped() {
    let folder = TempFolder::new("table-new");
    let xlsx = put(&folder, "临江.xlsx", &spreadsheet());
    let mut desk = Desk::new();
    desk.act(Action::FilesChosen { purpose: Purpose::Plan, paths: vec![xlsx.clone()] });
    assert!(matches!(&desk.state.overlay, Overlay::TablePreview(own) if own.taken.is_none()));
    desk.step(ProjectTableStep::MakeNew);
    let paths = vec![folder.path().join("a.jintu")];
    desk.act(Action::FilesChosen { purpose: Purpose::Workbook, paths });
    assert_eq!(desk.problems(), [] as [String; 0]);
    assert_eq!(desk.of_tables().len(), 6);
    let title = desk.state.catalogue.title(desk.state.settings.language);
    assert_eq!(title, "临江市2025年重点建设项目计划表");
    // Let go over the window, it would be a layer, had it coordinates.
    desk.act(Action::OpenFiles(vec![xlsx]));
    assert!(matches!(&desk.state.overlay, Overlay::TablePreview(own) if own.layer.is_some()));
    desk.step(ProjectTableStep::AsLayer);
    assert!(matches!(&desk.state.overlay, Overlay::AskColumns(_)), "{:?}", desk.state.overlay);
    let file = desk.state.files[0].id;
    desk.act(Action::DropQuestion(file));
    assert!(desk.state.files.is_empty());
    // A document that is a table and nothing else.
    let docx = put(&folder, "河州.docx", &document());
    desk.act(Action::FilesChosen { purpose: Purpose::ProjectTable, paths: vec![docx] });
    desk.step(ProjectTableStep::Take);
    assert_eq!(desk.problems(), [] as [String; 0]);
    assert_eq!(desk.of_tables().len(), 10);
}

#[test]
fn a_field_is_set_for_several_as_one_action() {
    let folder = TempFolder::new("table-many");
    let mut desk = copied(&folder);
    let ids: Vec<String> = ["B1-01", "B1-02", "B1-03"].map(str::to_owned).to_vec();
    let notes = |desk: &Desk| -> Vec<Option<String>> {
        let note = |id: &String| {
            let project = desk.state.catalogue.project(id)?;
            project.note.as_ref().map(|note| note.zh.clone())
        };
        ids.iter().map(note).collect()
    };
    let before = notes(&desk);
    let log = desk.state.workbook.shown.log.len();
    desk.act(Action::Select(ids.clone()));
    desk.act(Action::Workbook(BookStep::AskSetMany));
    assert_eq!(desk.state.overlay, Overlay::SetMany);
    desk.act(Action::CloseOverlay);
    let (field, text) = ("note".to_owned(), "省级调度".to_owned());
    let edit = BookEdit::Set { ids: ids.clone(), field, text };
    desk.act(Action::Workbook(BookStep::Edit(edit)));
    assert_eq!(desk.problems(), [] as [String; 0]);
    assert!(notes(&desk).iter().all(|note| note.as_deref() == Some("省级调度")));
    assert_eq!(desk.state.workbook.shown.log.len(), log + 1);
    desk.act(Action::Undo);
    assert_eq!(notes(&desk), before);
}
