//! The sheet that joins a table to a layer: which table, by which keys, and what would come of it.

use egui::{Label, Role, ScrollArea, Ui, WidgetInfo};

use super::{
    export::{choice, named, warning},
    sheet::{Part, Place, Sheet},
    widgets,
};
use crate::{
    app::{
        Action, Language, LayerKey, State,
        browse::FileQuestion,
        layer_join::{JoinQuestion, JoinStep, JoinedTable, TableState},
        open_layers::finding_words,
    },
    layer::{
        Field, Layer, Value,
        join::{self, Meeting, PlainTable},
    },
    store::layers::plain_table,
    theme::{self, Theme, size},
    tr,
};

const WIDTH: f32 = 480.0;
/// Keys that stay alone are shown up to here; all of them are copied.
const MOST_SHOWN: usize = 500;
/// Height of a list of keys, in points.
const LIST: f32 = 92.0;

/// Draws the sheet.
pub fn show(
    ui: &Ui,
    state: &State,
    question: &JoinQuestion,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let Some((file, layer)) = state.open_layer(question.key) else {
        actions.push(Action::CloseOverlay);
        return;
    };
    let title = tr!(language, "join.title", name = layer.data.0.name);
    let (id, place) = ("layer-join", Place::Middle);
    let sheet = Sheet { id, title: &title, width: WIDTH, place, is_modal: true };
    let tables = layer.join.as_ref().map_or(&[][..], |join| &join.tables);
    let closed = sheet.show(ui, language, theme, |ui, part| match part {
        Part::Body => {
            places(ui, language, question, tables, theme, actions);
            ui.horizontal(|ui| {
                named(ui, &tr!(language, "join.table"), theme);
                let folder = question.path.as_deref().unwrap_or(&file.path).parent();
                let folder = folder.map(std::path::Path::to_owned).unwrap_or_default();
                if ui.button(tr!(language, "join.choose")).clicked() {
                    let endings = &plain_table::EXTENSIONS;
                    let asked = FileQuestion::table(folder, endings, language);
                    actions.push(Action::AskFile(Box::new(asked)));
                }
                let name = question.path.as_deref().and_then(std::path::Path::file_name);
                let name = name.map(|name| name.to_string_lossy().into_owned());
                let words = name.unwrap_or_else(|| tr!(language, "join.no_table"));
                let told = question.path.as_ref().map(|path| path.display().to_string());
                let label = ui.add(Label::new(theme::text(words, size::BODY, false)).truncate());
                if let Some(told) = told {
                    label.on_hover_text(told);
                }
            });
            match &question.table {
                TableState::None => {
                    wrapped(ui, &tr!(language, "join.lead"), theme);
                }
                TableState::Reading => wrapped(ui, &tr!(language, "join.reading"), theme),
                TableState::Failed(reason) => {
                    let words = theme::text(reason.tell(language), size::SMALL, true);
                    ui.add(Label::new(words.color(theme.accent())).wrap());
                }
                TableState::Read { table, .. } => {
                    body(ui, language, question, &table.0, theme, actions);
                }
            }
        }
        Part::Foot => foot(ui, language, question, theme, actions),
    });
    if closed {
        actions.push(Action::CloseOverlay);
    }
}

/// The tables that the layer has, and one more; nothing as long as it has none.
fn places(
    ui: &mut Ui,
    language: Language,
    question: &JoinQuestion,
    tables: &[JoinedTable],
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    if tables.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.label(theme::text(tr!(language, "join.which"), size::SMALL, true).color(theme.muted()));
        let one = |(at, own): (usize, &JoinedTable)| {
            let name = own.kept.table.file_name().unwrap_or_default().to_string_lossy();
            (Some(at), format!("{} · {}", at + 1, short(&name)))
        };
        let all = tables.iter().enumerate().map(one);
        for (place, words) in all.chain([(None, tr!(language, "join.another"))]) {
            let is_shown = place == question.place;
            if ui.selectable_label(is_shown, words).clicked() && !is_shown {
                actions.push(Action::Join(JoinStep::Place(place)));
            }
        }
    });
    ui.add_space(4.0);
}

