//! The window by its accessible names, as a screen reader or a person finds them.

use std::sync::{Arc, LazyLock};

use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use jintu::{
    app::{ExportFormat, Job, Language, Order, Overlay, Settings, State, Tab},
    basemap::Basemap,
    catalogue::{CountyMoney, Facet, FacetValue},
    sheet::Paper,
    store,
    style::Mode,
    theme,
    ui::Shell,
};

use crate::real::{catalogue, diagnostics, ids};

static BASEMAP: LazyLock<Arc<Basemap>> =
    LazyLock::new(|| Arc::new(Basemap::open(store::BASEMAP).unwrap()));

/// A window of a size in a look, at rest.
pub fn window(size: [f32; 2], settings: Settings) -> Harness<'static, Shell> {
    paced(size, settings, 0.25)
}

/// The same with a frame every so many seconds.
pub fn paced(size: [f32; 2], settings: Settings, frame_s: f32) -> Harness<'static, Shell> {
    let settings = Settings { reduce_motion: true, ..settings };
    showing(State::new(catalogue(), diagnostics().to_vec(), settings), size, frame_s)
}

pub fn showing(state: State, size: [f32; 2], frame_s: f32) -> Harness<'static, Shell> {
    let shell = Shell::new(state, Some(BASEMAP.clone()));
    let mut harness = Harness::builder()
        .with_size(size)
        .with_step_dt(frame_s)
        .with_render_cursor(false)
        .with_context_setup(theme::install_fonts)
        .build_ui_state(whole, shell);
    settle(&mut harness);
    harness
}

/// A window of another plan.
pub fn window_of_text(text: &str) -> Harness<'static, Shell> {
    let lowered = jintu::catalogue::lower::lower_plan(text.as_bytes(), &store::SEEDS);
    let settings = Settings { reduce_motion: true, ..Settings::default() };
    let state = State::new(Arc::new(lowered.catalogue), lowered.diagnostics, settings);
    showing(state, [1280.0, 800.0], 0.25)
}

/// The harness leaves a margin; the window has none.
fn whole(ui: &mut egui::Ui, shell: &mut Shell) {
    let rect = ui.ctx().content_rect();
    ui.scope_builder(egui::UiBuilder::new().max_rect(rect), |ui| {
        ui.set_clip_rect(rect);
        shell.show(ui);
    });
}

/// Enough frames for an action to be seen and for a panel to open.
pub fn settle(harness: &mut Harness<'_, Shell>) {
    harness.run_steps(3);
}

pub fn desk() -> Harness<'static, Shell> {
    window([1600.0, 900.0], Settings::default())
}

/// Clicks the one thing whose name begins so.
pub fn click(harness: &mut Harness<'_, Shell>, start: &str) {
    let start = start.to_owned();
    let named = move |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        node.label().is_some_and(|label| label.starts_with(&start))
    };
    harness.get_by(named).click();
    settle(harness);
}

pub fn press(harness: &mut Harness<'_, Shell>, modifiers: egui::Modifiers, key: egui::Key) {
    harness.key_press_modifiers(modifiers, key);
    settle(harness);
}

/// Whether something with these words is to be seen.
pub fn seen(harness: &Harness<'_, Shell>, words: &str) -> bool {
    let said = |text: Option<String>| text.is_some_and(|text| text.contains(words));
    harness.query_all_by(|_| true).any(|node| {
        let node = node.accesskit_node();
        said(node.label()) || said(node.value())
    })
}

/// Every flow ends in peace.
pub fn at_peace(harness: &Harness<'_, Shell>) {
    let state = harness.state().state();
    assert!(state.notices.is_empty(), "{:?}", state.notices);
}

fn shown(harness: &Harness<'_, Shell>) -> Vec<String> {
    ids(&catalogue(), &harness.state().state().shown)
}

