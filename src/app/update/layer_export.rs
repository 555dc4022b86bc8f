//! Orders for exports of layers.

use std::path::Path;

use super::panels;
use crate::app::{
    job::Order,
    layer_export::{LayerExport, LayerExportForm},
    layer_key::LayerKey,
    state::{Overlay, State},
};

/// Opens the sheet, unless the layer is gone.
pub fn open(state: &mut State, key: LayerKey) {
    if state.layer(key).is_some() {
        state.overlay = Overlay::ExportLayer(key.0, key.1);
    }
}

/// The order for the file; the next export starts from the same folder.
pub fn order(state: &mut State, key: LayerKey, form: LayerExportForm) -> Vec<Order> {
    let LayerExportForm { path, only_passed, crs, gbk } = form;
    state.overlay = Overlay::None;
    let Some(layer) = state.layer(key) else { return Vec::new() };
    let order = LayerExport {
        replace: false,
        key,
        data: layer.data.clone(),
        passed: layer.passed.clone().filter(|_| only_passed),
        crs,
        gbk,
        path,
    };
    let mut orders = Vec::new();
    let folder = order.path.parent().map(Path::to_owned);
    if state.settings.export_folder != folder {
        state.settings.export_folder = folder;
        orders.push(panels::save(state));
    }
    orders.push(Order::ExportLayer(Box::new(order)));
    orders
}

/// Asks whether the file may replace the one that is there.
pub fn ask_replace(state: &mut State, order: Box<LayerExport>) {
    state.overlay = Overlay::ReplaceLayer(order);
}
