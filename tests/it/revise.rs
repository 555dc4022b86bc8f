//! A newer text of the plan beside a workbook: what differs, and taking it over one by one.

use std::fs;

use jintu::{
    book::{By, Mark, ProjectRecord},
    catalogue::{
        edit::Refusal,
        lower::lower_book,
        revise::{self, Comparison, What, differing},
    },
    jobs::revise::{NewerText, compare},
    store::{SEEDS, book::Workbook},
};
use proptest::prelude::*;
use serde_json::Value;

use crate::{
    book_file::{make, open},
    cli::{Place, run, stderr},
    temp_folder::TempFolder,
};

const OLDER: &str = "甲市“十四五”综合交通规划\n\n第一章 重点任务\n\n\
专栏1 重点项目\n\
1.甲乙高速公路项目。总投资12亿元，全长30公里，设计时速120公里。\n\
2.丙河综合治理项目。总投资3亿元，治理河道18公里。\n\
3.丁镇水厂迁建项目。总投资1.5亿元，日供水2万吨。\n\
4.戊站站房改造项目。总投资0.5亿元，建筑面积3000平方米。\n\n\
第二章 保障措施\n\n加强组织领导，完善工作机制。\n";

fn newer() -> String {
    OLDER
        .replace("总投资12亿元，全长30公里", "总投资15.5亿元，全长32公里")
        .replace("2.丙河综合治理项目。总投资3亿元，治理河道18公里。\n", "")
        .replace("戊站站房改造", "戊站站房改扩建")
        .replace("\n第二章", "5.己镇产业园项目。总投资8亿元，占地500亩。\n\n第二章")
}

fn by() -> By {
    By { who: "王工".to_owned(), at: "2026-11-27T09:00:00+08:00".to_owned() }
}

fn mark() -> Mark {
    let By { who, at } = by();
    Mark { who, at, source: String::new() }
}

/// Begins a revision and compares.
fn compared(workbook: &mut Workbook, text: &str) -> Comparison {
    let newer = NewerText { bytes: text.as_bytes().into(), name: "新.txt".to_owned() };
    let begun = revise::begin(workbook.book(), &newer.plan_ref(), newer.bytes.clone(), &mark());
    let (revision, action) = begun.unwrap();
    if let Some(action) = action {
        workbook.act(&action, &by()).unwrap();
    }
    compare(workbook, &newer, &revision, &mark()).unwrap()
}

fn take(workbook: &mut Workbook, comparison: &Comparison, keys: &[String]) {
    let action = revise::take(workbook.book(), comparison, keys, &mark()).unwrap();
    workbook.act(&action, &by()).unwrap();
}

fn key(comparison: &Comparison, name: &str) -> String {
    comparison.differences.iter().find(|own| own.name.contains(name)).unwrap().key.clone()
}

#[test]
fn what_is_new_gone_and_reworded_is_found_and_nothing_else() {
    let folder = TempFolder::new("revise-found");
    let path = folder.path().join("a.jintu");
    make(&path, OLDER.as_bytes());
    let (mut workbook, _) = open(&path);
    let comparison = compared(&mut workbook, &newer());
    let told: Vec<(&str, &str)> =
        comparison.differences.iter().map(|own| (own.what.key(), own.name.as_str())).collect();
    assert_eq!(
        told,
        [
            ("new", "己镇产业园项目"),
            ("changed", "甲乙高速公路项目"),
            ("gone", "丙河综合治理项目"),
            ("changed", "戊站站房改造项目"),
        ]
    );
    assert_eq!(comparison.same, 1);
    let What::Changed(road) = &comparison.differences[1].what else { panic!() };
    assert_eq!(road.values.len(), 1);
    assert_eq!((road.values[0].field, &road.values[0].newer), ("investment_yi", &15.5.into()));
    let figures: Vec<(String, String)> = road
        .figures
        .iter()
        .map(|change| {
            let value = |fact: &Option<jintu::book::FactRecord>| fact.clone().unwrap().stated_value;
            (value(&change.older), value(&change.newer))
        })
        .collect();
    assert_eq!(figures, [("12".into(), "15.5".into()), ("30".into(), "32".into())]);
    let What::Changed(station) = &comparison.differences[3].what else { panic!() };
    assert_eq!(station.values.len(), 1);
    assert_eq!(station.values[0].newer, "戊站站房改扩建项目");
    assert!(station.figures.is_empty());
}

#[test]
fn the_same_text_has_no_differences() {
    let folder = TempFolder::new("revise-same");
    for (name, plan) in [("a.jintu", OLDER.as_bytes()), ("b.jintu", SEEDS.plan)] {
        let path = folder.path().join(name);
        make(&path, plan);
        let (mut workbook, _) = open(&path);
        let text = std::str::from_utf8(plan).unwrap().to_owned();
        let comparison = compared(&mut workbook, &text);
        assert_eq!(comparison.differences, []);
        assert_eq!(comparison.same, workbook.book().count(jintu::book::Table::Projects));
    }
}

