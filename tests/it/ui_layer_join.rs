//! A table joined to a layer through the window, by accessible names.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use egui_kittest::Harness;
use jintu::{
    app::{Action, NoticeLevel, Order, Overlay, Settings, Tab, TableStep, browse::Purpose},
    jobs::{self, Services},
    ui::Shell,
};

use crate::{
    layers_stack::written,
    real::catalogue,
    temp_folder::TempFolder,
    ui::{at_peace, click, click_exactly, seen, settle, window},
};

/// What was asked of the outside and is not done here.
#[derive(Default)]
struct Asked {
    saved: Option<Settings>,
    file: bool,
}

/// Does every job that has come up, until there is none.
fn work(harness: &mut Harness<'_, Shell>) -> Asked {
    let services = Services::new(&catalogue(), None, None, Arc::new(|| ()));
    let mut asked = Asked::default();
    loop {
        let jobs = harness.state_mut().take_jobs();
        if jobs.is_empty() {
            break;
        }
        for job in jobs {
            match &job.order {
                Order::SaveSettings(settings) => asked.saved = Some((**settings).clone()),
                Order::AskFile(question) => {
                    asked.file = question.purpose == Purpose::Table;
                    harness.state_mut().begin(Action::JobEnded { job: job.id, broke: false });
                }
                _ => {
                    let found = Arc::new(Mutex::new(Vec::new()));
                    let own = found.clone();
                    jobs::run(job, &services, &move |action| own.lock().unwrap().push(action));
                    for action in std::mem::take(&mut *found.lock().unwrap()) {
                        harness.state_mut().begin(action);
                    }
                }
            }
        }
    }
    settle(harness);
    asked
}

fn open(harness: &mut Harness<'_, Shell>, path: &Path) -> Asked {
    harness.state_mut().begin(Action::OpenTab(Tab::Basemap));
    harness.state_mut().begin(Action::OpenFiles(vec![path.to_owned()]));
    work(harness)
}

fn fields(harness: &Harness<'_, Shell>) -> Vec<String> {
    let layer = &harness.state().state().files[0].layers[0];
    layer.data.0.fields.iter().map(|field| field.name.clone()).collect()
}

fn choose_table(harness: &mut Harness<'_, Shell>, path: PathBuf) {
    click_exactly(harness, "选择表格…");
    assert!(work(harness).file, "the dialog of files is asked");
    let (purpose, paths) = (Purpose::Table, vec![path]);
    harness.state_mut().begin(Action::FilesChosen { purpose, paths });
    work(harness);
}

const LAYER: &str = "代码,名称,经度,纬度\n014,甲,112.50,37.80\n015,乙,112.51,37.81\n016,丙,112.52,37.82\n,丁,112.53,37.83\n";
const TABLE: &str = "代码,名称,面积\n014,甲村,1.5\n016,丙村,12.5\n099,外,3\n014,再,9\n";

