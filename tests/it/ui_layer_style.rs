//! A layer's style through the window, by accessible names: chosen, seen in the legend, remembered.

use egui::accesskit::Role;
use egui_kittest::{
    Harness,
    kittest::{AccessKitNode, NodeT, Queryable},
};
use jintu::{
    app::{Action, Language, Order, Overlay, Settings, Tab, open_layers::finding_words},
    jobs::{self, Services},
    layer::{
        Cause, Finding, Layer,
        style::{LayerStyle, Rule},
    },
    ui::Shell,
};

use crate::{
    layers_stack::{read, written},
    real::catalogue,
    temp_folder::TempFolder,
    ui::{at_peace, click, seen, settle, window},
    ui_opened,
};

/// Does the jobs of layers that have come up; those of files are done by hand.
fn work(harness: &mut Harness<'_, Shell>) -> usize {
    let services = Services::new(&catalogue(), None, None, std::sync::Arc::new(|| ()));
    let mut saved = 0;
    for job in harness.state_mut().take_jobs() {
        match &job.order {
            Order::SaveSettings(_) => saved += 1,
            Order::ClassLayer { .. } => {
                let found = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
                let own = found.clone();
                jobs::run(job, &services, &move |action| own.lock().unwrap().push(action));
                for action in std::mem::take(&mut *found.lock().unwrap()) {
                    harness.state_mut().begin(action);
                }
            }
            _ => {}
        }
    }
    settle(harness);
    saved
}

fn open(harness: &mut Harness<'_, Shell>, path: &std::path::Path) -> u64 {
    let file = ui_opened::open(harness, path, read(path));
    work(harness);
    file
}

/// Chooses a row of a list that opens.
fn choose(harness: &mut Harness<'_, Shell>, list: &str, row: &str) {
    let is_list = |node: &AccessKitNode<'_>| {
        node.role() == Role::ComboBox && node.label().is_some_and(|label| label == list)
    };
    harness.get_by(is_list).click();
    settle(harness);
    click(harness, row);
    work(harness);
}

fn style(harness: &Harness<'_, Shell>) -> LayerStyle {
    let layer = &harness.state().state().files[0].layers[0];
    LayerStyle::clone(&layer.dress.style)
}

#[test]
fn a_style_is_chosen_seen_in_the_legend_taken_back_and_remembered() {
    let folder = TempFolder::new("layer-style");
    let row = |i: u32| format!("井{i},{},{},37.8\n", i * i, 112.4 + f64::from(i) * 0.002);
    let rows: Vec<String> = (0..40).map(row).collect();
    let text = format!("名称,深度,经度,纬度\n{}", rows.concat());
    let path = written(&folder, "水井.csv", &text);
    let mut harness = window([1600.0, 1000.0], Settings::default());
    harness.state_mut().begin(Action::OpenTab(Tab::Basemap));
    harness.state_mut().map.legend_open = Some(true);
    open(&mut harness, &path);
    click(&mut harness, "图层“水井”的菜单");
    click(&mut harness, "样式…");
    assert!(matches!(harness.state().state().overlay, Overlay::LayerStyle(..)));
    assert!(seen(&harness, "“水井”的样式"));

    choose(&mut harness, "颜色表示", "分级（字段的数值）");
    let Rule::Graduated { field, classes, .. } = style(&harness).rule else { panic!() };
    assert_eq!((field.as_str(), classes), ("深度", 5));
    choose(&mut harness, "分级方法", "等间距");
    // 0 to 1521 in five: the words stand in the sheet and in the legend.
    for words in ["0 – 304", "1,217 – 1,521"] {
        let count = harness
            .query_all_by(|_| true)
            .filter(|node| {
                let node = node.accesskit_node();
                node.label().or_else(|| node.value()).is_some_and(|own| own == words)
            })
            .count();
        assert!(count >= 2, "{words}: {count}");
    }
    let chosen = style(&harness);
    // Back to one symbol, and forth again.
    harness.state_mut().begin(Action::Undo);
    harness.state_mut().begin(Action::Undo);
    work(&mut harness);
    assert_eq!(style(&harness), LayerStyle::default());
    assert!(!seen(&harness, "0 – 304"));
    harness.state_mut().begin(Action::Redo);
    harness.state_mut().begin(Action::Redo);
    work(&mut harness);
    assert_eq!(style(&harness), chosen);

    click(&mut harness, "在图上标注要素");
    assert_eq!(style(&harness).labels.text, "{名称}");
    let chosen = style(&harness);
    click(&mut harness, "完成");
    work(&mut harness);
    let file = harness.state().state().files[0].id;
    harness.state_mut().begin(Action::CloseFile(file));
    settle(&mut harness);
    assert!(!seen(&harness, "0 – 304"));
    open(&mut harness, &path);
    assert_eq!(style(&harness), chosen);
    assert!(seen(&harness, "0 – 304"));

    // As the next start finds it.
    let saved = serde_json::to_vec(&harness.state().state().settings).unwrap();
    let settings: Settings = serde_json::from_slice(&saved).unwrap();
    let mut next = window([1600.0, 1000.0], settings);
    open(&mut next, &path);
    assert_eq!(style(&next), chosen);
    at_peace(&next);
}

