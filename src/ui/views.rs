//! The list of saved views and filters: gone to, called otherwise, moved, taken away.

use egui::{Button, TextEdit, Ui, WidgetInfo, vec2};

use super::{
    keys,
    sheet::{Part, Place, Sheet},
    widgets::{self, Row},
};
use crate::{
    app::{
        Action, Language, SavedEdit, SavedList, State, ViewStep,
        command::{self, Chord, Effect, Outcome},
        views::{free_name, suggested_name},
    },
    theme::{self, Theme, size},
    tr,
};

/// An entry of one of the lists.
#[derive(Debug, Clone, Copy)]
struct Entry<'a> {
    list: SavedList,
    id: &'a str,
    name: &'a str,
    keys: &'a str,
    at: usize,
    of: usize,
}

/// What is being called otherwise: the list, the id and the name so far.
type Renamed = Option<(SavedList, String, String)>;

/// Draws the sheet.
pub fn show(ui: &Ui, state: &State, theme: Theme, out: &mut Outcome) {
    let language = state.settings.language;
    let title = tr!(language, "view.title");
    let place = Place::TopRight;
    let sheet = Sheet { id: "views", title: &title, width: 380.0, place, is_modal: false };
    let kept = egui::Id::unique("views-rename");
    let mut renamed: Renamed = ui.data(|d| d.get_temp(kept)).unwrap_or_default();
    let closed = sheet.show(ui, language, theme, |ui, part| match part {
        Part::Body => body(ui, state, &mut renamed, theme, out),
        Part::Foot => foot(ui, state, theme, out),
    });
    if closed {
        renamed = None;
        out.actions.push(Action::CloseOverlay);
    }
    ui.data_mut(|d| d.insert_temp(kept, renamed));
}

fn body(ui: &mut Ui, state: &State, renamed: &mut Renamed, theme: Theme, out: &mut Outcome) {
    let language = state.settings.language;
    let shown = &state.workbook.shown;
    ui.spacing_mut().item_spacing.y = 0.0;
    if shown.read_only.is_none() {
        save(ui, state, theme, &mut out.actions);
    }
    let keys = command::named("go-view").map(command::Command::chords).unwrap_or_default();
    let keys: Vec<String> = keys.iter().map(Chord::to_string).collect();
    widgets::heading(ui, &tr!(language, "view.views"), theme);
    if shown.views.is_empty() {
        note(ui, &tr!(language, "view.none"), theme);
    }
    for (at, own) in shown.views.iter().enumerate() {
        let keys = keys.get(at).map_or("", String::as_str);
        let (id, name, of) = (own.id.as_str(), own.name.as_str(), shown.views.len());
        let entry = Entry { list: SavedList::Views, id, name, keys, at, of };
        one(ui, state, entry, renamed, theme, &mut out.actions);
    }
    if shown.filters.is_empty() {
        return;
    }
    widgets::heading(ui, &tr!(language, "view.filters"), theme);
    for (at, own) in shown.filters.iter().enumerate() {
        let (id, name, of) = (own.id.as_str(), own.name.as_str(), shown.filters.len());
        let entry = Entry { list: SavedList::Filters, id, name, keys: "", at, of };
        one(ui, state, entry, renamed, theme, &mut out.actions);
    }
}

/// The field that names what is looked at, and keeps it.
fn save(ui: &mut Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let kept = egui::Id::unique("views-name");
    let mut name: String = ui.data(|d| d.get_temp(kept)).unwrap_or_default();
    let taken = state.workbook.shown.views.iter().map(|own| own.name.as_str());
    let hint = free_name(&suggested_name(state), taken);
    ui.horizontal(|ui| {
        let label = tr!(language, "view.save");
        let words = theme::text(&label, size::BODY, true).color(theme.on_accent());
        let width = (ui.available_width() - 130.0).max(100.0);
        let field = ui.add(TextEdit::singleline(&mut name).hint_text(&hint).desired_width(width));
        widgets::named(&field, &tr!(language, "view.name"));
        let entered = keys::entered(ui, &field);
        let button = ui.add(Button::new(words).fill(theme.accent()));
        let can_save = state.viewport.is_some();
        if (entered || button.on_hover_text(command::hint("save-view", language)).clicked())
            && can_save
        {
            actions.push(Action::Views(ViewStep::Save(std::mem::take(&mut name))));
        }
    });
    ui.data_mut(|d| d.insert_temp(kept, name));
}

