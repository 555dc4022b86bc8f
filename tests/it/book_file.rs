//! Workbooks in files: what is acknowledged is there, undo survives reopening, and what is not ours
//! is not touched.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "figures, and why something is skipped"
)]
#![allow(clippy::float_cmp, reason = "what was written comes back as it was")]

use std::{fs, path::Path, process::Command};

use jintu::{
    book::{Action, Book, By, Deed, Draft, Mark, NoteRecord, SettingRecord, Table, Words},
    catalogue::{
        Accuracy, Catalogue, Role,
        edit::{self, Allowed, Refusal},
        lower::lower_book,
    },
    jobs::book::base,
    store::{
        SEEDS,
        book::{Access, BookError, Holder, Integrity, Making, Plan, ReadOnly, Workbook},
    },
};

use crate::temp_folder::TempFolder;

pub const PLAN: &str = "某市规划\n一、交通\n专栏1 交通项目\n1.晋源区东西大道。全长12公里,总投资约3.5亿元。\n\
                        2.清徐县客运站。占地20亩。\n3.无名桥。\n";

pub fn by(n: u64) -> By {
    By { who: "测试".to_owned(), at: format!("2026-11-26T21:{:02}:00+08:00", n % 60) }
}

pub fn mark() -> Mark {
    Mark {
        who: "测试".to_owned(),
        at: "2026-11-26T21:00:00+08:00".to_owned(),
        source: "来函".to_owned(),
    }
}

pub fn make(path: &Path, plan: &[u8]) {
    let making = Making { path, city: None, overwrite: false, by: by(0), words: Words::default() };
    Workbook::create(&making, Plan { bytes: plan, name: "plan.txt" }, &SEEDS, &base()).unwrap();
}

pub fn writer() -> Access {
    Access::Write(Holder::own("2026-11-26T21:00:00+08:00".to_owned()))
}

pub fn open(path: &Path) -> (Workbook, Catalogue) {
    let (workbook, lowered) = Workbook::open(path, &writer(), &base()).unwrap();
    assert_eq!(workbook.read_only(), None);
    (workbook, lowered.catalogue)
}

