//! The export sheet: where to, under what name, in which format, on which paper.

use std::path::PathBuf;

use egui::{ComboBox, Label, TextEdit, Ui};

use super::{
    save_place,
    sheet::{self, Part, Place},
};
use crate::{
    app::{
        Action, DrawingForm, ExportFormat, Language, State, browse::FileQuestion,
        export::DrawingSize,
    },
    sheet::{Orientation, Paper, scale::parse_denominator},
    store,
    theme::{self, Theme, size},
    tr,
};

/// Width of the sheet, and of the names of its fields.
const WIDTH: f32 = 460.0;
pub const NAME: f32 = 96.0;

/// What is being typed into the sheet, and what was typed before it closed.
#[derive(Debug, Default)]
pub struct Sheet {
    fields: Option<Fields>,
    last: Option<Fields>,
    /// Whether a file may be replaced is being asked.
    asked: bool,
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
    /// 审图号; empty where there is none.
    review_number: String,
    /// The latest choice of a place that was taken.
    taken: u64,
}

impl Sheet {
    /// The next time it opens anew.
    pub fn closed(&mut self) {
        self.asked = false;
        if self.fields.is_some() {
            self.last = self.fields.take();
        }
    }

    /// The question whether to replace a file is open: if another name is wanted, the sheet comes back
    /// with what was typed before.
    pub const fn ask(&mut self) {
        self.asked = true;
    }

    /// Draws the sheet.
    pub fn show(&mut self, ui: &Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
        let language = state.settings.language;
        if std::mem::take(&mut self.asked) {
            self.fields = self.last.take();
        }
        let fields = self.fields.get_or_insert_with(|| Fields {
            folder: folder(state).display().to_string(),
            name: tr!(language, "export.default_name"),
            format: state.settings.export_format.unwrap_or(ExportFormat::Csv),
            paper: None,
            orientation: None,
            scale: String::new(),
            title: String::new(),
            review_number: String::new(),
            taken: state.chosen_place.as_ref().map_or(0, |place| place.number),
        });
        let title = tr!(language, "export.title", n = state.rows.len());
        let place = Place::Middle;
        let sheet =
            sheet::Sheet { id: "export", title: &title, width: WIDTH, place, is_modal: true };
        let closed = sheet.show(ui, language, theme, |ui, part| match part {
            Part::Body => {
                for format in ExportFormat::ALL {
                    let name = tr!(language, format!("export.{}", format.extension()));
                    ui.radio_value(&mut fields.format, format, name);
                }
                if fields.format.is_drawing() {
                    ui.add_space(6.0);
                    drawing(ui, fields, state, theme);
                }
                ui.add_space(6.0);
                fields.take_place(state);
                let name = tr!(language, "export.folder");
                field(ui, &name, &mut fields.folder, "", theme);
                ui.horizontal(|ui| {
                    ui.add_space(NAME + ui.spacing().item_spacing.x);
                    if ui.button(tr!(language, "browse.choose")).clicked() {
                        actions.push(Action::AskFile(Box::new(fields.question(language))));
                    }
                });
                field(ui, &tr!(language, "export.name"), &mut fields.name, "", theme);
                let path = fields.path();
                let shown = theme::text(path.display().to_string(), size::SMALL, false);
                ui.add(Label::new(shown.color(theme.muted())).wrap());
                if !fields.name_is_sound() {
                    warning(ui, &tr!(language, "export.bad_name"), theme);
                }
            }
            Part::Foot => {
                ui.add_space(8.0);
                ui.horizontal(|ui| {
                    let words = theme::text(tr!(language, "export.save"), size::BODY, true)
                        .color(theme.on_accent());
                    let ready = fields.name_is_sound() && fields.scale_is_sound();
                    let save = egui::Button::new(words).fill(theme.accent());
                    if ui.add_enabled(ready, save).clicked() {
                        let form = Box::new(fields.form(state));
                        let path = fields.path();
                        actions.push(Action::Export { format: fields.format, path, form });
                    }
                    if ui.button(tr!(language, "export.cancel")).clicked() {
                        actions.push(Action::CloseOverlay);
                    }
                });
            }
        });
        if closed {
            actions.push(Action::CloseOverlay);
        }
    }
}

/// The last export's, as long as it is there.
pub fn folder(state: &State) -> PathBuf {
    let last = state.settings.export_folder.clone().filter(|folder| store::files::exists(folder));
    last.unwrap_or_else(store::settings::export_folder)
}

