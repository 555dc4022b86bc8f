//! Notices through the window: they fit, close, stack, wait for the end of a tour, and are kept.

use egui::{Key, Modifiers, Rect, pos2};
use egui_kittest::{
    Harness,
    kittest::{AccessKitNode, Queryable},
};
use jintu::{
    app::{Action, Language, Message, News, NoticeLevel, Overlay, Settings},
    ui::Shell,
};

use crate::{
    notices::problem,
    ui::{click, desk, press, seen, settle, window},
};

fn tell(harness: &mut Harness<'_, Shell>, action: Action) {
    harness.state_mut().begin(action);
    settle(harness);
}

/// The places of everything with this name.
fn places(harness: &Harness<'_, Shell>, name: &str) -> Vec<Rect> {
    let named = |node: &AccessKitNode<'_>| node.label().as_deref() == Some(name);
    harness.query_all_by(named).map(|node| node.rect()).collect()
}

/// A sentence in Hanzi, one in words, and a path without a gap.
fn long() -> [(String, String); 3] {
    let hanzi = "离线包写不进去，请换一个位置：".repeat(60);
    let words = "The package cannot be written; choose another place. ".repeat(40);
    let path = format!("D:\\{}", "规划数据abcdefghij".repeat(60));
    [(hanzi.clone(), hanzi), (words.clone(), words), (path.clone(), path)]
}

/// 900×600 at 100 %, the same at 200 %, and a wall.
const SIZES: [[f32; 2]; 3] = [[900.0, 600.0], [450.0, 300.0], [1920.0, 1080.0]];

#[test]
fn long_words_wrap_and_the_way_out_stays_on_the_screen() {
    for size in SIZES {
        let screen = Rect::from_min_size(pos2(0.0, 0.0), size.into());
        for (zh, en) in long() {
            let mut harness = window(size, Settings::default());
            for n in 1..=3 {
                tell(&mut harness, problem(&zh, &en));
                harness.run_steps(4);
                let buttons = places(&harness, "关闭");
                // In a low window the newest alone.
                let room = if size[1] < 500.0 { 1 } else { 3 };
                assert_eq!(buttons.len(), n.min(room), "{size:?}");
                for button in buttons {
                    assert!(screen.contains_rect(button), "{button:?} {size:?}");
                }
            }
            for left in (0..3).rev() {
                let buttons = places(&harness, "关闭");
                let at = buttons[0].center();
                for pressed in [true, false] {
                    harness.event(egui::Event::PointerMoved(at));
                    harness.event(egui::Event::PointerButton {
                        pos: at,
                        button: egui::PointerButton::Primary,
                        pressed,
                        modifiers: Modifiers::NONE,
                    });
                }
                harness.run_steps(6);
                assert_eq!(harness.state().state().notices.len(), left, "{size:?}");
            }
        }
    }
}

#[test]
fn esc_closes_the_newest_first_and_then_other_things() {
    let mut harness = desk();
    tell(&mut harness, problem("第一件", "the first"));
    tell(&mut harness, problem("第二件", "the second"));
    press(&mut harness, Modifiers::NONE, Key::Questionmark);
    assert_eq!(harness.state().state().overlay, Overlay::Help);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(seen(&harness, "第一件") && !seen(&harness, "第二件"));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(!seen(&harness, "第一件"));
    assert_eq!(harness.state().state().overlay, Overlay::Help);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(harness.state().state().overlay, Overlay::None);
}

#[test]
fn a_few_are_shown_and_the_others_are_counted() {
    let mut harness = desk();
    for i in 1..=7 {
        tell(&mut harness, problem(&format!("第 {i} 件事"), ""));
    }
    let shows = |harness: &Harness<'_, Shell>| -> Vec<usize> {
        (1..=7).filter(|i| seen(harness, &format!("第 {i} 件事"))).collect()
    };
    assert_eq!(shows(&harness), [5, 6, 7]);
    assert!(seen(&harness, "另有 4 条消息"));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(shows(&harness), [4, 5, 6]);
    click(&mut harness, "另有 3 条消息");
    assert_eq!(harness.state().state().overlay, Overlay::Messages);
    assert_eq!(shows(&harness), [1, 2, 3, 4, 5, 6, 7], "the log has them all");
}

