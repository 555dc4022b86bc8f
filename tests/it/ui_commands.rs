//! Commands through the window: the keyboard, the palette, the sheet of keys.

use egui::{Key, Modifiers};
use egui_kittest::{
    Harness,
    kittest::{AccessKitNode, NodeT, Queryable},
};
use jintu::{
    app::{
        Action, FitTarget, Language, Order, Overlay, Settings, Tab,
        command::{palette, sheet},
    },
    style::Mode,
    ui::Shell,
};

use crate::{
    real::catalogue,
    ui::{at_peace, click, desk, press, seen, settle, window},
};

const NONE: Modifiers = Modifiers::NONE;

fn open_palette(harness: &mut Harness<'_, Shell>) {
    press(harness, Modifiers::COMMAND, Key::K);
    assert!(palette::is_open(harness.state().state()), "the palette is open");
}

/// Types into whatever has the keyboard.
fn type_text(harness: &mut Harness<'_, Shell>, text: &str) {
    harness.event(egui::Event::Text(text.to_owned()));
    settle(harness);
}

fn typed(harness: &Harness<'_, Shell>) -> String {
    palette::of(harness.state().state()).unwrap().text.clone()
}

#[test]
fn a_command_by_its_pinyin() {
    let mut harness = desk();
    open_palette(&mut harness);
    type_text(&mut harness, "daochu");
    assert_eq!(typed(&harness), "daochu");
    press(&mut harness, NONE, Key::Enter);
    assert_eq!(harness.state().state().overlay, Overlay::Export);
    assert_eq!(harness.state().state().settings.recent_commands, ["export"]);
    assert!(seen(&harness, "导出当前 138 项"));
    at_peace(&harness);
}

#[test]
fn a_command_by_its_english_name_in_either_language() {
    for language in [Language::Chinese, Language::English] {
        let mut harness = window([1280.0, 800.0], Settings { language, ..Settings::default() });
        open_palette(&mut harness);
        type_text(&mut harness, "graticule");
        press(&mut harness, NONE, Key::Enter);
        assert!(harness.state().state().settings.graticule, "{language:?}");
        assert_eq!(harness.state().state().overlay, Overlay::None);
        let jobs = harness.state_mut().take_jobs();
        assert!(jobs.iter().any(|job| matches!(job.order, Order::SaveSettings(_))), "{jobs:?}");
        at_peace(&harness);
    }
}

#[test]
fn arrows_choose_another_row_and_the_text_stays() {
    let mut harness = desk();
    open_palette(&mut harness);
    type_text(&mut harness, "类别");
    let found = palette::find(harness.state().state(), "类别");
    for _ in 0..2 {
        press(&mut harness, NONE, Key::ArrowDown);
    }
    press(&mut harness, NONE, Key::ArrowUp);
    press(&mut harness, NONE, Key::ArrowDown);
    assert_eq!(palette::of(harness.state().state()).unwrap().row, 2);
    assert_eq!(typed(&harness), "类别");
    let chosen = found[2].clone();
    press(&mut harness, NONE, Key::Enter);
    let state = harness.state().state();
    assert_eq!(state.settings.recent_commands, [chosen.id()]);
    assert_eq!(state.filter.kinds.iter().next(), Some(&chosen.choice.unwrap().key));
    at_peace(&harness);
}

#[test]
fn the_palette_closes_by_its_keys_and_beside() {
    let mut harness = desk();
    for how in ["esc", "again", "beside"] {
        open_palette(&mut harness);
        match how {
            "esc" => press(&mut harness, NONE, Key::Escape),
            "again" => press(&mut harness, Modifiers::COMMAND, Key::K),
            _ => {
                let at = egui::pos2(800.0, 860.0);
                harness.event(egui::Event::PointerMoved(at));
                for pressed in [true, false] {
                    harness.event(egui::Event::PointerButton {
                        pos: at,
                        button: egui::PointerButton::Primary,
                        pressed,
                        modifiers: NONE,
                    });
                }
                settle(&mut harness);
            }
        }
        assert_eq!(harness.state().state().overlay, Overlay::None, "{how}");
        // The keyboard is the desk's again.
        let before = harness.state().state().settings.table_open;
        press(&mut harness, NONE, Key::T);
        assert_ne!(harness.state().state().settings.table_open, before, "{how}");
    }
    assert!(harness.state().state().settings.recent_commands.is_empty());
    at_peace(&harness);
}

