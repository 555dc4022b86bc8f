//! Tables of projects in the window: looked at before they are taken; several projects selected and
//! set at once.

use std::sync::{Arc, atomic::AtomicBool};

use egui::{Modifiers, accesskit::Role};
use egui_kittest::{Harness, kittest::Queryable};
use jintu::{
    app::{Action, BookEdit, BookStep, Overlay, ProjectTableStep, TablePreview},
    store::tables,
    ui::Shell,
};

use crate::{
    project_tables::spreadsheet,
    temp_folder::TempFolder,
    ui::{at_peace, click, desk, seen, settle},
};

fn act(harness: &mut Harness<'_, Shell>, action: Action) {
    harness.state_mut().begin(action);
    settle(harness);
}

#[test]
fn a_table_shows_what_was_understood_before_it_is_taken() {
    let folder = TempFolder::new("ui-table");
    let path = folder.path().join("临江.xlsx");
    std::fs::write(&path, spreadsheet()).unwrap();
    let file = tables::read(&path, &AtomicBool::new(false)).unwrap();
    let preview = TablePreview { path, file: Arc::new(file), taken: None, layer: None };
    let mut harness = desk();
    let step = ProjectTableStep::Show(Box::new(preview));
    act(&mut harness, Action::Workbook(BookStep::ProjectTable(step)));
    for words in [
        "项目表 临江.xlsx",
        "6 个项目，2 个分组",
        "行 8 · 临江北环快速路工程 · 35.6",
        "1 行合计、小计没有当作项目（重点项目：行 6）",
        "1 张隐藏的表没有读（底稿）",
        "新建工作簿",
    ] {
        assert!(seen(&harness, words), "{words}");
    }
    assert!(!seen(&harness, "加入当前工作簿"), "none can be changed");
    click(&mut harness, "取消");
    assert_eq!(harness.state().state().overlay, Overlay::None);
    at_peace(&harness);
}

fn row(harness: &mut Harness<'_, Shell>, id: &str, modifiers: Modifiers) {
    let start = format!("{id} ");
    let node = harness.get_by(|node| {
        node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with(&start))
    });
    let pos = node.rect().center();
    harness.event(egui::Event::PointerMoved(pos));
    harness.step();
    for pressed in [true, false] {
        let button = egui::PointerButton::Primary;
        harness.event_modifiers(
            egui::Event::PointerButton { pos, button, pressed, modifiers },
            modifiers,
        );
        harness.step();
    }
    settle(harness);
}

#[test]
fn rows_are_selected_up_to_another_and_set_together() {
    let mut harness = desk();
    act(&mut harness, Action::ToggleTable);
    row(&mut harness, "B1-02", Modifiers::NONE);
    row(&mut harness, "B1-05", Modifiers::SHIFT);
    let selected = harness.state().state().selected.clone();
    assert_eq!(selected, ["B1-02", "B1-03", "B1-04", "B1-05"]);
    assert_eq!(harness.state().state().focus.as_deref(), Some("B1-02"));
    row(&mut harness, "B1-04", Modifiers::COMMAND);
    assert_eq!(harness.state().state().selected.len(), 3);
    click(&mut harness, "设定选中的 3 项");
    assert_eq!(harness.state().state().overlay, Overlay::SetMany);
    assert!(seen(&harness, "为选中的 3 项设定"));
    let combo = |harness: &mut Harness<'_, Shell>, name: &str, choice: &str| {
        let field = harness.get_by(|node| {
            node.role() == Role::ComboBox && node.label().is_some_and(|label| label == name)
        });
        field.click();
        settle(harness);
        let last = harness
            .query_all_by(|node| {
                node.role() == Role::Button && node.label().is_some_and(|label| label == choice)
            })
            .last();
        last.expect("a choice").click();
        settle(harness);
    };
    combo(&mut harness, "字段", "状态");
    combo(&mut harness, "值", "已实施");
    click(&mut harness, "设定 3 项");
    let state = harness.state().state();
    // The plan of the program is only read: a copy is offered, and then it is done.
    assert_eq!(state.overlay, Overlay::KeepCopy);
    let Some(BookEdit::Set { ids, field, text }) = state.workbook.wanted.clone() else {
        panic!("{:?}", state.workbook.wanted)
    };
    assert_eq!((ids.len(), field.as_str(), text.as_str()), (3, "status", "done"));
    at_peace(&harness);
}
