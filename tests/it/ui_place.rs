//! Giving a project a place in the window: by accessible names, by keys and by dragging.

use std::path::PathBuf;

use egui::{Key, Modifiers, PointerButton, Pos2, pos2, vec2};
use egui_kittest::{Harness, kittest::Queryable};
use jintu::{
    app::{Action, BookEdit, BookNews, BookOrder, BookStep, Order, Settings, Stage},
    catalogue::Accuracy,
    geo::mercator,
    map::corner_id,
    ui::Shell,
    units::LonLat,
};

use crate::ui::{click, paced, press, seen, settle};

const NONE: Modifiers = Modifiers::NONE;

/// A window with a workbook that can be written, the card of a project open.
fn desk(id: &str) -> Harness<'static, Shell> {
    let mut harness = paced([1600.0, 900.0], Settings::default(), 0.04);
    let news =
        BookNews {
            path: Some(PathBuf::from("某市.jintu")), is_other: true, ..BookNews::default()
        };
    act(&mut harness, Action::WorkbookNews(Box::new(news)));
    act(&mut harness, Action::Select(vec![id.to_owned()]));
    while !harness.state().state().notices.is_empty() {
        let id = harness.state().state().notices[0].id;
        act(&mut harness, Action::DismissNotice(id));
    }
    harness.state_mut().take_jobs();
    settle(&mut harness);
    harness
}

fn act(harness: &mut Harness<'_, Shell>, action: Action) {
    harness.state_mut().begin(action);
    settle(harness);
}

/// What was ordered to be set, with its grounds.
fn ordered(harness: &mut Harness<'_, Shell>) -> Option<(BookEdit, String)> {
    let jobs = harness.state_mut().take_jobs();
    jobs.into_iter().find_map(|job| match job.order {
        Order::Workbook(order) => match *order {
            BookOrder::Edit { edit, source } => Some((edit, source)),
            _ => None,
        },
        _ => None,
    })
}

fn pointer(harness: &mut Harness<'_, Shell>, at: Pos2, pressed: Option<bool>) {
    harness.event(egui::Event::PointerMoved(at));
    harness.step();
    if let Some(pressed) = pressed {
        let button = PointerButton::Primary;
        harness.event(egui::Event::PointerButton { pos: at, button, pressed, modifiers: NONE });
        harness.step();
    }
}

fn on_map(harness: &mut Harness<'_, Shell>, at: Pos2) {
    pointer(harness, at, Some(true));
    pointer(harness, at, Some(false));
    // Not so soon that two are a double click.
    harness.run_steps(12);
}

fn on_screen(harness: &Harness<'_, Shell>, p: LonLat) -> Pos2 {
    let corner: Pos2 = harness.ctx.data(|d| d.get_temp(corner_id())).unwrap();
    let [x, y] = harness.state().map.camera.viewport.to_pt(mercator::from_lon_lat(p));
    corner + vec2(x, y)
}

#[test]
fn a_named_place_is_looked_at_and_taken() {
    // 清徐 stands in its words.
    let mut harness = desk("B1-12");
    click(&mut harness, "在图上定位置");
    assert!(seen(&harness, "文中地名") && seen(&harness, "清徐县"));
    let row = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        node.label()
            .is_some_and(|label| label.starts_with("清徐县 ·") && label.contains("仅知县区"))
    };
    harness.get_by(row).hover();
    settle(&mut harness);
    assert!(harness.state().state().pin.is_some(), "the map shows it");
    harness.get_by(row).click();
    settle(&mut harness);
    let (edit, source) = ordered(&mut harness).expect("it is set");
    let BookEdit::Place { id, accuracy, .. } = edit else { panic!("{edit:?}") };
    assert_eq!((id.as_str(), accuracy), ("B1-12", Accuracy::County));
    assert!(source.contains("清徐"), "{source}");
    assert!(!seen(&harness, "文中地名"));
}

#[test]
fn coordinates_are_typed_and_the_place_is_set_by_keys() {
    let mut harness = desk("B1-12");
    click(&mut harness, "在图上定位置");
    let field = harness.get_by(|node| {
        node.role() == egui::accesskit::Role::TextInput
            && node.label().is_some_and(|label| label == "坐标")
    });
    field.focus();
    field.type_text("37.87, 112.55");
    settle(&mut harness);
    assert!(seen(&harness, "112.55") && seen(&harness, "坐标系"));
    press(&mut harness, NONE, Key::Enter);
    let sketch = harness.state().state().sketch.clone().expect("it stands on the map");
    assert_eq!(sketch.vertices(), [LonLat::new(112.55, 37.87)]);
    click(&mut harness, "设为项目位置");
    let (edit, source) = ordered(&mut harness).expect("it is set");
    let BookEdit::Place { geometry, .. } = edit else { panic!("{edit:?}") };
    assert_eq!(*geometry, geo::Point::new(112.55, 37.87).into());
    assert!(source.contains("37.87, 112.55"), "{source}");
}

