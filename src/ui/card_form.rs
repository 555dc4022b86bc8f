//! The card as a form: every field with what is stated, what was set by hand, by whom, when and on
//! which grounds, and the way back to what is stated. Nothing is written over.

use egui::{ComboBox, Label, TextEdit, Ui};
use serde_json::Value;

use super::{attachments, card::section, keys, widgets, workbook::moment};
use crate::{
    app::{
        Action, BookEdit, BookStep, Entry, Language, PlaceStep, State, Tell, placing, table_words,
        text,
    },
    book::{FieldRecord, Origin, ProjectRecord},
    catalogue::{
        Project, Status,
        edit::{FIELDS, Field, FieldKind, takes},
    },
    theme::{self, Theme, size},
    tr,
};

/// Draws the form of the focused project.
pub fn show(
    ui: &mut Ui,
    state: &State,
    project: &Project,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    ui.horizontal(|ui| {
        let id = theme::text(&project.id, size::SMALL, false).color(theme.muted());
        ui.label(id);
        widgets::at_end(ui, "form-done", |ui| {
            if ui.button(tr!(language, "form.done")).clicked() {
                actions.push(Action::Workbook(BookStep::SetEditing(false)));
            }
        });
    });
    let Some(record) = state.workbook.record(&project.id) else {
        ui.label(theme::text(tr!(language, "form.no_record"), size::BODY, false));
        return;
    };
    small(ui, &from(&record, language), theme);
    grounds(ui, state, theme, actions);
    for own in &FIELDS {
        field(ui, state, &record, own, theme, actions);
    }
    attachments::show(ui, state, project, true, theme, actions);
    whole(ui, state, project, theme, actions);
}

/// Where the project comes from.
fn from(record: &ProjectRecord, language: Language) -> String {
    match &record.origin {
        Origin::Plan { .. } => tr!(language, "form.from_plan"),
        Origin::Table { file, sheet, row, .. } => {
            let place = table_words::place(file, sheet, *row, language);
            tr!(language, "form.from_table", place = place)
        }
        Origin::Hand(mark) => {
            tr!(language, "form.from_hand", who = mark.who, at = moment(&mark.at))
        }
    }
}

/// What the values that are set next rest on.
fn grounds(ui: &mut Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    section(ui, &tr!(language, "form.grounds"), theme);
    let mut text = state.workbook.source.clone();
    let hint = tr!(language, "form.grounds_hint");
    let edit = TextEdit::singleline(&mut text).hint_text(&hint).desired_width(f32::INFINITY);
    let response = ui.add(edit);
    widgets::named(&response, &tr!(language, "form.grounds"));
    if response.changed() {
        actions.push(Action::Workbook(BookStep::SetSource(text)));
    }
}

fn field(
    ui: &mut Ui,
    state: &State,
    record: &ProjectRecord,
    own: &Field,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let name = name(own, language);
    match unit(own) {
        // As in the head of the project table.
        Some(unit) => section(ui, &format!("{name} {}", tr!(language, unit)), theme),
        None => section(ui, name, theme),
    }
    let set = |text: String| {
        let (ids, field) = (vec![record.id.clone()], own.name.to_owned());
        Action::Workbook(BookStep::Edit(BookEdit::Set { ids, field, text }))
    };
    let value = record.value(own.name);
    let chosen = match own.kind {
        FieldKind::Kind => {
            let kinds = state.catalogue.kinds.iter();
            let kinds = kinds.map(|kind| (kind.key.clone(), kind.name.get(language).to_owned()));
            choice(ui, name, value, &kinds.collect::<Vec<_>>())
        }
        FieldKind::Status => {
            let all = Status::ALL.map(|own| (own.key().to_owned(), text::status(own, language)));
            choice(ui, name, value, &all)
        }
        FieldKind::Flag => {
            let mut is_on = value.and_then(Value::as_bool).unwrap_or_default();
            let check = ui.checkbox(&mut is_on, "");
            widgets::named_check(&check, is_on, name);
            check.changed().then(|| is_on.to_string())
        }
        FieldKind::Words { .. }
        | FieldKind::Text
        | FieldKind::Period
        | FieldKind::Number
        | FieldKind::Regions
        | FieldKind::Counties
        | FieldKind::Tasks
        | FieldKind::Names => typed(ui, state, record, own, name, theme),
    };
    actions.extend(chosen.map(set));
    if let Some(stands) = record.fields.get(own.name) {
        provenance(ui, state, record, own, stands, theme, actions);
    }
}

