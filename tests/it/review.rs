//! The review of what was recognised: what is decided is in the records with who and when, words that
//! are chosen keep their exact bytes, everything is taken back step by step, and all of it is there
//! when the workbook is opened anew.

use std::{fs, path::Path};

use jintu::{
    app::{
        Action, BookEdit, BookStep, Overlay, ReviewStep, browse,
        review::{Showing, Stage, Told},
    },
    book::{Book, ProjectRecord, sha256},
    catalogue::edit::{self, Refusal},
    jobs::book::base,
    plan::{Certainty, Quantity},
    units::{SourceSpan, TextRange},
};

use crate::{
    book_file::{by, make, mark, open},
    temp_folder::TempFolder,
    workbook::{Desk, opened},
};

/// A box with two items, two works of the running text, money without a project, and words that name
/// a work to a reader only. Full-width digits stand in it, so that text and file differ.
const PLAN: &str = "某市规划\n一、交通\n专栏1 交通项目\n1.晋源区东西大道。全长12公里，总投资约3.5亿元。\n\
                    2.清徐县客运站。占地20亩。\n二、产业\n新建云溪大道，全长18.6公里，总投资4.2亿元。\
                    改造滨河湿地公园，占地300亩。\n本市还将安排其他投资9.9亿元。\n\
                    老城记忆，投资１．８亿元，长40公里，由文化局负责。\n";

fn bytes_of(words: &str) -> SourceSpan {
    let start = PLAN.find(words).unwrap_or_else(|| panic!("no {words}"));
    SourceSpan { start, end: start + words.len() }
}

fn at(span: SourceSpan) -> &'static str {
    PLAN.get(span.start..span.end).unwrap()
}

fn record(book: &Book, id: &str) -> ProjectRecord {
    book.get(id).unwrap().unwrap_or_else(|| panic!("no {id}"))
}

/// A window with a workbook of the plan, made as a user makes it.
fn desk(folder: &Path) -> Desk {
    let plan = folder.join("plan.txt");
    fs::write(&plan, PLAN).unwrap();
    let mut desk = Desk::new();
    desk.step(BookStep::AskPlan);
    desk.act(Action::FilesChosen { purpose: browse::Purpose::Plan, paths: vec![plan] });
    let paths = vec![folder.join("a.jintu")];
    desk.act(Action::FilesChosen { purpose: browse::Purpose::Workbook, paths });
    assert_eq!(desk.problems(), [] as [String; 0]);
    desk
}

fn review(desk: &mut Desk, step: ReviewStep) {
    desk.act(Action::Review(step));
}

fn stages(desk: &Desk) -> Vec<(String, Stage)> {
    let rows = desk.state.review.as_ref().unwrap().rows.iter();
    rows.map(|row| (row.id.clone(), row.stage.clone())).collect()
}

fn stage(desk: &Desk, id: &str) -> Stage {
    stages(desk).into_iter().find(|(own, _)| own == id).unwrap().1
}

fn looked_at(desk: &Desk) -> Option<&str> {
    desk.state.review.as_ref()?.at.as_deref()
}

