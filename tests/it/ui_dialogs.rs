//! Dialogs, menus and lists have the keyboard and the pointer for themselves.

use egui::{Key, Modifiers, PointerButton, Pos2, accesskit::Role};
use egui_kittest::{Harness, kittest::Queryable};
use jintu::{
    app::{
        Action, ExportFormat, FitTarget, Language, Message, News, Order, Overlay, Settings, Tab,
        browse::FileQuestion,
    },
    catalogue::Filter,
    ui::Shell,
};

use crate::ui::{at_peace, click, click_exactly, desk, press, seen, settle, window};

fn select(harness: &mut Harness<'_, Shell>, id: &str) {
    harness.state_mut().begin(Action::Select(vec![id.to_owned()]));
    settle(harness);
}

fn press_at(harness: &mut Harness<'_, Shell>, pos: Pos2) {
    harness.event(egui::Event::PointerMoved(pos));
    harness.step();
    for pressed in [true, false] {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        harness.event(egui::Event::PointerButton { pos, button, pressed, modifiers });
        harness.step();
    }
    settle(harness);
}

fn typed(harness: &mut Harness<'_, Shell>, text: &str) {
    harness.event(egui::Event::Text(text.to_owned()));
    settle(harness);
}

fn rect_of(harness: &Harness<'_, Shell>, name: &str, role: Role) -> egui::Rect {
    let node = harness.get_by(|node| {
        node.role() == role && node.label().is_some_and(|label| label.starts_with(name))
    });
    node.rect()
}

#[test]
fn a_distance_of_ones_own_is_typed_into_the_menu() {
    let mut harness = desk();
    select(&mut harness, "B5-02");
    click(&mut harness, "周边");
    typed(&mut harness, "3");
    // A click into the field keeps the menu.
    let field = rect_of(&harness, "周边距离", Role::TextInput);
    press_at(&mut harness, field.center());
    typed(&mut harness, ".5 km");
    let state = harness.state().state();
    assert!(state.filter.is_empty(), "keys leak: {:?}", state.filter);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let along = harness.state().state().filter.along.clone().expect("asked");
    assert_eq!((along.project.as_str(), along.km), ("B5-02", 3.5));
    assert!(!seen(&harness, "500"), "the menu is closed");
    at_peace(&harness);
}

/// What lies near a corridor is shown as the band around it; whole corridors that it touches would
/// lead far away.
#[test]
fn what_lies_near_is_shown_as_the_band() {
    let mut harness = desk();
    select(&mut harness, "B5-02");
    harness.state_mut().begin(Action::SetNear { id: "B5-02".into(), km: 5.0 });
    harness.run_steps(6);
    let catalogue = crate::real::catalogue();
    let own = catalogue.whole_extent_of(catalogue.project("B5-02")).unwrap();
    let view = harness.state().state().viewport.unwrap();
    let at = |lon, lat| {
        view.to_pt(jintu::geo::mercator::from_lon_lat(jintu::units::LonLat::new(lon, lat)))
    };
    let [left, top] = at(own.west_deg, own.north_deg);
    let [right, bottom] = at(own.east_deg, own.south_deg);
    assert!(left > 0.0 && top > 0.0 && right < view.width_pt && bottom < view.height_pt);
    let share = ((right - left) / view.width_pt).max((bottom - top) / view.height_pt);
    assert!(share > 0.25, "the band fills {share} of the view");
    // With nothing selected the key shows what the card is about.
    harness.state_mut().begin(Action::Fit(FitTarget::City));
    harness.run_steps(6);
    let before = harness.state().state().viewport;
    press(&mut harness, Modifiers::NONE, Key::F);
    harness.run_steps(6);
    assert_ne!(harness.state().state().viewport, before);
    at_peace(&harness);
}

