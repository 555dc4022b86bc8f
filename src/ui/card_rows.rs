//! What tables say of a project: their rows, cell by cell, each with its place.

use egui::{Label, Ui};

use super::card::section;
use crate::{
    app::{Language, State, table_words},
    book::RowRecord,
    catalogue::Project,
    theme::{self, Theme, size},
    tr,
};

/// Draws the rows of the tables that tell of it.
pub fn show(ui: &mut Ui, state: &State, project: &Project, theme: Theme) {
    let language = state.settings.language;
    for row in project.rows.iter() {
        section(ui, &table_words::place(&row.file, &row.sheet, row.row, language), theme);
        cells(ui, row, language, theme);
    }
}

fn cells(ui: &mut Ui, row: &RowRecord, language: Language, theme: Theme) {
    let frame = egui::Frame::new()
        .fill(theme.chip())
        .corner_radius(egui::CornerRadius::same(6))
        .inner_margin(egui::Margin::symmetric(12, 10));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 4.0;
        let groups = row.groups.join(" › ");
        if !groups.is_empty() {
            let words = tr!(language, "card.table_group", group = groups);
            let words = theme::text(words, size::SMALL, false).color(theme.muted());
            ui.add(Label::new(words).wrap());
        }
        for cell in &row.cells {
            let head = format!("{} · {}", cell.head.replace('\n', ""), cell.cell);
            let head = theme::text(head, size::SMALL, false).color(theme.muted());
            ui.add(Label::new(head).wrap());
            ui.add(Label::new(theme::text(&cell.words, size::BODY, false)).wrap());
        }
    });
}
