//! Measuring and drawing an outline through the window: by clicks, keys and accessible names.

use egui::{Key, Modifiers, PointerButton, Pos2, pos2, vec2};
use egui_kittest::{
    Harness,
    kittest::{AccessKitNode, NodeT, Queryable},
};
use jintu::{
    app::{Action, Language, Overlay, Purpose, Settings, Sketch, Stage},
    geo::mercator,
    map::corner_id,
    ui::Shell,
    units::LonLat,
};

use crate::ui::{at_peace, click, paced, press, seen, settle, window};

const NONE: Modifiers = Modifiers::NONE;

fn desk() -> Harness<'static, Shell> {
    // Each event has a frame of its own: two clicks are close enough to be a double click.
    paced([1600.0, 900.0], Settings::default(), 0.04)
}

/// Moves the pointer, or clicks so many times at once.
fn clicks(harness: &mut Harness<'_, Shell>, at: Pos2, times: usize) {
    harness.event(egui::Event::PointerMoved(at));
    harness.step();
    for pressed in [true, false].repeat(times) {
        let (pos, button, modifiers) = (at, PointerButton::Primary, NONE);
        harness.event(egui::Event::PointerButton { pos, button, pressed, modifiers });
    }
    settle(harness);
}

fn sketch<'a>(harness: &'a Harness<'_, Shell>) -> &'a Sketch {
    harness.state().state().sketch.as_ref().expect("something is drawn")
}

/// Where a position lies on the screen.
fn on_screen(harness: &Harness<'_, Shell>, p: LonLat) -> Pos2 {
    let corner: Pos2 = harness.ctx.data(|d| d.get_temp(corner_id())).unwrap();
    let [x, y] = harness.state().map.camera.viewport.to_pt(mercator::from_lon_lat(p));
    corner + vec2(x, y)
}

fn button<'a>(harness: &'a Harness<'_, Shell>, name: &'a str) -> AccessKitNode<'a> {
    let named = |node: &AccessKitNode<'_>| {
        node.role() == egui::accesskit::Role::Button && node.label().as_deref() == Some(name)
    };
    harness.get_by(named).accesskit_node()
}

const FIRST: Pos2 = pos2(760.0, 330.0);
const SECOND: Pos2 = pos2(1000.0, 330.0);
const THIRD: Pos2 = pos2(1000.0, 560.0);