fn one(
    ui: &mut Ui,
    state: &State,
    entry: Entry<'_>,
    renamed: &mut Renamed,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let Entry { list, id, name, keys, .. } = entry;
    if let Some((of, own, text)) = renamed
        && *of == list
        && own == id
    {
        if let Some(done) = rename(ui, text, language) {
            let name = std::mem::take(text);
            if done && name.trim() != entry.name && !name.trim().is_empty() {
                edit(SavedEdit::Rename { list, id: id.to_owned(), name }, actions);
            }
            *renamed = None;
        }
        return;
    }
    let active = list == SavedList::Filters && is_asked(state, id);
    let row = Row { name, value: keys, active, ..Row::default() };
    let response = ui.horizontal(|ui| {
        let gap = ui.spacing().item_spacing.x;
        let known = widgets::end_width(ui, "entry-menu");
        let width = (ui.available_width() - known - gap).max(80.0);
        let response = ui.scope(|ui| {
            ui.set_width(width);
            row.show(ui, theme)
        });
        widgets::at_end(ui, "entry-menu", |ui| menu(ui, state, entry, renamed, actions));
        response.inner
    });
    let id = id.to_owned();
    let (hint, go) = match list {
        SavedList::Views => ("view.go", ViewStep::Go(id)),
        SavedList::Filters => ("view.use", ViewStep::UseFilter(id)),
    };
    if response.inner.on_hover_text(tr!(language, hint, name = name)).clicked() {
        actions.push(Action::Views(go));
    }
}

/// Whether a saved filter is what is asked now.
pub fn is_asked(state: &State, id: &str) -> bool {
    let own = state.workbook.shown.filters.iter().find(|own| own.id == id);
    own.is_some_and(|own| own.filter == state.filter.to_json())
}

/// The field of another name; `Some` once it is left, with whether the name is meant.
fn rename(ui: &mut Ui, text: &mut String, language: Language) -> Option<bool> {
    let width = ui.available_width() - 12.0;
    let field = ui.add(TextEdit::singleline(text).desired_width(width));
    widgets::named(&field, &tr!(language, "view.name"));
    if keys::entered(ui, &field) {
        return Some(true);
    }
    if field.lost_focus() {
        return Some(!keys::escaped(ui, &field));
    }
    widgets::focus_on_opening(ui, &field);
    None
}

/// What can be done with an entry, behind the … at its end.
fn menu(
    ui: &mut Ui,
    state: &State,
    entry: Entry<'_>,
    renamed: &mut Renamed,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let Entry { list, id, name, at, of, .. } = entry;
    let is_writable = state.workbook.is_writable();
    let own = || id.to_owned();
    let menu = ui.menu_button("…", |ui| {
        let item = |ui: &mut Ui, key: &str, is_possible: bool| {
            let words = tr!(language, key);
            let pressed = ui.add_enabled(is_possible && is_writable, Button::new(words)).clicked();
            if pressed {
                ui.close();
            }
            pressed
        };
        if item(ui, "view.rename", true) {
            *renamed = Some((list, own(), name.to_owned()));
        }
        if list == SavedList::Views && item(ui, "view.update", state.viewport.is_some()) {
            actions.push(Action::Views(ViewStep::Update(own())));
        }
        for (key, up, can) in [("view.up", true, at > 0), ("view.down", false, at + 1 < of)] {
            if item(ui, key, can) {
                edit(SavedEdit::Shift { list, id: own(), up }, actions);
            }
        }
        if item(ui, "view.remove", true) {
            edit(SavedEdit::Remove { list, id: own() }, actions);
        }
    });
    let words = tr!(language, "view.menu", name = name);
    menu.response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &words));
    menu.response.on_hover_text(words);
}

fn edit(edit: SavedEdit, actions: &mut Vec<Action>) {
    actions.push(Action::Views(ViewStep::Edit(edit)));
}

fn foot(ui: &mut Ui, state: &State, theme: Theme, out: &mut Outcome) {
    let language = state.settings.language;
    ui.spacing_mut().item_spacing = vec2(8.0, 6.0);
    ui.add_space(4.0);
    widgets::rule(ui, theme);
    ui.horizontal_wrapped(|ui| {
        let mut command = |ui: &mut Ui, id: &str| {
            let button = Button::new(command::name(id, language));
            let hint = command::hint(id, language);
            let is_possible = command::is_possible(id, state);
            if ui.add_enabled(is_possible, button).on_hover_text(hint).clicked() {
                let Outcome { actions, effects } = command::press(id, state);
                for effect in effects {
                    if let Effect::Copy(text) = effect {
                        ui.ctx().copy_text(text);
                    }
                }
                out.actions.extend(actions);
            }
        };
        command(ui, "copy-view");
        command(ui, "save-filter");
    });
    note(ui, &tr!(language, "view.hint"), theme);
}

fn note(ui: &mut Ui, words: &str, theme: Theme) {
    widgets::small_print(ui, words, theme);
}
