//! The attribute table through the window: by the names that a screen reader hears, and by the keys.

use std::{path::Path, sync::Arc};

use egui::{Key, Modifiers, OutputCommand, PointerButton, accesskit::Role, vec2};
use egui_kittest::{
    Harness,
    kittest::{AccessKitNode, NodeT, Queryable},
};
use jintu::{
    app::{Action, FieldSort, FitTarget, Order, Overlay, Settings},
    basemap::Basemap,
    catalogue::Filter,
    jobs::{Services, run},
    store,
    ui::Shell,
};

use crate::{
    layer_table::layer,
    layers_stack::{read, written},
    real::catalogue,
    temp_folder::TempFolder,
    ui::{click, press, seen, settle, window},
    ui_opened::open,
};

/// Does what the window asks for, as its threads would, until nothing is left to do.
fn carry_out(harness: &mut Harness<'_, Shell>) {
    let basemap = Basemap::open(store::BASEMAP).ok().map(Arc::new);
    let services = Services::new(&catalogue(), basemap, None, Arc::new(|| ()));
    for _ in 0..8 {
        for job in harness.state_mut().take_jobs() {
            if matches!(job.order, Order::SaveSettings(_) | Order::OpenFile { .. }) {
                continue;
            }
            let heard = std::sync::Mutex::new(Vec::new());
            let heard = Arc::new(heard);
            let own = heard.clone();
            run(job, &services, &move |action| own.lock().unwrap().push(action));
            let heard = std::mem::take(&mut *heard.lock().unwrap());
            for action in heard {
                harness.state_mut().begin(action);
            }
        }
        settle(harness);
    }
}

/// Rows that are seen, from top to bottom, as they are told.
fn rows(harness: &Harness<'_, Shell>) -> Vec<String> {
    let is_row = |node: &AccessKitNode<'_>| node.role() == Role::Row;
    let mut all: Vec<(f32, String)> = harness
        .query_all_by(is_row)
        .map(|node| (node.rect().top(), node.accesskit_node().label().unwrap_or_default()))
        .collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    all.into_iter().map(|(_, label)| label).collect()
}

fn copied(harness: &Harness<'_, Shell>) -> Option<String> {
    let commands = &harness.output().platform_output.commands;
    commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    })
}

const ROADS: &str = "名称,经度,纬度,长度\n迎泽大街,112.51,37.86,12\n晋祠路,112.48,37.82,9.5\n\
    南内环街,112.55,37.84,\n阳曲路,112.71,38.06,31\n";

#[test]
fn a_layer_is_opened_sorted_filtered_selected_looked_at_and_copied() {
    let folder = TempFolder::new("ui-layer-table");
    let path = written(&folder, "道路.csv", ROADS);
    let mut harness = window([1440.0, 900.0], Settings::default());
    harness.state_mut().begin(Action::ToggleTable);
    settle(&mut harness);
    assert!(!seen(&harness, "表格：项目表"), "without layers there is nothing to choose");
    open(&mut harness, &path, read(&path));
    // Its table, from the name of the one that is shown.
    click(&mut harness, "表格：项目表");
    choose(&mut harness, "道路");
    assert!(seen(&harness, "表格：道路") && seen(&harness, "4 / 4 个要素"));
    assert_eq!(rows(&harness)[0], "第 1 行：迎泽大街 112.51 37.86 12");
    assert_eq!(rows(&harness).len(), 4);
    // Sorted by a head: words by pinyin, numbers by size with what is missing last.
    click_head(&mut harness, "名称");
    carry_out(&mut harness);
    let firsts = |harness: &Harness<'_, Shell>| -> Vec<String> {
        let name = |row: &String| row.split(['：', ' ']).nth(3).unwrap_or_default().to_owned();
        rows(harness).iter().map(name).collect()
    };
    assert_eq!(firsts(&harness), ["晋祠路", "南内环街", "阳曲路", "迎泽大街"]);
    click_head(&mut harness, "长度");
    carry_out(&mut harness);
    assert_eq!(firsts(&harness), ["晋祠路", "迎泽大街", "阳曲路", "南内环街"]);
    click_head(&mut harness, "长度");
    carry_out(&mut harness);
    assert_eq!(firsts(&harness), ["阳曲路", "迎泽大街", "晋祠路", "南内环街"]);
    // A condition, first one that says nothing.
    type_condition(&mut harness, "宽度 > 3");
    assert!(seen(&harness, "宽度") && rows(&harness).len() == 4);
    type_condition(&mut harness, "长度 >= 9.5 and 名称 ~ 路");
    assert_eq!(firsts(&harness), ["阳曲路", "晋祠路"]);
    assert!(seen(&harness, "2 / 4 个要素"));
    // Rows by pointer and keys.
    harness.get_by_label("第 1 行：阳曲路 112.71 38.06 31").click();
    settle(&mut harness);
    assert!(seen(&harness, "2 / 4 个要素，选中 1"));
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    assert!(seen(&harness, "选中 2"));
    // The map shows them.
    press(&mut harness, Modifiers::NONE, Key::Enter);
    carry_out(&mut harness);
    let target = harness.state().state().camera.as_ref().map(|camera| camera.target.clone());
    let Some(FitTarget::Close(extent)) = target else { panic!("{target:?}") };
    assert!((extent.west_deg - 112.48).abs() < 1e-9 && (extent.north_deg - 38.06).abs() < 1e-9);
    // And the clipboard has them.
    harness.event(egui::Event::Copy);
    harness.step();
    harness.state_mut().take_jobs().into_iter().for_each(|job| {
        let basemap = None;
        let services = Services::new(&catalogue(), basemap, None, Arc::new(|| ()));
        let heard = Arc::new(std::sync::Mutex::new(Vec::new()));
        let own = heard.clone();
        run(job, &services, &move |action| own.lock().unwrap().push(action));
        let heard = std::mem::take(&mut *heard.lock().unwrap());
        for action in heard {
            harness.state_mut().begin(action);
        }
    });
    harness.step();
    let expected =
        "名称\t经度\t纬度\t长度\n阳曲路\t112.71\t38.06\t31\n晋祠路\t112.48\t37.82\t9.5\n";
    assert_eq!(copied(&harness).as_deref(), Some(expected));
    // Esc closes the notice, then lets go of the selection; the table stays.
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!seen(&harness, "选中") && seen(&harness, "2 / 4 个要素"));
    click(&mut harness, "清除条件");
    carry_out(&mut harness);
    assert_eq!(rows(&harness).len(), 4);
}