#[test]
fn a_distance_and_an_area_by_clicks_and_keys() {
    let mut harness = desk();
    press(&mut harness, NONE, Key::M);
    assert!(seen(&harness, "测量：单击地图设第一点 · Esc 退出"));
    clicks(&mut harness, FIRST, 1);
    clicks(&mut harness, SECOND, 1);
    assert_eq!(sketch(&harness).vertices().len(), 2);
    assert!(seen(&harness, "双击或 Enter 结束") && seen(&harness, "真方位角"));
    // Live: what the pointer would add is told before it is set.
    assert!(!seen(&harness, "周长"));
    harness.event(egui::Event::PointerMoved(THIRD));
    settle(&mut harness);
    assert!(seen(&harness, "周长") && seen(&harness, "平方公里"));
    clicks(&mut harness, THIRD, 1);
    press(&mut harness, NONE, Key::Backspace);
    assert_eq!(sketch(&harness).vertices().len(), 2);
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(sketch(&harness).vertices().len(), 1);
    press(&mut harness, Modifiers::COMMAND, Key::Y);
    press(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(sketch(&harness).vertices().len(), 3);
    press(&mut harness, NONE, Key::Enter);
    assert_eq!(sketch(&harness).stage, Stage::Line);
    assert!(seen(&harness, "测量完毕") && !seen(&harness, "平方公里"), "a line has no area");
    // Nothing of the desk moved.
    let state = harness.state().state();
    assert!(state.selected.is_empty() && state.filter.is_empty() && state.overlay == Overlay::None);
    press(&mut harness, NONE, Key::Escape);
    assert!(sketch(&harness).vertices().is_empty());
    press(&mut harness, NONE, Key::Escape);
    assert!(harness.state().state().sketch.is_none() && seen(&harness, "显示 138/138"));
    at_peace(&harness);
}

#[test]
fn a_double_click_ends_and_the_first_vertex_closes() {
    let mut harness = desk();
    click(&mut harness, "测量距离与面积");
    for at in [FIRST, SECOND] {
        clicks(&mut harness, at, 1);
    }
    clicks(&mut harness, THIRD, 2);
    assert_eq!((sketch(&harness).stage, sketch(&harness).vertices().len()), (Stage::Line, 3));
    // The next click begins anew.
    for at in [FIRST, SECOND, THIRD, FIRST + vec2(3.0, 2.0)] {
        clicks(&mut harness, at, 1);
    }
    assert_eq!((sketch(&harness).stage, sketch(&harness).vertices().len()), (Stage::Ring, 3));
    assert!(seen(&harness, "平方公里") && seen(&harness, "周长") && !seen(&harness, "总长"));
    // Once more on its button, and it is put away.
    click(&mut harness, "测量距离与面积");
    assert!(harness.state().state().sketch.is_none());
    at_peace(&harness);
}

#[test]
fn while_measuring_a_project_is_only_a_place() {
    let mut harness = desk();
    let pin = {
        let named = |node: &AccessKitNode<'_>| node.label().is_some_and(|l| l.starts_with("● "));
        let first = harness.query_all_by(named).next().expect("a pin");
        first.rect().center()
    };
    press(&mut harness, NONE, Key::M);
    clicks(&mut harness, pin, 1);
    let state = harness.state().state();
    assert_eq!(sketch(&harness).vertices().len(), 1);
    assert!(state.selected.is_empty() && state.overlay == Overlay::None && state.hover.is_none());
    press(&mut harness, NONE, Key::M);
    // Longer than a double click.
    harness.run_steps(20);
    clicks(&mut harness, pin, 1);
    let state = harness.state().state();
    let chosen = !state.selected.is_empty() || matches!(state.overlay, Overlay::PickList { .. });
    assert!(chosen, "afterwards a click chooses again");
    at_peace(&harness);
}

#[test]
fn dragging_and_the_wheel_move_the_map_while_measuring() {
    let mut harness = desk();
    press(&mut harness, NONE, Key::M);
    clicks(&mut harness, FIRST, 1);
    let before = harness.state().map.camera.viewport;
    harness.event(egui::Event::PointerMoved(SECOND));
    harness.step();
    let (button, modifiers) = (PointerButton::Primary, NONE);
    harness.event(egui::Event::PointerButton { pos: SECOND, button, pressed: true, modifiers });
    harness.step();
    for at in [pos2(960.0, 350.0), pos2(900.0, 380.0)] {
        harness.event(egui::Event::PointerMoved(at));
        harness.step();
    }
    let pos = pos2(900.0, 380.0);
    harness.event(egui::Event::PointerButton { pos, button, pressed: false, modifiers });
    harness.run_steps(8);
    let moved = harness.state().map.camera.viewport;
    assert!((moved.center.x - before.center.x).abs() > 1e-6, "the map moved");
    assert_eq!(sketch(&harness).vertices().len(), 1, "a drag sets no vertex");
    let delta = vec2(0.0, 2.0);
    let unit = egui::MouseWheelUnit::Line;
    let (phase, source) = (egui::TouchPhase::Move, egui::MouseWheelSource::Unknown);
    harness.event(egui::Event::MouseWheel { unit, delta, modifiers, phase, source });
    harness.run_steps(8);
    assert!(harness.state().map.camera.viewport.zoom > moved.zoom, "the wheel zooms");
    // The vertex stays where it is on the ground.
    let first = sketch(&harness).vertices()[0];
    assert!(on_screen(&harness, first).distance(FIRST) > 5.0);
}

/// A mouse tells a notch as one line; an X server without axes of scrolling has it told twice.
#[test]
fn a_notch_of_the_wheel_is_half_a_level() {
    let notch = |lines: f32| egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Line,
        delta: vec2(0.0, lines),
        modifiers: NONE,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
    };
    let mut kinds = vec![vec![notch(1.0)], vec![notch(0.25), notch(0.75)]];
    #[cfg(target_os = "linux")]
    {
        let mut by_button = vec![notch(1.0), notch(1.0)];
        jintu::ui::x_wheel::halve_lines(&mut by_button);
        kinds.push(by_button);
    }
    for events in kinds {
        let mut harness = desk();
        harness.event(egui::Event::PointerMoved(SECOND));
        harness.step();
        let before = harness.state().map.camera.viewport.zoom;
        let told = format!("{events:?}");
        for event in events {
            harness.event(event);
        }
        harness.step();
        let levels = harness.state().map.camera.target_zoom() - before;
        assert!((levels - 0.5).abs() < 1e-6, "{levels} levels by {told}");
    }
}