#[test]
fn a_line_is_drawn_changed_by_dragging_and_set() {
    let mut harness = desk("B1-12");
    click(&mut harness, "在图上定位置");
    click(&mut harness, "在图上画");
    // Snapping would find the borders that lie there.
    press(&mut harness, NONE, Key::S);
    let corners = [pos2(600.0, 300.0), pos2(760.0, 300.0), pos2(760.0, 420.0)];
    for at in corners {
        on_map(&mut harness, at);
    }
    press(&mut harness, NONE, Key::Enter);
    let sketch = |harness: &Harness<'_, Shell>| harness.state().state().sketch.clone().unwrap();
    assert_eq!((sketch(&harness).stage, sketch(&harness).vertices().len()), (Stage::Line, 3));
    // The last vertex is dragged; the map stays where it is.
    let view = harness.state().map.camera.viewport;
    let to = pos2(820.0, 460.0);
    pointer(&mut harness, corners[2], Some(true));
    for share in [0.3, 0.6, 1.0] {
        pointer(&mut harness, corners[2] + (to - corners[2]) * share, None);
    }
    pointer(&mut harness, to, Some(false));
    settle(&mut harness);
    assert_eq!(harness.state().map.camera.viewport, view);
    let last = on_screen(&harness, sketch(&harness).vertices()[2]);
    assert!((last - to).length() < 1.5, "{last:?}");
    // A click on the line adds a vertex, Delete takes it out, and each can be taken back.
    on_map(&mut harness, pos2(680.0, 300.0));
    assert_eq!(sketch(&harness).vertices().len(), 4);
    press(&mut harness, NONE, Key::Delete);
    assert_eq!(sketch(&harness).vertices().len(), 3);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(sketch(&harness).vertices().len(), 4);
    press(&mut harness, Modifiers::COMMAND, Key::Y);
    assert!(seen(&harness, "示意"));
    press(&mut harness, NONE, Key::Enter);
    let (edit, source) = ordered(&mut harness).expect("Enter sets it");
    let BookEdit::Place { geometry, accuracy, .. } = edit else { panic!("{edit:?}") };
    assert_eq!(accuracy, Accuracy::Schematic);
    assert!(matches!(*geometry, geo::Geometry::LineString(line) if line.0.len() == 3));
    assert!(!source.is_empty());
}

#[test]
fn the_pin_of_the_project_in_the_form_is_dragged() {
    let catalogue = crate::real::catalogue();
    let own = catalogue.projects.iter().find_map(|project| {
        let [only] = project.features.as_slice() else { return None };
        match catalogue.features[*only].shape {
            jintu::catalogue::Shape::Point(at) => Some((project.id.clone(), at)),
            _ => None,
        }
    });
    let (id, at) = own.unwrap();
    let mut harness = desk(&id);
    act(&mut harness, Action::Workbook(BookStep::SetEditing(true)));
    act(&mut harness, Action::Fit(jintu::app::FitTarget::Projects(vec![id.clone()])));
    harness.run_steps(20);
    let foot = on_screen(&harness, at);
    let to = foot + vec2(60.0, 40.0);
    pointer(&mut harness, foot - vec2(0.0, 6.0), Some(true));
    for share in [0.3, 0.6, 1.0] {
        pointer(&mut harness, foot + (to - foot) * share, None);
    }
    pointer(&mut harness, to, Some(false));
    settle(&mut harness);
    let placing = harness.state().state().placing.clone().expect("how exact is asked");
    assert_eq!(placing.id, id);
    let moved = harness.state().state().sketch.clone().unwrap().vertices()[0];
    assert!((on_screen(&harness, moved) - to).length() < 12.0);
    click(&mut harness, "设为项目位置");
    assert!(matches!(ordered(&mut harness), Some((BookEdit::Place { .. }, _))));
}

#[test]
fn a_plan_of_another_city_lists_no_regions_of_the_seeds() {
    let path = format!("{}/tests/fixtures/plans/anji.txt", env!("CARGO_MANIFEST_DIR"));
    let harness = crate::ui::window_of_text(&std::fs::read_to_string(path).unwrap());
    assert!(seen(&harness, "安吉县") && !seen(&harness, "京津冀"));
}
