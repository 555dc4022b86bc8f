//! The review through the window, by accessible names: from a plan to projects that somebody has
//! looked at, by mouse and by keys.

use std::{
    fs,
    path::Path,
    sync::{Arc, Mutex},
};

use egui_kittest::{Harness, kittest::Queryable as _};
use jintu::{
    app::{Action, BookStep, Job, Language, Order, Settings, browse, review::Stage},
    jobs::{Report, Services, run},
    ui::Shell,
};

use crate::{
    real::catalogue,
    temp_folder::TempFolder,
    ui::{click, press, seen, settle, window},
};

const PLAN: &str = "某市规划\n一、交通\n专栏1 交通项目\n1.晋源区东西大道。全长12公里，总投资约3.5亿元。\n\
                    2.清徐县客运站。占地20亩。\n二、产业\n新建云溪大道，全长18.6公里，总投资4.2亿元。\
                    改造滨河湿地公园，占地300亩。\n本市还将安排其他投资9.9亿元。\n\
                    老城记忆，投资1.8亿元，长40公里，由文化局负责。\n";

/// Does what the window asks for until it asks for nothing more.
fn work(harness: &mut Harness<'_, Shell>, services: &Services) {
    loop {
        settle(harness);
        let jobs = harness.state_mut().take_jobs();
        let mut heard: Vec<Action> = Vec::new();
        for job in jobs {
            heard.extend(done(job, services));
        }
        if heard.is_empty() {
            return;
        }
        for action in heard {
            harness.state_mut().begin(action);
        }
    }
}

fn done(job: Job, services: &Services) -> Vec<Action> {
    // Settings are the user's, and nobody is asked for a file here.
    if !matches!(job.order, Order::Workbook(_)) {
        return vec![Action::JobEnded { job: job.id, broke: false }];
    }
    let heard = Arc::new(Mutex::new(Vec::new()));
    let own = heard.clone();
    let report: Box<Report> = Box::new(move |action| own.lock().unwrap().push(action));
    run(job, services, &*report);
    drop(report);
    Arc::into_inner(heard).unwrap().into_inner().unwrap()
}

fn act(harness: &mut Harness<'_, Shell>, services: &Services, action: Action) {
    harness.state_mut().begin(action);
    work(harness, services);
}

/// A window in which a workbook was just made of the plan.
fn made(folder: &Path, size: [f32; 2], settings: Settings) -> (Harness<'static, Shell>, Services) {
    let plan = folder.join("plan.txt");
    fs::write(&plan, PLAN).unwrap();
    let services = Services::new(&catalogue(), None, None, Arc::new(|| ()));
    let mut harness = window(size, settings);
    act(&mut harness, &services, Action::Workbook(BookStep::AskPlan));
    let of = |purpose, path| Action::FilesChosen { purpose, paths: vec![path] };
    act(&mut harness, &services, of(browse::Purpose::Plan, plan));
    act(&mut harness, &services, of(browse::Purpose::Workbook, folder.join("a.jintu")));
    (harness, services)
}

fn stage(harness: &Harness<'_, Shell>, id: &str) -> Stage {
    let review = harness.state().state().review.as_ref().expect("the review is open");
    review.rows.iter().find(|row| row.id == id).unwrap().stage.clone()
}

fn at(harness: &Harness<'_, Shell>) -> Option<String> {
    harness.state().state().review.as_ref().and_then(|review| review.at.clone())
}

const NONE: egui::Modifiers = egui::Modifiers::NONE;