#[test]
fn one_figure_of_the_real_plan_is_one_difference() {
    let folder = TempFolder::new("revise-real");
    let path = folder.path().join("a.jintu");
    make(&path, SEEDS.plan);
    let (mut workbook, _) = open(&path);
    let text = std::str::from_utf8(SEEDS.plan).unwrap().replacen("４１０ 亿元", "４２５ 亿元", 1);
    let comparison = compared(&mut workbook, &text);
    let keys: Vec<&str> = comparison.differences.iter().map(|own| own.key.as_str()).collect();
    assert_eq!(keys, ["B1-02"]);
    let before = workbook.book().get::<ProjectRecord>("B1-02").unwrap().unwrap();
    take(&mut workbook, &comparison, &["B1-02".to_owned()]);
    let after = workbook.book().get::<ProjectRecord>("B1-02").unwrap().unwrap();
    assert_eq!(after.number("investment_yi"), Some(425.0));
    assert_eq!(after.fields["investment_yi"].stated, before.fields["investment_yi"].stated);
    assert_eq!(after.facts, before.facts, "what the plan says stays");
    assert_eq!(after.updates.len(), before.updates.len() + 1);
}

#[test]
fn what_is_taken_over_stands_beside_what_was_stated_and_can_be_undone() {
    let folder = TempFolder::new("revise-take");
    let path = folder.path().join("a.jintu");
    make(&path, OLDER.as_bytes());
    let (mut workbook, _) = open(&path);
    let comparison = compared(&mut workbook, &newer());
    let before = workbook.book().clone();
    let road = key(&comparison, "甲乙高速");
    take(&mut workbook, &comparison, std::slice::from_ref(&road));
    let record = workbook.book().get::<ProjectRecord>(&road).unwrap().unwrap();
    let money = &record.fields["investment_yi"];
    assert_eq!(money.stated.as_ref().unwrap().value, 12.0);
    let later = money.later.as_ref().unwrap();
    assert_eq!(later.value, 15.5);
    assert_eq!((later.mark.who.as_str(), later.mark.source.contains("新.txt")), ("王工", true));
    let changes = &record.updates.last().unwrap().changes;
    assert_eq!(changes.len(), 2);
    assert_eq!(
        (changes[0].stated.zh.as_str(), changes[0].later.zh.as_str()),
        ("12亿元", "15.5亿元")
    );
    // The words that a change is about are found in the older text.
    let lowered = lower_book(workbook.book(), OLDER.as_bytes(), workbook.base()).catalogue;
    let change = &lowered.project(&road).unwrap().updates.last().unwrap().changes[0];
    assert_eq!(lowered.plan.text.slice(change.words), "总投资12亿元");

    let others: Vec<String> = comparison
        .differences
        .iter()
        .map(|own| own.key.clone())
        .filter(|own| *own != road)
        .collect();
    take(&mut workbook, &comparison, &others);
    let lowered = lower_book(workbook.book(), OLDER.as_bytes(), workbook.base());
    let names: Vec<&str> =
        lowered.catalogue.projects.iter().map(|own| own.name.zh.as_str()).collect();
    assert!(names.contains(&"己镇产业园项目") && names.contains(&"戊站站房改扩建项目"));
    assert!(!names.contains(&"丙河综合治理项目"));
    // Its words are those of another text: nothing of this one is taken for them.
    let park = lowered.catalogue.projects.iter().find(|own| own.name.zh.contains("己镇")).unwrap();
    assert_eq!(lowered.catalogue.plan.text.slice(park.words), "");
    assert!(park.facts.iter().all(|fact| fact.range.start == fact.range.end));
    assert!((park.investment.unwrap().yi - 8.0).abs() < 1e-9);
    assert!(park.updates[0].text.zh.contains("占地500亩"));

    let decided = revise::decisions(workbook.book(), &comparison.revision).unwrap();
    assert_eq!(decided.len(), 4);
    assert!(decided.values().all(|own| own.taken));
    // Compared again, nothing is left: the same revision, and what it says is in effect.
    let again = compared(&mut workbook, &newer());
    assert_eq!(again.revision, comparison.revision);
    workbook.undo(&by()).unwrap();
    workbook.undo(&by()).unwrap();
    assert_eq!(workbook.book(), &before);
    workbook.close().unwrap();
    let (workbook, _) = open(&path);
    let newer = jintu::jobs::revise::last_text(&workbook).unwrap().unwrap();
    assert_eq!(newer.name, "新.txt");
}