/// A file's name as it fits into a row with others.
fn short(name: &str) -> String {
    const SIGNS: usize = 28;
    let name = one_line(name);
    if name.chars().count() <= SIGNS {
        return name;
    }
    name.chars().take(SIGNS).chain(['…']).collect()
}

fn foot(
    ui: &mut Ui,
    language: Language,
    question: &JoinQuestion,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let key: LayerKey = question.key;
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let words =
            theme::text(tr!(language, "join.do"), size::BODY, true).color(theme.on_accent());
        let join = egui::Button::new(words).fill(theme.accent());
        if ui.add_enabled(question.is_answered(), join).clicked() {
            actions.push(Action::Join(JoinStep::Join));
        }
        if let Some(place) = question.place
            && ui.button(tr!(language, "join.remove")).clicked()
        {
            actions.push(Action::Join(JoinStep::Remove(key, place)));
        }
        if ui.button(tr!(language, "export.cancel")).clicked() {
            actions.push(Action::CloseOverlay);
        }
    });
}

fn body(
    ui: &mut Ui,
    language: Language,
    question: &JoinQuestion,
    table: &PlainTable,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let layer: &Layer = &question.own.0;
    let fields = layer.fields.get(..question.fields).unwrap_or(&layer.fields);
    if table.sheets.len() > 1 {
        let shown = table.sheet.clone().unwrap_or_default();
        choice(ui, &tr!(language, "join.sheet"), &shown, theme, |ui| {
            for name in &table.sheets {
                if ui.selectable_label(*name == shown, name).clicked() {
                    actions.push(Action::Join(JoinStep::Sheet(name.clone())));
                }
            }
        });
    }
    let own = |field: usize| first_value(layer.len(), |row| layer.value(row, field));
    column(ui, language, "join.field", fields, question.field, theme, &own, &mut |field| {
        actions.push(Action::Join(JoinStep::Field(field)));
    });
    let other =
        |column: usize| first_value(table.rows, |row| table.values.value(row as usize, column));
    let columns = &table.fields;
    column(ui, language, "join.column", columns, question.column, theme, &other, &mut |column| {
        actions.push(Action::Join(JoinStep::Column(column)));
    });
    ui.add_space(4.0);
    let size = tr!(language, "join.size", n = table.rows, columns = table.fields.len());
    wrapped(ui, &size, theme);
    for finding in table.findings.iter().take(3) {
        wrapped(ui, &finding_words(finding, language), theme);
    }
    let Some(keys) = question.keys() else {
        warning(ui, &tr!(language, "join.choose_keys"), theme);
        return;
    };
    let Some(meeting) = &question.meeting else {
        wrapped(ui, &tr!(language, "join.matching"), theme);
        return;
    };
    met(ui, language, layer, meeting, theme);
    coming(ui, language, &join::columns(fields, table, keys), table, theme);
    for (words, alone) in [("join.missing", &meeting.missing), ("join.unused", &meeting.unused)] {
        list(ui, language, words, alone, theme);
    }
}

/// How many features get a row.
fn met(ui: &mut Ui, language: Language, layer: &Layer, meeting: &Meeting, theme: Theme) {
    let (n, all) = (meeting.matched, layer.len());
    let words = tr!(language, "join.matched", n = n, all = all);
    if n == 0 {
        warning(ui, &words, theme);
        warning(ui, &tr!(language, "join.nothing"), theme);
    } else {
        ui.label(theme::text(words, size::BODY, true));
    }
    if meeting.without_key > 0 {
        wrapped(ui, &tr!(language, "join.without_key", n = meeting.without_key), theme);
    }
    if !meeting.doubled.is_empty() {
        let some: Vec<&str> = meeting.doubled.iter().take(5).map(String::as_str).collect();
        let some = some.join(" · ");
        let words = tr!(language, "join.doubled", n = meeting.doubled.len(), some = some);
        wrapped(ui, &words, theme);
    }
}