#[test]
fn it_opens_with_everything_in_view() {
    for size in [[1280.0, 800.0], [1600.0, 900.0], [900.0, 600.0]] {
        let harness = window(size, Settings::default());
        assert!(seen(&harness, "显示 138/138"), "{size:?}");
        assert!(seen(&harness, "地图"), "{size:?}");
        let viewport = harness.state().state().viewport.unwrap();
        let city = catalogue().city_extent().unwrap();
        for (lon, lat) in [(city.west_deg, city.north_deg), (city.east_deg, city.south_deg)] {
            let at = jintu::units::LonLat::new(lon, lat);
            let [x, y] = viewport.to_pt(jintu::geo::mercator::from_lon_lat(at));
            assert!((0.0..=viewport.width_pt).contains(&x), "{size:?}: {x}");
            assert!((0.0..=viewport.height_pt).contains(&y), "{size:?}: {y}");
        }
        at_peace(&harness);
    }
}

#[test]
fn a_county_is_one_click_to_its_projects() {
    let mut harness = desk();
    click(&mut harness, "清徐县 ");
    let state = harness.state().state();
    assert_eq!(state.filter.counties, ["140121".to_owned()].into());
    let n = state.shown.len();
    assert!(n > 3 && n < 138);
    assert!(seen(&harness, &format!("显示 {n}/138")));
    // Only the cross takes the condition away.
    harness.get_by_label("清徐县").click();
    settle(&mut harness);
    assert!(!harness.state().state().filter.is_empty());
    click(&mut harness, "清徐县 ×");
    assert!(harness.state().state().filter.is_empty());
    assert!(seen(&harness, "显示 138/138"));
    at_peace(&harness);
}

#[test]
fn a_click_isolates_and_ctrl_adds() {
    let mut harness = desk();
    let counties = |harness: &Harness<'_, Shell>| harness.state().state().filter.counties.clone();
    click(&mut harness, "清徐县 ");
    click(&mut harness, "娄烦县 ");
    assert_eq!(counties(&harness), ["140123".to_owned()].into(), "a click leaves one");
    // What others would leave is counted without this choice, so there is something to add.
    let row = harness.get_by(|node| {
        node.role() == egui::accesskit::Role::Button
            && node.label().is_some_and(|label| label.starts_with("阳曲县 "))
    });
    row.click_modifiers(egui::Modifiers::COMMAND);
    settle(&mut harness);
    assert_eq!(counties(&harness), ["140122".to_owned(), "140123".to_owned()].into());
    at_peace(&harness);
}

#[test]
fn the_money_of_counties_is_switched_and_the_counts_are_copied() {
    let mut harness = desk();
    let whole = harness.state().state().facets.values(Facet::County).to_vec();
    click(&mut harness, "县内长度");
    let state = harness.state().state();
    assert_eq!(state.settings.county_money, CountyMoney::ByLength);
    let parts = state.facets.values(Facet::County);
    let sum = |values: &[FacetValue]| values.iter().map(|v| v.left.investment_yi).sum::<f64>();
    assert!(sum(parts) < sum(&whole) && sum(parts) <= state.totals.investment_yi);
    assert_eq!(harness.state_mut().take_jobs().len(), 1, "the choice is saved");
    harness.get_by_label("复制统计表").scroll_to_me();
    settle(&mut harness);
    harness.get_by_label("复制统计表").click();
    harness.step();
    let copied =
        harness.output().platform_output.commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
    let table = copied.expect("copied");
    let head: Vec<&str> = table.lines().next().unwrap().split('\t').collect();
    assert_eq!(head.len(), 10);
    for line in table.lines() {
        assert_eq!(line.split('\t').count(), head.len(), "{line}");
    }
    assert!(table.contains("县区\t140121\t清徐县\t") && table.contains("县内长度"));
}

