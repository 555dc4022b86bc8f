//! What the sheet of a layer's style is made of.

use egui::{ComboBox, Ui};

use crate::{
    app::{Language, OpenLayer, State},
    layer::Holds,
    style::SymbolLook,
    theme::{self, Theme, size},
};

/// Width of the names of fields.
const NAME: f32 = 92.0;

/// A layer while its style is being changed.
pub struct Subject<'a> {
    pub state: &'a State,
    pub layer: &'a OpenLayer,
    pub holds: Holds,
    /// As it is drawn.
    pub look: SymbolLook,
    pub language: Language,
    pub theme: Theme,
}

/// A named row; the content gets the name's id.
pub fn row(ui: &mut Ui, name: &str, theme: Theme, content: impl FnOnce(&mut Ui, egui::Id)) {
    ui.horizontal(|ui| {
        let label = theme::text(name, size::SMALL, false).color(theme.muted());
        let named = ui.scope(|ui| {
            ui.set_width(NAME);
            ui.add(egui::Label::new(label).truncate())
        });
        let id = named.inner.id;
        content(ui, id);
    });
}

/// A row to choose one of some from.
pub fn choice<T: PartialEq + Clone>(
    ui: &mut Ui,
    name: &str,
    theme: Theme,
    value: &mut T,
    all: &[(T, String)],
) {
    row(ui, name, theme, |ui, label| {
        let shown = all.iter().find(|(own, _)| own == value).map_or("", |(_, words)| words);
        let combo = ComboBox::from_id_salt(name).selected_text(shown).width(236.0).truncate();
        let list = combo.show_ui(ui, |ui| {
            for (own, words) in all {
                // Enter chooses as a click does, and closes the list as one does.
                if ui.selectable_value(value, own.clone(), words).clicked() {
                    ui.close();
                }
            }
        });
        list.response.labelled_by(label);
    });
}
