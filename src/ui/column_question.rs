//! The sheet that asks which columns of a table hold its coordinates.

use egui::{ComboBox, Grid, ScrollArea, Ui};

use super::{
    crs_question, question_foot,
    sheet::{Part, Place, Sheet},
    widgets,
};
use crate::{
    app::{Action, ColumnQuestion, Landing, Language, State},
    layer::{ChosenColumns, ChosenHead, ChosenPlace, SheetStart},
    theme::{self, Theme, size},
    tr,
};

/// Draws the sheet; the map behind it shows where the table would lie.
pub fn show(
    ui: &Ui,
    state: &State,
    question: &ColumnQuestion,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let title = tr!(language, "ask_columns.title");
    let place = Place::TopRight;
    let sheet = Sheet { id: "ask-columns", title: &title, width: 420.0, place, is_modal: false };
    let closed = sheet.show(ui, language, theme, |ui, part| match part {
        Part::Body => body(ui, state, question, theme, actions),
        Part::Foot => {
            ui.add_space(6.0);
            landing(ui, state, &question.landing, theme);
            let is_open =
                state.files.iter().any(|file| file.id == question.file && !file.layers.is_empty());
            let leave = if is_open { "ask_columns.keep" } else { "ask_crs.cancel" };
            let how = (question.is_answered(), leave);
            let steps = (Action::AnswerColumns, Action::DropQuestion(question.file));
            question_foot::show(ui, language, theme, how, steps, actions);
        }
    });
    if closed {
        actions.push(Action::DropQuestion(question.file));
    }
}

fn body(
    ui: &mut Ui,
    state: &State,
    question: &ColumnQuestion,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let name = question.path.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    let lead = tr!(language, "ask_columns.lead", name = name);
    ui.add(egui::Label::new(theme::text(lead, size::BODY, false)).wrap());
    ui.add_space(4.0);
    let Some(sheet) = question.sheet() else { return };
    if question.start.sheets.len() > 1 {
        let name = tr!(language, "ask_columns.sheet");
        choice(ui, &name, &sheet.name, theme, |ui| {
            for (i, one) in question.start.sheets.iter().enumerate() {
                if ui.selectable_label(i == question.sheet, &one.name).clicked() {
                    actions.push(Action::LookAtSheet(i));
                }
            }
        });
    }
    let chosen = &question.chosen;
    let mut choose = |chosen| actions.push(Action::ChooseColumns(Box::new(chosen)));
    head(ui, language, sheet, chosen, theme, &mut choose);
    let names = sheet.columns(chosen.head);
    kinds(ui, language, &names, chosen, theme, &mut choose);
    let mut column = |key: &str, shown: &str, place: &dyn Fn(String) -> ChosenPlace| {
        choice(ui, &tr!(language, key), shown, theme, |ui| {
            for (i, name) in names.iter().enumerate() {
                let words = example(sheet, chosen.head, i)
                    .map_or_else(|| name.clone(), |cell| format!("{name} · {cell}"));
                if ui.selectable_label(name == shown, words).clicked() {
                    choose(ChosenColumns { place: place(name.clone()), head: chosen.head });
                }
            }
        });
    };
    match &chosen.place {
        ChosenPlace::Two { east, north } => {
            column("ask_columns.east", east, &|east| ChosenPlace::Two {
                east,
                north: north.clone(),
            });
            column("ask_columns.north", north, &|north| ChosenPlace::Two {
                east: east.clone(),
                north,
            });
        }
        ChosenPlace::Pair(own) => column("ask_columns.column", own, &ChosenPlace::Pair),
        ChosenPlace::Shape(own) => column("ask_columns.column", own, &ChosenPlace::Shape),
    }
    ui.add_space(4.0);
    rows(ui, sheet, chosen, &names, theme);
}

/// Which row is the head.
fn head(
    ui: &mut Ui,
    language: Language,
    sheet: &SheetStart,
    chosen: &ChosenColumns,
    theme: Theme,
    choose: &mut dyn FnMut(ChosenColumns),
) {
    let words = |head: ChosenHead| match head {
        ChosenHead::Found => tr!(language, "ask_columns.head_found"),
        ChosenHead::Nowhere => tr!(language, "ask_columns.head_nowhere"),
        ChosenHead::Row(row) => {
            let cells = sheet.rows.get(row).map(|row| row.join(" ")).unwrap_or_default();
            let cells: String = cells.chars().take(24).collect();
            tr!(language, "ask_columns.head_row", row = row + 1, cells = cells)
        }
    };
    let rows = (0..sheet.rows.len()).map(ChosenHead::Row);
    let all = [ChosenHead::Found, ChosenHead::Nowhere].into_iter().chain(rows);
    choice(ui, &tr!(language, "ask_columns.head"), &words(chosen.head), theme, |ui| {
        for one in all {
            if ui.selectable_label(one == chosen.head, words(one)).clicked() {
                // The same columns under their new names.
                let (before, after) = (sheet.columns(chosen.head), sheet.columns(one));
                let renamed = |name: &String| {
                    let column = before.iter().position(|own| own == name);
                    column.and_then(|i| after.get(i)).unwrap_or(name).clone()
                };
                let place = match &chosen.place {
                    ChosenPlace::Two { east, north } => {
                        ChosenPlace::Two { east: renamed(east), north: renamed(north) }
                    }
                    ChosenPlace::Pair(own) => ChosenPlace::Pair(renamed(own)),
                    ChosenPlace::Shape(own) => ChosenPlace::Shape(renamed(own)),
                };
                choose(ChosenColumns { place, head: one });
            }
        }
    });
}

