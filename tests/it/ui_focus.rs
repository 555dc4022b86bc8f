//! Going through the window by Tab: what has the keyboard shows it, and the way leads through each
//! panel from top to bottom and from left to right.

use egui::{Key, Modifiers, Rect, Shape as Painted, accesskit::Role};
use egui_kittest::{Harness, kittest::NodeT};
use jintu::{
    app::{Action, Language, Overlay, Settings},
    style::{MapPalette, Mode},
    theme,
    ui::Shell,
};

use crate::ui::{press, settle, window};

/// What has the keyboard.
#[derive(Debug, Clone, PartialEq)]
struct Focused {
    name: String,
    role: Role,
    /// Its place, and what is seen of it.
    whole: Rect,
    seen: Rect,
}

fn focused(harness: &Harness<'_, Shell>) -> Option<Focused> {
    let id = harness.ctx.memory(egui::Memory::focused)?;
    let rect = harness.ctx.viewport(|viewport| viewport.prev_pass.widgets.get(id).copied())?;
    let node = egui_kittest::kittest::Queryable::query_by(harness, move |node| {
        node.locate().0 == id.accesskit_id()
    })?;
    let node = node.accesskit_node();
    let name = node.label().or_else(|| node.value()).unwrap_or_default();
    Some(Focused { name, role: node.role(), whole: rect.rect, seen: rect.interact_rect })
}

/// Whether a ring in the accent is painted around a place.
fn has_ring(harness: &Harness<'_, Shell>, around: Rect, mode: Mode) -> bool {
    let accent = theme::color(MapPalette::of(mode).accent);
    harness.output().shapes.iter().any(|painted| match &painted.shape {
        Painted::Rect(rect) => {
            rect.stroke.width >= 1.5
                && rect.stroke.color == accent
                && rect
                    .rect
                    .expand(0.5)
                    .contains_rect(around.intersect(painted.clip_rect.shrink(2.0)))
                && around.expand(4.0).contains_rect(rect.rect)
        }
        _ => false,
    })
}

/// Presses Tab until the way begins again, and says what it led through.
fn walk(harness: &mut Harness<'_, Shell>, mode: Mode) -> Vec<Focused> {
    const MOST: usize = 160;
    let mut way: Vec<Focused> = Vec::new();
    for _ in 0..MOST {
        press(harness, Modifiers::NONE, Key::Tab);
        let Some(now) = focused(harness) else { continue };
        if way.first().is_some_and(|first| *first == now) {
            return way;
        }
        assert!(now.seen.is_positive(), "{now:?} is out of sight");
        assert!(has_ring(harness, now.seen, mode), "{now:?} has no ring");
        assert!(!now.name.trim().is_empty(), "{now:?} has no name");
        way.push(now);
    }
    panic!("the way has no end: {way:#?}");
}

/// In which panel something stands: top bar, left panel, map, right panel, table, status bar.
fn panel(at: &Focused, size: [f32; 2]) -> usize {
    let [width, height] = size;
    let middle = at.whole.center();
    match () {
        () if middle.y < theme::size::TOP_BAR => 0,
        () if middle.y > height - theme::size::STATUS_BAR => 5,
        () if middle.x < theme::size::LEFT => 1,
        () if middle.x > width - theme::size::RIGHT => 3,
        () => 2,
    }
}

#[test]
fn tab_leads_through_the_window_as_it_is_read() {
    for (language, mode) in [(Language::Chinese, Mode::Light), (Language::English, Mode::Dark)] {
        let size = [1600.0, 900.0];
        let mut harness = window(size, Settings { language, mode, ..Settings::default() });
        harness.state_mut().begin(Action::Select(vec!["B1-02".into()]));
        settle(&mut harness);
        let way = walk(&mut harness, mode);
        assert!(way.len() > 30, "{way:#?}");
        for pair in way.windows(2) {
            let [one, next] = pair else { continue };
            let (from, to) = (panel(one, size), panel(next, size));
            assert!(from <= to, "from {one:?} to {next:?}");
            // Lists scroll as the way leads through them, and the map is one place with its own.
            let is_row = |at: &Focused| at.role == Role::GenericContainer;
            if from != to || from == 2 || is_row(one) || is_row(next) {
                continue;
            }
            let below = next.whole.top() >= one.whole.bottom() - 12.0;
            let beside = next.whole.left() >= one.whole.right() - 2.0;
            let scrolled = next.seen.height() > 0.0 && from % 2 == 1;
            assert!(below || beside || scrolled, "from {one:?} to {next:?}");
        }
        let panels: std::collections::BTreeSet<usize> =
            way.iter().map(|at| panel(at, size)).collect();
        assert!([0, 1, 2, 3, 5].iter().all(|own| panels.contains(own)), "{panels:?}");
        // Nothing was pressed on the way.
        let state = harness.state().state();
        assert_eq!((state.left_open, state.right_open), (true, true));
        assert_eq!(state.overlay, Overlay::None);
    }
}