/// A row of the list that lies over the window, which comes after all others of its name.
fn choose(harness: &mut Harness<'_, Shell>, name: &str) {
    let name = name.to_owned();
    let named = move |node: &AccessKitNode<'_>| {
        node.role() != Role::Label && node.label().is_some_and(|label| label == name)
    };
    harness.query_all_by(named).last().unwrap().click();
    settle(harness);
}

fn click_head(harness: &mut Harness<'_, Shell>, name: &str) {
    let name = name.to_owned();
    let is_head = move |node: &AccessKitNode<'_>| {
        node.role() == Role::ColumnHeader && node.label().as_deref() == Some(name.as_str())
    };
    harness.get_by(is_head).click();
    settle(harness);
}

fn type_condition(harness: &mut Harness<'_, Shell>, text: &str) {
    let field = harness.get_by_label("图层条件");
    field.focus();
    settle(harness);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.step();
    harness.get_by_label("图层条件").type_text(text);
    settle(harness);
    press(harness, Modifiers::NONE, Key::Enter);
    carry_out(harness);
}

#[test]
fn keys_go_through_a_hundred_thousand_rows() {
    let mut harness = window([1280.0, 800.0], Settings::default());
    let file = open(&mut harness, Path::new("many.csv"), vec![layer(100_000)]);
    harness.state_mut().begin(Action::OpenTable(Some((file, 0))));
    settle(&mut harness);
    let first = rows(&harness);
    assert!(first.len() > 3 && first.len() < 40, "{}", first.len());
    let label = first[0].clone();
    harness.get_by_label(&label).click();
    settle(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::End);
    assert!(rows(&harness).last().unwrap().starts_with("第 100000 行"), "{:?}", rows(&harness));
    press(&mut harness, Modifiers::NONE, Key::ArrowUp);
    let is_selected = |harness: &Harness<'_, Shell>, start: &str| {
        let start = start.to_owned();
        harness
            .get_by(move |node| {
                node.role() == Role::Row && node.label().is_some_and(|l| l.starts_with(&start))
            })
            .accesskit_node()
            .is_selected()
    };
    assert_eq!(is_selected(&harness, "第 99999 行"), Some(true));
    assert_eq!(is_selected(&harness, "第 100000 行"), Some(false));
    press(&mut harness, Modifiers::NONE, Key::PageUp);
    let page = harness.state().state().table_page;
    assert!(page > 1);
    assert_eq!(is_selected(&harness, &format!("第 {} 行", 99_999 - page)), Some(true));
    press(&mut harness, Modifiers::NONE, Key::Home);
    assert_eq!(rows(&harness)[0], label);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    settle(&mut harness);
    assert!(seen(&harness, "选中 100,000"));
    // As long as the rows have the keyboard the map stays where it is.
    let before = harness.state().map.camera.viewport;
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(harness.state().map.camera.viewport, before);
}