#[test]
fn a_table_is_joined_previewed_filtered_remembered_and_taken_off() {
    let folder = TempFolder::new("ui-join");
    let path = written(&folder, "地块.csv", LAYER);
    let table = written(&folder, "统计.csv", TABLE);
    let mut harness = window([1600.0, 1000.0], Settings::default());
    open(&mut harness, &path);
    click(&mut harness, "图层“地块”的菜单");
    click(&mut harness, "连接表格…");
    assert!(seen(&harness, "为“地块”连接表格"));
    choose_table(&mut harness, table.clone());

    // Four features, of which one has no key and one no row; 099 belongs to none, 014 stands twice.
    for words in [
        "表格有 4 行、3 列",
        "4 个要素中有 2 个有对应的行",
        "1 个要素的关键值为空",
        "1 个关键值重复，各取第一行：014",
        "将加入 2 列：名称（重名，改为 名称_2）、面积",
        "图层中没有对应行的关键值：1",
        "015",
        "表格中没有对应要素的关键值：1",
        "099",
    ] {
        assert!(seen(&harness, words), "{words}");
    }
    assert!(seen(&harness, "复制 图层中没有对应行的关键值：1"));
    click_exactly(&mut harness, "连接");
    let saved = work(&mut harness).saved.unwrap();
    assert_eq!(harness.state().state().overlay, Overlay::None);
    assert_eq!(fields(&harness), ["代码", "名称", "经度", "纬度", "名称_2", "面积"]);
    assert!(seen(&harness, "已连接表格“统计.csv”：2 个要素有对应的行"));
    let kept = &saved.layer_joins[0];
    assert_eq!((kept.field.as_str(), kept.column.as_str()), ("代码", "代码"));

    // The filter sees the columns that came in.
    let of = (harness.state().state().files[0].id, 0);
    let step = TableStep::SetCondition("面积 > 10".to_owned());
    harness.state_mut().begin(Action::LayerTable { of, step });
    work(&mut harness);
    let layer = &harness.state().state().files[0].layers[0];
    assert_eq!(layer.passed.as_ref().map(|passed| passed.count), Some(1));
    at_peace(&harness);

    // Closed and opened again it is joined again; what has changed is told.
    std::fs::write(&table, TABLE.replace("12.5", "13.25")).unwrap();
    let mut harness = window([1600.0, 1000.0], saved.clone());
    open(&mut harness, &path);
    assert_eq!(fields(&harness).len(), 6);
    assert!(seen(&harness, "连接的表格已改变，已按新内容连接：统计.csv"));
    let told = |harness: &Harness<'_, Shell>| harness.state().state().notices.len();
    assert_eq!(told(&harness), 1);

    // The sheet opens with what is joined, and takes it off.
    click(&mut harness, "图层“地块”的菜单");
    click(&mut harness, "连接表格…");
    work(&mut harness);
    assert!(seen(&harness, "4 个要素中有 2 个有对应的行"));
    click_exactly(&mut harness, "取消连接");
    let after = work(&mut harness).saved.unwrap();
    assert_eq!(fields(&harness), ["代码", "名称", "经度", "纬度"]);
    assert!(after.layer_joins.is_empty());
    assert!(!seen(&harness, "已连接表格“统计.csv”"));

    // A table that is gone: the layer is there as its file has it, and why is told.
    std::fs::remove_file(&table).unwrap();
    let mut harness = window([1600.0, 1000.0], saved);
    open(&mut harness, &path);
    assert_eq!(fields(&harness).len(), 4);
    let notices = &harness.state().state().notices;
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0].level, NoticeLevel::Problem);
    assert!(seen(&harness, "没有为图层“地块”连接表格"));
}

