//! What can be done with a layer, behind the … at the end of its row.

use egui::{Role, Ui, WidgetInfo};

use crate::{
    app::{Action, FitTarget, Language, OpenLayer, State},
    geo::mercator,
    tr,
};

/// What opens the menu.
const MENU: &str = "…";

/// A layer by its file and its place in it.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    pub file: u64,
    pub index: usize,
    pub layer: &'a OpenLayer,
}

/// One thing that can be done.
struct Entry {
    /// The key of its words in the locale files.
    words: fn(&OpenLayer) -> &'static str,
    is_possible: fn(&OpenLayer) -> bool,
    actions: fn(Subject<'_>) -> Vec<Action>,
}

/// All of them, from top to bottom.
const ENTRIES: &[Entry] = &[
    Entry {
        words: |_| "layer.fit",
        is_possible: |layer| layer.data.0.extent().is_some(),
        actions: |own| {
            let extent = own.layer.data.0.extent().map(mercator::extent_from_mercator);
            extent.map(|extent| Action::Fit(FitTarget::Extent(extent))).into_iter().collect()
        },
    },
    Entry {
        words: |_| "layer.table",
        is_possible: |_| true,
        actions: |own| vec![Action::OpenTable(Some((own.file, own.index)))],
    },
    Entry {
        words: |_| "layer.style",
        is_possible: |layer| layer.data.0.holds().any(),
        actions: |own| vec![Action::OpenLayerStyle((own.file, own.index))],
    },
    Entry {
        words: |_| "layer.join",
        is_possible: |layer| !layer.data.0.is_empty(),
        actions: |own| vec![Action::OpenJoin((own.file, own.index))],
    },
    Entry {
        words: |_| "layer.crs",
        is_possible: |_| true,
        actions: |own| vec![Action::ReviseCrs(own.file)],
    },
    Entry {
        words: |_| "layer.export",
        is_possible: |layer| !layer.data.0.is_empty(),
        actions: |own| vec![Action::OpenLayerExport((own.file, own.index))],
    },
    Entry {
        words: |own| if own.visible { "files.hide" } else { "files.show" },
        is_possible: |_| true,
        actions: |own| vec![Action::ToggleLayer { file: own.file, layer: own.index }],
    },
];

/// Draws the button, and the menu while it is open.
pub fn show(ui: &mut Ui, state: &State, subject: Subject<'_>, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let menu = ui.menu_button(MENU, |ui| {
        for entry in ENTRIES {
            let button = egui::Button::new(tr!(language, (entry.words)(subject.layer)));
            if ui.add_enabled((entry.is_possible)(subject.layer), button).clicked() {
                actions.extend((entry.actions)(subject));
                ui.close();
            }
        }
    });
    let name = name(subject.layer, language);
    menu.response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    menu.response.on_hover_text(name);
}

/// What the button is called.
fn name(layer: &OpenLayer, language: Language) -> String {
    tr!(language, "layer.menu", name = layer.data.0.name)
}