#[test]
fn the_wheel_and_the_bar_move_the_rows() {
    let mut harness = window([1280.0, 800.0], Settings::default());
    let file = open(&mut harness, Path::new("many.csv"), vec![layer(50_000)]);
    harness.state_mut().begin(Action::OpenTable(Some((file, 0))));
    settle(&mut harness);
    let bar = harness.get_by_label("滚动到其他行").rect();
    let row = harness
        .get_by(|node| {
            node.role() == Role::Row && node.label().is_some_and(|l| l.starts_with("第 2 行"))
        })
        .rect();
    harness.event(egui::Event::PointerMoved(row.center()));
    harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: vec2(0.0, -280.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    });
    harness.run_steps(12);
    assert!(rows(&harness)[0].starts_with("第 11 行"), "{}", rows(&harness)[0]);
    let to = bar.center_bottom() - vec2(0.0, 1.0);
    harness.event(egui::Event::PointerMoved(bar.center_top() + vec2(0.0, 4.0)));
    harness.step();
    let button = |pos, pressed| egui::Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    harness.event(button(bar.center_top() + vec2(0.0, 4.0), true));
    harness.step();
    harness.event(egui::Event::PointerMoved(to));
    harness.step();
    harness.event(egui::Event::PointerMoved(to));
    harness.step();
    harness.event(button(to, false));
    settle(&mut harness);
    assert!(rows(&harness).last().unwrap().starts_with("第 50000 行"), "{:?}", rows(&harness));
}

#[test]
fn a_cell_is_copied_and_filters_by_its_value() {
    let folder = TempFolder::new("ui-cell");
    let path = written(&folder, "道路.csv", ROADS);
    let mut harness = window([1440.0, 900.0], Settings::default());
    let file = open(&mut harness, &path, read(&path));
    harness.state_mut().begin(Action::OpenTable(Some((file, 0))));
    settle(&mut harness);
    let head = harness
        .get_by(|node| node.role() == Role::ColumnHeader && node.label().as_deref() == Some("名称"))
        .rect();
    let row = harness.get_by_label("第 2 行：晋祠路 112.48 37.82 9.5").rect();
    let cell = egui::pos2(head.center().x, row.center().y);
    let menu = |harness: &mut Harness<'_, Shell>| {
        harness.event(egui::Event::PointerMoved(cell));
        harness.step();
        for pressed in [true, false] {
            harness.event(egui::Event::PointerButton {
                pos: cell,
                button: PointerButton::Secondary,
                pressed,
                modifiers: Modifiers::NONE,
            });
        }
        settle(harness);
    };
    menu(&mut harness);
    harness.get_by_label("复制单元格").click();
    harness.step();
    let text = copied(&harness).or_else(|| {
        harness.step();
        copied(&harness)
    });
    assert_eq!(text.as_deref(), Some("晋祠路"));
    settle(&mut harness);
    menu(&mut harness);
    click(&mut harness, "只看此值");
    carry_out(&mut harness);
    assert_eq!(rows(&harness), ["第 1 行：晋祠路 112.48 37.82 9.5"]);
    let (_, _, layer) = harness.state().state().table_layer().unwrap();
    assert_eq!(layer.table.condition, "\"名称\" = \"晋祠路\"");
    assert!(seen(&harness, "\"名称\" = \"晋祠路\""), "the field says so");
}

#[test]
fn fields_are_hidden_and_moved_from_their_menu() {
    let folder = TempFolder::new("ui-fields");
    let path = written(&folder, "道路.csv", ROADS);
    let mut harness = window([1440.0, 900.0], Settings::default());
    let file = open(&mut harness, &path, read(&path));
    harness.state_mut().begin(Action::OpenTable(Some((file, 0))));
    settle(&mut harness);
    let heads = |harness: &Harness<'_, Shell>| -> Vec<String> {
        let mut all: Vec<(f32, String)> = harness
            .query_all_by(|node| node.role() == Role::ColumnHeader)
            .map(|node| (node.rect().left(), node.accesskit_node().label().unwrap_or_default()))
            .collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        all.into_iter().map(|(_, name)| name).collect()
    };
    assert_eq!(heads(&harness), ["名称", "经度", "纬度", "长度"]);
    click(&mut harness, "字段");
    click(&mut harness, "“长度”上移");
    assert_eq!(heads(&harness), ["名称", "经度", "长度", "纬度"]);
    let is_box = |node: &AccessKitNode<'_>| {
        node.role() == Role::CheckBox && node.label().as_deref() == Some("经度")
    };
    harness.get_by(is_box).click();
    settle(&mut harness);
    assert_eq!(heads(&harness), ["名称", "长度", "纬度"]);
    assert_eq!(rows(&harness)[0], "第 1 行：迎泽大街 12 37.86");
    let kept = &harness.state().state().settings.layer_columns;
    assert_eq!((kept.len(), kept[0].layer.as_str(), &kept[0].file), (1, "道路", &path));
    click(&mut harness, "恢复原有字段");
    assert_eq!(heads(&harness), ["名称", "经度", "纬度", "长度"]);
}

