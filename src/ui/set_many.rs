//! One field set for all projects that are selected, as one action that can be taken back.

use egui::{Button, ComboBox, Label, TextEdit, Ui};

use super::{
    card_form, keys,
    sheet::{Part, Place, Sheet},
    widgets,
};
use crate::{
    app::{Action, BookEdit, BookStep, Language, State, text},
    catalogue::{
        Status,
        edit::{FIELDS, Field, FieldKind},
    },
    theme::{self, Theme, size},
    tr,
};

/// What is typed and chosen until it is set.
#[derive(Debug, Clone, Default)]
struct Typed {
    field: usize,
    text: String,
}

/// The fields that several projects may have in common.
fn fields() -> impl Iterator<Item = &'static Field> {
    let own = ["name", "name_en", "short_name", "short_name_en", "tasks", "stated_length_km"];
    FIELDS.iter().filter(move |field| !own.contains(&field.name))
}

/// Draws the question.
pub fn show(ui: &Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let n = state.selected.len();
    let title = tr!(language, "set_many.title", n = n);
    let place = Place::Middle;
    let sheet = Sheet { id: "set-many", title: &title, width: 460.0, place, is_modal: true };
    let kept = egui::Id::unique("set-many-typed");
    let mut typed: Typed = ui.data(|d| d.get_temp(kept)).unwrap_or_default();
    let mut is_done = false;
    let own = fields().nth(typed.field);
    let mut is_left = sheet.show(ui, language, theme, |ui, part| match part {
        Part::Body => {
            names(ui, state, language, theme);
            field(ui, &mut typed, language);
            if let Some(own) = own {
                is_done |= value(ui, state, own, &mut typed.text, language);
            }
            grounds(ui, state, language, actions);
        }
        Part::Foot => {
            ui.add_space(8.0);
            ui.horizontal_wrapped(|ui| {
                let words = theme::text(tr!(language, "set_many.set", n = n), size::BODY, true);
                let button = Button::new(words.color(theme.on_accent())).fill(theme.accent());
                // A choice has to be made; nothing typed says that there is nothing.
                let is_chosen = !typed.text.is_empty() || own.is_some_and(|own| is_typed(own.kind));
                is_done |= ui.add_enabled(n > 0 && is_chosen, button).clicked();
            });
        }
    });
    if is_done && let Some(own) = own {
        let (ids, field) = (state.selected.clone(), own.name.to_owned());
        let text = std::mem::take(&mut typed.text);
        actions.push(Action::CloseOverlay);
        actions.push(Action::Workbook(BookStep::Edit(BookEdit::Set { ids, field, text })));
        is_left = false;
    }
    if is_left {
        actions.push(Action::CloseOverlay);
        typed = Typed::default();
    }
    ui.data_mut(|d| d.insert_temp(kept, typed));
}

/// Which projects it is about.
fn names(ui: &mut Ui, state: &State, language: Language, theme: Theme) {
    const NAMED: usize = 12;
    let names = state.selected.iter().filter_map(|id| state.catalogue.project(id));
    let names: Vec<&str> =
        names.take(NAMED).map(|project| project.short_name.get(language)).collect();
    let mut words = names.join(language.pick("、", ", "));
    if state.selected.len() > NAMED {
        words.push_str(" …");
    }
    ui.add(Label::new(theme::text(words, size::SMALL, false).color(theme.muted())).wrap());
}

fn field(ui: &mut Ui, typed: &mut Typed, language: Language) {
    let label = tr!(language, "set_many.field");
    let now = fields().nth(typed.field).map_or("", |own| card_form::name(own, language));
    let combo = ComboBox::from_id_salt("set-many-field").selected_text(now).width(200.0);
    let response = combo.show_ui(ui, |ui| {
        for (at, own) in fields().enumerate() {
            let name = card_form::name(own, language);
            if ui.selectable_label(at == typed.field, name).clicked() {
                *typed = Typed { field: at, text: String::new() };
            }
        }
    });
    named(&response.response, &label, now);
}

const fn is_typed(kind: FieldKind) -> bool {
    !matches!(kind, FieldKind::Kind | FieldKind::Status | FieldKind::Flag | FieldKind::Regions)
}

/// The value; true where Enter says that it is meant.
fn value(ui: &mut Ui, state: &State, own: &Field, text: &mut String, language: Language) -> bool {
    let label = tr!(language, "set_many.value");
    let choices: Vec<(String, String)> = match own.kind {
        FieldKind::Kind => {
            let kinds = state.catalogue.kinds.iter();
            kinds.map(|kind| (kind.key.clone(), kind.name.get(language).to_owned())).collect()
        }
        FieldKind::Status => {
            Status::ALL.map(|own| (own.key().to_owned(), text::status(own, language))).to_vec()
        }
        FieldKind::Regions => {
            let regions = state.catalogue.regions.iter();
            regions.map(|own| (own.key.clone(), own.name.get(language).to_owned())).collect()
        }
        FieldKind::Flag => {
            let yes = ("true".to_owned(), tr!(language, "form.yes"));
            vec![yes, ("false".to_owned(), tr!(language, "form.no"))]
        }
        _ => {
            let hint = match own.kind {
                FieldKind::Counties => tr!(language, "set_many.counties_hint"),
                FieldKind::Names => tr!(language, "set_many.names_hint"),
                _ => String::new(),
            };
            let edit = TextEdit::singleline(text).hint_text(hint).desired_width(f32::INFINITY);
            let field = ui.add(edit);
            widgets::named(&field, &label);
            return keys::entered(ui, &field);
        }
    };
    let shown = choices.iter().find(|(key, _)| key == text).map(|(_, shown)| shown.as_str());
    let shown = shown.unwrap_or_default().to_owned();
    let combo = ComboBox::from_id_salt(("set-many-value", own.name));
    let response = combo.selected_text(&shown).width(200.0).show_ui(ui, |ui| {
        for (key, words) in &choices {
            if ui.selectable_label(key == text, words).clicked() {
                text.clone_from(key);
            }
        }
    });
    named(&response.response, &label, &shown);
    false
}

fn named(response: &egui::Response, label: &str, shown: &str) {
    response.widget_info(|| {
        let mut info = egui::WidgetInfo::labeled(egui::Role::ComboBox, true, label);
        info.current_text_value = Some(shown.to_owned());
        info
    });
}

/// What the value rests on.
fn grounds(ui: &mut Ui, state: &State, language: Language, actions: &mut Vec<Action>) {
    let mut text = state.workbook.source.clone();
    let hint = tr!(language, "form.grounds_hint");
    let edit = TextEdit::singleline(&mut text).hint_text(hint).desired_width(f32::INFINITY);
    let response = ui.add(edit);
    widgets::named(&response, &tr!(language, "form.grounds"));
    if response.changed() {
        actions.push(Action::Workbook(BookStep::SetSource(text)));
    }
}