#[test]
fn a_task_filters_and_opens_its_words() {
    let mut harness = desk();
    click(&mut harness, "任务");
    assert_eq!(harness.state().state().left_tab, Tab::Tasks);
    click(&mut harness, "3.1  ");
    let state = harness.state().state();
    assert_eq!(state.filter.tasks, ["3.1".to_owned()].into());
    assert_eq!(state.right_tab, Tab::Text);
    assert!(shown(&harness).contains(&"B1-01".to_owned()));
    let heading = catalogue().task_title("3.1", Language::Chinese).unwrap().to_owned();
    assert!(seen(&harness, &heading));
    at_peace(&harness);
}

/// Types into the search box.
fn search(harness: &mut Harness<'_, Shell>, text: &str) {
    press(harness, egui::Modifiers::NONE, egui::Key::Slash);
    harness.get_by_label("搜索").type_text(text);
    settle(harness);
}

/// Searching filtered before; it finds now, and a filter by words is the last row of what it found.
#[test]
fn typing_finds_and_filters_nothing() {
    let mut harness = desk();
    search(&mut harness, "tysd");
    assert_eq!(shown(&harness).len(), 138);
    assert!(seen(&harness, "项目 · 1") && seen(&harness, "太原—绥德高速铁路项目"));
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
    assert_eq!(harness.state().state().focus.as_deref(), Some("B1-02"));
    assert_eq!(harness.state().state().overlay, Overlay::None);
    // The slash means the box again, and what is typed takes the place of the old text.
    search(&mut harness, "晋祠镇");
    let Overlay::Search(own) = &harness.state().state().overlay else { panic!("closed") };
    assert_eq!(own.text, "晋祠镇");
    assert!(seen(&harness, "地名 · 1"));
    click(&mut harness, "晋祠镇 ");
    assert!(harness.state().state().pin.is_some());
    at_peace(&harness);
}

#[test]
fn words_become_a_filter_as_a_chip() {
    let mut harness = desk();
    search(&mut harness, "高速");
    // The list has its height only after it was laid out once.
    settle(&mut harness);
    click(&mut harness, "只显示含“高速”的项目");
    let state = harness.state().state();
    assert_eq!(state.filter.text, "高速", "{:?} {:?}", state.overlay, state.selected);
    let n = state.shown.len();
    assert!(n > 1 && n < 138);
    assert!(seen(&harness, &format!("显示 {n}/138")) && seen(&harness, "“高速”"));
    at_peace(&harness);
}

#[test]
fn positions_stakes_and_sentences_are_gone_to() {
    let mut harness = desk();
    search(&mut harness, "37.87 112.55");
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
    let pin = harness.state().state().pin.expect("a marked place");
    assert!((pin.lon_deg - 112.55).abs() < 1e-9 && (pin.lat_deg - 37.87).abs() < 1e-9);
    search(&mut harness, "太绥 K45+200");
    assert!(seen(&harness, "桩号 · 1"));
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
    assert_eq!(harness.state().state().focus.as_deref(), Some("B1-02"));
    search(&mut harness, "营商环境");
    assert!(seen(&harness, "规划原文 · "));
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Enter);
    let state = harness.state().state();
    assert_eq!(state.right_tab, Tab::Text);
    assert_eq!(catalogue().plan.text.slice(state.words.unwrap().range), "营商环境");
    at_peace(&harness);
}

#[test]
fn words_are_found_in_the_text_one_after_the_other() {
    let mut harness = desk();
    press(&mut harness, egui::Modifiers::COMMAND, egui::Key::F);
    settle(&mut harness);
    harness.get_by_label("在原文中查找").type_text("营商环境");
    settle(&mut harness);
    let n = catalogue().plan.text.as_str().matches("营商环境").count();
    assert!(n > 1 && seen(&harness, &format!("1/{n}")));
    click(&mut harness, "下一处");
    assert!(seen(&harness, &format!("2/{n}")));
    click(&mut harness, "上一处");
    click(&mut harness, "上一处");
    assert!(seen(&harness, &format!("{n}/{n}")), "it goes around");
    at_peace(&harness);
}

