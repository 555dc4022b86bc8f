//! Which fields the table shows, and in which order.

use egui::{Role, ScrollArea, Ui, WidgetInfo};

use super::Subject;
use crate::{
    app::{
        Action, FieldSort, Language, TableStep,
        field_columns::{TableColumn, arranged},
    },
    tr,
};

/// The columns with something changed, as they are kept.
pub fn changed(subject: &Subject<'_>, change: impl FnOnce(&mut Vec<TableColumn>)) -> Action {
    let mut columns = subject.columns.clone();
    change(&mut columns);
    subject.step(TableStep::Arrange(arranged(&columns, subject.data())))
}

/// A column before another; nothing where it stands there.
pub fn placed(subject: &Subject<'_>, from: usize, to: usize) -> Option<Action> {
    if to == from || to == from + 1 || from >= subject.columns.len() {
        return None;
    }
    Some(changed(subject, |columns| {
        let own = columns.remove(from);
        let to = if to > from { to - 1 } else { to };
        columns.insert(to.min(columns.len()), own);
    }))
}

/// All fields: whether each is seen, and its way up and down.
pub fn menu(ui: &mut Ui, subject: &Subject<'_>, language: Language, actions: &mut Vec<Action>) {
    const HIGHEST: f32 = 320.0;
    ScrollArea::vertical().max_height(HIGHEST).show(ui, |ui| {
        for (at, column) in subject.columns.iter().enumerate() {
            let name = name(subject, column);
            ui.horizontal(|ui| {
                let arrows = [
                    ("↑", at.checked_sub(1), "layer_table.up"),
                    ("↓", Some(at + 2), "layer_table.down"),
                ];
                for (sign, to, words) in arrows {
                    let to = to.filter(|to| *to <= subject.columns.len());
                    let button = ui.add_enabled(to.is_some(), egui::Button::new(sign).small());
                    let told = tr!(language, words, name = name);
                    button.widget_info(|| WidgetInfo::labeled(Role::Button, to.is_some(), &told));
                    if let Some(to) = to.filter(|_| button.clicked()) {
                        actions.extend(placed(subject, at, to));
                    }
                }
                let mut seen = !column.hidden;
                if ui.checkbox(&mut seen, name).changed() {
                    actions.push(hide(subject, at, !seen));
                }
            });
        }
    });
    ui.separator();
    if ui.button(tr!(language, "layer_table.usual")).clicked() {
        actions.push(subject.step(TableStep::Arrange(Vec::new())));
        ui.close();
    }
}

/// What can be done with one field, behind its head.
pub fn one(
    ui: &mut Ui,
    at: usize,
    subject: &Subject<'_>,
    language: Language,
    actions: &mut Vec<Action>,
) {
    let Some(column) = subject.columns.get(at) else { return };
    let sort = |descending| Some(FieldSort { field: column.field, descending });
    let step = |step| Some(subject.step(step));
    let seen: Vec<usize> = subject.shown().map(|(at, _, _, _)| at).collect();
    let own = seen.iter().position(|own| *own == at);
    let left = own.and_then(|own| seen.get(own.checked_sub(1)?)).copied();
    let right = own.and_then(|own| seen.get(own + 1)).map(|next| next + 1);
    let entries = [
        ("layer_table.ascending", step(TableStep::Sort(sort(false)))),
        ("layer_table.descending", step(TableStep::Sort(sort(true)))),
        ("layer_table.unsorted", step(TableStep::Sort(None))),
        ("layer_table.to_left", left.and_then(|to| placed(subject, at, to))),
        ("layer_table.to_right", right.and_then(|to| placed(subject, at, to))),
        ("layer_table.hide", Some(hide(subject, at, true))),
    ];
    for (words, action) in entries {
        let button = egui::Button::new(tr!(language, words));
        if ui.add_enabled(action.is_some(), button).clicked() {
            actions.extend(action);
            ui.close();
        }
    }
}

fn hide(subject: &Subject<'_>, at: usize, hidden: bool) -> Action {
    changed(subject, |columns| {
        if let Some(own) = columns.get_mut(at) {
            own.hidden = hidden;
        }
    })
}

fn name<'a>(subject: &'a Subject<'_>, column: &TableColumn) -> &'a str {
    subject.data().fields.get(column.field).map_or("", |field| field.name.as_str())
}