#[test]
fn chosen_words_become_a_project_with_their_exact_bytes() {
    let folder = TempFolder::new("review-words");
    let path = folder.path().join("a.jintu");
    make(&path, PLAN.as_bytes());
    let (mut workbook, catalogue) = open(&path);
    let plan = catalogue.plan.clone();
    let words = "老城记忆，投资１．８亿元，长40公里";
    let span = bytes_of(words);
    let (id, action) =
        edit::project_of_words(workbook.book(), &plan, &base(), span, &mark()).unwrap();
    assert_eq!(id, "H-1");
    let acted = workbook.act(&action, &by(1)).unwrap();
    let own = record(workbook.book(), &id);
    // The words up to the first stop, because figures follow.
    assert_eq!(own.text("name"), Some("老城记忆"));
    assert_eq!(own.origin.span(), Some(span));
    assert_eq!(at(own.origin.span().unwrap()), words);
    let jintu::book::Origin::Plan { plan: hash, .. } = &own.origin else { panic!("{own:?}") };
    assert_eq!(*hash, sha256(PLAN.as_bytes()));
    assert_eq!(own.marked, Some(mark()));
    let mut facts: Vec<(&str, f64, &str)> =
        own.facts.iter().map(|fact| (fact.quantity.as_str(), fact.value, at(fact.span))).collect();
    facts.sort_by_key(|fact| fact.0);
    let money = facts.iter().find(|fact| fact.0 == Quantity::Investment.as_str()).unwrap();
    assert!((money.1 - 1.8).abs() < 1e-9 && money.2.contains("１．８亿元"), "{money:?}");
    let length = facts.iter().find(|fact| fact.0 == Quantity::Length.as_str()).unwrap();
    assert!((length.1 - 40.0).abs() < 1e-9 && length.2.contains("40公里"), "{length:?}");
    assert_eq!(facts.len(), 2, "{facts:?}");
    // The investment says which bytes state it.
    let stated = own.fields["investment_yi"].stated.as_ref().unwrap();
    assert_eq!(stated.value.as_f64(), Some(1.8));
    assert!(at(stated.span.unwrap()).contains("１．８亿元"));
    let project = acted.projects[&id].as_ref().unwrap();
    assert_eq!(plan.text.slice(project.project.words), "老城记忆，投资1.8亿元，长40公里");
    assert_eq!(project.project.marked, Some(mark()));
    workbook.undo(&by(2)).unwrap();
    assert_eq!(workbook.book().get::<ProjectRecord>(&id).unwrap(), None);
    workbook.redo(&by(3)).unwrap();
    drop(workbook);
    let (workbook, catalogue) = open(&path);
    assert_eq!(record(workbook.book(), &id), own);
    assert_eq!(*catalogue.project(&id).unwrap(), project.project);
    // A name without figures is the words as they are.
    let span = bytes_of("由文化局负责");
    let (_, action) =
        edit::project_of_words(workbook.book(), &plan, &base(), span, &mark()).unwrap();
    assert!(action.words.zh.contains("H-2 由文化局负责"), "{:?}", action.words);
}

#[test]
fn chosen_words_are_added_to_a_project_once() {
    let folder = TempFolder::new("review-add");
    let path = folder.path().join("a.jintu");
    make(&path, PLAN.as_bytes());
    let (mut workbook, catalogue) = open(&path);
    let plan = catalogue.plan.clone();
    let before = record(workbook.book(), "B1-02");
    assert_eq!(before.number("investment_yi"), None);
    let span = bytes_of("安排其他投资9.9亿元");
    let action = edit::add_words(workbook.book(), &plan, "B1-02", span, &mark()).unwrap();
    workbook.act(&action, &by(1)).unwrap();
    let own = record(workbook.book(), "B1-02");
    assert_eq!(own.mentions, [span]);
    let new: Vec<_> = own.facts.iter().filter(|fact| fact.by_hand == Some(mark())).collect();
    assert_eq!(new.len(), 1);
    assert!(at(new[0].span).contains("9.9亿元"));
    assert_eq!(own.facts.len(), before.facts.len() + 1);
    // It had no investment: this one stands, by hand, on these words.
    let later = own.fields["investment_yi"].later.as_ref().unwrap();
    assert_eq!(later.value.as_f64(), Some(9.9));
    assert_eq!((later.mark.who.as_str(), later.mark.source.as_str()), ("测试", at(span)));
    let again = edit::add_words(workbook.book(), &plan, "B1-02", span, &mark());
    assert_eq!(again, Err(Refusal::HasWords("B1-02".to_owned())));
    // What the plan states of another is not written over.
    let action = edit::add_words(workbook.book(), &plan, "B1-01", span, &mark()).unwrap();
    workbook.act(&action, &by(2)).unwrap();
    assert!(!record(workbook.book(), "B1-01").is_set("investment_yi"));
    workbook.undo(&by(3)).unwrap();
    workbook.undo(&by(4)).unwrap();
    assert_eq!(record(workbook.book(), "B1-02"), before);
    for nowhere in [SourceSpan { start: 3, end: 3 }, SourceSpan { start: 9_999, end: 10_000 }] {
        let refused = edit::add_words(workbook.book(), &plan, "B1-02", nowhere, &mark());
        assert_eq!(refused, Err(Refusal::NoWords), "{nowhere:?}");
        let refused =
            edit::project_of_words(workbook.book(), &plan, &base(), nowhere, &mark()).err();
        assert_eq!(refused, Some(Refusal::NoWords), "{nowhere:?}");
    }
    let refused = edit::add_words(workbook.book(), &plan, "X-1", span, &mark());
    assert_eq!(refused, Err(Refusal::NoProject("X-1".to_owned())));
}

