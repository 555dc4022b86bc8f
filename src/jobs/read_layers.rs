//! Reading files of features to their end, as pictures need them.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::Services;
use crate::{
    app::{
        Cancel, Dress, SharedClasses, export::LayerOrder, job::LayerToFilter, open_layers::Snapshot,
    },
    catalogue::Filter,
    layer::{
        CountyCodes, Finding, Layer,
        style::{LayerStyle, classify},
    },
    store::layers::{Format, LayerError, OpenOptions, open_layers},
};

/// Layers, and what was found wrong in each, by its name.
pub type ReadLayers = (Vec<LayerOrder>, Vec<(String, Finding)>);

/// A file's format and everything in it.
///
/// # Errors
/// A file that is none of features, or is damaged where nothing can be read.
pub fn read_file(
    path: &Path,
    options: &OpenOptions,
    counties: &CountyCodes,
) -> Result<(&'static Format, Vec<Arc<Layer>>), LayerError> {
    let mut layers = Vec::new();
    let cancel = Cancel::default();
    let format = open_layers(path, options, counties, &cancel.0, &mut |progress| {
        layers = progress.layers;
    })?;
    Ok((format, layers))
}

impl Services {
    /// The layers of files with what else somebody gives them, such as columns of tables, filtered as on
    /// the map and dressed as somebody says.
    ///
    /// # Errors
    /// The first file that cannot be read.
    pub fn read_layers(
        &self,
        paths: &[PathBuf],
        options: &OpenOptions,
        filter: &Filter,
        completed: &dyn Fn(&Path, Arc<Layer>) -> Arc<Layer>,
        style_of: &dyn Fn(&Path, &Layer) -> LayerStyle,
    ) -> Result<ReadLayers, LayerError> {
        let mut layers: Vec<LayerOrder> = Vec::new();
        let mut findings = Vec::new();
        for path in paths {
            let (_, latest) = read_file(path, options, &self.counties)?;
            for layer in latest {
                let layer = completed(path, layer);
                let named = |finding: &Finding| (layer.name.clone(), finding.clone());
                findings.extend(layer.findings.iter().map(named));
                let color = layers.len();
                let style = Arc::new(style_of(path, &layer));
                let classes = classify(&layer, &style.rule, &|| false);
                let classes = classes.map(|classes| SharedClasses(Arc::new(classes)));
                let dress = Dress { color, style, classes };
                layers.push(LayerOrder { data: Snapshot(layer), passed: None, dress });
            }
        }
        let asked = filter.of_features();
        if !asked.is_empty() {
            let data = layers.iter().enumerate().map(|(i, layer)| LayerToFilter {
                file: 0,
                layer: i,
                data: layer.data.clone(),
                condition: None,
            });
            for (_, i, rows) in self.passed(data.collect(), &asked) {
                if let Some(layer) = layers.get_mut(i) {
                    layer.passed = Some(rows);
                }
            }
        }
        Ok((layers, findings))
    }
}