/// How a drawing is put on paper.
fn drawing(ui: &mut Ui, fields: &mut Fields, state: &State, theme: Theme) {
    let language = state.settings.language;
    let size = state.clear_view().map(DrawingSize::of_view).unwrap_or_default();
    let [width, height] = size.size_px.unwrap_or(DrawingSize::USUAL_PX);
    let no_paper = tr!(language, "export.no_paper", width = width, height = height);
    let name_of = |paper: Option<Paper>| {
        paper.map_or_else(|| no_paper.clone(), |paper| paper.name().to_owned())
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
                ui.close();
            }
        }
    });
    if shown.is_some() {
        let turned = orientation_name(fields.orientation, language);
        choice(ui, &tr!(language, "export.orientation"), &turned, theme, |ui| {
            for turned in [None, Some(Orientation::Landscape), Some(Orientation::Portrait)] {
                let name = orientation_name(turned, language);
                if ui.selectable_value(&mut fields.orientation, turned, name).clicked() {
                    ui.close();
                }
            }
        });
    }
    let hint = tr!(language, "export.scale_hint");
    field(ui, &tr!(language, "export.map_scale"), &mut fields.scale, &hint, theme);
    if !fields.scale_is_sound() {
        warning(ui, &tr!(language, "export.bad_scale"), theme);
    }
    let hint = state.catalogue.title(language);
    field(ui, &tr!(language, "export.map_title"), &mut fields.title, hint, theme);
    if shown.is_some() {
        let hint = tr!(language, "export.review_hint");
        let name = tr!(language, "export.review");
        field(ui, &name, &mut fields.review_number, &hint, theme);
    }
}

fn orientation_name(orientation: Option<Orientation>, language: Language) -> String {
    match orientation {
        None => tr!(language, "export.orientation_auto"),
        Some(Orientation::Landscape) => tr!(language, "export.landscape"),
        Some(Orientation::Portrait) => tr!(language, "export.portrait"),
    }
}

impl Fields {
    /// What the dialog of files is asked.
    fn question(&self, language: Language) -> FileQuestion {
        save_place::question(&self.path(), &self.folder, self.format.extension(), language)
    }

    /// Takes the place that was chosen in the dialog since.
    fn take_place(&mut self, state: &State) {
        save_place::take(state, &mut self.taken, &mut self.folder, &mut self.name);
    }

    fn path(&self) -> PathBuf {
        save_place::path(&self.folder, &self.name, self.format.extension())
    }

    /// The paper that the format gets.
    fn shown_paper(&self) -> Option<Paper> {
        self.paper.or((self.format == ExportFormat::Pdf).then_some(Paper::A4))
    }

    fn scale_is_sound(&self) -> bool {
        let unused = !self.format.is_drawing() || self.scale.trim().is_empty();
        unused || parse_denominator(&self.scale).is_some()
    }

    fn name_is_sound(&self) -> bool {
        store::files::is_file_name(&self.name)
    }

    fn form(&self, state: &State) -> DrawingForm {
        let paper = self.shown_paper();
        let typed = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let picture = state.clear_view().map(DrawingSize::of_view).unwrap_or_default();
        DrawingForm {
            paper,
            orientation: self.orientation.filter(|_| paper.is_some()),
            denominator: parse_denominator(&self.scale),
            title: typed(&self.title),
            review_number: typed(&self.review_number).filter(|_| paper.is_some()),
            size: if paper.is_some() { DrawingSize::default() } else { picture },
        }
    }
}

pub fn warning(ui: &mut Ui, words: &str, theme: Theme) {
    ui.label(theme::text(words, size::SMALL, true).color(theme.accent()));
}

pub fn named(ui: &mut Ui, name: &str, theme: Theme) -> egui::Id {
    let label = theme::text(name, size::SMALL, false).color(theme.muted());
    // As wide for every row, the words at the left: a label of a given size would stand in its middle.
    let words = ui.scope(|ui| {
        ui.set_width(NAME);
        ui.add(egui::Label::new(label).truncate())
    });
    words.inner.id
}

pub fn field(ui: &mut Ui, name: &str, value: &mut String, hint: &str, theme: Theme) {
    ui.horizontal(|ui| {
        let label = named(ui, name, theme);
        let hint = theme::text(hint, size::BODY, false).color(theme.muted());
        ui.add(TextEdit::singleline(value).desired_width(340.0).hint_text(hint)).labelled_by(label);
    });
}

/// Lists are so high, in points, that none of the formats has to be scrolled to.
const LIST: f32 = 360.0;

pub fn choice(ui: &mut Ui, name: &str, shown: &str, theme: Theme, list: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        let label = named(ui, name, theme);
        let combo = ComboBox::from_id_salt(name).selected_text(shown).width(340.0).height(LIST);
        combo.show_ui(ui, list).response.labelled_by(label);
    });
}