#[test]
fn the_result_is_copied_in_the_users_language() {
    for (language, copy, unit, done) in [
        (Language::Chinese, "复制结果", "公里", "已复制测量结果"),
        (Language::English, "Copy", " km", "on the clipboard"),
    ] {
        let mut harness = window([1600.0, 900.0], Settings { language, ..Settings::default() });
        press(&mut harness, NONE, Key::M);
        assert!(button(&harness, copy).is_disabled(), "there is nothing to copy yet");
        for at in [FIRST, SECOND] {
            clicks(&mut harness, at, 1);
        }
        harness.get_by_label(copy).click();
        harness.step();
        let copied = harness.output().platform_output.commands.iter().find_map(|one| match one {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
        let words = copied.expect("copied");
        assert!(words.contains(unit) && words.contains("WGS-84"), "{words}");
        settle(&mut harness);
        assert!(seen(&harness, done), "{language:?}");
    }
}

#[test]
fn an_outline_becomes_a_chip_and_stays_in_sight() {
    let mut harness = desk();
    click(&mut harness, "画多边形筛选");
    assert_eq!(sketch(&harness).purpose, Purpose::Filter);
    assert!(button(&harness, "完成").is_disabled());
    for at in [FIRST, SECOND] {
        clicks(&mut harness, at, 1);
    }
    press(&mut harness, NONE, Key::Enter);
    assert!(harness.state().state().filter.is_empty(), "two points are no area");
    clicks(&mut harness, THIRD, 1);
    click(&mut harness, "退回一点");
    assert_eq!(sketch(&harness).vertices().len(), 2);
    clicks(&mut harness, THIRD, 1);
    click(&mut harness, "完成");
    let state = harness.state().state();
    assert!(state.sketch.is_none() && state.filter.polygon.is_some());
    assert!(state.shown.len() < 138 && seen(&harness, "多边形范围 ×"));
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert_eq!(harness.state().state().shown.len(), 138);
    press(&mut harness, Modifiers::COMMAND, Key::Y);
    assert!(seen(&harness, "多边形范围 ×"));
    click(&mut harness, "多边形范围 ×");
    assert!(harness.state().state().filter.is_empty());
    // Four clicks on the corners of a box draw an outline, too.
    press(&mut harness, NONE, Key::P);
    let (near, far) = (FIRST, FIRST + vec2(150.0, 120.0));
    for at in [near, pos2(far.x, near.y), far, pos2(near.x, far.y)] {
        clicks(&mut harness, at, 1);
    }
    press(&mut harness, NONE, Key::Enter);
    assert!(seen(&harness, "多边形范围 ×") && !seen(&harness, "框选范围 ×"));
    click(&mut harness, "多边形范围 ×");
    // By a double click on the first vertex too, and what lies there is not chosen.
    press(&mut harness, NONE, Key::P);
    for at in [FIRST, SECOND, THIRD] {
        clicks(&mut harness, at, 1);
    }
    let zoom = harness.state().map.camera.target_zoom();
    clicks(&mut harness, FIRST, 2);
    let state = harness.state().state();
    assert!(state.sketch.is_none() && state.filter.polygon.is_some() && state.selected.is_empty());
    assert!((harness.state().map.camera.target_zoom() - zoom).abs() < 1e-9, "it does not zoom in");
    at_peace(&harness);
}

#[test]
fn the_nearest_line_is_told_with_its_stake() {
    let mut harness = desk();
    harness.state_mut().begin(Action::Select(vec!["B1-02".into()]));
    settle(&mut harness);
    press(&mut harness, NONE, Key::M);
    harness.event(egui::Event::PointerMoved(FIRST));
    settle(&mut harness);
    let catalogue = crate::real::catalogue();
    let name = catalogue.project("B1-02").unwrap().short_name.get(Language::Chinese).to_owned();
    assert!(seen(&harness, &format!("距{name}")) && seen(&harness, " · K"));
    press(&mut harness, NONE, Key::Escape);
    assert_eq!(harness.state().state().selected, ["B1-02"], "the selection stays");
}

#[test]
fn on_slides_measuring_is_off() {
    let mut harness = desk();
    press(&mut harness, NONE, Key::M);
    clicks(&mut harness, FIRST, 1);
    press(&mut harness, NONE, Key::F5);
    assert!(harness.state().state().tour.is_some());
    assert!(!seen(&harness, "退回一点") && !seen(&harness, "单击加点"));
    press(&mut harness, NONE, Key::M);
    assert_eq!(sketch(&harness).vertices().len(), 1);
}

/// A button that was reached by keys has Enter for itself.
#[test]
fn enter_on_a_button_is_the_buttons() {
    let mut harness = desk();
    press(&mut harness, NONE, Key::M);
    for at in [FIRST, SECOND] {
        clicks(&mut harness, at, 1);
    }
    harness.get_by_label("退回一点").focus();
    settle(&mut harness);
    press(&mut harness, NONE, Key::Enter);
    assert_eq!((sketch(&harness).stage, sketch(&harness).vertices().len()), (Stage::Drawing, 1));
}
