//! A table of projects before it is taken: which columns were found, how many projects and groups,
//! what is left out, and what would come of it.

use egui::{Button, Label, Ui};

use super::{
    sheet::{Part, Place, Sheet},
    widgets,
};
use crate::{
    app::{Action, BookStep, Language, ProjectTableStep, State, TablePreview, table_words, text},
    catalogue::edit::TableTaken,
    document::project_table::{ProjectRow, SheetOfProjects},
    theme::{self, Theme, size},
    tr,
};

/// Projects of a sheet that are shown.
const SHOWN: usize = 5;
/// Works that may be the same that are named.
const NAMED: usize = 8;

/// Draws the sheet.
pub fn show(
    ui: &Ui,
    state: &State,
    preview: &TablePreview,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let title = tr!(language, "table_preview.title", file = preview.file.name);
    let place = Place::Middle;
    let sheet = Sheet { id: "table-preview", title: &title, width: 620.0, place, is_modal: true };
    let step = |step| Action::Workbook(BookStep::ProjectTable(step));
    let closed = sheet.show(ui, language, theme, |ui, part| match part {
        Part::Body => body(ui, preview, language, theme),
        Part::Foot => {
            ui.add_space(8.0);
            widgets::rule(ui, theme);
            ui.horizontal_wrapped(|ui| {
                let can_take = preview.taken.is_some();
                let take = tr!(language, "table_preview.take");
                if can_take && main(ui, &take, theme) {
                    actions.push(step(ProjectTableStep::Take));
                }
                let new = tr!(language, "table_preview.new");
                let is_new =
                    if can_take { ui.button(new).clicked() } else { main(ui, &new, theme) };
                if is_new {
                    actions.push(step(ProjectTableStep::MakeNew));
                }
                if preview.layer.is_some()
                    && ui.button(tr!(language, "table_preview.as_layer")).clicked()
                {
                    actions.push(step(ProjectTableStep::AsLayer));
                }
                if ui.button(tr!(language, "export.cancel")).clicked() {
                    actions.push(step(ProjectTableStep::Drop));
                }
            });
        }
    });
    if closed {
        actions.push(step(ProjectTableStep::Drop));
    }
}

fn body(ui: &mut Ui, preview: &TablePreview, language: Language, theme: Theme) {
    let table = &preview.file.table;
    for sheet in &table.sheets {
        of_sheet(ui, sheet, language, theme);
    }
    let left_out = table_words::left_out(table, language);
    if !left_out.is_empty() {
        widgets::heading(ui, &tr!(language, "table_preview.left_out"), theme);
        for line in &left_out {
            small(ui, line, theme);
        }
    }
    match &preview.taken {
        Some(taken) => outcome(ui, taken, language, theme),
        None => small(ui, &tr!(language, "table_preview.no_book"), theme),
    }
}

fn of_sheet(ui: &mut Ui, sheet: &SheetOfProjects, language: Language, theme: Theme) {
    let (n, groups) = (sheet.projects.len(), sheet.groups);
    let mut words = tr!(language, "table_preview.counts", n = n, groups = groups);
    if !sheet.name.is_empty() {
        words = format!("{} · {words}", sheet.name);
    }
    ui.add(Label::new(theme::text(words, size::BODY, true)).wrap());
    let columns = table_words::columns(sheet, language);
    let columns = columns.iter().map(|(meaning, head)| {
        if meaning == head { head.clone() } else { format!("{head} → {meaning}") }
    });
    let columns = columns.collect::<Vec<_>>().join(language.pick("；", "; "));
    small(ui, &tr!(language, "table_preview.columns", columns = columns), theme);
    let other = table_words::other_columns(sheet);
    if !other.is_empty() {
        let other = other.join(language.pick("；", "; "));
        small(ui, &tr!(language, "table_preview.other", columns = other), theme);
    }
    for row in sheet.projects.iter().take(SHOWN) {
        ui.add(Label::new(theme::text(line(row, language), size::BODY, false)).truncate());
    }
    if n > SHOWN {
        small(ui, &tr!(language, "table_preview.more", n = n - SHOWN), theme);
    }
}

/// A project in one line: its row, its name, its sum.
fn line(row: &ProjectRow, language: Language) -> String {
    let at = tr!(language, "table_preview.row", row = row.row);
    let sum = row.investment.map(|sum| text::amount(sum.yi, sum.approx, language));
    let parts = [Some(at), Some(row.name.clone()), sum];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn outcome(ui: &mut Ui, taken: &TableTaken, language: Language, theme: Theme) {
    widgets::heading(ui, &tr!(language, "table_preview.outcome"), theme);
    let (added, beside) = (taken.added.len(), taken.beside.len());
    let words = tr!(language, "table.taken", added = added, beside = beside);
    ui.add(Label::new(theme::text(words, size::BODY, true)).wrap());
    if beside > 0 {
        small(ui, &tr!(language, "table_preview.beside"), theme);
    }
    if taken.known > 0 {
        small(ui, &tr!(language, "table_preview.known", n = taken.known), theme);
    }
    if taken.kept > 0 {
        small(ui, &tr!(language, "table_preview.kept", n = taken.kept), theme);
    }
    for own in taken.unsure.iter().take(NAMED) {
        small(ui, table_words::unsure(own, language).trim_start(), theme);
    }
    if taken.unsure.len() > NAMED {
        let n = taken.unsure.len() - NAMED;
        small(ui, &tr!(language, "table_preview.more_unsure", n = n), theme);
    }
}

fn small(ui: &mut Ui, words: &str, theme: Theme) {
    ui.add(Label::new(theme::text(words, size::SMALL, false).color(theme.muted())).wrap());
}

/// The button that is meant.
fn main(ui: &mut Ui, words: &str, theme: Theme) -> bool {
    let words = theme::text(words, size::BODY, true).color(theme.on_accent());
    ui.add(Button::new(words).fill(theme.accent())).clicked()
}
