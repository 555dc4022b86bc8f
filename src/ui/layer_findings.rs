//! What was met while the layers of a file were read, under the file.

use egui::Ui;

use super::widgets;
use crate::{
    app::{Language, OpenFile, open_layers::finding_words},
    theme::{self, Theme, size},
    tr,
};

/// So many of a layer are seen before the others are asked for.
const FIRST: usize = 3;

/// Draws them, layer by layer; of several layers each with its name.
pub fn show(ui: &mut Ui, file: &OpenFile, language: Language, theme: Theme) {
    for (i, layer) in file.layers.iter().enumerate() {
        let data = &layer.data.0;
        if data.findings.is_empty() {
            continue;
        }
        if file.layers.len() > 1 {
            line(ui, &data.name, true, theme);
        }
        let id = egui::Id::unique(("findings", file.id, i));
        let is_open = ui.data(|d| d.get_temp::<bool>(id)).unwrap_or(false);
        let shown = if is_open { data.findings.len() } else { FIRST };
        for finding in data.findings.iter().take(shown) {
            line(ui, &finding_words(finding, language), false, theme);
        }
        let more = data.findings.len().saturating_sub(shown);
        if more > 0 {
            ui.horizontal(|ui| {
                ui.add_space(12.0);
                let words = tr!(language, "files.more_findings", n = more);
                if widgets::link(ui, &words, theme).clicked() {
                    ui.data_mut(|d| d.insert_temp(id, true));
                }
            });
        }
    }
}

fn line(ui: &mut Ui, words: &str, is_bold: bool, theme: Theme) {
    ui.horizontal(|ui| {
        ui.add_space(12.0);
        let words = theme::text(words, size::SMALL, is_bold).color(theme.muted());
        ui.add(egui::Label::new(words).wrap());
    });
}