/// Figures with fixed decimals are numbers to be graded by, and kinds are told by words that come again.
#[test]
fn figures_written_as_words_are_graded_and_kinds_start_with_a_field_of_few_words() {
    let folder = TempFolder::new("layer-style-figures");
    let row = |i: u32| {
        let kind = ["甲", "乙", "丙"][i as usize % 3];
        format!("{i},井{i},{i}.430,{kind},{},37.8\n", 112.4 + f64::from(i) * 0.002)
    };
    let rows: Vec<String> = (0..30).map(row).collect();
    let text = format!("id,名称,面积,类别,经度,纬度\n{}", rows.concat());
    let path = written(&folder, "水井.csv", &text.replace("1.430", "1.400"));
    let mut harness = window([1600.0, 1000.0], Settings::default());
    open(&mut harness, &path);
    click(&mut harness, "图层“水井”的菜单");
    click(&mut harness, "样式…");
    choose(&mut harness, "颜色表示", "分类（字段的每个值）");
    let Rule::Category { field, .. } = style(&harness).rule else { panic!() };
    assert_eq!(field, "类别");
    choose(&mut harness, "颜色表示", "分级（字段的数值）");
    choose(&mut harness, "字段", "面积");
    let Rule::Graduated { field, .. } = style(&harness).rule else { panic!() };
    assert_eq!(field, "面积");
}

#[test]
fn layers_are_raised_over_those_of_other_files() {
    let folder = TempFolder::new("layer-order");
    let mut harness = window([1400.0, 900.0], Settings::default());
    for name in ["甲", "乙", "丙"] {
        let path = written(&folder, &format!("{name}.csv"), "名称,经度,纬度\nx,112.5,37.8\n");
        open(&mut harness, &path);
    }
    let names = |harness: &Harness<'_, Shell>| -> String {
        let layers = harness.state().state().layers_from_ground();
        layers.iter().map(|(_, layer)| layer.data.0.name.clone()).collect()
    };
    assert_eq!(names(&harness), "甲乙丙");
    let key = |harness: &Harness<'_, Shell>, i: usize| (harness.state().state().files[i].id, 0);
    let first = key(&harness, 0);
    harness.state_mut().begin(Action::ShiftLayer { key: first, up: true });
    assert_eq!(names(&harness), "乙甲丙");
    harness.state_mut().begin(Action::ShiftLayer { key: first, up: true });
    harness.state_mut().begin(Action::ShiftLayer { key: first, up: true });
    assert_eq!(names(&harness), "乙丙甲", "nothing lies higher than on top");
    harness.state_mut().begin(Action::ShiftLayer { key: first, up: false });
    assert_eq!(names(&harness), "乙甲丙");
}

/// What the layers of the user's mean is told on slides, too, as on the desk: hidden ones are not.
#[test]
fn slides_have_the_legend_of_the_layers_that_are_shown() {
    let folder = TempFolder::new("slide-legend");
    let row = |i: u32| format!("井{i},{},{},37.8\n", i % 3, 112.4 + f64::from(i) * 0.002);
    let rows: Vec<String> = (0..30).map(row).collect();
    let path = written(&folder, "水井.csv", &format!("名称,类别,经度,纬度\n{}", rows.concat()));
    let other = written(&folder, "泵站.csv", "名称,经度,纬度\n一,112.5,37.9\n");
    let mut harness = window([1600.0, 1000.0], Settings::default());
    let file = open(&mut harness, &path);
    let pumps = open(&mut harness, &other);
    let rule = Rule::Category { field: "类别".to_owned(), most: 10 };
    let style = Box::new(LayerStyle { rule, ..LayerStyle::default() });
    harness.state_mut().begin(Action::SetLayerStyle { key: (file, 0), style, settled: true });
    work(&mut harness);
    harness.state_mut().begin(Action::StartTour { slide: 1 });
    settle(&mut harness);
    let told = |harness: &Harness<'_, Shell>, words: &str| {
        let is_it = |node: &AccessKitNode<'_>| node.value().is_some_and(|own| own == words);
        harness.query_by(is_it).is_some()
    };
    assert!(told(&harness, "水井 · 0 · 1 · 2 · 泵站"));
    harness.state_mut().begin(Action::ToggleLayer { file: pumps, layer: 0 });
    settle(&mut harness);
    assert!(told(&harness, "水井 · 0 · 1 · 2"));
    harness.state_mut().begin(Action::ToggleLayer { file, layer: 0 });
    settle(&mut harness);
    assert!(!seen(&harness, "水井"));
}

/// What was met while a file was read is told layer by layer, and all of it when it is asked for.
#[test]
fn every_finding_of_every_layer_can_be_seen() {
    let folder = TempFolder::new("layer-findings");
    let path = written(&folder, "a.csv", "名称,经度,纬度\nx,112.5,37.8\n");
    let mut layers = read(&path);
    let causes = [Cause::WithoutPlace, Cause::AtZero, Cause::BrokenRows, Cause::DeletedRows];
    for (name, causes) in [("甲层", &causes[..]), ("乙层", &causes[1..2])] {
        let findings = causes.iter().map(|cause| Finding::of(*cause, 7)).collect();
        let own = Layer { name: name.to_owned(), findings, ..Layer::clone(&layers[0]) };
        layers.push(std::sync::Arc::new(own));
    }
    layers.remove(0);
    let mut harness = window([1400.0, 900.0], Settings::default());
    harness.state_mut().begin(Action::OpenTab(Tab::Basemap));
    ui_opened::open(&mut harness, &path, layers);
    let words = |cause: Cause| finding_words(&Finding::of(cause, 7), Language::Chinese);
    let count = |harness: &Harness<'_, Shell>, words: &str| {
        let is_it = |node: &AccessKitNode<'_>| {
            node.value().or_else(|| node.label()).is_some_and(|own| own == words)
        };
        harness.query_all_by(is_it).count()
    };
    assert_eq!(count(&harness, &words(Cause::AtZero)), 2, "that of the second layer, too");
    assert_eq!(count(&harness, &words(Cause::DeletedRows)), 0);
    click(&mut harness, "另有 1 条");
    assert_eq!(count(&harness, &words(Cause::DeletedRows)), 1);
    assert!(!seen(&harness, "另有 1 条"));
}
