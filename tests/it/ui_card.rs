//! The card: its rows point at parts of a line on the map, and a click there names the part.

use egui_kittest::{Harness, kittest::Queryable as _};
use jintu::{
    app::{Action, FitTarget, Language, Part, Settings},
    catalogue::Shape,
    geo::mercator,
    ui::Shell,
    units::LonLat,
};

use crate::{
    real::{catalogue, project},
    ui::{at_peace, click, desk, press, seen, settle, window},
};

fn act(harness: &mut Harness<'_, Shell>, action: Action) {
    harness.state_mut().begin(action);
    harness.run_steps(6);
}

fn is_map(node: &egui_kittest::kittest::AccessKitNode<'_>) -> bool {
    node.role() == egui::accesskit::Role::Application
}

/// 定位 shows all of a ring, with the roads that were there before.
#[test]
fn locating_the_second_ring_shows_the_whole_of_it() {
    let mut harness = desk();
    act(&mut harness, Action::Select(vec!["T-05".to_owned()]));
    assert!(seen(&harness, "计入长度的各段（图上合计 169.5 公里）"));
    assert!(seen(&harness, "既有线路"));
    assert!(seen(&harness, "太原绕城高速公路(既有)"));
    click(&mut harness, "定位");
    harness.run_steps(6);
    let state = harness.state().state();
    let clear = state.clear_view().unwrap();
    let catalogue = catalogue();
    for feature in &catalogue.features {
        if !feature.project_ids.contains(&"T-05".to_owned()) {
            continue;
        }
        let Shape::Line(line) = &feature.shape else { continue };
        for c in line.coords() {
            let [x, y] = clear.to_pt(mercator::from_lon_lat(LonLat::from(*c)));
            let inside =
                (0.0..=clear.width_pt).contains(&x) && (0.0..=clear.height_pt).contains(&y);
            assert!(inside, "{} {x} {y}", feature.id);
        }
    }
    at_peace(&harness);
}

#[test]
fn a_county_of_the_card_points_at_its_stretch_and_leads_there() {
    // High enough for the whole card.
    let mut harness = window([1600.0, 1800.0], Settings::default());
    act(&mut harness, Action::Select(vec!["B1-02".to_owned()]));
    let own = project(&catalogue(), "B1-02").counties[1].clone();
    let part = Some(Part::County(own.code.clone()));
    let row = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        node.label().is_some_and(|label| label.starts_with(&own.name) && label.contains('%'))
    };
    harness.get_by(row).hover();
    settle(&mut harness);
    assert_eq!(harness.state().state().part_hover, part);
    harness.get_by(row).click();
    harness.run_steps(6);
    let state = harness.state().state();
    assert_eq!(state.part, part);
    let clear = state.clear_view().unwrap();
    for line in state.catalogue.stretches(project(&catalogue(), "B1-02"), &own.code) {
        for c in line.coords() {
            let [x, y] = clear.to_pt(mercator::from_lon_lat(LonLat::from(*c)));
            let inside =
                (0.0..=clear.width_pt).contains(&x) && (0.0..=clear.height_pt).contains(&y);
            assert!(inside, "{x} {y}");
        }
    }
    // The pointer away from it points at nothing; Esc lets the stretch go before the project.
    harness.get_by(is_map).hover();
    settle(&mut harness);
    assert_eq!(harness.state().state().part_hover, None);
    press(&mut harness, egui::Modifiers::NONE, egui::Key::Escape);
    let state = harness.state().state();
    assert_eq!((state.part.clone(), state.selected.len()), (None, 1));
}

/// A click on one metro line picks that one, and the card names it; on another, the other.
#[test]
fn a_click_on_a_metro_line_names_it() {
    for (language, names) in [
        (Language::Chinese, ["太原轨道交通3号线一期", "太原轨道交通1号线一期"]),
        (Language::English, ["Taiyuan Metro Line 3", "Taiyuan Metro Line 1"]),
    ] {
        let mut harness = window([1600.0, 900.0], Settings { language, ..Settings::default() });
        for (id, name) in ["L5-3-1", "L5-1-1"].into_iter().zip(names) {
            let catalogue = catalogue();
            let feature = catalogue.features.iter().find(|f| f.id == id).unwrap();
            let Shape::Line(line) = &feature.shape else { panic!("{id} is no line") };
            // A place on the line that no pin and no other line lies near.
            let at = LonLat::from(line.0[line.0.len() / 5]);
            let near = 0.002;
            act(
                &mut harness,
                Action::Fit(FitTarget::Extent(jintu::units::Extent {
                    west_deg: at.lon_deg - near,
                    east_deg: at.lon_deg + near,
                    south_deg: at.lat_deg - near,
                    north_deg: at.lat_deg + near,
                })),
            );
            let viewport = harness.state().state().viewport.unwrap();
            let [x, y] = viewport.to_pt(mercator::from_lon_lat(at));
            let map = harness.get_by(is_map).rect();
            let pos = map.min + egui::vec2(x, y);
            harness.event(egui::Event::PointerMoved(pos));
            settle(&mut harness);
            for pressed in [true, false] {
                let (button, modifiers) = (egui::PointerButton::Primary, egui::Modifiers::NONE);
                harness.event(egui::Event::PointerButton { pos, button, pressed, modifiers });
                harness.run_steps(2);
            }
            harness.run_steps(6);
            let state = harness.state().state();
            assert_eq!(state.focus.as_deref(), Some("B5-03"), "{id}");
            assert_eq!(state.part, Some(Part::Line(id.to_owned())));
            let picked = if language.is_english() { "Picked: " } else { "选中 " };
            assert!(seen(&harness, &format!("{picked}{name}")), "{id}");
        }
        at_peace(&harness);
    }
}
