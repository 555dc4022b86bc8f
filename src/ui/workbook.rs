//! Sheets of the workbook: the copy that is offered, the file that is there already, and the log.

use std::path::Path;

use egui::{Button, Label, Ui};

use super::{
    sheet::{Part, Place, Sheet},
    widgets,
};
use crate::{
    app::{Action, BookOrder, BookStep, DeckStep, Language, State, workbook::PlanFrom},
    book::{Deed, Entry, Words},
    theme::{self, Theme, size},
    tr,
};

/// More entries of a log than anybody reads.
const MOST_SHOWN: usize = 500;

/// The plan that comes with the program is only read: offers a copy.
pub fn keep_copy(ui: &Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let title = tr!(language, "workbook.keep_title");
    let place = Place::Middle;
    let sheet = Sheet { id: "keep-copy", title: &title, width: 480.0, place, is_modal: true };
    let closed = sheet.show(ui, language, theme, |ui, part| match part {
        Part::Body => {
            let plan = state.catalogue.title(language);
            paragraph(ui, &tr!(language, "workbook.keep", plan = plan), theme);
            let hint = tr!(language, "workbook.keep_hint");
            ui.add(Label::new(theme::text(hint, size::SMALL, false).color(theme.muted())).wrap());
        }
        Part::Foot => {
            ui.add_space(8.0);
            ui.horizontal_wrapped(|ui| {
                if main(ui, &tr!(language, "workbook.keep_usual"), theme) {
                    actions.push(Action::Workbook(BookStep::KeepCopy));
                }
                if ui.button(tr!(language, "workbook.keep_elsewhere")).clicked() {
                    actions.push(Action::Workbook(BookStep::AskPlace));
                }
                if ui.button(tr!(language, "export.cancel")).clicked() {
                    leave(actions);
                }
            });
        }
    });
    if closed {
        leave(actions);
    }
}

fn leave(actions: &mut Vec<Action>) {
    actions.push(Action::Deck(DeckStep::TakeBack));
    actions.push(Action::Workbook(BookStep::SetEditing(false)));
    actions.push(Action::CloseOverlay);
}

/// A file of that name is there.
pub fn replace(ui: &Ui, state: &State, order: &BookOrder, theme: Theme, actions: &mut Vec<Action>) {
    let (path, again) = match order {
        BookOrder::Create { plan: PlanFrom::File(_), path, is_copy: false, .. } => {
            (path.as_path(), Action::Workbook(BookStep::AskPlan))
        }
        BookOrder::Create { path, .. } => (path.as_path(), Action::Workbook(BookStep::AskPlace)),
        BookOrder::SaveAs { path, .. } => (path.as_path(), Action::AskBookCopy),
        BookOrder::SaveAttachment { id, path, .. } => {
            (path.as_path(), Action::Workbook(BookStep::AskSaveAttachment(id.clone())))
        }
        _ => (Path::new(""), Action::CloseOverlay),
    };
    let language = state.settings.language;
    let title = tr!(language, "replace.title");
    let place = Place::Middle;
    let sheet = Sheet { id: "replace-book", title: &title, width: 460.0, place, is_modal: true };
    let closed = sheet.show(ui, language, theme, |ui, part| match part {
        Part::Body => {
            paragraph(ui, &path.display().to_string(), theme);
            let hint = tr!(language, "workbook.replace_hint");
            ui.add(Label::new(theme::text(hint, size::SMALL, false).color(theme.muted())).wrap());
        }
        Part::Foot => {
            ui.add_space(8.0);
            ui.horizontal_wrapped(|ui| {
                if main(ui, &tr!(language, "replace.rename"), theme) {
                    actions.push(Action::CloseOverlay);
                    actions.push(again.clone());
                }
                if ui.button(tr!(language, "replace.replace")).clicked() {
                    actions.push(Action::Workbook(BookStep::Replace));
                }
                if ui.button(tr!(language, "export.cancel")).clicked() {
                    actions.push(Action::CloseOverlay);
                }
            });
        }
    });
    if closed {
        actions.push(Action::CloseOverlay);
    }
}

