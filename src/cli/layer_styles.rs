//! How the layers of a picture look: as somebody says in a file, or as the window remembers.

use std::{cell::Cell, collections::BTreeMap, path::Path};

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{CliError, complain};
use crate::{
    app::{KeptStyle, Language, Tell, kept_style},
    layer::{
        Layer,
        style::{Hex, Labels, LayerStyle, Method, Rule, Scales, Symbol},
    },
    store,
    style::{Marker, Ramp},
    tr,
};

/// Styles by layer.
pub enum Styles {
    /// As the window remembers them.
    Kept(Vec<KeptStyle>),
    All(Box<LayerStyle>),
    /// By the layer's name; the others as usual.
    Named(Vec<Named>),
}

/// The style of layers of a name.
pub struct Named {
    name: String,
    style: LayerStyle,
    /// Whether a layer is called so.
    is_met: Cell<bool>,
}

/// Why a text is no style.
enum NoStyle {
    Json(serde_json::Error),
    /// A key that there is not, by its path, and those that there are.
    Key {
        key: String,
        known: Vec<String>,
    },
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
        let path = path.display();
        let bad = |reason: NoStyle| {
            CliError::Usage(match reason {
                NoStyle::Json(reason) => {
                    tr!(language, "render.layer_style", path = path, reason = reason)
                }
                NoStyle::Key { key, known } => {
                    let known = known.join(", ");
                    tr!(language, "render.style_key", path = path, key = key, known = known)
                }
            })
        };
        let value: Value = serde_json::from_slice(&bytes).map_err(|e| bad(NoStyle::Json(e)))?;
        let Some(layers) = value.get("layers").and_then(Value::as_object) else {
            return Ok(Self::All(Box::new(strict(&value, "").map_err(bad)?)));
        };
        only(&value, "", &["layers".to_owned()]).map_err(bad)?;
        let named = layers.iter().map(|(name, own)| {
            let style = strict(own, &format!("layers.{name}.")).map_err(bad)?;
            Ok(Named { name: name.clone(), style, is_met: Cell::new(false) })
        });
        Ok(Self::Named(named.collect::<Result<_, CliError>>()?))
    }

    /// Tells on stderr of styles whose layer there is not.
    pub fn tell_unmet(&self, language: Language) {
        let Self::Named(named) = self else { return };
        for own in named.iter().filter(|own| !own.is_met.get()) {
            complain(&tr!(language, "render.style_unmet", name = own.name));
        }
    }

    /// The style of a layer of a file.
    pub fn of_layer(&self, path: &Path, layer: &Layer) -> LayerStyle {
        match self {
            Self::All(style) => (**style).clone(),
            Self::Named(named) => {
                let own = named.iter().find(|own| own.name == layer.name);
                own.map(|own| {
                    own.is_met.set(true);
                    own.style.clone()
                })
                .unwrap_or_default()
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

/// Whether a value can be read as a kind.
type Is = fn(&Value) -> Result<(), serde_json::Error>;

fn is<T: DeserializeOwned>(value: &Value) -> Result<(), serde_json::Error> {
    serde_json::from_value::<T>(value.clone()).map(|_| ())
}

/// A style as somebody writes it: what the program would pass over in its own files, since a newer
/// version may have written it, is a slip here. `at` is the path of the style in its file.
fn strict(value: &Value, at: &str) -> Result<LayerStyle, NoStyle> {
    let style = LayerStyle::of_json(value).map_err(NoStyle::Json)?;
    let parts: [(&str, Is); 8] = [
        ("/rule/method", is::<Method>),
        ("/rule/ramp", is::<Ramp>),
        ("/rule", is::<Rule>),
        ("/symbol/marker", is::<Marker>),
        ("/symbol", is::<Symbol>),
        ("/labels", is::<Labels>),
        ("/scales", is::<Scales>),
        ("/colors", is::<BTreeMap<String, Hex>>),
    ];
    for (part, is) in parts {
        value.pointer(part).map_or(Ok(()), is).map_err(NoStyle::Json)?;
    }
    let keys = |value: &Value| -> Vec<String> {
        value.as_object().map_or_else(Vec::new, |own| own.keys().cloned().collect())
    };
    let usual = serde_json::to_value(LayerStyle::default()).map_err(NoStyle::Json)?;
    only(value, at, &keys(&usual))?;
    // The keys of a rule depend on its kind.
    let own = serde_json::to_value(&style).map_err(NoStyle::Json)?;
    for part in ["rule", "symbol", "labels", "scales"] {
        if let (Some(said), Some(own)) = (value.get(part), own.get(part)) {
            only(said, &format!("{at}{part}."), &keys(own))?;
        }
    }
    Ok(style)
}

/// Whether an object has no other keys.
fn only(value: &Value, at: &str, known: &[String]) -> Result<(), NoStyle> {
    let keys = value.as_object().into_iter().flat_map(|own| own.keys());
    match keys.into_iter().find(|key| !known.contains(key)) {
        Some(key) => Err(NoStyle::Key { key: format!("{at}{key}"), known: known.to_vec() }),
        None => Ok(()),
    }
}
