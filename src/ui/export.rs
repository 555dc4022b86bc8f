//! The export sheet: where to, under what name, in which format.

use std::path::PathBuf;

use egui::{Align2, TextEdit, Ui, Window, vec2};

use crate::{
    app::{Action, ExportFormat, State},
    store,
    theme::{self, Theme, size},
    tr,
};

/// What is being typed into the sheet.
#[derive(Debug, Default)]
pub struct Sheet {
    fields: Option<Fields>,
}

#[derive(Debug)]
struct Fields {
    folder: String,
    name: String,
    format: ExportFormat,
}

impl Sheet {
    /// Forgets what was typed.
    pub fn closed(&mut self) {
        self.fields = None;
    }

    /// Draws the sheet.
    pub fn show(&mut self, ui: &Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
        let language = state.settings.language;
        let fields = self.fields.get_or_insert_with(|| Fields {
            folder: store::settings::export_folder().display().to_string(),
            name: tr!(language, "export.default_name"),
            format: ExportFormat::Csv,
        });
        let mut open = true;
        let title = tr!(language, "export.title", n = state.rows.len());
        Window::new(theme::text(title, size::HEADING, true))
            .anchor(Align2::CENTER_CENTER, vec2(0.0, 0.0))
            .resizable(false)
            .collapsible(false)
            .open(&mut open)
            .show(ui.ctx(), |ui| {
                ui.set_width(460.0);
                for format in ExportFormat::ALL {
                    let name = tr!(language, format!("export.{}", format.extension()));
                    ui.radio_value(&mut fields.format, format, name);
                }
                ui.add_space(6.0);
                field(ui, &tr!(language, "export.folder"), &mut fields.folder, theme);
                field(ui, &tr!(language, "export.name"), &mut fields.name, theme);
                let path = fields.path();
                let shown = path.display().to_string();
                ui.label(theme::text(shown, size::SMALL, false).color(theme.muted()));
                if store::files::exists(&path) {
                    let warning = tr!(language, "export.exists");
                    ui.label(theme::text(warning, size::SMALL, true).color(theme.accent()));
                }
                ui.add_space(6.0);
                ui.horizontal(|ui| {
                    let words = theme::text(tr!(language, "export.save"), size::BODY, true)
                        .color(theme.on_accent());
                    let ready = !fields.name.trim().is_empty();
                    let save = egui::Button::new(words).fill(theme.accent());
                    if ui.add_enabled(ready, save).clicked() {
                        actions.push(Action::Export { format: fields.format, path });
                    }
                    if ui.button(tr!(language, "export.cancel")).clicked() {
                        actions.push(Action::CloseOverlay);
                    }
                });
            });
        if !open {
            actions.push(Action::CloseOverlay);
        }
    }
}

impl Fields {
    fn path(&self) -> PathBuf {
        let extension = self.format.extension();
        let name = self.name.trim();
        let name = name.strip_suffix(&format!(".{extension}")).unwrap_or(name);
        PathBuf::from(self.folder.trim()).join(format!("{name}.{extension}"))
    }
}

fn field(ui: &mut Ui, name: &str, value: &mut String, theme: Theme) {
    ui.horizontal(|ui| {
        let label = theme::text(name, size::SMALL, false).color(theme.muted());
        let label =
            ui.add_sized(vec2(96.0, 26.0), egui::Label::new(label).halign(egui::Align::LEFT));
        ui.add(TextEdit::singleline(value).desired_width(340.0)).labelled_by(label.id);
    });
}