/// What a field is called.
pub const fn name(own: &Field, language: Language) -> &'static str {
    match language {
        Language::Chinese => own.zh,
        Language::English => own.en,
    }
}

/// The key of the unit that a number is given in.
fn unit(own: &Field) -> Option<&'static str> {
    match own.name {
        // Not in billions, as figures are told in English: what is typed is kept as it is.
        "investment_yi" => Some("form.yi"),
        "stated_length_km" => Some("form.km"),
        _ => None,
    }
}

/// One of a list; what was chosen.
pub fn choice(
    ui: &mut Ui,
    name: &str,
    value: Option<&Value>,
    all: &[(String, String)],
) -> Option<String> {
    let now = value.and_then(Value::as_str).unwrap_or_default();
    let shown = all.iter().find(|(key, _)| key == now).map_or(now, |(_, shown)| shown.as_str());
    let mut chosen = None;
    let combo = ComboBox::from_id_salt(("form", name)).selected_text(shown).width(200.0);
    let response = combo.show_ui(ui, |ui| {
        for (key, words) in all {
            if ui.selectable_label(key == now, words).clicked() {
                chosen = Some(key.clone());
            }
        }
    });
    let (name, shown) = (name.to_owned(), shown.to_owned());
    response.response.widget_info(|| {
        let mut info = egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &name);
        info.current_text_value = Some(shown.clone());
        info
    });
    chosen.filter(|key| key != now)
}

/// A field of text. What is typed is set by Enter or by leaving the field; Esc takes it back.
pub fn typed(
    ui: &mut Ui,
    state: &State,
    record: &ProjectRecord,
    own: &Field,
    name: &str,
    theme: Theme,
) -> Option<String> {
    let now = text_of(state, own, record.value(own.name));
    let id = ui.make_persistent_id(("form-field", &record.id, own.name));
    let kept: Option<(String, String)> = ui.data(|d| d.get_temp(id));
    // What somebody else made of it meanwhile shows as soon as nobody types.
    let is_waiting = state.running.iter().any(|job| job.entry == Entry::Workbook);
    let is_typing = ui.memory(|m| m.has_focus(id)) || is_waiting;
    let mut text = match kept {
        Some((text, base)) if is_typing || base == now => text,
        _ => now.clone(),
    };
    let is_long = own.kind == FieldKind::Text;
    let edit =
        if is_long { TextEdit::multiline(&mut text) } else { TextEdit::singleline(&mut text) };
    let edit = edit.id(id).desired_width(f32::INFINITY);
    let response = ui.add(if is_long { edit.desired_rows(3) } else { edit });
    widgets::named(&response, name);
    let is_taken_back = keys::escaped(ui, &response);
    if is_taken_back {
        text.clone_from(&now);
    }
    let is_done = response.lost_focus() || !is_long && keys::entered(ui, &response);
    let is_new = is_done && !is_taken_back && text.trim() != now.trim();
    // Said while it is typed, and as long as it stands there.
    if text != now
        && let Err(reason) = takes(own, &text)
    {
        let words = theme::text(reason.tell(state.settings.language), size::SMALL, true);
        ui.add(Label::new(words.color(theme.accent())).wrap());
    }
    ui.data_mut(|d| d.insert_temp(id, (text.clone(), now)));
    is_new.then_some(text)
}

/// A value as it is typed.
fn text_of(state: &State, own: &Field, value: Option<&Value>) -> String {
    let language = state.settings.language;
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Bool(on)) => tr!(language, if *on { "form.yes" } else { "form.no" }),
        // 846, not 846.0.
        Some(Value::Number(number)) => {
            number.as_f64().map_or_else(|| number.to_string(), |number| number.to_string())
        }
        Some(Value::Array(items)) => {
            let items = items.iter().filter_map(Value::as_str);
            let named = items.map(|key| named(state, own.kind, key));
            named.collect::<Vec<_>>().join("、")
        }
        Some(other @ Value::Object(_)) => other.to_string(),
    }
}

