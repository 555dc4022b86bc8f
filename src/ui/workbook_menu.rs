//! The workbook in the top bar: what it is called, whether it is kept, and what can be done with it.

use egui::{Role, Ui, WidgetInfo};

use crate::{
    app::{Action, State, command},
    theme::{self, Theme, size},
    tr,
};

/// What its menu offers, by the ids of commands; an empty one is a rule between groups.
const ENTRIES: [&str; 17] = [
    "new-workbook",
    "open-file",
    "save-book-copy",
    "",
    "review",
    "edit-card",
    "add-project",
    "add-table",
    "book-log",
    "compare-plan",
    "last-comparison",
    "save-view",
    "views",
    "",
    "undo",
    "redo",
    "built-in-plan",
];

/// Draws the button in the room there is, and the menu while it is open.
pub fn show(ui: &mut Ui, state: &State, room: f32, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let title = state.catalogue.title(language);
    let mark = if state.workbook.shown.read_only.is_some() {
        tr!(language, "workbook.read_only")
    } else if state.workbook.path.is_none() {
        tr!(language, "workbook.built_in")
    } else {
        String::new()
    };
    let letters = ((room - 40.0) / 15.0).max(8.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few dozen")]
    let fitting = crate::app::text::shortened(title, letters as usize * 2);
    let face = if mark.is_empty() { fitting } else { format!("{fitting} · {mark}") };
    let menu = ui.menu_button(theme::text(format!("{face} …"), size::BODY, false), |ui| {
        for id in ENTRIES {
            if id.is_empty() {
                ui.separator();
                continue;
            }
            let button = egui::Button::new(command::with_key(id, language));
            let is_possible = command::is_possible(id, state);
            if ui.add_enabled(is_possible, button).clicked() {
                actions.extend(command::press(id, state).actions);
                ui.close();
            }
        }
        recent(ui, state, theme, actions);
    });
    let name = tr!(language, "workbook.menu");
    menu.response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let whole = match &state.workbook.path {
        Some(path) => format!("{title}\n{}", path.display()),
        None => title.to_owned(),
    };
    menu.response.on_hover_text(whole);
}

/// Workbooks that were opened last.
fn recent(ui: &mut Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    const SHOWN: usize = 6;
    let others = state.settings.recent_books.iter();
    let others = others.filter(|path| Some(*path) != state.workbook.path.as_ref());
    for (i, path) in others.take(SHOWN).enumerate() {
        if i == 0 {
            ui.separator();
        }
        let name = path.file_stem().map(|name| name.to_string_lossy().into_owned());
        let button = ui.button(theme::text(name.unwrap_or_default(), size::BODY, false));
        let _ = theme;
        if button.on_hover_text(path.display().to_string()).clicked() {
            actions.push(Action::Workbook(crate::app::BookStep::Open(path.clone())));
            ui.close();
        }
    }
}