/// How the coordinates stand: in two columns, in one, or as geometries in words.
fn kinds(
    ui: &mut Ui,
    language: Language,
    names: &[String],
    chosen: &ChosenColumns,
    theme: Theme,
    choose: &mut dyn FnMut(ChosenColumns),
) {
    let own = chosen.names();
    let name = |i: usize| {
        let own = own.get(i).map(|name| (*name).to_owned());
        own.or_else(|| names.get(i).cloned()).unwrap_or_else(|| "#1".to_owned())
    };
    let two = || ChosenPlace::Two { east: name(0), north: name(1) };
    let is = [
        matches!(chosen.place, ChosenPlace::Two { .. }),
        matches!(chosen.place, ChosenPlace::Pair(_)),
        matches!(chosen.place, ChosenPlace::Shape(_)),
    ];
    let keys = ["ask_columns.two", "ask_columns.pair", "ask_columns.shape"];
    let places = [two(), ChosenPlace::Pair(name(0)), ChosenPlace::Shape(name(0))];
    ui.horizontal_wrapped(|ui| {
        for ((is, key), place) in is.into_iter().zip(keys).zip(places) {
            if widgets::chip(ui, &tr!(language, key), is, theme).clicked() && !is {
                choose(ChosenColumns { place, head: chosen.head });
            }
        }
    });
}

/// What the first feature has in a column.
fn example(sheet: &SheetStart, head: ChosenHead, column: usize) -> Option<&str> {
    let rows = match head {
        ChosenHead::Found => sheet.head.map_or(0, |row| row + 1),
        ChosenHead::Row(row) => row + 1,
        ChosenHead::Nowhere => 0,
    };
    let mut cells = sheet.rows.iter().skip(rows).filter_map(|row| row.get(column));
    cells.find(|cell| !cell.trim().is_empty()).map(String::as_str)
}

/// The beginning of the table, the chosen columns in colour.
fn rows(ui: &mut Ui, sheet: &SheetStart, chosen: &ChosenColumns, names: &[String], theme: Theme) {
    const ROWS: usize = 7;
    const COLUMNS: usize = 24;
    let own = chosen.names();
    let is_chosen = |column: usize| names.get(column).is_some_and(|name| own.contains(&&**name));
    let scroll = ScrollArea::horizontal().id_salt("ask-columns-rows").auto_shrink([false, true]);
    scroll.show(ui, |ui| {
        Grid::new("ask-columns-grid").spacing([12.0, 3.0]).show(ui, |ui| {
            for (i, row) in sheet.rows.iter().take(ROWS).enumerate() {
                let number = theme::text((i + 1).to_string(), size::SMALL, false);
                ui.label(number.color(theme.muted()));
                for (column, cell) in row.iter().take(COLUMNS).enumerate() {
                    let cell: String = cell.chars().take(14).collect();
                    let is_head = match chosen.head {
                        ChosenHead::Found => sheet.head == Some(i),
                        ChosenHead::Row(row) => row == i,
                        ChosenHead::Nowhere => false,
                    };
                    let words = theme::text(cell, size::SMALL, is_head);
                    let ink = if is_chosen(column) { theme.accent() } else { theme.ink() };
                    ui.label(words.color(ink));
                }
                ui.end_row();
            }
        });
    });
}

/// Where it would lie.
fn landing(ui: &mut Ui, state: &State, landing: &Landing, theme: Theme) {
    let language = state.settings.language;
    let words = match landing {
        Landing::Trying => tr!(language, "ask_columns.trying"),
        Landing::At { lands, features } => {
            let away = crs_question::distance_words(state, *lands);
            tr!(language, "ask_columns.at", n = features, away = away)
        }
        Landing::Perhaps(_) => tr!(language, "ask_columns.perhaps"),
        Landing::Nowhere => tr!(language, "ask_columns.nothing"),
        Landing::Failed(reason) => reason.tell(language),
    };
    let is_bad = matches!(landing, Landing::Nowhere | Landing::Failed(_));
    let ink = if is_bad { theme.accent() } else { theme.muted() };
    ui.add(egui::Label::new(theme::text(words, size::SMALL, false).color(ink)).wrap());
}

fn choice(ui: &mut Ui, name: &str, shown: &str, theme: Theme, list: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        let label = theme::text(name, size::SMALL, false).color(theme.muted());
        let room = egui::vec2(76.0, 26.0);
        let at_left = egui::Layout::left_to_right(egui::Align::Center);
        let label = ui.allocate_ui_with_layout(room, at_left, |ui| {
            ui.set_min_width(room.x);
            ui.label(label).id
        });
        let combo = ComboBox::from_id_salt(name).selected_text(shown).width(300.0).truncate();
        combo.show_ui(ui, list).response.labelled_by(label.inner);
    });
}