#[test]
fn notices_are_worded_in_the_language_of_the_moment() {
    let mut harness = desk();
    tell(&mut harness, problem("磁盘已满", "The disk is full"));
    assert!(seen(&harness, "磁盘已满") && !seen(&harness, "The disk is full"));
    click(&mut harness, "切换到英文");
    assert!(seen(&harness, "The disk is full") && !seen(&harness, "磁盘已满"));
    tell(&mut harness, Action::OpenMessages);
    // The button is behind the log, which lets nothing through.
    let settings = harness.state().state().settings.clone();
    let chinese = Settings { language: Language::Chinese, ..settings };
    tell(&mut harness, Action::SetSettings(Box::new(chinese)));
    assert_eq!(harness.state().state().settings.language, Language::Chinese);
    assert!(!seen(&harness, "The disk is full"));
}

#[test]
fn nothing_is_told_on_a_slide_and_all_of_it_afterwards() {
    let mut harness = desk();
    let done = Action::Notify(NoticeLevel::Done, Message::from(News::KeyWorks));
    tell(&mut harness, problem("讲解之前", ""));
    press(&mut harness, Modifiers::NONE, Key::F5);
    tell(&mut harness, problem("讲解之中", ""));
    tell(&mut harness, done);
    // Longer than good news stays on the screen.
    let before = harness.ctx.time();
    while harness.ctx.time() - before < 10.0 {
        harness.run_steps(10);
    }
    for words in ["讲解之前", "讲解之中", "密钥可用", "关闭", "另有"] {
        assert!(!seen(&harness, words), "{words}");
    }
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.state().state().tour.is_none());
    for words in ["讲解之前", "讲解之中", "密钥可用"] {
        assert!(seen(&harness, words), "{words}");
    }
    // Good news leaves by itself, a problem does not.
    let before = harness.ctx.time();
    while harness.ctx.time() - before < 10.0 {
        harness.run_steps(10);
    }
    assert!(!seen(&harness, "密钥可用") && seen(&harness, "讲解之前"));
}

#[test]
fn the_log_opens_from_the_status_bar_and_can_be_copied() {
    let mut harness = desk();
    assert!(!seen(&harness, "消息 "), "there is nothing to show yet");
    tell(&mut harness, problem("磁盘已满", "disk full"));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    click(&mut harness, "消息 1");
    assert_eq!(harness.state().state().overlay, Overlay::Messages);
    assert!(seen(&harness, "磁盘已满"));
    let logged = harness.state().state().log.iter().next().unwrap().clone();
    assert!(seen(&harness, &logged.at.unwrap().time()), "the window has looked at the clock");
    let button = |node: &AccessKitNode<'_>| node.label().as_deref() == Some("复制全部");
    harness.get_by(button).click();
    let mut copied = String::new();
    for _ in 0..4 {
        harness.step();
        for command in &harness.output().platform_output.commands {
            if let egui::OutputCommand::CopyText(text) = command {
                copied.clone_from(text);
            }
        }
    }
    assert_eq!(copied, harness.state().state().log.text(Language::Chinese));
    assert!(copied.ends_with("磁盘已满\n"));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(harness.state().state().overlay, Overlay::None);
}

#[test]
fn the_log_fits_into_a_small_window() {
    for size in SIZES {
        let mut harness = window(size, Settings::default());
        for (zh, en) in long() {
            tell(&mut harness, problem(&zh, &en));
            press(&mut harness, Modifiers::NONE, Key::Escape);
        }
        tell(&mut harness, Action::OpenMessages);
        harness.run_steps(6);
        let screen = Rect::from_min_size(pos2(0.0, 0.0), size.into());
        for name in ["复制全部", "关闭此页"] {
            let [place] = places(&harness, name)[..] else { panic!("{name} {size:?}") };
            assert!(screen.contains_rect(place), "{name} {place:?} {size:?}");
        }
    }
}