#[test]
fn a_new_workbook_offers_the_review_and_tells_how_each_was_recognised() {
    let folder = TempFolder::new("review-offer");
    let mut desk = desk(folder.path());
    let offers: Vec<&str> = desk.state.notices.iter().filter_map(|notice| notice.offers).collect();
    assert_eq!(offers, ["review"]);
    assert_eq!(desk.state.review, None, "it is not forced upon anybody");
    review(&mut desk, ReviewStep::Open);
    let own = desk.state.review.clone().unwrap();
    let told: Vec<(&str, Told)> = own.rows.iter().map(|row| (row.id.as_str(), row.told)).collect();
    let expected = [
        ("B1-01", Told::Listed),
        ("B1-02", Told::Listed),
        ("P-2-01", Told::Proposed(Certainty::High)),
        ("P-2-02", Told::Proposed(Certainty::Middle)),
    ];
    assert_eq!(told, expected);
    assert_eq!(
        (own.reviewed(), own.count(Showing::Waiting), own.count(Showing::Unsure)),
        (0, 4, 1)
    );
    // The name of each stands where its words are, and the figures among them.
    let plan = &desk.state.catalogue.plan;
    for row in own.rows.iter() {
        assert_eq!(plan.text.slice(row.name_at.unwrap()), row.name);
        let words = row.words.unwrap();
        assert!(row.figures.iter().all(|figure| words.contains(*figure)), "{row:?}");
        assert_eq!(own.row_at(row.name_at.unwrap().start).map(|own| &own.id), Some(&row.id));
    }
    let road = &own.rows[2];
    assert_eq!(
        plan.text.slice(road.words.unwrap()).trim_end_matches('。'),
        "新建云溪大道，全长18.6公里，总投资4.2亿元"
    );
    // Money without a project is told.
    let unread = |range: TextRange| plan.text.slice(range).contains("9.9亿元");
    assert!(
        own.findings
            .iter()
            .any(|own| own.at.is_some_and(|(range, line)| unread(range) && line == 8))
    );
    // A workbook in which something was done offers nothing when it is opened again.
    review(&mut desk, ReviewStep::Accept);
    drop(desk);
    let again = opened(&folder.path().join("a.jintu"));
    assert!(again.state.notices.iter().all(|notice| notice.offers.is_none()));
}

#[test]
fn what_is_decided_goes_on_to_the_next_and_is_taken_back_step_by_step() {
    let folder = TempFolder::new("review-decide");
    let mut desk = desk(folder.path());
    review(&mut desk, ReviewStep::Open);
    assert_eq!(looked_at(&desk), Some("B1-01"));
    assert_eq!(desk.state.selected, ["B1-01"], "its pin stands out");
    let words = desk.state.catalogue.project("B1-01").unwrap().words;
    assert_eq!(desk.state.words.unwrap().range, words, "its words are scrolled to");
    review(&mut desk, ReviewStep::Accept);
    assert_eq!(looked_at(&desk), Some("B1-02"));
    let Stage::Accepted(by) = stage(&desk, "B1-01") else { panic!("{:?}", stages(&desk)) };
    assert!(!by.who.is_empty() && by.at.len() > 18, "{by:?}");
    review(&mut desk, ReviewStep::Skip);
    assert!(matches!(stage(&desk, "B1-02"), Stage::Skipped(_)));
    assert_eq!(desk.state.catalogue.project("B1-02"), None);
    assert_eq!(looked_at(&desk), Some("P-2-01"));
    // One that was skipped is still in the list, and its words are shown.
    review(&mut desk, ReviewStep::Go("B1-02".to_owned()));
    assert_eq!((looked_at(&desk), desk.state.focus.as_deref()), (Some("B1-02"), None));
    review(&mut desk, ReviewStep::Move(1));
    let (id, into) = ("P-2-01".to_owned(), "B1-01".to_owned());
    desk.step(BookStep::Edit(BookEdit::Merge { id, into }));
    assert!(matches!(stage(&desk, "P-2-01"), Stage::Merged { into, .. } if into == "B1-01"));
    review(&mut desk, ReviewStep::AcceptAll);
    assert!(matches!(stage(&desk, "P-2-02"), Stage::Accepted(_)));
    assert!(matches!(stage(&desk, "B1-02"), Stage::Skipped(_)), "what was taken out stays out");
    assert_eq!(desk.state.review.as_ref().unwrap().reviewed(), 4);
    let done = stages(&desk);
    // After opening anew everything is as it was decided.
    drop(desk);
    let mut desk = opened(&folder.path().join("a.jintu"));
    review(&mut desk, ReviewStep::Open);
    assert_eq!(stages(&desk), done);
    // Going about in the list is no step that is taken back.
    review(&mut desk, ReviewStep::Move(1));
    desk.act(Action::Undo);
    assert_eq!(stage(&desk, "P-2-02"), Stage::Waiting);
    desk.act(Action::Undo);
    assert_eq!(stage(&desk, "P-2-01"), Stage::Waiting);
    desk.act(Action::Undo);
    assert_eq!(stage(&desk, "B1-02"), Stage::Waiting);
    desk.act(Action::Undo);
    assert!(stages(&desk).iter().all(|(_, stage)| *stage == Stage::Waiting));
    desk.act(Action::Redo);
    assert_eq!(stage(&desk, "B1-01"), done[0].1, "who accepted it, and when, comes back");
    // Accepting what was skipped brings it back.
    review(&mut desk, ReviewStep::Go("B1-02".to_owned()));
    review(&mut desk, ReviewStep::Skip);
    review(&mut desk, ReviewStep::Go("B1-02".to_owned()));
    review(&mut desk, ReviewStep::Accept);
    assert!(desk.state.catalogue.project("B1-02").is_some());
    desk.step(BookStep::Edit(BookEdit::LeaveOpen { id: "B1-02".to_owned() }));
    assert_eq!(stage(&desk, "B1-02"), Stage::Waiting);
    assert_eq!(desk.problems(), [] as [String; 0]);
}