#[test]
fn what_the_pointer_finds_can_be_stepped_through_and_found_in_the_table() {
    let folder = TempFolder::new("ui-step");
    let text = "名称,经度,纬度\n水塔,112.31,37.62\n泵站,112.31,37.62\n阀井,112.31,37.62\n";
    let path = written(&folder, "设施.csv", text);
    let mut harness = window([1440.0, 900.0], Settings::default());
    let file = open(&mut harness, &path, read(&path));
    let features: Vec<_> =
        (0..3).map(|row| jintu::app::FeatureRef { file, layer: 0, chunk: 0, row }).collect();
    let listed = Action::OpenPickList { ids: Vec::new(), features, at_pt: [300.0, 200.0] };
    harness.state_mut().begin(listed);
    settle(&mut harness);
    click(&mut harness, "泵站 设施");
    assert!(seen(&harness, "第 2 个，共 3 个"));
    click(&mut harness, "下一个要素");
    assert!(seen(&harness, "第 3 个，共 3 个") && seen(&harness, "阀井"));
    click(&mut harness, "下一个要素");
    assert!(seen(&harness, "第 1 个，共 3 个") && seen(&harness, "水塔"));
    click(&mut harness, "上一个要素");
    assert!(seen(&harness, "阀井"));
    click(&mut harness, "在属性表中显示");
    assert!(seen(&harness, "表格：设施") && seen(&harness, "选中 1"));
    let is_selected =
        harness.get_by_label("第 3 行：阀井 112.31 37.62").accesskit_node().is_selected();
    assert_eq!(is_selected, Some(true));
    click(&mut harness, "缩放到要素");
    let state = harness.state().state();
    let target = state.camera.as_ref().map(|camera| &camera.target);
    assert!(matches!(target, Some(FitTarget::Close(_))), "{target:?}");
    assert!(matches!(state.overlay, Overlay::Feature(_)));
}

/// Sorting, a condition and a selection leave the table of the projects as it is.
#[test]
fn the_projects_have_their_table_beside_it() {
    let mut harness = window([1440.0, 900.0], Settings::default());
    let file = open(&mut harness, Path::new("roads.csv"), vec![layer(60)]);
    harness.state_mut().begin(Action::OpenTable(Some((file, 0))));
    settle(&mut harness);
    click_head(&mut harness, "名称");
    carry_out(&mut harness);
    let state = harness.state().state();
    assert_eq!(state.filter, Filter::default());
    let (_, _, layer) = state.table_layer().unwrap();
    assert_eq!(layer.table.sort, Some(FieldSort { field: 0, descending: false }));
    let projects = state.rows.len();
    click(&mut harness, "表格：道路");
    choose(&mut harness, "项目表");
    assert!(seen(&harness, "表格：项目表") && harness.state().state().table_of.is_none());
    assert_eq!(harness.state().state().rows.len(), projects);
}

/// Shift and a click take everything from where the selection began, Ctrl and a click one more or less.
#[test]
fn shift_and_a_click_select_a_range() {
    let folder = TempFolder::new("ui-layer-table-range");
    let path = written(&folder, "道路.csv", ROADS);
    let mut harness = window([1440.0, 900.0], Settings::default());
    let file = open(&mut harness, &path, read(&path));
    harness.state_mut().begin(Action::OpenTable(Some((file, 0))));
    settle(&mut harness);
    let click_row = |harness: &mut Harness<'_, Shell>, row: usize, held: Modifiers| {
        let label = rows(harness)[row].clone();
        harness.get_by_label(&label).click_modifiers(held);
        settle(harness);
    };
    let selected = |harness: &Harness<'_, Shell>| -> Vec<bool> {
        let of = |label: String| {
            harness.get_by_label(&label).accesskit_node().is_selected() == Some(true)
        };
        rows(harness).into_iter().map(of).collect()
    };
    click_row(&mut harness, 1, Modifiers::NONE);
    assert_eq!(selected(&harness), [false, true, false, false]);
    click_row(&mut harness, 3, Modifiers::SHIFT);
    assert_eq!(selected(&harness), [false, true, true, true]);
    assert!(seen(&harness, "选中 3"));
    // From the same row the other way.
    click_row(&mut harness, 0, Modifiers::SHIFT);
    assert_eq!(selected(&harness), [true, true, false, false]);
    click_row(&mut harness, 3, Modifiers::COMMAND);
    assert_eq!(selected(&harness), [true, true, false, true]);
    click_row(&mut harness, 2, Modifiers::NONE);
    assert_eq!(selected(&harness), [false, false, true, false]);
}