#[test]
fn nothing_behind_a_dialog_reacts() {
    let size = [1600.0, 900.0];
    for (open, is_open) in [
        (Action::OpenExport, (|o: &Overlay| *o == Overlay::Export) as fn(&Overlay) -> bool),
        (Action::OpenHelp, |o| *o == Overlay::Help),
        (Action::BrowseHere(Box::new(FileQuestion::open("/".into(), Language::Chinese))), |o| {
            matches!(o, Overlay::Browse(_))
        }),
    ] {
        let mut harness = window(size, Settings::default());
        let county = rect_of(&harness, "清徐县 ", Role::Button).center();
        let tab = rect_of(&harness, "任务", Role::Tab).center();
        harness.state_mut().begin(open);
        settle(&mut harness);
        harness.state_mut().take_jobs();
        let before = harness.state().state().viewport;
        // Also at the very edge of the window, and on the map.
        let edge = Pos2::new(3.0, 500.0);
        for pos in [county, tab, edge, Pos2::new(1500.0, 600.0)] {
            press_at(&mut harness, pos);
            harness.event(egui::Event::MouseWheel {
                unit: egui::MouseWheelUnit::Line,
                delta: egui::vec2(0.0, 3.0),
                modifiers: Modifiers::NONE,
                phase: egui::TouchPhase::Move,
                source: egui::MouseWheelSource::Wheel,
            });
            settle(&mut harness);
        }
        for (modifiers, key) in [
            (Modifiers::NONE, Key::F5),
            (Modifiers::SHIFT, Key::F5),
            (Modifiers::COMMAND, Key::F),
            (Modifiers::ALT, Key::ArrowLeft),
        ] {
            press(&mut harness, modifiers, key);
        }
        let state = harness.state().state();
        assert!(is_open(&state.overlay), "{:?}", state.overlay);
        assert_eq!(state.filter, Filter::default());
        assert_eq!((state.left_tab, state.tour), (Tab::Regions, None));
        assert!(!state.right_open);
        assert_eq!(state.viewport, before);
        press(&mut harness, Modifiers::NONE, Key::Escape);
        assert_eq!(harness.state().state().overlay, Overlay::None);
        // And afterwards everything reacts again.
        press_at(&mut harness, county);
        assert!(!harness.state().state().filter.is_empty());
        at_peace(&harness);
    }
}

/// Nothing was found: Enter filters nothing away, only the row itself does.
#[test]
fn a_search_without_a_hit_filters_only_when_chosen() {
    let mut harness = desk();
    press(&mut harness, Modifiers::NONE, Key::Slash);
    typed(&mut harness, "zzzz");
    assert!(seen(&harness, "只显示含"));
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(harness.state().state().filter.is_empty());
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().state().filter.text, "zzzz");
}

#[test]
fn the_dialog_of_files_has_the_keyboard_each_time() {
    let mut harness = desk();
    for text in ["jia", "yi"] {
        let question = FileQuestion::open("/nowhere".into(), Language::Chinese);
        harness.state_mut().begin(Action::BrowseHere(Box::new(question)));
        settle(&mut harness);
        let entries = Err(Message::new(News::NoView));
        harness.state_mut().begin(Action::FolderRead { folder: "/nowhere".into(), entries });
        settle(&mut harness);
        typed(&mut harness, text);
        let Overlay::Browse(own) = &harness.state().state().overlay else { panic!("closed") };
        assert_eq!(own.text, text);
        press(&mut harness, Modifiers::NONE, Key::Escape);
        settle(&mut harness);
    }
}

#[test]
fn an_export_starts_where_the_last_one_went_and_a_taken_name_loses_nothing() {
    let mut harness = window([1280.0, 800.0], Settings::default());
    let folder = crate::temp_folder::TempFolder::new("ui-export-again");
    let path = folder.path().join("甲.geojson");
    let form = Box::default();
    harness.state_mut().begin(Action::Export { format: ExportFormat::GeoJson, path, form });
    settle(&mut harness);
    let saved = harness.state_mut().take_jobs().into_iter().any(|job| match job.order {
        Order::SaveSettings(own) => own.export_format == Some(ExportFormat::GeoJson),
        _ => false,
    });
    assert!(saved, "the next start knows it too");
    press(&mut harness, Modifiers::COMMAND, Key::E);
    assert!(seen(&harness, &folder.path().display().to_string()));
    let field = |harness: &Harness<'_, Shell>| {
        let name = harness.get_by(|node| {
            node.role() == Role::TextInput && node.label().is_some_and(|label| label == "文件名")
        });
        name.value().unwrap_or_default()
    };
    let name = harness.get_by(|node| {
        node.role() == Role::TextInput && node.label().is_some_and(|label| label == "文件名")
    });
    name.focus();
    settle(&mut harness);
    typed(&mut harness, "乙");
    let was = field(&harness);
    click_exactly(&mut harness, "保存");
    let jobs = harness.state_mut().take_jobs();
    let order = jobs.into_iter().find_map(|job| match job.order {
        Order::Export(order) => Some(order),
        _ => None,
    });
    let order = order.expect("ordered");
    assert_eq!(order.format, ExportFormat::GeoJson);
    harness.state_mut().begin(Action::AskReplace(order));
    settle(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    settle(&mut harness);
    assert_eq!(harness.state().state().overlay, Overlay::Export);
    assert_eq!(field(&harness), was);
    at_peace(&harness);
}

#[test]
fn without_slides_presenting_says_why() {
    let mut harness = crate::ui::window_of_text("这里没有任何项目。\n");
    press(&mut harness, Modifiers::NONE, Key::F5);
    assert!(harness.state().state().tour.is_none());
    assert!(seen(&harness, "这一套没有可放映的幻灯片"));
    press(&mut harness, Modifiers::NONE, Key::T);
    assert!(seen(&harness, "这份文本里没有认出项目") && !seen(&harness, "移除一个条件"));
    assert!(!seen(&harness, "后续进展至"), "dates of another plan");
}
