//! Orders for exports: everything they need, and no more.

use std::path::PathBuf;

use crate::app::{
    export::{ExportFormat, ExportOrder, LayerOrder, PictureOrder, SharedCatalogue},
    job::Order,
    state::{Overlay, State},
};

/// The order for a file of what is shown.
pub fn order(state: &mut State, format: ExportFormat, path: PathBuf) -> Order {
    state.overlay = Overlay::None;
    let rows = state.rows.iter().filter_map(|row| state.catalogue.projects.get(row.project));
    Order::Export(Box::new(ExportOrder {
        path,
        format,
        catalogue: SharedCatalogue(state.catalogue.clone()),
        language: state.settings.language,
        projects: rows.map(|project| project.id.clone()).collect(),
        picture: picture(state),
    }))
}

fn picture(state: &State) -> PictureOrder {
    let layers = state.files.iter().flat_map(|file| &file.layers).filter(|layer| layer.visible);
    PictureOrder {
        shown: state.shown.clone(),
        selected: state.selected.clone(),
        filter: state.filter.clone(),
        mode: state.settings.mode,
        view: state.viewport,
        layers: layers
            .map(|layer| LayerOrder {
                data: layer.data.clone(),
                passed: layer.passed.clone(),
                color: layer.color,
            })
            .collect(),
    }
}