#[test]
fn several_tables_are_joined_taken_back_and_taken_off_one_by_one() {
    let folder = TempFolder::new("ui-joins");
    let path = written(&folder, "地块.csv", LAYER);
    let table = written(&folder, "统计.csv", TABLE);
    let mut harness = window([1600.0, 1000.0], Settings::default());
    open(&mut harness, &path);
    click(&mut harness, "图层“地块”的菜单");
    click(&mut harness, "连接表格…");
    choose_table(&mut harness, table);
    click_exactly(&mut harness, "连接");
    work(&mut harness);

    // A second table, found by a column of the first; both are told.
    let second = written(&folder, "村.csv", "村,人口\n甲村,120\n丙村,80\n");
    click(&mut harness, "图层“地块”的菜单");
    click(&mut harness, "连接表格…");
    work(&mut harness);
    assert!(seen(&harness, "1 · 统计.csv"));
    click_exactly(&mut harness, "再连接一张表");
    assert!(seen(&harness, "选择一个 CSV"), "the question is empty again");
    choose_table(&mut harness, second);
    assert!(seen(&harness, "将加入 1 列：人口"));
    click_exactly(&mut harness, "连接");
    let both = work(&mut harness).saved.unwrap();
    let with_two = ["代码", "名称", "经度", "纬度", "名称_2", "面积", "人口"];
    assert_eq!(fields(&harness), with_two);
    assert!(seen(&harness, "已连接表格“村.csv”：2 个要素有对应的行"));
    let names = |settings: &Settings| -> Vec<String> {
        let name = |join: &jintu::app::layer_join::KeptJoin| {
            join.table.file_name().unwrap().to_string_lossy().into_owned()
        };
        settings.layer_joins.iter().map(name).collect()
    };
    assert_eq!(names(&both), ["统计.csv", "村.csv"]);

    // It is taken back and made again, and remembered so.
    harness.state_mut().begin(Action::Undo);
    assert_eq!(names(&work(&mut harness).saved.unwrap()), ["统计.csv"]);
    assert_eq!(fields(&harness).len(), 6);
    harness.state_mut().begin(Action::Redo);
    assert_eq!(names(&work(&mut harness).saved.unwrap()), ["统计.csv", "村.csv"]);
    assert_eq!(fields(&harness), with_two);

    // Opened again both are there, in their order.
    let mut anew = window([1600.0, 1000.0], both);
    open(&mut anew, &path);
    assert_eq!(fields(&anew), with_two);
    // The first is looked at again: its own columns are no others' names.
    click(&mut anew, "图层“地块”的菜单");
    click(&mut anew, "连接表格…");
    work(&mut anew);
    assert!(seen(&anew, "将加入 1 列：人口"));
    click_exactly(&mut anew, "1 · 统计.csv");
    work(&mut anew);
    assert!(seen(&anew, "将加入 2 列：名称（重名，改为 名称_2）、面积"));
    // Without it the second has no key: it goes, too, and that is told. One step takes both back.
    click_exactly(&mut anew, "取消连接");
    assert!(work(&mut anew).saved.unwrap().layer_joins.is_empty());
    assert_eq!(fields(&anew).len(), 4);
    assert!(seen(&anew, "字段“名称_2”或列“村”已不存在"));
    anew.state_mut().begin(Action::Undo);
    assert_eq!(names(&work(&mut anew).saved.unwrap()), ["统计.csv", "村.csv"]);
    assert_eq!(fields(&anew), with_two);
}

#[test]
fn what_is_no_table_or_has_no_key_is_told_in_the_sheet() {
    let folder = TempFolder::new("ui-join-broken");
    let path = written(&folder, "地块.csv", LAYER);
    let mut harness = window([1280.0, 800.0], Settings::default());
    open(&mut harness, &path);
    click(&mut harness, "图层“地块”的菜单");
    click(&mut harness, "连接表格…");
    let broken = folder.path().join("坏.xlsx");
    std::fs::write(&broken, b"PK\x03\x04 damaged").unwrap();
    choose_table(&mut harness, broken);
    assert!(seen(&harness, "坏.xlsx"));
    assert!(harness.state().state().notices.is_empty(), "the sheet tells it");
    // Nothing meets: the keys are chosen by hand, and without a match there is nothing to join.
    choose_table(&mut harness, written(&folder, "别的.csv", "码,值\nx,1\ny,2\n"));
    assert!(seen(&harness, "没有找到数值对得上的字段"));
    let step = jintu::app::layer_join::JoinStep::Field(0);
    harness.state_mut().begin(Action::Join(step));
    let step = jintu::app::layer_join::JoinStep::Column(0);
    harness.state_mut().begin(Action::Join(step));
    work(&mut harness);
    assert!(seen(&harness, "没有一个对应"));
    let Overlay::Join(question) = &harness.state().state().overlay else { panic!() };
    assert!(!question.is_answered());
    // Leaving the sheet leaves the layer as it is, and stops what is being read.
    harness.state_mut().begin(Action::Join(jintu::app::layer_join::JoinStep::Table(path)));
    let jobs = harness.state_mut().take_jobs();
    harness.state_mut().begin(Action::CloseOverlay);
    assert!(jobs.iter().all(|job| job.cancel.is_stopped()) && !jobs.is_empty());
    assert_eq!(fields(&harness).len(), 4);
}