#[test]
fn a_row_of_the_table_opens_its_card_and_the_card_its_words() {
    let mut harness = desk();
    click(&mut harness, "项目表");
    assert!(harness.state().state().settings.table_open);
    click(&mut harness, "B1-02 ");
    assert_eq!(harness.state().state().selected, ["B1-02"]);
    assert!(seen(&harness, "太原—绥德高速铁路项目"));
    assert!(seen(&harness, "约 410") && seen(&harness, "亿元"));
    let first = harness.get_all_by_label("原文 ›").next().unwrap();
    first.click();
    settle(&mut harness);
    let state = harness.state().state();
    assert_eq!(state.right_tab, Tab::Text);
    let words = catalogue().plan.text.slice(state.words.unwrap().range).to_owned();
    assert_eq!(words, "总投资约410亿元");
    assert!(seen(&harness, "总投资约410亿元"));
    at_peace(&harness);
}

#[test]
fn the_table_sorts_by_its_heads() {
    let mut harness = desk();
    press(&mut harness, egui::Modifiers::NONE, egui::Key::T);
    click(&mut harness, "总投资 亿元");
    let first = harness.state().state().rows[0].project;
    assert_eq!(catalogue().projects[first].id, "B4-03");
    at_peace(&harness);
}

#[test]
fn the_language_changes_everywhere() {
    let mut harness = desk();
    click(&mut harness, "切换到英文");
    assert_eq!(harness.state().state().settings.language, Language::English);
    assert!(seen(&harness, "Present F5") && !seen(&harness, "演示 F5"));
    assert!(seen(&harness, "Qingxu"));
    let jobs = harness.state_mut().take_jobs();
    assert_eq!(jobs.len(), 1, "the choice is saved: {jobs:?}");
    click(&mut harness, "Switch to Chinese");
    assert!(seen(&harness, "演示 F5"));
    at_peace(&harness);
}

#[test]
fn dark_and_light() {
    let mut harness = desk();
    click(&mut harness, "深色");
    assert_eq!(harness.state().state().settings.mode, Mode::Dark);
    click(&mut harness, "浅色");
    assert_eq!(harness.state().state().settings.mode, Mode::Light);
    at_peace(&harness);
}

#[test]
fn presenting_by_keys() {
    let mut harness = desk();
    let none = egui::Modifiers::NONE;
    press(&mut harness, none, egui::Key::F5);
    let slide = |harness: &Harness<'_, Shell>| harness.state().state().tour.map(|tour| tour.slide);
    assert_eq!(slide(&harness), Some(0));
    press(&mut harness, none, egui::Key::PageDown);
    assert_eq!(slide(&harness), Some(1));
    press(&mut harness, none, egui::Key::PageDown);
    assert_eq!(slide(&harness), Some(2));
    press(&mut harness, none, egui::Key::Period);
    assert_eq!(harness.state().state().tour.unwrap().blank, Some(false));
    press(&mut harness, none, egui::Key::Period);
    assert_eq!(harness.state().state().tour.unwrap().blank, None);
    press(&mut harness, none, egui::Key::PageUp);
    assert_eq!(slide(&harness), Some(1));
    press(&mut harness, none, egui::Key::Escape);
    assert_eq!(slide(&harness), Some(1), "the first press asks");
    press(&mut harness, none, egui::Key::Escape);
    assert_eq!(slide(&harness), None);
    assert!(seen(&harness, "显示 138/138"));
    at_peace(&harness);
}

#[test]
fn the_export_sheet_opens_and_closes() {
    let mut harness = desk();
    press(&mut harness, egui::Modifiers::COMMAND, egui::Key::E);
    assert_eq!(harness.state().state().overlay, Overlay::Export);
    assert!(seen(&harness, "导出当前 138 项"));
    for format in ["CSV", "GeoJSON", "PNG", "SVG", "PDF"] {
        assert!(seen(&harness, format), "{format}");
    }
    click(&mut harness, "取消");
    assert_eq!(harness.state().state().overlay, Overlay::None);
    assert!(harness.state_mut().take_jobs().is_empty());
    at_peace(&harness);
}

