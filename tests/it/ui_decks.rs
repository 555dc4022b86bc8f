//! The deck editor in its window: a deck is built, put in order and shown, by what screen readers
//! say and by the keyboard, and is there again after opening anew.

use std::{path::Path, sync::Arc};

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use jintu::{
    app::{Action, BookStep, Settings},
    jobs::Services,
    ui::Shell,
};

use crate::{
    real::catalogue,
    temp_folder::TempFolder,
    ui::{click, click_exactly, press, seen, settle, window},
    workbook::{copied, done},
};

struct Window {
    harness: Harness<'static, Shell>,
    services: Services,
}

impl Window {
    fn of(path: &Path) -> Self {
        let harness = window([1600.0, 1000.0], Settings::default());
        let services = Services::new(&catalogue(), None, None, Arc::new(|| ()));
        let mut window = Self { harness, services };
        window.act(Action::Workbook(BookStep::Open(path.to_owned())));
        window
    }

    fn act(&mut self, action: Action) {
        self.harness.state_mut().begin(action);
        self.work();
    }

    /// Does what the window has ordered, until nothing is left.
    fn work(&mut self) {
        settle(&mut self.harness);
        loop {
            let jobs = self.harness.state_mut().take_jobs();
            if jobs.is_empty() {
                break;
            }
            for action in jobs.into_iter().flat_map(|job| done(job, &self.services)) {
                self.harness.state_mut().begin(action);
            }
            settle(&mut self.harness);
        }
    }

    fn click(&mut self, start: &str) {
        click(&mut self.harness, start);
        self.work();
    }

    fn click_exactly(&mut self, name: &str) {
        click_exactly(&mut self.harness, name);
        self.work();
    }

    fn press(&mut self, modifiers: Modifiers, key: Key) {
        press(&mut self.harness, modifiers, key);
        self.work();
    }

    /// Puts a text in the place of what a field says, and leaves it.
    fn fill(&mut self, field: &str, text: &str) {
        let named = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
            let is_field = matches!(node.role(), Role::TextInput | Role::MultilineTextInput);
            is_field && node.label().is_some_and(|label| label == field)
        };
        self.harness.get_by(named).focus();
        settle(&mut self.harness);
        self.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        settle(&mut self.harness);
        self.harness.get_by(named).type_text(text);
        settle(&mut self.harness);
        self.harness.key_press(Key::Tab);
        self.work();
    }

    fn titles(&self) -> Vec<String> {
        let decks = &self.harness.state().state().decks;
        decks.shown.iter().map(|slide| slide.title.zh.clone()).collect()
    }
}

#[test]
fn a_deck_is_edited_put_in_order_shown_and_there_again() {
    let folder = TempFolder::new("ui-decks");
    let path = folder.path().join("a.jintu");
    drop(copied(&path));
    let mut window = Window::of(&path);
    let before = window.titles();
    window.click_exactly("详情");
    window.click_exactly("幻灯片");
    window.click(&format!("1 {}", before[0].replace('\n', "")));
    let labels: Vec<String> = window
        .harness
        .query_all_by(|node| node.label().is_some())
        .filter_map(|node| node.accesskit_node().label())
        .collect();
    for label in ["眉题", "取当前画面"] {
        assert!(labels.iter().any(|own| own == label), "{label}: {labels:?}");
    }
    window.fill("标题", "先说结论");
    window.fill("备注", "讲两分钟");
    assert_eq!(window.titles()[0], "先说结论");
    // By the keyboard one place down, by its button up again, then down to stay.
    window.press(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(window.titles()[..2], [before[1].clone(), "先说结论".to_owned()]);
    window.click_exactly("上移");
    assert_eq!(window.titles()[0], "先说结论");
    window.press(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.titles()[1], "先说结论");
    // A slide of what the map shows now.
    window.click_exactly("用当前画面新建");
    assert_eq!(window.titles().len(), before.len() + 1);
    window.fill("标题", "这一片");
    window.click_exactly("添加数字…");
    window.click_exactly("自己填一个");
    window.fill("数字 1 的值", "12");
    window.fill("数字 1 的单位", "亩");
    assert!(seen(&window.harness, "人工"));
    assert_eq!(window.titles()[2], "这一片");
    // F5 from here shows it.
    window.press(Modifiers::SHIFT, Key::F5);
    assert_eq!(window.harness.state().state().tour.map(|tour| tour.slide), Some(2));
    // Twice, before the question whether to leave is gone.
    for _ in 0..2 {
        window.harness.key_press(Key::Escape);
        window.harness.run_steps(1);
    }
    window.work();
    assert!(window.harness.state().state().tour.is_none());
    window.click_exactly("不放映");
    assert_eq!(window.titles().len(), before.len());
    let kept = window.harness.state().state().decks.slides.clone();
    drop(window);
    let window = Window::of(&path);
    assert_eq!(window.harness.state().state().decks.slides, kept);
    assert!(kept.iter().any(|slide| slide.notes == "讲两分钟"));
    let value = &kept.iter().find(|slide| slide.title.zh == "这一片").unwrap().figures[0];
    assert_eq!((value.value.zh.as_str(), value.unit.zh.as_str()), ("12", "亩"));
}

#[test]
fn a_slide_is_dragged_to_its_place() {
    let folder = TempFolder::new("ui-decks-drag");
    let path = folder.path().join("a.jintu");
    drop(copied(&path));
    let mut window = Window::of(&path);
    let before = window.titles();
    window.click_exactly("详情");
    window.click_exactly("幻灯片");
    let row = |window: &Window, number: usize| {
        let start = format!("{number} ");
        let named = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
            node.role() == Role::Button && node.label().is_some_and(|own| own.starts_with(&start))
        };
        window.harness.get_by(named).rect().center()
    };
    let (from, to) = (row(&window, 1), row(&window, 3));
    window.harness.drag_at(from);
    settle(&mut window.harness);
    window.harness.hover_at(from + egui::vec2(0.0, 20.0));
    settle(&mut window.harness);
    window.harness.hover_at(to + egui::vec2(0.0, 6.0));
    settle(&mut window.harness);
    window.harness.drop_at(to + egui::vec2(0.0, 6.0));
    window.work();
    let expected = [&before[1], &before[2], &before[0]];
    assert_eq!(window.titles()[..3].iter().collect::<Vec<_>>(), expected);
}
