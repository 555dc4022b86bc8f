//! Random actions, undone, redone, restored and reopened, against a model that keeps whole states.

use std::{fs, path::PathBuf};

use jintu::{
    book::{Book, Draft, NoteRecord, Table, Words},
    catalogue::{Accuracy, edit},
    jobs::book::base,
    store::book::{BookError, Integrity, Workbook},
};
use proptest::prelude::*;

use crate::{
    book_file::{PLAN, by, make, mark, open},
    temp_folder::TempFolder,
};

#[derive(Debug, Clone)]
enum Step {
    Set(usize, usize, String),
    Place(usize, i32, i32),
    ClearPlace(usize),
    Add(String),
    Remove(usize),
    BringBack(usize),
    Merge(usize, usize),
    Note(u8, String),
    NoNote(u8),
    Undo,
    Redo,
    Restore(usize),
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    let id = 0..6usize;
    let words = "[一-十a-z '\"%;]{0,6}";
    prop_oneof![
        4 => (id.clone(), 0..6usize, words).prop_map(|(id, f, text)| Step::Set(id, f, text)),
        2 => (id.clone(), -200..200, -100..100).prop_map(|(id, x, y)| Step::Place(id, x, y)),
        1 => id.clone().prop_map(Step::ClearPlace),
        1 => words.prop_map(Step::Add),
        1 => id.clone().prop_map(Step::Remove),
        1 => id.clone().prop_map(Step::BringBack),
        1 => (id.clone(), id).prop_map(|(a, b)| Step::Merge(a, b)),
        2 => (0..4u8, words).prop_map(|(n, text)| Step::Note(n, text)),
        1 => (0..4u8).prop_map(Step::NoNote),
        3 => Just(Step::Undo),
        2 => Just(Step::Redo),
        1 => (0..40usize).prop_map(Step::Restore),
        1 => Just(Step::Reopen),
    ]
}

/// What must be: whole states, nothing about changes.
struct Model {
    now: Book,
    /// The state after each entry of the log; entry 1 is the making.
    after: Vec<Book>,
    /// States before and after what can be undone, and redone.
    done: Vec<(Book, Book)>,
    undone: Vec<(Book, Book)>,
}

impl Model {
    fn did(&mut self, now: Book) {
        self.done.push((self.now.clone(), now.clone()));
        self.undone.clear();
        self.went(now);
    }

    fn went(&mut self, now: Book) {
        self.after.push(now.clone());
        self.now = now;
    }
}

fn id(book: &Book, n: usize) -> String {
    let keys: Vec<&str> = book.texts(Table::Projects).map(|(key, _)| key).collect();
    keys[n % keys.len()].to_owned()
}

const FIELDS: [&str; 6] = ["name", "note", "investment_yi", "status", "organisations", "length_km"];

/// The action of a step; `None` where it is refused.
fn action(book: &Book, step: &Step) -> Option<jintu::book::Action> {
    let mark = mark();
    match step {
        Step::Set(n, field, text) => {
            edit::set(book, &base(), &id(book, *n), FIELDS[*field], text, &mark).ok()
        }
        Step::Place(n, x, y) => {
            let at = geo::Point::new(f64::from(*x), f64::from(*y)).into();
            edit::place(book, &id(book, *n), &at, Accuracy::Block, &mark).ok()
        }
        Step::ClearPlace(n) => edit::clear_place(book, &id(book, *n)).ok(),
        Step::Add(name) => edit::add(book, name, &mark).ok().map(|(_, action)| action),
        Step::Remove(n) => edit::remove(book, &id(book, *n), &mark).ok(),
        Step::BringBack(n) => edit::bring_back(book, &id(book, *n)).ok(),
        Step::Merge(a, b) => edit::merge(book, &id(book, *a), &id(book, *b), &mark).ok(),
        Step::Note(n, text) => {
            let mut draft = Draft::new(book);
            let note = NoteRecord {
                id: n.to_string(),
                at: [0.0, f64::from(*n)],
                text: text.clone(),
                project: None,
                mark,
            };
            draft.put(&note).unwrap();
            draft.finish(Words::default())
        }
        Step::NoNote(n) => {
            let mut draft = Draft::new(book);
            draft.remove::<NoteRecord>(&n.to_string());
            draft.finish(Words::default())
        }
        Step::Undo | Step::Redo | Step::Restore(_) | Step::Reopen => None,
    }
}

