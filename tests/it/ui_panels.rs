//! Panels keep to what they hold: the drawer of the table, the find bar, the counties.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use jintu::{
    app::{Action, Settings, Tab},
    catalogue::Facet,
    ui::{Shell, widgets},
};

use crate::ui::{at_peace, click, desk, press, seen, settle, window};

fn act(harness: &mut Harness<'_, Shell>, action: Action) {
    harness.state_mut().begin(action);
    harness.run_steps(6);
}

/// Where the map ends: the drawer begins there.
fn map_bottom(harness: &Harness<'_, Shell>) -> f32 {
    harness.get_by(|node| node.role() == Role::Application).rect().bottom()
}

/// With few rows the drawer is as high as they are; with many as high as it was.
#[test]
fn the_drawer_of_the_table_has_no_empty_rows() {
    let mut harness = desk();
    let without = map_bottom(&harness);
    act(&mut harness, Action::ToggleTable);
    let many = without - map_bottom(&harness);
    act(&mut harness, Action::Toggle(Facet::Region, "br".to_owned()));
    act(&mut harness, Action::Toggle(Facet::Kind, "culture".to_owned()));
    let rows = harness.state().state().rows.len();
    assert!((1..=5).contains(&rows), "{rows}");
    let few = without - map_bottom(&harness);
    let last = harness.state().state().rows.last().unwrap().cells[0].clone();
    let last = harness.get_by(|node| {
        node.label().is_some_and(|label| label.contains(&last)) && node.role() == Role::Button
    });
    let drawer_ends = without;
    let room = drawer_ends - last.rect().bottom();
    assert!((0.0..=12.0).contains(&room), "{room} points are left under the last row");
    assert!(few < many - 20.0, "{few} of {many}");
    act(&mut harness, Action::ClearFilter);
    assert!((without - map_bottom(&harness) - many).abs() < 1.0);
    at_peace(&harness);
}

/// Esc in the find bar closes the bar and nothing else.
#[test]
fn esc_in_the_find_bar_closes_only_the_bar() {
    let mut harness = desk();
    act(&mut harness, Action::Select(vec!["B1-02".to_owned()]));
    press(&mut harness, Modifiers::COMMAND, Key::F);
    settle(&mut harness);
    assert!(seen(&harness, "下一处"));
    assert_eq!(harness.state().state().right_tab, Tab::Text);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    settle(&mut harness);
    assert!(!seen(&harness, "下一处"));
    let state = harness.state().state();
    assert_eq!(state.selected, ["B1-02"]);
    assert!(state.right_seen());
    // The next one is a step back at the desk again.
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.state().state().selected.is_empty());
    at_peace(&harness);
}

/// Words are selected beyond what is seen: at the edge the text scrolls on.
#[test]
fn selecting_scrolls_the_text_at_its_edge() {
    let mut harness = window([1600.0, 700.0], Settings::default());
    act(&mut harness, Action::OpenTab(Tab::Text));
    harness.run_steps(4);
    // The first paragraphs that are seen.
    let label = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        node.role() == Role::Label && node.value().is_some_and(|words| words.chars().count() > 60)
    };
    let tops = |harness: &Harness<'_, Shell>| -> Vec<(String, f32)> {
        let all = harness.query_all_by(label);
        all.map(|node| (node.accesskit_node().value().unwrap_or_default(), node.rect().top()))
            .collect()
    };
    let before = tops(&harness);
    let (name, top) = before.iter().find(|(_, top)| *top > 100.0).unwrap().clone();
    let x = 1600.0 - 250.0;
    let at = |y: f32| egui::pos2(x, y);
    let event = |harness: &mut Harness<'_, Shell>, pressed: bool, pos: egui::Pos2| {
        let (button, modifiers) = (egui::PointerButton::Primary, Modifiers::NONE);
        harness.event(egui::Event::PointerMoved(pos));
        harness.event(egui::Event::PointerButton { pos, button, pressed, modifiers });
    };
    event(&mut harness, true, at(top + 6.0));
    harness.run_steps(1);
    for y in [top + 60.0, 400.0, 668.0] {
        harness.event(egui::Event::PointerMoved(at(y)));
        harness.run_steps(2);
    }
    harness.run_steps(12);
    let moved = tops(&harness).into_iter().find(|(own, _)| *own == name).map(|(_, top)| top);
    assert!(moved.is_none_or(|now| now < top - 60.0), "{top} {moved:?}");
    event(&mut harness, false, at(668.0));
    // What was on its way arrives.
    harness.run_steps(4);
    // It rests when the button is let go.
    let rests = tops(&harness);
    harness.run_steps(6);
    assert_eq!(tops(&harness), rests);
    at_peace(&harness);
}

/// Counties around that hold nothing are there for who asks, and grey.
#[test]
fn counties_without_projects_can_be_shown() {
    let mut harness = window([1600.0, 4400.0], Settings::default());
    let rows = |harness: &Harness<'_, Shell>| {
        let counted = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
            node.label()
                .is_some_and(|label| label.ends_with("县 0 · —") || label.ends_with("市 0 · —"))
        };
        harness.query_all_by(counted).count()
    };
    assert_eq!(rows(&harness), 0);
    click(&mut harness, "另有 ");
    assert!(rows(&harness) > 5, "{}", rows(&harness));
    click(&mut harness, "收起没有项目的县区");
    assert_eq!(rows(&harness), 0);
}

/// The end of the status bar was cut on the wall, and stayed so: a frame that is laid out twice already
/// is shown as it is, whatever its second pass has found.
#[test]
fn the_end_of_a_row_that_grew_in_a_second_pass_is_put_right_by_another_frame() {
    let (size, grown) = (egui::vec2(400.0, 60.0), std::cell::Cell::new(false));
    let mut harness = egui_kittest::Harness::builder().with_size(size).build_ui(move |ui| {
        let pass = ui.ctx().current_pass_index();
        // Something asks for a second pass, and more stands at the end from then on.
        if ui.input(|i| i.key_pressed(Key::G)) && pass == 0 {
            ui.ctx().request_discard("a panel has opened");
            grown.set(true);
        }
        let wide = grown.get() && (pass > 0 || !ui.input(|i| i.key_pressed(Key::G)));
        ui.horizontal(|ui| {
            widgets::at_end(ui, "row", |ui| {
                let width = if wide { 180.0 } else { 30.0 };
                let (_, end) =
                    ui.allocate_exact_size(egui::vec2(width, 20.0), egui::Sense::hover());
                end.widget_info(|| egui::WidgetInfo::labeled(Role::Label, true, "end"));
            });
        });
    });
    harness.run();
    harness.key_press(Key::G);
    harness.run();
    let end = harness.get_by_label("end").rect();
    assert!((end.width() - 180.0).abs() < 0.1 && end.right() <= size.x, "{end}");
}
