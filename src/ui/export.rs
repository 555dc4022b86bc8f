//! The export sheet: where to, under what name, in which format, on which paper.

use std::path::PathBuf;

use egui::{Align2, ComboBox, TextEdit, Ui, Window, vec2};

use crate::{
    app::{Action, DrawingForm, ExportFormat, Language, State, export::DrawingSize},
    sheet::{Orientation, Paper, scale::parse_denominator},
    store,
    theme::{self, Theme, size},
    tr,
};

/// Width of the sheet, and of the names of its fields.
const WIDTH: f32 = 460.0;
const NAME: f32 = 96.0;
/// A picture without paper: that of a 4K wall.
const PICTURE: DrawingSize =
    DrawingSize { size_px: Some([3840, 2160]), pixels_per_point: Some(2.0) };

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
    paper: Option<Paper>,
    orientation: Option<Orientation>,
    /// `1:N`; empty for a fitting one.
    scale: String,
    /// Empty for the plan's.
    title: String,
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
            paper: None,
            orientation: None,
            scale: String::new(),
            title: String::new(),
        });
        let mut open = true;
        let title = tr!(language, "export.title", n = state.rows.len());
        Window::new(theme::text(title, size::HEADING, true))
            .anchor(Align2::CENTER_CENTER, vec2(0.0, 0.0))
            .resizable(false)
            .collapsible(false)
            .open(&mut open)
            .show(ui.ctx(), |ui| {
                ui.set_width(WIDTH);
                for format in ExportFormat::ALL {
                    let name = tr!(language, format!("export.{}", format.extension()));
                    ui.radio_value(&mut fields.format, format, name);
                }
                if fields.format.is_drawing() {
                    ui.add_space(6.0);
                    drawing(ui, fields, state, theme);
                }
                ui.add_space(6.0);
                field(ui, &tr!(language, "export.folder"), &mut fields.folder, "", theme);
                field(ui, &tr!(language, "export.name"), &mut fields.name, "", theme);
                let path = fields.path();
                let shown = path.display().to_string();
                ui.label(theme::text(shown, size::SMALL, false).color(theme.muted()));
                if store::files::exists(&path) {
                    warning(ui, &tr!(language, "export.exists"), theme);
                }
                ui.add_space(6.0);
                ui.horizontal(|ui| {
                    let words = theme::text(tr!(language, "export.save"), size::BODY, true)
                        .color(theme.on_accent());
                    let ready = !fields.name.trim().is_empty() && fields.scale_is_sound();
                    let save = egui::Button::new(words).fill(theme.accent());
                    if ui.add_enabled(ready, save).clicked() {
                        let form = Box::new(fields.form());
                        actions.push(Action::Export { format: fields.format, path, form });
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

/// How a drawing is put on paper.
fn drawing(ui: &mut Ui, fields: &mut Fields, state: &State, theme: Theme) {
    let language = state.settings.language;
    let name_of = |paper: Option<Paper>| {
        paper.map_or_else(|| tr!(language, "export.no_paper"), |paper| paper.name().to_owned())
    };
    // A PDF is always on paper.
    let always = fields.format == ExportFormat::Pdf;
    let shown = fields.shown_paper();
    choice(ui, &tr!(language, "export.paper"), &name_of(shown), theme, |ui| {
        let none = (!always).then_some(None);
        for paper in none.into_iter().chain(Paper::NAMED.map(Some)) {
            let picked = ui.selectable_label(shown == paper, name_of(paper));
            if picked.clicked() {
                fields.paper = paper;
            }
        }
    });
    if shown.is_some() {
        let turned = orientation_name(fields.orientation, language);
        choice(ui, &tr!(language, "export.orientation"), &turned, theme, |ui| {
            for turned in [None, Some(Orientation::Landscape), Some(Orientation::Portrait)] {
                let name = orientation_name(turned, language);
                ui.selectable_value(&mut fields.orientation, turned, name);
            }
        });
    }
    let hint = tr!(language, "export.scale_hint");
    field(ui, &tr!(language, "export.map_scale"), &mut fields.scale, &hint, theme);
    if !fields.scale_is_sound() {
        warning(ui, &tr!(language, "export.bad_scale"), theme);
    }
    let hint = state.catalogue.plan.title.as_str();
    field(ui, &tr!(language, "export.map_title"), &mut fields.title, hint, theme);
}

fn orientation_name(orientation: Option<Orientation>, language: Language) -> String {
    match orientation {
        None => tr!(language, "export.orientation_auto"),
        Some(Orientation::Landscape) => tr!(language, "export.landscape"),
        Some(Orientation::Portrait) => tr!(language, "export.portrait"),
    }
}

impl Fields {
    fn path(&self) -> PathBuf {
        let extension = self.format.extension();
        let name = self.name.trim();
        let name = name.strip_suffix(&format!(".{extension}")).unwrap_or(name);
        PathBuf::from(self.folder.trim()).join(format!("{name}.{extension}"))
    }

    /// The paper that the format gets.
    fn shown_paper(&self) -> Option<Paper> {
        self.paper.or((self.format == ExportFormat::Pdf).then_some(Paper::A4))
    }

    fn scale_is_sound(&self) -> bool {
        let unused = !self.format.is_drawing() || self.scale.trim().is_empty();
        unused || parse_denominator(&self.scale).is_some()
    }

    fn form(&self) -> DrawingForm {
        let paper = self.shown_paper();
        let title = self.title.trim();
        DrawingForm {
            paper,
            orientation: self.orientation.filter(|_| paper.is_some()),
            denominator: parse_denominator(&self.scale),
            title: (!title.is_empty()).then(|| title.to_owned()),
            review_number: None,
            size: if paper.is_some() { DrawingSize::default() } else { PICTURE },
        }
    }
}

fn warning(ui: &mut Ui, words: &str, theme: Theme) {
    ui.label(theme::text(words, size::SMALL, true).color(theme.accent()));
}

fn named(ui: &mut Ui, name: &str, theme: Theme) -> egui::Id {
    let label = theme::text(name, size::SMALL, false).color(theme.muted());
    ui.add_sized(vec2(NAME, 26.0), egui::Label::new(label).halign(egui::Align::LEFT)).id
}

fn field(ui: &mut Ui, name: &str, value: &mut String, hint: &str, theme: Theme) {
    ui.horizontal(|ui| {
        let label = named(ui, name, theme);
        let hint = theme::text(hint, size::BODY, false).color(theme.muted());
        ui.add(TextEdit::singleline(value).desired_width(340.0).hint_text(hint)).labelled_by(label);
    });
}

fn choice(ui: &mut Ui, name: &str, shown: &str, theme: Theme, list: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        let label = named(ui, name, theme);
        let combo = ComboBox::from_id_salt(name).selected_text(shown).width(340.0);
        combo.show_ui(ui, list).response.labelled_by(label);
    });
}