#[test]
fn in_a_sheet_tab_stays_in_the_sheet() {
    let mut harness = window([1280.0, 800.0], Settings::default());
    for open in [Action::OpenExport, Action::OpenHelp] {
        harness.state_mut().begin(open);
        settle(&mut harness);
        let way = walk(&mut harness, Mode::Light);
        let close = way.iter().filter(|at| at.name == "关闭此页").count();
        assert_eq!(close, 1, "{way:#?}");
        assert!(way.iter().all(|at| at.name != "搜索" && at.name != "范围"), "{way:#?}");
        press(&mut harness, Modifiers::NONE, Key::Escape);
        assert_eq!(harness.state().state().overlay, Overlay::None);
    }
}

/// Who works with the mouse sees no ring.
#[test]
fn a_click_shows_no_ring() {
    let mut harness = window([1600.0, 900.0], Settings::default());
    press(&mut harness, Modifiers::NONE, Key::Tab);
    let at = focused(&harness).unwrap();
    assert!(has_ring(&harness, at.seen, Mode::Light));
    crate::ui::click(&mut harness, "任务");
    let accent = theme::color(MapPalette::of(Mode::Light).accent);
    let rings = harness.output().shapes.iter().filter(|painted| {
        matches!(&painted.shape, Painted::Rect(rect)
            if rect.stroke.color == accent && rect.stroke.width >= 1.9)
    });
    assert_eq!(rings.count(), 0);
}

/// What a screen reader hears of the window, the map and the tabs.
#[test]
fn window_map_and_tabs_say_what_they_are() {
    let mut harness = window([1600.0, 900.0], Settings::default());
    crate::ui::click(&mut harness, "任务");
    let all: Vec<(Role, String, Option<bool>)> =
        egui_kittest::kittest::Queryable::query_all_by(&harness, |_| true)
            .map(|node| {
                let node = node.accesskit_node();
                (node.role(), node.label().unwrap_or_default(), node.is_selected())
            })
            .collect();
    let tabs: Vec<_> = all.iter().filter(|(role, ..)| *role == Role::Tab).collect();
    assert_eq!(tabs.len(), 5, "{tabs:?}");
    for (_, name, selected) in tabs {
        assert_eq!(*selected, Some(name == "任务"), "{name}");
    }
    assert!(all.iter().any(|(role, name, _)| *role == Role::TabList && !name.is_empty()));
    let of = |name: &str| all.iter().find(|(_, own, _)| own.starts_with(name));
    assert!(of("地图").is_some_and(|(role, ..)| *role == Role::Application), "{:?}", of("地图"));
    let window = harness.root().accesskit_node().label();
    assert_eq!(window.as_deref(), Some("锦图 Jintu"));
    // What is only painted is told, too: every pin and every ring, with how many lie there.
    let state = harness.state().state();
    let shown = state.shown.len();
    let told = |sign: char| -> usize {
        let own = all.iter().filter(|(_, name, _)| name.starts_with(sign));
        own.map(|(_, name, _)| match name.rsplit_once("，另 ") {
            Some((_, others)) => 1 + others.trim_end_matches(" 项").parse::<usize>().unwrap(),
            None => 1,
        })
        .sum()
    };
    assert!(told('●') > 30 && told('○') > 10, "{} {} of {shown}", told('●'), told('○'));
}
