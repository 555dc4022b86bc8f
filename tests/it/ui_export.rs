//! The export through the window: the view that is seen, and what is being filled in.

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::{Harness, kittest::Queryable};
use jintu::{
    app::{
        Action, ExportFormat, FitTarget, Job, Order, Overlay, Settings,
        export::{DrawingSize, MapPart},
    },
    ui::Shell,
};

use crate::ui::{at_peace, click, click_exactly, press, seen, settle, window};

fn field<'a>(harness: &'a Harness<'_, Shell>, name: &'a str) -> egui_kittest::Node<'a> {
    harness.get_by(move |node| {
        node.role() == Role::TextInput && node.label().is_some_and(|label| label == name)
    })
}

fn ordered(harness: &mut Harness<'_, Shell>) -> Box<jintu::app::export::ExportOrder> {
    let jobs = harness.state_mut().take_jobs();
    let order = jobs.into_iter().find_map(|Job { order, .. }| match order {
        Order::Export(order) => Some(order),
        _ => None,
    });
    order.expect("an export is ordered")
}

/// What panels cover is not in the picture, and nothing else is beside it.
#[test]
fn a_picture_is_the_part_of_the_map_that_is_seen() {
    let mut harness = window([1280.0, 800.0], Settings::default());
    for action in
        [Action::Select(vec!["B1-02".into()]), Action::Fit(FitTarget::County("140121".into()))]
    {
        harness.state_mut().begin(action);
        harness.run_steps(6);
    }
    let state = harness.state().state();
    let whole = state.viewport.unwrap();
    let card = state.covered.right;
    assert!((300.0..500.0).contains(&card), "{card}");
    press(&mut harness, Modifiers::COMMAND, Key::E);
    click(&mut harness, "PNG");
    click_exactly(&mut harness, "保存");
    let order = ordered(&mut harness);
    assert_eq!(order.format, ExportFormat::Png);
    let Some(MapPart::Viewport(part)) = order.drawing.part else { panic!("{:?}", order.drawing) };
    assert!((part.width_pt - (whole.width_pt - card)).abs() < 0.01);
    // Its left edge is the map's, its right edge the card's, to a hundredth of a point.
    let at = |x: f32, y: f32| whole.to_pt(part.to_mercator([x, y]));
    let [left, top] = at(0.0, 0.0);
    let [right, bottom] = at(part.width_pt, part.height_pt);
    let near = |a: f32, b: f32| (a - b).abs() < 0.05;
    assert!(near(left, 0.0) && near(top, 0.0), "{left} {top}");
    assert!(
        near(right, whole.width_pt - card) && near(bottom, whole.height_pt),
        "{right} {bottom}"
    );
    // Its shape is the part's, so that nothing more is drawn beside it.
    let DrawingSize { size_px: Some([width, height]), .. } = order.drawing.form.size else {
        panic!("{:?}", order.drawing.form)
    };
    let (shape, seen) = (width as f32 / height as f32, part.width_pt / part.height_pt);
    assert!((shape / seen - 1.0).abs() < 0.002, "{width} × {height}");
    assert!(width <= 3840 && height <= 2160 && (width > 3800 || height > 2100));
    at_peace(&harness);
}

#[test]
fn the_palette_leaves_what_was_filled_in() {
    let mut harness = window([1280.0, 800.0], Settings::default());
    press(&mut harness, Modifiers::COMMAND, Key::E);
    click(&mut harness, "PDF");
    field(&harness, "图名").focus();
    field(&harness, "图名").type_text("综合交通图");
    settle(&mut harness);
    field(&harness, "审图号").focus();
    field(&harness, "审图号").type_text("GS(2026)1");
    settle(&mut harness);
    press(&mut harness, Modifiers::COMMAND, Key::K);
    assert!(matches!(harness.state().state().overlay, Overlay::Palette(_)));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(harness.state().state().overlay, Overlay::Export);
    settle(&mut harness);
    click_exactly(&mut harness, "保存");
    let form = ordered(&mut harness).drawing.form;
    assert_eq!(form.title.as_deref(), Some("综合交通图"));
    assert_eq!(form.review_number.as_deref(), Some("GS(2026)1"));
    at_peace(&harness);
}

