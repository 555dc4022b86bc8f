//! The user's own files on the map.

use std::path::PathBuf;

use egui::{TextEdit, Ui, vec2};

use super::{
    basemaps::Typed,
    keys, layer_findings,
    layer_menu::{self, Subject},
    widgets::{self, Row},
};
use crate::{
    app::{
        Action, FitTarget, Language, News, OpenFile, OpenLayer, Reading, State, Tell as _,
        command::{self, Field},
        saved::FileStep,
    },
    geo::mercator,
    jobs::tell_layers::format_names,
    layer::style::SEEN_FROM_AFAR,
    theme::{self, Theme, color, size},
    tr,
    units::Extent,
};

/// Draws the list and the field that opens another one.
pub fn show(
    ui: &mut Ui,
    state: &State,
    typed: &mut Typed,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    widgets::heading_with(ui, &tr!(language, "files.title"), theme, |ui| {
        let hint = command::hint("open-file", language);
        if widgets::link(ui, &tr!(language, "browse.choose"), theme).on_hover_text(hint).clicked() {
            actions.extend(command::press("open-file", state).actions);
        }
    });
    for file in &state.files {
        one(ui, state, file, theme, actions);
    }
    ui.horizontal(|ui| {
        ui.add_space(12.0);
        let name = tr!(language, "files.path");
        let field = ui.add(
            TextEdit::singleline(&mut typed.path)
                .hint_text(&name)
                .desired_width((ui.available_width() - 80.0).max(80.0)),
        );
        widgets::named(&field, &name);
        typed.lend_keyboard(Field::File, &field);
        let entered = keys::entered(ui, &field);
        let path = &mut typed.path;
        let ready = !path.trim().is_empty();
        let open = egui::Button::new(tr!(language, "files.open"));
        if ready && entered || ui.add_enabled(ready, open).clicked() {
            let typed = PathBuf::from(path.trim());
            // From where the program was started, wherever that is later.
            let whole = std::path::absolute(&typed).unwrap_or(typed);
            actions.push(Action::OpenFiles(vec![whole]));
            path.clear();
        }
    });
    ui.horizontal(|ui| {
        ui.add_space(12.0);
        ui.vertical(|ui| {
            ui.set_width((ui.available_width() - 12.0).max(80.0));
            let hint = tr!(language, "files.hint", formats = format_names(language));
            widgets::small_print(ui, &hint, theme);
        });
    });
    recent(ui, state, theme, actions);
}

/// Files that were opened lately and are not open now.
fn recent(ui: &mut Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let is_closed = |path: &&PathBuf| state.files.iter().all(|file| file.path != **path);
    let closed: Vec<&PathBuf> = state.settings.recent_files.iter().filter(is_closed).collect();
    if closed.is_empty() {
        return;
    }
    widgets::heading(ui, &tr!(state.settings.language, "files.recent"), theme);
    for path in closed {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_else(|| path.display().to_string());
        let row = Row { name: &name, ..Row::default() };
        if row.show(ui, theme).on_hover_text(path.display().to_string()).clicked() {
            actions.push(Action::OpenFiles(vec![path.clone()]));
        }
    }
}

fn one(ui: &mut Ui, state: &State, file: &OpenFile, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let name = file.path.file_name().map(|n| n.to_string_lossy().into_owned());
    let name = name.unwrap_or_else(|| file.path.display().to_string());
    ui.horizontal(|ui| {
        ui.add_space(12.0);
        let words = theme::text(&name, size::BODY, true);
        ui.add(egui::Label::new(words).truncate()).on_hover_text(file.path.display().to_string());
    });
    for (i, layer) in file.layers.iter().enumerate() {
        row(ui, state, file, i, layer, theme, actions);
    }
    if file.is_changed {
        let words = News::LayerChanged(file.path.clone()).tell(language);
        note(ui, &words, theme);
    }
    if let Reading::Stopped(reason) = &file.reading {
        // In a line of its own, so that its further lines stand under the first.
        ui.horizontal(|ui| {
            ui.add_space(12.0);
            let words = theme::text(reason.tell(language), size::SMALL, false);
            ui.add(egui::Label::new(words.color(theme.accent())).wrap());
        });
    }
    ui.horizontal_wrapped(|ui| {
        ui.add_space(12.0);
        match &file.reading {
            Reading::Under(share) => {
                ui.add(egui::ProgressBar::new(*share).desired_width(140.0).desired_height(6.0));
                if widgets::link(ui, &tr!(language, "files.cancel"), theme).clicked() {
                    actions.push(Action::CancelFile(file.id));
                }
            }
            Reading::Done | Reading::Asks | Reading::Stopped(_) => {}
        }
        if !matches!(file.reading, Reading::Under(_)) {
            if let Some(target) = extent(file)
                && widgets::link(ui, &tr!(language, "files.fit"), theme).clicked()
            {
                actions.push(Action::Fit(target));
            }
            if file.reading == Reading::Asks
                && file.asks.is_some()
                && widgets::link(ui, &tr!(language, "files.ask"), theme).clicked()
            {
                actions.push(Action::AskAgain(file.id));
            }
            if file.reading != Reading::Asks
                && file.is_table()
                && widgets::link(ui, &tr!(language, "files.columns"), theme).clicked()
            {
                actions.push(Action::ReviseColumns(file.id));
            }
            book_file(ui, state, file, theme, actions);
            if widgets::link(ui, &tr!(language, "files.close"), theme).clicked() {
                actions.push(Action::CloseFile(file.id));
            }
        }
    });
    let joins = file.layers.iter().filter_map(|layer| layer.join.as_ref());
    for own in joins.flat_map(|join| &join.tables) {
        let table = own.kept.table.file_name().unwrap_or_default().to_string_lossy();
        let words = tr!(language, "join.joined", table = table, n = own.matched);
        note(ui, &words, theme);
    }
    if !matches!(file.reading, Reading::Under(_)) {
        for layer in file.layers.iter().filter(|layer| !layer.data.0.holds().any()) {
            nothing(ui, layer, language, theme);
        }
    }
    layer_findings::show(ui, file, language, theme);
}

