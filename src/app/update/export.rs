//! Orders for exports: everything they need, and no more.

use std::path::{Path, PathBuf};

use super::panels;
use crate::app::{
    export::{
        DrawingForm, DrawingOrder, ExportFormat, ExportOrder, LayerOrder, MapPart, SharedCatalogue,
    },
    job::Order,
    layer_export::LayerExport,
    sketch_figure,
    state::{Overlay, State},
};

/// The order for a file of what is shown. The next one starts from the same folder and format.
pub fn order(
    state: &mut State,
    format: ExportFormat,
    path: PathBuf,
    form: DrawingForm,
) -> Vec<Order> {
    state.overlay = Overlay::None;
    let mut orders = Vec::new();
    let folder = path.parent().map(Path::to_owned);
    let kept = (&state.settings.export_folder, state.settings.export_format);
    if kept != (&folder, Some(format)) {
        state.settings.export_folder = folder;
        state.settings.export_format = Some(format);
        orders.push(panels::save(state));
    }
    let rows = state.rows.iter().filter_map(|row| state.catalogue.projects.get(row.project));
    let order = Order::Export(Box::new(ExportOrder {
        path,
        replace: false,
        format,
        catalogue: SharedCatalogue(state.catalogue.clone()),
        language: state.settings.language,
        projects: rows.map(|project| project.id.clone()).collect(),
        drawing: drawing(state, form),
    }));
    orders.push(order);
    orders
}

/// Asks whether the file of an export may replace the one that is there.
pub fn ask_replace(state: &mut State, order: Box<ExportOrder>) {
    state.overlay = Overlay::Replace(order);
}

/// The order that was asked about, now free to replace.
pub fn replace(state: &mut State) -> Vec<Order> {
    match std::mem::take(&mut state.overlay) {
        Overlay::Replace(order) => {
            vec![Order::Export(Box::new(ExportOrder { replace: true, ..*order }))]
        }
        Overlay::ReplaceLayer(order) => {
            vec![Order::ExportLayer(Box::new(LayerExport { replace: true, ..*order }))]
        }
        other => {
            state.overlay = other;
            Vec::new()
        }
    }
}

fn drawing(state: &State, form: DrawingForm) -> DrawingOrder {
    let layers = state.layers_from_ground().into_iter().map(|(_, layer)| layer);
    let layers = layers.filter(|layer| layer.visible);
    DrawingOrder {
        shown: state.shown.clone(),
        selected: state.selected.clone(),
        filter: state.filter.clone(),
        mode: state.settings.mode,
        relief: !state.settings.flat_ground,
        part: state.clear_view().map(MapPart::Viewport),
        layers: layers
            .map(|layer| LayerOrder {
                data: layer.data.clone(),
                passed: layer.passed.clone(),
                dress: layer.dress.clone(),
            })
            .collect(),
        figure: sketch_figure::kept(state),
        sources: state.basemaps.sources().to_vec(),
        basemap_name: state.basemaps.chosen.name.get(state.settings.language).to_owned(),
        form,
    }
}
