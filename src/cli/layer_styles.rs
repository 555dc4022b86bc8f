//! How the layers of a picture look: as somebody says in a file, or as the window remembers.

use std::path::Path;

use serde_json::Value;

use super::CliError;
use crate::{
    app::{KeptStyle, Language, Tell, kept_style},
    layer::{Layer, style::LayerStyle},
    store, tr,
};

/// Styles by layer.
pub enum Styles {
    /// As the window remembers them.
    Kept(Vec<KeptStyle>),
    All(Box<LayerStyle>),
    /// By the layer's name; the others as usual.
    Named(Vec<(String, LayerStyle)>),
}

impl Styles {
    /// Reads the file, where there is one.
    ///
    /// # Errors
    /// A file that cannot be read, or that is no style.
    pub fn of(file: Option<&Path>, language: Language) -> Result<Self, CliError> {
        let Some(path) = file else {
            // Settings that cannot be read were told of when the program began.
            let settings = store::settings::load().unwrap_or_default();
            return Ok(Self::Kept(settings.layer_styles));
        };
        let bytes = store::files::read_small(path).map_err(|e| CliError::Data(e.tell(language)))?;
        let bad = |reason: serde_json::Error| {
            let path = path.display();
            CliError::Usage(tr!(language, "render.layer_style", path = path, reason = reason))
        };
        let value: Value = serde_json::from_slice(&bytes).map_err(bad)?;
        let Some(layers) = value.get("layers").and_then(Value::as_object) else {
            return Ok(Self::All(Box::new(LayerStyle::of_json(&value).map_err(bad)?)));
        };
        let named = layers
            .iter()
            .map(|(name, own)| Ok((name.clone(), LayerStyle::of_json(own).map_err(bad)?)));
        Ok(Self::Named(named.collect::<Result<_, CliError>>()?))
    }

    /// The style of a layer of a file.
    pub fn of_layer(&self, path: &Path, layer: &Layer) -> LayerStyle {
        match self {
            Self::All(style) => (**style).clone(),
            Self::Named(named) => {
                let own = named.iter().find(|(name, _)| *name == layer.name);
                own.map(|(_, style)| style.clone()).unwrap_or_default()
            }
            Self::Kept(kept) => {
                let whole = std::path::absolute(path);
                let as_named = kept_style(kept, path, layer);
                // The window may have been given the file from another folder.
                let as_whole = || kept_style(kept, whole.as_deref().ok()?, layer);
                as_named.or_else(as_whole).map(|(style, _)| style).unwrap_or_default()
            }
        }
    }
}