#[test]
fn a_row_of_the_palette_is_one_click() {
    let mut harness = desk();
    open_palette(&mut harness);
    type_text(&mut harness, "renwu");
    click(&mut harness, "页签：任务");
    assert_eq!(harness.state().state().left_tab, Tab::Tasks);
    assert_eq!(harness.state().state().overlay, Overlay::None);
    // What only the window can do comes through a click too.
    open_palette(&mut harness);
    type_text(&mut harness, "放大界面");
    click(&mut harness, "放大界面");
    assert!((harness.ctx.zoom_factor() - 1.1).abs() < 1e-3);
    at_peace(&harness);
}

#[test]
fn what_was_used_last_stands_first() {
    let mut harness = desk();
    for text in ["jww", "全市"] {
        open_palette(&mut harness);
        type_text(&mut harness, text);
        press(&mut harness, NONE, Key::Enter);
    }
    open_palette(&mut harness);
    assert!(seen(&harness, "最近使用"));
    press(&mut harness, NONE, Key::ArrowDown);
    press(&mut harness, NONE, Key::Enter);
    assert!(!harness.state().state().settings.graticule, "on and off again");
    assert_eq!(harness.state().state().settings.recent_commands[0], "toggle-graticule");
    at_peace(&harness);
}

#[test]
fn what_cannot_be_done_is_seen_and_does_nothing() {
    let mut harness = desk();
    open_palette(&mut harness);
    type_text(&mut harness, "chexiao");
    let row = harness.get_by(|node: &AccessKitNode<'_>| {
        node.label().is_some_and(|label| label.starts_with("撤销"))
    });
    assert!(row.accesskit_node().is_disabled());
    press(&mut harness, NONE, Key::Enter);
    assert!(palette::is_open(harness.state().state()), "it stays for another choice");
    assert!(harness.state().state().settings.recent_commands.is_empty());
    type_text(&mut harness, "qqq");
    assert!(seen(&harness, "没有这样的命令"));
    press(&mut harness, NONE, Key::Enter);
    assert!(palette::is_open(harness.state().state()));
    at_peace(&harness);
}

#[test]
fn a_command_leads_to_a_field() {
    let (text, label) = ("添加底图", "网址");
    let mut harness = desk();
    open_palette(&mut harness);
    type_text(&mut harness, text);
    press(&mut harness, NONE, Key::Enter);
    assert_eq!(harness.state().state().left_tab, Tab::Basemap);
    let field = harness.get_by(|node: &AccessKitNode<'_>| {
        node.label().is_some_and(|own| own.starts_with(label))
            && node.role() == egui::Role::TextInput
    });
    assert!(field.is_focused(), "{text}");
    type_text(&mut harness, "x.geojson");
    press(&mut harness, NONE, Key::Enter);
    let jobs = harness.state_mut().take_jobs();
    let opens = jobs
        .iter()
        .any(|job| matches!(job.order, Order::OpenFile { .. } | Order::OpenBasemap { .. }));
    assert!(opens, "{text}: {jobs:?}");
}

/// Who types on at once types into the palette.
#[test]
fn nothing_typed_after_the_palettes_key_reaches_the_desk() {
    let mut harness = desk();
    let before = harness.state().state().settings.clone();
    let down = |key, modifiers| {
        let (physical_key, pressed, repeat) = (None, true, false);
        egui::Event::Key { key, physical_key, pressed, repeat, modifiers }
    };
    harness.input_mut().events.push(down(Key::K, Modifiers::COMMAND));
    harness.input_mut().events.push(down(Key::T, NONE));
    harness.step();
    harness.input_mut().events.push(down(Key::T, NONE));
    harness.input_mut().events.push(egui::Event::Text("t".to_owned()));
    harness.step();
    settle(&mut harness);
    assert_eq!(typed(&harness), "t");
    assert_eq!(harness.state().state().settings, before);
}

