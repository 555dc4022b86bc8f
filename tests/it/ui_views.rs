//! Views through the window: saved by a key, listed, called otherwise, gone to, and back at the next
//! start.

use egui::{Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable};
use jintu::{
    app::{Action, Order, Overlay, SavedEdit, Settings, State, ViewStep, command::palette},
    book::{FilterRecord, ViewRecord},
    geo::mercator,
    ui::Shell,
};
use serde_json::json;

use crate::{
    real::{catalogue, diagnostics},
    ui::{at_peace, click, desk, press, seen, settle, showing, window},
};

const NONE: Modifiers = Modifiers::NONE;

fn saved(settings: Settings) -> Harness<'static, Shell> {
    let view = |id: &str, order, name: &str| ViewRecord {
        id: id.to_owned(),
        order,
        name: name.to_owned(),
        extent: [112.3, 37.6, 112.6, 37.8],
        filter: json!({ "text": name }),
        layers: Vec::new(),
        selection: None,
    };
    let mut state = State::new(catalogue(), diagnostics().to_vec(), settings);
    state.workbook.path = Some("a.jintu".into());
    state.workbook.shown.views = [view("V-1", 0, "铁路"), view("V-2", 1, "高速")].into();
    let (id, name) = ("F-1".to_owned(), "只看水利".to_owned());
    let filter = json!({ "text": "水库" });
    state.workbook.shown.filters = [FilterRecord { id, order: 0, name, filter }].into();
    showing(state, [1280.0, 800.0], 0.25)
}

fn edits(harness: &mut Harness<'_, Shell>) -> Vec<String> {
    let jobs = harness.state_mut().take_jobs();
    let orders = jobs.into_iter().filter_map(|job| match job.order {
        Order::Workbook(order) => Some(format!("{order:?}")),
        _ => None,
    });
    orders.collect()
}

fn still() -> Settings {
    Settings { reduce_motion: true, ..Settings::default() }
}

#[test]
fn what_was_looked_at_comes_back_in_the_window() {
    let mut harness = desk();
    harness.state_mut().begin(Action::SetText("铁路".to_owned()));
    harness.state_mut().begin(Action::Select(vec!["B1-02".to_owned()]));
    settle(&mut harness);
    press(&mut harness, NONE, Key::F);
    harness.run_steps(4);
    harness.state_mut().take_jobs();
    let before = harness.state().state().viewport.unwrap();
    // Nothing is written while something moves, once when all has been still.
    harness.run_steps(20);
    assert_eq!(harness.state_mut().take_jobs(), []);
    harness.run_steps(24);
    let jobs = harness.state_mut().take_jobs();
    let saved = jobs.into_iter().filter_map(|job| match job.order {
        Order::SaveSettings(settings) => Some(*settings),
        _ => None,
    });
    let saved: Vec<Settings> = saved.collect();
    assert_eq!(saved.len(), 1);
    harness.run_steps(44);
    assert_eq!(harness.state_mut().take_jobs(), []);
    let settings = serde_json::from_str(&serde_json::to_string(&saved[0]).unwrap()).unwrap();
    let mut state = State::new(catalogue(), diagnostics().to_vec(), settings);
    jintu::app::update(&mut state, Action::Views(ViewStep::Recall));
    let mut again = showing(state, [1600.0, 900.0], 0.25);
    again.run_steps(4);
    let own = again.state().state();
    assert_eq!((own.filter.text.as_str(), own.focus.as_deref()), ("铁路", Some("B1-02")));
    let after = own.viewport.unwrap();
    let points = |p: jintu::units::Mercator| before.to_pt(p);
    let [x, y] = points(after.center);
    let (dx, dy) = (x - before.width_pt / 2.0, y - before.height_pt / 2.0);
    assert!(dx.hypot(dy) < 2.0, "{dx} {dy}");
    assert!((after.zoom - before.zoom).abs() < 0.01, "{} {}", after.zoom, before.zoom);
    at_peace(&again);
}