fn set(workbook: &Workbook, id: &str, field: &str, value: &str) -> Result<Action, Refusal> {
    edit::set(workbook.book(), &base(), id, field, value, &mark())
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_workbook_keeps_what_is_set_beside_what_is_stated() {
    let folder = TempFolder::new("book-set");
    let path = folder.path().join("某市.jintu");
    make(&path, PLAN.as_bytes());
    let (mut workbook, catalogue) = open(&path);
    assert_eq!(catalogue.projects.len(), 3);
    assert_eq!(catalogue.project("B1-01").unwrap().investment.unwrap().yi, 3.5);
    let action = set(&workbook, "B1-01", "investment_yi", "4.25").unwrap();
    let acted = workbook.act(&action, &by(1)).unwrap();
    let now = acted.projects["B1-01"].as_ref().unwrap();
    assert_eq!(now.project.investment.unwrap().yi, 4.25);
    assert!(!now.project.investment.unwrap().approx, "约 is the plan's");
    workbook.close().unwrap();
    assert_eq!(names(folder.path()), ["某市.jintu"], "one file is left");

    let (workbook, catalogue) = open(&path);
    let own = catalogue.project("B1-01").unwrap();
    assert_eq!(own.investment.unwrap().yi, 4.25);
    let [value] = own.set.as_slice() else { panic!("{:?}", own.set) };
    assert_eq!(value.stated, Some(3.5.into()));
    assert_eq!((value.who.as_str(), value.source.as_str()), ("测试", "来函"));
    let json = jintu::report::json::project(&catalogue, own);
    assert_eq!(json["investment_yi"], 4.25);
    assert_eq!(json["set"][0]["stated"], 3.5);
    assert!(json["note"].is_null());
    // The plan's own words are as they were.
    assert_eq!(json["facts"].as_array().unwrap().len(), own.facts.len());
    assert!(own.facts.iter().any(|fact| fact.value == 3.5));
    drop(workbook);
}

#[test]
fn fields_say_what_they_take() {
    let folder = TempFolder::new("book-fields");
    let path = folder.path().join("a.jintu");
    make(&path, PLAN.as_bytes());
    let (workbook, _) = open(&path);
    let refused = |field: &str, value: &str| set(&workbook, "B1-01", field, value).unwrap_err();
    assert_eq!(refused("length_km", "3"), Refusal::NoField("length_km".to_owned()));
    assert_eq!(refused("name", " "), Refusal::Empty { field: "name" });
    let Refusal::NotAllowed { allowed: Allowed::OneOf(kinds), .. } = refused("kind", "飞船")
    else {
        panic!()
    };
    assert!(kinds.iter().any(|kind| kind.zh.starts_with("highway")), "{kinds:?}");
    for number in ["-1", "十", "NaN", "inf", "1e300", "1,5"] {
        let Refusal::NotAllowed { allowed, .. } = refused("investment_yi", number) else {
            panic!()
        };
        assert!(matches!(allowed, Allowed::Number { .. }), "{number}");
    }
    assert!(matches!(refused("counties", "火星区"), Refusal::NotAllowed { .. }));
    assert!(matches!(refused("tasks", "99.9"), Refusal::NotAllowed { .. }));
    let missing = set(&workbook, "B7-01", "note", "x").unwrap_err();
    assert_eq!(missing, Refusal::NoProject("B7-01".to_owned()));
    // What is allowed goes in by key or by name.
    for (field, value) in [
        ("kind", "铁路"),
        ("kind", "railway"),
        ("status", "done"),
        ("counties", "清徐县、140110"),
        ("tasks", "1"),
        ("regions", "jjj"),
        ("organisations", "市发改委，市交通局"),
        ("note", ""),
        ("period", "2024—2026"),
        ("flagship", "是"),
    ] {
        set(&workbook, "B1-01", field, value).unwrap_or_else(|e| panic!("{field}={value}: {e}"));
    }
}

#[test]
fn undo_redo_and_restoring_survive_reopening() {
    let folder = TempFolder::new("book-undo");
    let path = folder.path().join("a.jintu");
    make(&path, PLAN.as_bytes());
    let mut states: Vec<Book> = Vec::new();
    {
        let (mut workbook, _) = open(&path);
        states.push(workbook.book().clone());
        for value in ["一", "二", "三"] {
            let action = set(&workbook, "B1-02", "note", value).unwrap();
            workbook.act(&action, &by(2)).unwrap();
            states.push(workbook.book().clone());
        }
    }
    {
        let (mut workbook, _) = open(&path);
        assert_eq!(workbook.book(), &states[3]);
        workbook.undo(&by(3)).unwrap();
        assert_eq!(workbook.book(), &states[2]);
    }
    let (mut workbook, catalogue) = open(&path);
    assert_eq!(catalogue.project("B1-02").unwrap().note.as_ref().unwrap().zh, "二");
    workbook.undo(&by(3)).unwrap();
    workbook.redo(&by(3)).unwrap();
    assert_eq!(workbook.book(), &states[2]);
    workbook.redo(&by(3)).unwrap();
    assert_eq!(workbook.book(), &states[3]);
    assert!(matches!(workbook.redo(&by(3)), Err(BookError::NothingToRedo)));
    // Entry 1 is the making, 2 to 4 the three notes.
    workbook.restore(2, &by(4)).unwrap();
    assert_eq!(workbook.book(), &states[1]);
    workbook.undo(&by(4)).unwrap();
    assert_eq!(workbook.book(), &states[3]);
    workbook.restore(1, &by(4)).unwrap();
    assert_eq!(workbook.book(), &states[0]);
    assert!(matches!(workbook.restore(99, &by(4)), Err(BookError::NoSuchEntry(99))));
    let log = workbook.log().unwrap();
    let seqs: Vec<u64> = log.iter().map(|entry| entry.seq).collect();
    assert_eq!(seqs, (1..=log.len() as u64).collect::<Vec<_>>());
    assert_eq!(log[0].deed, Deed::Made);
    assert_eq!(log[4].deed, Deed::Undid(4));
    assert_eq!(workbook.story(Table::Projects, "B1-02").unwrap().len(), 10);
    assert_eq!(workbook.integrity().unwrap(), Integrity::Sound);
}

#[test]
fn a_place_by_hand_stands_in_place_of_what_was_proposed() {
    let folder = TempFolder::new("book-place");
    let path = folder.path().join("a.jintu");
    make(&path, SEEDS.plan);
    let (mut workbook, before) = open(&path);
    let own = before.project("B1-02").unwrap();
    let at: geo::Geometry<f64> = geo::Point::new(112.5, 37.8).into();
    let action = edit::place(workbook.book(), "B1-02", &at, Accuracy::Site, &mark()).unwrap();
    workbook.act(&action, &by(1)).unwrap();
    workbook.close().unwrap();
    let (mut workbook, after) = open(&path);
    let moved = after.project("B1-02").unwrap();
    assert_eq!(moved.accuracy, Accuracy::Site);
    assert_eq!(after.features_of(moved, Role::Main).count(), 1, "what was proposed is put aside");
    // By the place first, then those that the plan names.
    assert_eq!(moved.counties[0].name, "晋源区");
    assert_ne!(moved.counties, own.counties);
    assert_eq!(moved.length_km, None);
    // Everybody else is as before.
    for (a, b) in before.projects.iter().zip(&after.projects) {
        let shapes = |catalogue: &Catalogue, project: &jintu::catalogue::Project| {
            project
                .features
                .iter()
                .map(|&i| catalogue.features[i].shape.clone())
                .collect::<Vec<_>>()
        };
        if a.id != "B1-02" {
            assert_eq!(a.counties, b.counties, "{}", a.id);
            assert_eq!(shapes(&before, a), shapes(&after, b), "{}", a.id);
        }
    }
    let action = edit::clear_place(workbook.book(), "B1-02").unwrap();
    let acted = workbook.act(&action, &by(1)).unwrap();
    let back = &acted.projects["B1-02"].as_ref().unwrap().project;
    assert_eq!((back.accuracy, &back.counties), (own.accuracy, &own.counties));
    let county = edit::place(workbook.book(), "B1-02", &at, Accuracy::County, &mark()).unwrap();
    let acted = workbook.act(&county, &by(1)).unwrap();
    let anchor = &acted.projects["B1-02"].as_ref().unwrap().project;
    assert!(!anchor.is_located());
    assert_eq!(anchor.unlocated.as_ref().unwrap().anchor.unwrap().lon_deg, 112.5);
}

#[test]
fn projects_are_added_removed_merged_and_brought_back() {
    let folder = TempFolder::new("book-projects");
    let path = folder.path().join("a.jintu");
    make(&path, PLAN.as_bytes());
    let (mut workbook, _) = open(&path);
    let (id, action) = edit::add(workbook.book(), "新建水厂", &mark()).unwrap();
    assert_eq!(id, "H-1");
    workbook.act(&action, &by(1)).unwrap();
    let (copy, action) = edit::duplicate(workbook.book(), "B1-01", &mark()).unwrap();
    assert_eq!(copy, "H-2");
    workbook.act(&action, &by(1)).unwrap();
    let action = edit::remove(workbook.book(), "B1-03", &mark()).unwrap();
    let acted = workbook.act(&action, &by(1)).unwrap();
    assert!(acted.projects["B1-03"].is_none());
    let action = edit::merge(workbook.book(), "H-2", "B1-01", &mark()).unwrap();
    workbook.act(&action, &by(1)).unwrap();
    let action = edit::relate(workbook.book(), "B1-01", "B1-02", true).unwrap();
    workbook.act(&action, &by(1)).unwrap();
    let refused = edit::merge(workbook.book(), "B1-01", "H-2", &mark());
    assert_eq!(refused.unwrap_err(), Refusal::Itself);
    workbook.close().unwrap();
    let (mut workbook, catalogue) = open(&path);
    let ids: Vec<&str> = catalogue.projects.iter().map(|own| own.id.as_str()).collect();
    assert_eq!(ids, ["B1-01", "B1-02", "H-1"]);
    assert_eq!(catalogue.projects[0].related, ["B1-02"]);
    let action = edit::bring_back(workbook.book(), "B1-03").unwrap();
    let acted = workbook.act(&action, &by(1)).unwrap();
    assert_eq!(acted.projects["B1-03"].as_ref().unwrap().project.name.zh, "无名桥");
    let action = edit::split(workbook.book(), "H-2").unwrap();
    assert!(workbook.act(&action, &by(1)).unwrap().projects["H-2"].is_some());
}

/// Projects with their geometries, whatever their positions.
fn told(catalogue: &Catalogue) -> Vec<String> {
    let shapes = |own: &jintu::catalogue::Project| {
        let features = own.features.iter().map(|&i| &catalogue.features[i]);
        let mut all: Vec<String> = features.map(|own| format!("{own:?}")).collect();
        all.sort();
        all
    };
    let plain = |own: &jintu::catalogue::Project| jintu::catalogue::Project {
        features: Vec::new(),
        ..own.clone()
    };
    catalogue.projects.iter().map(|own| format!("{:?} {:?}", plain(own), shapes(own))).collect()
}

#[test]
fn a_catalogue_that_takes_edits_in_is_the_one_that_is_read_anew() {
    let folder = TempFolder::new("book-take-in");
    let path = folder.path().join("a.jintu");
    make(&path, SEEDS.plan);
    let (mut workbook, mut followed) = open(&path);
    let at: geo::Geometry<f64> = geo::Point::new(112.5, 37.8).into();
    let ids: Vec<String> = followed.projects.iter().map(|own| own.id.clone()).collect();
    let mut steps = 0;
    for (n, id) in ids.iter().enumerate() {
        let book = workbook.book();
        let action = match n % 6 {
            0 => set(&workbook, id, "name", &format!("改名{n}")).unwrap(),
            1 => edit::place(book, id, &at, Accuracy::Site, &mark()).unwrap(),
            2 => edit::remove(book, id, &mark()).unwrap(),
            3 => edit::duplicate(book, id, &mark()).unwrap().1,
            4 => edit::add(book, "新厂", &mark()).unwrap().1,
            _ => edit::merge(book, id, "B1-01", &mark()).unwrap(),
        };
        followed.take_in(workbook.act(&action, &by(1)).unwrap().projects, &base());
        steps += 1;
        if n % 3 == 2 {
            followed.take_in(workbook.undo(&by(1)).unwrap().projects, &base());
        }
        if n % 10 == 9 {
            let anew = lower_book(workbook.book(), SEEDS.plan, &base()).catalogue;
            let (a, b) = (told(&followed), told(&anew));
            for (a, b) in a.iter().zip(&b) {
                assert_eq!(a, b, "after {steps}");
            }
            assert_eq!(a.len(), b.len());
            assert_eq!(followed.features.len(), anew.features.len());
            assert_eq!(followed.search_keys, anew.search_keys);
            let near = |own: &Catalogue| {
                let found = own.within_km_of_project("B1-01", 20.0);
                let mut ids: Vec<&str> =
                    found.iter().map(|id| own.features[id.0 as usize].id.as_str()).collect();
                ids.sort_unstable();
                ids.join(" ")
            };
            assert_eq!(near(&followed), near(&anew));
        }
    }
    followed.take_in(workbook.restore(1, &by(1)).unwrap().projects, &base());
    let anew = lower_book(workbook.book(), SEEDS.plan, &base()).catalogue;
    assert_eq!(told(&followed), told(&anew));
}

#[test]
fn what_one_edit_measures_is_what_all_is_measured_as() {
    let folder = TempFolder::new("book-some");
    let path = folder.path().join("a.jintu");
    make(&path, SEEDS.plan);
    let (mut workbook, all) = open(&path);
    for project in &all.projects {
        let action = set(&workbook, &project.id, "note", "核对").unwrap();
        let acted = workbook.act(&action, &by(1)).unwrap();
        let own = acted.projects[&project.id].as_ref().unwrap();
        let shapes: Vec<_> =
            project.features.iter().map(|&i| &all.features[i].shape).cloned().collect();
        let own_shapes: Vec<_> = own.features.iter().map(|own| own.shape.clone()).collect();
        assert_eq!(own_shapes, shapes, "{}", project.id);
        assert_eq!(own.project.counties, project.counties);
        assert_eq!(own.project.length_km, project.length_km);
        assert_eq!(own.project.accuracy, project.accuracy);
        assert_eq!(own.project.unlocated, project.unlocated);
        assert_eq!(own.project.tasks, project.tasks);
    }
}

#[test]
fn records_of_any_table_go_the_same_way() {
    let folder = TempFolder::new("book-notes");
    let path = folder.path().join("a.jintu");
    make(&path, PLAN.as_bytes());
    let (mut workbook, _) = open(&path);
    let mut draft = Draft::new(workbook.book());
    let note = NoteRecord {
        id: "n1".to_owned(),
        at: [112.5, 37.8],
        text: "现场".to_owned(),
        project: None,
        mark: mark(),
    };
    draft.put(&note).unwrap();
    let hash = draft.add_blob(b"bytes".to_vec());
    let action = draft.finish(Words::default()).unwrap();
    workbook.act(&action, &by(1)).unwrap();
    workbook.close().unwrap();
    let (mut workbook, _) = open(&path);
    assert_eq!(workbook.book().get::<NoteRecord>("n1").unwrap(), Some(note));
    assert_eq!(workbook.blob(&hash).unwrap().unwrap(), b"bytes");
    workbook.undo(&by(1)).unwrap();
    assert_eq!(workbook.book().get::<NoteRecord>("n1").unwrap(), None);
}

#[test]
fn the_second_is_told_who_has_it_and_reads() {
    let folder = TempFolder::new("book-two");
    let path = folder.path().join("a.jintu");
    make(&path, PLAN.as_bytes());
    let (first, _) = open(&path);
    let (mut second, _) = Workbook::open(&path, &writer(), &base()).unwrap();
    let Some(ReadOnly::Held(holder)) = second.read_only().cloned() else { panic!() };
    assert_eq!(holder.process, std::process::id());
    assert_eq!(holder.since, "2026-11-26T21:00:00+08:00");
    let action = set(&second, "B1-01", "note", "x").unwrap();
    assert!(matches!(second.act(&action, &by(1)), Err(BookError::ReadOnly(ReadOnly::Held(_)))));
    drop(first);
    drop(second);
    open(&path);
    assert_eq!(names(folder.path()), ["a.jintu"]);
}

#[test]
fn what_a_dead_process_left_is_taken_over() {
    let folder = TempFolder::new("book-dead");
    let path = folder.path().join("a.jintu");
    make(&path, PLAN.as_bytes());
    let left = folder.path().join(".~lock.a.jintu#");
    fs::write(&left, r#"{"host":"elsewhere","user":"u","process":1,"since":"x"}"#).unwrap();
    open(&path);
    assert!(!left.exists());
}

#[test]
fn what_is_not_ours_is_not_touched() {
    let folder = TempFolder::new("book-foreign");
    let gpkg = folder.path().join("b.gpkg");
    let file = rusqlite::Connection::open(&gpkg).unwrap();
    file.execute_batch(
        "PRAGMA application_id = 0x47504B47; PRAGMA journal_mode = WAL; CREATE TABLE a (b); \
         INSERT INTO a VALUES (1);",
    )
    .unwrap();
    file.close().unwrap();
    let text = folder.path().join("c.jintu");
    fs::write(&text, "一些文字").unwrap();
    let empty = folder.path().join("d.jintu");
    fs::write(&empty, "").unwrap();
    let before: Vec<Vec<u8>> = [&gpkg, &text, &empty].map(|p| fs::read(p).unwrap()).to_vec();
    let failed = |path: &Path| Workbook::open(path, &writer(), &base()).unwrap_err();
    assert!(matches!(failed(&gpkg), BookError::Foreign { .. }));
    assert!(matches!(failed(&text), BookError::NotABook { .. }));
    assert!(matches!(failed(&empty), BookError::NotABook { .. }));
    assert!(matches!(failed(folder.path()), BookError::Directory { .. }));
    assert!(matches!(failed(&folder.path().join("no")), BookError::Read { .. }));
    let after: Vec<Vec<u8>> = [&gpkg, &text, &empty].map(|p| fs::read(p).unwrap()).to_vec();
    assert_eq!(before, after);
    assert_eq!(names(folder.path()), ["b.gpkg", "c.jintu", "d.jintu"]);
}

#[test]
fn a_file_that_is_there_is_not_replaced_unasked() {
    let folder = TempFolder::new("book-there");
    let path = folder.path().join("a.jintu");
    fs::write(&path, "mine").unwrap();
    let making = |overwrite| Making {
        path: &path,
        city: None,
        overwrite,
        by: by(0),
        words: Words::default(),
    };
    let plan = Plan { bytes: PLAN.as_bytes(), name: "p" };
    let refused = Workbook::create(&making(false), plan, &SEEDS, &base());
    assert!(matches!(refused, Err(BookError::Exists { .. })));
    assert_eq!(fs::read(&path).unwrap(), b"mine");
    Workbook::create(&making(true), plan, &SEEDS, &base()).unwrap();
    open(&path);
    assert_eq!(names(folder.path()), ["a.jintu"]);
}

#[test]
fn a_copy_has_the_log_too() {
    let folder = TempFolder::new("book-copy");
    let path = folder.path().join("a.jintu");
    make(&path, PLAN.as_bytes());
    let (mut workbook, _) = open(&path);
    let action = set(&workbook, "B1-01", "note", "x").unwrap();
    workbook.act(&action, &by(1)).unwrap();
    let copy = folder.path().join("副本.jintu");
    workbook.copy_to(&copy, false).unwrap();
    assert!(matches!(workbook.copy_to(&copy, false), Err(BookError::Exists { .. })));
    let (mut other, _) = open(&copy);
    assert_eq!(other.book(), workbook.book());
    other.undo(&by(1)).unwrap();
    assert_ne!(other.book(), workbook.book());
}

#[test]
fn a_newer_workbook_is_only_read() {
    let folder = TempFolder::new("book-newer");
    let path = folder.path().join("a.jintu");
    make(&path, PLAN.as_bytes());
    let file = rusqlite::Connection::open(&path).unwrap();
    file.execute_batch(
        "UPDATE jintu_schema SET version = 99 WHERE part = 'workbook'; \
         CREATE TABLE jintu_rivers (key TEXT PRIMARY KEY, record TEXT, seq INTEGER);",
    )
    .unwrap();
    file.close().unwrap();
    let before = fs::read(&path).unwrap();
    let (mut workbook, lowered) = Workbook::open(&path, &writer(), &base()).unwrap();
    assert_eq!(workbook.read_only(), Some(&ReadOnly::Newer { version: 99 }));
    assert_eq!(lowered.catalogue.projects.len(), 3);
    let action = set(&workbook, "B1-01", "note", "x").unwrap();
    assert!(matches!(workbook.act(&action, &by(1)), Err(BookError::ReadOnly(_))));
    drop(workbook);
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn what_a_newer_program_wrote_into_a_record_stays() {
    let folder = TempFolder::new("book-unknown");
    let path = folder.path().join("a.jintu");
    make(&path, PLAN.as_bytes());
    let file = rusqlite::Connection::open(&path).unwrap();
    file.execute_batch(
        "UPDATE jintu_projects SET record = json_set(record, '$.risk', json('{\"level\": 3}')) \
         WHERE key = 'B1-01'; ALTER TABLE jintu_projects ADD COLUMN colour TEXT; \
         UPDATE jintu_projects SET colour = 'red'; CREATE TABLE of_mine (a);",
    )
    .unwrap();
    file.close().unwrap();
    let (mut workbook, _) = open(&path);
    let action = set(&workbook, "B1-01", "note", "x").unwrap();
    workbook.act(&action, &by(1)).unwrap();
    workbook.close().unwrap();
    let file = rusqlite::Connection::open(&path).unwrap();
    let (level, colour): (i64, String) = file
        .query_row(
            "SELECT json_extract(record, '$.risk.level'), colour FROM jintu_projects \
             WHERE key = 'B1-01'",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap();
    assert_eq!((level, colour.as_str()), (3, "red"));
    file.query_row("SELECT count(*) FROM of_mine", [], |row| row.get::<_, i64>(0)).unwrap();
}

#[test]
fn other_programs_see_the_projects() {
    let folder = TempFolder::new("book-ogr");
    let path = folder.path().join("a.jintu");
    make(&path, SEEDS.plan);
    let (mut workbook, catalogue) = open(&path);
    let action = set(&workbook, "B1-02", "name", "改过的名称").unwrap();
    workbook.act(&action, &by(1)).unwrap();
    workbook.close().unwrap();
    let file = rusqlite::Connection::open(&path).unwrap();
    let count = |table: &str| -> usize {
        let sql = format!("SELECT count(*) FROM \"{table}\"");
        let count: i64 = file.query_row(&sql, [], |row| row.get(0)).unwrap();
        usize::try_from(count).unwrap()
    };
    assert_eq!(count("项目"), catalogue.projects.len());
    let with = |kind: &str| {
        let has = |project: &&jintu::catalogue::Project| {
            catalogue
                .features_of(project, Role::Main)
                .any(|(_, feature)| feature.shape.type_name() == kind)
        };
        catalogue.each_project().filter(has).count()
    };
    assert_eq!(count("项目_点"), with("Point"));
    assert_eq!(count("项目_线"), with("LineString"));
    assert_eq!(count("项目_面"), with("Polygon"));
    let name: String = file
        .query_row("SELECT \"名称\" FROM \"项目\" WHERE \"编号\" = 'B1-02'", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(name, "改过的名称");
    drop(file);
    let Ok(told) = Command::new("ogrinfo").arg("-so").arg("-al").arg(&path).output() else {
        eprintln!("SKIPPED: ogrinfo is not there, so nobody else reads the workbook");
        return;
    };
    let told = String::from_utf8_lossy(&told.stdout);
    for (table, kind) in
        [("项目_点", "Multi Point"), ("项目_线", "Multi Line String"), ("项目_面", "Multi Polygon")]
    {
        assert!(told.contains(&format!("Layer name: {table}")), "{told}");
        assert!(told.contains(kind), "{told}");
    }
    assert!(told.contains(&format!("Feature Count: {}", catalogue.projects.len())), "{told}");
    assert!(told.contains("总投资_亿元: Real"), "{told}");
    assert!(!told.contains("jintu_"), "tables of ours are nobody else's layers: {told}");
}

#[test]
fn a_workbook_that_was_moved_away_is_told() {
    let folder = TempFolder::new("book-gone");
    let path = folder.path().join("a.jintu");
    make(&path, PLAN.as_bytes());
    let (mut workbook, _) = open(&path);
    let before = workbook.book().clone();
    let action = set(&workbook, "B1-01", "note", "x").unwrap();
    fs::rename(&path, folder.path().join("b.jintu")).unwrap();
    assert!(matches!(workbook.act(&action, &by(1)), Err(BookError::Gone { .. })));
    assert_eq!(workbook.book(), &before);
}

#[test]
fn somebody_who_does_not_ask_is_not_written_over() {
    let folder = TempFolder::new("book-elsewhere");
    let path = folder.path().join("a.jintu");
    make(&path, PLAN.as_bytes());
    let (mut workbook, _) = open(&path);
    let file = rusqlite::Connection::open(&path).unwrap();
    file.execute("UPDATE jintu_projects SET record = record || ' ' WHERE key = 'B1-01'", [])
        .unwrap();
    drop(file);
    let action = set(&workbook, "B1-01", "note", "x").unwrap();
    let refused = workbook.act(&action, &by(1));
    assert!(matches!(refused, Err(BookError::ChangedElsewhere { .. })), "{refused:?}");
}

#[test]
fn an_older_workbook_is_brought_up_to_date_after_a_copy_was_kept() {
    let folder = TempFolder::new("book-older");
    let path = folder.path().join("某市.jintu");
    make(&path, PLAN.as_bytes());
    let file = rusqlite::Connection::open(&path).unwrap();
    file.execute_batch(
        "UPDATE jintu_schema SET version = 0 WHERE part = 'workbook';
         DROP TABLE jintu_revisions; DELETE FROM jintu_schema WHERE part = 'jintu_revisions';
         DROP TABLE jintu_settings; DELETE FROM jintu_schema WHERE part = 'jintu_settings';
         CREATE TABLE of_mine (a); INSERT INTO of_mine VALUES ('kept');",
    )
    .unwrap();
    file.close().unwrap();
    let old = fs::read(&path).unwrap();
    // Only to be read, it stays as it is.
    let (reader, lowered) = Workbook::open(&path, &Access::Read, &base()).unwrap();
    assert_eq!(lowered.catalogue.projects.len(), 3);
    drop(reader);
    assert_eq!(fs::read(&path).unwrap(), old);

    let (mut workbook, _) = open(&path);
    assert_eq!(workbook.version().unwrap(), jintu::book::VERSION);
    let mut draft = Draft::new(workbook.book());
    let setting = SettingRecord { name: "x".to_owned(), value: 1.into() };
    draft.put(&setting).unwrap();
    workbook.act(&draft.finish(Words::default()).unwrap(), &by(1)).unwrap();
    workbook.close().unwrap();
    assert_eq!(names(folder.path()), ["某市.jintu", "某市.v0.jintu"]);
    let copy = rusqlite::Connection::open(folder.path().join("某市.v0.jintu")).unwrap();
    let version: i64 = copy
        .query_row("SELECT version FROM jintu_schema WHERE part = 'workbook'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(version, 0);
    for file in [copy, rusqlite::Connection::open(&path).unwrap()] {
        let mine: String = file.query_row("SELECT a FROM of_mine", [], |row| row.get(0)).unwrap();
        assert_eq!(mine, "kept");
    }
    // The second time nothing is left to do.
    drop(open(&path));
    assert_eq!(names(folder.path()).len(), 2);
}

#[test]
fn what_other_programs_keep_beside_the_rows_is_kept_true() {
    let folder = TempFolder::new("book-index");
    let path = folder.path().join("a.jintu");
    make(&path, SEEDS.plan);
    // As QGIS makes a spatial index and a count of rows, with triggers that only it can run.
    let file = rusqlite::Connection::open(&path).unwrap();
    file.execute_batch(
        "CREATE VIRTUAL TABLE \"rtree_项目_点_geom\" USING rtree(id, minx, maxx, miny, maxy);
         CREATE TRIGGER \"rtree_项目_点_geom_insert\" AFTER INSERT ON \"项目_点\" BEGIN
           INSERT INTO \"rtree_项目_点_geom\" VALUES (NEW.fid, ST_MinX(NEW.geom),
             ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END;
         CREATE TABLE gpkg_ogr_contents (table_name TEXT NOT NULL PRIMARY KEY,
           feature_count INTEGER);
         INSERT INTO gpkg_ogr_contents VALUES ('项目_点', 77);",
    )
    .unwrap();
    file.close().unwrap();
    let (mut workbook, catalogue) = open(&path);
    let id = &catalogue.projects.iter().find(|own| !own.is_located()).unwrap().id;
    let at: geo::Geometry<f64> = geo::Point::new(112.5, 37.75).into();
    let action = edit::place(workbook.book(), id, &at, Accuracy::Site, &mark()).unwrap();
    workbook.act(&action, &by(1)).unwrap();
    let index = |path: &Path| -> Vec<(f64, f64)> {
        let file = rusqlite::Connection::open(path).unwrap();
        let mut all =
            file.prepare("SELECT minx, maxy FROM \"rtree_项目_点_geom\" ORDER BY id").unwrap();
        let rows = all.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect()
    };
    assert_eq!(index(&path), [(112.5, 37.75)]);
    let file = rusqlite::Connection::open(&path).unwrap();
    let count: Option<i64> = file
        .query_row("SELECT feature_count FROM gpkg_ogr_contents", [], |row| row.get(0))
        .unwrap();
    assert_eq!(count, None, "counted anew by who keeps it");
    drop(file);
    workbook.undo(&by(1)).unwrap();
    assert_eq!(index(&path), []);
}

#[test]
fn what_a_killed_program_left_is_taken_back_for_readers_too() {
    let folder = TempFolder::new("book-hot");
    let path = folder.path().join("a.jintu");
    make(&path, SEEDS.plan);
    let (workbook, _) = open(&path);
    let sound = workbook.book().clone();
    workbook.close().unwrap();
    // Pages that are half written, with the journal that takes them back, as they lie on disk.
    let writer = rusqlite::Connection::open(&path).unwrap();
    writer.execute_batch("PRAGMA cache_size = 1; BEGIN; DELETE FROM jintu_projects;").unwrap();
    let left = folder.path().join("left");
    fs::create_dir(&left).unwrap();
    let hot = left.join("a.jintu");
    fs::copy(&path, &hot).unwrap();
    fs::copy(folder.path().join("a.jintu-journal"), left.join("a.jintu-journal")).unwrap();
    drop(writer);
    assert_ne!(fs::read(&hot).unwrap(), fs::read(&path).unwrap(), "pages were written");
    let (workbook, lowered) = Workbook::open(&hot, &Access::Read, &base()).unwrap();
    assert!(*workbook.book() == sound);
    assert_eq!(lowered.catalogue.projects.len(), 138);
    assert_eq!(names(&left), ["a.jintu"]);
}