/// The wall sees slides, never commands.
#[test]
fn there_is_no_palette_on_a_slide() {
    let mut harness = desk();
    press(&mut harness, NONE, Key::F5);
    press(&mut harness, Modifiers::COMMAND, Key::K);
    assert_eq!(harness.state().state().overlay, Overlay::None);
    assert!(harness.query_by_label("命令").is_none());
    // A tour that begins with the palette open closes it.
    let mut harness = desk();
    open_palette(&mut harness);
    press(&mut harness, NONE, Key::F5);
    assert!(harness.state().state().tour.is_some());
    assert_eq!(harness.state().state().overlay, Overlay::None);
    at_peace(&harness);
}

#[test]
fn the_sheet_of_keys_tells_them_all_in_a_small_window() {
    for (language, size) in [
        (Language::Chinese, [900.0, 600.0]),
        (Language::English, [900.0, 600.0]),
        (Language::Chinese, [1920.0, 1080.0]),
    ] {
        let mut harness = window(size, Settings { language, ..Settings::default() });
        press(&mut harness, NONE, Key::Questionmark);
        assert_eq!(harness.state().state().overlay, Overlay::Help);
        for section in sheet::sections() {
            for command in section.commands {
                assert!(seen(&harness, &command.name(language)), "{} {size:?}", command.id);
                assert!(seen(&harness, &sheet::keys_of(&command.chords())), "{}", command.id);
            }
        }
        // Within the window, its way out too.
        let close = harness.get_by(|node: &AccessKitNode<'_>| {
            let closes = ["关闭此页", "Close this sheet"];
            node.label().is_some_and(|label| closes.contains(&label.as_str()))
        });
        let rect = close.rect();
        assert!(egui::Rect::from_min_size(egui::Pos2::ZERO, size.into()).contains_rect(rect));
        press(&mut harness, NONE, Key::Escape);
        assert_eq!(harness.state().state().overlay, Overlay::None);
        at_peace(&harness);
    }
}

#[test]
fn arrows_pan_as_long_as_the_map_has_the_keyboard() {
    let mut harness = desk();
    let center = |harness: &Harness<'_, Shell>| harness.state().map.camera.viewport.center;
    let start = center(&harness);
    press(&mut harness, NONE, Key::ArrowRight);
    assert_eq!(center(&harness), start, "nobody has clicked the map");
    click_map(&mut harness);
    for n in 1..=4 {
        let before = center(&harness);
        press(&mut harness, NONE, Key::ArrowRight);
        assert!(center(&harness).x > before.x, "step {n}");
    }
    let zoom = harness.state().map.camera.viewport.zoom;
    press(&mut harness, NONE, Key::Minus);
    harness.run_steps(40);
    assert!(harness.state().map.camera.viewport.zoom < zoom);
    at_peace(&harness);
}

/// A click on a free place of the map.
fn click_map(harness: &mut Harness<'_, Shell>) {
    let at = egui::pos2(700.0, 120.0);
    harness.event(egui::Event::PointerMoved(at));
    settle(harness);
    for pressed in [true, false] {
        harness.event(egui::Event::PointerButton {
            pos: at,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: NONE,
        });
    }
    settle(harness);
}