#[test]
fn what_is_left_stays_and_is_noted() {
    let folder = TempFolder::new("revise-leave");
    let path = folder.path().join("a.jintu");
    make(&path, OLDER.as_bytes());
    let (mut workbook, _) = open(&path);
    let comparison = compared(&mut workbook, &newer());
    let river = key(&comparison, "丙河");
    let keys = [river.clone()];
    let action = revise::leave(workbook.book(), &comparison, &keys, &mark()).unwrap();
    workbook.act(&action, &by()).unwrap();
    assert!(workbook.book().get::<ProjectRecord>(&river).unwrap().unwrap().is_listed());
    let decided = revise::decisions(workbook.book(), &comparison.revision).unwrap();
    assert!(!decided[&river].taken);
    let refused = revise::take(workbook.book(), &comparison, &["B9-99".to_owned()], &mark());
    assert_eq!(refused, Err(Refusal::NoDifference("B9-99".to_owned())));
}

#[test]
fn the_command_line_lists_and_takes() {
    let place = Place::new();
    let (book, plan) = (place.path("a.jintu"), place.path("新.txt"));
    fs::write(place.path("旧.txt"), OLDER).unwrap();
    fs::write(&plan, newer()).unwrap();
    assert!(run(&["new", &book, "--plan", &place.path("旧.txt")]).status.success());
    let before = fs::read(&book).unwrap();
    let json = |more: &[&str]| -> Value {
        let args = [&["revise", &book, "--plan", &plan, "--format", "json"], more].concat();
        let output = run(&args);
        assert!(output.status.success(), "{}", stderr(&output));
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let listed = json(&[]);
    assert_eq!(listed["differences"].as_array().unwrap().len(), 4);
    assert_eq!(listed["differences"][0]["taken"], Value::Null);
    assert_eq!(fs::read(&book).unwrap(), before, "listing changes nothing");
    let road = listed["differences"][1]["key"].as_str().unwrap();
    let taken = json(&["--take", road]);
    assert_eq!(taken["differences"][1]["taken"], true);
    let all = json(&["--take-all"]);
    let decided = all["differences"].as_array().unwrap().iter().all(|own| own["taken"] == true);
    assert!(decided);
    let unknown = run(&["revise", &book, "--plan", &plan, "--take", "X"]);
    assert_eq!(unknown.status.code(), Some(2));
    let gone = run(&["revise", &book, "--plan", &place.path("没有.txt")]);
    assert_eq!(gone.status.code(), Some(1));
}

#[test]
fn what_is_no_plan_or_another_plan_is_told_and_takes_nothing() {
    let place = Place::new();
    let (book, plan) = (place.path("a.jintu"), place.path("新.txt"));
    fs::write(place.path("旧.txt"), OLDER).unwrap();
    assert!(run(&["new", &book, "--plan", &place.path("旧.txt")]).status.success());
    let before = fs::read(&book).unwrap();
    let byte = |n: u32| n.wrapping_mul(2_654_435_761).to_be_bytes()[0];
    let noise: Vec<u8> = (0..4000).map(byte).collect();
    for bytes in [
        &b""[..],
        b" 
	
",
        &noise,
    ] {
        fs::write(&plan, bytes).unwrap();
        for more in [&["--take-all"][..], &[], &["--format", "json"]] {
            let told = run(&[&["revise", &book, "--plan", &plan], more].concat());
            assert_ne!(told.status.code(), Some(0), "{more:?}");
            assert!(!stderr(&told).is_empty());
        }
        assert_eq!(fs::read(&book).unwrap(), before);
    }
    // Another plan is a text, and may be meant; it is told that nothing is in both.
    fs::write(&plan, "乙市水利规划\n\n专栏1\n1.庚湖水库工程。总投资5亿元，库容800万立方米。\n")
        .unwrap();
    let told = run(&["revise", &book, "--plan", &plan]);
    assert!(told.status.success());
    let told = String::from_utf8(told.stdout).unwrap();
    assert!(told.contains("找不到工作簿里的任何一个项目"), "{told}");
    fs::write(&plan, newer()).unwrap();
    let told = run(&["revise", &book, "--plan", &plan]);
    assert!(!String::from_utf8(told.stdout).unwrap().contains("找不到"));
}

/// What is left of a text without some of its bytes.
fn without(text: &str, ranges: &[std::ops::Range<usize>]) -> String {
    let kept = |at: &usize| !ranges.iter().any(|range| range.contains(at));
    text.char_indices().filter(|(at, _)| kept(at)).map(|(_, c)| c).collect()
}

proptest! {
    #[test]
    fn without_the_differing_words_both_say_the_same(
        a in "[甲乙丙12]{0,12}", b in "[甲乙丙12]{0,12}"
    ) {
        let (left, right) = differing(&a, &b);
        prop_assert_eq!(without(&a, &left), without(&b, &right));
        if a == b {
            prop_assert!(left.is_empty() && right.is_empty());
        }
    }
}