/// Which columns come in, and under which other names.
fn coming(
    ui: &mut Ui,
    language: Language,
    columns: &[(usize, String)],
    table: &PlainTable,
    theme: Theme,
) {
    /// So many are named.
    const NAMED: usize = 40;
    let one = |(column, name): &(usize, String)| {
        let own = table.fields.get(*column).map_or("", |field| field.name.as_str());
        if own == name {
            name.clone()
        } else {
            tr!(language, "join.renamed", own = own, name = name)
        }
    };
    let mut names: Vec<String> = columns.iter().take(NAMED).map(one).collect();
    if columns.len() > NAMED {
        names.push("…".to_owned());
    }
    let names = names.join(if language == Language::Chinese { "、" } else { ", " });
    wrapped(ui, &tr!(language, "join.columns", n = columns.len(), names = names), theme);
}

/// Keys that stay alone: how many, the first hundreds, and all of them to be copied.
fn list(ui: &mut Ui, language: Language, words: &str, keys: &[String], theme: Theme) {
    if keys.is_empty() {
        return;
    }
    let title = tr!(language, words, n = keys.len());
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.label(theme::text(&title, size::SMALL, true).color(theme.muted()));
        let copy = widgets::link(ui, &tr!(language, "join.copy"), theme);
        let name = format!("{} {title}", tr!(language, "join.copy"));
        copy.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        if copy.clicked() {
            ui.copy_text(keys.join("\n"));
        }
    });
    let shown = keys.len().min(MOST_SHOWN);
    let scroll = ScrollArea::vertical().id_salt(words).max_height(LIST).auto_shrink([false, true]);
    egui::Frame::NONE.stroke(egui::Stroke::new(1.0, theme.hairline())).inner_margin(4.0).show(
        ui,
        |ui| {
            let line = ui.text_style_height(&egui::TextStyle::Body);
            ui.spacing_mut().item_spacing.y = 2.0;
            let more = usize::from(keys.len() > shown);
            scroll.show_rows(ui, line, shown + more, |ui, rows| {
                for row in rows {
                    let words = match keys.get(row).filter(|_| row < shown) {
                        Some(key) => one_line(key),
                        None => tr!(language, "join.more", n = keys.len() - shown),
                    };
                    ui.add(Label::new(theme::text(words, size::SMALL, false)).truncate());
                }
            });
        },
    );
}

/// A row to choose a field from, each with the first value it has.
#[expect(clippy::too_many_arguments, reason = "drawn twice, with everything that differs")]
fn column(
    ui: &mut Ui,
    language: Language,
    words: &str,
    fields: &[Field],
    chosen: Option<usize>,
    theme: Theme,
    value: &dyn Fn(usize) -> Option<String>,
    choose: &mut dyn FnMut(usize),
) {
    let shown = chosen.and_then(|at| fields.get(at)).map(|field| field.name.clone());
    let shown = shown.unwrap_or_else(|| tr!(language, "join.not_chosen"));
    choice(ui, &tr!(language, words), &shown, theme, |ui| {
        for (at, field) in fields.iter().enumerate() {
            let words = value(at)
                .map_or_else(|| field.name.clone(), |value| format!("{} · {value}", field.name));
            if ui.selectable_label(chosen == Some(at), words).clicked() {
                choose(at);
            }
        }
    });
}

/// The first value of a column among its first rows, as it fits into a list.
fn first_value<'a>(rows: usize, value: impl Fn(u32) -> Value<'a>) -> Option<String> {
    const LOOK: u32 = 50;
    const SIGNS: usize = 24;
    let rows = u32::try_from(rows).unwrap_or(u32::MAX).min(LOOK);
    let first = (0..rows).map(value).find(|value| *value != Value::Missing)?;
    Some(one_line(&first.to_string()).chars().take(SIGNS).collect())
}

fn one_line(text: &str) -> String {
    const MOST: usize = 300;
    text.chars().take(MOST).map(|sign| if sign.is_control() { ' ' } else { sign }).collect()
}

fn wrapped(ui: &mut Ui, words: &str, theme: Theme) {
    let words = theme::text(words, size::SMALL, false).color(theme.muted());
    ui.add(Label::new(words).wrap());
}
