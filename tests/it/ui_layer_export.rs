//! A layer is exported through the window: menu, sheet, order, file, question.

use std::{
    fs,
    sync::{Arc, Mutex},
};

use egui::accesskit::Role;
use egui_kittest::{Harness, kittest::Queryable};
use jintu::{
    app::{
        Action, Cancel, Job, Language, NoticeLevel, Order, Overlay, Settings,
        layer_export::LayerExport,
    },
    geo::Crs,
    jobs::{Report, Services, run},
    ui::Shell,
};

use crate::{
    layers_stack::read,
    real::catalogue,
    temp_folder::TempFolder,
    ui::{at_peace, click, click_exactly, seen, settle, window},
    ui_opened::open,
};

fn act(harness: &mut Harness<'_, Shell>, action: Action) {
    harness.state_mut().begin(action);
    settle(harness);
}

/// Opens a list by its name.
fn list(harness: &mut Harness<'_, Shell>, name: &str) {
    let named = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        node.role() == Role::ComboBox && node.label().is_some_and(|label| label == name)
    };
    harness.get_by(named).click();
    settle(harness);
}

fn ordered(harness: &mut Harness<'_, Shell>) -> Box<LayerExport> {
    let jobs = harness.state_mut().take_jobs();
    let order = jobs.into_iter().find_map(|Job { order, .. }| match order {
        Order::ExportLayer(order) => Some(order),
        _ => None,
    });
    order.expect("an export is ordered")
}

fn done(order: Box<LayerExport>, cancel: Cancel) -> Vec<Action> {
    let services = Services::new(&catalogue(), None, None, Arc::new(|| ()));
    let heard = Arc::new(Mutex::new(Vec::new()));
    let own = heard.clone();
    let report: Box<Report> = Box::new(move |action| own.lock().unwrap().push(action));
    run(Job { id: 1, order: Order::ExportLayer(order), cancel }, &services, &*report);
    drop(report);
    Arc::into_inner(heard).unwrap().into_inner().unwrap()
}

#[test]
fn a_layer_is_exported_from_its_menu() {
    let folder = TempFolder::new("ui-layer-export");
    let first = folder.path().join("甲.csv");
    fs::write(&first, "名称,经度,纬度\n=1+1,112.5,37.8\n乙,112.6,37.9\n").unwrap();
    let settings =
        Settings { export_folder: Some(folder.path().to_owned()), ..Settings::default() };
    let mut harness = window([1600.0, 900.0], settings);
    click(&mut harness, "底图");
    let file = open(&mut harness, &first, read(&first));
    click(&mut harness, "图层“甲”的菜单");
    click(&mut harness, "导出…");
    assert!(seen(&harness, "导出图层“甲”"));
    assert_eq!(harness.state().state().overlay, Overlay::ExportLayer(file, 0));
    at_peace(&harness);
    // Every format that is written can be chosen; of those with encodings either.
    list(&mut harness, "格式");
    click(&mut harness, "Shapefile (.shp)");
    assert!(seen(&harness, "GBK"));
    list(&mut harness, "格式");
    click(&mut harness, "KML (.kml)");
    assert!(!seen(&harness, "GBK") && !seen(&harness, "坐标系"), "KML has one system");
    list(&mut harness, "格式");
    click(&mut harness, "CSV (.csv)");
    list(&mut harness, "坐标系");
    let zone = Crs::from_key("gk3:38").unwrap();
    click_exactly(&mut harness, &zone.label(Language::Chinese));
    click_exactly(&mut harness, "保存");
    let order = ordered(&mut harness);
    assert_eq!((order.key, order.replace, order.gbk), ((file, 0), false, false));
    assert_eq!(order.crs, Some(zone));
    // There is a file of that name: the question, and back to the sheet as it was filled in.
    assert_eq!(order.path, first);
    let answer = done(order.clone(), Cancel::default());
    assert!(matches!(answer[0], Action::AskReplaceLayer(_)), "{answer:?}");
    act(&mut harness, answer[0].clone());
    assert!(matches!(harness.state().state().overlay, Overlay::ReplaceLayer(_)));
    assert!(seen(&harness, "甲.csv"));
    act(&mut harness, Action::Escape);
    assert_eq!(harness.state().state().overlay, Overlay::ExportLayer(file, 0));
    assert!(seen(&harness, "CSV (.csv)"), "as it was filled in");
    act(&mut harness, answer[0].clone());
    act(&mut harness, Action::ReplaceFile);
    let order = ordered(&mut harness);
    assert!(order.replace);
    // Stopped, it leaves the file as it is and says nothing.
    let before = fs::read(&first).unwrap();
    let cancel = Cancel::default();
    cancel.stop();
    let stopped = done(order.clone(), cancel);
    assert!(stopped.iter().all(|action| matches!(action, Action::JobEnded { .. })), "{stopped:?}");
    assert_eq!(fs::read(&first).unwrap(), before);
    let answer = done(order, Cancel::default());
    let Action::Notify(NoticeLevel::Done, words) = &answer[0] else { panic!("{answer:?}") };
    let words = words.tell(Language::Chinese);
    assert!(words.contains("撇号") && words.ends_with("甲.csv"), "what was changed: {words}");
    let again = read(&first).remove(0);
    assert_eq!(again.len(), 2);
    assert!(fs::read_to_string(&first).unwrap().contains("东坐标,北坐标"));
}
