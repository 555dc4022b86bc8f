//! The card as a form in the window: what is typed, refused, attached, and what stays in sight.

use std::{path::Path, sync::Arc};

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::{
    Harness,
    kittest::{AccessKitNode, Queryable},
};
use jintu::{
    app::{Action, BookEdit, BookStep, NoticeLevel, Settings},
    jobs::Services,
    store::SEEDS,
    ui::Shell,
};

use crate::{
    attachments::picture,
    book_file::make,
    real::catalogue,
    temp_folder::TempFolder,
    ui::{click, press, seen, settle, window},
    ui_columns::{Dropped, work},
};

const ID: &str = "B1-02";

struct Desk {
    harness: Harness<'static, Shell>,
    services: Services,
}

impl Desk {
    /// A window on a workbook, with the card of one project.
    fn new(path: &Path, size: [f32; 2]) -> Self {
        make(path, SEEDS.plan);
        let services = Services::new(&catalogue(), None, None, Arc::new(|| ()));
        let mut own = Self { harness: window(size, Settings::default()), services };
        own.act(Action::Workbook(BookStep::Open(path.to_owned())));
        own.act(Action::Select(vec![ID.to_owned()]));
        own
    }

    fn act(&mut self, action: Action) {
        self.harness.state_mut().begin(action);
        work(&mut self.harness, &self.services);
    }

    fn edit(&mut self) {
        self.act(Action::Workbook(BookStep::SetEditing(true)));
    }

    fn problems(&self) -> Vec<String> {
        let state = self.harness.state().state();
        let all = state.log.iter().map(|logged| &logged.notice);
        let all = all.filter(|notice| notice.level == NoticeLevel::Problem);
        all.map(|notice| notice.message.tell(state.settings.language)).collect()
    }

    /// Types into a field of the form and leaves it.
    fn type_into(&mut self, field: &str, text: &str) {
        let is_field = |node: &AccessKitNode<'_>| {
            node.role() == Role::TextInput && node.label().as_deref() == Some(field)
        };
        self.harness.get_by(is_field).focus();
        settle(&mut self.harness);
        press(&mut self.harness, Modifiers::COMMAND, Key::A);
        self.harness.event(egui::Event::Text(text.to_owned()));
        settle(&mut self.harness);
        press(&mut self.harness, Modifiers::NONE, Key::Enter);
        work(&mut self.harness, &self.services);
    }

    fn log(&self) -> usize {
        self.harness.state().state().workbook.shown.log.len()
    }
}

#[test]
fn what_is_no_number_is_refused_in_sight() {
    let folder = TempFolder::new("form-number");
    let mut desk = Desk::new(&folder.path().join("a.jintu"), [1600.0, 1800.0]);
    desk.edit();
    let before = desk.log();
    desk.type_into("总投资", "abc");
    let problems = desk.problems();
    assert_eq!((problems.len(), desk.log()), (1, before), "{problems:?}");
    assert!(problems[0].contains("abc") && problems[0].contains("总投资"), "{problems:?}");
    assert!(seen(&desk.harness, "请给 0 至"), "it is said below the field");
    desk.type_into("总投资", "12.5");
    assert_eq!(desk.log(), before + 1);
    // The same once more is nothing.
    desk.type_into("总投资", "12.50");
    assert_eq!(desk.log(), before + 1);
}