#[test]
fn the_window_has_its_keys() {
    let mut harness = desk();
    press(&mut harness, Modifiers::COMMAND, Key::Plus);
    assert!((harness.ctx.zoom_factor() - 1.1).abs() < 1e-3, "one step, not two");
    press(&mut harness, Modifiers::COMMAND, Key::Minus);
    press(&mut harness, Modifiers::COMMAND, Key::Minus);
    assert!((harness.ctx.zoom_factor() - 0.9).abs() < 1e-3);
    press(&mut harness, Modifiers::COMMAND, Key::Num0);
    assert!((harness.ctx.zoom_factor() - 1.0).abs() < 1e-3);
    // The harness shows the commands of one frame.
    let asks = |harness: &mut Harness<'_, Shell>, modifiers, key| {
        let (physical_key, pressed, repeat) = (None, true, false);
        harness.event(egui::Event::Key { key, physical_key, pressed, repeat, modifiers });
        harness.step();
        let output = harness.output();
        let viewports = output.viewport_output.values();
        viewports.flat_map(|viewport| viewport.commands.clone()).collect::<Vec<_>>()
    };
    let full = asks(&mut harness, NONE, Key::F11);
    assert!(full.contains(&egui::ViewportCommand::Fullscreen(true)), "{full:?}");
    let quit = asks(&mut harness, Modifiers::COMMAND, Key::Q);
    assert!(quit.contains(&egui::ViewportCommand::Close), "{quit:?}");
    press(&mut harness, NONE, Key::F5);
    let quit = asks(&mut harness, Modifiers::COMMAND, Key::Q);
    assert!(!quit.contains(&egui::ViewportCommand::Close), "not while presenting");
}

#[test]
fn the_legend_opens_and_closes_by_its_key() {
    let mut harness = window([1920.0, 1080.0], Settings::default());
    assert!(seen(&harness, "图例  −"));
    press(&mut harness, NONE, Key::L);
    assert!(seen(&harness, "图例  +"));
    press(&mut harness, NONE, Key::L);
    assert!(seen(&harness, "图例  −"));
}

#[test]
fn a_list_under_the_pointer_takes_arrows_and_enter() {
    let mut harness = desk();
    let ids: Vec<String> = catalogue().projects.iter().map(|p| p.id.clone()).take(3).collect();
    click_map(&mut harness);
    let before = harness.state().map.camera.viewport.center;
    harness.state_mut().begin(Action::OpenPickList {
        ids: ids.clone(),
        features: Vec::new(),
        at_pt: [300.0, 200.0],
    });
    settle(&mut harness);
    press(&mut harness, NONE, Key::ArrowDown);
    press(&mut harness, NONE, Key::ArrowDown);
    press(&mut harness, NONE, Key::ArrowUp);
    assert_eq!(harness.state().state().hover.as_deref(), Some(ids[1].as_str()));
    assert_eq!(harness.state().map.camera.viewport.center, before, "the map does not hear them");
    press(&mut harness, NONE, Key::Enter);
    assert_eq!(harness.state().state().selected, [ids[1].clone()]);
    assert_eq!(harness.state().state().overlay, Overlay::None);
    at_peace(&harness);
}

/// Commands that open a panel show it, also where there is room for one panel only.
#[test]
fn a_tab_that_is_asked_for_is_seen_in_a_narrow_window() {
    let mut harness = window([1100.0, 700.0], Settings::default());
    harness.state_mut().begin(Action::Select(vec!["B1-02".into()]));
    settle(&mut harness);
    assert!(seen(&harness, "太原—绥德高速铁路项目"));
    open_palette(&mut harness);
    type_text(&mut harness, "2025");
    harness.state_mut().begin(Action::CloseOverlay);
    harness.state_mut().begin(Action::OpenTab(Tab::Targets));
    settle(&mut harness);
    assert!(seen(&harness, "2025 年目标"));
    harness.state_mut().begin(Action::Select(vec!["B1-01".into()]));
    settle(&mut harness);
    assert!(!seen(&harness, "2025 年目标"), "the card is what was asked for last");
    at_peace(&harness);
}

#[test]
fn the_look_changes_by_command() {
    let mut harness = desk();
    open_palette(&mut harness);
    type_text(&mut harness, "深色");
    press(&mut harness, NONE, Key::Enter);
    assert_eq!(harness.state().state().settings.mode, Mode::Dark);
    harness.state_mut().begin(Action::Fit(FitTarget::City));
    settle(&mut harness);
    at_peace(&harness);
}