/// Everything that was done, the newest first; each moment can be gone back to.
pub fn log(ui: &Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let title = tr!(language, "workbook.log");
    let place = Place::Middle;
    let sheet = Sheet { id: "book-log", title: &title, width: 620.0, place, is_modal: true };
    let entries = &state.workbook.shown.log;
    let closed = sheet.show(ui, language, theme, |ui, part| match part {
        Part::Body if entries.is_empty() => {
            paragraph(ui, &tr!(language, "workbook.no_log"), theme);
        }
        Part::Body => {
            for (row, entry) in entries.iter().rev().take(MOST_SHOWN).enumerate() {
                let is_now = row == 0;
                one(ui, state, entry, is_now, theme, actions);
            }
            if entries.len() > MOST_SHOWN {
                let more = entries.len() - MOST_SHOWN;
                let words = tr!(language, "workbook.log_more", n = more);
                ui.label(theme::text(words, size::SMALL, false).color(theme.muted()));
            }
        }
        Part::Foot => {
            widgets::rule(ui, theme);
            let words = tr!(language, "workbook.log_hint");
            ui.add(Label::new(theme::text(words, size::SMALL, false).color(theme.muted())).wrap());
        }
    });
    if closed {
        actions.push(Action::CloseOverlay);
    }
}

fn one(
    ui: &mut Ui,
    state: &State,
    entry: &Entry,
    is_now: bool,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    ui.horizontal_top(|ui| {
        let number = format!("{}", entry.seq);
        ui.allocate_ui(egui::vec2(40.0, 18.0), |ui| {
            ui.set_min_width(40.0);
            ui.label(theme::text(number, size::SMALL, false).color(theme.muted()));
        });
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.add(Label::new(theme::text(deed(entry, language), size::BODY, false)).wrap());
            let by = format!("{} · {}", entry.by.who, moment(&entry.by.at));
            ui.horizontal_wrapped(|ui| {
                ui.label(theme::text(by, size::SMALL, false).color(theme.muted()));
                if !is_now && state.workbook.is_writable() {
                    let words = tr!(language, "workbook.restore");
                    let link = widgets::link(ui, &words, theme);
                    let name = tr!(language, "workbook.restore_name", n = entry.seq);
                    link.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                    if link.clicked() {
                        actions.push(Action::Workbook(BookStep::RestoreTo(entry.seq)));
                    }
                }
            });
        });
    });
}

/// What an entry did, in words.
pub fn deed(entry: &Entry, language: Language) -> String {
    let words = in_language(&entry.words, language);
    match entry.deed {
        Deed::Made | Deed::Did => words.to_owned(),
        Deed::Undid(_) => tr!(language, "workbook.undid", what = words),
        Deed::Redid(_) => tr!(language, "workbook.redid", what = words),
        Deed::Restored(to) => tr!(language, "workbook.restored", n = to),
    }
}

/// The words of a language; the Chinese ones where there are no others.
pub fn in_language(words: &Words, language: Language) -> &str {
    match language {
        Language::English if !words.en.is_empty() => &words.en,
        _ => &words.zh,
    }
}

/// `2026-11-26 21:20` of a date and time with its offset.
pub fn moment(at: &str) -> String {
    at.get(..16).map_or_else(|| at.to_owned(), |start| start.replace('T', " "))
}

fn paragraph(ui: &mut Ui, words: &str, theme: Theme) {
    ui.add(Label::new(theme::text(words, size::BODY, false).color(theme.ink())).wrap());
}

/// The button that is meant.
fn main(ui: &mut Ui, words: &str, theme: Theme) -> bool {
    let words = theme::text(words, size::BODY, true).color(theme.on_accent());
    ui.add(Button::new(words).fill(theme.accent())).clicked()
}