#[test]
fn letters_beside_the_fields_of_a_form_are_no_keys() {
    let folder = TempFolder::new("form-keys");
    let mut desk = Desk::new(&folder.path().join("a.jintu"), [1600.0, 1800.0]);
    let open = |desk: &Desk| desk.harness.state().state().settings.table_open;
    let before = open(&desk);
    press(&mut desk.harness, Modifiers::NONE, Key::T);
    assert_ne!(open(&desk), before, "without a form it is the key of the table");
    press(&mut desk.harness, Modifiers::NONE, Key::T);
    desk.edit();
    let language = desk.harness.state().state().settings.language;
    for key in [Key::T, Key::L, Key::F, Key::Slash, Key::D] {
        press(&mut desk.harness, Modifiers::NONE, key);
    }
    let state = desk.harness.state().state();
    assert!(open(&desk) == before && state.shows_form());
    assert_eq!(state.settings.language, language);
    // With Ctrl or Alt they are keys all the same, and so are others.
    press(&mut desk.harness, Modifiers::NONE, Key::F2);
    assert!(!desk.harness.state().state().workbook.editing);
    press(&mut desk.harness, Modifiers::NONE, Key::T);
    assert_ne!(open(&desk), before);
}

#[test]
fn a_long_name_leaves_the_buttons_in_sight() {
    let folder = TempFolder::new("form-long");
    let mut desk = Desk::new(&folder.path().join("a.jintu"), [900.0, 600.0]);
    let name = "特别长的名称".repeat(60);
    let (ids, field) = (vec![ID.to_owned()], "name".to_owned());
    let edit = BookEdit::Set { ids, field, text: name.clone() };
    desk.act(Action::Workbook(BookStep::Edit(edit)));
    assert_eq!(desk.problems(), [] as [String; 0]);
    settle(&mut desk.harness);
    let button = desk.harness.get_by_label("编辑").rect();
    assert!(button.bottom() < 560.0 && button.right() <= 900.0, "{button:?}");
    assert!(seen(&desk.harness, &name), "who cannot see hears all of it");
    desk.harness.get_by_label("编辑").click();
    settle(&mut desk.harness);
    assert!(desk.harness.state().state().workbook.editing);
}

#[test]
fn files_are_attached_dropped_taken_away_and_brought_back() {
    let folder = TempFolder::new("form-attach");
    let mut desk = Desk::new(&folder.path().join("a.jintu"), [1600.0, 2400.0]);
    let photo = folder.path().join("照片.png");
    std::fs::write(&photo, picture(640, 480)).unwrap();
    let paper = folder.path().join("批复.pdf");
    std::fs::write(&paper, b"%PDF-1.4 not much").unwrap();
    desk.edit();
    assert!(seen(&desk.harness, "附件（0）"));
    let (id, paths) = (ID.to_owned(), vec![photo]);
    desk.act(Action::Workbook(BookStep::Edit(BookEdit::Attach { id, paths })));
    assert!(seen(&desk.harness, "附件（1）") && seen(&desk.harness, "照片.png"));
    assert_eq!(desk.harness.state().state().workbook.shown.pictures.len(), 1);
    desk.harness.input_mut().dropped_files.push(Arc::new(Dropped(paper)));
    work(&mut desk.harness, &desk.services);
    assert!(seen(&desk.harness, "附件（2）") && seen(&desk.harness, "批复.pdf"));
    assert!(desk.harness.state().state().files.is_empty(), "it is no layer");
    click(&mut desk.harness, "移除 照片.png");
    work(&mut desk.harness, &desk.services);
    assert!(seen(&desk.harness, "附件（1）"));
    desk.act(Action::Undo);
    assert!(seen(&desk.harness, "附件（2）"));
    let out = folder.path().join("out.pdf");
    desk.act(Action::Workbook(BookStep::AskSaveAttachment("A-2".to_owned())));
    let purpose = jintu::app::browse::Purpose::SaveAttachment;
    desk.act(Action::FilesChosen { purpose, paths: vec![out.clone()] });
    assert_eq!(std::fs::read(&out).unwrap(), b"%PDF-1.4 not much");
    assert_eq!(desk.problems(), [] as [String; 0]);
    // In the card they are listed, too, without the way to take them away.
    desk.act(Action::Workbook(BookStep::SetEditing(false)));
    assert!(seen(&desk.harness, "附件（2）") && !seen(&desk.harness, "移除 照片.png"));
}
