//! The sheet that exports a layer: format, features, system, encoding, place.

use std::path::PathBuf;

use egui::{Label, Ui};

use super::{
    export::{self, choice, field, named, warning},
    save_place,
    sheet::{self, Part, Place},
};
use crate::{
    app::{
        Action, Language, LayerKey, OpenLayer, State, browse::FileQuestion,
        layer_export::LayerExportForm,
    },
    geo::{Crs, gauss_kruger::Zone, mercator},
    store::{
        self,
        layers::{FORMATS, Format, Systems},
    },
    theme::{self, Theme, size},
    tr,
};

/// Width of the sheet.
const WIDTH: f32 = 460.0;

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
    key: LayerKey,
    folder: String,
    name: String,
    format: &'static Format,
    only_passed: bool,
    /// `None` for the format's own.
    crs: Option<Crs>,
    gbk: bool,
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
    pub fn show(
        &mut self,
        ui: &Ui,
        state: &State,
        key: LayerKey,
        theme: Theme,
        actions: &mut Vec<Action>,
    ) {
        let language = state.settings.language;
        let Some(layer) = state.layer(key) else {
            actions.push(Action::CloseOverlay);
            return;
        };
        if std::mem::take(&mut self.asked) {
            self.fields = self.last.take();
        }
        self.fields.take_if(|fields| fields.key != key);
        // The format of the last one is wanted again.
        let format = self.last.as_ref().map(|last| last.format).or_else(|| written().next());
        let Some(format) = format else { return };
        let fields = self.fields.get_or_insert_with(|| Fields::of(state, key, layer, format));
        let title = tr!(language, "layer_export.title", name = layer.data.0.name);
        let place = Place::Middle;
        let sheet =
            sheet::Sheet { id: "layer-export", title: &title, width: WIDTH, place, is_modal: true };
        let closed = sheet.show(ui, language, theme, |ui, part| match part {
            Part::Body => {
                fields.take_place(state);
                fields.body(ui, layer, language, theme, actions);
            }
            Part::Foot => {
                ui.add_space(8.0);
                ui.horizontal(|ui| {
                    let words = theme::text(tr!(language, "export.save"), size::BODY, true)
                        .color(theme.on_accent());
                    let save = egui::Button::new(words).fill(theme.accent());
                    if ui.add_enabled(fields.name_is_sound(), save).clicked() {
                        actions.push(Action::ExportLayer { key, form: Box::new(fields.form()) });
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

fn written() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().filter(|format| format.is_written())
}

impl Fields {
    fn of(state: &State, key: LayerKey, layer: &OpenLayer, format: &'static Format) -> Self {
        Self {
            key,
            folder: export::folder(state).display().to_string(),
            name: store::files::portable_name(&layer.data.0.name),
            format,
            only_passed: layer.passed.is_some(),
            crs: None,
            gbk: false,
            taken: state.chosen_place.as_ref().map_or(0, |place| place.number),
        }
    }

    fn body(
        &mut self,
        ui: &mut Ui,
        layer: &OpenLayer,
        language: Language,
        theme: Theme,
        actions: &mut Vec<Action>,
    ) {
        let label =
            |format: &Format| format!("{} (.{})", format.label(language), format.extension());
        choice(ui, &tr!(language, "layer_export.format"), &label(self.format), theme, |ui| {
            for format in written() {
                let is_shown = format.name == self.format.name;
                if ui.selectable_label(is_shown, label(format)).clicked() {
                    self.format = format;
                    self.crs = None;
                }
            }
        });
        if let Some(passed) = &layer.passed {
            ui.horizontal(|ui| {
                named(ui, &tr!(language, "layer_export.rows"), theme);
                let words = tr!(language, "layer_export.passed", n = passed.count);
                ui.radio_value(&mut self.only_passed, true, words);
                let words = tr!(language, "layer_export.all", n = layer.data.0.len());
                ui.radio_value(&mut self.only_passed, false, words);
            });
        }
        let systems = self.systems(layer, language);
        if systems.len() > 1 {
            let shown = systems.iter().find(|(crs, _)| *crs == self.crs);
            let shown = shown.map(|(_, words)| words.clone()).unwrap_or_default();
            choice(ui, &tr!(language, "layer_export.system"), &shown, theme, |ui| {
                for (crs, words) in systems {
                    ui.selectable_value(&mut self.crs, crs, words);
                }
            });
        }
        if self.format.has_encodings() {
            ui.horizontal(|ui| {
                named(ui, &tr!(language, "layer_export.encoding"), theme);
                ui.radio_value(&mut self.gbk, false, "UTF-8");
                ui.radio_value(&mut self.gbk, true, "GBK");
            });
        }
        ui.add_space(6.0);
        field(ui, &tr!(language, "export.folder"), &mut self.folder, "", theme);
        ui.horizontal(|ui| {
            ui.add_space(export::NAME + ui.spacing().item_spacing.x);
            if ui.button(tr!(language, "browse.choose")).clicked() {
                actions.push(Action::AskFile(Box::new(self.question(language))));
            }
        });
        field(ui, &tr!(language, "export.name"), &mut self.name, "", theme);
        let shown = theme::text(self.path().display().to_string(), size::SMALL, false);
        ui.add(Label::new(shown.color(theme.muted())).wrap());
        if !self.name_is_sound() {
            warning(ui, &tr!(language, "export.bad_name"), theme);
        }
    }

    /// The systems that can be chosen, each with its words.
    fn systems(&self, layer: &OpenLayer, language: Language) -> Vec<(Option<Crs>, String)> {
        let systems = self.format.systems();
        let own = match systems {
            Systems::Zones => "layer_export.own_zone",
            Systems::Any | Systems::Wgs84 => "layer_export.own",
        };
        let mut all = vec![(None, tr!(language, own))];
        if systems == Systems::Wgs84 {
            return all;
        }
        let read = layer.data.0.reference.crs;
        let is_zone = matches!(read, Crs::TransverseMercator(_));
        if read != Crs::WGS84 && (systems == Systems::Any || is_zone) {
            let words = tr!(language, "layer_export.as_read", system = read.label(language));
            all.push((Some(read), words));
        }
        let mut more = Vec::new();
        if systems == Systems::Any {
            more.push(Crs::CGCS2000);
        }
        if let Some(extent) = layer.data.0.extent().map(mercator::extent_from_mercator) {
            let middle_deg = f64::midpoint(extent.west_deg, extent.east_deg);
            more.push(Crs::gauss_kruger(Zone::of(middle_deg)));
        }
        for crs in more.into_iter().filter(|crs| *crs != read) {
            all.push((Some(crs), crs.label(language)));
        }
        all
    }

    fn form(&self) -> LayerExportForm {
        LayerExportForm {
            path: self.path(),
            only_passed: self.only_passed,
            crs: self.crs,
            gbk: self.gbk && self.format.has_encodings(),
        }
    }

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

    fn name_is_sound(&self) -> bool {
        store::files::is_file_name(&self.name)
    }
}
