//! The dialog of files inside the window, for desktops that offer none.

use egui::{Label, RichText, ScrollArea, TextEdit, Ui};

use super::{
    sheet::{Part, Place, Sheet},
    widgets::{self, Row},
};
use crate::{
    app::{
        Action, Language, State,
        browse::{Browse, FolderEntry, Listing},
    },
    theme::{self, Theme, size},
    tr,
};

/// Draws the dialog: the folder, what it holds, the name.
pub fn show(ui: &Ui, state: &State, browse: &Browse, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let title = browse.question.title.as_str();
    let place = Place::Middle;
    let sheet = Sheet { id: "browse", title, width: size::PALETTE, place, is_modal: true };
    let closed = sheet.show(ui, language, theme, |ui, part| match part {
        Part::Body => list(ui, browse, language, theme, actions),
        Part::Foot => foot(ui, state, browse, theme, actions),
    });
    if closed {
        actions.push(Action::CloseOverlay);
    }
}

/// Where it stands, the way up, and the rows.
fn list(ui: &mut Ui, browse: &Browse, language: Language, theme: Theme, actions: &mut Vec<Action>) {
    const MOST_ROWS: f32 = 14.0;
    let quiet =
        |words: String| -> RichText { theme::text(words, size::SMALL, false).color(theme.muted()) };
    ui.add(Label::new(quiet(browse.folder.display().to_string())).wrap());
    if let Some(above) = browse.folder.parent()
        && widgets::link(ui, &tr!(language, "browse.up"), theme).clicked()
    {
        actions.push(Action::BrowseTo(above.to_owned()));
    }
    let rows = browse.rows();
    match &browse.listing {
        Listing::Reading => {
            ui.label(quiet(tr!(language, "browse.reading")));
        }
        Listing::Failed(reason) => {
            let words = theme::text(reason.tell(language), size::BODY, false);
            ui.add(Label::new(words.color(theme.accent())).wrap());
        }
        Listing::Read(_) if rows.is_empty() => {
            ui.label(quiet(tr!(language, "browse.empty")));
        }
        Listing::Read(_) => {}
    }
    let most = ui.ctx().content_rect().height() - 9.0 * size::ROW;
    let height = most.clamp(2.0 * size::ROW, MOST_ROWS * size::ROW);
    let id = ui.scope_id().with("row");
    let marked = (browse.folder.clone(), browse.row);
    let is_new = ui.data(|d| d.get_temp(id)) != Some(marked.clone());
    ui.data_mut(|d| d.insert_temp(id, marked));
    let mut area = ScrollArea::vertical().id_salt("files").max_height(height);
    if let Some(row) = browse.row.filter(|_| is_new) {
        area = area.vertical_scroll_offset((row as f32 - 4.0).max(0.0) * size::ROW);
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    area.auto_shrink([false, true]).show_rows(ui, size::ROW, rows.len(), |ui, range| {
        for (i, entry) in rows.iter().enumerate().take(range.end).skip(range.start) {
            if row(ui, entry, browse.row == Some(i), language, theme).clicked() {
                actions.push(Action::ChooseInBrowse(Some(i)));
            }
        }
    });
}

fn row(
    ui: &mut Ui,
    entry: &FolderEntry,
    active: bool,
    language: Language,
    theme: Theme,
) -> egui::Response {
    let value =
        if entry.is_folder { tr!(language, "browse.folder") } else { size_words(entry.bytes) };
    let row = Row {
        name: &entry.name,
        value: &value,
        indent: 0.0,
        active,
        bar: None,
        bold: entry.is_folder,
        quiet: false,
    };
    row.show(ui, theme)
}

/// In the unit that keeps the number short.
fn size_words(bytes: u64) -> String {
    const STEP: f64 = 1024.0;
    let mut value = bytes as f64;
    for unit in ["B", "KB", "MB"] {
        if value < STEP {
            return format!("{value:.0} {unit}");
        }
        value /= STEP;
    }
    format!("{value:.1} GB")
}

fn foot(ui: &mut Ui, state: &State, browse: &Browse, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let is_open = !browse.question.purpose.is_saving();
    ui.add_space(8.0);
    let name = tr!(language, if is_open { "browse.find" } else { "browse.name" });
    let mut text = browse.text.clone();
    let field = ui.add(
        TextEdit::singleline(&mut text)
            .id(egui::Id::unique("browse-field"))
            .hint_text(&name)
            .desired_width(f32::INFINITY),
    );
    widgets::named(&field, &name);
    widgets::focus_on_opening(ui, &field);
    if text != browse.text {
        actions.push(Action::SetBrowseText(text));
    }
    ui.horizontal_wrapped(|ui| {
        let key = if is_open { "browse.open" } else { "browse.here" };
        let words = theme::text(tr!(language, key), size::BODY, true).color(theme.on_accent());
        let ready = browse.row.is_some() || browse.is_path() || !browse.text.trim().is_empty();
        if ui.add_enabled(ready, egui::Button::new(words).fill(theme.accent())).clicked() {
            let row = browse.row.filter(|_| is_open);
            actions.push(Action::ChooseInBrowse(row));
        }
        if ui.button(tr!(language, "export.cancel")).clicked() {
            actions.push(Action::CloseOverlay);
        }
        let mut all = browse.with_all;
        if ui.checkbox(&mut all, tr!(language, "browse.all")).changed() {
            actions.push(Action::SetBrowseAll(all));
        }
    });
    recent(ui, state, browse, theme, actions);
}

/// Folders that files were opened from, each a click away.
fn recent(ui: &mut Ui, state: &State, browse: &Browse, theme: Theme, actions: &mut Vec<Action>) {
    const MOST: usize = 3;
    let mut folders = Vec::new();
    for folder in state.settings.recent_files.iter().filter_map(|path| path.parent()) {
        if folder != browse.folder && !folders.contains(&folder) {
            folders.push(folder);
        }
    }
    if folders.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for folder in folders.into_iter().take(MOST) {
            let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
            let whole = folder.display().to_string();
            let chip = widgets::chip(ui, &name.unwrap_or_else(|| whole.clone()), false, theme);
            if chip.on_hover_text(whole).clicked() {
                actions.push(Action::BrowseTo(folder.to_owned()));
            }
        }
    });
}
