//! What the state knows of the user's layers and their features.

use super::{
    layer_key::LayerKey,
    open_layers::{FeatureRef, OpenFile, OpenLayer, from_ground},
    state::State,
};
use crate::{
    book::LayerRecord,
    layer::{Layer, Value, name_fields},
};

impl State {
    /// What a list calls a feature, and its layer's name: by a field that names it, else by the first
    /// that says anything, else by its place in the file.
    pub fn feature_name(&self, of: FeatureRef) -> Option<(String, String)> {
        let (layer, values) = self.feature(of)?;
        let says = |(_, value): &&(String, String)| !value.trim().is_empty();
        let named = name_fields(&layer.fields).filter_map(|i| values.get(i)).find(says);
        let first = named.or_else(|| values.iter().find(says)).map(|(_, value)| value.clone());
        let before: usize = layer.chunks.iter().take(of.chunk).map(|c| c.shapes.len()).sum();
        let name = first.unwrap_or_else(|| format!("#{}", before + of.row + 1));
        Some((name, layer.name.clone()))
    }

    /// The user's layers with their keys, from the ground up.
    pub fn layers_from_ground(&self) -> Vec<(LayerKey, &OpenLayer)> {
        from_ground(&self.files)
    }

    /// A layer of an open file.
    pub fn layer(&self, (file, i): LayerKey) -> Option<&OpenLayer> {
        self.files.iter().find(|own| own.id == file)?.layers.get(i)
    }

    /// An open layer and its file.
    pub fn open_layer(&self, (file, layer): LayerKey) -> Option<(&OpenFile, &OpenLayer)> {
        let file = self.files.iter().find(|own| own.id == file)?;
        Some((file, file.layers.get(layer)?))
    }

    /// The workbook's record of a layer.
    pub fn layer_record(&self, key: LayerKey) -> Option<&LayerRecord> {
        let (file, layer) = self.open_layer(key)?;
        let name = &layer.data.0.name;
        // The only layer of a file is called after it: found again under another name it is the same.
        let is_only = file.records.len() == 1 && file.layers.len() == 1;
        let mut records = self.workbook.shown.layers.iter();
        records.find(|own| file.records.contains(&own.id) && (is_only || own.name == *name))
    }

    /// The layer whose table is in the drawer.
    pub fn table_layer(&self) -> Option<(LayerKey, &OpenFile, &OpenLayer)> {
        let key = self.table_of?;
        let (file, layer) = self.open_layer(key)?;
        Some((key, file, layer))
    }

    /// A feature's layer and its values by field; without values while they are still being read.
    pub fn feature(&self, of: FeatureRef) -> Option<(&Layer, Vec<(String, String)>)> {
        let file = self.files.iter().find(|file| file.id == of.file)?;
        let layer: &Layer = &file.layers.get(of.layer)?.data.0;
        let table = layer.tables.get(of.chunk);
        let values = layer.fields.iter().enumerate().map(|(i, field)| {
            let value = table.map_or(Value::Missing, |table| table.value(of.row, i));
            (field.name.clone(), value.to_string())
        });
        Some((layer, values.collect()))
    }
}