#[test]
fn a_plan_is_reviewed_by_keys_and_found_words_become_a_project() {
    let folder = TempFolder::new("ui-review");
    let (mut harness, services) = made(folder.path(), [1280.0, 800.0], Settings::default());
    let harness = &mut harness;
    assert!(seen(harness, "认出 4 个项目") && seen(harness, "其中 1 个把握不大"));
    harness.get_by_label("复核识别结果 F4").click();
    work(harness, &services);
    assert!(seen(harness, "已复核 0 / 4"));
    assert!(seen(harness, "专栏中单独列出的一条。"), "why it was recognised");
    assert_eq!(at(harness).as_deref(), Some("B1-01"));
    press(harness, NONE, egui::Key::Enter);
    work(harness, &services);
    assert!(seen(harness, "已复核 1 / 4") && matches!(stage(harness, "B1-01"), Stage::Accepted(_)));
    press(harness, NONE, egui::Key::ArrowDown);
    assert_eq!(at(harness).as_deref(), Some("P-2-01"));
    press(harness, NONE, egui::Key::ArrowUp);
    press(harness, NONE, egui::Key::Delete);
    work(harness, &services);
    assert!(matches!(stage(harness, "B1-02"), Stage::Skipped(_)));
    assert_eq!(at(harness).as_deref(), Some("P-2-01"));
    assert!(seen(harness, "名称前有新建、改扩建一类的动词。有自己的投资额。"));
    // Words that are found are chosen, as are those that are dragged over.
    press(harness, egui::Modifiers::COMMAND, egui::Key::F);
    harness.get_by_label("在原文中查找").focus();
    settle(harness);
    harness.get_by_label("在原文中查找").type_text("老城记忆");
    settle(harness);
    assert!(seen(harness, "已选 4 字，0 个数字：老城记忆"));
    click(harness, "设为新项目");
    work(harness, &services);
    assert_eq!(at(harness).as_deref(), Some("H-1"));
    assert!(seen(harness, "人工设定") && seen(harness, "人工选文"));
    press(harness, egui::Modifiers::COMMAND, egui::Key::F);
    harness.get_by_label("在原文中查找").focus();
    settle(harness);
    harness.get_by_label("在原文中查找").type_text("投资1.8亿元");
    settle(harness);
    click(harness, "加到 H-1");
    work(harness, &services);
    let project = harness.state().state().catalogue.project("H-1").unwrap().clone();
    assert_eq!(project.investment.map(|own| own.yi), Some(1.8));
    click(harness, "全部接受（2 项）");
    work(harness, &services);
    assert!(seen(harness, "已复核 5 / 5"));
    click(harness, "待复核 0");
    assert!(seen(harness, "各项都已复核。"));
    click(harness, "未读懂");
    assert!(seen(harness, "这笔投资没有归到任何一个项目。"));
    let problems = harness.state().state().log.iter().count();
    assert!(problems <= 2, "only what was told when the workbook was made: {problems}");
    // The card tells it, too.
    press(harness, NONE, egui::Key::F4);
    act(harness, &services, Action::Select(vec!["B1-01".to_owned()]));
    assert!(seen(harness, "人工复核："));
    act(harness, &services, Action::Select(vec!["H-1".to_owned()]));
    assert!(seen(harness, "人工选文："));
}

#[test]
fn one_is_renamed_merged_and_split_off_again_by_the_mouse() {
    let folder = TempFolder::new("ui-review-merge");
    let settings = Settings { language: Language::English, ..Settings::default() };
    let (mut harness, services) = made(folder.path(), [1920.0, 1400.0], settings);
    let harness = &mut harness;
    harness.get_by_label("Review what was recognised F4").click();
    work(harness, &services);
    click(harness, "P-2-02");
    assert!(seen(harness, "running text, likely"));
    click(harness, "Merge into…");
    click(harness, "P-2-01 云溪大道");
    work(harness, &services);
    assert!(matches!(stage(harness, "P-2-02"), Stage::Merged { .. }));
    let split = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        node.label().is_some_and(|label| label == "Split off P-2-02")
    };
    harness.get_by(split).click();
    work(harness, &services);
    assert_eq!(stage(harness, "P-2-02"), Stage::Waiting);
    harness.get_by_label("name").focus();
    settle(harness);
    press(harness, egui::Modifiers::COMMAND, egui::Key::A);
    harness.get_by_label("name").type_text("Wetland");
    settle(harness);
    press(harness, NONE, egui::Key::Enter);
    work(harness, &services);
    let own = harness.state().state().catalogue.project("P-2-02").unwrap().clone();
    assert_eq!(own.name.zh, "Wetland");
    assert_eq!(own.set.len(), 1);
    // Drawing its place needs the map: the text gives way to it, and comes back.
    click(harness, "Set place on map…");
    assert!(!seen(harness, "新建云溪大道，全长"));
    press(harness, NONE, egui::Key::Escape);
    assert!(seen(harness, "新建云溪大道，全长"));
    press(harness, NONE, egui::Key::Escape);
    assert_eq!(harness.state().state().review, None);
}