#[test]
fn a_key_saves_and_keys_go_to_the_first_nine() {
    let mut harness = saved(still());
    press(&mut harness, Modifiers::COMMAND, Key::D);
    let orders = edits(&mut harness);
    assert!(orders.len() == 1 && orders[0].contains("地图范围"), "{orders:?}");
    assert_eq!(harness.state().state().overlay, Overlay::Views);
    press(&mut harness, Modifiers::ALT, Key::Num2);
    let state = harness.state().state();
    assert_eq!(state.filter.text, "高速");
    let seen = mercator::extent_from_mercator(state.clear_view().unwrap().extent());
    assert!(seen.west_deg <= 112.3 + 1e-6 && seen.east_deg >= 112.6 - 1e-6, "{seen:?}");
    assert!(seen.south_deg <= 37.6 + 1e-6 && seen.north_deg >= 37.8 - 1e-6, "{seen:?}");
    // As large as the free part of the map has room for.
    let slack =
        ((seen.east_deg - seen.west_deg) / 0.3).min((seen.north_deg - seen.south_deg) / 0.2);
    assert!(slack < 1.02, "{slack}");
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(harness.state().state().filter.text, "");
    at_peace(&harness);
}

#[test]
fn the_list_goes_renames_and_uses_filters() {
    let mut harness = saved(still());
    press(&mut harness, NONE, Key::V);
    assert!(seen(&harness, "已存视图") && seen(&harness, "Alt+1"));
    click(&mut harness, "铁路 Alt+1");
    assert_eq!(harness.state().state().filter.text, "铁路");
    assert_eq!(harness.state().state().overlay, Overlay::Views, "the list stays");
    click(&mut harness, "“高速”的操作");
    click(&mut harness, "上移");
    let orders = edits(&mut harness);
    assert!(orders.iter().any(|order| order.contains("up: true")), "{orders:?}");
    click(&mut harness, "“高速”的操作");
    click(&mut harness, "改名");
    settle(&mut harness);
    harness.event(egui::Event::Text("公路".to_owned()));
    press(&mut harness, NONE, Key::Enter);
    // One order after the other: the first has not ended.
    let waiting = format!("{:?}", harness.state().state().workbook);
    assert!(waiting.contains("公路"), "{waiting}");
    click(&mut harness, "只看水利");
    assert_eq!(harness.state().state().filter.text, "水库");
    at_peace(&harness);
}

#[test]
fn a_saved_filter_stands_in_the_panel_of_filters() {
    let mut harness = saved(still());
    harness.state_mut().begin(Action::OpenTab(jintu::app::Tab::Layers));
    settle(&mut harness);
    click(&mut harness, "只看水利");
    assert_eq!(harness.state().state().filter.text, "水库");
    click(&mut harness, "只看水利");
    assert_eq!(harness.state().state().filter.text, "", "once more, and it is off");
    assert!(harness.query_by_label("保存当前筛选").is_none(), "nothing is asked");
    at_peace(&harness);
}

#[test]
fn the_palette_and_the_search_box_find_views() {
    let mut harness = saved(still());
    press(&mut harness, Modifiers::COMMAND, Key::K);
    let found = palette::find(harness.state().state(), "高速");
    assert_eq!(found[0].id(), "go-view:V-2");
    assert_eq!(found[0].keys(), "Alt+2");
    press(&mut harness, NONE, Key::Escape);
    at_peace(&harness);
}

#[test]
fn a_view_that_was_sent_is_pasted_into_the_search_box() {
    let mut sender = window([1280.0, 800.0], Settings::default());
    sender.state_mut().begin(Action::SetText("铁路".to_owned()));
    settle(&mut sender);
    let text = jintu::app::views::view_text(sender.state().state()).write();
    let mut harness = desk();
    press(&mut harness, NONE, Key::Slash);
    harness.event(egui::Event::Paste(format!("\n{text}\n")));
    settle(&mut harness);
    assert!(seen(&harness, "看同事发来的视图"));
    press(&mut harness, NONE, Key::Enter);
    assert_eq!(harness.state().state().filter.text, "铁路");
    at_peace(&harness);
}

#[test]
fn an_edit_names_its_list() {
    let mut harness = saved(still());
    let (list, id) = (jintu::app::SavedList::Filters, "F-1".to_owned());
    let edit = SavedEdit::Remove { list, id };
    harness.state_mut().begin(Action::Views(ViewStep::Edit(edit)));
    let orders = edits(&mut harness);
    assert!(orders.len() == 1 && orders[0].contains("Filters"), "{orders:?}");
}
