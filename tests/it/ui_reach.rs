//! What is asked for is reached: the words in the plan's text, the row in the table.

use egui::{Key, Modifiers};
use jintu::app::{Action, Overlay, Settings, Tab};
use jintu::search::Hit;

use crate::ui::{at_peace, press, settle, window};

/// Where something with these words is drawn, as far as it is seen.
fn place_of(
    harness: &egui_kittest::Harness<'_, jintu::ui::Shell>,
    words: &str,
) -> Option<egui::Rect> {
    use egui_kittest::kittest::Queryable;
    let named = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
        let says = |text: Option<String>| text.is_some_and(|text| text.contains(words));
        says(node.label()) || says(node.value())
    };
    let rects = harness.query_all_by(named).map(|node| node.rect());
    rects.min_by(|a, b| a.area().total_cmp(&b.area()))
}

#[test]
fn a_sentence_is_reached_while_the_text_is_closed() {
    for size in [[1280.0, 800.0], [1600.0, 900.0]] {
        let mut harness = window(size, Settings::default());
        press(&mut harness, Modifiers::NONE, Key::Slash);
        harness.event(egui::Event::Text("营商环境".to_owned()));
        settle(&mut harness);
        let Overlay::Search(own) = &harness.state().state().overlay else { panic!("closed") };
        let hits: Vec<Hit> = own.found.hits().cloned().collect();
        let row = hits.iter().rposition(|hit| matches!(hit, Hit::Sentence(..))).expect("found");
        let Hit::Sentence(_, words) = hits[row] else { unreachable!() };
        for _ in 0..row {
            press(&mut harness, Modifiers::NONE, Key::ArrowDown);
        }
        press(&mut harness, Modifiers::NONE, Key::Enter);
        harness.run_steps(12);
        let state = harness.state().state();
        assert_eq!(state.right_tab, Tab::Text);
        let text = &state.catalogue.plan.text;
        let said = text.slice(words);
        let place = harness.output().shapes.iter().find_map(|painted| match &painted.shape {
            egui::Shape::Text(own) if own.pos.y > 60.0 && own.galley.text().contains(said) => {
                Some(own.visual_bounding_rect())
            }
            _ => None,
        });
        let place = place.unwrap_or_else(|| panic!("{said} is out of sight"));
        // Somewhere in the upper half, under the tabs.
        assert!(place.bottom() > 90.0 && place.top() < 0.6 * size[1], "{size:?}: {place:?}");
        at_peace(&harness);
    }
}

#[test]
fn the_table_opens_at_the_selected_row() {
    let mut harness = window([1280.0, 800.0], Settings::default());
    let last = harness.state().state().rows.last().unwrap().project;
    let catalogue = crate::real::catalogue();
    let middle = ["T-04", "B5-05", catalogue.projects[last].id.as_str()];
    for id in middle {
        harness.state_mut().begin(Action::Select(vec![id.to_owned()]));
        settle(&mut harness);
        press(&mut harness, Modifiers::NONE, Key::T);
        settle(&mut harness);
        let project = catalogue.project(id).unwrap();
        let row = format!("{id} {}", project.name.zh);
        let place = place_of(&harness, &row).unwrap_or_else(|| panic!("{row} is out of sight"));
        let bar = jintu::theme::size::STATUS_BAR;
        assert!(place.top() > 500.0 && place.bottom() <= 800.0 - bar + 1.0, "{id}: {place:?}");
        press(&mut harness, Modifiers::NONE, Key::T);
    }
    at_peace(&harness);
}