#[test]
fn a_drawing_is_ordered_with_paper_scale_and_title() {
    let mut harness = desk();
    press(&mut harness, egui::Modifiers::COMMAND, egui::Key::E);
    // A table has no paper.
    assert!(!seen(&harness, "纸张"));
    click(&mut harness, "PDF");
    assert!(seen(&harness, "纸张") && seen(&harness, "A4") && seen(&harness, "方向"));
    type_into(&mut harness, "图名", "综合交通图");
    type_into(&mut harness, "比例尺", "1:25");
    assert!(seen(&harness, "请写成 1:250000 这样"));
    click_exactly(&mut harness, "保存");
    assert!(harness.state_mut().take_jobs().is_empty(), "what cannot be is not ordered");
    type_into(&mut harness, "比例尺", "0000");
    assert!(!seen(&harness, "请写成 1:250000 这样"));
    click_exactly(&mut harness, "保存");
    let jobs = harness.state_mut().take_jobs();
    // Folder and format are kept besides.
    let [Job { order: Order::SaveSettings(_), .. }, Job { order: Order::Export(order), .. }, ..] =
        &jobs[..]
    else {
        panic!("{jobs:?}")
    };
    // What is looked at may be kept meanwhile.
    let is_saving = |job: &Job| matches!(job.order, Order::SaveSettings(_));
    assert!(jobs.iter().skip(2).all(is_saving), "{jobs:?}");
    assert_eq!(order.format, ExportFormat::Pdf);
    let form = &order.drawing.form;
    assert_eq!(form.paper, Some(Paper::A4));
    assert_eq!(form.denominator, Some(250_000.0));
    assert_eq!(form.title.as_deref(), Some("综合交通图"));
    assert_eq!(order.path.extension().and_then(|e| e.to_str()), Some("pdf"));
    at_peace(&harness);
}

pub fn click_exactly(harness: &mut Harness<'_, Shell>, name: &str) {
    let name = name.to_owned();
    harness.get_by(move |node| node.label().is_some_and(|label| label == name)).click();
    settle(harness);
}

/// Types at the end of a field.
fn type_into(harness: &mut Harness<'_, Shell>, field: &str, text: &str) {
    let node = harness.get_by(|node| {
        node.role() == egui::accesskit::Role::TextInput
            && node.label().is_some_and(|label| label == field)
    });
    node.focus();
    node.type_text(text);
    settle(harness);
}

#[test]
fn undo_and_redo_by_keys() {
    let mut harness = desk();
    click(&mut harness, "类别");
    click(&mut harness, "铁路 ");
    let narrowed = shown(&harness);
    assert!(narrowed.len() < 138);
    press(&mut harness, egui::Modifiers::COMMAND, egui::Key::Z);
    assert_eq!(shown(&harness).len(), 138);
    press(&mut harness, egui::Modifiers::COMMAND, egui::Key::Y);
    assert_eq!(shown(&harness), narrowed);
    at_peace(&harness);
}

#[test]
fn every_panel_of_a_small_window_opens() {
    for language in [Language::Chinese, Language::English] {
        let settings = Settings { language, table_open: true, ..Settings::default() };
        let mut harness = window([1000.0, 640.0], settings);
        for tab in [Tab::Tasks, Tab::Targets, Tab::Layers, Tab::Regions, Tab::Card, Tab::Text] {
            harness.state_mut().begin(jintu::app::Action::OpenTab(tab));
            settle(&mut harness);
        }
        at_peace(&harness);
    }
}

/// Every card can be laid out: no character without a glyph, no panic.
#[test]
fn every_card_can_be_read() {
    let mut harness = desk();
    for project in &catalogue().projects {
        let action = jintu::app::Action::Select(vec![project.id.clone()]);
        harness.state_mut().begin(action);
        harness.run_steps(2);
        assert!(seen(&harness, &project.name.zh), "{}", project.id);
    }
    at_peace(&harness);
}