#[test]
fn words_chosen_in_the_review_are_looked_at_and_kept() {
    let folder = TempFolder::new("review-mark");
    let mut desk = desk(folder.path());
    review(&mut desk, ReviewStep::Open);
    let range = desk.state.catalogue.plan.text.find("老城记忆", 0).unwrap();
    review(&mut desk, ReviewStep::Mark(range));
    assert_eq!(looked_at(&desk), Some("H-1"));
    assert_eq!(desk.name("H-1").as_deref(), Some("老城记忆"));
    let rows = desk.state.review.as_ref().unwrap().rows.clone();
    let own = rows.iter().find(|row| row.id == "H-1").unwrap();
    assert_eq!((own.told, own.words), (Told::Hand, Some(range)));
    assert!(matches!(own.stage, Stage::ByHand(_)));
    let money = desk.state.catalogue.plan.text.find("投资1.8亿元", 0).unwrap();
    review(&mut desk, ReviewStep::AddTo("H-1".to_owned(), money));
    let project = desk.state.catalogue.project("H-1").unwrap().clone();
    assert_eq!(project.investment.map(|own| own.yi), Some(1.8));
    assert!(project.facts[0].by_hand.is_some());
    // A name that is set stands beside the words, and the review shows it.
    desk.set("H-1", "name", "老城记忆改造");
    let rows = desk.state.review.as_ref().unwrap().rows.clone();
    assert_eq!(rows.iter().find(|row| row.id == "H-1").unwrap().name, "老城记忆改造");
    drop(desk);
    let again = opened(&folder.path().join("a.jintu"));
    let own = again.state.catalogue.project("H-1").unwrap();
    assert_eq!(own.words, range);
    assert!(own.marked.is_some() && own.set.iter().any(|set| set.field == "name"));
}

#[test]
fn the_plan_of_the_program_needs_a_copy_and_what_is_only_read_is_told() {
    let folder = TempFolder::new("review-copy");
    let mut desk = Desk::new();
    review(&mut desk, ReviewStep::Open);
    assert_eq!((desk.state.review.clone(), &desk.state.overlay), (None, &Overlay::KeepCopy));
    desk.step(BookStep::AskPlace);
    let path = folder.path().join("a.jintu");
    let purpose = browse::Purpose::Workbook;
    desk.act(Action::FilesChosen { purpose, paths: vec![path.clone()] });
    // The copy was made for the review, which opens.
    let rows = desk.state.review.as_ref().unwrap().rows.clone();
    assert_eq!(rows.iter().filter(|row| row.told == Told::Listed).count(), 38);
    assert!(rows.iter().all(|row| !row.told.is_unsure()));
    // A copy that is asked for and given up opens nothing later.
    let mut other = Desk::new();
    review(&mut other, ReviewStep::Open);
    other.step(BookStep::SetEditing(false));
    other.act(Action::CloseOverlay);
    other.step(BookStep::Open(path));
    assert_eq!(other.state.review, None);
    // It is held by the first window: it is only read, and says so.
    assert!(other.state.workbook.shown.read_only.is_some());
    review(&mut other, ReviewStep::Open);
    assert_eq!((other.state.review.clone(), other.problems().len()), (None, 1));
}