/// What can be done with a file that the workbook knows.
fn book_file(ui: &mut Ui, state: &State, file: &OpenFile, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let mut records = state.workbook.shown.layers.iter();
    let Some(record) = records.find(|own| file.records.contains(&own.id)) else { return };
    let is_missing = file.layers.is_empty() && matches!(file.reading, Reading::Stopped(_));
    let is_writable = state.workbook.is_writable();
    let links = [
        (is_missing, "files.find", FileStep::AskFind),
        (file.is_changed && is_writable, "files.accept", FileStep::Accept),
        (!is_missing && !record.embedded && is_writable, "files.embed", FileStep::Embed),
    ];
    for (is_shown, words, step) in links {
        if is_shown && widgets::link(ui, &tr!(language, words), theme).clicked() {
            actions.push(Action::BookFile(file.id, step));
        }
    }
    if record.embedded {
        let words = theme::text(tr!(language, "files.embedded"), size::SMALL, false);
        ui.label(words.color(theme.muted()));
    }
}

/// Something that is told of a file, under its layers.
fn note(ui: &mut Ui, words: &str, theme: Theme) {
    ui.horizontal(|ui| {
        ui.add_space(12.0);
        let words = theme::text(words, size::SMALL, false).color(theme.muted());
        ui.add(egui::Label::new(words).wrap());
    });
}

/// Why nothing of a layer is on the map; the findings under it count the causes.
fn nothing(ui: &mut Ui, layer: &OpenLayer, language: Language, theme: Theme) {
    let data = &layer.data.0;
    let key = if data.chunks.iter().all(|chunk| chunk.shapes.is_empty()) {
        "files.empty"
    } else {
        "files.nowhere"
    };
    ui.horizontal(|ui| {
        ui.add_space(12.0);
        let words = tr!(language, key, name = data.name, n = data.len());
        let words = theme::text(words, size::SMALL, true).color(theme.accent());
        ui.add(egui::Label::new(words).wrap());
    });
}

fn row(
    ui: &mut Ui,
    state: &State,
    file: &OpenFile,
    i: usize,
    layer: &OpenLayer,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let all = layer.data.0.len();
    let value = match &layer.passed {
        Some(passed) => tr!(language, "files.passed", n = passed.count, all = all),
        None => tr!(language, "files.features", n = all),
    };
    let line = widgets::Row {
        name: &layer.data.0.name,
        value: &value,
        indent: 18.0,
        active: false,
        bar: None,
        bold: false,
        ..widgets::Row::default()
    };
    let response = ui.horizontal(|ui| {
        let gap = ui.spacing().item_spacing.x;
        let known = widgets::end_width(ui, "layer-menu");
        let width = (ui.available_width() - known - gap).max(80.0);
        let response = ui.scope(|ui| {
            ui.set_width(width);
            line.show(ui, theme)
        });
        widgets::at_end(ui, "layer-menu", |ui| {
            layer_menu::show(ui, state, Subject { file: file.id, index: i, layer }, actions);
            ui.add_space(10.0);
        });
        response.inner
    });
    let response = response.inner;
    let center = response.rect.left_center() + vec2(18.0, 0.0);
    // One symbol's colour, or that of the first class.
    let look = layer.dress.look(all, state.settings.mode, SEEN_FROM_AFAR);
    let ink = color(look.color(0));
    if layer.visible {
        ui.painter().circle_filled(center, 5.0, ink);
    } else {
        ui.painter().circle_stroke(center, 5.0, egui::Stroke::new(1.5, ink));
    }
    let hint = if layer.visible { "files.hide" } else { "files.show" };
    if response.on_hover_text(tr!(language, hint)).clicked() {
        actions.push(Action::ToggleLayer { file: file.id, layer: i });
    }
}

fn extent(file: &OpenFile) -> Option<FitTarget> {
    let extents = file.layers.iter().filter_map(|layer| layer.data.0.extent());
    let extent = extents.map(mercator::extent_from_mercator).reduce(Extent::union)?;
    Some(FitTarget::Extent(extent))
}