#[test]
fn a_name_that_is_a_path_is_refused_where_it_is_typed() {
    let mut harness = window([1280.0, 800.0], Settings::default());
    press(&mut harness, Modifiers::COMMAND, Key::E);
    assert!(!seen(&harness, "文件名不能为空"));
    field(&harness, "文件名").focus();
    field(&harness, "文件名").type_text("/六月");
    settle(&mut harness);
    assert!(seen(&harness, "文件名不能为空，也不能有 / 或 \\ 等符号"));
    click_exactly(&mut harness, "保存");
    assert!(harness.state_mut().take_jobs().is_empty());
}

#[test]
fn a_taken_name_is_asked_about_and_another_one_starts_from_what_was_typed() {
    let mut harness = window([1280.0, 800.0], Settings::default());
    press(&mut harness, Modifiers::COMMAND, Key::E);
    field(&harness, "文件名").focus();
    field(&harness, "文件名").type_text("甲");
    settle(&mut harness);
    click_exactly(&mut harness, "保存");
    let order = ordered(&mut harness);
    assert!(!order.replace);
    let name = order.path.file_name().unwrap().to_string_lossy().into_owned();
    harness.state_mut().begin(Action::AskReplace(order.clone()));
    settle(&mut harness);
    assert!(seen(&harness, "已有同名文件") && seen(&harness, &name));
    click(&mut harness, "另起名字");
    assert_eq!(harness.state().state().overlay, Overlay::Export);
    assert!(field(&harness, "文件名").value().is_some_and(|value| name.starts_with(&value)));
    // Second thoughts lead back to it as well, by the button and by Esc.
    for by_key in [false, true] {
        harness.state_mut().begin(Action::AskReplace(order.clone()));
        settle(&mut harness);
        if by_key {
            press(&mut harness, Modifiers::NONE, Key::Escape);
        } else {
            click(&mut harness, "取消");
        }
        assert_eq!(harness.state().state().overlay, Overlay::Export, "by key: {by_key}");
        assert!(field(&harness, "文件名").value().is_some_and(|value| name.starts_with(&value)));
    }
    press(&mut harness, Modifiers::NONE, Key::Escape);
    harness.state_mut().begin(Action::AskReplace(order));
    settle(&mut harness);
    click(&mut harness, "替换");
    assert!(ordered(&mut harness).replace);
    at_peace(&harness);
}

/// The dialog inside the window by the keyboard alone.
#[test]
fn files_are_chosen_by_keys() {
    use jintu::{
        app::{Language, Message, browse::FileQuestion},
        store::folders,
    };
    let folder = crate::temp_folder::TempFolder::new("ui-browse");
    for name in ["甲.csv", "乙.csv", "丙.geojson"] {
        std::fs::write(folder.path().join(name), "经度,纬度\n112.5,37.8\n").unwrap();
    }
    let mut harness = window([1280.0, 800.0], Settings::default());
    let path = folder.path().to_owned();
    let question = FileQuestion::open(path.clone(), Language::Chinese);
    harness.state_mut().begin(Action::BrowseHere(Box::new(question)));
    settle(&mut harness);
    assert!(seen(&harness, "正在读取"));
    let entries = folders::list(&path).map_err(Message::new);
    harness.state_mut().begin(Action::FolderRead { folder: path.clone(), entries });
    settle(&mut harness);
    assert!(seen(&harness, "甲.csv") && seen(&harness, "丙.geojson"));
    assert!(seen(&harness, &path.display().to_string()));
    harness.event(egui::Event::Text("jia".to_owned()));
    settle(&mut harness);
    assert!(!seen(&harness, "丙.geojson"));
    harness.state_mut().take_jobs();
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let jobs = harness.state_mut().take_jobs();
    let opened = jobs.iter().find_map(|job| match &job.order {
        Order::OpenFile { path, .. } => Some(path.clone()),
        _ => None,
    });
    assert_eq!(opened, Some(path.join("甲.csv")));
    assert_eq!(harness.state().state().overlay, Overlay::None);
    at_peace(&harness);
}