#[test]
fn every_slide_can_be_shown() {
    for language in [Language::Chinese, Language::English] {
        let mut harness = window([1280.0, 720.0], Settings { language, ..Settings::default() });
        for slide in 0..catalogue().slides.len() {
            let action = jintu::app::Action::StartTour { slide };
            harness.state_mut().begin(action);
            harness.run_steps(2);
            assert_eq!(harness.state().state().tour.unwrap().slide, slide);
        }
        at_peace(&harness);
    }
}

#[test]
fn at_rest_nothing_is_painted_again() {
    let mut harness = desk();
    harness.run_steps(10);
    let output = harness.output();
    let delays: Vec<_> = output.viewport_output.values().map(|v| v.repaint_delay).collect();
    assert!(delays.iter().all(|delay| delay.as_secs_f32() > 1.0), "{delays:?}");
}

/// On the wall a click means the next slide, a double click explores, and no list of the desk opens.
#[test]
fn a_click_on_a_slide_leads_on_and_a_double_click_explores() {
    let mut harness = paced([1600.0, 900.0], Settings::default(), 0.04);
    press(&mut harness, egui::Modifiers::NONE, egui::Key::F5);
    let tour = |harness: &Harness<'_, Shell>| harness.state().state().tour.unwrap();
    let middle = egui::pos2(900.0, 400.0);
    let click = |harness: &mut Harness<'_, Shell>, times: usize| {
        harness.event(egui::Event::PointerMoved(middle));
        harness.step();
        for pressed in [true, false].repeat(times) {
            let (button, modifiers) = (egui::PointerButton::Primary, egui::Modifiers::NONE);
            harness.event(egui::Event::PointerButton { pos: middle, button, pressed, modifiers });
            harness.step();
        }
    };
    let wait = |harness: &mut Harness<'_, Shell>, seconds: f64| {
        let from = harness.ctx.time();
        while harness.ctx.time() - from < seconds {
            harness.step();
        }
    };
    wait(&mut harness, 0.5);
    click(&mut harness, 1);
    wait(&mut harness, 0.6);
    assert_eq!((tour(&harness).slide, tour(&harness).detached), (1, false));
    assert_eq!(harness.state().state().overlay, Overlay::None);
    let zoom = harness.state().map.camera.viewport.zoom;
    wait(&mut harness, 2.0);
    click(&mut harness, 2);
    wait(&mut harness, 0.6);
    assert_eq!((tour(&harness).slide, tour(&harness).detached), (1, true));
    assert!(harness.state().map.camera.viewport.zoom > zoom);
    // The way back is a button.
    click_exactly(&mut harness, "返回第 2 页 (R)");
    assert!(!tour(&harness).detached);
    // Plus counts as moved as well.
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Plus);
    assert!(tour(&harness).detached);
    // Who only wants to point can have clicks that do nothing.
    let still = Settings { still_click: true, ..harness.state().state().settings.clone() };
    harness.state_mut().begin(jintu::app::Action::SetSettings(Box::new(still)));
    wait(&mut harness, 1.0);
    click(&mut harness, 1);
    wait(&mut harness, 0.6);
    assert_eq!(tour(&harness).slide, 1);
}

#[test]
fn a_question_is_seen_on_a_black_screen_and_digits_are_told() {
    let mut harness = desk();
    let none = egui::Modifiers::NONE;
    press(&mut harness, none, egui::Key::F5);
    press(&mut harness, none, egui::Key::Num1);
    press(&mut harness, none, egui::Key::Num2);
    assert!(seen(&harness, "转到第 12 页"));
    press(&mut harness, none, egui::Key::Enter);
    assert_eq!(harness.state().state().tour.unwrap().slide, 11);
    press(&mut harness, none, egui::Key::Period);
    press(&mut harness, none, egui::Key::Escape);
    assert!(seen(&harness, "再按一次退出"));
}