/// What a key of a list is called.
fn named(state: &State, kind: FieldKind, key: &str) -> String {
    let language = state.settings.language;
    let found = match kind {
        FieldKind::Regions => {
            state.catalogue.region(key).map(|region| region.name.get(language).to_owned())
        }
        FieldKind::Counties => {
            let county = state.catalogue.counties.iter().find(|county| county.code == key);
            county.map(|county| county.name.zh.clone())
        }
        _ => None,
    };
    found.unwrap_or_else(|| key.to_owned())
}

/// Who set it, and what is stated.
fn provenance(
    ui: &mut Ui,
    state: &State,
    record: &ProjectRecord,
    own: &Field,
    stands: &FieldRecord,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let Some(later) = &stands.later else { return };
    let mark = &later.mark;
    let key = if mark.source.is_empty() { "form.by_hand" } else { "form.by_hand_source" };
    let at = moment(&mark.at);
    small(ui, &tr!(language, key, who = mark.who, at = at, source = mark.source), theme);
    let stated = stands.stated.as_ref().map(|stated| shown(state, own, &stated.value));
    let stated = stated.unwrap_or_else(|| tr!(language, "form.nothing_stated"));
    small(ui, &tr!(language, "form.stated", value = stated), theme);
    let back = widgets::link(ui, &tr!(language, "form.restore"), theme);
    let name = tr!(language, "form.restore_name", field = name(own, language));
    back.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    if back.clicked() {
        let (id, field) = (record.id.clone(), own.name.to_owned());
        actions.push(Action::Workbook(BookStep::Edit(BookEdit::Restore { id, field })));
    }
}

/// A value as it is read.
fn shown(state: &State, own: &Field, value: &Value) -> String {
    let language = state.settings.language;
    match (own.kind, value.as_str()) {
        (FieldKind::Kind, Some(key)) => {
            let kind = state.catalogue.kind(key);
            kind.map_or_else(|| key.to_owned(), |kind| kind.name.get(language).to_owned())
        }
        (FieldKind::Status, Some(key)) => Status::from_key(key)
            .map_or_else(|| key.to_owned(), |status| text::status(status, language)),
        _ => text_of(state, own, Some(value)),
    }
}

/// What is done with the project as a whole.
fn whole(ui: &mut Ui, state: &State, project: &Project, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let edit = |edit| Action::Workbook(BookStep::Edit(edit));
    ui.add_space(12.0);
    widgets::rule(ui, theme);
    ui.horizontal_wrapped(|ui| {
        if ui.button(tr!(language, "form.place")).clicked() {
            actions.push(Action::Place(PlaceStep::Ask(project.id.clone())));
        }
        if placing::only_shape(state, &project.id).is_some()
            && ui.button(tr!(language, "placing.adjust")).clicked()
        {
            actions.push(Action::Place(PlaceStep::Adjust(project.id.clone())));
        }
        let own = format!("H-{}", project.id);
        let has_own = state.workbook.shown.records.text(crate::book::Table::Places, &own).is_some();
        if has_own && ui.button(tr!(language, "form.clear_place")).clicked() {
            actions.push(edit(BookEdit::ClearPlace { id: project.id.clone() }));
        }
        if ui.button(tr!(language, "form.duplicate")).clicked() {
            actions.push(edit(BookEdit::Duplicate { id: project.id.clone() }));
        }
        if ui.button(tr!(language, "form.remove")).clicked() {
            actions.push(edit(BookEdit::Remove { id: project.id.clone() }));
        }
    });
    let others: Vec<&String> = state.selected.iter().filter(|id| **id != project.id).collect();
    if let [other] = others.as_slice() {
        let words = tr!(language, "form.merge", other = other);
        if ui.button(words).clicked() {
            let (id, into) = (project.id.clone(), (*other).clone());
            actions.push(edit(BookEdit::Merge { id, into }));
        }
    } else {
        small(ui, &tr!(language, "form.merge_hint"), theme);
    }
}

fn small(ui: &mut Ui, words: &str, theme: Theme) {
    ui.add(Label::new(theme::text(words, size::SMALL, false).color(theme.muted())).wrap());
}