fn run(steps: &[Step]) {
    let folder = TempFolder::new("book-property");
    let path = folder.path().join("a.jintu");
    make(&path, PLAN.as_bytes());
    let (first, _) = open(&path);
    let start = first.book().clone();
    let mut model =
        Model { now: start.clone(), after: vec![start], done: Vec::new(), undone: Vec::new() };
    let mut workbook = Some(first);
    for (i, step) in steps.iter().enumerate() {
        let mut own = workbook.take().unwrap();
        let by = by(i as u64);
        match step {
            Step::Undo => match (own.undo(&by), model.done.pop()) {
                (Ok(_), Some((before, after))) => {
                    model.went(before.clone());
                    model.undone.push((before, after));
                }
                (Err(BookError::NothingToUndo), None) => {}
                (got, wanted) => panic!("{got:?} {}", wanted.is_some()),
            },
            Step::Redo => match (own.redo(&by), model.undone.pop()) {
                (Ok(_), Some((before, after))) => {
                    model.went(after.clone());
                    model.done.push((before, after));
                }
                (Err(BookError::NothingToRedo), None) => {}
                (got, wanted) => panic!("{got:?} {}", wanted.is_some()),
            },
            Step::Restore(n) => {
                let n = n % model.after.len();
                own.restore(n as u64 + 1, &by).unwrap();
                let then = model.after[n].clone();
                model.did(then);
            }
            Step::Reopen => {
                own.close().unwrap();
                own = open(&path).0;
                assert_eq!(own.integrity().unwrap(), Integrity::Sound);
            }
            other => {
                if let Some(action) = action(own.book(), other) {
                    let mut now = model.now.clone();
                    now.apply(&action.changes).unwrap();
                    own.act(&action, &by).unwrap();
                    model.did(now);
                    // What was true a moment ago is refused and leaves everything.
                    if !action.changes.is_empty() {
                        let stale = own.act(&action, &by);
                        assert!(matches!(stale, Err(BookError::Conflict(_))), "{stale:?}");
                    }
                }
            }
        }
        assert!(*own.book() == model.now, "after step {i} {step:?}");
        workbook = Some(own);
    }
    drop(workbook);
    let (last, catalogue) = open(&path);
    assert!(*last.book() == model.now, "on disk");
    assert_eq!(last.log().unwrap().len(), model.after.len());
    drop(last);
    rows_are_those_of(&path, &catalogue);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "one file is left");
}

/// What other programs read says the same as the catalogue.
fn rows_are_those_of(path: &PathBuf, catalogue: &jintu::catalogue::Catalogue) {
    let file = rusqlite::Connection::open(path).unwrap();
    let rows = |sql: &str| -> Vec<(String, Option<String>)> {
        let mut all = file.prepare(sql).unwrap();
        let all = all.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        all.map(Result::unwrap).collect()
    };
    let mut wanted: Vec<(String, Option<String>)> =
        catalogue.projects.iter().map(|own| (own.id.clone(), Some(own.name.zh.clone()))).collect();
    wanted.sort();
    assert_eq!(rows("SELECT \"编号\", \"名称\" FROM \"项目\" ORDER BY 1"), wanted);
    let placed: Vec<String> = rows("SELECT \"编号\", \"名称\" FROM \"项目_点\" ORDER BY 1")
        .into_iter()
        .map(|r| r.0)
        .collect();
    let mut located: Vec<String> = catalogue
        .projects
        .iter()
        .filter(|own| own.is_located())
        .map(|own| own.id.clone())
        .collect();
    located.sort();
    assert_eq!(placed, located);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn random_actions_come_out_as_whole_states_say(steps in prop::collection::vec(step(), 1..40)) {
        run(&steps);
    }
}

#[test]
fn a_workbook_opens_for_who_was_refused_before() {
    let folder = TempFolder::new("book-after");
    let path = folder.path().join("a.jintu");
    make(&path, PLAN.as_bytes());
    let access = crate::book_file::writer();
    let first = Workbook::open(&path, &access, &base()).unwrap().0;
    assert!(Workbook::open(&path, &access, &base()).unwrap().0.read_only().is_some());
    drop(first);
    assert!(Workbook::open(&path, &access, &base()).unwrap().0.read_only().is_none());
}
